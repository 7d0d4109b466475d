"""The data sheet as a PDF: for everyone (PDF/UA-1), the same every time, without asking anything from anywhere."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path, PurePosixPath

import page
import pytest
from click.testing import CliRunner
from weasyprint.urls import FatalURLFetchingError  # type: ignore[import-untyped]

from builder.cli import FINE, cli
from builder.diagnostics import BuilderError
from builder.pipeline import handouts
from builder.render.pdf import pdf
from tests.courses import SAMPLE
from tests.test_papers import sample

PAPER = b'<!doctype html><html lang="nl"><title>Blad</title><h1>Blad</h1><p>Een regel.</p></html>'


@cache
def made() -> bytes:
    (whole,) = handouts(sample(), sample().variants[0]).values()
    return whole


def test_it_is_for_everyone() -> None:
    found = page.validate_pdf_bytes(made(), profile="ua1")
    assert [(each.rule_id, each.message) for each in found.failures] == []
    assert found.is_compliant


def test_it_is_the_same_every_time() -> None:
    assert handouts(sample(), sample().variants[0]) == {PurePosixPath("handouts/gegevensblad.pdf"): made()}


@pytest.mark.parametrize("address", ["https://nergens.example/x.png", "file:///etc/hostname"])
def test_nothing_is_fetched(address: str) -> None:
    with pytest.raises(FatalURLFetchingError, match="nothing is fetched"):
        pdf(PAPER.replace(b"<h1>", f'<img alt="" src="{address}"><h1>'.encode()))


def test_without_the_library_everything_else_is_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(BuilderError) as found:
        pdf(PAPER)
    assert found.value.code == "no-pdf"
    arguments = ["build", str(SAMPLE), "--variant", "leeg", "--out", str(tmp_path)]
    run = CliRunner().invoke(cli, arguments, standalone_mode=False)
    assert run.return_value == FINE
    assert len([line for line in run.stderr.splitlines() if "Geen PDF" in line]) == 1
    assert (tmp_path / "leeg" / "LEESMIJ-LMS.html").is_file()
    assert not (tmp_path / "leeg" / "handouts").exists()
