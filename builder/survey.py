"""The report on one scenario as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from builder.check.plays import Tally
from builder.check.survey import Survey, percent
from builder.messages import number, say
from builder.model.scenario import SceneKind

WIDTH = 100
_BAR = 6
_PARTS = " ▏▎▍▌▋▊▉█"


def told(survey: Survey, messages: str, language: str) -> str:
    """Everything in a survey; ``messages`` are its findings as text."""

    def words(key: str, **values: object) -> str:
        return say(language, "survey", key, **values)

    def section(key: str, *parts: str) -> str:
        heading = words(key)
        return "\n".join((heading, "─" * len(heading), *parts))

    scenario = survey.scenario
    title = words("title", title=scenario.title)
    kinds = [scene.kind for scene in scenario.scenes]
    counts = (
        words("scenes", count=kinds.count(SceneKind.SCENE)),
        words("choices", count=sum(len(scene.choices) for scene in scenario.scenes)),
        words("events", count=kinds.count(SceneKind.EVENT)),
        words("endings_count", count=kinds.count(SceneKind.ENDING)),
    )
    states = words("states_whole" if survey.whole else "states_cut", states=number(language, survey.states))
    ways = [
        line
        for each in survey.endings
        for line in (each.scene.title, *_filled(" → ".join(each.way) or words("no_way"), "  "))
    ]
    bots = [say(language, "bots", each.bot) for each in survey.tallies]
    manners = [
        line
        for each, bot in zip(survey.tallies, bots, strict=True)
        for line in _filled(f"{bot}: {say(language, 'bots', f'{each.bot}-more')}", "  ")
    ]
    endings = [(each.scene.title, each.scene.key) for each in survey.endings]
    if any(each.endings.get("") for each in survey.tallies):
        endings.append((words("stuck"), ""))
    shares = [(name, [_share(each, key) for each in survey.tallies]) for name, key in endings]
    meters = [
        (
            words("meter_range", name=each.name, low=each.low, high=each.high, start=each.start),
            [number(language, tally.meters[each.key], 1) for tally in survey.tallies],
        )
        for each in scenario.meters
    ]
    unmet = [f"  {scene.title}" for scene in survey.unmet]
    untaken = [
        line for scene, each in survey.untaken for line in _filled(f"{scene.title}: {each.label}", "  ")
    ]
    save = words(
        "save_more",
        history=number(language, survey.history),
        bound=number(language, survey.bound),
        limit=number(language, survey.limit),
    )
    place = words("place", course=survey.course, number=survey.number, lesson=survey.lesson)
    return "\n\n".join(
        (
            "\n".join((title, "═" * len(title), place, ", ".join(counts) + ".")),
            section("states", *_filled(states)),
            section("endings", *ways),
            "\n".join(
                (
                    section("bots", *_filled(words("bots_intro", runs=number(language, survey.runs)))),
                    *manners,
                    "",
                    *_table(words("ending"), bots, shares),
                    "",
                    *_filled(words("bots_reading")),
                )
            ),
            *([section("meters", *_table(words("meter"), bots, meters))] if meters else []),
            section("unmet", *unmet) if unmet else words("unmet_none"),
            section("untaken", *_filled(words("untaken_more")), *untaken)
            if untaken
            else words("untaken_none"),
            section("findings", messages or words("findings_none")),
            section("save", *_filled(save)),
        )
    )


def _filled(text: str, indent: str = "") -> list[str]:
    return wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent + ("  " if indent else ""))


def _share(tally: Tally, ending: str) -> str:
    """A bar and a percentage."""
    share = tally.endings.get(ending, 0) / tally.runs
    eighths = round(share * _BAR * 8) or (1 if share else 0)
    bar = "█" * (eighths // 8) + _PARTS[eighths % 8].strip()
    return f"{bar:<{_BAR}}{percent(share):>4}%"


def _table(first: str, columns: Sequence[str], rows: Iterable[tuple[str, Sequence[str]]]) -> Iterator[str]:
    """Rows under a heading, the first column to the left and the others to the right."""
    cells = [(first, columns), *rows]
    widths = [max(len(row[1][column]) for row in cells) for column in range(len(columns))]
    room = max(12, WIDTH - sum(widths) - 3 * len(widths))
    left = min(room, max(len(name) for name, _ in cells))
    for name, values in cells:
        lines = wrap(name, left) or [""]
        shown = "   ".join(value.rjust(width) for value, width in zip(values, widths, strict=True))
        yield f"{lines[0]:<{left}}   {shown}".rstrip()
        yield from (f"  {line}" for line in lines[1:])
