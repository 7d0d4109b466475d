"""Plain language: what is told and what is left alone, syllables and Flesch-Douma against counts by hand."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pyphen  # type: ignore[import-untyped]
import pytest

from builder.check import ease
from builder.check.language import language
from builder.check.sentences import plain, sentences
from builder.check.syllables import syllables
from builder.diagnostics import Code
from builder.messages import LANGUAGES
from builder.model.wording import phrases
from builder.pipeline import examine, examined
from builder.report import both
from builder.source.read import SourceTree
from tests.check.language_cases import FRAME, RULES, Plain, every_case, told
from tests.test_course import COURSE

ROOT = Path(__file__).parents[2]
RULES_OF_THE_COURSE = (ROOT / "course/language.toml").read_text(encoding="utf-8")

CASES = every_case()

COUNTED = [
    line.split("·") for line in (Path(__file__).parent / "syllables.txt").read_text(encoding="utf-8").split()
]
"""Words divided by hand, as one says them."""

DIVIDED = """
Je belt de case·ma·na·ger van Ru·ben in de P·I.
Zij neemt met·een op en vraagt heel rus·tig wie jij bent.
Van·daag wil ze al·leen we·ten hoe laat hij komt.
Je legt uit dat je nog geen goed a·dres hebt voor hem.
De re·clas·se·ring be·slist pas o·ver een week of drie.
Dat vindt zij laat, want vrij·dag gaat de poort o·pen.
Wie haalt hem op, en waar slaapt hij die nacht?
Je schrijft haar num·mer op de ach·ter·kant van een for·mu·lier.
Mis·schien weet de na·zorg·co·ör·di·na·tor een ka·mer voor een paar da·gen.
Zij heeft nu er·va·ring met so·ci·a·le ver·huur in de·ze ge·meen·te.
"""
"""Ten sentences of 100 words and 141 syllables, counted by hand: a point stands between syllables."""


@pytest.mark.parametrize("case", CASES, ids=[f"{case.file}: {case.title}" for case in CASES])
def test_case(case: Plain) -> None:
    assert case.said() == case.expected


def test_in_each_file_of_cases_stands_what_is_told_and_what_is_not() -> None:
    for file in {case.file for case in CASES}:
        expected = [bool(case.expected) for case in CASES if case.file == file]
        assert expected.count(True) >= 3
        assert expected.count(False) >= 2


def test_syllables_are_those_counted_by_hand() -> None:
    assert {"·".join(word): n for word in COUNTED if (n := syllables("".join(word))) != len(word)} == {}


def test_patterns_for_hyphenation_would_count_worse() -> None:
    patterns = pyphen.Pyphen(lang="nl_NL")
    missed = [word for word in COUNTED if len(patterns.positions("".join(word))) + 1 != len(word)]
    assert len(COUNTED) >= 250
    assert len(missed) > len(COUNTED) / 10


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("2026", 4),
        ("16.30", 4),
        ("A4", 2),
        ("UWV's", 3),
        ("’s", 1),
        ("IJsland", 2),
        ("ZONDER", 6),
        ("pst", 1),
    ],
)
def test_what_is_no_common_word_counts_too(word: str, number: int) -> None:
    assert syllables(word) == number


def test_flesch_douma_is_what_is_counted_by_hand() -> None:
    text = DIVIDED.replace("·", "")
    found = [sentence.words for sentence in sentences(plain(text))]
    assert (len(found), sum(map(len, found))) == (10, 100)
    assert DIVIDED.count("·") + 100 == 141
    assert sum(syllables(word) for words in found for word in words) == 141
    assert ease.score(found) == pytest.approx(206.84 - 0.77 * 141 - 0.93 * 10)


def test_too_few_words_have_no_score() -> None:
    assert ease.score([("Kort",)] * 99) is None
    assert ease.score([("Kort",)] * 100) == pytest.approx(206.84 - 77 - 0.93)


HARD = (
    "De verantwoordelijkheidsverdeling tussen samenwerkingspartners vereist organisatorische "
    "randvoorwaarden en financieringsmogelijkheden.\n\n"
)
HARDER = "Gemeentelijke reïntegratieverantwoordelijkheden veronderstellen informatie-uitwisseling.\n\n"
LIGHT = "Dit is een kort en gewoon zinnetje dat je zo leest.\n\n" * 2
SAID = "> Hij zei: verantwoordelijkheidsverdeling.\n\n"


def test_a_hard_lesson_is_told_with_its_heaviest_sentences() -> None:
    lesson = FRAME + HARD * 10 + HARDER + LIGHT + SAID
    (each,) = (one for one in told(lesson) if one.code == Code.READING_EASE)
    values = dict(each.values)
    assert (each.span.line, each.span.column, values["limit"]) == (1, 1, "60")
    assert int(values["score"]) < 60
    first, *others = values["sentences"].split("; ")
    line = lesson.splitlines().index(HARDER.strip()) + 1
    assert first == f'{line}: "{HARDER.strip()}"'
    assert len(others) == 2
    assert all("De verantwoordelijkheidsverdeling tussen" in other for other in others)


def test_a_hard_lesson_may_stay_with_a_reason() -> None:
    accepted = "- akkoord: reading-ease, want dit is een proef.\n\n"
    assert told(FRAME + accepted + HARD * 12) == ()
    assert [each.code for each in told(FRAME + accepted + LIGHT * 12)] == [Code.ACCEPTED_UNUSED]


STORY = """
## Scenario: Proef

- personages:
  - Mo: 29
- perspectief: Mo

### De gang

{told}

> **Mo:** {hard}

> **Mo denkt:** {hard}

- [{chosen}](#einde-klaar)

#### Trainer

{hard}

### Einde: Klaar

Uit.

### Nabespreking

## Trainer

{hard}
"""


def test_stories_speech_and_notes_are_not_weighed_but_choices_are() -> None:
    hard = (HARD * 3).replace("\n\n", " ").strip()
    story = STORY.format(told=hard, hard=hard, chosen="Je wacht")
    assert told(FRAME + LIGHT * 8 + story) == ()
    chosen = STORY.format(told="Kort.", hard=hard, chosen=f"{HARD.strip()[:-1]} {HARDER.strip()[:-1]}")
    codes = [each.code for each in told(FRAME + LIGHT * 4 + chosen)]
    assert codes == [] or Code.SENTENCE_LONG not in codes
    (each,) = (one for one in told(FRAME + LIGHT * 4 + chosen, RULES.replace("60", "100")))
    assert each.code == Code.READING_EASE
    assert "De verantwoordelijkheidsverdeling" in dict(each.values)["sentences"]


SWITCHES = {
    "sentence": ("sentence = 20\n", "sentence-long", " ".join(["woord"] * 21)),
    "reading-ease": ("reading-ease = 60\n", "reading-ease", HARD * 12),
    "one-address": ("one-address = true\n", "address-mixed", "Je leest wat u schrijft."),
    "explained": ("explained = true\n", "abbreviation-unknown", "Het CJIB schrijft."),
    "vague": ('vague = ["hier", "lees meer"]\n', "link-vague", "Kijk [hier](https://een.example)."),
}


@pytest.mark.parametrize(("line", "code", "text"), SWITCHES.values(), ids=SWITCHES.keys())
def test_what_is_not_asked_for_is_not_looked_at(line: str, code: str, text: str) -> None:
    assert line in RULES
    assert {str(each.code) for each in told(FRAME + text)} == {code}
    assert told(FRAME + text, RULES.replace(line, "")) == ()


def test_without_rules_nothing_is_looked_at() -> None:
    text = "\n\n".join(text for _, _, text in SWITCHES.values()) + " Een crimineel, middels een pen."
    assert len({each.code for each in told(FRAME + text)}) == 7
    assert told(FRAME + text, "") == ()


def test_what_is_counted_in_dutch_is_not_counted_in_another_language() -> None:
    files = {
        **COURSE,
        "course/course.toml": COURSE["course/course.toml"].replace('"nl"', '"en"'),
        "course/language.toml": RULES,
        "content/lessons/01-les.md": FRAME + HARD * 12 + "Je leest wat u schrijft. " + " ".join(["x"] * 21),
    }
    course = examined(SourceTree(files={path: text.encode() for path, text in files.items()})).course
    assert {each.code for each in language(course)} == {Code.SENTENCE_LONG}


def test_the_glossary_is_read_too() -> None:
    files = {
        **COURSE,
        "course/language.toml": RULES,
        "content/glossary.md": "# Woorden\n\n## PI\n\nMiddels een PI. Zie het CJIB.\n",
        "content/lessons/01-les.md": FRAME + "Je leest.\n",
    }
    found = examined(SourceTree(files={path: text.encode() for path, text in files.items()})).diagnostics
    assert [(each.span.line, each.span.column, each.code) for each in found] == [
        (5, 1, Code.WORD_OFFICIALESE),
        (5, 25, Code.ABBREVIATION_UNKNOWN),
    ]


@pytest.mark.parametrize(
    ("rules", "code", "line"),
    [
        ('[stigma.x]\ninstead = "x"\n', "setting-missing", 1),
        ('[officialese.x]\nreason = "x"\ninstead = "x"\nwoorden = ["x"]\n', "setting-unknown", 4),
        ('[limits]\nsentence = "20"\n', "setting-value", 2),
        ("[limits]\nreading-ease = true\n", "setting-value", 2),
        ("[abbreviation]\nexplained = true\n", "setting-unknown", 1),
    ],
)
def test_a_mistake_in_the_rules_is_told(rules: str, code: str, line: int) -> None:
    files = {**COURSE, "course/language.toml": rules, "content/lessons/01-les.md": FRAME}
    found = examined(SourceTree(files={path: text.encode() for path, text in files.items()})).diagnostics
    assert [(str(e.code), e.span.path, e.span.line) for e in found] == [(code, "course/language.toml", line)]


def test_the_list_of_the_course_says_of_each_word_why_and_what_instead_once() -> None:
    rules = tomllib.loads(RULES_OF_THE_COURSE)
    entries = {**rules["stigma"], **rules["officialese"]}
    words = [word.casefold() for key, entry in entries.items() for word in (key, *entry.get("words", ()))]
    assert sorted(words) == sorted(set(words))
    assert len(entries) >= 30
    for key, entry in entries.items():
        assert entry["reason"].endswith("."), key
        assert entry["instead"].endswith((".", ".'")), key
        avoided = phrases([key, *entry.get("words", ())])
        assert avoided
        assert not avoided.search(entry["instead"]), key


@pytest.mark.parametrize("interface", LANGUAGES)
def test_everything_said_of_language_has_its_words(interface: str) -> None:
    for case in CASES:
        for each in case.diagnostics():
            message, remedy = both(each, interface)
            assert message
            assert remedy
            assert "{" not in message + remedy


def test_the_course_reads_easily_and_reading_it_takes_a_blink() -> None:
    course = examine(ROOT).course
    start = time.process_time()
    assert tuple(language(course)) == ()
    assert time.process_time() - start < 1
