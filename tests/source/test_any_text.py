"""Whatever somebody writes: it never raises, and every message points into the text."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.diagnostics import Diagnostic, Span
from builder.model.naming import anchor
from builder.source import SourceTree, decode, parse, parse_lesson
from builder.source.logic import parse_condition
from tests.source.cases import FRAMES, diagnose, every_case

PIECES = [
    *"""\
# Les
## Scenario: Proef
### De gang
### Einde: Klaar
### Gebeurtenis: X
### Nabespreking
#### Trainer
#### Gevoel
## Reflectie: Wat?
## Vraag: Wat?
## Probeer dit
## Trainer
---
===
- id: a
- personages:
  - Mo: 29
- perspectief: Mo
- meter: v = 2 (0-5)
- variabele: b = −1
- feit: f = x (Mo)
- regel: r = x (helpt)
- begin: [De gang](#de-gang)
- opnieuw als: Mo, begin: [a](#b)
- dossier:
  1. x
- bij: [a](#b), [c](#d)
- kans: 30%
- [Keuze](#einde-klaar)
- [Keuze] (#x
  - effect: v +1, b = 2
  - later: [a](#b) x (bedoeld, Mo, dagen)
    - effect: v -1
  - alleen als: v >= 3
  - dicht door: r, tenzij: v > 1
  - feedback: Goed.
  - weet: Mo f
  Tekst.
 Tekst.
> **Mo:** Hoi.
> **Mo denkt (bang):** Hm.
> *als v >= 3:* **Mo:** Ja.
> tekst
>
> > x
*anders:* X
*als v >= 3:* X
*als v
**Mo**: X
Mo: X
[[De gang]]
{x}
::: x
<!--
-->
```
~~~
[a](lokaal:nazorg)
![](x.png)
- [x] goed
- [ ] fout
1. [K](#x)
- antwoord: keuze
- schaal: 1-5 (a – b)
| a | b |
|---|---|
\\[x](#y)
`[a](#b)`
- overslaan: [a](#b) x
- intensiteit: hoog
""".splitlines(),
    "", "", "\tTekst.", "\u2028", "\x0c", "\u00a0- x", "[a\nb](#c)", "- [a\n  b](#c)",
]  # fmt: skip
ANY = st.text(max_size=200)
LINES = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=25).map("\n".join)
MANGLED = st.builds(
    lambda text, at, cut, new: text[: at % (len(text) + 1)] + new + text[at % (len(text) + 1) + cut :],
    st.sampled_from([case.text for case in every_case() if case.kind in FRAMES] or [""]),
    st.integers(0, 2000),
    st.integers(0, 3),
    st.sampled_from(["", " ", "*", "\n", "[", "]", "(", ")", "#", ">", "-", ":", "\t", "é", "\u00a0", "\r"]),
)
QUIET = settings(suppress_health_check=[HealthCheck.too_slow])


def within(each: Diagnostic, text: str) -> bool:
    lines = re.split(r"\r\n|\n|\r", text.removeprefix("\ufeff"))
    span = each.span
    if not 1 <= span.line <= len(lines):
        return False
    width = len(lines[span.line - 1])
    return 1 <= span.column <= width + 1 and 1 <= span.length <= max(1, width + 1 - span.column)


@QUIET
@given(text=ANY | LINES | MANGLED)
def test_a_lesson(text: str) -> None:
    parsed = parse_lesson("x.md", text)
    assert all(within(each, text) for each in parsed.diagnostics), parsed.diagnostics
    assert parse_lesson("x.md", text).value == parsed.value


@QUIET
@given(text=LINES, before=st.sampled_from(sorted(FRAMES)))
def test_in_a_scenario(text: str, before: str) -> None:
    text = FRAMES[before][0] + text + FRAMES[before][1]
    assert all(within(each, text) for each in parse_lesson("x.md", text).diagnostics)


@QUIET
@given(
    text=ANY | LINES, kind=st.sampled_from(["glossary", "scenario-file", "course", "cast", "variant", "keys"])
)
def test_other_files(text: str, kind: str) -> None:
    assert all(within(each, text) for each in diagnose(kind, text))


CONDITION = st.lists(
    st.sampled_from(
        [
            *[
                "v",
                ">=",
                "3",
                "-2",
                "en",
                "of",
                "niet",
                "(",
                ")",
                "bezocht",
                "[a](#a)",
                "gekozen",
                "x",
                "≥",
                "is",
                "gelijk",
                "aan",
                ",",
                "−1",
                "=>",
                "als",
                ".",
            ],
            "3,5",
        ]
    ),
    max_size=12,
).map(" ".join)


@QUIET
@given(text=CONDITION | ANY.filter(lambda text: not re.search(r"[\r\n]", text)))
def test_a_condition(text: str) -> None:
    parsed = parse_condition(text, Span(path="x.md", line=3, column=5))
    for each in parsed.diagnostics:
        assert each.span.line == 3
        assert 5 <= each.span.column <= 5 + len(text)
    assert parsed.value is not None or parsed.diagnostics


@QUIET
@given(text=CONDITION)
def test_what_is_suggested_for_a_condition_is_right(text: str) -> None:
    parsed = parse_condition(text, Span(path="x.md"))
    for each in parsed.diagnostics:
        if each.instead and parsed.value:
            again = parse_condition(each.instead, Span(path="x.md"))
            assert again.diagnostics == ()
            assert again.value == parsed.value


@QUIET
@given(data=st.binary(max_size=60))
def test_any_bytes(data: bytes) -> None:
    parse(SourceTree(files={"content/lessons/a.md": data, "course/course.toml": data}))
    for each in decode("x", data).diagnostics:
        assert each.span.line >= 1


@given(heading=st.text(max_size=40))
def test_an_anchor_has_no_white_space(heading: str) -> None:
    assert not re.search(r"\s", anchor(heading))
