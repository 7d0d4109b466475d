"""Going through a course's nodes of one kind, whatever they stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

N = TypeVar("N")
T = TypeVar("T")

_NAMES: dict[type, tuple[str, ...]] = {}
"""The fields of every kind of node met so far."""


def every(node: object, kind: type[N]) -> Iterator[N]:
    """Every ``kind`` inside ``node``, itself included, in the order of the fields."""
    if isinstance(node, kind):
        yield node
    if isinstance(node, tuple):
        for each in node:
            yield from every(each, kind)
    elif isinstance(node, Mapping):
        for each in node.values():
            yield from every(each, kind)
    else:
        for name in _names(type(node)):
            yield from every(getattr(node, name), kind)


def changed(node: T, kind: type[N], change: Callable[[N], N]) -> T:
    """``node`` with ``change`` applied to every ``kind`` inside it; what stays the same is shared."""
    if isinstance(node, kind):
        return cast(T, change(node))
    if isinstance(node, tuple):
        items = tuple(changed(each, kind, change) for each in node)
        return node if all(a is b for a, b in zip(items, node, strict=True)) else cast(T, items)
    if names := _names(type(node)):
        values = {name: changed(getattr(node, name), kind, change) for name in names}
        differing = {name: value for name, value in values.items() if value is not getattr(node, name)}
        return replace(cast(Any, node), **differing) if differing else node
    return node


def _names(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass; none for anything else."""
    if kind not in _NAMES:
        _NAMES[kind] = tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
    return _NAMES[kind]
