"""What pages and scripts do, as far as a quick look tells: what they fetch, and whether they report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import urljoin

from lxml import etree

from builder.inspect.files import LONGEST, Index, target
from builder.inspect.finding import Code, Finding, finding
from builder.inspect.xml import local

_PAGE = 2_000_000
_SCRIPTS = 60_000_000
_PAGES = {".html", ".htm", ".xhtml"}
_MOST_PAGES = 200
_FETCHED = {
    "script": "src", "img": "src", "iframe": "src", "frame": "src", "embed": "src", "source": "src", "video": "src",
    "audio": "src", "track": "src", "object": "data", "input": "src",
}  # fmt: skip
_LINKS = {
    "stylesheet",
    "icon",
    "preload",
    "modulepreload",
    "prefetch",
    "manifest",
    "shortcut",
    "preconnect",
    "dns-prefetch",
}
_REMOTE = re.compile(r"(https?:)?//[\w.-]+", re.IGNORECASE)
_STYLE = re.compile(r"""(?:@import\s+|url\(\s*)(?:url\(\s*)?["']?((?:https?:)?//[^"')\s]+)""", re.IGNORECASE)
_LEAVING = re.compile(rb"""\bon(before)?unload\b|["'](before)?unload["']""")
_LEAVING_WELL = re.compile(rb"pagehide|visibilitychange")
_WORKER = re.compile(rb"serviceWorker\s*(\.|\[\s*[\"'])register|importScripts\s*\(")
_SIGNS = {
    "SCORM 1.2": (b"LMSInitialize", b"LMSSetValue", b"cmi.core."),
    "SCORM 2004": (b"API_1484_11", b"cmi.completion_status"),
    "cmi5": (b"auth-token",),
}
"""What a script can hardly do without when it reports by a standard; any of them will do."""


def content(index: Index, launched: Mapping[PurePosixPath, str], standard: str) -> Iterator[Finding]:
    """What is wrong with the pages that an LMS opens, and with the scripts.

    ``launched`` gives for each of those pages the name of its item; ``standard`` is one of
    "SCORM 1.2", "SCORM 2004" and "cmi5".
    """
    for path in list(launched)[:_MOST_PAGES]:
        if path in index.files and path.suffix.casefold() in _PAGES:
            yield from _page(path, index)
    for path in sorted(index.files):
        if path.suffix.casefold() == ".css":
            text = index.files[path][:_PAGE].decode("utf-8", "replace")
            for address in dict.fromkeys(_STYLE.findall(text)):
                yield _remote(path, 0, "url()", address)
    if any(path in index.files for path in launched):
        yield from _scripts(index, standard)


def _page(path: PurePosixPath, index: Index) -> Iterator[Finding]:
    root = _parsed(index.files[path][:_PAGE])
    if root is None:
        yield finding(Code.PAGE_EMPTY, path)
        return
    found = root.find(".//base")
    base = found.get("href", "")[:LONGEST] if found is not None else ""
    seen = set()
    for element in root.iter(*_FETCHED, "link"):
        name = local(element)
        address = (element.get(_FETCHED.get(name, "href")) or "").strip()
        if name == "link" and not _LINKS & set((element.get("rel") or "").lower().split()):
            continue
        if not address or address in seen:
            continue
        seen.add(address)
        line = element.sourceline if isinstance(element.sourceline, int) else 0
        if _REMOTE.match(address) or _REMOTE.match(base):
            yield _remote(path, line, f"<{name}>", _joined(base, address))
            continue
        folder = "" if str(path.parent) == "." else f"{path.parent}/"
        to = target(address, folder + base)
        if Code.HREF_EXTERNAL in to.codes or to.path is None:
            continue  # data:, blob:, about:
        if to.path not in index.files and to.path.parts:
            code = Code.PAGE_SCRIPT if name == "script" else Code.PAGE_FILE
            near = index.near(to.path)
            if near is None:
                yield finding(code, path, line, f"<{name}>", name=to.path)
            else:
                yield finding(Code.HREF_CASE, path, line, f"<{name}>", name=to.path, near=near)


def _joined(base: str, address: str) -> str:
    """``address`` from ``base``; as it is where either can be no address at all."""
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _parsed(page: bytes) -> etree._Element | None:
    parser = etree.HTMLParser(no_network=True, huge_tree=False, recover=True, remove_comments=True)
    try:
        return etree.fromstring(page, parser) if page.strip() else None
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return None


def _remote(path: PurePosixPath, line: int, element: str, address: str) -> Finding:
    code = Code.EXTERNAL_HTTP if address.lower().startswith("http:") else Code.EXTERNAL
    return finding(code, path, line, element, address=address)


def _scripts(index: Index, standard: str) -> Iterator[Finding]:
    """Whether some script reports by ``standard``, and how scripts go about it."""
    signs = dict.fromkeys(_SIGNS, False)
    leaving = well = None
    left = _SCRIPTS
    for path in sorted(index.files):
        if path.suffix.casefold() not in _PAGES | {".js", ".mjs"} or left <= 0:
            continue
        script = index.files[path][:left]
        left -= len(script)
        for name, words in _SIGNS.items():
            signs[name] = signs[name] or any(word in script for word in words)
        if leaving is None and _LEAVING.search(script):
            leaving = path
        if well is None and _LEAVING_WELL.search(script):
            well = path
        if _WORKER.search(script):
            yield finding(Code.WORKER, path)
    if not signs[standard]:
        other = next((name for name, there in signs.items() if there), None)
        if other is None:
            yield finding(Code.REPORTS_NOT, standard=standard)
        else:
            yield finding(Code.REPORTS_OTHER, standard=standard, other=other)
    if leaving is not None and well is None:
        yield finding(Code.UNLOAD_ONLY, leaving)
