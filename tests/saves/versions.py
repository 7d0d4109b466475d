"""Three small versions of one course, each released after the one before it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from builder.diagnostics import Diagnostic
from builder.model.course import Course
from builder.pipeline import examined
from builder.release import keys_file
from builder.source.read import SourceTree

FRAME = {
    "course/course.toml": 'id = "klein"\ntitle = "Klein"\nlanguage = "nl"\nversion = "1"\ndate = 2026-01-01\n',
    "course/cast.toml": '[mo]\nname = "Mo"\n[karin]\nname = "Karin"\n',
    "course/variants/a/variant.toml": 'name = "A"\n',
}

TALK = """\
# Het gesprek

- id: gesprek

Lees dit eerst.

## Scenario: Aan tafel

- personages:
  - Mo: 29
  - Karin: coach
- perspectief: Karin
- meter: vertrouwen = 2 (0-5)

### De gang

Je haalt Mo op.

- [Je zegt niets](#de-tafel)
  - id: stil
- [Je vraagt hoe het gaat](#de-tafel)
  - id: vraag
  - effect: vertrouwen +2

### De tafel

Mo gaat zitten.

- [Je leest de brief voor](#de-brief)
  - id: brief
- [Je wacht](#de-deur)
  - id: wacht
- [Je belt zijn zus](#einde-samen)
  - id: zus

### De brief

De brief is lang.

- [Je leest verder](#de-deur)
  - id: verder

### De deur

Mo staat op.

- [Je loopt mee](#einde-samen)
  - id: mee
- [Je blijft zitten](#einde-alleen)
  - id: blijf

### Einde: Samen

Jullie lopen naar buiten.

### Einde: Alleen

De deur valt dicht.

### Nabespreking

## Reflectie: Wat viel je op?

- antwoord: open
- maximaal: 300

## Reflectie: Hoe voelde dat?

- antwoord: keuze

- Goed
- Niet goed
- Weet ik niet

## Vraag: Wat is boven water?

- [ ] De schaamte
- [ ] De boosheid
- [x] Het formulier
"""

CALL = """\
# De telefoon

- id: telefoon

## Scenario: Aan de lijn

- personages:
  - Karin: coach
- perspectief: Karin

### Hij gaat over

De telefoon gaat.

- [Je neemt op](#einde-opgenomen)
  - id: opnemen
- [Je laat hem gaan](#einde-gemist)
  - id: laten

### Einde: Opgenomen

Je praat.

### Einde: Gemist

Het wordt stil.

### Nabespreking
"""

NEW = """\
# Vooraf

- id: vooraf

Dit is nieuw.
"""

EVENT = """\
### Gebeurtenis: Er wordt geklopt

- bij: [De tafel](#de-tafel)
- kans: 100%
- eenmalig: ja

Een collega kijkt om de deur.

- [Je knikt](#verder)
  - id: knik

"""

Lessons = Mapping[str, str]


def _first() -> Lessons:
    return {"01-gesprek.md": TALK, "02-telefoon.md": CALL}


def _second() -> Lessons:
    """Other words, another order, a scene by another name, and more of everything: nobody loses anything."""
    talk = _changed(
        TALK,
        ("# Het gesprek", "# Een gesprek met Mo"),
        ("Je haalt Mo op.", "Je haalt Mo op bij de balie. Hij kijkt naar de klok."),
        ("- [Je vraagt hoe het gaat](#de-tafel)", "- [Je vraagt hoe het écht gaat](#de-tafel)"),
        ("### De brief\n", "### Zes kantjes\n\n- id: de-brief\n"),
        ("](#de-brief)", "](#zes-kantjes)"),
        ("- [Je zegt niets](#de-tafel)\n  - id: stil\n", ""),
        ("vertrouwen +2\n", "vertrouwen +2\n- [Je zegt nog even niets](#de-tafel)\n  - id: stil\n"),
        ("- [Je wacht](#de-deur)", "- [Je vraagt Mo om raad](#de-deur)\n  - id: raad\n- [Je wacht](#de-deur)"),
        ("### Einde: Samen", f"{EVENT}### Einde: Samen"),
        ("## Reflectie: Wat viel je op?\n\n", "## Reflectie: Wat viel jou op?\n\n- id: wat-viel-je-op\n"),
        ("- Niet goed\n- Weet ik niet\n", "- Niet zo goed\n- Dat weet ik niet\n- Allebei\n"),
    )  # fmt: skip
    # A scene may stand anywhere in its scenario.
    door = talk[talk.index("### De deur") : talk.index("### Gebeurtenis")]
    talk = talk.replace(door, "").replace("### De tafel", f"{door}### De tafel")
    return {"01-vooraf.md": NEW, "02-telefoon.md": CALL, "03-gesprek.md": talk}


def _third() -> Lessons:
    """A scene, a choice, a lesson, a question and an option are gone; a meter and a condition are tighter."""
    talk = _changed(
        _second()["03-gesprek.md"],
        ("- meter: vertrouwen = 2 (0-5)", "- meter: vertrouwen = 2 (0-3)"),
        ("  - id: brief\n", "  - id: brief\n  - alleen als: vertrouwen >= 3\n"),
        ("[Je loopt mee](#einde-samen)\n  - id: mee\n", "[Je gaat hem na](#einde-samen)\n  - id: nagaan\n"),
        ("## Reflectie: Wat viel jou op?\n\n- id: wat-viel-je-op\n- antwoord: open\n- maximaal: 300\n\n", ""),
        ("- Dat weet ik niet\n- Allebei\n", ""),
        ("- [x] Het formulier\n", ""),
        ("- [ ] De schaamte\n", "- [x] De schaamte\n"),
    )  # fmt: skip
    return {"01-vooraf.md": NEW, "03-gesprek.md": talk}


def _changed(text: str, *changes: tuple[str, str]) -> str:
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


VERSIONS = {"1": _first(), "2": _second(), "3": _third()}


@cache
def released() -> Mapping[str, tuple[Course, tuple[Diagnostic, ...]]]:
    """Each version with what is said of it, read with the keys that ``waterlijn release`` wrote of those before it."""
    keys = b""
    found = {}
    for version, lessons in VERSIONS.items():
        course, said = read(lessons, keys)
        found[version] = course, said
        keys, _ = keys_file(course, keys)
    return found


def read(lessons: Lessons, keys: bytes) -> tuple[Course, tuple[Diagnostic, ...]]:
    """A course of ``lessons`` beside the keys that were released, and what is said of it."""
    files = {path: text.encode() for path, text in FRAME.items()}
    files |= {f"content/lessons/{name}": text.encode() for name, text in lessons.items()}
    if keys:
        files["course/keys.toml"] = keys
    read_now = examined(SourceTree(files=files))
    return read_now.course, read_now.diagnostics
