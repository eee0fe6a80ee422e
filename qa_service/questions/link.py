"""Characters of a question → things in the graph and places of the gazetteer."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from itertools import islice, takewhile

from graph.entity_index import Candidate
from graph.ids import node_id
from ontology.gazetteer import gazetteer
from ontology.lexicon.mention import Mention
from ontology.lexicon.name_cues import name_cues
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
#: what is said of it behind its place has at least so many, with the place so many to so many
_SHORTEST_BRAND, _SHORTEST_PLACED, _LONGEST_PLACED = 2, 4, 24
#: what the name of a place may end in
_LEVELS = "省市县区州"
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
    named: dict[tuple[int, int], list[Candidate]] = {}
    rules: dict[tuple[int, int], str] = {}
    for start, end, candidates in session.index.within(folded):
        usable = [c for c in candidates if c.cls in things or c.cls in parts]
        if end - start >= 2 and usable:
            named[start, end] = usable
            rules[start, end] = "name"
    for shortened in (_beginnings, _middles, _behind_places):
        for start, end, known in shortened(folded, session, things):
            named.setdefault((start, end), known)
            rules.setdefault((start, end), "beginning")
    for start, end, known in _initials(folded, session, things):
        if not any(a < end and start < b for a, b in named):
            named[start, end] = known
            rules[start, end] = INITIALS
    for start, end, known in _with_their_places(folded, named):
        named.setdefault((start, end), known)
        rules.setdefault((start, end), "beginning")
    found = {span: [(c.id, c.cls) for c in known] for span, known in named.items()}
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
    return analyse(text, session.vocabulary, lambda t: names_and_values(t, session), session.today)


def names_and_values(text: str, session: Session) -> list[Span]:
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


def _behind_places(
    folded: str, session: Session, things: frozenset[str]
) -> list[tuple[int, int, list[Candidate]]]:
    """Names said by the place before them and the beginning of the rest: 鹤山新南方 for
    广东鹤山市新南方精密机械有限公司; only where no other name goes on so."""
    _cores(session, things)
    agents = session.grammar.agents()
    names, found = session.placed, []
    for start in range(len(folded)):
        said = folded[start : start + _LONGEST_PLACED]
        reach: dict[str, tuple[int, Candidate]] = {}
        for name, place, candidate in islice(names, bisect_left(names, (said[:_SHORTEST_PLACED],)), None):
            shared = sum(1 for _ in takewhile(lambda two: two[0] == two[1], zip(name, said, strict=False)))
            if shared < _SHORTEST_PLACED:
                break
            brand = name[place:shared]
            if candidate.cls not in agents or len(brand) < _SHORTEST_BRAND:
                continue
            if not _says_a_trade(brand, session):
                reach[candidate.id] = (max(shared, reach.get(candidate.id, (0,))[0]), candidate)
        if len(reach) == 1:
            ((shared, candidate),) = reach.values()
            found.append((start, start + shared, [candidate]))
    return found


def _says_a_trade(brand: str, session: Session) -> bool:
    """Whether the beginning of a name is a word for what many make, or another thing's name: 轨道交通."""
    if session.vocabulary.find(brand) or any(brand.startswith(t) for t in name_cues().trades):
        return True
    if session.corpus.has(brand):  # 竹木 of 湖南竹木集团, where texts speak of it
        return True
    return any(at == 0 for at, _, _ in session.index.within(brand))


def _with_their_places(
    folded: str, found: dict[tuple[int, int], list[Candidate]]
) -> list[tuple[int, int, list[Candidate]]]:
    """Names with a place before them that they begin with: 宁波|江北九方 for 宁波市江北九方电气有限公司."""
    wider = []
    for (start, end), known in found.items():
        for place_start, place_end, _ in _places(folded[:start]):
            before = [fold(c.name).partition(folded[start:end])[0] for c in known]
            if place_end == start and all(folded[place_start:start] in b for b in before):
                wider.append((place_start, end, known))
    return wider


def _cores(session: Session, things: frozenset[str]) -> dict[str, list[Candidate]]:
    """Core of a name → the things whose full names have it; kept with the session, as are the names with
    only the last of the places before them: (name, characters of the place, thing)."""
    if session.cores is None:
        table: dict[str, dict[str, Candidate]] = {}
        placed: dict[tuple[str, int, str], Candidate] = {}
        surfaces = session.index.surfaces()
        for surface in surfaces if len(surfaces) <= _MOST_CORES else ():
            name = fold(surface)
            cores = [core for core in _cores_of(name) if len(core) >= _SHORTEST_CORE]
            for candidate in session.index.find(surface) if cores else ():
                if candidate.cls not in things:
                    continue
                for place in _last_places(name, max(cores, key=len)):
                    placed[place + max(cores, key=len), len(place), candidate.id] = candidate
                for core in cores:
                    if not session.ontology.is_generic(candidate.cls, core):
                        table.setdefault(core, {})[candidate.id] = candidate
        # a core that several things share tells none of them
        session.cores = {core: list(known.values()) for core, known in table.items() if len(known) == 1}
        session.placed = [(name, length, placed[name, length, i]) for name, length, i in sorted(placed)]
    return session.cores


def _last_places(name: str, core: str) -> set[str]:
    """The last place before the core of a name, as it stands and without its level: 鹤山市, 鹤山."""
    before, known = name.removesuffix(core), gazetteer().by_key()
    last = next((before[at:] for at in range(len(before)) if before[at:] in known), "")
    bare = last[:-1] if len(last) > 2 and last[-1] in _LEVELS else last
    return {last, bare} if last else set()


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
