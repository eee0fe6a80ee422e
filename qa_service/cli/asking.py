"""Commands that read the graph: ask, explain, eval, status."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph.uncollected import uncollected
from qa_service.cli.options import (
    Command,
    Json,
    Ontologies,
    Store,
    from_stdin,
    print_json,
    progress,
    told_of_changes,
)
from qa_service.cli.show import table
from qa_service.settings import store_url, words

if TYPE_CHECKING:
    from qa_service.readings.belief import Point

Question = Annotated[
    str,
    typer.Argument(
        help=words(
            "问题，中文或英文；- 表示从标准输入读取",
            "The question, Chinese or English; - reads it from stdin",
        )
    ),
]


@uncollected()
def ask(
    question: Question,
    previous: Annotated[
        str,
        typer.Option(help=words("接着哪个答案问：它的 id", "Id of the answer that this goes on from")),
    ] = "",
    limit: Annotated[int | None, typer.Option(min=1, help=words("最多几行", "At most so many rows"))] = None,
    brief: Annotated[
        bool, typer.Option("--brief", help=words("只输出一句话", "Print the sentence alone"))
    ] = False,
    ontology: Ontologies = None,
    store: Store = "",
    as_json: Json = False,
) -> int:
    from qa_service.answers import Answers
    from qa_service.ask import ask as answer_of
    from qa_service.cli.show import answer_text
    from qa_service.followups.before import Before
    from qa_service.questions.intake import admit_question
    from qa_service.session import open_session

    question = admit_question(from_stdin(question))
    told_of_changes(store_url(store))
    session = open_session(store_url(store), ontology=ontology or ())
    answers = Answers(store_url(store))
    before = Before.kept(previous, answers.get(previous)) if previous else None
    answer = answer_of(question, session, before=before, limit=limit)
    answers.keep(answer.id, answer.to_json())
    if as_json:
        print_json(answer.to_json())
    else:
        print(answer_text(answer, brief=brief))
    return 0


@uncollected()
def explain(question: Question, ontology: Ontologies = None, store: Store = "", as_json: Json = False) -> int:
    from qa_service.ask import explain as explanation_of
    from qa_service.questions.intake import admit_question
    from qa_service.session import open_session

    question = admit_question(from_stdin(question))
    session = open_session(store_url(store), ontology=ontology or ())
    text = str(explanation_of(question, session))
    if as_json:
        print_json({"question": question, "explanation": text})
    else:
        print(text)
    return 0


def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD.jsonl",
            exists=True,
            dir_okay=False,
            help=words('每行一个 {"id", "question"}', 'One {"id", "question"} a line'),
        ),
    ],
    out: Annotated[
        Path,
        typer.Option("--out", metavar="ANSWERS.jsonl", help=words("答案写到这里", "Where the answers go")),
    ],
    store: Store = "",
    as_json: Json = False,
) -> int:
    from dataclasses import asdict

    from qa_service.cli.evaluation import answer_all, read_questions
    from qa_service.readings.belief import origin

    questions = read_questions(gold)
    started = time.perf_counter()
    timing = answer_all(questions, store_url(store), out, progress)
    source, threshold, curve = origin()
    points = [asdict(p) for p in curve]
    belief: dict[str, object] = {"origin": source, "threshold": threshold, "curve": points}
    figures = timing.to_json() | {"seconds": round(time.perf_counter() - started, 2)}
    if as_json:
        print_json(figures | {"confidence": belief})
    else:
        print(_curve_text(source, threshold, curve))
        print(
            words(
                "{questions} 个问题：p50 {p50_ms} 毫秒，p99 {p99_ms} 毫秒，最长 {max_ms} 毫秒；"
                "失败 {failed}；共 {seconds} 秒",
                "{questions} questions: p50 {p50_ms} ms, p99 {p99_ms} ms, longest {max_ms} ms; "
                "{failed} failed; {seconds} s together",
            ).format(**figures)
        )
    return 3 if timing.failed else 0


def _curve_text(source: str, threshold: float, curve: Sequence[Point]) -> str:
    """How much is answered and how much of that is wrong, by the confidence asked for."""
    heading = (
        words("置信度至少", "confidence at least"),
        words("作答", "answered"),
        words("其中有误", "of them wrong"),
    )  # fmt: skip
    shown = [p for p in curve if p.threshold >= threshold]
    rows = [(f"{p.threshold:.2f}", f"{p.coverage:.0%}", f"{p.risk:.1%}") for p in shown]
    told = words(
        f"低于 {threshold:.2f} 不作答，出自：{source}", f"Below {threshold:.2f} nothing is answered: {source}"
    )
    return f"{table(heading, rows)}\n{told}"


def status(store: Store = "", as_json: Json = False) -> int:
    from dataclasses import asdict

    from graph.open import open_store
    from graph.own_ontology import ontology_of
    from qa_service.cli.show import table

    url = store_url(store)
    opened = open_store(url, ontology_of(url), writable=False)
    try:
        state = opened.status()
    finally:
        opened.close()
    if as_json:
        print_json(asdict(state))
        return 0
    print(
        words(
            f"文档 {state.documents} · 冲突 {state.conflicts} · 引擎 {state.engine} · 版本 {state.version}",
            f"{state.documents} documents · {state.conflicts} conflicts · engine {state.engine} · "
            f"version {state.version}",
        )
    )
    print(f"{words('图的哈希', 'Graph hash')} {state.hash}")
    for heading, counts in (
        (words("节点", "Nodes"), state.nodes),
        (words("关系", "Relationships"), state.relationships),
    ):
        shown = sorted((item for item in counts.items() if item[1]), key=lambda item: (-item[1], item[0]))
        if shown:
            print("\n" + table((heading, ""), shown))
    return 0


COMMANDS = (
    Command(
        "ask",
        ask,
        words("提一个问题，得到答案和依据。", "Ask a question; get the answer with what it rests on."),
        (
            'nqi ask "长沙市2024年制造业产品质量合格率是多少？"',
            'nqi ask "which chains in 株洲 lack a 一站式 platform" --json',
            'nqi ask "株洲哪些产业链没有一站式平台" --brief',
            'nqi ask "湘潭呢？" --previous 8c1f0e6b2a7d4935',
        ),
    ),
    Command(
        "explain",
        explain,
        words(
            "列出一个问题的各种读法，以及为什么选中第一种。",
            "Show the readings of a question, and why the first one won.",
        ),
        ('nqi explain "谁给三一重工供货？"',),
    ),
    Command(
        "eval",
        evaluate,
        words(
            "回答一个文件里的所有问题，每行写一个答案。", "Answer all questions of a file, one answer a line."
        ),
        ("nqi eval questions.jsonl --out answers.jsonl",),
    ),
    Command(
        "status",
        status,
        words(
            "图里有什么：文档、节点、关系、冲突。",
            "What is in the graph: documents, nodes, relationships, conflicts.",
        ),
        ("nqi status", "nqi status --json"),
    ),
)
