"""Who may do what. On this machine nobody needs a key; from another one every route but the page, its
files and the health check does."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Annotated, Final

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from ontology.errors import KnowledgeGraphError
from qa_service.keys import KeyRefused, Keys, Role, allows
from qa_service.settings import words

#: a request that came through a proxy is not from here, though the proxy is
_FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
_HERE: Final = ("localhost", "127.0.0.1", "[::1]")

_BEARER = HTTPBearer(
    auto_error=False,
    scheme_name="key",
    description="A key of `nqi keys add`: `Authorization: Bearer nqi_…`. "
    "On the service's own machine none is needed.",
)


class RoleRefused(KnowledgeGraphError):
    """The key is known, but its role does not allow this."""

    code = "role"


def needs(role: Role, keys: Keys, require_key: bool = False) -> Callable[..., None]:
    """A dependency of routes that callers with ``role`` may use."""

    def checked(
        request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]
    ) -> None:
        if given is None:
            if require_key or not is_local(request):
                raise _missing()
            request.state.key = "local"
            return
        key = keys.find(given.credentials)
        if key is None:
            raise KeyRefused(
                words("不认识这个密钥", "This key is not known"),
                hint=words(
                    "它可能已被撤销；nqi keys add 可添加。",
                    "It may have been revoked; nqi keys add makes one.",
                ),
            )
        request.state.key = key.id
        if not allows(key.role, role):
            raise RoleRefused(
                words(f"{key.role} 的密钥不能这样做", f"A key of the role {key.role} does not allow this"),
                hint=words(f"需要 {role} 的密钥。", f"It takes a key of the role {role}."),
            )

    return checked


def is_local(request: Request) -> bool:
    """Whether a request comes from this machine, and not through a proxy or from a page of another
    site that a browser here has open."""
    host = request.client.host if request.client else ""
    try:
        if not ipaddress.ip_address(host).is_loopback:
            return False
    except ValueError:
        return False
    if any(name in request.headers for name in _FORWARDED):
        return False
    # a name that somebody's DNS points to this machine is no name of it
    own = request.headers.get("host", "")
    if _without_port(own) not in _HERE:
        return False
    origin = request.headers.get("origin", "")
    return not origin or origin in (f"http://{own}", f"https://{own}")


def _without_port(host: str) -> str:
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdigit() else host.lower()


def _missing() -> KeyRefused:
    return KeyRefused(
        words("需要密钥", "A key is needed"),
        hint=words(
            "在服务所在的机器上用 nqi keys add 添加，然后以 Authorization: Bearer … 发送。",
            "Make one with nqi keys add on the service's machine and send it as Authorization: Bearer ….",
        ),
    )
