"""Metadata of a package (LOM): in the binding of SCORM 1.2 or of 2004, in the manifest or in a file of its own.

The elements and words are those of IEEE 1484.12.1-2002 and of IMS metadata 1.2.1; no LMS refuses a package for them, so
all findings are warnings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from builder.inspect import xml
from builder.inspect.files import target
from builder.inspect.finding import Code, Finding, finding
from builder.inspect.scorm import XML, Manifest
from builder.inspect.xml import local, loose, space, text_of

_ELEMENTS = {
    "lom": "general lifeCycle metaMetadata technical educational* rights relation* annotation* classification*",
    "general": "identifier* title language* description* keyword* coverage* structure aggregationLevel",
    "identifier": "catalog entry",
    "lifeCycle": "version status contribute*",
    "contribute": "role entity* date",
    "metaMetadata": "identifier* contribute* metadataSchema* language",
    "technical": "format* size location* requirement* installationRemarks otherPlatformRequirements duration",
    "requirement": "orComposite*",
    "orComposite": "type name minimumVersion maximumVersion",
    "educational": "interactivityType learningResourceType* interactivityLevel semanticDensity intendedEndUserRole* "
    "context* typicalAgeRange* difficulty typicalLearningTime description* language*",
    "rights": "cost copyrightAndOtherRestrictions description",
    "relation": "kind resource",
    "resource": "identifier* description*",
    "annotation": "entity date description",
    "classification": "purpose taxonPath* description keyword*",
    "taxonPath": "source taxon*",
    "taxon": "id entry",
    "date": "dateTime description",
    "technical/duration": "duration description",
    "typicalLearningTime": "duration description",
}
"""What may stand in what; a star where it may stand more than once."""

_ELEMENTS_12 = {
    "lom": "general lifecycle metametadata technical educational rights relation* annotation* classification*",
    "general": "identifier title catalogentry* language* description* keyword* coverage* structure aggregationlevel",
    "catalogentry": "catalog entry",
    "lifecycle": "version status contribute*",
    "contribute": "role centity* date",
    "centity": "vcard",
    "metametadata": "identifier catalogentry* contribute* metadatascheme* language",
    "technical": "format* size location* requirement* installationremarks otherplatformrequirements duration",
    "requirement": "type name minimumversion maximumversion",
    "educational": "interactivitytype learningresourcetype* interactivitylevel semanticdensity intendedenduserrole* "
    "context* typicalagerange* difficulty typicallearningtime description language*",
    "rights": "cost copyrightandotherrestrictions description",
    "relation": "kind resource",
    "resource": "identifier description catalogentry*",
    "annotation": "person date description",
    "person": "vcard",
    "classification": "purpose taxonpath* description keyword*",
    "taxonpath": "source taxon",
    "taxon": "id entry taxon",
    "date": "datetime description",
    "technical/duration": "datetime description",
    "typicallearningtime": "datetime description",
}

_LEVELS = "very low, low, medium, high, very high"
_WORDS = {
    "structure": "atomic, collection, networked, hierarchical, linear",
    "aggregationLevel": "1, 2, 3, 4",
    "status": "draft, final, revised, unavailable",
    "lifeCycle/role": "author, publisher, unknown, initiator, terminator, validator, editor, graphical designer, "
    "technical implementer, content provider, technical validator, educational validator, script writer, instructional "
    "designer, subject matter expert",
    "metaMetadata/role": "creator, validator",
    "type": "operating system, browser",
    "name": "pc-dos, ms-windows, macos, unix, multi-os, none, any, netscape communicator, "
    "ms-internet explorer, opera, amaya",
    "interactivityType": "active, expositive, mixed",
    "learningResourceType": "exercise, simulation, questionnaire, diagram, figure, graph, index, slide, table, "
    "narrative text, exam, experiment, problem statement, self assessment, lecture",
    "interactivityLevel": _LEVELS,
    "semanticDensity": _LEVELS,
    "intendedEndUserRole": "teacher, author, learner, manager",
    "context": "school, higher education, training, other",
    "difficulty": "very easy, easy, medium, difficult, very difficult",
    "cost": "yes, no",
    "copyrightAndOtherRestrictions": "yes, no",
    "kind": "ispartof, haspart, isversionof, hasversion, isformatof, hasformat, references, isreferencedby, isbasedon, "
    "isbasisfor, requires, isrequiredby",
    "purpose": "discipline, idea, prerequisite, educational objective, accessibility restrictions, educational level, "
    "skill level, security level, competency",
}
_TEXTS = (
    "title description keyword coverage version installationRemarks otherPlatformRequirements typicalAgeRange"
)
"""What is written in one language or more, each in an element of its own."""

_VOCABULARIES = {name.rpartition("/")[2].lower() for name in _WORDS}
_DATE = re.compile(
    r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T\d\d(:\d\d(:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)?)?)?)?)?"
)
_DURATION = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?")
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """How an edition writes LOM: its namespaces, what may stand in what, and the element for a text in one language."""

    namespaces: tuple[str, ...]
    elements: dict[str, str]
    text: str
    texts: frozenset[str]


_BINDING = Binding(
    namespaces=("http://ltsc.ieee.org/xsd/LOM",),
    elements=_ELEMENTS,
    text="string",
    texts=frozenset((*_TEXTS.split(), "taxonPath/source", "taxon/entry")),
)
_BINDING_12 = Binding(
    namespaces=(
        "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1",
        "http://www.imsproject.org/xsd/imsmd_rootv1p2",
        "http://www.imsglobal.org/xsd/imsmd_v1p2",
    ),
    elements=_ELEMENTS_12,
    text="langstring",
    texts=frozenset((*_TEXTS.lower().split(), "entry", "source", "value")),
)
_KNOWN = {name.lower(): {word.strip() for word in words.split(",")} for name, words in _WORDS.items()}


def metadata(manifest: Manifest) -> Iterator[Finding]:
    """What is wrong with the metadata that ``manifest`` holds, or that its ``adlcp:location`` elements name."""
    binding = _BINDING_12 if manifest.dialect.is_12 else _BINDING
    for place in manifest.root.iter(f"{{{manifest.dialect.adlcp}}}location"):
        href = text_of(place)
        path = target(href).path
        if path is None or path not in manifest.index.files:
            yield manifest.at(Code.LOM_MISSING, place, href=href)
            continue
        document = xml.parsed(str(path), manifest.index.files[path])
        if document.root is None:
            reason = dict(document.findings[0].values).get("reason", document.findings[0].code)
            yield finding(Code.LOM_MALFORMED, path, document.findings[0].line, reason=reason)
        else:
            yield from _whole(document.root, str(path), binding)
    for holder in manifest.every("metadata"):
        for child in holder:
            if local(child) == "lom":
                yield from _whole(child, manifest.path, binding)


def _whole(root: etree._Element, path: str, binding: Binding) -> Iterator[Finding]:
    if local(root) != "lom" or space(root) not in binding.namespaces:
        yield _at(Code.LOM_BINDING, path, root, space=space(root) or "–", right=binding.namespaces[0])
        return
    for element in root.iter():
        if space(element) in binding.namespaces:
            yield from _children(element, path, binding)
            yield from _values(element, path, binding)


def _allowed(element: etree._Element, binding: Binding) -> str:
    """What may stand in ``element``, "" where that is only text."""
    name, parent = local(element), element.getparent()
    within = f"{local(parent)}/{name}" if parent is not None else ""
    if found := binding.elements.get(within) or binding.elements.get(name):
        return found
    if name.lower() in _VOCABULARIES:
        return "source value"
    return f"{binding.text}*" if name in binding.texts or within in binding.texts else ""


def _children(element: etree._Element, path: str, binding: Binding) -> Iterator[Finding]:
    allowed = _allowed(element, binding)
    children = [local(child) for child in element if space(child) in binding.namespaces or not allowed]
    names = {each.removesuffix("*"): each.endswith("*") for each in allowed.split()}
    for name in dict.fromkeys(children):
        if name not in names:
            yield _at(Code.LOM_ELEMENT, path, element, name=f"<{name}>", parent=local(element))
        elif children.count(name) > 1 and not names[name]:
            yield _at(Code.LOM_TWICE, path, element, name=f"<{name}>", parent=local(element))
    if allowed and (text := loose(element)):
        first = allowed.split()[0].removesuffix("*")
        yield _at(Code.LOM_TEXT, path, element, text=text, name=f"<{first}>", parent=local(element))


def _values(element: etree._Element, path: str, binding: Binding) -> Iterator[Finding]:
    name, text = local(element), text_of(element)
    language = element.get("language") or element.get(f"{{{XML}}}lang")
    right = language is None or bool(_LANGUAGE.fullmatch(language))
    if not len(element) and name.lower() == "datetime":
        parent = element.getparent()
        lasting = parent is not None and local(parent) != "date"
        right = right and bool((_DURATION if lasting else _DATE).fullmatch(text))
    elif not len(element) and name == "duration":
        right = right and bool(_DURATION.fullmatch(text))
    elif name == "size":
        right = right and text.isdigit()
    elif name == "language":
        right = right and (text == "none" or bool(_LANGUAGE.fullmatch(text)))
    if not right:
        yield _at(Code.LOM_VALUE, path, element, name=f"<{name}>", value=text or language or "–")
    source, value = (_word(element, part, binding) for part in ("source", "value"))
    if source == "LOMv1.0":
        parent = element.getparent()
        above = parent.getparent() if parent is not None else None
        within = f"{local(above)}/{name}".lower() if above is not None else ""
        known = _KNOWN.get(within) or _KNOWN.get(name.lower())
        said = value.lower() if binding is _BINDING_12 else value
        if known is not None and said not in known:
            yield _at(
                Code.LOM_WORD,
                path,
                element,
                name=f"<{name}>",
                value=value or "–",
                known=", ".join(sorted(known)),
            )


def _word(element: etree._Element, part: str, binding: Binding) -> str:
    """The source or the value of a word, which the binding of 1.2 writes as a text in a language."""
    for child in element:
        if local(child) == part:
            return text_of(child) or next((text_of(one) for one in child if local(one) == binding.text), "")
    return ""


def _at(code: Code, path: str, element: etree._Element, **values: str) -> Finding:
    line = element.sourceline if isinstance(element.sourceline, int) else 0
    return finding(code, path, line, f"<{local(element)}>", **values)
