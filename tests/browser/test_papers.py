"""The pages beside the packages, in a browser: axe-core in light and dark, nothing beside the screen, no request."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from builder.pipeline import papers
from tests.browser.conftest import NewContext
from tests.browser.harness import Guard
from tests.browser.test_access import AXE, TAGS
from tests.courses import FEW, ROOT, course_of


def test_papers_are_for_everyone(new_context: NewContext, guard: Guard, tmp_path: Path) -> None:
    course = course_of(ROOT, FEW)
    page = new_context().new_page()
    found: list[Any] = []
    for path, content in papers(course, course.variants[0]).items():
        (tmp_path / path).write_bytes(content)
        for scheme, width in (("light", 1280), ("dark", 320)):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.goto((tmp_path / path).as_uri())
            page.evaluate(AXE.read_text(encoding="utf-8"))
            said = page.evaluate("(tags) => axe.run(document, { runOnly: tags })", list(TAGS))
            found += [
                (str(path), scheme, each["id"], each["nodes"][0]["html"]) for each in said["violations"]
            ]
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert found == []
    assert guard.errors == []
