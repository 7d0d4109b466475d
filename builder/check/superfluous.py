"""Conditions always true or never where they stand, consequences that never come, meters that nothing reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.check.answers import States, Survey, branches, constants
from builder.check.machine import in_force
from builder.check.never import place
from builder.check.words import clash, contradiction, only_about, written
from builder.diagnostics import Code, Diagnostic, Span, diagnostic
from builder.model.logic import Compare, Condition
from builder.model.scenario import Beat, BeatKind, Later, Meter, Variable
from builder.model.walk import every


def superfluous(survey: Survey) -> Iterator[Diagnostic]:
    """What is never seen, or need not be asked, in a space that is whole and holds all that could be."""
    found = _Finder(survey)
    yield from found.values()
    yield from found.beats()
    yield from found.choices()
    yield from found.events()
    yield from found.rules()
    yield from found.laters()
    yield from found.learns()


class _Finder:
    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.machine = survey.machine
        self.scenario = survey.machine.scenario
        numbers: tuple[Meter | Variable, ...] = (*self.scenario.meters, *self.scenario.variables)
        self.numbers = numbers
        self.read = {each.name.key for each in every(self.scenario, Compare)}
        self.constant = constants(self.scenario)
        self.lost = tuple(self._lost())
        self.late = {effect.name.key for _, later in self.lost for effect in later.effects}
        self.reached = [number for number, states in enumerate(survey.at) if states]

    def values(self) -> Iterator[Diagnostic]:
        """What never changes, and variables that nothing reads; a meter is read by the player."""
        for each in self.numbers:
            instead = f"  - effect: {each.name} +1"
            if each.key in self.constant & self.read:
                yield diagnostic(Code.VALUE_CONSTANT, each.span, instead, name=each.name, value=each.start)
            elif isinstance(each, Meter) and each.key in self.constant:
                yield diagnostic(Code.METER_STILL, each.span, instead, name=each.name, value=each.start)
            elif isinstance(each, Variable) and each.key not in self.read:
                yield diagnostic(Code.VARIABLE_UNREAD, each.span, name=each.name)

    def beats(self) -> Iterator[Diagnostic]:
        """Beats that are never seen, and those whose condition says nothing."""
        opening = [self.machine.opening()]
        yield from self._beats(self.scenario.opening, lambda: opening)
        for number in self.reached:
            scene = self.scenario.scenes[number]
            yield from self._beats(scene.beats, self.survey.arriving(number))
            for choice, taken in enumerate(scene.choices):
                if (number, choice) in self.survey.taken:
                    after = self.survey.after(number, choice)
                    yield from self._beats(taken.reaction, after, self.machine.me(scene))

    def _beats(self, beats: Iterable[Beat], states: States, reacting_to: str = "") -> Iterator[Diagnostic]:
        """``reacting_to`` whom: what others think then was brought up by the choice, however true their condition."""
        covered = False
        for branch in branches(beats):
            covered = covered and bool(branch.before)
            if covered:
                continue  # the one above it that is always seen was told
            asked = self.survey.where(states, none_of=branch.before)
            answers = self.survey.answers(branch.own, asked())
            if not answers.yes and branch.own and not self.survey.answers(branch.own, states()).yes:
                yield from self._never(branch.own, branch.beat.span, states)
            elif not answers.yes:
                yield diagnostic(Code.ELSE_NEVER, branch.beat.span)
            elif up := branch.beat.guard and branch.beat.guard.up:
                yield from self._asked(up, branch.beat.span, self.survey.where(asked, branch.own))
            elif branch.own and not answers.no:
                covered = True
                speaker = branch.beat.speaker
                thinks = branch.beat.kind is BeatKind.THOUGHT and speaker and speaker.key != reacting_to
                if not (reacting_to and thinks):
                    yield from self._always(Code.CONDITION_ALWAYS, branch.own, branch.beat.span)

    def choices(self) -> Iterator[Diagnostic]:
        """Conditions of choices that can be left out, and rules that never close one."""
        for number, choice in sorted(self.survey.taken):
            taken = self.scenario.scenes[number].choices[choice]
            offering = self.survey.offering(number, choice)
            if taken.condition and not self.survey.answers(taken.condition, offering()).no:
                span = place(taken.condition, taken.span)
                yield from self._always(Code.CHOICE_ALWAYS, taken.condition, span, label=taken.label)
            rule = taken.closed_by
            if not rule or not taken.unless:
                continue
            seen = self.survey.where(offering, taken.condition, in_force(self.scenario, rule))
            answers = self.survey.answers(taken.unless, seen())
            if answers.yes and not answers.no:
                span = place(taken.unless, taken.span)
                yield from self._always(
                    Code.CLOSED_NEVER, taken.unless, span, label=taken.label, rule=rule.text
                )

    def events(self) -> Iterator[Diagnostic]:
        """Conditions of events that are true whenever one may come."""
        for number in self.reached:
            event = self.scenario.scenes[number]
            if event.condition:
                answers = self.survey.answers(
                    event.condition, self.survey.leaving(self.survey.left_for(number))()
                )
                if answers.yes and not answers.no:
                    span = place(event.condition, event.span)
                    yield from self._always(Code.CONDITION_ALWAYS, event.condition, span)

    def rules(self) -> Iterator[Diagnostic]:
        """Rules that are never in force where they play, or always."""
        for rule in self.scenario.rules:
            if rule.condition:
                yield from self._asked(rule.condition, rule.span, self.survey.ruled(rule))

    def learns(self) -> Iterator[Diagnostic]:
        """Conditions under which somebody learns something, never so or always."""
        for number in self.reached:
            scene = self.scenario.scenes[number]
            places = [(scene.span, scene.learns, self.survey.arriving(number))]
            places += [
                (each.span, each.learns, self.survey.after(number, choice))
                for choice, each in enumerate(scene.choices)
            ]
            for span, learned, states in places:
                for when in dict.fromkeys(each.condition for each in learned if each.condition):
                    yield from self._asked(when, span, states)

    def laters(self) -> Iterator[Diagnostic]:
        """Delayed consequences after whose choice nobody comes in their scene any more, or whose condition is idle."""
        for number, (at, choice, nth) in enumerate(self.machine.laters):
            later = self.scenario.scenes[at].choices[choice].later[nth]
            if later.condition:
                yield from self._asked(later.condition, later.span, self.survey.due(number))
        for label, later in self.lost:
            title = self.scenario.scenes[self.machine.index[later.target.key]].title
            yield diagnostic(Code.LATER_NEVER, later.span, label=label, title=title)

    def _lost(self) -> Iterator[tuple[str, Later]]:
        ahead = self.survey.space.ahead
        coming: dict[tuple[int, int], int] = {}
        for state, out in zip(self.survey.space.states, self.survey.space.arrows, strict=True):
            for arrow in out:
                if arrow.choice is not None:
                    made = state.scene, arrow.choice
                    coming[made] = coming.get(made, 0) | ahead[arrow.to]
        for (number, choice), scenes in sorted(coming.items()):
            taken = self.scenario.scenes[number].choices[choice]
            for later in taken.later:
                there = self.machine.index[later.target.key]
                if self.survey.at[there] and not scenes >> there & 1:
                    yield taken.label, later

    def _asked(self, condition: Condition, span: Span, states: States) -> Iterator[Diagnostic]:
        """A condition that is never true where it is asked, or always; not one that is asked nowhere."""
        answers, span = self.survey.answers(condition, states()), place(condition, span)
        if answers.no and not answers.yes:
            yield from self._never(condition, span, states)
        elif answers.yes and not answers.no:
            yield from self._always(Code.CONDITION_ALWAYS, condition, span)

    def _never(self, condition: Condition, span: Span, states: States) -> Iterator[Diagnostic]:
        """A condition that is never true; not where it hangs on a number that was told to move never, or too late."""
        clashing = clash(self.machine, condition, states)
        if not all(only_about(each, self.constant | self.late) for each in clashing):
            always = contradiction(self.machine, clashing, states)
            yield diagnostic(
                Code.CONDITION_NEVER, span, asked=written(self.scenario, condition), always=always
            )

    def _always(self, code: Code, condition: Condition, span: Span, **values: str) -> Iterator[Diagnostic]:
        if not only_about(condition, self.constant):
            yield diagnostic(code, span, asked=written(self.scenario, condition), **values)
