"""The same rows written into Neo4j by libraries that many use, where they are installed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence

import neo4j

from graph.merge import Values
from graph.stores.bolt import Address

#: what makes and takes away the constraint that LangChain makes at its first call; the other one's rows
#: would break it
WITH_CONSTRAINT = "CREATE CONSTRAINT benchmark_entity FOR (b:__Entity__) REQUIRE b.id IS UNIQUE"
WITHOUT_CONSTRAINT = "DROP CONSTRAINT benchmark_entity IF EXISTS"

Link = Mapping[str, object]

#: rows of one of LangChain's documents, which are one transaction for nodes and one for relationships
_DOCUMENT = 5_000


def peers(
    driver: neo4j.Driver, at: Address, nodes: Sequence[Values], links: Sequence[Link], label: str
) -> dict[str, Callable[[], object]]:
    """Name → what writes the rows. Their own objects are made beforehand, outside the time."""
    found: dict[str, Callable[[], object]] = {}
    for name, prepare in (("neo4j-graphrag", _graphrag), ("LangChain", _langchain)):
        try:
            found[name] = prepare(driver, at, nodes, links, label)
        except ImportError as missing:
            print(f"{name} is left out: {missing}")
    return found


def _graphrag(
    driver: neo4j.Driver, at: Address, nodes: Sequence[Values], links: Sequence[Link], label: str
) -> Callable[[], object]:
    from neo4j_graphrag.components.kg_writer import Neo4jWriter
    from neo4j_graphrag.components.types import Neo4jGraph, Neo4jNode, Neo4jRelationship

    graph = Neo4jGraph(
        nodes=[Neo4jNode(id=str(n["id"]), label=label, properties=n) for n in nodes],
        relationships=[
            Neo4jRelationship(
                start_node_id=str(link["src"]), end_node_id=str(link["dst"]), type="SUPPLIES",
                properties=link["props"],
            )
            for link in links
        ],
    )
    writer = Neo4jWriter(driver)

    def write() -> None:
        done = asyncio.run(writer.run(graph))
        if done.status != "SUCCESS":
            raise RuntimeError(str(done.metadata))

    return write


def _langchain(
    driver: neo4j.Driver, at: Address, nodes: Sequence[Values], links: Sequence[Link], label: str
) -> Callable[[], object]:
    from langchain_neo4j import Neo4jGraph
    from langchain_neo4j.graphs.graph_document import GraphDocument, Node, Relationship

    # it is told that its constraint is there, and does not look at the whole schema
    graph = Neo4jGraph(at.uri, at.user, at.password, refresh_schema=False)
    graph.structured_schema = {
        "metadata": {"constraint": [{"labelsOrTypes": ["__Entity__"], "properties": ["id"]}]}
    }
    known = {str(n["id"]): Node(id=str(n["id"]), type=label, properties=n) for n in nodes}
    firms = list(known.values())
    supplies = [
        Relationship(
            source=known[str(link["src"])], target=known[str(link["dst"])], type="SUPPLIES",
            properties=link["props"],
        )
        for link in links
    ]
    documents = [
        GraphDocument(nodes=firms[at : at + _DOCUMENT], relationships=[])
        for at in range(0, len(firms), _DOCUMENT)
    ] + [
        GraphDocument(nodes=[], relationships=supplies[at : at + _DOCUMENT])
        for at in range(0, len(supplies), _DOCUMENT)
    ]
    return lambda: graph.add_graph_documents(documents, baseEntityLabel=True)
