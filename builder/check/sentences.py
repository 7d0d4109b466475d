"""Markdown as sentences and words, every one in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

BREAK = "\f"
"""Where a paragraph, an item or a cell ends."""
BLOT = "\0"
"""What is no word of the text: markup, an address, what somebody else says."""

QUOTED = re.compile(
    r"\"[^\"\f]*?\"|“[^”\f]*”|„[^”“\f]*[”“]|«[^»\f]*»|(?<!\w)‘[^‘\f]*?’(?!\w)"
    r"|(?<!\w)'(?![stnkm]\b)(?:[^'\f]|(?<=\w)'(?=\w))*'(?!\w)"
)
"""What stands between quotation marks, within a paragraph."""
_MARKUP = re.compile(
    r"^ {0,3}(`{3,}|~{3,})[\s\S]*?^ {0,3}\1[`~]*$|`+[^`]+`+"  # code
    r"|^[ \t]*>.*$"  # a citation
    r"|!\[[^\]]*\]\([^)]*\)|(?<=\])\([^()\s]*(?:\s[^()]*)?\)|<?\bhttps?://[^\s<>)]+>?"  # pictures, addresses
    r"|\\(?=[!-/:-@\[-`{-~])|[*_~]+|[\[\]]",
    re.MULTILINE,
)
_ITALIC = re.compile(r"(?<![*\w\\])\*(?![*\s])[^*\f]+(?<![\s*])\*(?![*\w])")
_LINE_MARK = re.compile(r"^[ \t]*(?:[-*+]|\d{1,9}[.)]|#{1,6})[ \t]+|^[ \t]*\|", re.MULTILINE)
_HEADING = re.compile(r"^[ \t]*#{1,6}[ \t].*$(?P<end>\n?)", re.MULTILINE)
_ROW = re.compile(r"^[ \t]*\|.*$", re.MULTILINE)
_BLANK = re.compile(r"\n(?=[ \t]*\n)")
_END = re.compile(r"[.!?…]+[\"'”’»)\0]*(?=[\s\0]+(?![\s\0a-zà-ÿ])|[\s\0]*$)")
_SHORT = re.compile(
    r"(?:\b(?:dhr|mevr|mw|mr|drs?|ir|ing|prof|st|nrs?|art|blz|p|bijv|bv|ca|evt|incl|excl|max|min|resp|tel|vgl|vb|mln)"
    r"|(?<![^\W\d_])[^\W\d_](?:\.[^\W\d_])+|(?-i:(?<!\w)[A-Z]))$",
    re.IGNORECASE,
)
"""An abbreviation or initials, whose point ends no sentence."""
_WORD = re.compile(r"\d+(?:[.,:]\d+)*(?!\w)|['’]?\w+(?:['’]\w+|-\w+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Where it stands in its text, and its words."""

    start: int
    end: int
    words: tuple[str, ...]


def plain(markdown: str, *, italic: bool = True) -> str:
    """``markdown`` with every character in its place: markup and quotations blotted out, paragraphs broken off.

    What stands in italics goes out too without ``italic``.
    """
    text = _HEADING.sub(lambda found: found[0][:-1] + BREAK if found["end"] else found[0], markdown)
    text = _LINE_MARK.sub(lambda found: BREAK + BLOT * (len(found[0]) - 1), text)
    text = _ROW.sub(lambda found: found[0].replace("|", BREAK), text)
    text = _BLANK.sub(BREAK, text)
    text = text if italic else _ITALIC.sub(_blotted, text)
    text = _MARKUP.sub(_blotted, text)
    return QUOTED.sub(_unsaid, text)


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences with a word in them, of a text that is ``plain``."""
    start = 0
    for block in text.split(BREAK):
        begin = 0
        for found in _END.finditer(block):
            if found[0][0] == "." and len(found[0]) == 1 and _SHORT.search(block[begin : found.start()]):
                continue
            yield from _sentence(text, start + begin, start + found.end())
            begin = found.end()
        yield from _sentence(text, start + begin, start + len(block))
        start += len(block) + 1


def _sentence(text: str, start: int, end: int) -> Iterator[Sentence]:
    words = list(_WORD.finditer(text, start, end))
    if words:
        found = tuple(each[0] for each in words)
        yield Sentence(start=words[0].start(), end=end, words=found)


def _blotted(found: re.Match[str]) -> str:
    return re.sub(r"[^\n\f]", BLOT, found[0])


def _unsaid(found: re.Match[str]) -> str:
    """A quotation blotted out, but for the mark that ends its last sentence."""
    blotted = _blotted(found)
    last = found[0].rstrip(BLOT)[-2:-1]
    return blotted[:-1] + last if last in tuple(".!?…") else blotted
