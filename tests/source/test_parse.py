"""What an author writes becomes the value it describes."""

from __future__ import annotations

from pathlib import Path

from builder.diagnostics import Span
from builder.model.course import (
    Question,
    ScenarioFile,
    Section,
    TrainerNote,
    TryThis,
)
from builder.model.logic import Compare, Visited
from builder.model.naming import anchor
from builder.model.reflection import AnswerKind, Keep, Reflection
from builder.model.scenario import Back, BeatKind, Branch, Help, Moment, Scenario, SceneKind
from builder.source import parse, parse_lesson, parse_scenario, read
from builder.source.lines import Page, Text, join

LESSON = """\
# Les over een gesprek

- id: klik
- bron: DW, IV
- duur: 20 minuten
- doel: Je merkt wat er speelt.
- doel: Je kiest zelf.

Een begin.

## Wat je leest

Lees [dit](https://voorbeeld.example) en ![een poort](../images/poort.png).

### Dieper

- een
  - twee

## Scenario: Het gesprek

- personages:
  - Mo: 29, over zes weken vrij
  - Karin de Wit
- perspectief: Karin de Wit
- meter: vertrouwen = 2 (-1-5)
- meter: tijd = 3 (0 – 4)
- variabele: belofte = -1
- feit: huisverbod = Mo mag niet naar huis. (Mo, Karin de Wit)
- regel: inschrijving = Eerst een adres. (helpt en hindert)
- begin: [De kamer](#de-kamer)
- opnieuw als: Mo, begin: [De kamer](#de-kamer)
- opnieuw als: Karin de Wit
- terug: vrij
- dossier:
  1. Wat vooraf
     bekend is.
  11. Welke emoties.

Het is dinsdag.

#### Trainer

Voor het geheel.

### De kamer

- perspectief: Mo
- tijd: een week later
- intensiteit: hoog
- overslaan: [Klaar](#einde-klaar) Het wordt hard.
- weet: Karin de Wit huisverbod
- regel: inschrijving
- voor: Mo
- id: kamer

Mo schuift
zijn stoel.

> **Mo (gespannen):** Weer iemand
> met een [verhaal](#feit-huisverbod).
>
> En een tweede alinea.

> *als vertrouwen >= 3:* **Mo denkt (bang):** Straks is het voorbij.

*anders als bezocht [De kamer](#de-kamer):* Hij zwijgt.

*anders:* Hij kijkt weg.

*voor Mo, als belofte = 1:* Jij weet het.

> Een bordje: niet roken.

- een gewone
- lijst

* [Je legt het dossier open](#gebeurtenis-weg)
- [Je vraagt wat hij **zelf** wil](#einde-klaar)
  - id: vragen
  - effect: vertrouwen +1, belofte = 1
  - effect: tijd -1
  - alleen als: vertrouwen > 1
  - dicht door: inschrijving
  - tenzij: belofte = 1
  - eenmalig: ja
  - weet: Karin de Wit huisverbod
  - later: [De kamer](#de-kamer) Mo belt jou. (onbedoeld, Mo en zijn zus, maanden)
    - effect: vertrouwen -2
  - feedback: Zo kan het.

    En ook anders.
  - voor: Karin de Wit

  Hij kijkt op.

  > **Mo:** Een plek.
- [Niets](#einde-klaar)
  - alleen als: anders

#### Trainer

Zet hier stil.

### Gebeurtenis: Weg

- bij: [De kamer](#de-kamer), [Klaar](#einde-klaar)
- kans: 30%
- alleen als: vertrouwen < 2
- eenmalig: ja

> **Je:** Wacht.

- [Je wacht](#verder)

### Einde: Klaar

Uit.

### Nabespreking

- bewaren: apparaat

Kijk terug.

#### Gevoel

Hoe was het?

#### Weg

Jouw weg.

#### Gedachten

Wat niemand zei.

#### Wat als

Anders.

## Scenario: [Een ander](../scenarios/ander.md)

## Reflectie: Wat raakte je?

- antwoord: schaal
- bewaren: apparaat
- maximaal: 250
- schaal: 1-5 (nooit – altijd)

Denk na.

## Reflectie: Welke?

- antwoord: keuze

- De eerste
- De tweede

## Vraag: Wat klopt?

- [x] Dit.

  Goed.
- [ ] Dat.

## Probeer dit

Bel iemand.

## Trainer

Alleen voor jou.
"""
PARSED = parse_lesson("content/lessons/01-klik.md", LESSON)
LES = PARSED.value


def scenario() -> Scenario:
    return next(block for block in LES.blocks if isinstance(block, Scenario))


def line_of(text: str) -> int:
    return LESSON.split("\n").index(text) + 1


def test_it_is_all_right() -> None:
    assert PARSED.diagnostics == ()


def test_the_lesson() -> None:
    assert (LES.title, LES.id, LES.minutes) == ("Les over een gesprek", "klik", 20)
    assert [source.text for source in LES.sources] == ["DW", "IV"]
    assert LES.goals == ("Je merkt wat er speelt.", "Je kiest zelf.")
    kinds = [Section, Section, Scenario, ScenarioFile, Reflection, Reflection, Question, TryThis, TrainerNote]
    assert [type(block) for block in LES.blocks] == kinds


def test_prose_keeps_its_markdown_and_its_links() -> None:
    opening, section = LES.blocks[:2]
    assert isinstance(opening, Section)
    assert isinstance(section, Section)
    assert (opening.title, opening.anchor, opening.prose.markdown) == ("", "", "Een begin.")
    assert (section.title, section.anchor) == ("Wat je leest", "wat-je-leest")
    assert section.prose.markdown.endswith("### Dieper\n\n- een\n  - twee")
    link, image = section.prose.links
    assert (link.words, link.target, link.image) == ("dit", "https://voorbeeld.example", False)
    assert (image.words, image.target, image.image) == ("een poort", "../images/poort.png", True)
    line = next(line for line in LESSON.split("\n") if "](https" in line)
    assert link.span == Span(
        path="content/lessons/01-klik.md",
        line=line_of(line),
        column=line.index("[") + 1,
        length=line.index(")") - line.index("[") + 1,
    )


def test_the_settings_of_a_scenario() -> None:
    found = scenario()
    assert (found.title, found.anchor) == ("Het gesprek", "scenario-het-gesprek")
    assert [(p.name, p.description) for p in found.people] == [
        ("Mo", "29, over zes weken vrij"),
        ("Karin de Wit", ""),
    ]
    assert found.perspective is not None
    assert found.perspective.text == "Karin de Wit"
    assert [(m.name, m.start, m.low, m.high) for m in found.meters] == [
        ("vertrouwen", 2, -1, 5),
        ("tijd", 3, 0, 4),
    ]
    assert [(v.name, v.start) for v in found.variables] == [("belofte", -1)]
    (fact,) = found.facts
    assert (fact.name, fact.text) == ("huisverbod", "Mo mag niet naar huis.")
    assert [ref.text for ref in fact.known_by] == ["Mo", "Karin de Wit"]
    (rule,) = found.rules
    assert (rule.name, rule.text, rule.help) == ("inschrijving", "Eerst een adres.", Help.BOTH)
    assert found.begin is not None
    assert found.begin.text == "de-kamer"
    assert [(r.person.text, r.begin.text if r.begin else "") for r in found.replays] == [
        ("Mo", "de-kamer"),
        ("Karin de Wit", ""),
    ]
    assert found.back is Back.FREE
    assert [(d.number, d.text) for d in found.dossier] == [
        (1, "Wat vooraf bekend is."),
        (11, "Welke emoties."),
    ]
    assert [beat.prose.markdown for beat in found.opening] == ["Het is dinsdag."]
    assert found.trainer is not None
    assert found.trainer.markdown == "Voor het geheel."


def test_a_scene() -> None:
    room, event, end = scenario().scenes
    assert (room.title, room.kind, room.anchor, room.id) == ("De kamer", SceneKind.SCENE, "de-kamer", "kamer")
    assert (room.time, room.intense) == ("een week later", True)
    assert room.skip is not None
    assert (room.skip.target.text, room.skip.summary) == ("einde-klaar", "Het wordt hard.")
    assert [(k.who.text, k.fact.text) for k in room.learns] == [("Karin de Wit", "huisverbod")]
    assert [rule.text for rule in room.rules] == ["inschrijving"]
    assert room.role is not None
    assert room.role.text == "Mo"
    assert room.trainer is not None
    assert room.trainer.markdown == "Zet hier stil."
    assert (event.title, event.kind, event.anchor) == ("Weg", SceneKind.EVENT, "gebeurtenis-weg")
    assert ([at.text for at in event.at], event.chance, event.most) == (["de-kamer", "einde-klaar"], 30, 1)
    assert isinstance(event.condition, Compare)
    assert event.beats[0].speaker is not None
    assert event.beats[0].speaker.text == "Je"
    assert event.choices[0].target.text == "verder"
    assert event.continues
    assert (end.title, end.kind, end.anchor, end.choices) == ("Klaar", SceneKind.ENDING, "einde-klaar", ())


def test_beats() -> None:
    beats = scenario().scenes[0].beats
    assert [beat.kind.value for beat in beats] == [
        "prose", "speech", "thought", "prose", "prose", "prose", "prose", "prose",
    ]  # fmt: skip
    assert beats[0].prose.markdown == "Mo schuift\nzijn stoel."
    speech = beats[1]
    assert speech.speaker is not None
    assert (speech.speaker.text, speech.emotion) == ("Mo", "gespannen")
    assert (
        speech.prose.markdown == "Weer iemand\nmet een [verhaal](#feit-huisverbod).\n\nEn een tweede alinea."
    )
    (link,) = speech.prose.links
    assert link.target == "#feit-huisverbod"
    assert (link.span.line, link.span.column) == (line_of("> met een [verhaal](#feit-huisverbod)."), 11)
    assert beats[2].kind is BeatKind.THOUGHT
    guards = [beat.guard for beat in beats]
    assert [guard and guard.branch for guard in guards] == [
        None, None, Branch.IF, Branch.ELIF, Branch.ELSE, Branch.IF, None, None,
    ]  # fmt: skip
    assert guards[3] is not None
    assert isinstance(guards[3].condition, Visited)
    assert guards[5] is not None
    assert guards[5].role is not None
    assert guards[5].role.text == "Mo"
    assert beats[6].prose.markdown == "> Een bordje: niet roken."
    assert beats[7].prose.markdown == "- een gewone\n- lijst"


def test_choices() -> None:
    plain, full, last = scenario().scenes[0].choices
    assert (plain.label, plain.target.text, plain.bare) == (
        "Je legt het dossier open",
        "gebeurtenis-weg",
        True,
    )
    assert (full.label, full.id, full.once) == ("Je vraagt wat hij **zelf** wil", "vragen", True)
    assert [(e.name.text, e.op, e.number) for e in full.effects] == [
        ("vertrouwen", "+", 1),
        ("belofte", "=", 1),
        ("tijd", "-", 1),
    ]
    assert isinstance(full.condition, Compare)
    assert isinstance(full.unless, Compare)
    assert full.closed_by is not None
    assert full.closed_by.text == "inschrijving"
    assert full.role is not None
    assert full.role.text == "Karin de Wit"
    assert full.feedback is not None
    assert full.feedback.markdown == "Zo kan het.\n\nEn ook anders."
    assert [beat.prose.markdown for beat in full.reaction] == ["Hij kijkt op.", "Een plek."]
    (later,) = full.later
    assert (later.target.text, later.text, later.intended) == ("de-kamer", "Mo belt jou.", False)
    assert (later.whom, later.moment) == ("Mo en zijn zus", Moment.MONTHS)
    assert [(e.name.text, e.op, e.number) for e in later.effects] == [("vertrouwen", "-", 2)]
    assert last.fallback
    assert last.condition is None


def test_the_debrief() -> None:
    found = scenario().debrief
    assert found is not None
    parts = (found.opening, found.feelings, found.path, found.thoughts, found.what_if)
    assert [part.markdown if part else "" for part in parts] == [
        "Kijk terug.", "Hoe was het?", "Jouw weg.", "Wat niemand zei.", "Anders.",
    ]  # fmt: skip
    assert found.keep is Keep.DEVICE


def test_the_other_blocks() -> None:
    file, scale, choice, question, tried, note = LES.blocks[3:]
    assert isinstance(file, ScenarioFile)
    assert (file.title, file.target) == ("Een ander", "../scenarios/ander.md")
    assert isinstance(scale, Reflection)
    assert (scale.question, scale.kind, scale.keep, scale.maximum) == (
        "Wat raakte je?", AnswerKind.SCALE, Keep.DEVICE, 250,
    )  # fmt: skip
    assert scale.scale is not None
    assert (scale.scale.low, scale.scale.high, scale.scale.left, scale.scale.right) == (
        1,
        5,
        "nooit",
        "altijd",
    )
    assert scale.prose is not None
    assert scale.prose.markdown == "Denk na."
    assert isinstance(choice, Reflection)
    assert choice.options == ("De eerste", "De tweede")
    assert isinstance(question, Question)
    assert [(o.text, o.correct, o.feedback.markdown if o.feedback else "") for o in question.options] == [
        ("Dit.", True, "Goed."),
        ("Dat.", False, ""),
    ]
    assert isinstance(tried, TryThis)
    assert tried.prose.markdown == "Bel iemand."
    assert isinstance(note, TrainerNote)
    assert note.prose.markdown == "Alleen voor jou."


def test_a_near_miss_is_read_as_what_was_meant() -> None:
    wrong = (
        LESSON.replace("> **Mo (gespannen):** Weer", "> **Mo (gespannen)**: Weer")
        .replace("## Scenario: Het gesprek", "## Senario: Het gesprek")
        .replace(
            "* [Je legt het dossier open](#gebeurtenis-weg)",
            "- [Je legt het dossier open] (#gebeurtenis-weg)",
        )
        .replace("- meter: tijd = 3 (0 – 4)", "- metr: tijd = 3 (0 – 4)")
        .replace("  - effect: tijd -1", "  - effect: tijd −1")
        .replace("*anders:* Hij", "*anders*: Hij")
    )
    parsed = parse_lesson("content/lessons/01-klik.md", wrong)
    assert len(parsed.diagnostics) == 6
    assert parsed.value == LES


def test_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    for text in (LESSON.replace("\n", "\r\n"), LESSON.replace("\n", "\r"), "\ufeff" + LESSON):
        parsed = parse_lesson("content/lessons/01-klik.md", text)
        assert parsed.diagnostics == ()
        assert parsed.value == LES


def test_a_scenario_file() -> None:
    start = LESSON.index("## Scenario: Het gesprek")
    end = LESSON.index("## Scenario: [Een ander]")
    parsed = parse_scenario("content/scenarios/gesprek.md", "# Voor wie dit leest\n\n" + LESSON[start:end])
    assert parsed.diagnostics == ()
    assert parsed.value == scenario()


def test_anchors_are_github_s() -> None:
    assert anchor("Einde: Iets (1)") == "einde-iets-1"
    assert anchor("  Mo’s kámer – ’s avonds ") == "mos-kámer--s-avonds"
    assert anchor("[Een link](x.md) & `code_naam`") == "een-link--code_naam"
    lesson = parse_lesson(
        "x.md", "# A\n\n- id: a\n\n## Kop\n\nx\n\n## Kop\n\nx\n\n## Kop 1\n\nx\n\n## Kop-1\n\nx\n"
    ).value
    anchors = [block.anchor for block in lesson.blocks if isinstance(block, Section)]
    assert anchors == ["kop", "kop-1", "kop-1-1", "kop-1-2"]


def test_a_text_knows_where_its_characters_stood() -> None:
    page = Page.of("x.md", "  eerste regel\n> tweede regel")
    text = join((page.text(1, 2), page.text(2, 2)))
    assert text.text == "eerste regel\ntweede regel"
    assert text.span(7, 12) == Span(path="x.md", line=1, column=10, length=5)
    assert text.span(20, 25) == Span(path="x.md", line=2, column=10, length=5)
    assert text.span(7, 25) == Span(path="x.md", line=1, column=10, length=5)
    part: Text = text.part(13).part(7)
    assert (part.text, part.span()) == ("regel", Span(path="x.md", line=2, column=10, length=5))
    assert part.instead("zin") == "> tweede zin"


def test_the_content_of_this_repository_has_no_mistakes() -> None:
    for root in (Path(__file__).parents[2], Path(__file__).parents[1] / "sample"):
        tree = read(root)
        assert any(name.startswith("content/lessons/") for name in tree.files)
        assert parse(tree).diagnostics == ()
