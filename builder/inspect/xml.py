"""XML of a stranger: parsed without entities, network or DTD, and bounded in size, depth and number of elements."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from lxml import etree

from builder.inspect.finding import Code, Finding, finding

LARGEST = 5_000_000
"""Bytes; the manifest of a package of 5,000 files is one tenth of it."""

MOST_ELEMENTS = 30_000
"""Libraries take the square of it in places: the path to each of many elements that are wrong."""

_ENCODINGS = {
    codecs.lookup(name).name
    for name in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "ascii", "iso-8859-1", "iso-8859-15", "cp1252")
}
_DECLARED = re.compile(rb"""^<\?xml\s[^>]*?encoding\s*=\s*["']([^"']*)["']""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """``root`` is nothing where the XML cannot be read; ``findings`` tell why, or what an LMS may stumble over."""

    path: str
    root: etree._Element | None
    findings: tuple[Finding, ...] = ()


def parsed(path: str, content: bytes) -> Document:
    """The XML of ``content``, the file ``path`` of the package."""
    if len(content) > LARGEST:
        return _refused(path, Code.XML_LARGE, limit=str(LARGEST // 1_000_000))
    plain = content.replace(b"\0", b"")  # the markup of UTF-16, read as if it were ASCII
    if b"<!ENTITY" in plain:
        return _refused(path, Code.XML_ENTITY)
    found = [] if b"<!DOCTYPE" not in plain else [finding(Code.XML_DOCTYPE, path)]
    if (name := _encoding(plain)) is not None:
        return _refused(path, Code.XML_ENCODING, name=name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", None) or 0
        return _refused(path, Code.XML_MALFORMED, line=line, reason=_reason(error))
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        return _refused(path, Code.XML_LARGE, limit=str(LARGEST // 1_000_000))
    return Document(path=path, root=root, findings=tuple(found))


def text_of(element: etree._Element | None) -> str:
    """The text of an element without the white space round it, "" where there is none."""
    return (element.text or "").strip() if element is not None else ""


def local(element: etree._Element) -> str:
    """The name of an element without its namespace, "" for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def loose(element: etree._Element) -> str:
    """The text between the elements in ``element``, which belongs to none of them."""
    return "".join(text or "" for text in (element.text, *(child.tail for child in element))).strip()


def space(element: etree._Element) -> str:
    """The namespace of an element, "" where it has none."""
    return (etree.QName(element).namespace or "") if isinstance(element.tag, str) else ""


def _encoding(plain: bytes) -> str | None:
    """The declared encoding, where it is one that not every LMS knows; else nothing."""
    declared = _DECLARED.match(plain.lstrip(b"\xef\xbb\xbf\xfe\xff"))
    if declared is None:
        return None
    name = declared[1].decode("ascii", "replace")
    try:
        return None if codecs.lookup(name).name in _ENCODINGS else name
    except (LookupError, ValueError):
        return name


def _refused(path: str, code: Code, line: int = 0, **values: str) -> Document:
    return Document(path=path, root=None, findings=(finding(code, path, line, **values),))


def _reason(error: Exception) -> str:
    """What the parser says, without the place that stands beside it already."""
    return re.sub(r"\s*\(<string>.*|,? ?line \d+, column \d+.*", "", str(error))
