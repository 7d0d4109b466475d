"""How many syllables a Dutch word has, as one says it.

A line may not be broken at every syllable (``ide-aal``, ``over``), so patterns for hyphenation count too few:
``tests/check/syllables.txt``, counted by hand, tells how far off they are.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_KEPT = "\u0308"
"""A trema starts a syllable; other accents do not change the count."""
_MUTE = re.compile(
    r"(?<=sit)e(?=s?$)|(?<=lin)e(?=s?$)|(?<=intak)e(?!n)|(?<=updat)e(?!n)|(?<=cas)e(?=s?$|manage|study|load)"
    r"|(?<=servic)e|(?<=[ltd]tim)e|(?<=gam)e(?=s?$)|(?<=ftwar)e|(?<=rdwar)e|(?<=freelanc)e|(?<=lif)e"
    r"|(?<=hom)e(?=page)|(?<=leas)e|(?<=voic)e"
)
"""The e of an English word that nobody says."""
_ENGLISH = re.compile(r"coach|team|deal|lease|leader|steak|beach|board|load|goal|feature|clean|speak|break")
"""Words of which ``ea`` or ``oa`` is one sound; in Dutch they are two (``ide-aal``, ``ko-a-la``)."""
_NUCLEUS = re.compile(
    r"""
    (?<=[ts])io(?=n(?:$|s|e(?:n|el|le|r)|a))      # sta-tion, na-tio-naal
    | eau | aai | ooi | oei | eeu                 # ca-deau, mooi-e, eeuw
    | ieu(?![rsz]) | (?<=mil)ieu | (?<=t)ieu     # nieuw, but se-ri-eus
    | e(?=um(?:$|s))                              # mu-se-um
    | ëe | ïe                                     # ge-ëerd, na-ïef
    | aa | ee | oo | uu | ie | oe | eu | ui | ij | ei | ai | oi | au | ou
    | [aeo]y(?![aeiou]) | [aeo]y(?=[aeiou])
    | EA | OA
    | [aeiouäëïöü]
    | (?<![aeiou])y(?![aeiou])                    # ty-pe
    """,
    re.VERBOSE,
)


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """The syllables of ``word``: letters of an abbreviation in capitals and digits count one each; at least 1."""
    return max(1, sum(map(_part, re.split(r"[-'’]|(?<=\d)(?=\D)|(?<=\D)(?=\d)", word))))


def _part(word: str) -> int:
    if word.isdigit() or (len(word) > 1 and word.isupper()):
        return sum(each.isalnum() for each in word)
    return sum(1 for _ in _NUCLEUS.finditer(_sound(word)))


def _sound(word: str) -> str:
    """``word`` in small letters, without accents but tremas, mute letters and the u of ``qu``."""
    apart = unicodedata.normalize("NFD", word.lower())
    plain = "".join(each for each in apart if each == _KEPT or not unicodedata.combining(each))
    text = _MUTE.sub("", unicodedata.normalize("NFC", plain).replace("qu", "q"))
    return _ENGLISH.sub(lambda found: found[0].replace("ea", "EA").replace("oa", "OA"), text)
