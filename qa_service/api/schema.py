"""Descriptions of responses, made from the dataclasses that the rooms below give."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model


@cache
def model_of(shape: type) -> type[BaseModel]:
    """The pydantic model of a frozen dataclass as ``as_json`` writes it: ``cls`` is ``class``.

    >>> from qa_service.browse.shapes import Ref
    >>> sorted(model_of(Ref).model_json_schema()["properties"])
    ['class', 'id', 'name']
    """
    hints = get_type_hints(shape)
    parts: dict[str, Any] = {}
    for field in fields(shape):
        alias = "class" if field.name == "cls" else field.name
        parts[f"{alias}_" if alias in ("class", "list", "text", "json") else alias] = (
            _described(hints[field.name]),
            Field(alias=alias),
        )
    return create_model(
        shape.__name__,
        __config__=ConfigDict(extra="forbid"),
        __doc__=(shape.__doc__ or "").strip() or None,
        **parts,
    )


def _described(hint: Any) -> Any:
    """A type hint of a dataclass as one of a model."""
    origin, inside = get_origin(hint), get_args(hint)
    if origin is tuple:
        return list[_described(inside[0])]  # type: ignore[misc]
    if origin in (Mapping, dict):
        return dict[str, _described(inside[1])]  # type: ignore[misc]
    if origin in (Union, types.UnionType):
        return Union[tuple(_described(i) for i in inside)]  # noqa: UP007  its parts are known at run time only
    if hint is object:
        return Any
    if isinstance(hint, type) and hasattr(hint, "__dataclass_fields__"):
        return model_of(hint)
    if origin is Literal:
        return hint
    return hint
