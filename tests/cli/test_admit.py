"""Which hand-written Cypher is let through."""

from __future__ import annotations

import pytest

from ontology.errors import StatementError
from qa_service.admit import admit


@pytest.mark.parametrize(
    "query",
    [
        "MATCH (c:Chain) RETURN c.name AS name ORDER BY name",
        "match (c:Chain) return c.name;  ",
        "OPTIONAL MATCH (n) RETURN count(n) AS n",
        "UNWIND $ids AS id MATCH (n {id: id}) RETURN n.name",
        "WITH 1 AS a RETURN a",
        "// what CREATE does\nMATCH (n) /* DELETE; */ RETURN n.id",
        "MATCH (n) WHERE n.name = 'CREATE (x); DELETE' RETURN n.id",
        'MATCH (n) WHERE n.name = "it\\"s; SET" RETURN n.id',
        "MATCH (n:Set)-[:LOAD|COPY]->(m) RETURN n.create, m.`drop`",
        "MATCH (n) RETURN n.id AS `delete`",
        "MATCH (n) WHERE n.created > 1.5 RETURN n.offset",
        "MATCH (n) WHERE n.name = '长沙；市' RETURN n.id",
    ],
)
def test_let_through(query: str) -> None:
    assert admit(query) == query.strip().rstrip("; ")


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("CREATE (n)", "1:1"),
        ("create (n)", "1:1"),
        ("MATCH (n)\nSET n.x = 1 RETURN n", "2:1"),
        ("MATCH (n) DETACH DELETE n", "1:11"),
        ("MATCH (n)/**/DELETE/**/n", "1:14"),
        ("MATCH (n) WITH n MERGE (m) RETURN m", "1:18"),
        ("RETURN 1; RETURN 2", "1:9"),
        ("RETURN 1;;RETURN 2", "1:9"),
        ("LOAD FROM '/etc/passwd' RETURN *", "1:1"),
        ("MATCH (n) RETURN n UNION LOAD FROM 'x' RETURN *", "1:26"),
        ("COPY (MATCH (n) RETURN n) TO 'x.csv'", "1:1"),
        ("CALL show_tables() RETURN *", "1:1"),
        ("MATCH (n) CALL { DELETE n } RETURN 1", "1:11"),
        ("INSTALL fts", "1:1"),
        ("RETURN 1.CREATE (n)", "1:10"),
        ("MATCH (n) WHERE n.x = 'a\\' RETURN 1", "1:23"),
        ("MATCH (n) /* RETURN n", "1:11"),
        ("RETURN '\\u0027 CREATE'", "1:8"),
        ("MATCH (n) \\u0053ET n.x = 1", "1:11"),
    ],
)
def test_refused_with_its_place(query: str, where: str) -> None:
    with pytest.raises(StatementError) as refused:
        admit(query)
    assert refused.value.where == where
    assert refused.value.hint


@pytest.mark.parametrize("query", ["", "  ", ";", "// nothing", "/* nothing */"])
def test_no_statement(query: str) -> None:
    with pytest.raises(StatementError):
        admit(query)
