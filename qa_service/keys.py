"""Who may use the service from another machine: keys with a role, kept as hashes.

A key is shown once, when it is made; the file beside the store (``keys.json``) holds its hash only. A key is
256 random bits, so one SHA-256 is as good as a slow hash: there is no list of likely keys to try.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from ontology.errors import KnowledgeGraphError, Unavailable
from qa_service.settings import kept_folder, words

#: what a key allows; each role may do what those before it may
Role = Literal["reader", "analyst", "loader", "admin"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
_PREFIX: Final = "nqi_"


class KeyRefused(KnowledgeGraphError):
    """A key is missing, unknown, or its role does not allow this."""

    code = "key"


class NoSuchKey(KnowledgeGraphError):
    """No key has this id."""

    code = "no_key"


@dataclass(frozen=True)
class Key:
    """A key as it is kept. ``id`` stands in logs; ``hash`` is of the whole key."""

    id: str
    role: Role
    name: str
    created: str
    hash: str


def allows(role: Role, needed: Role) -> bool:
    """Whether a key of ``role`` may do what ``needed`` may.

    >>> allows("loader", "analyst"), allows("reader", "analyst")
    (True, False)
    """
    return ROLES.index(role) >= ROLES.index(needed)


class Keys:
    """The keys of the store at ``url``."""

    def __init__(self, url: str) -> None:
        self._file = kept_folder(url) / "keys.json"
        self._read_at: tuple[int, int] | None = None
        self._known: tuple[Key, ...] = ()

    def list(self) -> tuple[Key, ...]:
        """All keys, oldest first. Read again when the file has changed, so a revoked key ends at once."""
        try:
            stat = self._file.stat()
            if (stat.st_mtime_ns, stat.st_size) != self._read_at:
                self._known = tuple(Key(**k) for k in json.loads(self._file.read_text("utf-8"))["keys"])
                self._read_at = (stat.st_mtime_ns, stat.st_size)
        except FileNotFoundError:
            self._known, self._read_at = (), None
        except (OSError, ValueError, TypeError, KeyError) as broken:
            raise Unavailable(f"{self._file} cannot be read: {broken}") from None
        return self._known

    def add(self, role: Role, name: str = "") -> tuple[Key, str]:
        """A new key and its text, which is shown now and never again."""
        ident = secrets.token_hex(4)
        secret = f"{_PREFIX}{ident}_{secrets.token_urlsafe(32)}"
        key = Key(ident, role, name, time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), _hash(secret))
        self._write((*self.list(), key))
        return key, secret

    def revoke(self, ident: str) -> Key:
        """Takes a key away; NoSuchKey where none has this id."""
        keys = self.list()
        gone = next((k for k in keys if k.id == ident), None)
        if gone is None:
            raise NoSuchKey(
                words(f"没有密钥 {ident}", f"There is no key {ident}"),
                hint=words("所有密钥：nqi keys list。", "All keys: nqi keys list."),
            )
        self._write(tuple(k for k in keys if k.id != ident))
        return gone

    def find(self, secret: str) -> Key | None:
        """The key whose text this is."""
        wanted = _hash(secret)
        found = None
        for key in self.list():  # all of them, so that the time tells nothing
            if hmac.compare_digest(key.hash, wanted):
                found = key
        return found

    def _write(self, keys: tuple[Key, ...]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        made = self._file.with_name(f"keys.{os.getpid()}.tmp")
        _private(made, json.dumps({"keys": [asdict(k) for k in keys]}, ensure_ascii=False, indent=1) + "\n")
        os.replace(made, self._file)
        self._read_at = None


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _private(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
