"""What the checks look for in texts: ``course/words.toml`` and ``course/language.toml``."""

from __future__ import annotations

from builder.diagnostics import Parsed, in_order
from builder.model.wording import Avoided, Language, Wording
from builder.source.settings import Table, load

_LIST = '["…", "…"]'


def parse_wording(path: str, text: str) -> Parsed[Wording]:
    """``course/words.toml``: the words that judge, those that do not, and those of waiting and asking."""
    file = load(path, text)
    waiting, no_verdict = file.table("waiting"), file.table("no-verdict")
    value = Wording(
        verdicts=_avoided(file.table("verdict")),
        fine=no_verdict.list("phrases", _LIST),
        waiting=waiting.list("phrases", _LIST),
    )
    for table in (no_verdict, waiting, file):
        table.finish()
    return Parsed(value=value, diagnostics=in_order(file.page.notes))


def parse_language(path: str, text: str) -> Parsed[Language]:
    """``course/language.toml``: what is plain language here, and the words to avoid."""
    file = load(path, text)
    limits, links, fine = file.table("limits"), file.table("links"), file.table("fine")
    abbreviations = file.table("abbreviations")
    value = Language(
        sentence=limits.get("sentence", int, 0, "20"),
        ease=limits.get("reading-ease", int, 0, "60"),
        address=limits.get("one-address", bool, False, "true"),
        abbreviations=abbreviations.get("explained", bool, False, "true"),
        known=abbreviations.list("known", _LIST),
        vague=links.list("vague", _LIST),
        stigma=_avoided(file.table("stigma")),
        official=_avoided(file.table("officialese")),
        fine=fine.list("phrases", _LIST),
    )
    for table in (limits, links, fine, abbreviations, file):
        table.finish()
    return Parsed(value=value, diagnostics=in_order(file.page.notes))


def _avoided(parent: Table) -> tuple[Avoided, ...]:
    """A table for each word to avoid, which is its own first form."""
    found: list[Avoided] = []
    for key in parent.values:
        table = parent.table(key)
        avoided = Avoided(
            words=(key, *table.list("words", _LIST)),
            reason=table.get("reason", str, "", '"…"', needed=True),
            instead=table.get("instead", str, "", '"…"', needed=True),
        )
        table.finish()
        found.append(avoided)
    return tuple(found)
