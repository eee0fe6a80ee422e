"""Turtle texts → :class:`Ontology`. How they are written is told at the head of ``nqi.ttl``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SH, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from ontology.errors import OntologyError
from ontology.lexicon.normalise import fold
from ontology.model import (
    STAGES,
    Attribute,
    Class,
    Labels,
    Metric,
    Ontology,
    Relation,
    Role,
    Step,
    Subtype,
)

NQI = Namespace("urn:nqi:")
SCHEMA = Namespace("https://schema.org/")
#: the reason in the parser's message; the rest of it is a dump of bytes
_WHY = re.compile(r"Bad syntax \((.*?)\) at ", re.DOTALL)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def ontology_of(texts: Sequence[tuple[Path, bytes]]) -> Ontology:
    """The ontology that these files say together. OntologyError names the file at fault."""
    graph = Graph()
    origin: dict[Node, str] = {}
    for path, text in texts:
        part = _parse(path, text)
        for subject in set(part.subjects()):
            if isinstance(subject, URIRef):
                origin[subject] = str(path)  # the later file is the one that can be at fault
        graph += part
    return _Reader(graph, origin).ontology()


def _parse(path: Path, text: bytes) -> Graph:
    graph = Graph()
    try:
        graph.parse(data=text.decode("utf-8-sig"), format="turtle")
    except UnicodeDecodeError as err:
        line = text[: err.start].count(b"\n") + 1
        raise OntologyError("The file is not UTF-8.", where=f"{path}:{line}",
                            hint="Save it with the encoding UTF-8.") from err
    except BadSyntax as err:
        why = _WHY.search(err.message)
        raise OntologyError(f"Not Turtle: {why[1] if why else err.message}.", where=f"{path}:{err.lines + 1}",
                            hint="Look for a missing ; . or quote on that line or the one before.") from err
    except (ParserError, ValueError) as err:
        raise OntologyError(f"Not Turtle: {err}.", where=str(path)) from err
    return graph


@dataclass
class _Reader:
    graph: Graph
    origin: dict[Node, str]

    def ontology(self) -> Ontology:
        iris = self._declared(OWL.Class)
        self.class_iris = {iri for iri in iris if not self._wider_own(iri, set(iris))}
        self.class_names = {iri: self._name(iri) for iri in iris if iri in self.class_iris}
        self._unique(self.class_names, "classes")
        classes = {self.class_names[i]: self._class(i) for i in iris if i in self.class_iris}
        self.thing_names = frozenset(
            c.name for c in classes.values() if not c.structural and not c.document_part)
        subtypes = {s.key: s for s in (self._subtype(i, set(iris)) for i in iris if i not in self.class_iris)}
        self.inverse = {self._uri(o): s for s, o in self.graph.subject_objects(OWL.inverseOf)}
        properties = [i for i in self._declared(OWL.ObjectProperty) if not self._has(i, OWL.inverseOf)]
        self.relation_iris = set(properties)
        self._unique({i: self._name(i) for i in properties}, "relations")
        relations = {r.name: r for r in (self._relation(i, iris) for i in properties)}
        attributes, qualifiers = self._attributes(relations)
        metrics = {m.key: m for m in (self._metric(i) for i in self._declared(NQI.Metric))}
        roles = {r.value: r for r in (self._role(i, relations) for i in self._declared(NQI.Role))}
        made = Ontology(classes, relations, attributes, subtypes, metrics, roles, qualifiers)
        self._check(made)
        return made

    # ---- classes --------------------------------------------------------------------

    def _class(self, iri: URIRef) -> Class:
        parents = [o for o in self.graph.objects(iri, RDFS.subClassOf) if isinstance(o, URIRef)]
        return Class(
            name=self._name(iri), labels=self._labels(iri), comment=self._text(iri, RDFS.comment),
            parent=min((str(p) for p in parents), default=""),
            placed_by=tuple(sorted((self._path(o) for o in self.graph.objects(iri, NQI.placedBy)),
                                   key=lambda p: (len(p), [(s.direction != "out", s.relation) for s in p]))),
            place_in_key=self._flag(iri, NQI.placeInKey), is_place=self._flag(iri, NQI.isPlace),
            staged=self._flag(iri, NQI.staged),
            structural=self._flag(iri, NQI.structural), document_part=self._flag(iri, NQI.documentPart),
            extract_name=self._text(iri, NQI.extractName), generic=self._texts(iri, NQI.genericName),
            iri=str(iri),
        )

    def _subtype(self, iri: URIRef, own: set[URIRef]) -> Subtype:
        wider = self._wider_own(iri, own)
        top, seen = wider[0], {iri}
        while top not in self.class_iris:
            if top in seen:
                raise self._fault(iri, f"The class {self._name(iri)} is a subclass of itself.")
            seen.add(top)
            top = self._wider_own(top, own)[0]
        return Subtype(
            key=self._name(iri), cls=self._name(top), labels=self._labels(iri),
            broader="" if wider[0] in self.class_iris else self._name(wider[0]),
            generic=self._texts(iri, NQI.genericName), iri=str(iri),
            disjoint=tuple(sorted(self._name(o) for o in self._disjoint(iri) if o in own and o != iri)),
        )

    def _disjoint(self, iri: URIRef) -> Iterable[Node]:
        yield from self.graph.objects(iri, OWL.disjointWith)
        yield from self.graph.subjects(OWL.disjointWith, iri)
        for group in self.graph.subjects(RDF.type, OWL.AllDisjointClasses):
            members = self.graph.value(group, OWL.members)
            listed = set(Collection(self.graph, members)) if members is not None else set()
            if iri in listed:
                yield from listed

    def _wider_own(self, iri: Node, own: set[URIRef]) -> list[URIRef]:
        wider = self.graph.objects(iri, RDFS.subClassOf)
        return sorted(o for o in wider if isinstance(o, URIRef) and o in own)

    # ---- relations ------------------------------------------------------------------

    def _relation(self, iri: URIRef, classes: Iterable[URIRef]) -> Relation:
        inverse = self.inverse.get(iri)
        identifying = tuple(sorted(self._name(o) for o in self.graph.objects(iri, NQI.identifiedBy)))
        others = sorted(self._name(o) for o in self.graph.objects(iri, NQI.qualifiedBy))
        implied = [o for o in self.graph.objects(iri, RDFS.subPropertyOf) if o in self.relation_iris]
        also = [self._path(o) for o in self.graph.objects(iri, NQI.also)]
        if any(len(path) != 1 for path in also):
            raise self._fault(iri, f"nqi:also of {self._name(iri)} must be a path of one step.")
        ranges = {}
        for cls in classes:
            for limit in self.graph.objects(cls, RDFS.subClassOf):
                if self.graph.value(limit, OWL.onProperty) == iri and self._has(limit, OWL.allValuesFrom):
                    ranges[self._name(cls)] = self._classes(self.graph.value(limit, OWL.allValuesFrom), iri)
        return Relation(
            name=self._name(iri), labels=self._labels(iri),
            inverse_labels=self._labels(inverse) if inverse is not None else Labels("", ""),
            domain=self._ends(iri, RDFS.domain, SCHEMA.domainIncludes),
            range=self._ends(iri, RDFS.range, SCHEMA.rangeIncludes),
            identifying=identifying,
            qualifiers={q: self._datatype(q) for q in (*identifying, *others)},
            implies=tuple(sorted(self._name(o) for o in implied)), also=tuple(path[0] for path in also),
            transitive=(iri, RDF.type, OWL.TransitiveProperty) in self.graph,
            symmetric=(iri, RDF.type, OWL.SymmetricProperty) in self.graph,
            structural=self._flag(iri, NQI.structural), extract_name=self._text(iri, NQI.extractName),
            ranges=ranges, comment=self._text(iri, RDFS.comment), iri=str(iri),
        )

    def _ends(self, iri: URIRef, stated: URIRef, widened: URIRef) -> frozenset[str]:
        ends = [*self.graph.objects(iri, stated), *self.graph.objects(iri, widened)]
        if not ends:
            raise self._fault(iri, f"The relation {self._name(iri)} has no {self._name(stated)}.")
        return frozenset().union(*(self._classes(end, iri) for end in ends))

    def _classes(self, node: Node | None, user: Node) -> frozenset[str]:
        """Names of the classes behind a class, a owl:unionOf or owl:Thing."""
        if node == OWL.Thing:
            return self.thing_names
        if isinstance(node, BNode):
            union = self.graph.value(node, OWL.unionOf)
            if union is not None:
                parts = Collection(self.graph, union)
                return frozenset().union(*(self._classes(part, user) for part in parts))
        if isinstance(node, URIRef) and node in self.class_names:
            return frozenset({self.class_names[node]})
        raise self._fault(user, f"{self._name(user)} names {node}, which is no class with a node label.")

    def _path(self, node: Node) -> tuple[Step, ...]:
        """A SHACL path: a relation, [sh:inversePath relation], or a list of these."""
        inverse = self.graph.value(node, SH.inversePath)
        if inverse is not None:
            return (Step(self._name(inverse), "in"),)
        if isinstance(node, URIRef) and node != RDF.nil:
            return (Step(self._name(node), "out"),)
        return tuple(step for part in Collection(self.graph, node) for step in self._path(part))

    def _attributes(
        self, relations: dict[str, Relation]
    ) -> tuple[dict[str, Attribute], dict[str, Attribute]]:
        attributes: dict[str, Attribute] = {}
        qualifiers: dict[str, Attribute] = {}
        for iri in self._declared(OWL.DatatypeProperty):
            name = self._name(iri)
            labels = self._labels(iri)
            if self._has(iri, RDFS.domain):
                domain = self._ends(iri, RDFS.domain, SCHEMA.domainIncludes)
                attributes[name] = Attribute(name, labels, domain, self._datatype(name, iri))
            users = frozenset(r.name for r in relations.values() if name in r.qualifiers)
            if users:
                says = tuple(sorted(self._name(o) for o in self.graph.objects(iri, NQI.says)))
                qualifiers[name] = Attribute(name, labels, users, self._datatype(name, iri), says)
        return attributes, qualifiers

    def _datatype(self, name: str, iri: URIRef | None = None) -> str:
        """``xsd:string``, from the property's range."""
        found = iri if iri is not None else next(
            (i for i in self._declared(OWL.DatatypeProperty) if self._name(i) == name), None)
        if found is None:
            raise OntologyError(f"The qualifier {name} is declared nowhere.",
                                hint=f"Add: nqi:{name} a owl:DatatypeProperty ; rdfs:range xsd:string .")
        stated = self.graph.value(found, RDFS.range) or XSD.string
        return "xsd:" + str(stated).removeprefix(str(XSD))

    # ---- metrics and roles ------------------------------------------------------------

    def _metric(self, iri: URIRef) -> Metric:
        polarity = self.graph.value(iri, NQI.polarity)
        try:
            sign = int(str(polarity)) if polarity is not None else 0
        except ValueError as err:
            raise self._fault(iri, f"The polarity of {self._name(iri)} must be 1, 0 or -1.") from err
        return Metric(
            key=self._name(iri), labels=self._labels(iri), unit=self._text(iri, NQI.unit), polarity=sign,
            opposite=self._target(iri, NQI.opposite), broader=self._target(iri, SKOS.broader),
            comment=self._text(iri, SKOS.definition) or self._text(iri, RDFS.comment),
            change_of=self._target(iri, NQI.changeOf),
            lowest=self._number(iri, NQI.lowest), highest=self._number(iri, NQI.highest),
        )

    def _role(self, iri: URIRef, relations: dict[str, Relation]) -> Role:
        says = tuple(sorted(self._name(o) for o in self.graph.objects(iri, NQI.says)))
        stage = self._text(iri, NQI.stage) or "unstated"
        if stage not in STAGES:
            raise self._fault(iri, f"nqi:stage is “{stage}”; it must be one of {', '.join(STAGES)}.")
        for name in says:
            if name not in relations:
                raise self._fault(iri, f"nqi:says names {name}, which is no relation.")
        labels = self._labels(iri)
        return Role(self._text(iri, SKOS.notation) or labels.zh, labels, says, stage)

    # ---- agreement ------------------------------------------------------------------------

    def _check(self, made: Ontology) -> None:
        steps = [(c.name, s) for c in made.classes.values() for p in c.placed_by for s in p]
        steps += [(r.name, s) for r in made.relations.values() for s in r.also]
        for user, step in steps:
            if step.relation not in made.relations:
                raise OntologyError(f"A path of {user} goes over {step.relation}, which is no relation.")
        words: dict[str, str] = {}
        for metric in made.metrics.values():
            for other in (metric.opposite, metric.broader, metric.change_of):
                if other and other not in made.metrics:
                    raise self._fault_of(
                        metric.key, f"The metric {metric.key} names {other}, which is no metric.")
            for word in metric.labels.all():
                first = words.setdefault(fold(word), metric.key)
                if first != metric.key:
                    raise self._fault_of(metric.key,
                                         f"The metrics {first} and {metric.key} share the label “{word}”.")

    # ---- terms ------------------------------------------------------------------------------

    def _declared(self, kind: URIRef) -> list[URIRef]:
        found = {s for s in self.graph.subjects(RDF.type, kind) if isinstance(s, URIRef)}
        return sorted(found, key=lambda s: (not s.startswith(str(NQI)), str(s)))

    def _unique(self, names: dict[URIRef, str], what: str) -> None:
        seen: dict[str, URIRef] = {}
        for iri, name in names.items():
            if seen.setdefault(name, iri) != iri:
                raise self._fault(iri, f"Two {what} have the name {name}: {seen[name]} and {iri}.")

    def _name(self, node: Node | None) -> str:
        """The local name: what stands behind the last / # or :."""
        name = re.split("[/#:]", str(node))[-1]
        if not _NAME.fullmatch(name):
            raise self._fault(node, f"“{name}” cannot be a name in the graph: letters, digits and _ only.")
        return name

    def _labels(self, iri: Node) -> Labels:
        main: dict[str, list[str]] = {"zh": [], "en": []}
        other: list[str] = []
        for predicate in (SKOS.prefLabel, RDFS.label):
            for word in self._literals(iri, predicate):
                language = (word.language or _language(str(word))).split("-")[0]
                main.get(language, other).append(str(word))
        alt = [str(w) for w in self._literals(iri, SKOS.altLabel)]
        zh, en = (sorted(main[x]) for x in ("zh", "en"))
        if not zh and not en:
            raise self._fault(iri, f"{self._name(iri)} has no rdfs:label.")
        rest = sorted({*zh[1:], *en[1:], *other, *alt}, key=lambda w: (w.isascii(), -len(w), w))
        return Labels(zh[0] if zh else "", en[0] if en else "", tuple(rest))

    def _literals(self, node: Node, predicate: URIRef) -> list[Literal]:
        return [o for o in self.graph.objects(node, predicate) if isinstance(o, Literal)]

    def _texts(self, node: Node, predicate: URIRef) -> tuple[str, ...]:
        return tuple(sorted(str(o) for o in self._literals(node, predicate)))

    def _text(self, node: Node, predicate: URIRef) -> str:
        return next(iter(self._texts(node, predicate)), "")

    def _number(self, node: Node, predicate: URIRef) -> float | None:
        text = self._text(node, predicate)
        try:
            return float(text) if text else None
        except ValueError as err:
            raise self._fault(node, f"{self._name(predicate)} of {self._name(node)} is no number.") from err

    def _flag(self, node: Node, predicate: URIRef) -> bool:
        return self._text(node, predicate) in ("true", "1")

    def _has(self, node: Node, predicate: URIRef) -> bool:
        return self.graph.value(node, predicate) is not None

    def _target(self, node: Node, predicate: URIRef) -> str:
        found = self.graph.value(node, predicate)
        return self._name(found) if found is not None else ""

    def _uri(self, node: Node) -> URIRef:
        if not isinstance(node, URIRef):
            raise OntologyError(f"owl:inverseOf must name a relation, not {node}.")
        return node

    def _fault(self, node: Node | None, message: str) -> OntologyError:
        return OntologyError(message, where=self.origin.get(node, "") if node is not None else "")

    def _fault_of(self, key: str, message: str) -> OntologyError:
        ends = ("/" + key, ":" + key, "#" + key)
        where = [place for iri, place in self.origin.items() if str(iri).endswith(ends)]
        return OntologyError(message, where=where[-1] if where else "")


def _language(word: str) -> str:
    return "en" if word.isascii() else "zh"
