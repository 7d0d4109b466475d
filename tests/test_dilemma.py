"""What the builder says of choices that are no dilemma and of words that judge, beside what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.diagnostics import ACCEPTABLE, PROVEN, Code, Diagnostic
from builder.pipeline import examined
from builder.source.read import SourceTree
from tests.test_course import COURSE, END, HEAD

WORDS = (Path(__file__).parents[1] / "course" / "words.toml").read_text(encoding="utf-8")

START = (
    HEAD
    + """
## Scenario: Proef

- personages:
  - Karin: coach
  - Mo: 29
- perspectief: Karin
- meter: vertrouwen = 2 (0-5)
- meter: tijd = 2 (0-5)
- variabele: gebeld = 0
- regel: adres = Eerst een adres. (hindert)

### De gang

"""
)

ASK = "- [Je vraagt door](#de-kamer)\n  - id: door\n  - effect: vertrouwen +1, tijd -1\n"
WAIT = "- [Je wacht](#de-kamer)\n  - id: wacht\n"
READ_OUT = "- [Je leest de regels voor](#de-kamer)\n  - id: voor\n  - effect: tijd +1, vertrouwen -1\n"
ROOM = "### De kamer\n\n- [Verder](#einde-klaar)\n"


def lesson(*choices: str, room: str = ROOM) -> str:
    """A lesson whose first scene has these choices, each without an id of its own given one."""
    return f"{START}{''.join(choices)}\n{room}{END}"


def found(text: str, words: str = WORDS) -> tuple[Diagnostic, ...]:
    files = {**COURSE, "course/words.toml": words, "content/lessons/01-les.md": text}
    everything = examined(SourceTree(files={path: each.encode() for path, each in files.items()})).diagnostics
    return tuple(each for each in everything if each.code not in PROVEN)


def codes(text: str) -> list[str]:
    return [str(each.code) for each in found(text)]


def choice(label: str, *lines: str) -> str:
    key = "".join(letter for letter in label.lower() if letter.isalpha())[:20]
    return f"- [{label}](#de-kamer)\n" + "".join(f"  - {line}\n" for line in (f"id: {key}", *lines))


LATER = "later: [De kamer](#de-kamer) Tja. ({kind}, Mo, dagen)"
MEANT, UNMEANT = LATER.format(kind="bedoeld"), LATER.format(kind="onbedoeld")

HONEST = {
    "each costs what another gives": lesson(ASK, WAIT, READ_OUT),
    "now better, later worse": lesson(
        ASK, WAIT, choice("Je belooft het", "effect: vertrouwen +1", f"{UNMEANT}\n    - effect: vertrouwen -1")
    ),
    "an intended consequence against a meter": lesson(
        ASK, READ_OUT, choice("Je belt rond", "effect: tijd -1", MEANT)
    ),
    "an unintended consequence against a meter": lesson(
        WAIT, ASK, choice("Je tekent vast", "effect: vertrouwen +1", UNMEANT)
    ),
    "one that opens a choice further on": lesson(
        ASK, WAIT, READ_OUT, choice("Je noteert het", "effect: tijd -1, gebeld = 1"),
        room=ROOM.replace("- [", "- [Bellen](#einde-klaar)\n  - id: b\n  - alleen als: gebeld = 1\n- [", 1),
    ),
    "one that closes a choice further on": lesson(
        ASK, WAIT, choice("Je geeft alles weg", "effect: vertrouwen +1"),
        room=ROOM.replace(
            "- [", "- [Bellen](#einde-klaar)\n  - id: b\n  - alleen als: niet gekozen jegeeftallesweg\n- [", 1
        ),
    ),
    "one that can only be taken when it was earned": lesson(
        ASK, WAIT, READ_OUT, choice("Je lacht", "effect: vertrouwen +1", "alleen als: vertrouwen >= 4")
    ),
    "the stronger one is not always there": lesson(
        WAIT, READ_OUT, ASK, choice("Je vraagt lang door", "effect: vertrouwen +1, tijd -2"),
        choice("Je vraagt het kort", "effect: vertrouwen +1, tijd -1", "alleen als: tijd >= 4"),
    ).replace(ASK, ""),
    "two that are never there together": lesson(
        WAIT,
        READ_OUT,
        choice("Je belt", "effect: vertrouwen +1, tijd -1", "alleen als: gebeld = 0"),
        choice("Je belt weer", "effect: vertrouwen +1, tijd -2", "alleen als: gebeld > 0"),
    ),
    "a detour before the choice is not made instead of it": lesson(
        WAIT, READ_OUT, choice("Je vraagt lang door", "effect: vertrouwen +1, tijd -2"),
        "- [Je vraagt eerst iets kleins](#de-gang)\n  - id: klein\n  - eenmalig: ja\n"
        "  - effect: vertrouwen +1, tijd -1\n",
    ),
    "to stop is paid with everything that does not come": lesson(
        ASK, WAIT, READ_OUT, "- [Je stopt](#einde-klaar)\n  - id: stop\n  - effect: tijd +1\n",
        room="### De kamer\n\n" + "".join((ASK, WAIT, READ_OUT)).replace("#de-kamer", "#einde-klaar")
        .replace("- id: ", "- id: b-"),
    ),
    "nobody pays anything": lesson(
        WAIT, choice("Je lacht", "effect: vertrouwen +1"), choice("Je rent", "effect: tijd +1")
    ).replace(WAIT, choice("Je vraagt het", MEANT)),
    "one road is no decision": lesson("- [Je slaat de map open](#de-kamer)\n  - effect: tijd -1\n"),
    "verder beside one choice is no decision": lesson(choice("Je belt", "eenmalig: ja"), "- [Verder](#einde-klaar)\n"),
    "what is offered when nothing else is": lesson(
        ASK, WAIT, READ_OUT, choice("Je geeft op", "alleen als: anders", "effect: vertrouwen -2")
    ),
    "a rule that bends at a price": lesson(
        ASK, WAIT, READ_OUT,
        choice("Je tekent toch", "effect: vertrouwen +1", "dicht door: adres", "tenzij: tijd >= 4", UNMEANT),
    ),
    "a rule that bends and opens a scene": lesson(
        ASK, WAIT, READ_OUT,
        "- [Je tekent toch](#de-tuin)\n  - id: toch\n  - dicht door: adres\n  - tenzij: tijd >= 4\n",
        room=ROOM + "\n### De tuin\n\n- [Verder](#einde-klaar)\n",
    ),
    "a rule that is not always in force": lesson(
        ASK, WAIT, READ_OUT, choice("Je tekent vast", "effect: vertrouwen +1", "dicht door: adres")
    ).replace("(hindert)", "(hindert)\n  - alleen als: gebeld = 0"),
    "a rule that never bends": lesson(ASK, WAIT, READ_OUT, choice("Je tekent toch", "dicht door: adres")),
}  # fmt: skip


@pytest.mark.parametrize("text", HONEST.values(), ids=HONEST.keys())
def test_an_honest_decision_passes(text: str) -> None:
    assert [(each.code, each.span.line, each.values) for each in found(text)] == []


# title: (lesson, codes with the words on their line)
POOR = {
    "two roads": (lesson(ASK, WAIT), [("dilemma-few", "### De gang")]),
    "three roads, never three at once": (
        lesson(ASK, WAIT, READ_OUT.rstrip() + "\n  - alleen als: gebeld = 1\n").replace(
            WAIT, WAIT + "  - alleen als: gebeld = 0\n"
        ),
        [("dilemma-few", "### De gang")],
    ),
    "nothing to wait for or ask": (
        lesson(
            choice("Je belooft het", "effect: vertrouwen +1, tijd -1"), READ_OUT.replace("leest", "zegt"),
            choice("Je loopt weg"),
        ),
        [("dilemma-wait", "### De gang")],
    ),
    "better on one meter, the same on the other": (
        lesson(WAIT, READ_OUT, ASK, choice("Je vraagt lang door", "effect: vertrouwen +1, tijd -2")),
        [("dilemma-dominated", "Je vraagt lang door")],
    ),
    "less of everything": (
        lesson(ASK, READ_OUT, WAIT, choice("Je snauwt", "effect: vertrouwen -1, tijd -1")),
        [("dilemma-dominated", "Je snauwt")],
    ),
    "the same but for a consequence that nobody meant": (
        lesson(ASK, READ_OUT, WAIT, choice("Je zucht", UNMEANT)),
        [("dilemma-dominated", "Je zucht")],
    ),
    "the same but for a consequence that was meant": (
        lesson(WAIT, READ_OUT, ASK, choice("Je vraagt goed door", "effect: vertrouwen +1, tijd -1", MEANT)),
        [("dilemma-dominated", "[Je vraagt door]")],
    ),
    "worse only later": (
        lesson(WAIT, READ_OUT, ASK, choice(
            "Je vraagt alles", "effect: vertrouwen +1, tijd -1", f"{UNMEANT}\n    - effect: vertrouwen -1")),
        [("dilemma-dominated", "Je vraagt alles")],
    ),
    "a meter set to its lowest": (
        lesson(ASK, READ_OUT, WAIT, choice("Je gooit de deur dicht", "effect: vertrouwen = 0")),
        [("dilemma-dominated", "Je gooit de deur dicht")],
    ),
    "a price that only closes": (
        lesson(
            ASK, WAIT, READ_OUT, choice("Je gooit het nummer weg"),
            room=ROOM.replace(
                "- [", "- [Bel](#einde-klaar)\n  - id: b\n  - alleen als: niet gekozen jegooithetnummerweg\n- [", 1
            ),
        ),
        [("dilemma-dominated", "Je gooit het nummer weg")],
    ),
    "one that only gives": (
        lesson(
            choice("Je vraagt het", "effect: vertrouwen +1"),
            choice("Je rent", "effect: tijd +1, vertrouwen -1"),
            choice("Je belooft het", "effect: tijd +2, vertrouwen -2"),
        ),
        [("dilemma-free", "Je vraagt het")],
    ),
    "an intended consequence is a gift too": (
        lesson(ASK, READ_OUT, choice("Je wacht af", MEANT)),
        [("dilemma-free", "Je wacht af")],
    ),
    "a rule that bends for nothing": (
        lesson(
            ASK, WAIT, READ_OUT,
            choice("Je tekent toch", "effect: vertrouwen +1", "dicht door: adres", "tenzij: tijd >= 4"),
        ),
        [("dilemma-rule", "Je tekent toch")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), POOR.values(), ids=POOR.keys())
def test_a_poor_decision_is_told_at_its_place(text: str, expected: list[tuple[str, str]]) -> None:
    lines = text.splitlines()
    assert [str(each.code) for each in found(text)] == [code for code, _ in expected]
    for each, (_, words) in zip(found(text), expected, strict=True):
        assert words in lines[each.span.line - 1]


def test_a_dominated_choice_names_both_and_gives_a_line_to_write() -> None:
    text, _ = POOR["better on one meter, the same on the other"]
    (each,) = found(text)
    assert dict(each.values) == {"worse": "Je vraagt lang door", "better": "Je vraagt door"}
    assert each.instead.startswith("  - later: ")
    (free,) = found(POOR["one that only gives"][0])
    assert free.instead == "  - effect: vertrouwen +1, tijd -1"


def test_a_line_to_write_takes_the_message_away() -> None:
    text, _ = POOR["one that only gives"]
    (free,) = found(text)
    assert codes(text.replace("  - effect: vertrouwen +1\n", f"{free.instead}\n", 1)) == []


@pytest.mark.parametrize(("text", "expected"), POOR.values(), ids=POOR.keys())
def test_an_author_may_agree_with_a_reason(text: str, expected: list[tuple[str, str]]) -> None:
    ((code, words),) = expected
    line = f"- akkoord: {code}, want hier is het zo.\n"
    on_scene = text.replace("### De gang\n\n", f"### De gang\n\n{line}\n", 1)
    assert codes(on_scene) == []
    if not words.startswith("###"):
        lines = text.splitlines(keepends=True)
        at = next(number for number, each in enumerate(lines) if words in each)
        assert codes("".join([*lines[: at + 1], f"  {line}", *lines[at + 1 :]])) == []


def test_agreeing_with_what_nobody_said_is_told() -> None:
    agreed = "- akkoord: dilemma-few, want het is druk.\n\n"
    assert codes(lesson(agreed, ASK, WAIT, READ_OUT)) == ["accepted-unused"]
    other = lesson(ASK, WAIT).replace("### De kamer\n\n", f"### De kamer\n\n{agreed}", 1)
    assert codes(other) == ["dilemma-few", "accepted-unused"]


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("dilemma-few", "- akkoord: dilemma-few, want …"),
        ("dilemma-few, want …", "- akkoord: dilemma-few, want …"),
        ("dilema-few, want het is druk.", "- akkoord: dilemma-few, want het is druk."),
        ("scene-unreachable, want het is druk.", "- akkoord: dilemma-few, want het is druk."),
    ],
)
def test_agreeing_takes_a_known_code_and_a_reason(written: str, instead: str) -> None:
    (each,) = (e for e in found(lesson(f"- akkoord: {written}\n\n", ASK, WAIT)) if e.code not in ACCEPTABLE)
    assert (each.code, each.instead) == (Code.SETTING_VALUE, instead)


def test_nothing_is_judged_where_a_line_could_not_be_read() -> None:
    assert codes(lesson(ASK, WAIT).replace("vertrouwen +1", "vertrouwn +1")) == ["variable-unknown"]


def consequence(reaction: str = "", later: str = "", ending: str = "Uit.", room: str = "") -> str:
    told = ASK + (f"\n  {reaction}\n" if reaction else "")
    if later:
        told = ASK + f"  - later: [De kamer](#de-kamer) {later} (bedoeld, Mo, dagen)\n"
    text = lesson(told, WAIT, READ_OUT, room=ROOM.replace("\n\n", f"\n\n{room}\n\n", 1) if room else ROOM)
    return text.replace("Uit.", ending)


JUDGING = {
    "in a reaction": (consequence("Dat was de juiste vraag."), "juiste", "Dat was"),
    "in a reaction of more lines": (consequence("Hij knikt.\n  Goed gedaan."), "Goed", "Goed gedaan"),
    "in what comes later": (consequence(later="De aanvraag was fout."), "fout", "later:"),
    "in an ending": (consequence(ending="Je koos verstandig."), "verstandig", "Je koos"),
    "under a condition": (consequence(room="*als tijd >= 2:* Dat gaat beter zo."), "beter", "*als"),
    "beside a meter": (consequence(room="Je vertrouwen stijgt, prima."), "prima", "prima"),
    "in the summary of what is skipped": (
        consequence(room="- intensiteit: hoog\n- overslaan: [Klaar](#einde-klaar) Mo doet iets doms. Dom."),
        "Dom",
        "### De kamer",
    ),
    "after somebody's words": (consequence('"Fijn," zegt hij, en terecht.'), "terecht", "terecht"),
}


@pytest.mark.parametrize(("text", "word", "line"), JUDGING.values(), ids=JUDGING.keys())
def test_a_verdict_in_a_consequence_is_told(text: str, word: str, line: str) -> None:
    (each,) = found(text)
    assert each.code == Code.VERDICT_WORD
    assert dict(each.values)["word"] == word
    shown = text.splitlines()[each.span.line - 1]
    assert line in shown
    if not line.startswith(("later", "###")):
        assert shown[each.span.column - 1 :].startswith(word)


NO_VERDICT = {
    "speech": consequence("> **Mo:** Goed dat je er bent. Dat is de juiste keuze."),
    "a thought": consequence("> **Karin denkt:** Fout, fout, fout."),
    "a letter": consequence("> **Brief:** Uw aanvraag is correct."),
    "speech within prose": consequence('Hij steekt zijn duim op. "Goed zo," zegt hij.'),
    "speech between curly quotes": consequence("Ze zegt: ‘Prima.’ En dan: “Beter zo.”"),
    "longer words": consequence(
        "Hij zegt goedemorgen, gaat staan en is slechts even stil. De fouten tellen."
    ),
    "phrases that judge nothing": consequence(
        "Juist nu gaat de bel. Hij is voor goed weg en doet zijn best."
    ),
    "a phrase with words between": consequence("Mo slaapt die week niet erg goed."),
    "a scene's own prose": consequence(room="Op de deur hangt een goede foto."),
    "a choice's label": lesson(ASK.replace("vraagt door", "vraagt of het goed is"), WAIT, READ_OUT),
    "the trainer's voice": lesson(ASK + "  - feedback: Een goede vraag.\n", WAIT, READ_OUT),
}


@pytest.mark.parametrize("text", NO_VERDICT.values(), ids=NO_VERDICT.keys())
def test_what_judges_nothing_is_left_alone(text: str) -> None:
    assert codes(text) == []


def test_the_lists_are_the_course_owners() -> None:
    text = lesson(ASK + "\n  Dat is tof.\n", choice("Je mijmert"), READ_OUT.replace("leest", "zegt"))
    words = (
        '[verdict.tof]\nreason = "Een pluim."\ninstead = "wat hij doet."\n[waiting]\nphrases = ["mijmert"]\n'
    )
    (each,) = found(text, words)
    assert dict(each.values) == {"word": "tof", "reason": "Een pluim.", "suggestion": "wat hij doet."}
    fine = words + '[no-verdict]\nphrases = ["dat is tof"]\n'
    assert found(text, fine) == ()
    assert found(text, "") == ()


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        ('[verdict.goed]\ninstead = "x"\n', "setting-missing", 1),
        ('[verdict.goed]\nreason = "x"\ninstead = "x"\nwoorden = ["x"]\n', "setting-unknown", 4),
        ("[waiting]\nphrases = [1]\n", "setting-value", 2),
        ("[waitin]\nphrases = []\n", "setting-unknown", 1),
    ],
)
def test_a_mistake_in_the_lists_is_told(words: str, code: str, line: int) -> None:
    assert [(str(e.code), e.span.path, e.span.line) for e in found(lesson(ASK, WAIT, READ_OUT), words)] == [
        (code, "course/words.toml", line)
    ]
