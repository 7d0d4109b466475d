"""Conditions and effects, from what an author wrote to values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from builder.diagnostics import Code, Parsed, Span
from builder.model.logic import All, Any, Chosen, Compare, Condition, Not, Visited
from builder.model.naming import anchor
from builder.model.text import Ref
from builder.source.lines import Page, Text
from builder.source.links import LINK

NAME = r"[^\W\d][\w-]*"
MINUS = "−–—‑‐"
"""What a word processor makes of a minus."""

_TOKEN = re.compile(
    r"(?P<link>!?\[[^\]]*\]\([^)]*\))"
    r"|(?P<op>>=|<=|!=|[=<>])(?![=<>])"
    r"|(?P<odd>=>|=<|==|<>|≥|≤|≠|&gt;=?|&lt;=?|&&?|\|\|?|,|;|!)"
    rf"|(?P<number>[-+{MINUS}]?\d+(?:[.,]\d+)?)"
    r"|(?P<paren>[()])"
    rf"|(?P<word>{NAME})"
    r"|(?P<other>\S)",
)
_OPERATORS = frozenset({">=", ">", "<=", "<", "=", "!="})
_FLIPPED = {">=": "<=", ">": "<", "<=": ">=", "<": ">", "=": "=", "!=": "!="}
_MEANT: Mapping[str, str] = {
    "=>": ">=", "=<": "<=", "==": "=", "<>": "!=", "≥": ">=", "≤": "<=", "≠": "!=", "&gt;=": ">=", "&gt;": ">",
    "&lt;=": "<=", "&lt;": "<", "&&": "en", "&": "en", "||": "of", "|": "of", ",": "en", ";": "en", "!": "niet",
    "and": "en", "or": "of", "not": "niet",
}  # fmt: skip
_PHRASES = (
    ("is niet gelijk aan", "!="), ("is gelijk aan", "="), ("is groter dan", ">"), ("is kleiner dan", "<"),
    ("is meer dan", ">"), ("is minder dan", "<"), ("is minstens", ">="), ("is hoogstens", "<="),
    ("gelijk aan", "="), ("groter dan", ">"), ("kleiner dan", "<"), ("meer dan", ">"), ("minder dan", "<"),
    ("minstens", ">="), ("minimaal", ">="), ("hoogstens", "<="), ("maximaal", "<="), ("is niet", "!="), ("is", "="),
)  # fmt: skip
_NUMBERS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")
_WORDS = frozenset({"en", "of", "niet", "bezocht", "gekozen"})
_IF = frozenset({"als", "wanneer", "indien"})
_DEEPEST = 50
"""Parentheses and ``niet`` within each other: more than anyone writes, less than Python's stack holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    """``kind`` is link, op, number, paren, word (a name) or one of the words of the language; ``text`` as meant."""

    kind: str
    text: str
    place: Text


class _Wrong(Exception):  # noqa: N818 - ends one parse, never leaves this module
    """What cannot be understood, and what should stand in its place where that is clear."""

    def __init__(self, place: Text, meant: str = "") -> None:
        self.place = place
        self.meant = meant


def is_condition(text: str) -> bool:
    """Whether a text has something of a condition: an operator, or a word only conditions have."""
    return bool(
        re.search(r"[<>=≥≤≠]|&[lg]t;", text)
        or re.search(r"\bbezocht\s+[\[A-ZÀ-Þ]|\bgekozen\s+(\[|[\w-]+\s*($|en\b|of\b|\)))", text)
        or re.fullmatch(rf"\s*{NAME}\s+[-+]?\d+\s*", text)
        or any(re.search(rf"{NAME}\s+{phrase}\s+[-+]?\d", text) for phrase, _ in _PHRASES)
    )


def parse_condition(text: str, span: Span) -> Parsed[Condition | None]:
    """A condition written at ``span`` (its first character); nothing where it cannot be understood.

    A condition that is only spelled oddly (``≥``, ``is gelijk aan``) is reported and understood all the same.
    """
    line = " " * (span.column - 1) + text.replace("\n", " ")
    page = Page(path=span.path, lines=("",) * (span.line - 1) + (line,))
    value = condition(page.text(span.line, span.column - 1))
    notes = tuple(replace(each, instead=each.instead.strip()) for each in page.notes)
    return Parsed(value=value, diagnostics=notes)


def condition(text: Text) -> Condition | None:
    """A condition; mistakes are noted on its page, with the whole line as it should be."""
    text = text.strip()
    try:
        tokens = tuple(_tokens(text))
        if not tokens:
            raise _Wrong(text)
        parser = _Parser(tokens=_completed(tokens), text=text)
        value = parser.any_of(0)
        if parser.at < len(parser.tokens):
            raise _Wrong(parser.tokens[parser.at].place)
    except _Wrong as wrong:
        instead = wrong.place.instead(wrong.meant) if wrong.meant else ""
        wrong.place.report(Code.CONDITION_SYNTAX, instead, found=str(wrong.place) or str(text))
        return None
    meant = _written(parser.tokens)
    if odd := next((t for t in parser.tokens if t.place.text != t.text and not _same(t)), None):
        code = (
            Code.NEAR_MINUS if odd.kind == "number" and odd.place.text[:1] in MINUS else Code.CONDITION_SYNTAX
        )
        odd.place.report(code, text.instead(meant), found=str(odd.place))
    return value


def _same(token: _Token) -> bool:
    """Whether a token was written as it should be, but for capitals and white space."""
    return token.kind in _WORDS and token.place.text.lower() == token.text


def _tokens(text: Text) -> Iterator[_Token]:
    at = 0
    source = re.sub(r"(?:,?\s+dan|[.,;])\s*$", "", text.text)
    at_end = text.part(len(source)).strip() if source != text.text else None
    previous = ""
    while match := _TOKEN.search(source, at):
        kind, place, found = match.lastgroup or "other", text.group(match), match[0]
        at = match.end()
        phrase = (
            _phrase(source, match.start())
            if kind == "word" and previous not in ("bezocht", "gekozen")
            else None
        )
        if phrase:
            written, meant = phrase
            place = text.part(match.start(), match.start() + len(written))
            at = match.start() + len(written)
            kind, found = "op", meant
        elif kind == "odd" or (kind == "word" and found.lower() in _MEANT):
            found = _MEANT[found.lower()]
            kind = "op" if found in _OPERATORS else found
        elif kind == "word" and found.lower() in _WORDS and previous not in ("bezocht", "gekozen"):
            kind = found = found.lower()
        elif kind == "word" and found.lower() in _NUMBERS and previous == "op":
            kind, found = "number", str(_NUMBERS.index(found.lower()))
        elif kind == "number":
            if "." in found or "," in found or len(found) > 7:
                raise _Wrong(place)
            found = ("-" if found[0] in MINUS + "-" else "") + found.lstrip(MINUS + "+-")
        elif kind == "other" or (kind == "word" and found.lower() in _IF and previous not in ("", "gekozen")):
            raise _Wrong(place)
        previous = kind
        yield _Token(kind=kind, text=found, place=place)
    if at_end is not None:
        yield _Token(kind="end", text="", place=at_end)


def _phrase(source: str, at: int) -> tuple[str, str] | None:
    """``is gelijk aan`` and its like at ``at``: as written, and the operator meant."""
    for words, op in _PHRASES:
        pattern = r"\s+".join(words.split()) + r"(?=\s+(?:[-+−–]?\d|" + "|".join(_NUMBERS) + r"))"
        if match := re.compile(pattern, re.IGNORECASE).match(source, at):
            return match[0], op
    return None


def _completed(tokens: tuple[_Token, ...]) -> tuple[_Token, ...]:
    """Tokens with what an author left out or turned round put right: ``3 <= a``, ``a >= 3 en < 5``, ``als a …``."""
    out: list[_Token] = []
    name: _Token | None = None
    index = 0
    while index < len(tokens):
        token = tokens[index]
        kinds = [each.kind for each in tokens[index : index + 3]]
        if token.kind == "word" and token.text.lower() in _IF and not out:
            name = None
            out.append(_Token(kind="gone", text="", place=token.place))
        elif kinds == ["number", "op", "word"]:
            number, op, word = tokens[index : index + 3]
            out.append(_Token(kind="word", text=word.text, place=number.place))
            out.append(_Token(kind="op", text=_FLIPPED[op.text], place=op.place))
            out.append(_Token(kind="number", text=number.text, place=word.place))
            name, index = out[-3], index + 2
        elif token.kind == "op" and name and (not out or out[-1].kind in ("en", "of")):
            out.append(_Token(kind="word", text=name.text, place=token.place))
            out.append(token)
        else:
            if token.kind == "word":
                name = token
            out.append(token)
        index += 1
    return tuple(out)


def _written(tokens: tuple[_Token, ...]) -> str:
    """Tokens as an author should have written them."""
    words = " ".join(each.text for each in tokens if each.text)
    return words.replace("( ", "(").replace(" )", ")")


@dataclass(slots=True, kw_only=True)
class _Parser:
    """``of`` binds loosest, then ``en``, then ``niet``."""

    tokens: tuple[_Token, ...]
    text: Text
    at: int = 0

    def peek(self) -> str:
        while self.at < len(self.tokens) and self.tokens[self.at].kind in ("gone", "end"):
            self.at += 1
        return self.tokens[self.at].kind if self.at < len(self.tokens) else ""

    def take(self, *kinds: str) -> _Token:
        if self.peek() not in kinds:
            raise _Wrong(self.tokens[self.at].place if self.at < len(self.tokens) else self.last())
        self.at += 1
        return self.tokens[self.at - 1]

    def last(self) -> Text:
        return next((each.place for each in reversed(self.tokens) if each.place), self.text)

    def any_of(self, depth: int) -> Condition:
        parts = [self.all_of(depth)]
        while self.peek() == "of":
            self.take("of")
            parts.append(self.all_of(depth))
        return parts[0] if len(parts) == 1 else Any(of=tuple(parts))

    def all_of(self, depth: int) -> Condition:
        parts = [self.one(depth)]
        while self.peek() == "en":
            self.take("en")
            parts.append(self.one(depth))
        return parts[0] if len(parts) == 1 else All(of=tuple(parts))

    def one(self, depth: int) -> Condition:
        if depth > _DEEPEST:
            raise _Wrong(self.tokens[self.at - 1].place)
        kind = self.peek()
        if kind == "niet":
            self.take(kind)
            return Not(of=self.one(depth + 1))
        if kind == "paren" and self.tokens[self.at].text == "(":
            self.take(kind)
            value = self.any_of(depth + 1)
            if self.peek() != "paren" or self.tokens[self.at].text != ")":
                raise _Wrong(self.last() if self.at >= len(self.tokens) else self.tokens[self.at].place)
            self.take("paren")
            return value
        if kind == "bezocht":
            return self.visited()
        if kind == "gekozen":
            return self.chosen()
        name = self.take("word")
        op = self.take("op") if self.peek() else None
        if op is None:
            raise _Wrong(name.place)
        number = self.take("number")
        return Compare(name=_ref(name), op=op.text, number=int(number.text))

    def visited(self) -> Condition:
        word = self.take("bezocht")
        if self.peek() != "link":
            title = self.named(word)
            raise _Wrong(title, f"[{title}](#{anchor(title.text)})" if title is not word.place else "")
        token = self.take("link")
        match = LINK.fullmatch(token.text)
        if match is None or not match["target"].startswith("#") or len(match["target"]) == 1:
            words = match["words"] if match else ""
            raise _Wrong(token.place, f"[{words}](#{anchor(words)})" if anchor(words) else "")
        return Visited(scene=Ref(text=match["target"][1:], span=token.place.span()))

    def chosen(self) -> Condition:
        word = self.take("gekozen")
        if self.peek() == "link":
            token = self.take("link")
            raise _Wrong(token.place, token.text.partition("(#")[2].rstrip(")"))
        if self.peek() != "word":
            raise _Wrong(self.named(word))
        return Chosen(choice=_ref(self.take("word")))

    def named(self, word: _Token) -> Text:
        """What was written after ``word``, up to the next ``en`` or ``of``; the word itself where nothing was."""
        end = word.place.span().column + len(word.place.text) - self.text.span().column
        match = re.compile(r"[^\[\]()]*?(?=\s+(?:en|of)\b|[\[\]()]|$)").match(self.text.text, end)
        title = self.text.group(match).strip() if match else word.place
        return title or word.place


def _ref(token: _Token) -> Ref:
    return Ref(text=token.text, span=token.place.span())
