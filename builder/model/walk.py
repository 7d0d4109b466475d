"""Going through a course's nodes of one kind, whatever they stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

N = TypeVar("N")
T = TypeVar("T")


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
    elif is_dataclass(node) and not isinstance(node, type):
        for field in fields(node):
            yield from every(getattr(node, field.name), kind)


def changed(node: T, kind: type[N], change: Callable[[N], N]) -> T:
    """``node`` with ``change`` applied to every ``kind`` inside it; what stays the same is shared."""
    if isinstance(node, kind):
        return cast(T, change(node))
    if isinstance(node, tuple):
        items = tuple(changed(each, kind, change) for each in node)
        return node if all(a is b for a, b in zip(items, node, strict=True)) else cast(T, items)
    if is_dataclass(node) and not isinstance(node, type):
        values = {field.name: changed(getattr(node, field.name), kind, change) for field in fields(node)}
        differing = {name: value for name, value in values.items() if value is not getattr(node, name)}
        return replace(node, **differing) if differing else node
    return node
