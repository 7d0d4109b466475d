"""What a catalogue reads of a package: NL LOM's fields (IEEE 1484.12.1), as far as the course tells them.

Always a file of its own that the manifest only points at, without ``schemaLocation``: no importer reads it to decide
whether it likes the package. The fields are written down once and put into two bindings: IMS Learning Resource
Meta-Data 1.2.1 for SCORM 1.2, IEEE 1484.12.3 for SCORM 2004.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from lxml import etree

from builder.model.course import Course, Settings, Variant
from builder.model.metadata import Contributor
from builder.model.naming import slug

METADATA = PurePosixPath("metadata.xml")

IMSMD = "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"
IEEE = "http://ltsc.ieee.org/xsd/LOM"

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_VOCABULARY = "LOMv1.0"
_PROFILES = (_VOCABULARY, "nl_lom_v1p0")
_CATALOG = "SCORM"
_RENAMED: Mapping[str, str] = {
    "identifier": "catalogentry",
    "metadataSchema": "metadatascheme",
    "entity": "centity",
    "duration": "datetime",
}
"""What the older binding calls otherwise; all else is the same in lower case."""
_ESCAPED = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": " ", "\r": " "})


@dataclass(frozen=True, slots=True)
class _Text:
    """In the language of the course."""

    words: str


@dataclass(frozen=True, slots=True)
class _Term:
    """A word of the vocabulary."""

    word: str


@dataclass(frozen=True, slots=True)
class _Number:
    """A number in a catalogue: a text of no language in the older binding."""

    text: str


@dataclass(frozen=True, slots=True)
class _Card:
    """A person or organisation as a vCard, which the older binding wraps."""

    text: str


_Value = str | _Text | _Term | _Number | _Card | tuple["_Field", ...]
_Field = tuple[str, _Value]


def imsmd(course: Course, variant: Variant, page: PurePosixPath) -> bytes:
    """``metadata.xml`` of a SCORM 1.2 package that launches ``page`` (CAM 1.2, section 2.2)."""
    return _file(IMSMD, course, variant, page)


def ieee(course: Course, variant: Variant, page: PurePosixPath) -> bytes:
    """``metadata.xml`` of a SCORM 2004 package that launches ``page`` (CAM 4th Edition, chapter 4)."""
    return _file(IEEE, course, variant, page)


def _file(namespace: str, course: Course, variant: Variant, page: PurePosixPath) -> bytes:
    root = etree.Element(f"{{{namespace}}}lom", nsmap={None: namespace})
    for name, value in _fields(course, variant, page):
        _write(root, name, value, course.settings.language)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _fields(course: Course, variant: Variant, page: PurePosixPath) -> tuple[_Field, ...]:
    """Everything told of a course, in the order of the older binding; the newer takes any."""
    settings, told = course.settings, course.settings.metadata
    own = f"{slug(settings.id) or 'cursus'}.{slug(variant.key)}"
    minutes = settings.minutes or sum(lesson.minutes for lesson in course.lessons)
    return (
        (
            "general",
            (
                ("title", _Text(settings.title)),
                (
                    "identifier",
                    (("catalog", told.catalog or _CATALOG), ("entry", _Number(told.entry or own))),
                ),
                ("language", settings.language),
                ("description", _Text(settings.description)),
                *(("keyword", _Text(word)) for word in settings.keywords),
            ),
        ),
        (
            "lifeCycle",
            (
                ("version", _Text(settings.version)),
                ("status", _Term(told.status)),
                *_contributions("author", told.author),
                *_contributions("publisher", told.publisher),
            ),
        ),
        (
            "metaMetadata",
            (*(("metadataSchema", name) for name in _PROFILES), ("language", settings.language)),
        ),
        ("technical", (("format", "text/html"), ("location", str(page)))),
        (
            "educational",
            (
                ("learningResourceType", _Term(told.type)),
                ("intendedEndUserRole", _Term(told.audience)),
                ("context", _Term(told.context)),
                ("typicalLearningTime", (("duration", _duration(minutes)),)),
            ),
        ),
        (
            "rights",
            (
                ("cost", _Term("no")),
                ("copyrightAndOtherRestrictions", _Term("yes")),
                ("description", _Text(told.licence)),
            ),
        ),
        ("classification", _discipline(settings)),
    )


def _contributions(role: str, who: Contributor | None) -> tuple[_Field, ...]:
    if who is None:
        return ()
    when = who.date.isoformat() if who.date else ""
    cards = [_card(name, who.organisation) for name in who.names] or [
        _card(who.organisation, who.organisation)
    ]
    told: tuple[_Field, ...] = (("role", _Term(role)), *(("entity", _Card(card)) for card in cards))
    return (("contribute", (*told, ("date", (("dateTime", when),)))),)


def _card(name: str, organisation: str) -> str:
    """A vCard 3.0 (RFC 2426)."""
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"FN:{_escaped(name)}", f"N:{_escaped(name)}"]
    return "\n".join([*lines, *([f"ORG:{_escaped(organisation)}"] if organisation else []), "END:VCARD", ""])


def _escaped(text: str) -> str:
    return text.translate(_ESCAPED)


def _duration(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"PT{f'{hours}H' if hours else ''}{f'{rest}M' if rest else ''}" if minutes else ""


def _discipline(settings: Settings) -> tuple[_Field, ...]:
    taxon = settings.metadata.discipline
    if taxon is None:
        return ()
    place: _Field = ("taxon", (("id", taxon.id), ("entry", _Text(taxon.entry))))
    return (
        ("purpose", _Term("discipline")),
        ("taxonPath", (("source", _Text(taxon.source)), place)),
    )


def _write(parent: etree._Element, name: str, value: _Value, language: str) -> None:
    """A field under ``parent``, in the binding of its namespace; what is not told leaves no trace."""
    namespace = etree.QName(parent).namespace
    older = namespace == IMSMD
    element = etree.SubElement(
        parent, f"{{{namespace}}}{_RENAMED.get(name, name.lower()) if older else name}"
    )

    def string(words: str, into: etree._Element, spoken: str) -> None:
        held = etree.SubElement(into, f"{{{namespace}}}{'langstring' if older else 'string'}")
        held.set(_LANGUAGE if older else "language", spoken)
        held.text = words

    match value:
        case str(text):
            element.text = text
        case _Text(words) if words:
            string(words, element, language)
        case _Term(word) if word:
            for part, said in (("source", _VOCABULARY), ("value", word)):
                held = etree.SubElement(element, f"{{{namespace}}}{part}")
                if older:
                    string(said, held, "x-none")
                else:
                    held.text = said
        case _Number(text) if older:
            string(text, element, "x-none")
        case _Number(text):
            element.text = text
        case _Card(text):
            held = etree.SubElement(element, f"{{{namespace}}}vcard") if older else element
            held.text = text
        case tuple(fields):
            for field, of in fields:
                _write(element, field, of, language)
    if not len(element) and not element.text:
        parent.remove(element)
