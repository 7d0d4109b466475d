"""The TOML files of ``course/`` and how they are read: what the module is, its municipalities, its released keys."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from builder.diagnostics import Code, Parsed, in_order
from builder.model.course import AFTERCARE, Local, Settings, Variant
from builder.model.naming import FACT
from builder.model.text import Ref
from builder.source.keywords import nearest
from builder.source.lines import Page, Text
from builder.source.metadata import metadata

_AT = re.compile(r"\s*\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")
_TABLE = re.compile(r"\s*\[\[?\s*(?P<name>[^\]#]+?)\s*\]\]?\s*(?:#.*)?")
_QUOTES = "\"'“”„‟‘’«»"
_BARE = re.compile(
    rf"(?P<key>[A-Za-z][A-Za-z0-9_-]*)\s*=\s*[{_QUOTES}]?(?P<text>[^{_QUOTES}\[\]{{}}#=\\]+)[{_QUOTES}]?"
)
"""A line whose text lacks a quotation mark, or has curly ones."""
_DUTCH: Mapping[str, str] = {
    "naam": "name", "rol": "role", "hoofd": "head", "huid": "skin", "kleding": "clothing", "kleren": "clothing",
    "haar": "hair", "haarkleur": "hair", "baard": "facialHair", "snor": "facialHair", "bril": "accessories",
    "titel": "title", "taal": "language", "versie": "version", "datum": "date", "minuten": "minutes",
    "tekst": "text", "telefoon": "phone", "licentie": "licence", "license": "licence", "soort": "type",
    "doelgroep": "audience", "auteur": "author", "uitgever": "publisher", "organisatie": "organisation",
    "namen": "names", "bron": "source", "vakgebied": "discipline",
}  # fmt: skip
"""What the settings are called in Dutch, which authors write too."""
_TRUTH = ("true", "false")
_REPORTS = ("completed", "passed")
_RULES = ("endings", "steps")
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`#?/]+(?:/[^\s<>\"{}|\\^`#?/]+)*")
_IRI_EXAMPLE = "https://leren.voorbeeldgemeente.nl/onder-de-waterlijn"
_SCOS = ("course", "lesson")
_TABLES = {
    "completion": '{ rule = "endings" }',
    "reporting": "{ choices = true }",
    "safety": f'{{ contact = "{AFTERCARE.text}" }}',
    "package": '{ sco = "course" }',
}
_IDENTIFIER = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
_WAYS = {
    "href": (re.compile(r"(?:mailto:|tel:|https://)[^\s<>\"]+"), "", "https://…"),
    "email": (re.compile(r"[^\s<>\"@:]+@[^\s<>\"@:]+"), "mailto:", "naam@gemeente.example"),
    "phone": (re.compile(r"[+(]?\d[\d ()-]{2,20}"), "tel:", "…"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of a TOML file, with where it stands: ``name`` is its dotted name, empty for the file itself."""

    page: Page
    values: Mapping[str, Any]
    name: str = ""
    known: set[str] = field(default_factory=set)

    def place(self, key: str = "") -> Text:
        """Where ``key`` is written, else where the table is, else the file's start."""
        path = f"{self.name}.{key}" if self.name and key else key or self.name
        return _place(self.page, path) or _place(self.page, self.name) or self.page.text(1)

    def get(self, key: str, kind: type, default: Any, example: str, *, needed: bool = False) -> Any:
        """The value of ``key`` when it is a ``kind``; a value of another kind is reported."""
        self.known.add(key)
        if key not in self.values:
            if needed and not any(_meant(each, (key,), 0.65) for each in self.values):
                self.place().report(Code.SETTING_MISSING, f"{key} = {example}", name=key)
            return default
        value = self.values[key]
        right = isinstance(value, kind) and not (kind is date and isinstance(value, datetime))
        if (
            right
            and not (kind is str and needed and not value.strip())
            and not (kind is int and value is True)
        ):
            return value
        self.wrong(key, f"{key} = {example}")
        return default

    def wrong(self, key: str, example: str) -> None:
        self.place(key).report(Code.SETTING_VALUE, example, name=key, found=_shown(self.values[key]))

    def outside(self, key: str, example: str, known: str) -> None:
        """Report that ``key`` is none of what it can be."""
        self.place(key).report(
            Code.SETTING_WORD, example, name=key, found=_shown(self.values[key]), known=known
        )

    def table(self, key: str, example: str = '{ name = "…" }') -> Table:
        """The table ``key`` within this one, empty where there is none; ``example`` is one on a single line."""
        values = (
            self.get(key, dict, {}, example)
            if not isinstance(self.values.get(key), dict)
            else self.values[key]
        )
        self.known.add(key)
        return Table(page=self.page, values=values, name=f"{self.name}.{key}" if self.name else key)

    def texts(self) -> dict[str, str]:
        """A table of texts by name."""
        return {key: self.get(key, str, "", '"…"') for key in self.values}

    def one_of(self, key: str, known: tuple[str, ...], default: str) -> str:
        """The one of ``known`` that ``key`` says, ``default`` where it is not said; anything else is reported."""
        self.known.add(key)
        value = self.values.get(key, default)
        if value in known or key not in self.values:
            return str(value)
        self.outside(key, f'{key} = "{nearest(str(value), known, 0.5) or known[0]}"', ", ".join(known))
        return default

    def list(self, key: str, example: str) -> tuple[str, ...]:
        """A list of texts; anything else is reported."""
        value = self.get(key, list, [], example)
        if all(isinstance(each, str) and each.strip() for each in value):
            return tuple(value)
        self.wrong(key, f"{key} = {example}")
        return ()

    def finish(self) -> None:
        """Report the keys that nothing asked for."""
        for key in self.values:
            if key not in self.known:
                meant = _meant(key, tuple(sorted(self.known)), 0.6)
                place = self.place(key)
                header = str(place) if str(place).startswith("[") else key
                place.report(
                    Code.SETTING_UNKNOWN,
                    place.instead(header.replace(key, meant)) if meant else "",
                    name=key,
                    known=", ".join(sorted(self.known)),
                )


def _meant(key: str, known: tuple[str, ...], cutoff: float) -> str:
    """The one of ``known`` that ``key`` was probably meant to be, by its Dutch name or by its letters."""
    dutch = _DUTCH.get(key.lower(), "")
    return dutch if dutch in known else nearest(key, known, cutoff)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if not isinstance(value, dict | list) else "…"


def _place(page: Page, path: str) -> Text | None:
    """The line that writes a dotted key, or a table's header. TOML's reader tells no positions."""
    if not path:
        return None
    table = ""
    for number, line in enumerate(page.lines, start=1):
        if match := _TABLE.fullmatch(line):
            table = re.sub(r"[\"'\s]", "", match["name"])
            if table == path:
                return page.text(number).strip()
            continue
        key = re.sub(r"[\"'\s]", "", line.partition("=")[0]) if "=" in line else ""
        if key and (f"{table}.{key}" if table else key) == path:
            return page.text(number, 0, line.index("=")).strip()
        if key and path.startswith((f"{table}.{key}" if table else key) + "."):
            return page.text(number).strip()
    return None


def load(path: str, text: str) -> Table:
    """A TOML file as a table; one that is no TOML is reported where its reader stopped, and read as empty."""
    page = Page.of(path, text)
    try:
        return Table(page=page, values=tomllib.loads("\n".join(page.lines)))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        reason = str(error)
        at = _AT.search(reason)
        line, column = (int(at["line"]), int(at["column"])) if at and at["line"] else (len(page.lines), 1)
        line = min(max(line, 1), len(page.lines))
        place = page.text(line, min(max(column - 1, 0), len(page.lines[line - 1])))
        place.report(Code.SETTINGS_INVALID, _quoted(page.lines[line - 1]))
        return Table(page=page, values={})


def _quoted(line: str) -> str:
    """A line of which only the quotation marks are wrong, with the right ones."""
    bare = _BARE.fullmatch(line.strip())
    said = bare["text"].strip() if bare else ""
    if not bare or not any(each.isalpha() for each in said):
        return ""
    return f"{bare['key']} = {said.lower()}" if said.lower() in _TRUTH else f'{bare["key"]} = "{said}"'


def parse_settings(path: str, text: str) -> Parsed[Settings]:
    """``course/course.toml``."""
    file = load(path, text)
    if file.page.notes:  # That nothing is set follows from its being no TOML.
        return Parsed(value=_settings(file), diagnostics=tuple(file.page.notes[:1]))
    return Parsed(value=_settings(file), diagnostics=in_order(file.page.notes))


def _settings(file: Table) -> Settings:
    identifier = file.get("id", str, "", '"onder-de-waterlijn"', needed=True)
    if identifier and not _IDENTIFIER.fullmatch(identifier):
        file.wrong("id", f'id = "{re.sub(r"[^a-z0-9]+", "-", identifier.lower()).strip("-")[:60]}"')
    completion, reporting, safety, package = (file.table(name, example) for name, example in _TABLES.items())
    report = completion.one_of("report", _REPORTS, "completed")
    rule = completion.one_of("rule", _RULES, "endings")
    score = completion.get("score", bool, False, "true")
    mastery = completion.get("mastery", int, None, "70")
    if mastery is not None and not 0 <= mastery <= 100:
        completion.outside("mastery", "mastery = 70", "0–100")
        mastery = None
    if mastery is not None and not score:
        completion.place("mastery").report(Code.SETTING_MISSING, "score = true", name="score")
        mastery = None
    iri = package.get("iri", str, "", f'"{_IRI_EXAMPLE}"').rstrip("/")
    if iri and not _IRI.fullmatch(iri):
        package.wrong("iri", f'iri = "{_IRI_EXAMPLE}"')
        iri = ""
    minutes = file.get("minutes", int, 0, "40")
    if minutes < 0:
        file.wrong("minutes", "minutes = 40")
        minutes = 0
    contact = safety.get("contact", str, AFTERCARE.text, f'"{AFTERCARE.text}"')
    if not FACT.fullmatch(contact):
        safety.wrong("contact", f'contact = "{AFTERCARE.text}"')
        contact = AFTERCARE.text
    value = Settings(
        id=identifier,
        title=file.get("title", str, "", '"Onder de waterlijn"', needed=True),
        language=file.get("language", str, "nl", '"nl"', needed=True),
        version=file.get("version", str, "0", '"0.1.0"', needed=True),
        date=file.get("date", date, date(1970, 1, 1), "2026-11-22", needed=True),
        description=file.get("description", str, "", '"…"'),
        keywords=file.list("keywords", '["detentie", "nazorg"]'),
        rule=rule,
        report=report,
        score=score,
        mastery=mastery,
        score_span=completion.place("score").span(),
        choices=reporting.get("choices", bool, True, "true"),
        iri=iri,
        sco=package.one_of("sco", _SCOS, "course"),
        contact=Ref(text=contact, span=safety.place("contact").span()),
        minutes=minutes,
        metadata=metadata(file.table("metadata", '{ status = "draft" }')),
        sources=file.table("sources").texts(),
    )
    for table in (completion, reporting, safety, package, file):
        table.finish()
    return value


def parse_variant(path: str, text: str, key: str, files: Mapping[str, str]) -> Parsed[Variant]:
    """``course/variants/<key>/variant.toml``; ``files`` are the texts of the files beside it, by name."""
    file = load(path, text)
    broken = bool(file.page.notes)
    name = file.get("name", str, key, f'"{key.capitalize()}"', needed=not broken)
    facts = file.table("lokaal")
    local: dict[str, Local] = {}
    for fact, value in facts.values.items():
        facts.known.add(fact)
        if isinstance(value, dict):
            local[fact] = _local(facts.table(fact))
        else:
            local[fact] = Local(text=facts.get(fact, str, "", '"…"'))
    file.finish()
    value = Variant(
        key=key,
        name=name,
        local=local,
        tokens=files.get("tokens.css", ""),
        tokens_dark=files.get("tokens-dark.css", ""),
        logo=files.get("logo.svg", ""),
    )
    return Parsed(value=value, diagnostics=in_order(file.page.notes))


def _local(table: Table) -> Local:
    """A fact with where it leads: the first of ``href``, ``email`` and ``phone`` that is given."""
    text = table.get("text", str, "", '"…"', needed=True)
    found: list[str] = []
    for key, (pattern, start, example) in _WAYS.items():
        value = table.get(key, str, "", f'"{example}"')
        if value and pattern.fullmatch(value):
            found.append(start + (re.sub(r"[^+\d]", "", value) if key == "phone" else value))
        elif value:
            table.wrong(key, f'{key} = "{example}"')
    table.finish()
    return Local(text=text, href=found[0] if found else "")


def parse_keys(path: str, text: str) -> Parsed[Mapping[str, Mapping[str, str]]]:
    """``course/keys.toml``: per namespace, every key ever released with its short code."""
    file = load(path, text)
    value = {name: file.table(name).texts() for name in file.values}
    return Parsed(value=value, diagnostics=in_order(file.page.notes))
