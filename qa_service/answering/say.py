"""A logical form read back in words: what the answer says it understood."""

from __future__ import annotations

from collections.abc import Mapping

from ontology.model import Labels, Ontology
from ontology.structure import IN_DOCUMENT, IN_SECTION, METRIC
from queries import logical_form as lf

_METRIC = f"{METRIC.lower()}:"
#: how a figure that things are chosen by compares, in words
_OPS = {">": "高于", ">=": "不低于", "<": "低于", "<=": "不高于", "=": "为", "!=": "不为"}


class Speaker:
    """Reads forms back in Chinese or English, by the ontology's labels and the nodes' names.

    >>> Speaker(ontology, {"region:430200": "株洲市"}).say(form)                # doctest: +SKIP
    '株洲市的产业链中没有一站式服务平台的'
    """

    def __init__(self, ontology: Ontology, names: Mapping[str, str], *, english: bool = False) -> None:
        self.ontology = ontology
        self.names = names
        self.english = english

    def say(self, form: lf.LogicalForm) -> str:
        match form:
            case lf.Entity():
                return self.name(form.id)
            case lf.Instances():
                if form.subtype:
                    return self.label(self.ontology.subtypes[form.subtype].labels)
                return self.label(self.ontology.classes[form.cls].labels)
            case lf.Follow():
                return self._follow(form)
            case lf.Within():
                place, thing = self.say(form.place), self.say(form.source)
                return f"{thing} in {place}" if self.english else f"{place}的{thing}"
            case lf.Whereabouts():
                thing = self.say(form.source)
                return f"places of {thing}" if self.english else f"{thing}所在的地区"
            case lf.Where():
                prop = self.ontology.attributes.get(form.property)
                label = self.label(prop.labels) if prop else form.property
                return f"{self.say(form.source)} ({label} {form.op} {form.value})"
            case lf.Subjects():
                return self._subjects(form)
            case lf.Both(lf.Instances(), lf.Follow() as follow):
                return self._follow(follow, self.say(form.left))
            case lf.Both(lf.Instances(), lf.Whereabouts() as at):
                what, thing = self.say(form.left), self.say(at.source)
                return f"{what} of {thing}" if self.english else f"{thing}所在的{what}"
            case lf.Both(_, lf.Follow(relation=relation) as inside) if relation == IN_DOCUMENT:
                what, document = self.say(form.left), self.say(inside.source)
                return f"{what} in {document}" if self.english else f"《{document}》中{what}"
            case lf.Both():
                left, right = self.say(form.left), self.say(form.right)
                return f"{left} that are also {right}" if self.english else f"{left}（同时是{right}）"
            case lf.Either() if self._family(form):
                return self.say(_first(form))
            case lf.Either():
                return (
                    f"{self.say(form.left)} or {self.say(form.right)}"
                    if self.english
                    else (f"{self.say(form.left)}或{self.say(form.right)}")
                )
            case lf.Except():
                return self._except(form)
            case lf.Qualifying():
                relation = self.label(self.ontology.relations[form.relation].labels)
                label = self.label(self.ontology.classes[form.cls].labels)
                return (
                    f"{label} with a recorded {relation}" if self.english else f"记录有“{relation}”的{label}"
                )
            case lf.Observations():
                return self._observations(form)
            case lf.Count():
                what = self.say(form.source)
                return f"how many {what}" if self.english else f"{what}有多少"
            case lf.Exists():
                return self._exists(form)
            case lf.Describe():
                return (
                    f"what {self.say(form.source)} is"
                    if self.english
                    else f"{self.say(form.source)}是什么、有什么记录"
                )
            case lf.Cite():
                return (
                    f"where {self.say(form.source)} is stated"
                    if self.english
                    else f"{self.say(form.source)}出自哪里"
                )
            case lf.Passages():
                return "what the text says" if self.english else "原文里怎么说"
            case lf.Path():
                a, b = self.say(form.start), self.say(form.end)
                return f"how {a} and {b} are related" if self.english else f"{a}与{b}有什么关系"
            case lf.Qualifier():
                return self._qualifier(form)
            case lf.Property():
                attribute = self.ontology.attributes.get(form.property)
                label = self.label(attribute.labels) if attribute else form.property
                return (
                    f"{label} of {self.say(form.source)}"
                    if self.english
                    else f"{self.say(form.source)}的{label}"
                )
            case _:
                return self._calculated(form)

    def _qualifier(self, form: lf.Qualifier) -> str:
        """双峰齿轮供应湘锋农装的产品."""
        relation = self.ontology.relations[form.relation]
        what = self.ontology.class_of_extract_name(form.qualifier)
        said = self.ontology.classes[what] if what else self.ontology.qualifiers.get(form.qualifier)
        label = self.label(said.labels) if said else form.qualifier
        known = self.say(form.source)
        other = self.say(form.to) if form.to is not None else ""
        first, last = (known, other) if form.direction == "out" else (other, known)
        if self.english:
            return f"{label} that {first or 'anyone'} {self.label(relation.labels)} {last}".strip()
        return f"{first}{self.label(relation.labels)}{last}的{label}"

    def _subjects(self, form: lf.Subjects) -> str:
        """植被覆盖率（2024）> 90%的自然保护区."""
        chosen = form.source
        bound = ""
        if isinstance(chosen, lf.Compared):
            op = f" {chosen.op} " if self.english else _OPS.get(chosen.op, chosen.op)
            bound = f"{op}{chosen.value:g}{chosen.unit}"
            chosen = chosen.source
        if not isinstance(chosen, lf.Observations):
            return "things with these figures" if self.english else "有这些数据的对象"
        metric = self.name(chosen.metric) if chosen.metric else ("a figure" if self.english else "数据")
        period = chosen.period or ("latest" if self.english else "最近一期")
        things = self.say(chosen.subject)
        if self.english:
            return f"{things} with {metric}{bound} ({period})"
        return f"{metric}{bound}（{period}）的{things}"

    def _calculated(self, form: lf.LogicalForm) -> str:
        words = {
            lf.Sum: ("合计", "sum of"),
            lf.Average: ("平均", "mean of"),
            lf.Least: ("最低", "least of"),
            lf.Most: ("最高", "most of"),
            lf.Top: ("前几位", "top of"),
            lf.Value: ("数值", "values of"),
        }
        if isinstance(form, lf.Least | lf.Most | lf.Top) and isinstance(form.source, lf.GroupBy):
            counted, least = self._counted(form.source), isinstance(form, lf.Least)
            if self.english:
                return f"those with the {'fewest' if least else 'most'} {counted}"
            return f"{counted}最{'少' if least else '多'}的"
        if isinstance(form, lf.Sum | lf.Average | lf.Least | lf.Most | lf.Top | lf.Value):
            zh, en = words[type(form)]
            inner = self.say(form.source)
            return f"{en} {inner}" if self.english else f"{inner}（{zh}）"
        if isinstance(form, lf.Difference | lf.Ratio):
            zh, en = ("相差", "difference") if isinstance(form, lf.Difference) else ("之比", "ratio")
            a, b = self.say(form.left), self.say(form.right)
            return f"{en} of {a} and {b}" if self.english else f"{a}与{b}{zh}"
        if isinstance(form, lf.Shifted):
            level, gap = self.say(form.level), self.say(form.gap)
            return f"{level} less {gap}" if self.english else f"由{level}按{gap}推算"
        if isinstance(form, lf.Attained):
            actual, target = self.say(form.actual), self.say(form.target)
            return f"whether {actual} reaches {target}" if self.english else f"{actual}是否达到{target}"
        if isinstance(form, lf.Rest):
            inner = self.say(form.source)
            return f"the rest beside {inner}" if self.english else f"除{inner}外的其余部分"
        if isinstance(form, lf.Against):
            a, b = self.say(form.source), self.say(form.other)
            if form.times != 1.0:
                b = f"{form.times:g} times {b}" if self.english else f"{b}的{form.times:g}倍"
            return f"{a} that are {form.op} {b}" if self.english else f"{a}中{form.op}{b}的"
        if isinstance(form, lf.Recorded):
            n = len(form.ids)
            return f"{n} recorded figures" if self.english else f"登记的{n}个数据" if n > 1 else "登记的数据"
        if isinstance(form, lf.GroupBy):
            return self.say(form.source)
        return repr(form)

    def _family(self, form: lf.Either) -> bool:
        """Things of one name in several places: said once."""
        names = {self.name(i) for i in ids_in(form)}
        keys = {i.partition(":")[2].rpartition("/")[2] for i in ids_in(form)}
        return len(keys) == 1 or len(names) == 1

    def label(self, labels: Labels) -> str:
        return (labels.en or labels.zh) if self.english else (labels.zh or labels.en)

    def name(self, node: str) -> str:
        metric = self.ontology.metrics.get(node.removeprefix(_METRIC)) if node.startswith(_METRIC) else None
        if metric is not None and (self.english or node not in self.names):
            return self.label(metric.labels)  # also where nothing is on record of it
        return self.names.get(node) or node.partition(":")[2] or node

    def _follow(self, form: lf.Follow, what: str = "") -> str:
        """甲厂的供应商, 甲市建有平台的一站式平台; ``what`` is what they are, where that is said apart."""
        relation = self.ontology.relations[form.relation]
        source = self.say(form.source)
        roles = [str(v) for q, _, v in form.where if q == "role"]
        others = [str(v) for q, _, v in form.where if q != "role"]
        cls = what or (self.label(self.ontology.classes[form.cls].labels) if form.cls else "")
        if form.direction == "in":
            noun = self.label(relation.inverse_labels) or self.label(relation.labels)
            if roles:
                role = self.ontology.roles.get(roles[0])
                noun = self.label(role.labels) if role else roles[0]
        else:
            noun = self.label(relation.labels)
        detail = ("（" + "、".join(others) + "）") if others else ""
        if form.direction == "in" and form.relation in (IN_DOCUMENT, IN_SECTION) and not self.english:
            source = f"《{source}》" if form.relation == IN_DOCUMENT else f"“{source}”"
            return f"{source}中的{cls or '内容'}"
        if self.english:
            return f"{cls or 'things'} ({noun}{detail}) of {source}" if cls else f"{noun}{detail} of {source}"
        if form.direction == "in":
            return (
                f"{source}的{noun}{detail}"
                if not cls or cls in noun
                else f"{source}的{noun}{detail}（{cls}）"
            )
        if not cls:
            ends = sorted(relation.range)
            cls = self.label(self.ontology.classes[ends[0]].labels) if len(ends) == 1 else "对象"
        return f"{source}{noun}的{cls}{detail}"

    def _counted(self, form: lf.GroupBy) -> str:
        """What there is most of in each group: 供应商, 成员企业."""
        relation = self.ontology.relations[form.relation]
        if not isinstance(form.source, lf.Instances | lf.Either):
            as_what = "、".join(value for _, _, value in form.where)
            return self.say(form.source) + (f"（{as_what}）" if as_what else "")
        if form.direction == "out":
            return self.label(relation.inverse_labels) or self.say(form.source)
        label = self.label(relation.labels)
        return f"things ({label})" if self.english else f"{label}的对象"

    def _except(self, form: lf.Except) -> str:
        source = self.say(form.source)
        excluded = form.excluded
        if isinstance(excluded, lf.Follow):
            # seen from those that lack it: what they would be joined to, or its word (供应商)
            relation = self.ontology.relations[excluded.relation]
            what = self.say(excluded.source)
            if excluded.direction == "out" and isinstance(excluded.source, lf.Instances):
                what = self.label(relation.inverse_labels) or what
            return f"{source} without {what}" if self.english else f"{source}中没有{what}的"
        what = self.say(excluded)
        return f"{source} other than {what}" if self.english else f"{source}中除去{what}"

    def _exists(self, form: lf.Exists) -> str:
        source = form.source
        if isinstance(source, lf.Both) and isinstance(source.left, lf.Entity):
            a, b = self.say(source.left), self.say(source.right)
            return f"whether {a} is {b}" if self.english else f"{a}是不是{b}"
        what = self.say(source)
        return f"whether there is {what}" if self.english else f"有没有{what}"

    def _observations(self, form: lf.Observations) -> str:
        metric = self.name(form.metric) if form.metric else ("figures" if self.english else "数据")
        kinds = {
            "target": ("目标", "target"),
            "baseline": ("基期值", "baseline"),
            "change": ("变化", "change"),
            "comparison": ("差距", "gap"),
            "share": ("占比", "share"),
            "rank": ("位次", "rank"),
        }
        zh, en = kinds.get(form.kind, ("", ""))
        subject = self.say(form.subject)
        period = form.period or ("latest" if self.english else "最近一期")
        if self.english:
            return f"{metric}{' ' + en if en else ''} of {subject} ({period})"
        return f"{subject}的{metric}{'（' + zh + '）' if zh else ''}（{period}）"


def _first(form: lf.LogicalForm) -> lf.LogicalForm:
    return _first(form.left) if isinstance(form, lf.Either) else form


def ids_in(form: object) -> tuple[str, ...]:
    """All node ids that a form names, for looking up their names."""
    found: list[str] = []
    if isinstance(form, lf.Entity):
        found.append(form.id)
    elif isinstance(form, lf.Observations) and form.metric:
        found.append(form.metric)
    for field in getattr(form, "__dataclass_fields__", {}):
        value = getattr(form, field)
        if hasattr(value, "__dataclass_fields__"):
            found += ids_in(value)
    return tuple(dict.fromkeys(found))
