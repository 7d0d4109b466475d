"""The reports on one scenario and on one package as pages: for everyone, in every look, from a file."""

from __future__ import annotations

from pathlib import Path

from builder.inspect import report
from tests.browser.conftest import NewContext
from tests.browser.test_access import LOOKS, axe, headings
from tests.courses import ROOT
from tests.inspect.corpus import SCORM_12, add, all_of, changed, drop, found, put
from tests.test_cli import run


def test_the_report_keeps_nobody_out(new_context: NewContext, tmp_path: Path) -> None:
    path = tmp_path / "verslag.html"
    sample = ROOT / "tests" / "sample"
    result = run("check", sample, "--scenario", "het-klikgesprek", "--report", "--out", path)
    assert result.return_value == 0
    assert barriers(new_context, path) == []


def test_the_report_on_a_package_keeps_nobody_out(new_context: NewContext, tmp_path: Path) -> None:
    long = put("</resource>", f'<file href="{"lang" * 40}.js"/></resource>')
    package = changed(SCORM_12, all_of(drop("index.html"), put('default="o"', ""), long, add(".DS_Store")))
    inspection = found(package)
    assert len({each.severity for each in inspection.findings}) == 3
    path = tmp_path / "verslag.html"
    path.write_bytes(report.as_html(inspection, "nl"))
    assert barriers(new_context, path) == []


def barriers(new_context: NewContext, path: Path) -> list[str]:
    """What keeps someone out of the page ``path``, in each look."""
    page = new_context().new_page()
    page.goto(path.as_uri())
    wrong: list[str] = []
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        told = [*axe(page.main_frame), *headings(page.main_frame)]
        # Tables scroll within themselves, the page never sideways.
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            told.append("the page scrolls sideways")
        wrong.extend(f"{width} {scheme}: {each}" for each in told)
    return wrong
