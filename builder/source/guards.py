"""Conditions before a paragraph or in a citation: ``*als …:*``, ``*anders als …:*``, ``*anders:*``, ``*voor Mo:*``.

Of thoughts also ``*alleen als …:*`` (it is there only then), and behind it ``, als …`` or ``, onder water``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from builder.diagnostics import Code
from builder.model.scenario import Beat, Branch, Guard
from builder.model.text import Ref
from builder.source.lines import Line, Text, join
from builder.source.logic import condition, is_condition, parse_condition

_INNER = r"(?:\[[^\]\n]*\]\([^)\n]*\)|[^*\[\n]|\n(?!\n))"
GUARD = re.compile(rf"\*(?P<inner>(?:als|alleen|anders|voor)\b{_INNER}*?)\s*:\*(?:\s+|$)", re.IGNORECASE)
_ROLE = re.compile(r"voor\s+(?P<role>[^,]+?)\s*(?:,\s*(?P<rest>.*))?", re.IGNORECASE | re.DOTALL)
_WHEN = re.compile(
    r"(?P<only>alleen\s+)?(?P<else>anders\s+)?(?P<last>alleen\s+)?als\s+(?P<condition>.+?)(?:,\s*als\s+(?P<up>.+))?",
    re.IGNORECASE | re.DOTALL,
)
_ELSE = re.compile(r"(?P<only>alleen\s+)?anders", re.IGNORECASE)
_MORE = re.compile(
    r"\balleen\s+(?=als|anders)|(?P<up>,\s*als\s+)|,\s*onder\s+(?:water|de\s+waterlijn)(?=\s*:)",
    re.IGNORECASE,
)
_DEEP = re.compile(r",\s*onder\s+(?:water|de\s+waterlijn)\s*$", re.IGNORECASE)
_NEAR_DEEP = re.compile(r",\s*(?P<meant>onder\b[^,]*?|[^,]*water(?:lijn)?)\s*$", re.IGNORECASE)
_LOOSE = re.compile(
    r"(?P<open>[*_]{0,3}|\()\s?(?P<lead>(?:voor\s+[^,:*_\n]{1,40},\s*)?(?:alleen\s+)?(?:anders\s+)?(?:als|indien|wanneer)\s+)"
    r"(?P<condition>(?:\[[^\]\n]*\]\([^)\n]*\)|[^*:\[\n])+?)\s*(?P<close>[*_):;]*[*:)_][*_):;]*)(?P<space>\s+|$|(?<=[*:]))",
    re.IGNORECASE,
)
_LOOSE_ELSE = re.compile(r"(?:[*_]{1,3}anders(?:[*_:]{2,})|anders:)(?:\s+|$)", re.IGNORECASE)
_LOOSE_ROLE = re.compile(r"[*_]{1,3}voor\s+(?P<role>[^*_:,\n]{1,40}?)\s*[*_:]{1,6}(?:\s+|$)", re.IGNORECASE)
_UNCLOSED = re.compile(r"\*(?:anders\s+)?als\s+[^*]*$", re.IGNORECASE)
_PROSE = re.compile(
    r"[*_]{1,3}(?:als|alleen als|anders|voor|niet|tenzij|indien|wanneer|if)\b[^*\n]*:[*_]{1,3}", re.IGNORECASE
)


def guarded(
    lines: Sequence[Line], before: Sequence[Beat], people: Mapping[str, str]
) -> tuple[Guard | None, Text, tuple[Line, ...]]:
    """The condition that stands first in some lines, what is left of its line, and the lines after that.

    ``before`` are the beats above it, which an ``anders`` belongs to; ``people`` the names by their lower case.
    """
    whole = join(line.text for line in lines)
    plain = None, lines[0].text, tuple(lines[1:])
    if match := GUARD.match(whole.text):
        guard = _guard(whole.group(match, "inner"), whole.group(match).strip(), before, people)
        if guard is None:
            return plain
        rest = whole.part(match.end())
        if not rest.text.strip():
            whole.report(Code.CONDITION_SYNTAX, f"{whole.text.strip()} …", found=str(whole))
    elif found := _loose(whole, before, people):
        guard, rest = found
    else:
        near = _PROSE.match(whole.text)
        if near:
            code = Code.CONDITION_SYNTAX if is_condition(near[0]) else Code.NEAR_CONDITION
            whole.group(near).report(code, found=near[0])
        return plain
    number = rest.line
    first = rest.part(0, len(rest.text.split("\n")[0]))
    return guard, first, tuple(line for line in lines if line.number > number)


def always_there(guard: Guard, place: Text) -> Guard:
    """What may stand before text and speech: that is there when it is seen, so only of a thought need more be said."""
    if guard.only and (match := GUARD.match(place.text)):
        written = place.group(match).strip()
        plain = _MORE.sub(lambda found: " en " if found["up"] else "", written.text)
        written.report(Code.THOUGHT_ONLY, written.instead(plain), found=str(written))
    return replace(guard, only=False, up=None, deep=False)


def _loose(
    whole: Text, before: Sequence[Beat], people: Mapping[str, str]
) -> tuple[Guard | None, Text] | None:
    """A condition whose asterisks or colon are not where they belong: reported with the right line."""
    match = _LOOSE.match(whole.text)
    if match and is_condition(match["condition"]) and (match["open"] or ":" in match["close"]):
        place, rest = whole.part(0, match.end()).strip(), whole.part(match.end())
        meant = parse_condition(match["condition"].strip(), place.span())
        if meant.value is None and not match["open"]:
            return None
        lead = re.sub(r"\b(indien|wanneer)\b", "als", match["lead"].lower())
        lead = re.sub(r"(?<=^voor )[^,]+", lambda name: people.get(name[0], name[0].capitalize()), lead)
        text = next((each.instead for each in meant.diagnostics if each.instead), match["condition"].strip())
        instead = place.instead(f"*{lead}{text}:*{'' if match['space'] else ' '}") if meant.value else ""
        place.report(Code.CONDITION_SYNTAX, instead, found=str(place))
        if meant.value is None:
            return Guard(), rest
        return _guard(place.mended(f"{lead}{text}"), place, before, people), rest
    if (match := _LOOSE_ELSE.match(whole.text)) and ((before and before[-1].guard) or ":" in match[0]):
        place = whole.group(match).strip()
        place.report(Code.CONDITION_SYNTAX, place.instead("*anders:*"), found=str(place))
        return _guard(place.mended("anders"), place, before, people), whole.part(match.end())
    if (match := _LOOSE_ROLE.match(whole.text)) and match["role"].lower() in people:
        place, name = whole.group(match).strip(), people[match["role"].lower()]
        place.report(Code.CONDITION_SYNTAX, place.instead(f"*voor {name}:*"), found=str(place))
        return _guard(place.mended(f"voor {name}"), place, before, people), whole.part(match.end())
    if (match := _UNCLOSED.match(whole.text)) and is_condition(match[0]):
        place = whole.part(0, len(whole.text.split("\n")[0]))
        place.report(Code.CONDITION_SYNTAX, found=str(place))
        return None, whole
    return None


def _guard(inner: Text, place: Text, before: Sequence[Beat], people: Mapping[str, str]) -> Guard | None:
    """What stands between ``*`` and ``:*``; nothing when that is no condition after all (then it is prose)."""
    role, rest = None, inner
    if match := _ROLE.fullmatch(inner.text):
        name = inner.group(match, "role").strip()
        known = people.get(name.text.lower())
        if known and known != name.text:
            name.report(Code.CONDITION_SYNTAX, name.instead(known), found=str(name))
        elif not known and not name.text[:1].isupper():
            place.report(Code.NEAR_CONDITION, found=str(place))
            return None
        role = Ref(text=known or str(name), span=name.span())
        if match["rest"] is None:
            return Guard(role=role)
        rest = inner.group(match, "rest").strip()
    branch, up = Branch.IF, None
    deep = _DEEP.search(rest.text)
    near = None if deep else _NEAR_DEEP.search(rest.text)
    if near and (is_condition(rest.text[: near.start()]) or _ELSE.fullmatch(rest.text[: near.start()])):
        deep = near
        meant = rest.group(deep, "meant")
        meant.report(Code.CONDITION_SYNTAX, meant.instead("onder water"), found=str(meant))
    rest = rest.part(0, deep.start()).strip() if deep else rest
    if match := _WHEN.fullmatch(rest.text):
        if not is_condition(match["condition"]):
            place.report(Code.NEAR_CONDITION, found=str(place))
            return None
        value = condition(rest.group(match, "condition"))
        up = condition(rest.group(match, "up")) if match["up"] else None
        only = bool(match["only"] or match["last"])
        branch = Branch.ELIF if match["else"] else Branch.IF
    elif match := _ELSE.fullmatch(rest.text.strip()):
        value, branch, only = None, Branch.ELSE, bool(match["only"])
    else:
        place.report(Code.NEAR_CONDITION, found=str(place))
        return None
    if branch is not Branch.IF and not _continues(before):
        place.report(Code.CONDITION_CHAIN, found=str(place))
        return Guard(role=role) if role else None
    only = only or bool(deep or up)
    return Guard(branch=branch, condition=value, role=role, only=only, up=up, deep=bool(deep))


def _continues(before: Sequence[Beat]) -> bool:
    """Whether the beat right before is under a condition that an ``anders`` can belong to."""
    guard = before[-1].guard if before else None
    if guard is None or guard.branch is Branch.ELSE:
        return False
    return guard.condition is not None or guard.role is None
