"""The Dutch words for how somebody speaks or thinks, and the expression of Open Peeps that each gets."""

from __future__ import annotations

from collections.abc import Mapping

NEUTRAL = "smile"
"""The face of who speaks without an emotion: awake, at ease, listening."""

EXPRESSIONS: Mapping[str, tuple[str, ...]] = {
    NEUTRAL: (
        "kalm", "rustig", "vriendelijk", "neutraal", "aandachtig", "nieuwsgierig", "geduldig", "begripvol",
        "ontspannen",
    ),
    "calm": ("blij", "vrolijk", "tevreden", "enthousiast"),
    "cute": ("opgelucht", "gerustgesteld", "hoopvol", "dankbaar"),
    "contempt": ("trots", "geraakt", "ontroerd", "verlegen", "bedachtzaam"),
    "driven": ("vastberaden", "zelfverzekerd", "strijdlustig", "uitdagend"),
    "explaining": ("verbaasd", "verrast", "verwonderd"),
    "blank": ("twijfelend", "verward", "aarzelend", "onverschillig", "afwezig", "afstandelijk"),
    "suspicious": ("argwanend", "wantrouwend", "achterdochtig", "sceptisch", "kritisch"),
    "serious": ("gespannen", "ernstig", "zakelijk", "stug", "streng", "afwerend", "geconcentreerd"),
    "concerned": (
        "bezorgd", "onzeker", "ongerust", "onrustig", "nerveus", "zenuwachtig", "ongemakkelijk", "gestrest",
    ),
    "concernedFear": ("bang", "angstig", "machteloos", "wanhopig", "overstuur", "ontdaan", "smekend"),
    "fear": ("geschrokken", "panisch"),
    "tired": ("moe", "vermoeid", "uitgeput", "moedeloos", "somber"),
    "solemn": (
        "verdrietig", "droevig", "beschaamd", "schuldig", "teleurgesteld", "gekwetst", "eenzaam", "aangeslagen",
    ),
    "eyesClosed": ("ongeduldig", "geïrriteerd", "gelaten", "berustend", "beheerst"),
    "veryAngry": ("boos", "kwaad", "fel", "gefrustreerd", "verontwaardigd"),
    "rage": ("woedend", "razend"),
}  # fmt: skip
"""What a learner sees of an emotion; expressions that make fun of people are left out."""

EMOTIONS: Mapping[str, str] = {word: face for face, words in EXPRESSIONS.items() for word in words}


def expression(emotion: str) -> str:
    """The expression for an emotion as an author wrote it; the neutral one for none, or for one unknown."""
    return EMOTIONS.get(emotion.casefold(), NEUTRAL)
