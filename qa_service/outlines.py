"""Readings from the outline of a document: which parts does this section have?

资源加工业的改进措施列了哪四条 asks for the parts of the section that says 改进措施 in the
section on 资源加工业. The parts are recorded structure, so the form is a typed one.
"""

from __future__ import annotations

from ontology.model import Ontology
from ontology.structure import IN_SECTION, SECTION
from qa_service.asked import asked_by
from qa_service.library import Library, LibrarySection
from qa_service.observed import wanted_by
from qa_service.overlap import covered
from qa_service.question import Question
from qa_service.reading import Reading
from queries.logical_form import Count, Entity, Follow, LogicalForm

#: what a section's parts are worth for each further section out
_FADING = 0.85


def outlined(question: Question, library: Library, ontology: Ontology) -> list[Reading]:
    """Readings as the parts of one section, best first."""
    asked = asked_by(question)
    if asked.sort not in ("list", "number", "thing", "text"):
        return []
    wanted = wanted_by(question, ontology)
    weights = library.weights(wanted.text)
    found = []
    for section, parts in library.children.items():
        if section not in library.sections or len(parts) < 2 or not all(p.title for p in parts):
            continue
        line = library.around(section)
        document = library.documents.get(line[0].document)
        layers = [*(s.words for s in line), document.words if document else ""]
        own = covered(wanted.text, wanted.mask, layers[:1])
        if not own:
            continue
        explained, score, factor = 0, 0.0, 1.0
        total = sum(w for i, w in enumerate(weights) if wanted.mask >> i & 1)
        for layer in layers:
            fresh = covered(wanted.text, wanted.mask & ~explained, (layer,))
            score += factor * sum(w for i, w in enumerate(weights) if fresh >> i & 1)
            explained |= fresh
            factor *= _FADING
        share = score / total if total else 0.0
        if asked.counts:
            share += 0.12 if len(parts) in asked.counts else -0.15
        share -= 0.05 * _unsaid(line[0], wanted.text)
        parts_form = Follow(Entity(section), IN_SECTION, "in", cls=SECTION)
        form: LogicalForm = parts_form
        if asked.sort == "number":
            form, share = Count(parts_form), share - 0.2
        if asked.sort in ("thing", "text"):
            share -= 0.1
        found.append(
            Reading(
                form=form,
                cost=round(1 - min(1.0, share), 4),
                explained=explained,
                rule="outlined",
                tree=f"outlined {line[0].words}: {len(parts)} parts, in "
                + " / ".join(s.words for s in line[1:]),
                source="structure",
            )
        )
    return sorted(found, key=lambda r: (r.cost, repr(r.form)))[:4]


def _unsaid(section: LibrarySection, text: str) -> int:
    """1 where most of the section's own title is not in the question."""
    mask = (1 << len(section.words)) - 1
    said = covered(section.words, mask, (text,)).bit_count()
    return int(said * 2 < len(section.words))
