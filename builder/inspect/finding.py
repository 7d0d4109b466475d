"""What is wrong with a package: a value with a code and a place, as a diagnostic is of an author's text.

For every code ``messages/nl.toml`` and ``messages/en.toml`` hold ``[findings.<code>]`` with ``what`` is wrong,
``why`` it matters and in which LMS, and the ``remedy``, with the named placeholders of ``Finding.values``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from builder.messages import catalogue, say


class Severity(StrEnum):
    """An error keeps a package from being taken in or from working; a warning does so in some LMSs, or is untidy."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Code(StrEnum):
    """Every kind of finding, closed. The value is what a reader sees in brackets."""

    # the zip itself
    ZIP_NOT = "zip-not"
    ZIP_EMPTY = "zip-empty"
    ZIP_ENTRIES = "zip-entries"
    ZIP_LARGE = "zip-large"
    ZIP_BOMB = "zip-bomb"
    ZIP_OVERLAP = "zip-overlap"
    ZIP_DAMAGED = "zip-damaged"
    ZIP_ENCRYPTED = "zip-encrypted"
    ZIP_METHOD = "zip-method"
    ZIP_ESCAPE = "zip-escape"
    ZIP_LINK = "zip-link"
    ZIP_TWICE = "zip-twice"
    ZIP_INSIDE = "zip-inside"
    # names in it, and files as files
    NAME_BACKSLASH = "name-backslash"
    NAME_CASE = "name-case"
    NAME_CONTROL = "name-control"
    NAME_LONG = "name-long"
    NAME_ENCODING = "name-encoding"
    NAME_ASCII = "name-ascii"
    NAME_WINDOWS = "name-windows"
    FILE_JUNK = "file-junk"
    FILE_SERVER = "file-server"
    FILE_FLASH = "file-flash"
    PACKAGE_LARGE = "package-large"
    # the manifest as a file
    MANIFEST_MISSING = "manifest-missing"
    MANIFEST_CASE = "manifest-case"
    MANIFEST_FOLDER = "manifest-folder"
    STANDARD_BOTH = "standard-both"
    NOT_SCORM = "not-scorm"
    XML_MALFORMED = "xml-malformed"
    XML_LARGE = "xml-large"
    XML_ENTITY = "xml-entity"
    XML_DOCTYPE = "xml-doctype"
    XML_ENCODING = "xml-encoding"
    # edition and schemas
    SCHEMA = "schema"
    SCHEMA_NAME = "schema-name"
    SCHEMA_MISSING = "schema-missing"
    SCHEMA_ODD = "schema-odd"
    VERSION_MISSING = "version-missing"
    VERSION_UNKNOWN = "version-unknown"
    VERSION_MIXED = "version-mixed"
    VERSION_SPACE = "version-space"
    # organizations and items
    IDENTIFIER_TWICE = "identifier-twice"
    MANIFEST_NESTED = "manifest-nested"
    ORGANIZATION_MISSING = "organization-missing"
    ORGANIZATION_DEFAULT = "organization-default"
    ORGANIZATION_MORE = "organization-more"
    ORGANIZATION_EMPTY = "organization-empty"
    TITLE_MISSING = "title-missing"
    TITLE_TOO_LONG = "title-too-long"
    TITLE_LONG = "title-long"
    VALUE_LONG = "value-long"
    RESOURCE_UNKNOWN = "resource-unknown"
    ITEM_EMPTY = "item-empty"
    ITEM_ASSET = "item-asset"
    ITEM_BRANCH = "item-branch"
    # resources and files
    RESOURCE_UNUSED = "resource-unused"
    RESOURCE_TYPE = "resource-type"
    SCORM_CASE = "scorm-case"
    SCORM_TYPE = "scorm-type"
    BASE = "base"
    LAUNCH_MISSING = "launch-missing"
    LAUNCH_EXTERNAL = "launch-external"
    LAUNCH_ABSENT = "launch-absent"
    LAUNCH_UNLISTED = "launch-unlisted"
    DEPENDENCY_UNKNOWN = "dependency-unknown"
    FILE_MISSING = "file-missing"
    FILE_UNLISTED = "file-unlisted"
    HREF_SPACE = "href-space"
    HREF_BACKSLASH = "href-backslash"
    HREF_EXTERNAL = "href-external"
    HREF_QUERY = "href-query"
    HREF_PERCENT = "href-percent"
    HREF_SLASH = "href-slash"
    HREF_CLIMB = "href-climb"
    HREF_LONG = "href-long"
    HREF_CASE = "href-case"
    # only SCORM 1.2
    MASTERY_SCORE = "mastery-score"
    TIME_LIMIT = "time-limit"
    PREREQUISITE_UNKNOWN = "prerequisite-unknown"
    # only SCORM 2004
    ELEMENT_PLACE = "element-place"
    THRESHOLD = "threshold"
    THRESHOLD_OLD = "threshold-old"
    OBJECTIVE_PRIMARY = "objective-primary"
    OBJECTIVE_TWICE = "objective-twice"
    OBJECTIVE_NAMELESS = "objective-nameless"
    MAP_TWICE = "map-twice"
    SEQUENCING_UNKNOWN = "sequencing-unknown"
    WAY_NONE = "way-none"
    WAY_CHOICE = "way-choice"
    # cmi5
    CMI5_ROOT = "cmi5-root"
    CMI5_UNKNOWN = "cmi5-unknown"
    CMI5_TWICE = "cmi5-twice"
    CMI5_ORDER = "cmi5-order"
    CMI5_MISSING = "cmi5-missing"
    CMI5_EMPTY = "cmi5-empty"
    CMI5_TEXT = "cmi5-text"
    CMI5_LANGUAGE = "cmi5-language"
    CMI5_ATTRIBUTE = "cmi5-attribute"
    CMI5_VALUE = "cmi5-value"
    CMI5_IRI = "cmi5-iri"
    CMI5_ID_TWICE = "cmi5-id-twice"
    CMI5_OBJECTIVE = "cmi5-objective"
    CMI5_MASTERY = "cmi5-mastery"
    CMI5_DECIMALS = "cmi5-decimals"
    CMI5_RESERVED = "cmi5-reserved"
    CMI5_REMOTE = "cmi5-remote"
    # what Moodle makes of it
    MOODLE_AS_12 = "moodle-as-12"
    MOODLE_PREFIX = "moodle-prefix"
    MOODLE_SEVERAL = "moodle-several"
    MOODLE_MASTERY = "moodle-mastery"
    MOODLE_SUCCESS = "moodle-success"
    # metadata
    LOM_MISSING = "lom-missing"
    LOM_MALFORMED = "lom-malformed"
    LOM_BINDING = "lom-binding"
    LOM_ELEMENT = "lom-element"
    LOM_TEXT = "lom-text"
    LOM_TWICE = "lom-twice"
    LOM_WORD = "lom-word"
    LOM_VALUE = "lom-value"
    # pages and scripts
    PAGE_EMPTY = "page-empty"
    PAGE_SCRIPT = "page-script"
    PAGE_FILE = "page-file"
    EXTERNAL = "external"
    EXTERNAL_HTTP = "external-http"
    WORKER = "worker"
    REPORTS_NOT = "reports-not"
    REPORTS_OTHER = "reports-other"
    UNLOAD_ONLY = "unload-only"


WARNINGS = frozenset(
    {
        Code.NAME_CASE, Code.NAME_ENCODING, Code.NAME_ASCII, Code.NAME_WINDOWS, Code.FILE_SERVER,
        Code.FILE_FLASH, Code.PACKAGE_LARGE, Code.XML_DOCTYPE, Code.SCHEMA_NAME,
        Code.SCHEMA_MISSING, Code.SCHEMA_ODD, Code.VERSION_MISSING, Code.VERSION_UNKNOWN,
        Code.VERSION_SPACE, Code.MANIFEST_NESTED, Code.ORGANIZATION_DEFAULT, Code.TITLE_MISSING,
        Code.TITLE_LONG, Code.VALUE_LONG, Code.ITEM_EMPTY, Code.ITEM_ASSET, Code.ITEM_BRANCH,
        Code.RESOURCE_TYPE, Code.BASE, Code.LAUNCH_UNLISTED, Code.FILE_UNLISTED, Code.HREF_SPACE,
        Code.HREF_EXTERNAL, Code.HREF_QUERY, Code.HREF_SLASH, Code.TIME_LIMIT,
        Code.PREREQUISITE_UNKNOWN, Code.ELEMENT_PLACE, Code.THRESHOLD_OLD, Code.WAY_CHOICE,
        Code.CMI5_LANGUAGE, Code.CMI5_DECIMALS, Code.CMI5_RESERVED, Code.CMI5_REMOTE,
        Code.LOM_MISSING, Code.LOM_MALFORMED, Code.LOM_BINDING, Code.LOM_ELEMENT, Code.LOM_TEXT, Code.LOM_TWICE,
        Code.LOM_WORD, Code.LOM_VALUE, Code.PAGE_FILE, Code.EXTERNAL, Code.EXTERNAL_HTTP,
        Code.WORKER, Code.REPORTS_NOT, Code.REPORTS_OTHER, Code.UNLOAD_ONLY,
    }
)  # fmt: skip

INFOS = frozenset(
    {
        Code.FILE_JUNK, Code.STANDARD_BOTH, Code.ORGANIZATION_MORE, Code.RESOURCE_UNUSED,
        Code.MOODLE_SEVERAL, Code.MOODLE_MASTERY, Code.MOODLE_SUCCESS,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing wrong, or worth knowing, at one place.

    ``path`` is a file of the package ("" for the package as a whole), ``line`` counts from 1 (0 where there is none),
    and ``element`` names the element or identifier.
    """

    code: Code
    path: str = ""
    line: int = 0
    element: str = ""
    values: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> Severity:
        if self.code in INFOS:
            return Severity.INFO
        return Severity.WARNING if self.code in WARNINGS else Severity.ERROR

    @property
    def where(self) -> str:
        """File, line and element in one line."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place} ({self.element})" if self.element and place else place or self.element

    def said(self, part: str, language: str) -> str:
        """The text ``part`` ("what", "why" or "remedy") of this finding.

        Raises ``KeyError`` when the text, or one of its placeholders, is missing: a mistake of ours.
        """
        texts = cast("Mapping[str, Mapping[str, str]]", catalogue(language)["findings"])
        values = {"element": self.element, **dict(self.values)}
        if "kind" in values:
            values["kind"] = say(language, "inspect", f"kind-{values['kind']}") if values["kind"] else ""
        return texts[self.code][part].format_map(values)


def finding(code: Code, path: object = "", line: int = 0, element: str = "", **values: object) -> Finding:
    """A ``Finding`` whose values are given as keywords; each becomes text that is safe to show, and not endless."""
    return Finding(
        code=code,
        path=shown(str(path)),
        line=line,
        element=shown(element),
        values=tuple((key, shown(str(value))) for key, value in values.items()),
    )


def shown(text: str, limit: int = 200) -> str:
    """``text`` on one line, with what no terminal should be sent made visible, and cut after ``limit`` characters."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join(each if each.isprintable() else f"\\x{ord(each):02x}" for each in cut)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each once: errors first, then by file and line."""
    rank = {severity: place for place, severity in enumerate(Severity)}
    return tuple(
        sorted(set(findings), key=lambda f: (rank[f.severity], f.path, f.line, f.code, f.element, f.values))
    )
