"""Prose comes out as an editor sees it on GitHub, and safe."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from builder.diagnostics import Span
from builder.model.text import Prose
from builder.render.prose import html, inline, plain

_github = MarkdownIt("commonmark").enable("table")

SAME_AS_GITHUB = {
    "a paragraph": "Een regel\nen nog een.",
    "a list right under a paragraph": "Let op:\n- een\n- twee",
    "a nested list with two spaces": "- een\n  - twee\n    - drie\n- vier",
    "a nested list with four spaces": "- een\n    - twee\n- drie",
    "a numbered list with a nested one": "1. een\n   - twee\n   - drie\n2. vier",
    "a list, then a paragraph": "- een\n- twee\n\nNa de lijst.",
    "a list whose item goes on": "- een\n  gaat door\n- twee",
    "a list whose item has two paragraphs": "- een\n\n  nog een alinea\n\n- twee",
    "citations with a blank line between": "> een\n\n> twee\n\nklaar",
    "a citation of two paragraphs": "> een\n>\n> twee",
    "a table": "| a | b |\n| --- | --- |\n| 1 | 2 |",
    "emphasis and a link": "Dit is *schuin*, **vet** en [een link](https://example.org/).",
    "code": "Schrijf `- [Keuze](#scene)` zo.",
    "fenced code with a list in it": "```\n- geen lijst\n  - ook niet\n```",
    "headings": "### Kop\n\ntekst",
    "back to the outer list after two levels": "- a\n  - b\n    - c\n- d\n  - e",
}


def shape(rendered: str) -> str:
    """HTML with what does not show left out: white space, attributes we add, paragraphs in list items."""
    rendered = re.sub(r' (?:rel|id|class|target)="[^"]*"', "", rendered)
    rendered = re.sub(r"</?(?:div|p)>|<!--.*?-->|\s+", " ", rendered)
    rendered = rendered.replace("<thead>", "").replace("</thead>", "")
    return re.sub(r"\s*(<[^>]+>)\s*", r"\1", rendered).strip()


@pytest.mark.parametrize("text", SAME_AS_GITHUB.values(), ids=SAME_AS_GITHUB.keys())
def test_prose_reads_as_on_github(text: str) -> None:
    assert shape(html(Prose(markdown=text))) == shape(_github.render(text))


LINES = ["- een", "  - twee", "    - drie", "- vier", "", "alinea", "  door", "1. nul"]


@given(st.lists(st.sampled_from(LINES), max_size=8))
def test_no_list_loses_a_word(lines: list[str]) -> None:
    text = "\n".join(lines)
    words = re.findall(r"[a-z]+", text)
    assert re.findall(r"[a-z]+", re.sub(r"<[^>]+>", " ", html(Prose(markdown=text)))) == words


def test_quotes_become_dutch_ones() -> None:
    assert plain("\"Kom je?\" vroeg Mo, 'straks'. Zo'n dag...") == "“Kom je?” vroeg Mo, ‘straks’. Zo’n dag…"


def test_a_word_that_lost_its_beginning_gets_an_apostrophe() -> None:
    assert plain("'s Avonds is 't stil, zei hij: 'n uur.") == "’s Avonds is ’t stil, zei hij: ’n uur."
    assert plain("Hij zei 's en 't. 'Straks, 's avonds', zei ze. De letter 's'.") == (
        "Hij zei ’s en ’t. ‘Straks, ’s avonds’, zei ze. De letter ‘s’."
    )


def test_footnotes_tables_definitions_and_abbreviations_are_rendered() -> None:
    text = "PI[^1]\n\n[^1]: Noot.\n\nWoord\n: uitleg\n\n*[PI]: penitentiaire inrichting"
    out = html(Prose(markdown=text), prefix="x-")
    assert '<abbr title="penitentiaire inrichting">PI</abbr>' in out
    assert 'id="x-fn:1"' in out
    assert 'href="#x-fn:1"' in out
    assert "<dl>" in out


@pytest.mark.parametrize(
    "raw",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[klik](javascript:alert(1))",
        '<a href="data:text/html,x">x</a>',
        '<p style="color:red">x</p>',
        "<iframe src='https://example.org'></iframe>",
        "<svg onload=alert(1)>",
    ],
)
def test_raw_html_that_does_something_is_taken_out(raw: str) -> None:
    out = html(Prose(markdown=raw))
    assert not re.search(r"<(script|iframe|svg)|onerror|onload|javascript:|data:|style=", out)


def test_a_link_to_elsewhere_opens_a_window_of_its_own_and_says_so() -> None:
    out = html(Prose(markdown="[Elders](https://example.org/) en [noot](#fn)"), new_window="nieuw venster")
    assert '<a target="_blank" href="https://example.org/" rel="noopener noreferrer">' in out
    assert out.count("nieuw venster") == out.count("_blank") == 1


def test_a_mention_of_a_fact_keeps_only_its_words() -> None:
    assert inline("Hij zwijgt over [het huisverbod](#feit-huisverbod).") == "Hij zwijgt over het huisverbod."


def test_a_picture_gets_its_address_in_the_site() -> None:
    prose = Prose(markdown="![Een berg](../images/berg.svg)", span=Span(path="content/lessons/01.md"))
    addresses = {"content/images/berg.svg": "media/berg-1.svg"}
    assert 'src="media/berg-1.svg"' in html(prose, addresses.__getitem__)
