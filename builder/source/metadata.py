"""``[metadata]`` of ``course/course.toml``: what a catalogue asks of a course."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from builder.model.metadata import VOCABULARIES, Contributor, Metadata, Taxon

if TYPE_CHECKING:
    from builder.source.settings import Table


def metadata(table: Table) -> Metadata:
    """The fields of ``table``; one that is no word of its vocabulary is reported and left out."""
    words = {name: table.one_of(name, known, "") for name, known in VOCABULARIES.items()}
    identifier = table.table("identifier", '{ catalog = "URI", entry = "…" }')
    written = bool(identifier.values)
    found = Metadata(
        catalog=identifier.get("catalog", str, "", '"…"', needed=written),
        entry=identifier.get("entry", str, "", '"…"', needed=written),
        licence=table.get("licence", str, "", '"EUPL-1.2"'),
        author=_contributor(table, "author"),
        publisher=_contributor(table, "publisher"),
        discipline=_taxon(table),
        **words,
    )
    identifier.finish()
    table.finish()
    return found


def _contributor(parent: Table, name: str) -> Contributor | None:
    table = parent.table(name, '{ organisation = "…" }')
    if not table.values:
        return None
    found = Contributor(
        names=table.list("names", '["…"]'),
        organisation=table.get("organisation", str, "", '"…"', needed="names" not in table.values),
        date=table.get("date", date, None, "2026-11-22"),
    )
    table.finish()
    return found if found.names or found.organisation else None


def _taxon(parent: Table) -> Taxon | None:
    table = parent.table("discipline", '{ source = "…", id = "…", entry = "…" }')
    if not table.values:
        return None
    source, number, entry = (table.get(key, str, "", '"…"', needed=True) for key in ("source", "id", "entry"))
    table.finish()
    return Taxon(source=source, id=number, entry=entry) if source and number and entry else None
