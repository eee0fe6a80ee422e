"""Commands that show the whole: serve and demo."""

from __future__ import annotations

from typing import Annotated

import typer

from qa_service.cli.options import Command, Json, Store, note, print_json
from qa_service.settings import DEFAULT_PORT, store_url, words


def serve(
    host: Annotated[str, typer.Option(help=words("监听的地址", "Address to listen on"))] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=65535,
            help=words(
                f"端口（默认 {DEFAULT_PORT}，被占用时用下一个）",
                f"Port (default: {DEFAULT_PORT}, or the next free one)",
            ),
        ),
    ] = None,
    require_key: Annotated[
        bool,
        typer.Option(
            "--require-key",
            help=words("本机的请求也要密钥（前面有代理时）", "Keys on this machine too (behind a proxy)"),
        ),
    ] = False,
    store: Store = "",
) -> int:
    from qa_service.api.serve import elsewhere, free_port, run
    from qa_service.keys import Keys

    url = store_url(store)
    chosen = port or free_port(host, DEFAULT_PORT)
    note(
        words(
            f"服务在 http://{host}:{chosen}/ （Ctrl+C 停止）",
            f"Serving on http://{host}:{chosen}/ (stop with Ctrl+C)",
        )
    )
    if (require_key or elsewhere(host)) and not Keys(url).list():
        note(
            words(
                "还没有密钥，其他机器无法使用：nqi keys add",
                "There is no key yet, so other machines cannot use it: nqi keys add",
            )
        )
    run(url, host, chosen, require_key=require_key)
    return 0


def demo(store: Store = "", as_json: Json = False) -> int:
    from qa_service.ask import ask, open_session
    from qa_service.cli.demonstration import build, samples
    from qa_service.cli.show import answer_text

    url = store_url(store)
    build(url)
    session = open_session(url)
    unexpected = 0
    for number, sample in enumerate(samples(), 1):
        answer = ask(sample.question, session)
        if as_json:
            print_json(answer.to_json())
        else:
            print(f"\n━━ {number}. {words(sample.shows_zh, sample.shows_en)}\n？ {sample.question}\n")
            print(answer_text(answer), flush=True)
        if answer.status != sample.status:
            unexpected += 1
            note(
                words(
                    f"第 {number} 题应为 {sample.status}，得到 {answer.status}",
                    f"Question {number} should be {sample.status} and is {answer.status}",
                )
            )
    return 1 if unexpected else 0


COMMANDS = (
    Command(
        "serve",
        serve,
        words("启动网页和接口。", "Serve the page and the API."),
        ("nqi serve", "nqi serve --port 9000 --store data/.demo-store"),
    ),
    Command(
        "demo",
        demo,
        words(
            "用自带的材料建图，并回答四个示例问题。",
            "Build the graph of the bundled material and answer four sample questions.",
        ),
        ("nqi demo --store demo-store",),
    ),
)
