"""Commands of the keys that let people on other machines use the service: add, list, revoke."""

from __future__ import annotations

from typing import Annotated

import typer

from qa_service.cli.options import Command, Json, Store, note, print_json
from qa_service.keys import ROLES, Keys
from qa_service.settings import store_url, words


def add(
    role: Annotated[
        str,
        typer.Option(
            metavar="|".join(ROLES),
            help=words(
                "reader 提问和浏览，analyst 另可用 Cypher，loader 另可读入和撤销，admin 全部",
                "reader asks and looks, analyst runs Cypher too, loader loads and undoes too, admin all",
            ),
        ),
    ] = "reader",
    name: Annotated[str, typer.Option(help=words("给谁用的", "Whom it is for"))] = "",
    store: Store = "",
    as_json: Json = False,
) -> int:
    if role not in ROLES:
        raise typer.BadParameter(words(f"没有角色 {role}", f"There is no role {role}"), param_hint="--role")
    key, secret = Keys(store_url(store)).add(role, name)
    if as_json:
        print_json({"id": key.id, "role": key.role, "name": key.name, "key": secret})
    else:
        print(secret)
        note(
            words(
                f"这是 {key.role} 的密钥 {key.id}，只显示这一次；以 Authorization: Bearer … 发送。",
                f"This key of a {key.role} is shown this once; send it as Authorization: Bearer ….",
            )
        )
    return 0


def show(store: Store = "", as_json: Json = False) -> int:
    keys = Keys(store_url(store)).list()
    if as_json:
        told = [{"id": k.id, "role": k.role, "name": k.name, "created": k.created} for k in keys]
        print_json({"keys": told})
        return 0
    from qa_service.cli.show import table

    rows = [(k.id, k.role, k.name, k.created) for k in keys]
    print(table(("id", words("角色", "role"), words("名称", "name"), words("添加于", "created")), rows))
    return 0


def revoke(
    ident: Annotated[str, typer.Argument(metavar="ID", help=words("密钥的 id", "The key's id"))],
    store: Store = "",
    as_json: Json = False,
) -> int:
    key = Keys(store_url(store)).revoke(ident)
    if as_json:
        print_json({"revoked": key.id})
    else:
        print(words(f"已撤销 {key.id}", f"{key.id} is revoked"))
    return 0


COMMANDS = (
    Command(
        "add",
        add,
        words("添加一个密钥，并显示这一次。", "Make a key and show it this once."),
        ("nqi keys add --role analyst --name 张三",),
    ),
    Command(
        "list", show, words("列出密钥（不含密钥本身）。", "The keys, without their text."), ("nqi keys list",)
    ),
    Command("revoke", revoke, words("撤销一个密钥。", "Take a key away."), ("nqi keys revoke 1a2b3c4d",)),
)
