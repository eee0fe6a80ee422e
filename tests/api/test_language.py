"""In which language the service speaks: the one that the request puts first."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from qa_service.api.language import first_language

QUESTION = {"question": "台州市2023年制造业产品质量合格率是多少？"}
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("fr, EN;q=0.5", "en"),
        ("*", None),
        ("", None),
        ("den", None),
    ],
)
def test_the_first_of_the_two(accepted: str, language: str | None) -> None:
    assert first_language(accepted) == language


def asked(client: TestClient, accepted: str) -> dict[str, object]:
    found: dict[str, object] = client.post(
        "/api/ask", json=QUESTION, headers={"Accept-Language": accepted}
    ).json()
    return found


def test_a_chinese_question_is_answered_in_english_where_that_is_wished(client: TestClient) -> None:
    english = asked(client, "en")
    assert english["columns"] == ["subject", "metric", "period", "value", "scope"]
    assert "manufacturing product pass rate" in str(english["reading"])
    chinese = asked(client, "zh-CN")
    assert str(chinese["reading"]).startswith("我理解为")
    assert english["id"] != chinese["id"]
    assert english["answers"] == chinese["answers"]
    assert client.get(f"/api/answers/{english['id']}").json()["text"] == english["text"]


def test_an_english_question_is_answered_in_english(client: TestClient) -> None:
    question = {"question": "which enterprises are in the industrial chain 缝纫机产业链"}
    answer = client.post("/api/ask", json=question, headers={"Accept-Language": "zh"}).json()
    assert str(answer["text"]).isascii() or "我理解为" not in answer["reading"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/api/entities/none", None),
        ("GET", "/api/documents/none", None),
        ("GET", "/api/answers/00", None),
        ("POST", "/api/cypher", {"query": "CREATE (n)"}),
        ("POST", "/api/ask", {"question": "a\x01b"}),
        ("GET", "/api/entities?limit=0", None),
        ("GET", "/api/none", None),
    ],
)
def test_errors(client: TestClient, method: str, path: str, body: object) -> None:
    said = {}
    for language in ("zh", "en"):
        response = client.request(method, path, json=body, headers={"Accept-Language": language})
        said[language] = response.json()["error"]
    assert said["zh"]["code"] == said["en"]["code"]
    assert HAN.search(said["zh"]["message"] + said["zh"]["hint"])
    assert not HAN.search(said["en"]["message"] + said["en"]["hint"])


def test_warnings_about_a_statement(client: TestClient) -> None:
    body = {"query": "MATCH (a)-[r]-(b) RETURN a.id AS id LIMIT 1"}
    warned = client.post("/api/cypher", json=body, headers={"Accept-Language": "en"}).json()["warnings"]
    assert warned
    assert not HAN.search(" ".join(warned))
