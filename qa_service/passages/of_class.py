"""Whether what was read from the text, or stands in its headings, may be of the class that is asked for:
哪些产业链 asks for chains, and a forum is none."""

from __future__ import annotations

from ontology.lexicon.names import OpenName, open_names
from qa_service.questions.asked import asked_by, class_asked_for
from qa_service.questions.question import Question
from qa_service.questions.scope import part_classes
from qa_service.readings.reading import Reading
from qa_service.session import Session

#: what a reading costs at most whose section the question names
_NAMED = 0.02


def of_class_asked(question: Question, reading: Reading, session: Session) -> bool:
    """Whether every item of the reading is on record as, is called, or stands in its sentence beside
    the word of the class that the question lists; True where it lists none.

    >>> of_class_asked(analysed("哪些产业链在长沙"), …("互联互通论坛"), session)              # doctest: +SKIP
    False
    """
    mentions, _ = class_asked_for(question)
    items = reading.quoted.answers if reading.quoted else tuple(name for _, name in reading.written)
    if not mentions or not items:
        return True
    head = asked_by(question).head
    if head and mentions[0].text not in head and head not in mentions[0].text:
        return True  # 企业呈现哪三个特点: another noun is asked after
    ontology = session.ontology
    classes = {
        ontology.subtypes[str(m.value)].cls if m.kind == "subtype" else str(m.value) for m in mentions
    }
    if classes <= part_classes(ontology):
        return True  # tasks, chapters: what the headings themselves are
    agents = session.grammar.agents()
    if (question.scope.sections or reading.cost <= _NAMED) and not classes & agents:
        # 专栏3列了哪几类产品: the box is named, and its parts are what it lists; not where they are bodies
        return not any({c.cls for c in session.index.find(i)} & agents for i in items)
    words = {mentions[0].text, *(w for cls in classes for w in ontology.classes[cls].labels.all())}
    said = reading.tree.partition("\n")[2] or reading.tree
    return all(_of(item, classes, words, said, session) for item in items)


def _of(item: str, classes: set[str], words: set[str], said: str, session: Session) -> bool:
    agents = session.grammar.agents()
    named = {m.value.cls for m in open_names(item) if isinstance(m.value, OpenName)}
    known = named | {c.cls for c in session.index.find(item)}
    # a firm may be called an institute
    if known & (classes | (agents if classes & agents else set())) or any(word in item for word in words):
        return True
    # 甲、乙等产业集群: what the sentence calls them; of a firm nothing but its name is said
    return not known and (bool(classes & agents) or any(word in said for word in words))
