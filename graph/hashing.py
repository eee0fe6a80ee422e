"""The graph hash (contract §1): the sum modulo 2^256 of the SHA-256 of a line per item.

A sum can be updated: subtract the line that was, add the line that is. So a load costs what
it touches, and the order of loading cannot show.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import orjson

from graph.types import Value
from ontology.errors import StoreError

_MODULUS = 1 << 256


def line(item: Mapping[str, Value]) -> str:
    """Compact JSON, sorted keys, empty values dropped, shortest round-trip floats.

    >>> line({"name": "长沙市", "id": "region:430100", "code": "", "aliases": []})
    '{"id":"region:430100","name":"长沙市"}'
    """
    return _line({k: v for k, v in item.items() if v or v == 0}).decode()


def empty(value: Value) -> bool:
    """Nothing, an empty string or an empty list; 0 and False are values."""
    return not value and value != 0


class GraphHash:
    """A running graph hash of items none of whose properties is empty.

    >>> h = GraphHash(); h.add({"id": "a"}); h.remove({"id": "a"}); h.hex() == GraphHash().hex()
    True
    """

    def __init__(self, hex_digits: str = "") -> None:
        self._sum = int(hex_digits, 16) if hex_digits else 0

    def add(self, item: Mapping[str, Value]) -> None:
        self._sum += _number(item)

    def remove(self, item: Mapping[str, Value]) -> None:
        self._sum -= _number(item)

    def hex(self) -> str:
        """64 hex digits."""
        return f"{self._sum % _MODULUS:064x}"


def _line(item: Mapping[str, Value]) -> bytes:
    return orjson.dumps(item, option=orjson.OPT_SORT_KEYS)


def _number(item: Mapping[str, Value]) -> int:
    try:
        return int.from_bytes(hashlib.sha256(_line(item)).digest(), "big")
    except orjson.JSONEncodeError as error:  # half a character; a number beyond 64 bits
        raise StoreError(f"{item.get('id')!a} holds what cannot be stored: {error}") from None
