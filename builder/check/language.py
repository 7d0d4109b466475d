"""Plain language: what a reader of Dutch at B1 stumbles over, by the limits and lists of ``course/language.toml``.

It reads what a course itself says (``passages``). What characters say and think is theirs, also between quotes; and
italics are for what stands somewhere, on a form or a note: they count in a sentence, but their words are not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import floor

from builder.check import ease
from builder.check.passages import Kind, Passage, of_lesson, of_term
from builder.check.sentences import BLOT, BREAK, Sentence, plain, sentences
from builder.diagnostics import Code, Diagnostic, diagnostic
from builder.model.course import Course, Lesson
from builder.model.wording import Avoided, Language, phrases

_ABBREVIATION = re.compile(r"(?<![\w'’-])(?P<name>[A-Z]{2,6})(?P<more>-\w+)*(?![a-zà-ÿ\d])")
_ROMAN = re.compile(r"[IVX]+")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:nl|com|org|net|eu|be)(?:/\S*)?", re.IGNORECASE
)
_BARE = re.compile(r"(?<![(<\[])https?://[^\s<>()\]]*[^\s<>()\].,;:!?]")
_POLITE = re.compile(r"(?<![\w'’/-])(?<!\d )(?:u|uw|uzelf)(?![\w'’/-])", re.IGNORECASE)
_FAMILIAR = re.compile(r"(?<![\w-])(?:je|jij|jou|jouw|jezelf)(?![\w-])", re.IGNORECASE)
_OTHER = {
    "u": "je", "uw": "je", "uzelf": "jezelf", "je": "u of uw", "jij": "u", "jou": "u", "jouw": "uw",
    "jezelf": "uzelf",
}  # fmt: skip
_SPLIT = re.compile(r",\s+(?=(?:en|maar|want|dus)\s)|;\s+")
_FACT = "#feit-"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A passage, its sentences (those of ``shown``), and ``own``: what of it are the course's own words."""

    passage: Passage
    shown: str
    own: str
    sentences: tuple[Sentence, ...]


def language(course: Course) -> Iterator[Diagnostic]:
    """Where the texts of ``course`` are harder, or less kind, than they need be."""
    rules = course.language
    if rules == Language():
        return
    dutch = course.settings.language.partition("-")[0] == "nl"
    known = frozenset(rules.known) | {term.name for term in course.glossary}
    lessons = [(lesson, _read(of_lesson(lesson))) for lesson in course.lessons]
    glossary = _read(passage for term in course.glossary for passage in of_term(term))
    for lesson, read in lessons:
        if dutch:
            yield from _hard(lesson, read, rules.ease)
    for read in (*(each for _, each in lessons), glossary):
        yield from _long(read, rules.sentence)
        yield from _unexplained(read, known) if rules.abbreviations else ()
        yield from _vague(read, rules.vague)
        yield from _mixed(read) if rules.address and dutch else ()
        yield from _avoided(read, rules.stigma, rules.fine, Code.WORD_STIGMA)
        yield from _avoided(read, rules.official, rules.fine, Code.WORD_OFFICIALESE)


def _read(passages: Iterable[Passage]) -> tuple[_Read, ...]:
    return tuple(
        _Read(
            passage=each,
            shown=(shown := plain(each.text)),
            own=plain(each.text, italic=False) if "*" in each.text else shown,
            sentences=tuple(sentences(shown)),
        )
        for each in passages
    )


def _hard(lesson: Lesson, read: tuple[_Read, ...], limit: int) -> Iterator[Diagnostic]:
    """A lesson that scores too low by Flesch-Douma, over what it explains and its choices."""
    counted = [
        (each, sentence)
        for each in read
        if each.passage.kind in (Kind.EXPLANATION, Kind.CHOICE)
        for sentence in each.sentences
    ]
    words = [sentence.words for _, sentence in counted]
    score = ease.score(words)
    if not limit or score is None or score >= limit:
        return
    heaviest = [counted[number] for number in ease.heaviest(words)]
    named = "; ".join(_named(lesson, each.passage, sentence) for each, sentence in heaviest)
    yield diagnostic(Code.READING_EASE, lesson.span, score=floor(score), limit=limit, sentences=named)


def _named(lesson: Lesson, passage: Passage, sentence: Sentence) -> str:
    """A sentence by its line and its first words; with its file where that is another than its lesson's."""
    span = passage.at(sentence.start, sentence.end)
    words = _text(passage, sentence).split()
    begin = " ".join(words[:8]) + (" …" if len(words) > 8 else "")
    file = "" if passage.path == lesson.path else f"{passage.path.rpartition('/')[2]}, "
    return f'{file}{span.line}: "{begin}"'


def _long(read: tuple[_Read, ...], limit: int) -> Iterator[Diagnostic]:
    """Sentences of too many words, cut where that can be done without a change."""
    for each in read if limit else ():
        for sentence in each.sentences:
            if (number := len(sentence.words)) > limit:
                span = each.passage.at(sentence.start, sentence.end)
                cut = _cut(each, sentence, limit)
                yield diagnostic(Code.SENTENCE_LONG, span, cut, number=number, limit=limit)


def _cut(read: _Read, sentence: Sentence, limit: int) -> str:
    """A sentence as two, at the place nearest to its middle where a main clause begins; empty where there is none."""
    shown = read.shown[sentence.start : sentence.end]
    written = read.passage.text[sentence.start : sentence.end]
    middle = len(shown) / 2
    for found in sorted(_SPLIT.finditer(shown), key=lambda each: abs(each.start() - middle)):
        halves = [sum(len(each.words) for each in sentences(part)) for part in
                  (shown[: found.start()], shown[found.end() :])]  # fmt: skip
        if min(halves) > 2 and max(halves) <= limit:
            rest = written[found.end() :]
            return " ".join(f"{written[: found.start()]}. {rest[:1].upper()}{rest[1:]}".split())
    return ""


def _unexplained(read: tuple[_Read, ...], known: frozenset[str]) -> Iterator[Diagnostic]:
    """An abbreviation that nothing explains, once in a lesson, where it first stands."""
    seen: set[str] = set()
    for each in read:
        for found in _ABBREVIATION.finditer(each.own):
            name = found["name"]
            shouted = name != found[0] and found[0].isupper()
            if name in seen or name in known or found[0] in known or shouted or _ROMAN.fullmatch(name):
                continue
            seen.add(name)
            before, after = each.own[: found.start()], each.own[found.end() :]
            paragraph = before.rpartition(BREAK)[2] + found[0] + after.partition(BREAK)[0]
            if not re.search(rf"\(\s*{name}\s*\)|\b{name}\s*\(\s*\w", paragraph):
                span = each.passage.at(found.start("name"), found.end("name"))
                yield diagnostic(Code.ABBREVIATION_UNKNOWN, span, name=name)


def _vague(read: tuple[_Read, ...], vague: tuple[str, ...]) -> Iterator[Diagnostic]:
    """A link whose words do not say where it leads, and an address that is no link at all."""
    empty = {" ".join(each.casefold().split()) for each in vague}
    for each in read if vague else ():
        for link in each.passage.links:
            words = link.words.casefold().strip(" .!:…*_")
            if link.image or link.target.startswith(_FACT):
                continue
            if words in empty or _ADDRESS.fullmatch(words):
                yield diagnostic(Code.LINK_VAGUE, link.span, f"[…]({link.target})", found=link.words)
        for found in _BARE.finditer(each.passage.text):
            span = each.passage.at(found.start(), found.end())
            yield diagnostic(Code.LINK_VAGUE, span, f"[…]({found[0]})", found=found[0])


def _mixed(read: tuple[_Read, ...]) -> Iterator[Diagnostic]:
    """The rarer of ``u`` and ``je``, where a lesson says both to its reader."""
    polite, familiar = (
        [(each, found) for each in read for found in pattern.finditer(each.own)]
        for pattern in (_POLITE, _FAMILIAR)
    )
    rarer, other = (polite, familiar) if len(polite) <= len(familiar) else (familiar, polite)
    for each, found in rarer if other else ():
        span = each.passage.at(*found.span())
        yield diagnostic(
            Code.ADDRESS_MIXED,
            span,
            found=found[0],
            suggestion=_OTHER[found[0].casefold()],
            other="je" if rarer is polite else "u",
            number=len(rarer),
            others=len(other),
        )


def _avoided(
    read: tuple[_Read, ...], avoided: tuple[Avoided, ...], fine: tuple[str, ...], code: Code
) -> Iterator[Diagnostic]:
    """Words of the course's own lists."""
    pattern, harmless = phrases(word for each in avoided for word in each.words), phrases(fine)
    if pattern is None:
        return
    meant = {" ".join(word.casefold().split()): each for each in avoided for word in each.words}
    for each in read:
        shown = harmless.sub(lambda found: BLOT * len(found[0]), each.own) if harmless else each.own
        for found in pattern.finditer(shown):
            word = _listed(found[0], meant)
            span = each.passage.at(*found.span())
            yield diagnostic(code, span, word=found[0], reason=word.reason, suggestion=word.instead)


def _listed(found: str, meant: dict[str, Avoided]) -> Avoided:
    """The entry of a word that was found; one with words in between is known by the pattern of its own."""
    plain_words = " ".join(found.casefold().split())
    if plain_words in meant:
        return meant[plain_words]
    return next(
        each for key, each in meant.items() if (own := phrases([key])) is not None and own.fullmatch(found)
    )


def _text(passage: Passage, sentence: Sentence) -> str:
    return " ".join(passage.text[sentence.start : sentence.end].split())
