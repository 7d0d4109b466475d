"""A learner who walks through a package: reads headings and buttons, presses keys, remembers what was decided.

Everything is found as a learner finds it: by role and by the words of the catalogue.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Frame, Locator, expect

from builder import messages

Data = Mapping[str, Any]
TABS = 200  # further than any screen is long


def say(key: str, /, **values: object) -> str:
    """A text of the player."""
    return messages.say("nl", "player", key, **values)


UNSAVED = re.compile("|".join(re.escape(say(key)) for key in ("save_retrying", "save_lost")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A package and the course in it, as the player reads it."""

    zip: Path
    page: str
    course: Data

    def reflection(self, key: str) -> Data:
        """The reflection with this key."""
        found: Data = self.course["reflections"][key]
        return found

    def scenario(self, title: str) -> Data:
        """The scenario with this title."""
        found: Data = next(each for each in self.course["scenarios"].values() if each["title"] == title)
        return found


def read_built(package: Path, page: str = "index.html") -> Built:
    """Read the course out of a package's page."""
    with zipfile.ZipFile(package) as archive:
        page = archive.read(page).decode()
    found = re.search(r'<script type="application/json" id="course">(.*?)</script>', page, re.DOTALL)
    assert found, "the page holds no course"
    return Built(zip=package, page=page, course=json.loads(found[1]))


Picker = Callable[[Data, list[str]], str]
"""From a scene and the labels that are open in it to the label to take."""


def the(*keys: str, otherwise: int = 0) -> Picker:
    """Take the choice with one of these keys where it is open; else the one at `otherwise`."""

    def pick(scene: Data, labels: list[str]) -> str:
        wanted = [choice["label"] for choice in scene["choices"] if choice["key"] in keys]
        return next((label for label in labels if label in wanted), labels[otherwise])

    return pick


def always(index: int) -> Picker:
    """Take the first (0), second (1) … or last (-1) open choice; where there are fewer, the last."""
    return lambda _, labels: labels[min(index, len(labels) - 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """A screen of a scenario: its heading, its buttons, and those that are choices, if one is to be made."""

    title: str
    buttons: list[str]
    choices: list[str] | None


@dataclass(slots=True)
class Walk:
    """One learner in one launch.

    `by` keys: nothing is done but with keys. By mouse: as a hand does, where it can be seen and hit.
    By script: the quick way, for walks that are about something else.
    """

    frame: Frame
    built: Built
    by: Literal["keys", "mouse", "script"] = "script"
    decided: list[tuple[str, str]] = field(default_factory=list)
    """Decisions so far: report id of the scene, letter of the choice."""

    # What is on the screen.

    @property
    def heading(self) -> Locator:
        """The one heading of the first level."""
        return self.frame.get_by_role("heading", level=1)

    def title(self) -> str:
        """Its words."""
        return self.heading.inner_text().strip()

    def button(self, name: str) -> Locator:
        """A button by its whole name."""
        return self.frame.get_by_role("button", name=name, exact=True)

    def meters(self) -> list[str]:
        """Each meter as the learner reads it, without what it was before."""
        was = re.escape(say("meter_was", **{"from": "N"})).replace("N", r"-?\d+")
        items = self.frame.get_by_role("list", name=say("meters")).get_by_role("listitem").all_inner_texts()
        return [re.sub(rf"\s*{was}", "", " ".join(item.split())) for item in items]

    def screen(self) -> str:
        """All that can be read between header and footer, without what meters were before."""
        was = re.escape(say("meter_was", **{"from": "N"})).replace("N", r"-?\d+")
        words = " ".join(self.frame.get_by_role("main").inner_text().split())
        return re.sub(rf"\s*{was}", "", words)

    def shows(self, title: str) -> None:
        """Wait until this is the heading."""
        expect(self.heading).to_have_text(title)

    def saved(self, key: str = "save_saved") -> None:
        """Wait until the page says this of the last save; 30 seconds covers the player's first tries."""
        told = self.frame.get_by_role("banner").get_by_role("status")
        expect(told).to_contain_text(say(key), timeout=30_000)

    def told(self, key: str, **values: object) -> None:
        """Wait until these words can be read."""
        expect(self.frame.get_by_text(say(key, **values)).first).to_be_visible(timeout=30_000)

    def told_unsaved(self) -> None:
        """Wait until the learner reads that the last step is not stored."""
        told = self.frame.get_by_role("banner").get_by_role("status")
        expect(told).to_contain_text(UNSAVED, timeout=30_000)

    # What a hand can do.

    def reach(self, target: Locator) -> None:
        """Go to an element with Tab or Shift+Tab, whichever is shorter."""
        handle = target.element_handle()
        here = """(to) => {
            const from = document.activeElement;
            if (from === to) return "here";
            return from && from.compareDocumentPosition(to) & Node.DOCUMENT_POSITION_PRECEDING ? "back" : "on";
        }"""
        key = "Shift+Tab" if handle.evaluate(here) == "back" else "Tab"
        for _ in range(TABS):
            if handle.evaluate(here) == "here":
                return
            self.frame.page.keyboard.press(key)
        raise AssertionError(f"{TABS} times {key} and never there: {target}")

    def press(self, target: Locator | str, key: str = "Enter") -> None:
        """Press a button, or what else can be pressed."""
        target = self.button(target) if isinstance(target, str) else target
        if self.by == "keys":
            self.reach(target)
            self.frame.page.keyboard.press(key)
        elif self.by == "mouse":
            target.click()
        else:
            target.evaluate("(it) => it.click()")

    def go(self, target: Locator | str, key: str = "Enter") -> None:
        """Press a button that brings another screen; its heading gets the focus."""
        self.press(target, key)
        expect(self.heading).to_be_focused()

    def tick(self, label: str, group: Locator | None = None) -> None:
        """Choose one of some radio buttons. With the keyboard: Tab to the group, arrows to the one."""
        within: Frame | Locator = group or self.frame
        radio = within.get_by_role("radio", name=re.compile(f"^{re.escape(label)}"))
        if self.by != "keys":
            self.press(radio)
            expect(radio).to_be_checked()
            return
        options = self.frame.locator(f'input[type=radio][name="{radio.get_attribute("name")}"]')
        checked = options.and_(self.frame.locator(":checked"))
        self.reach(checked if checked.count() else options.first)
        keyboard = self.frame.page.keyboard
        if radio.evaluate("(it) => it === document.activeElement"):
            keyboard.press("Space")
        for _ in range(options.count()):
            if radio.is_checked():
                break
            keyboard.press("ArrowDown")
        expect(radio).to_be_checked()

    def write(self, text: str, question: str = "") -> None:
        """Write an answer in place of what stands there; to the only question of the screen, or to this one."""
        area = self.frame.get_by_role("textbox", name=question or say("your_answer"))
        if self.by == "keys":
            self.reach(area)
            self.frame.page.keyboard.press("Control+a")
            self.frame.page.keyboard.insert_text(text[:-20])
            self.frame.page.keyboard.type(text[-20:])
        else:
            area.fill(text)
        expect(area).to_have_value(text)

    # What a learner does.

    def on(self) -> None:
        """To the next step of the lesson."""
        here = self.frame.get_by_role("navigation", name=say("steps_label"))
        names = here.get_by_role("button").all_inner_texts()
        last = say("lesson_end")
        self.go(last if last in [name.strip() for name in names] else say("next"))

    def open_step(self, lesson: int, step: int) -> None:
        """To a step by way of the contents; both count from 0."""
        menu = self.frame.get_by_role("navigation", name=say("menu_label"))
        if menu.is_visible():
            self.go(menu.get_by_role("button", name=say("contents")))
        info = self.built.course["lessons"][lesson]
        summary = self.frame.locator("summary", has_text=say("lesson_steps", title=info["title"]))
        details = self.frame.locator("details").filter(has=summary)
        if details.get_attribute("open") is None:
            self.press(summary)
        self.go(details.get_by_role("button").nth(step))

    def keep(self, where: str) -> None:
        """Answer the question where answers are kept: lms, device or not. Nothing is chosen beforehand."""
        group = self.frame.get_by_role("group", name=say("keep_question"))
        expect(group).to_be_visible()
        assert group.get_by_role("radio", checked=True).count() == 0, "a place was chosen beforehand"
        self.tick(say(f"keep_{where}"), group)
        self.press(say("keep_submit"))
        expect(group).to_have_count(0)

    def play(self, pick: Picker, *, until: str | None = None, skip: bool = False) -> str:
        """Play the scenario on the screen to its ending, or up to the scene `until`; returns the last heading.

        `skip`: pass over an intense scene instead of playing it.
        """
        for _ in range(100):
            now = self._now()
            if now.title == until or say("to_debrief") in now.buttons:
                return now.title
            if say("begin_scenario") in now.buttons:
                self.go(say("begin_scenario"))
            elif say("intense_read") in now.buttons:
                self.go(say("intense_skip" if skip else "intense_read"))
            else:
                self.decide(pick, now)
        raise AssertionError("a hundred screens and no ending")

    def play_from(self, lesson: int, pick: Picker, *, skip: bool = False) -> None:
        """Play the scenarios of this lesson and of all lessons after it, each to its ending; counts from 0."""
        for number, info in enumerate(self.built.course["lessons"][lesson:], lesson):
            for at, step in enumerate(info["steps"]):
                if step["kind"] == "scenario":
                    self.open_step(number, at)
                    self.play(pick, skip=skip)

    def decide(self, pick: Picker, now: Now | None = None) -> None:
        """Make the choice of this scene, or go on where there is none to make."""
        now = now or self._now()
        scene = self._scene(now)
        if now.choices is None:  # a reaction, or a scene with only a way on
            self.go(scene["choices"][0]["label"] if scene else say("continue"))
            return
        assert scene, f"choices under an unknown heading: {now.title}"
        whole = {words.partition("\n")[0]: " ".join(words.split()) for words in now.choices}
        label = pick(scene, list(whole))
        index = next(i for i, choice in enumerate(scene["choices"]) if choice["label"] == label)
        self.decided.append((scene["report"], chr(ord("a") + index)))
        self.go(whole[label])  # a button may also say which rule is stretched

    def is_scene(self) -> bool:
        """Whether the heading is that of a scene (else it is a reaction's)."""
        return any(scene["title"] == self.title() for scene in self._scenes())

    def _scene(self, now: Now) -> Data | None:
        """The scene on a screen: of those with its title, in whatever scenario, the one whose choices can be seen."""
        seen = {each.partition("\n")[0] for each in now.choices or now.buttons}
        return next(
            (
                scene
                for scene in self._scenes()
                if scene["title"] == now.title and seen & {each["label"] for each in scene["choices"]}
            ),
            None,
        )

    def _scenes(self) -> list[Data]:
        return [scene for each in self.built.course["scenarios"].values() for scene in each["scenes"]]

    def _now(self) -> Now:
        """The screen of a scenario in one look."""
        title, buttons, choices = self.frame.evaluate(
            """(question) => {
                const words = (each) => each.innerText.trim();
                const buttons = (within) => [...within.querySelectorAll("button")].filter(
                    (each) => each.checkVisibility()).map(words);
                const main = document.querySelector("main");
                const asked = [...main.querySelectorAll("[aria-labelledby]")].find(
                    (each) => words(document.getElementById(each.getAttribute("aria-labelledby"))) === question);
                return [words(main.querySelector("h1")), buttons(main), asked ? buttons(asked) : null];
            }""",
            say("what_do_you_do"),
        )
        if choices is not None:
            choices = [each for each in choices if each != say("go_back")]  # stands among them, and is none
        return Now(title=title, buttons=buttons, choices=choices)
