"""The report on one scenario as a page: for everyone, in every look, from a file."""

from __future__ import annotations

from pathlib import Path

from tests.browser.conftest import ROOT, NewContext
from tests.browser.test_access import LOOKS, axe, headings
from tests.test_cli import run


def test_the_report_keeps_nobody_out(new_context: NewContext, tmp_path: Path) -> None:
    path = tmp_path / "verslag.html"
    sample = ROOT / "tests" / "sample"
    result = run("check", sample, "--scenario", "het-klikgesprek", "--report", "--out", path)
    assert result.return_value == 0
    page = new_context().new_page()
    page.goto(path.as_uri())
    wrong: list[str] = []
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found = [*axe(page.main_frame), *headings(page.main_frame)]
        # Tables scroll within themselves, the page never sideways.
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append("the page scrolls sideways")
        wrong.extend(f"{width} {scheme}: {each}" for each in found)
    assert wrong == []
