"""Routes that show what is in the graph. Each is one function of ``qa_service/browse``."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from qa_service.api.models import Limit, NodeId, Offset, OptionalId, Prefix
from qa_service.api.schema import model_of
from qa_service.api.service import Service
from qa_service.browse import documents as documents_of
from qa_service.browse import entities as entities_of
from qa_service.browse import figures as figures_of
from qa_service.browse import groups as groups_of
from qa_service.browse import metrics as metrics_of
from qa_service.browse import regions as regions_of
from qa_service.browse import subgraph as subgraph_of
from qa_service.browse import terms as terms_of
from qa_service.browse.shapes import (
    DisagreementList,
    DocumentList,
    DocumentPage,
    EntityList,
    EntityPage,
    FigureList,
    GroupList,
    GroupPage,
    MetricList,
    RegionList,
    Subgraph,
    Terms,
    as_json,
)

Ids = Annotated[
    list[Annotated[str, Query(max_length=1000)]],
    Query(alias="id", min_length=1, max_length=50, description="Where to begin; may be given several times."),
]
Types = Annotated[
    list[Annotated[str, Query(max_length=100)]],
    Query(alias="type", max_length=50, description="Only these relations; may be given several times."),
]
ClassName = Annotated[
    str, Query(alias="class", max_length=100, description="A class of the ontology: Enterprise …")
]


def routes(service: Service) -> APIRouter:
    """Everything that is read by id, by name or as a list."""
    router = APIRouter(tags=["graph"])
    read = service.current.read

    @router.get("/api/entities", response_model=model_of(EntityList))
    def entities(
        prefix: Prefix = "", cls: ClassName = "", limit: Limit = 50, offset: Offset = 0
    ) -> JSONResponse:
        """Things whose name or alias begins so, by class where one is given: for completing what is typed."""
        found = read(
            lambda opened: entities_of.entities(opened, prefix=prefix, cls=cls, limit=limit, offset=offset)
        )
        return JSONResponse(as_json(found))

    @router.get("/api/entities/{id:path}", response_model=model_of(EntityPage))
    def entity(ident: NodeId, limit: Limit = 50) -> JSONResponse:
        """One thing: its facts by relation with their evidence, and its figures. ``limit`` bounds the
        facts of each relation."""
        return JSONResponse(as_json(read(lambda opened: entities_of.entity(ident, opened, limit=limit))))

    @router.get("/api/subgraph", response_model=model_of(Subgraph))
    def subgraph(
        ids: Ids,
        types: Types = [],  # noqa: B006  the framework copies it
        depth: Annotated[int, Query(ge=0, le=3)] = 1,
        limit: Annotated[int, Query(ge=1, le=400, description="At most so many things.")] = 100,
    ) -> JSONResponse:
        """What stands around some things, and the relationships between all that is shown."""
        return JSONResponse(
            as_json(
                read(lambda opened: subgraph_of.subgraph(ids, opened, depth=depth, limit=limit, types=types))
            )
        )

    @router.get("/api/chains", response_model=model_of(GroupList))
    def chains(
        prefix: Prefix = "", region: OptionalId = "", limit: Limit = 100, offset: Offset = 0
    ) -> JSONResponse:
        """The chains, with where they are and how many members they have; ``region`` keeps to a region's."""
        found = read(
            lambda opened: groups_of.groups(opened, region=region, prefix=prefix, limit=limit, offset=offset)
        )
        return JSONResponse(as_json(found))

    @router.get("/api/chains/{id:path}", response_model=model_of(GroupPage))
    def chain(ident: NodeId) -> JSONResponse:
        """One chain: its stages with their members, lead firms, suppliers, links with evidence, and what
        it lacks, each gap with its basis."""
        return JSONResponse(as_json(read(lambda opened: groups_of.group(ident, opened))))

    @router.get("/api/figures", response_model=model_of(FigureList))
    def figures(
        chain: Annotated[str, Query(max_length=1000, description="A chain; its members' figures.")],
        limit: Limit = 1000,
    ) -> JSONResponse:
        """Figures of the members of a chain, the latest first: what its board is coloured by."""
        found = read(lambda opened: figures_of.member_figures(chain, opened, limit=limit))
        return JSONResponse(as_json(found))

    @router.get("/api/ontology", response_model=model_of(Terms))
    def ontology() -> JSONResponse:
        """The words of the ontology in both languages: classes, relations, roles, properties, metrics."""
        return JSONResponse(as_json(read(terms_of.terms)))

    @router.get("/api/regions", response_model=model_of(RegionList))
    def regions(
        prefix: Prefix = "", parent: OptionalId = "", limit: Limit = 200, offset: Offset = 0
    ) -> JSONResponse:
        """The regions of the graph in the order of their codes, and what stands in them."""
        found = read(
            lambda opened: regions_of.regions(
                opened, prefix=prefix, parent=parent, limit=limit, offset=offset
            )
        )
        return JSONResponse(as_json(found))

    @router.get("/api/metrics", response_model=model_of(MetricList))
    def metrics(
        prefix: Prefix = "",
        known: Annotated[
            bool | None, Query(description="Only metrics of the ontology, or only others.")
        ] = None,
        limit: Limit = 200,
        offset: Offset = 0,
    ) -> JSONResponse:
        """What was measured, the most measured first."""
        found = read(
            lambda opened: metrics_of.metrics(opened, prefix=prefix, known=known, limit=limit, offset=offset)
        )
        return JSONResponse(as_json(found))

    @router.get("/api/conflicts", response_model=model_of(DisagreementList))
    def conflicts(
        kind: Literal["", "conflict", "divergence"] = "",
        subject: OptionalId = "",
        metric: OptionalId = "",
        limit: Limit = 100,
        offset: Offset = 0,
    ) -> JSONResponse:
        """Figures that disagree, conflicts before divergences (docs/contract.md §2)."""
        found = read(
            lambda opened: metrics_of.conflicts(
                opened, kind=kind, subject=subject, metric=metric, limit=limit, offset=offset
            )
        )
        return JSONResponse(as_json(found))

    @router.get("/api/documents", response_model=model_of(DocumentList))
    def documents(prefix: Prefix = "", limit: Limit = 200, offset: Offset = 0) -> JSONResponse:
        """What is loaded."""
        return JSONResponse(
            as_json(
                read(lambda opened: documents_of.documents(opened, prefix=prefix, limit=limit, offset=offset))
            )
        )

    @router.get("/api/documents/{id:path}", response_model=model_of(DocumentPage))
    def document(ident: NodeId) -> JSONResponse:
        """A document's text or rows with its sections, so that evidence can be opened in it."""
        return JSONResponse(as_json(read(lambda opened: documents_of.document(ident, opened))))

    return router
