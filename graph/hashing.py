"""The graph hash (contract §1): the sum modulo 2^256 of the SHA-256 of a line per item.

A sum can be updated: subtract the line that was, add the line that is. So a load costs what
it touches, and the order of loading cannot show.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from graph.types import Value
from ontology.errors import StoreError

_MODULUS = 1 << 256
# no property holds itself, which would cost a look at each of them
_LINE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False)


def line(item: Mapping[str, Value]) -> str:
    """Compact JSON, sorted keys, empty values dropped, shortest round-trip floats.

    >>> line({"name": "长沙市", "id": "region:430100", "code": "", "aliases": []})
    '{"id":"region:430100","name":"长沙市"}'
    """
    return _LINE.encode({k: v for k, v in item.items() if v or v == 0})


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


def _number(item: Mapping[str, Value]) -> int:
    try:
        return int.from_bytes(hashlib.sha256(_LINE.encode(item).encode()).digest(), "big")
    except UnicodeEncodeError:
        raise StoreError(f"{item.get('id')!a} holds characters that are no text") from None
