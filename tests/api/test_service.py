"""The description, its page, the counts and the logs; responses are of the shape that is described."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from qa_service.api.app import create_app, examples
from qa_service.api.counts import Counts
from qa_service.api.logs import start_logging
from tests.api.conftest import local
from tests.api.examples import REQUESTS, VOLATILE, made
from tests.sample_store import build_store

QUESTION = {"question": "台州市2023年制造业产品质量合格率是多少？"}
LOADING = {"POST /api/loads", "POST /api/loads/demonstration", "GET /api/loads/{id}", "POST /api/undo"}


@pytest.fixture(scope="module")
def description(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return create_app(str(tmp_path_factory.mktemp("none"))).openapi()


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NQI_TODAY", "2025-03-01")
        return made(build_store(tmp_path_factory.mktemp("shown")))


def steady(value: object) -> object:
    """Without what differs from run to run."""
    if isinstance(value, Mapping):
        return {k: steady(v) for k, v in value.items() if k not in VOLATILE}
    return [steady(v) for v in value] if isinstance(value, list) else value


def test_every_route_has_an_example(description: dict[str, Any]) -> None:
    routes = {f"{m.upper()} {p}" for p, methods in description["paths"].items() for m in methods}
    assert set(examples()) == routes == set(REQUESTS) | LOADING


@pytest.mark.parametrize("name", [*REQUESTS, *sorted(LOADING)])
def test_the_example_is_what_the_service_gives(name: str, fresh: dict[str, dict[str, object]]) -> None:
    """python -m tests.api.examples writes them anew."""
    assert steady(examples()[name]) == steady(fresh[name])


@pytest.mark.parametrize("name", [*REQUESTS, *sorted(LOADING)])
def test_responses_are_of_the_described_shape(
    name: str, description: dict[str, Any], fresh: dict[str, dict[str, object]]
) -> None:
    method, path = name.split(" ")
    responses = description["paths"][path][method.lower()]["responses"]
    response = responses.get("202") if "202" in responses else responses["200"]
    schema = response["content"].get("application/json", {}).get("schema")
    if schema is not None:
        whole = {**schema, "components": description["components"]}
        Draft202012Validator(whole).validate(fresh[name]["response"])


def test_every_operation_says_what_it_does(description: dict[str, Any]) -> None:
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            assert operation.get("description"), (method, path)
            assert operation["responses"]["422"]["content"]["application/json"]["schema"]["$ref"].endswith(
                "/ErrorResponse"
            )


def test_the_page_of_the_description_loads_nothing_from_outside(client: TestClient) -> None:
    page = client.get("/docs").text
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page)
    assert "<script" not in page
    for link in re.findall(r'(?:src|href)="([^"]+)"', page):
        assert client.get(link).status_code == 200, link
    for route in examples():
        assert route.split(" ")[1] in page


def test_counts(client: TestClient) -> None:
    client.post("/api/ask", json=QUESTION)
    client.post("/api/cypher", json={"query": "CREATE (n)"})
    client.post("/api/cypher", json={"query": "RETURN 1 AS n"})
    client.get("/api/entities/none")
    response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    for line in (
        'nqi_answers_total{status="answered"} 1',
        'nqi_cypher_total{outcome="refused"} 1',
        'nqi_cypher_total{outcome="done"} 1',
        'nqi_requests_total{method="GET",route="/api/entities/{id:path}",status="404"} 1',
        'nqi_nodes{class="Enterprise"} 2',
        "nqi_documents 2",
        "nqi_store_up 1",
        "nqi_requests_running 1",
    ):
        assert f"\n{line}\n" in response.text, line


def test_counts_without_a_store(tmp_path: object) -> None:
    with local(create_app(f"{tmp_path}/none")) as client:
        assert "\nnqi_store_up 0\n" in client.get("/metrics").text


def test_every_line_of_the_counts_is_well_formed() -> None:
    counts = Counts()
    counts.add("nqi_requests_total", route='a"\\\n', method="GET", status="200")
    counts.took(0.03, route="/x")
    number = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"
    for line in counts.text({}).splitlines():
        assert re.fullmatch(
            rf'# (?:HELP|TYPE) \w+ .+|\w+(?:\{{(?:\w+="(?:[^"\\\n]|\\.)*",?)+\}})? {number}', line
        ), line


def test_no_question_in_the_logs_at_info(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NQI_LOG", "info")
    start_logging()
    try:
        client.post("/api/ask", json=QUESTION)
        client.get("/api/entities?prefix=甲缝制")
        client.get("/api/entities/enterprise:甲缝制")
        client.post("/api/cypher", json={"query": "MATCH (n) WHERE n.name = '甲缝制' RETURN n.id"})
        lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
        assert [line["route"] for line in lines if line["logger"] == "nqi.requests"] == [
            "/api/ask", "/api/entities", "/api/entities/{id:path}", "/api/cypher",
        ]  # fmt: skip
        assert all({"time", "level", "status", "ms", "key"} <= set(line) for line in lines)
        told = json.dumps(lines, ensure_ascii=False)
        assert "台州" not in told
        assert "甲缝制" not in told
    finally:
        logging.getLogger("nqi").handlers.clear()
        logging.getLogger("nqi").propagate = True


def test_an_answer_is_kept(client: TestClient) -> None:
    answer = client.post("/api/ask", json=QUESTION).json()
    assert client.get(f"/api/answers/{answer['id']}").json() == answer
    assert client.get("/api/answers/00").status_code == 404


def test_a_question_goes_on_from_a_kept_answer(client: TestClient) -> None:
    first = client.post("/api/ask", json=QUESTION).json()
    after = client.post("/api/ask", json={"question": "哪份文件说的？", "previous": first["id"]}).json()
    assert after["evidence"] == first["evidence"]
    assert after["asked"] == first["question"]
    lost = client.post("/api/ask", json={"question": "哪份文件说的？", "previous": "00"}).json()
    assert any("没有保存上一个答案" in note for note in lost["notes"])


def test_a_surrogate_in_previous(client: TestClient) -> None:
    body = b'{"question": "\\u7532", "previous": "\\ud800"}'
    response = client.post("/api/ask", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 422
