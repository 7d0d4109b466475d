"""A file as lines whose every character keeps its place.

``Text`` is a stretch of an author's file that knows where each of its characters stood, so that a parser can cut,
strip and join without ever counting columns.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from builder.diagnostics import Code, Diagnostic, Span, diagnostic

_INDENT = re.compile(r"\s*")
_FENCE = re.compile(r"(?:>\s?)*\s*(`{3,}(?=[^`]*$)|~{3,})")
_KEY = re.compile(r"\s*(?:$|#|- |[\w-]+\s*:)")
_LEFT_OVER = re.compile(
    r"^(?:#{1,6}\s+(?:[^\W\d_]+:\s*)?|[-*+]\s+[^\W\d_]+(?: [^\W\d_]+)*:\s*|>\s*\*\*|.*\[|.*\]\(#|.*\(\w+,\s*)"
    r"(?P<dots>…|\.\.\.)(?:$|:?\*\*|\]\(|\)|\s*,)"
)
"""A title, value, name or target that is only the dots of an example."""
_TAB = 2
"""A tab of indentation counts as one step of two spaces; it is reported all the same."""


@dataclass(slots=True, kw_only=True, eq=False)
class Page:
    """A file being parsed: its lines as written, and what was found wrong so far (``notes``)."""

    path: str
    lines: tuple[str, ...]
    notes: list[Diagnostic] = field(default_factory=list)

    @classmethod
    def of(cls, path: str, text: str) -> Page:
        """Lines end in LF, CR LF or CR; a byte order mark is no part of the first one."""
        return cls(path=path, lines=tuple(re.split(r"\r\n|\n|\r", text.removeprefix("\ufeff"))))

    def text(self, number: int, start: int = 0, end: int | None = None) -> Text:
        """The characters ``start`` to ``end`` (from 0) of line ``number`` (from 1)."""
        words = self.lines[number - 1][start:end]
        return Text(page=self, text=words, marks=((0, number, start + 1),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A stretch of a page. ``marks`` are (offset in ``text``, line, column), one where each source line begins.

    ``frozen`` is over 0 for a text that was put right: it no longer lines up with its source, so every span in it
    is the whole stretch of that many characters.
    """

    page: Page
    text: str
    marks: tuple[tuple[int, int, int], ...]
    frozen: int = 0

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return " ".join(self.text.split())

    @property
    def line(self) -> int:
        return self.marks[0][1]

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The place of ``text[start:end]``, as far as it stands on its first line."""
        end = len(self.text) if end is None else end
        if self.frozen:
            _, line, column = self.marks[0]
            return Span(path=self.page.path, line=line, column=column, length=self.frozen)
        index = bisect_right(self.marks, start, key=lambda mark: mark[0]) - 1
        offset, line, column = self.marks[max(index, 0)]
        if index + 1 < len(self.marks):
            end = min(end, self.marks[index + 1][0] - 1)
        width = len(self.page.lines[line - 1])
        column = min(max(column + start - offset, 1), width + 1)
        length = max(1, min(end - start, width + 1 - column))
        return Span(path=self.page.path, line=line, column=column, length=length)

    def part(self, start: int, end: int | None = None) -> Text:
        """The stretch ``text[start:end]``."""
        end = len(self.text) if end is None else end
        if start == 0 and end >= len(self.text):
            return self
        if self.frozen:
            return replace(self, text=self.text[start:end])
        index = bisect_right(self.marks, start, key=lambda mark: mark[0]) - 1
        offset, line, column = self.marks[index]
        marks: tuple[tuple[int, int, int], ...] = ((0, line, column + start - offset),)
        if index + 1 < len(self.marks):
            marks += tuple((o - start, n, c) for o, n, c in self.marks[index + 1 :] if o < end)
        return Text(page=self.page, text=self.text[start:end], marks=marks)

    def group(self, match: re.Match[str], group: int | str = 0) -> Text:
        """What a group of a match on ``text`` held; an empty text at the match's end where it took no part."""
        start, end = match.span(group)
        return self.part(match.end(), match.end()) if start < 0 else self.part(start, end)

    def strip(self) -> Text:
        start = len(self.text) - len(self.text.lstrip())
        return self.part(start, max(start, len(self.text.rstrip())))

    def split(self, pattern: str) -> tuple[Text, ...]:
        """The stripped stretches between the matches of ``pattern``."""
        parts, start = [], 0
        for match in re.finditer(pattern, self.text):
            parts.append(self.part(start, match.start()).strip())
            start = match.end()
        return (*parts, self.part(start).strip())

    def mended(self, text: str) -> Text:
        """The same place, with what was meant."""
        return replace(self, text=text, marks=self.marks[:1], frozen=self.span().length)

    def instead(self, new: str) -> str:
        """The whole source line with ``new`` in the place of this stretch."""
        span = self.span()
        line = self.page.lines[span.line - 1]
        return f"{line[: span.column - 1]}{new}{line[span.column - 1 + len(self.text.split(chr(10))[0]) :]}"

    def report(self, code: Code, instead: str = "", **values: object) -> None:
        """Note something at this place."""
        self.page.notes.append(diagnostic(code, self.span(), instead, **values))


def join(texts: Iterable[Text], glue: str = "\n") -> Text:
    """Texts of one page under each other as one; ``glue`` is one character."""
    first, *rest = texts
    words, marks = [first.text], list(first.marks)
    offset = len(first.text)
    for text in rest:
        offset += 1
        marks += [(offset + o, n, c) for o, n, c in text.marks]
        words.append(text.text)
        offset += len(text.text)
    return replace(first, text=glue.join(words), marks=tuple(marks))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: how far it is indented, in spaces, and what it says. ``fenced`` lines are code: never syntax."""

    text: Text
    indent: int = 0
    fenced: bool = False

    @property
    def blank(self) -> bool:
        return not self.text.text

    @property
    def number(self) -> int:
        return self.text.line


def line_of(text: Text, *, fenced: bool = False) -> Line:
    """A line from a text with its indentation still on."""
    match = _INDENT.match(text.text)
    end = match.end() if match else 0
    indent = sum(_TAB if character == "\t" else 1 for character in text.text[:end])
    content = text.part(end)
    return Line(text=content.part(0, len(content.text.rstrip())), indent=indent, fenced=fenced)


def scan(page: Page) -> tuple[Line, ...]:
    """A page's lines, with an author's own notes (HTML comments) left out, code fences marked and tabs reported."""
    texts = _uncommented(page)
    texts = texts[_front_matter(page) :]
    lines: list[Line] = []
    fence, opened = "", 0
    tabbed = False
    for text in texts:
        match = _FENCE.match(text.text)
        if fence:
            lines.append(line_of(text, fenced=True))
            if match and match[1].startswith(fence) and not text.text[match.end() :].strip():
                fence = ""
            continue
        if match:
            fence, opened = match[1], text.line
            lines.append(line_of(text, fenced=True))
            continue
        line = line_of(text)
        indentation = page.lines[text.line - 1][: len(page.lines[text.line - 1]) - len(text.text.lstrip())]
        if "\t" in indentation and not line.blank:
            if not tabbed:
                written = page.lines[text.line - 1]
                page.text(text.line, 0, len(indentation)).report(
                    Code.NEAR_TAB, indentation.replace("\t", " " * _TAB) + written[len(indentation) :]
                )
            tabbed = True
        elif not line.blank:
            tabbed = False
        lines.append(line)
    for line in lines:
        if not line.fenced and (match := _LEFT_OVER.search(line.text.text)):
            line.text.group(match, "dots").report(Code.NEAR_PLACEHOLDER, found=str(line.text))
    if fence:
        page.text(opened).strip().report(Code.NEAR_UNCLOSED, what=fence, close=fence)
        # Read on as if it was not there: what follows must not vanish into a block of code.
        lines = [line_of(page.text(each.number)) if each.number > opened else each for each in lines]
    return tuple(lines)


def _front_matter(page: Page) -> int:
    """How many lines at a page's start are settings in the manner of another program; they are reported."""
    if page.lines[0].rstrip() != "---":
        return 0
    for number, line in enumerate(page.lines[1:], start=2):
        if line.rstrip() in ("---", "..."):
            page.text(1).report(Code.NEAR_DIRECTIVE, found="---")
            return number
        if not _KEY.match(line):
            break
    return 0


def _uncommented(page: Page) -> list[Text]:
    """Every line of a page; comments become spaces, so that columns stay what they were."""
    whole = "\n".join(page.lines)
    if "<!--" not in whole:
        return [page.text(number) for number in range(1, len(page.lines) + 1)]
    shown: list[str] = []
    at = 0
    while (start := whole.find("<!--", at)) >= 0:
        end = whole.find("-->", start)
        if end < 0:
            line = whole.count("\n", 0, start) + 1
            column = start - (whole.rfind("\n", 0, start) + 1)
            page.text(line, column).report(Code.NEAR_UNCLOSED, what="<!--", close="-->")
            break
        shown += [whole[at:start], re.sub(r"[^\n]", " ", whole[start : end + 3])]
        at = end + 3
    shown.append(whole[at:])
    return [
        Text(page=page, text=text, marks=((0, number, 1),))
        for number, text in enumerate("".join(shown).split("\n"), start=1)
    ]
