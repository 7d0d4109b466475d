"""Every Dutch word of the author syntax, once."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from builder.model.reflection import AnswerKind, Keep
from builder.model.scenario import Back, Help, Moment

LESSON = ("id", "bron", "duur", "doel", "akkoord")
SCENARIO = (
    "id", "personages", "perspectief", "meter", "variabele", "feit", "regel", "begin", "opnieuw als", "terug",
    "dossier", "akkoord",
)  # fmt: skip
RULE = ("alleen als",)
LEARNS = ("alleen als",)
LATER = ("effect", "alleen als")
SCENE = ("id", "perspectief", "tijd", "intensiteit", "overslaan", "weet", "regel", "voor", "akkoord")
EVENT = (*SCENE, "bij", "kans", "alleen als", "eenmalig", "hoogstens")
CHOICE = (
    "id", "effect", "alleen als", "dicht door", "tenzij", "eenmalig", "weet", "later", "feedback", "voor",
    "akkoord",
)  # fmt: skip
SECTION = ("akkoord",)
DEBRIEF = ("bewaren", "akkoord")
REFLECTION = ("id", "antwoord", "bewaren", "maximaal", "schaal", "akkoord")
QUESTION = ("id", "akkoord")

ALIASES: Mapping[str, str] = {
    "als": "alleen als", "indien": "alleen als", "gevolg": "later", "gevolgen": "later", "personen": "personages",
    "rollen": "personages", "leerdoel": "doel", "tijdsduur": "duur", "tijdstip": "tijd", "keren": "hoogstens",
    "keer": "hoogstens", "maximaal": "hoogstens", "aantal": "hoogstens",
}  # fmt: skip
"""Other words that authors use for one of the words above."""
WITHOUT_COLON = frozenset(
    {
        "effect", "alleen als", "dicht door", "tenzij", "eenmalig", "feedback", "opnieuw als", "intensiteit",
        "overslaan", "perspectief", "personages", "meter", "variabele", "feit", "begin", "dossier", "id", "bron",
        "duur", "kans", "antwoord", "bewaren", "maximaal", "schaal", "hoogstens",
    }
)  # fmt: skip
"""Words that hardly start a sentence, so that one is known without its colon too."""

REPEATABLE = frozenset(
    {
        "bron",
        "doel",
        "meter",
        "variabele",
        "feit",
        "regel",
        "opnieuw als",
        "weet",
        "effect",
        "later",
        "bij",
        "akkoord",
    }
)
CHOICE_ONLY = frozenset({"effect", "alleen als", "dicht door", "tenzij", "feedback"})
"""Words so particular to a choice that they are reported wherever else they start a list item."""

# Headings: the word, its level.
LESSON_HEADINGS: Mapping[str, int] = {
    "scenario": 2, "reflectie": 2, "vraag": 2, "probeer dit": 2, "actieplan": 2, "trainer": 2,
}  # fmt: skip
SCENE_HEADINGS: Mapping[str, int] = {"gebeurtenis": 3, "einde": 3, "nabespreking": 3}
DEBRIEF_HEADINGS: Mapping[str, int] = {"gevoel": 4, "weg": 4, "gedachten": 4, "wat als": 4}
TITLED = frozenset({"scenario", "reflectie", "vraag", "gebeurtenis", "einde"})
"""Heading words that a colon and a title follow; the others stand alone."""

SPEAKERS = ("Brief", "Bericht", "Dossier", "Omroep")
"""Who speak without being a person."""
SELF = "Je"
"""The speaker that is the perspective's person."""

YES_NO: Mapping[str, bool] = {"ja": True, "nee": False}
BACK: Mapping[str, Back] = {"nee": Back.NO, "scène": Back.SCENE, "scene": Back.SCENE, "vrij": Back.FREE}
HELP: Mapping[str, Help] = {
    "helpt": Help.HELPS, "hindert": Help.HINDERS, "helpt en hindert": Help.BOTH, "hindert en helpt": Help.BOTH,
}  # fmt: skip
INTENDED: Mapping[str, bool] = {"bedoeld": True, "onbedoeld": False}
MOMENT: Mapping[str, Moment] = {"dagen": Moment.DAYS, "weken": Moment.WEEKS, "maanden": Moment.MONTHS}
INTENSE: Mapping[str, bool] = {"hoog": True}
ANSWER: Mapping[str, AnswerKind] = {
    "open": AnswerKind.OPEN, "keuze": AnswerKind.CHOICE, "schaal": AnswerKind.SCALE,
}  # fmt: skip
KEEP: Mapping[str, Keep] = {"lms": Keep.LMS, "apparaat": Keep.DEVICE, "niet": Keep.NOT}


def nearest(word: str, words: tuple[str, ...], cutoff: float = 0.7) -> str:
    """The one of ``words`` that ``word`` was probably meant to be, else an empty text."""
    known = {each.lower(): each for each in words}
    found = get_close_matches(word.lower(), known, n=1, cutoff=cutoff)
    return known[found[0]] if found else ""
