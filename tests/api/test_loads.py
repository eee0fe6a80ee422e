"""Loads through the service: in the background, one after the other, with a report; and undo."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from qa_service.api.app import create_app
from tests.api.conftest import local
from tests.sample_store import BULLETIN, build_store

State = dict[str, object]
TEXT_FOR_A_FILE = b'--x\r\nContent-Disposition: form-data; name="files"\r\n\r\na\r\n--x--'


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with local(create_app(build_store(tmp_path))) as opened:
        yield opened


def loaded(client: TestClient, files: list[tuple[str, bytes]], **fields: str) -> State:
    response = client.post("/api/loads", files=[("files", f) for f in files], data=fields)
    assert response.status_code == 202, response.text
    until = time.monotonic() + 60
    while time.monotonic() < until:
        state: State = client.get(f"/api/loads/{response.json()['id']}").json()
        if state["state"] in ("done", "failed"):
            return state
        time.sleep(0.02)
    raise AssertionError("it never ends")


def documents(client: TestClient) -> list[str]:
    return [d["id"] for d in client.get("/api/documents").json()["documents"]]


def test_a_load_and_its_undo(client: TestClient) -> None:
    before = client.get("/api/status").json()
    text = BULLETIN.replace("2023", "2022").replace("93.7", "92.1").encode()
    state = loaded(client, [("二〇二二.txt", text)])
    assert (state["state"], state["error"]) == ("done", None)
    report = state["report"]
    assert isinstance(report, dict)
    assert report["documents"][0]["id"] == "二〇二二.txt"
    assert report["facts"] > 0
    asked = {"question": "台州市2022年制造业产品质量合格率是多少？"}
    assert client.post("/api/ask", json=asked).json()["answers"] == ["92.1%"]
    assert client.post("/api/undo").json() == {"undone": True}
    assert client.get("/api/status").json()["hash"] == before["hash"]


def test_names(client: TestClient) -> None:
    text = BULLETIN.encode()
    loaded(client, [("a.txt", text)], **{"as": "通知/2024.txt"})
    loaded(client, [("b/c.txt", text), ("d.txt", text)], **{"as": "some"})
    loaded(client, [("e\\f.txt", text)])
    assert {"通知/2024.txt", "some/b/c.txt", "some/d.txt", "e/f.txt"} <= set(documents(client))


def test_what_cannot_be_read_is_in_the_report(client: TestClient) -> None:
    before = documents(client)
    state = loaded(client, [("a.exe", b"MZ\x00"), ("b.csv", b"\xff\xfe\x00")])
    assert state["state"] == "done"
    report = state["report"]
    assert isinstance(report, dict)
    assert report["rejections"]
    assert documents(client) == before


@pytest.mark.parametrize(
    "name", ["../a.txt", "/etc/a.txt", "a/../../b.txt", "C:\\a.txt", ".hidden/a.txt", "a\tb.txt", "..", "/"]
)
def test_names_that_lead_elsewhere(name: str, client: TestClient) -> None:
    for files, fields in (
        ([("files", (name, b"x"))], {}),
        ([("files", ("a.txt", b"x"))], {"as": name}),
    ):
        response = client.post("/api/loads", files=files, data=fields)
        # a client may take the path off a file's name by itself
        assert response.status_code == 400 or (response.status_code == 202 and not fields), response.text


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "multipart/form-data; boundary=x"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"nonsense", "multipart/form-data; boundary=x"),
        (b"{}", "application/json"),
        (b"files=a", "application/x-www-form-urlencoded"),
        (TEXT_FOR_A_FILE, "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"", ""),
    ],
)  # fmt: skip
def test_what_is_no_load(body: bytes, kind: str, client: TestClient) -> None:
    response = client.post("/api/loads", content=body, headers={"content-type": kind})
    assert response.status_code == 400, response.text
    assert set(response.json()["error"]) == {"code", "message", "hint", "where"}


def test_two_files_of_one_name(client: TestClient) -> None:
    files = [("files", ("a.txt", b"1")), ("files", ("a.txt", b"2"))]
    assert client.post("/api/loads", files=files).status_code == 400


def test_too_large(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa_service.api.limits.LARGEST_LOAD", 100_000)
    response = client.post("/api/loads", files=[("files", ("a.txt", b"x" * 200_000))])
    assert response.status_code == 413
    assert response.json()["error"]["code"] == "too_large"


@pytest.mark.parametrize(("ident", "status"), [("00", 404), ("zz", 422), ("a" * 65, 422)])
def test_no_such_load(ident: str, status: int, client: TestClient) -> None:
    assert client.get(f"/api/loads/{ident}").status_code == status


def test_nothing_to_undo(client: TestClient) -> None:
    while client.post("/api/undo").json()["undone"]:
        pass
    assert client.get("/api/status").json()["documents"] == 0


def test_many_loads_take_turns(client: TestClient) -> None:
    ids = [
        client.post("/api/loads", files=[("files", (f"{n}.txt", BULLETIN.encode()))]).json()["id"]
        for n in range(5)
    ]
    until = time.monotonic() + 60
    while any(client.get(f"/api/loads/{i}").json()["state"] != "done" for i in ids):
        assert time.monotonic() < until
        time.sleep(0.05)
    assert {f"{n}.txt" for n in range(5)} <= set(documents(client))
