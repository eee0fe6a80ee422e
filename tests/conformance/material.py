"""Made-up contributions that the conformance suite and the tests of the graph room load."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from graph.ids import node_id, observation_id, relationship_id
from graph.types import Contribution, NodeStatement, RelationshipStatement, Support, Value
from ontology.model import Ontology
from ontology.read import load_ontology


class Material:
    """One document's contribution, told in short.

    >>> Material("a.md").node("Region", "990100", "name=云江市").contribution()     # doctest: +SKIP
    """

    def __init__(self, document: str, ontology: Ontology | None = None) -> None:
        self.document = document
        self.ontology = ontology or load_ontology()
        self.nodes: list[NodeStatement] = []
        self.relationships: list[RelationshipStatement] = []
        self._place = 0

    def passage(self) -> str:
        self._place += 10
        return f"{self.document}#{self._place}-{self._place + 8}"

    def node(
        self,
        cls: str,
        key: str,
        *stated: str,
        passage: str = "",
        source: str = "",
        properties: Mapping[str, Value] | None = None,
    ) -> Material:
        at = passage or self.passage()
        supports = tuple(Support(at, s, source) for s in stated or ("",))
        self.nodes.append(NodeStatement(node_id(cls, key), cls, supports, properties or {}))
        return self

    def relate(
        self,
        source: tuple[str, str],
        name: str,
        target: tuple[str, str],
        *,
        polarity: str = "stated",
        passage: str = "",
        **qualifiers: Value,
    ) -> Material:
        start, end = node_id(*source), node_id(*target)
        key = relationship_id(self.ontology.relations[name], start, end, polarity, qualifiers)
        self.relationships.append(
            RelationshipStatement(
                key,
                name,
                start,
                source[0],
                end,
                target[0],
                (Support(passage or self.passage()),),
                polarity,
                qualifiers,
            )
        )
        return self

    def observe(
        self,
        subject: tuple[str, str],
        metric: str,
        value: float,
        *,
        period: str = "2024",
        unit: str = "%",
        scope: str = "",
        bound: str = "=",
        decimals: int | None = None,
        base: float | None = None,
        base_unit: str = "",
    ) -> Material:
        about = node_id(*subject)
        base = value if base is None else base
        base_unit = base_unit or unit
        at = self.passage()
        key = observation_id(
            about,
            node_id("Metric", metric),
            period=period,
            base_value=base,
            base_unit=base_unit,
            bound=bound,
            scope=scope,
        )
        properties: dict[str, Value] = {
            "metric": metric,
            "period": period,
            "value": value,
            "unit": unit,
            "base_value": base,
            "base_unit": base_unit,
            "bound": bound,
            "value_kind": "actual",
            "scope": scope,
            "decimals": decimals,
        }
        self.nodes.append(NodeStatement(key, "Observation", (Support(at),), properties))
        self.nodes.append(
            NodeStatement(node_id("Metric", metric), "Metric", (Support(at, f"name={metric}"),))
        )
        for name, end, cls in (
            ("ABOUT", about, subject[0]),
            ("MEASURES", node_id("Metric", metric), "Metric"),
        ):
            self.relationships.append(
                RelationshipStatement(
                    relationship_id(self.ontology.relations[name], key, end),
                    name,
                    key,
                    "Observation",
                    end,
                    cls,
                    (Support(at),),
                )
            )
        return self

    def contribution(self, digest: str = "") -> Contribution:
        return Contribution(
            self.document,
            digest or f"digest of {self.document}",
            tuple(self.nodes),
            tuple(self.relationships),
        )


def in_parts(whole: Contribution, statements: int) -> Iterator[Contribution]:
    """The same document in parts of so many statements, nodes before what leads from and to them."""
    nodes, relationships = len(whole.nodes), len(whole.relationships)
    parts = [
        *(replace(whole, nodes=whole.nodes[at:at + statements], relationships=())
          for at in range(0, nodes, statements)),
        *(replace(whole, nodes=(), relationships=whole.relationships[at:at + statements])
          for at in range(0, relationships, statements)),
    ]
    for number, part in enumerate(parts, 1):
        yield replace(part, begins=number == 1, ends=number == len(parts))


CITY = ("Region", "990100")
CHAIN = ("Chain", "990100/云梯制造")
FIRM = ("Enterprise", "云江云梯有限公司")
PLATFORM = ("Platform", "990100/云梯检测中心")


def three_documents() -> Sequence[Contribution]:
    """Three documents that speak of the same city, chain and firm, and partly disagree."""
    report = (
        Material("report.md")
        .node("Region", CITY[1], "name=云江市", "code=990100")
        .node("Chain", CHAIN[1], "name=云梯制造产业链", "alias=云梯链")
        .node("Enterprise", FIRM[1], "name=云江云梯有限公司", "alias=云江云梯")
        .relate(CHAIN, "LOCATED_IN", CITY)
        .relate(FIRM, "LEADS", CHAIN, role="链主", since="2021")
        .relate(FIRM, "MEMBER_OF", CHAIN, role="链主")
        .observe(CITY, "pass_rate", 95.2, decimals=1)
    )
    bulletin = (
        Material("bulletin.md")
        .node("Region", CITY[1], "name=云江市", "alias=云江")
        .node("Enterprise", FIRM[1], "name=云江云梯有限公司", "alias=云梯股份")
        .node("Platform", PLATFORM[1], "name=云梯检测中心", "subtype=testing_body")
        .relate(PLATFORM, "SERVES", CHAIN, year="2023")
        .relate(CHAIN, "LOCATED_IN", CITY)
        .observe(CITY, "pass_rate", 94.1, decimals=1)
        .observe(CITY, "pass_rate", 95.2, decimals=1)
    )
    table = (
        Material("table.csv")
        .node("Chain", CHAIN[1], "name=云梯制造", passage="table.csv#Sheet1!A2:F2", source="source:云江年鉴")
        .relate(PLATFORM, "SERVES", CHAIN, year="2024", passage="table.csv#Sheet1!A2:F2")
        .relate(CHAIN, "HAS_PLATFORM", PLATFORM, polarity="denied", passage="table.csv#Sheet1!A3:F3")
        .observe(CITY, "pass_rate", 97.0, decimals=1, scope="产品=云梯")
    )
    return [m.contribution() for m in (report, bulletin, table)]
