"""A logical form as one line of text, and back.

>>> write(Except(Instances("Chain"), Follow(Instances("Platform", "one_stop"), "HAS_PLATFORM", "in")))
'Except(Instances(Chain), Follow(Instances(Platform, one_stop), HAS_PLATFORM, in))'

Arguments stand in the order of the form's fields; those that have a default are named
(``period="2024"``) where they differ from it. A name is bare where it is a word, else quoted
like every other text, with the escapes of JSON. There is one spelling of a form: what
``write`` gives. ``read`` takes that spelling, any blanks, and named arguments in any order.
"""

from __future__ import annotations

import dataclasses
import json
import math
import re
from typing import Any, Final, get_args

from ontology.errors import NotationError
from queries import logical_form as lf
from queries.logical_form import LogicalForm, Op

#: deeper nesting is no question but an attack on the stack
MAX_DEPTH: Final = 40
MAX_LENGTH: Final = 20_000

OPS: Final[tuple[str, ...]] = get_args(Op)

_FORMS: Final[dict[str, type[Any]]] = {
    form.__name__: form
    for form in (
        lf.Entity, lf.Instances, lf.Follow, lf.Where, lf.Within, lf.Whereabouts, lf.Both, lf.Either,
        lf.Except, lf.Qualifying, lf.Subjects, lf.Observations, lf.Compared, lf.Value, lf.Property,
        lf.Count, lf.Sum,
        lf.Average, lf.Least, lf.Most, lf.Top, lf.GroupBy, lf.Difference, lf.Ratio, lf.Path, lf.Exists,
        lf.Describe, lf.Cite, lf.Passages, lf.Recorded, lf.Shifted, lf.Rest, lf.Attained, lf.Against,
        lf.Qualifier,
    )
}

#: what a field holds, where it is no form; the key is the field's name, or "Form.field"
_KINDS: Final[dict[str, str]] = {
    "id": "text", "cls": "name", "subtype": "name", "relation": "name", "property": "name",
    "qualifier": "name", "direction": "direction", "where": "conditions", "op": "op", "value": "scalar",
    "metric": "text", "period": "text", "kind": "text", "scope": "texts", "ids": "texts", "k": "count",
    "unit": "text", "Compared.value": "number", "times": "number",
}

#: fields with a default that stand in place all the same, because they read better so
_IN_PLACE: Final = {("Instances", "subtype")}

#: what may stand in each field that holds a form
_ENTITY_SET = set(get_args(lf.EntitySet))
_OBSERVATION_SET = set(get_args(lf.ObservationSet))
_OF_ENTITIES = ("Follow", "Where", "Within", "Whereabouts", "Property", "Qualifier", "GroupBy")
_OF_OBSERVATIONS = ("Subjects", "Compared", "Value", "Sum", "Average", "Rest", "Against")
_ALLOWED: Final[dict[str, set[Any]]] = {
    **{f"{name}.source": _ENTITY_SET for name in _OF_ENTITIES},
    **{f"{name}.source": _OBSERVATION_SET for name in _OF_OBSERVATIONS},
    **{f"{name}.source": _OBSERVATION_SET | {lf.GroupBy} for name in ("Least", "Most", "Top")},
    **{f"{name}.source": _ENTITY_SET | _OBSERVATION_SET for name in ("Count", "Exists", "Cite")},
    **{f"{name}.{side}": _ENTITY_SET for name in ("Both", "Either") for side in ("left", "right")},
    **{f"{name}.{side}": _OBSERVATION_SET for name in ("Difference", "Ratio") for side in ("left", "right")},
    "Shifted.level": _OBSERVATION_SET, "Shifted.gap": _OBSERVATION_SET,
    "Attained.actual": _OBSERVATION_SET, "Attained.target": _OBSERVATION_SET,
    "Against.other": _OBSERVATION_SET,
    "Except.source": _ENTITY_SET, "Except.excluded": _ENTITY_SET, "Within.place": _ENTITY_SET,
    "Observations.subject": _ENTITY_SET, "Qualifier.to": _ENTITY_SET, "Describe.source": {lf.Entity},
    "Path.start": {lf.Entity}, "Path.end": {lf.Entity},
}

_TOKEN = re.compile(
    r"""(?P<blank>[ \t\n\r]+)
      | (?P<string>"(?:[^"\\\x00-\x1f]|\\.)*")
      | (?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?!\w))
      | (?P<word>[^\W\d]\w*)
      | (?P<op>!=|>=|<=|=|>|<)
      | (?P<mark>[(),])""",
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d]\w*")


def read(text: str) -> LogicalForm:
    """The form that ``text`` spells. NotationError, with the position, where it spells none."""
    return _Reader(text).whole()


def write(form: LogicalForm) -> str:
    """``form`` in one line."""
    parts: list[str] = []
    named = False
    for field in dataclasses.fields(form):
        value = getattr(form, field.name)
        if field.default is not dataclasses.MISSING and value == field.default:
            named = True
            continue
        text = _written(type(form).__name__, field.name, value)
        in_place = field.default is dataclasses.MISSING or (type(form).__name__, field.name) in _IN_PLACE
        parts.append(text if in_place and not named else f"{field.name}={text}")
    return f"{type(form).__name__}({', '.join(parts)})"


def _written(form: str, field: str, value: Any) -> str:
    if f"{form}.{field}" in _ALLOWED:
        return write(value)
    kind = _kind(form, field)
    if kind == "name":
        return _name(value)
    if kind in ("text", "scalar") and isinstance(value, str):
        return _quoted(value)
    if kind in ("scalar", "number", "count"):
        if not math.isfinite(value):
            raise NotationError(f"{form}.{field}: {value} is no number that can be written")
        return repr(value)
    if kind == "texts":
        return f"({', '.join(_quoted(word) for word in value)})"
    if kind == "conditions":
        return f"({', '.join(f'{_name(name)} {op} {_quoted(text)}' for name, op, text in value)})"
    return str(value)  # direction, op


def _name(text: str) -> str:
    return text if _WORD.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    plain = json.dumps(text, ensure_ascii=False)
    # the line ends that JSON leaves alone
    return re.sub(r"[\x7f-\x9f\u2028\u2029]", lambda m: f"\\u{ord(m[0]):04x}", plain)


def _kind(form: str, field: str) -> str:
    return _KINDS.get(f"{form}.{field}") or _KINDS[field]


@dataclasses.dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    at: int


class _Reader:
    """Recursive descent over the tokens; no backtracking."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_LENGTH:
            raise NotationError(f"longer than {MAX_LENGTH} characters", where="0")
        self.tokens: list[_Token] = []
        at = 0
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None:
                raise _error("a name, a text, a number or one of ( ) , = expected", at, text[at])
            if match.lastgroup != "blank":
                self.tokens.append(_Token(match.lastgroup or "", match[0], at))
            at = match.end()
        self.tokens.append(_Token("end", "", len(text)))
        self.next = 0

    def whole(self) -> LogicalForm:
        form = self.form(0, None, "")
        if self.token.kind != "end":
            raise _error("the end expected", self.token.at, self.token.text)
        return form

    @property
    def token(self) -> _Token:
        return self.tokens[self.next]

    def take(self, kind: str, text: str = "") -> _Token:
        token = self.token
        if token.kind != kind or (text and token.text != text):
            raise _error(f"{text or kind} expected", token.at, token.text)
        self.next += 1
        return token

    def accept(self, text: str) -> bool:
        if self.token.text == text and self.token.kind in ("mark", "op"):
            self.next += 1
            return True
        return False

    def form(self, depth: int, allowed: set[Any] | None, place: str) -> LogicalForm:
        if depth > MAX_DEPTH:
            raise _error(f"nested deeper than {MAX_DEPTH}", self.token.at, self.token.text)
        name = self.take("word")
        cls = _FORMS.get(name.text)
        if cls is None:
            raise _error(f"no such form; there are {', '.join(_FORMS)}", name.at, name.text)
        if allowed is not None and cls not in allowed:
            raise _error(f"{place} cannot be {name.text}", name.at, name.text)
        self.take("mark", "(")
        fields = dataclasses.fields(cls)
        values: dict[str, Any] = {}
        while not (not values and self.accept(")")):
            token = self.token
            field_name = self.keyword()
            if not field_name:
                if len(values) >= len(fields):
                    raise _error(f"{name.text} takes {len(fields)} arguments", token.at, token.text)
                field_name = fields[len(values)].name
            if field_name not in {f.name for f in fields}:
                raise _error(f"{name.text} has no {field_name}", token.at, token.text)
            if field_name in values:
                raise _error(f"{field_name} is given twice", token.at, token.text)
            values[field_name] = self.value(name.text, field_name, depth)
            if self.accept(")"):
                break
            self.take("mark", ",")
        missing = [f.name for f in fields if f.default is dataclasses.MISSING and f.name not in values]
        if missing:
            raise _error(f"{name.text} needs {', '.join(missing)}", name.at, name.text)
        built: LogicalForm = cls(**values)
        return built

    def keyword(self) -> str:
        """``name=`` before a value, where it stands here; the operator ``=`` follows a comma
        or a bracket, never a word, so there is no doubt."""
        here, behind = self.tokens[self.next], self.tokens[min(self.next + 1, len(self.tokens) - 1)]
        if here.kind == "word" and behind.kind == "op" and behind.text == "=":
            self.next += 2
            return here.text
        return ""

    def value(self, form: str, field: str, depth: int) -> Any:
        allowed = _ALLOWED.get(f"{form}.{field}")
        if allowed is not None:
            return self.form(depth + 1, allowed, f"{field} of {form}")
        kind = _kind(form, field)
        token = self.token
        if kind == "name":
            return self.name()
        if kind == "text" or (kind == "scalar" and token.kind == "string"):
            return self.string()
        if kind in ("scalar", "number"):
            text = self.take("number").text
            number = float(text) if kind == "number" or re.search(r"[.eE]", text) else int(text)
            if not math.isfinite(number):
                raise _error("too large", token.at, token.text)
            return number
        if kind == "count":
            text = self.take("number").text
            if not text.isdecimal() or not 0 < int(text) <= 10_000:
                raise _error("a count from 1 to 10000 expected", token.at, token.text)
            return int(text)
        if kind == "direction":
            word = self.take("word")
            if word.text not in ("in", "out"):
                raise _error("in or out expected", word.at, word.text)
            return word.text
        if kind == "op":
            return self.operator()
        self.take("mark", "(")
        items: list[Any] = []
        while not (not items and self.accept(")")):
            items.append(self.string() if kind == "texts" else (self.name(), self.operator(), self.string()))
            if self.accept(")"):
                break
            self.take("mark", ",")
        return tuple(items)

    def name(self) -> str:
        return self.take("word").text if self.token.kind == "word" else self.string()

    def operator(self) -> str:
        token = self.token
        if token.text not in OPS or token.kind == "string":
            raise _error(f"one of {' '.join(OPS)} expected", token.at, token.text)
        self.next += 1
        return token.text

    def string(self) -> str:
        token = self.take("string")
        try:
            text: str = json.loads(token.text)
        except json.JSONDecodeError as error:
            raise _error("no escape of JSON", token.at, token.text) from error
        return text


def _error(message: str, at: int, found: str) -> NotationError:
    found = f"{found[:30]!r}" if found else "the end"
    return NotationError(f"{message}, found {found} at {at}", where=str(at),
                         hint='write it like Within(Instances(Chain), Entity("region:430200"))')
