"""Characters of a question → things in the graph and places of the gazetteer."""

from __future__ import annotations

from functools import cache

from graph.entity_index import Candidate
from graph.ids import node_id
from ontology.gazetteer import gazetteer
from ontology.lexicon.mention import Mention
from ontology.lexicon.normalise import fold
from ontology.structure import REGION
from qa_service.questions.question import Question, Span, analyse
from qa_service.rules.files import word_file
from qa_service.session import Session

#: a name said by its beginning has at least so many characters
_SHORTEST_BEGINNING = 3
#: rule of a name said by its first two characters
INITIALS = "initials"
#: one said by so few only where no other thing, place or word begins or is called so
_INITIALS = 2
#: a name said without its place has at least so many characters
_SHORTEST_CORE = 4
#: of larger graphs the cores of names are not looked for
_MOST_CORES = 200_000


@cache
def _legal_forms() -> frozenset[str]:
    raw = word_file("suffixes")
    return frozenset(fold(w) for w in raw["legal_forms"])


def entities(text: str, session: Session) -> list[tuple[int, int, list[Mention]]]:
    """Named things in a clean question: (start, end, mentions with (node id, class) candidates).

    Names and aliases of the graph; names said by their beginning (without the legal form);
    places that the gazetteer knows though the graph does not.
    """
    folded, at = _folded(text)
    things = session.ontology.things()
    parts = frozenset(c.name for c in session.ontology.classes.values() if c.document_part)
    found: dict[tuple[int, int], list[tuple[str, str]]] = {}
    rules: dict[tuple[int, int], str] = {}
    for start, end, candidates in session.index.within(folded):
        usable = [c for c in candidates if c.cls in things or c.cls in parts]
        if end - start >= 2 and usable:
            found[start, end] = [(c.id, c.cls) for c in usable]
            rules[start, end] = "name"
    for start, end, known in _beginnings(folded, session, things):
        found.setdefault((start, end), [(c.id, c.cls) for c in known])
        rules.setdefault((start, end), "beginning")
    for start, end, known in _middles(folded, session, things):
        found.setdefault((start, end), [(c.id, c.cls) for c in known])
        rules.setdefault((start, end), "beginning")
    for start, end, known in _initials(folded, session, things):
        if not any(a < end and start < b for a, b in found):
            found[start, end] = [(c.id, c.cls) for c in known]
            rules[start, end] = INITIALS
    for start, end, code in _places(folded):
        pair = (node_id(REGION, code), REGION)
        entry = found.setdefault((start, end), [])
        if pair not in entry:
            entry.append(pair)
        rules.setdefault((start, end), "place")
    spans = []
    for (start, end), pairs in sorted(found.items()):
        a, b = at[start], at[end - 1] + 1
        value = _with_family(tuple(dict.fromkeys(pairs)), folded[start:end], session)
        spans.append((a, b, [Mention("entity", a, b, text[a:b], value, rules[start, end])]))
    return spans


def analysed(text: str, session: Session) -> Question:
    """A question's text, analysed with the words of the ontology and the names of the graph."""
    return analyse(text, session.vocabulary, lambda t: named(t, session), session.today)


def named(text: str, session: Session) -> list[Span]:
    """Named things, and values of qualifiers (products supplied …)."""
    return [*entities(text, session), *session.values.find(text)]


def _with_family(
    pairs: tuple[tuple[str, str], ...], said: str, session: Session
) -> tuple[tuple[str, str], ...]:
    """A chain said without its place may be any of that name: the one without a place first."""
    if not any(ident in session.families for ident, _ in pairs):
        return pairs
    if any(said[:end] in gazetteer().by_key() for end in range(1, len(said) + 1)):
        return pairs
    found: dict[tuple[str, str], None] = {}
    for ident, cls in pairs:
        for member in session.families.get(ident, (ident,)):
            found[member, cls] = None
    return tuple(found)


def _folded(text: str) -> tuple[str, list[int]]:
    """The text without spaces, quotes and punctuation, and where each character stood."""
    kept, at = [], []
    for i, ch in enumerate(text):
        for c in fold(ch):
            kept.append(c)
            at.append(i)
    return "".join(kept), at


def _middles(folded: str, session: Session, things: frozenset[str]) -> list[tuple[int, int, list[Candidate]]]:
    """Names said without the place that they begin with and the legal form: 九方装备 for
    株洲九方装备股份有限公司."""
    table = _cores(session, things)
    longest = max(map(len, table), default=0)
    found = []
    for start in range(len(folded)):
        for end in range(min(len(folded), start + longest), start + _SHORTEST_CORE - 1, -1):
            known = table.get(folded[start:end])
            if known:
                found.append((start, end, known))
                break
    return found


def _cores(session: Session, things: frozenset[str]) -> dict[str, list[Candidate]]:
    """Core of a name → the things whose full names have it; kept with the session."""
    if session.cores is None:
        table: dict[str, dict[str, Candidate]] = {}
        surfaces = session.index.surfaces()
        for surface in surfaces if len(surfaces) <= _MOST_CORES else ():
            cores = [core for core in _cores_of(fold(surface)) if len(core) >= _SHORTEST_CORE]
            for candidate in session.index.find(surface) if cores else ():
                for core in cores:
                    if candidate.cls in things and not session.ontology.is_generic(candidate.cls, core):
                        table.setdefault(core, {})[candidate.id] = candidate
        # a core that several things share tells none of them
        session.cores = {core: list(known.values()) for core, known in table.items() if len(known) == 1}
    return session.cores


def _cores_of(name: str) -> set[str]:
    """The name without the places before it, with and without a legal form behind; nothing where
    it begins with no place."""
    places = gazetteer().by_key()
    rest, cut = name, name
    while cut:
        rest = cut
        cut = next((rest[n:] for n in range(min(8, len(rest) - 1), 1, -1) if rest[:n] in places), "")
    if rest == name:
        return set()
    return {rest, *(rest.removesuffix(form) for form in _legal_forms() if rest.endswith(form))}


def _beginnings(
    folded: str, session: Session, things: frozenset[str]
) -> list[tuple[int, int, list[Candidate]]]:
    """The longest beginning of a name at each place, where only a legal form is missing."""
    found = []
    for start in range(len(folded) - _SHORTEST_BEGINNING + 1):
        for end in range(min(len(folded), start + 24), start + _SHORTEST_BEGINNING - 1, -1):
            said = folded[start:end]
            known = [
                c
                for name, c in session.index.beginning(said, 40)
                if c.cls in things and name[len(said) :] in _legal_forms()
            ]
            if known:
                found.append((start, end, list({c.id: c for c in known}.values())))
                break
    return found


def _initials(
    folded: str, session: Session, things: frozenset[str]
) -> list[tuple[int, int, list[Candidate]]]:
    """Two characters by which only one acting thing's name begins (三一 for 三一重工), and no place's
    and no word of the ontology."""
    found = []
    agents = session.grammar.agents() & things
    for start in range(len(folded) - _INITIALS + 1):
        said = folded[start : start + _INITIALS]
        if said in gazetteer().by_key() or session.vocabulary.find(said):
            continue
        named = session.index.beginning(said, 12)
        ids = {c.id for _, c in named}
        if len(ids) == 1 and next(c for _, c in named).cls in agents:
            found.append((start, start + _INITIALS, [named[0][1]]))
    return found


def _places(folded: str) -> list[tuple[int, int, str]]:
    names = gazetteer().by_key()
    found = []
    for start in range(len(folded)):
        for end in range(start + 2, min(len(folded), start + 12) + 1):
            for code in names.get(folded[start:end], ())[:3]:
                found.append((start, end, code))
    return found
