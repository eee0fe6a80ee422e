"""nqi keys: add, list, revoke."""

from __future__ import annotations

import json

from qa_service.keys import Keys
from tests.cli.conftest import Run


def test_a_key_from_beginning_to_end(nqi: Run, own_store: str) -> None:
    added = nqi("keys", "add", "--role", "analyst", "--name", "张三", "--store", own_store, "--json")
    assert added.code == 0
    told = json.loads(added.out)
    assert (told["role"], told["name"]) == ("analyst", "张三")
    key = Keys(own_store).find(told["key"])
    assert key is not None
    assert key.id == told["id"]

    listed = nqi("keys", "list", "--store", own_store, "--json")
    assert [k["id"] for k in json.loads(listed.out)["keys"]] == [told["id"]]
    assert told["key"] not in listed.out
    assert "张三" in nqi("keys", "list", "--store", own_store).out

    assert nqi("keys", "revoke", told["id"], "--store", own_store).code == 0
    assert Keys(own_store).find(told["key"]) is None
    again = nqi("keys", "revoke", told["id"], "--store", own_store)
    assert again.code == 1
    assert told["id"] in again.err


def test_the_key_alone_is_on_stdout(nqi: Run, own_store: str) -> None:
    added = nqi("keys", "add", "--store", own_store)
    assert Keys(own_store).find(added.out.strip()) is not None
    assert added.err


def test_no_such_role(nqi: Run, own_store: str) -> None:
    assert nqi("keys", "add", "--role", "king", "--store", own_store).code == 2
