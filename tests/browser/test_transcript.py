"""A whole scenario as somebody plays it who sees nothing and has no mouse: ``tests/golden/transcript.md``.

``python -m tests.browser.test_transcript --rewrite`` writes it as it is now; read the difference before committing it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewContext, OpenLms
from tests.browser.test_run import seed_for, seeded
from tests.browser.walk import TABS, Built, Walk, say
from tests.courses import ROOT

GOLDEN = ROOT / "tests" / "golden" / "transcript.md"
REWRITE = "WATERLIJN_REWRITE"

HEAD = """\
# Het klikgesprek, by keyboard and by ear

The scenario of the sample course from its opening to its debrief. For each screen: where the focus is (a screen reader
says it), what is announced besides, what there is to read on, each stop of the Tab key from the heading to the foot of
the page, and the key that leads on. Written by `python -m tests.browser.test_transcript --rewrite`.
"""


LISTEN = """() => {
    window.heard = [];
    const live = document.getElementById("live");
    new MutationObserver(() => window.heard.push(live.textContent)).observe(live, { childList: true });
}"""


@pytest.fixture
def page(new_context: NewContext) -> Page:
    return new_context().new_page()


@dataclass(slots=True)
class Listener:
    """Writes down what is heard and pressed."""

    walk: Walk
    lines: list[str] = field(default_factory=list)
    screens: int = 0
    above: list[str] = field(default_factory=list)
    """What stands above every screen of the lesson: written down once."""

    def screen(self) -> None:
        """Everything on this screen."""
        self.screens += 1
        frame = self.walk.frame
        self.lines += ["", f"## {self.screens}. {self.walk.title()}", "", f"Focus: {self.focused()}"]
        self.lines += [
            f"Announced: {news}" for news in frame.evaluate("() => window.heard.splice(0)") if news
        ]
        read = frame.get_by_role("article").aria_snapshot().splitlines()[1:]
        self.lines += ["", *(f"  {line}" for line in read if line not in self.above), ""]
        if not self.above:
            title = next(number for number, line in enumerate(read) if "heading" in line)
            self.above = read[: title - 1]
        self.lines += [f"Tab: {stop}" for stop in self.stops()]

    def stops(self) -> Iterator[str]:
        """Each stop of Tab from the heading on, as far as the foot of the page."""
        for _ in range(TABS):
            self.walk.frame.page.keyboard.press("Tab")
            if not self.walk.frame.evaluate(
                "() => document.querySelector('main').contains(document.activeElement)"
            ):
                return
            yield self.focused()

    def focused(self) -> str:
        """Role and name of what has the focus."""
        return (
            self.walk.frame.locator(":focus").aria_snapshot().splitlines()[0].removeprefix("- ").rstrip(":")
        )

    def press(self, name: str) -> None:
        """Press a button, and hear the screen it brings."""
        self.walk.go(self.walk.frame.get_by_role("button", name=name))
        self.lines += ["", f"Enter on: {name}"]
        self.screen()


def test_a_scenario_by_keyboard_and_by_ear(open_lms: OpenLms, page: Page, sample: Built) -> None:
    lms = open_lms(sample.zip)
    lms.preset(seeded(seed_for(sample, comes=True)))
    walk = Walk(lms.launch(page, via="opener"), sample, by="keys")
    walk.open_step(0, 1)
    walk.frame.evaluate(LISTEN)
    heard = Listener(walk)
    heard.screen()
    for name in (
        say("begin_scenario"),
        "Je vraagt wat hij zelf als eerste wil regelen",
        say("continue"),
        "Verder",
        "Je wacht op de gang",
        say("intense_read"),
        "Je neemt op",
        say("to_debrief"),
    ):
        heard.press(name)
    text = HEAD + "\n".join(heard.lines) + "\n"
    if REWRITE in os.environ:
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


if __name__ == "__main__" and "--rewrite" in sys.argv:
    os.environ[REWRITE] = "1"
    sys.exit(pytest.main([__file__, "-q", "-p", "no:cacheprovider"]))
