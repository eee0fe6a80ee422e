"""Runs the service."""

from __future__ import annotations

import ipaddress
import socket

import uvicorn

from ontology.errors import Unavailable
from qa_service.api.app import create_app
from qa_service.api.logs import start_logging
from qa_service.settings import words

#: how many ports are tried
_TRIED = 50


def run(url: str, host: str, port: int, *, require_key: bool = False) -> None:
    """Serves the store at ``url`` until it is stopped."""
    start_logging()
    # who asks is told by the connection: a header that says so could be anybody's
    uvicorn.run(
        create_app(url, require_key=require_key), host=host, port=port, log_level="warning",
        access_log=False, proxy_headers=False, server_header=False, timeout_keep_alive=30,
    )  # fmt: skip


def elsewhere(host: str) -> bool:
    """Whether a service on this address can be reached from other machines."""
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"


def free_port(host: str, first: int) -> int:
    """The first port from ``first`` on that nobody listens on; Unavailable where there is none."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(first, first + _TRIED):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise Unavailable(
        words(
            f"端口 {first} 到 {first + _TRIED - 1} 都被占用",
            f"Ports {first} to {first + _TRIED - 1} are all taken",
        ),
        hint=words("用 --port 指定另一个端口。", "Name another port with --port."),
    )
