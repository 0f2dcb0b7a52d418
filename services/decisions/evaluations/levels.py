"""What a rulebook asks of a level that somebody names: that it exists, in its step, with its marks and points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Annotated

import msgspec

from events.facts.evaluations import Level, Mark, Marked, Score, Subject
from projections.states.evaluations import Progress
from projections.states.rulebooks.books import Rulebook
from projections.states.rulebooks.entries import Condition, Criterion
from projections.states.rulebooks.round_entries import Step, StepKind
from services.decisions.evaluations.standing import cited, regulation
from services.decisions.outcome import Refused, Warned

LevelText = Annotated[str, msgspec.Meta(min_length=1, max_length=60, description="one of the rulebook's levels")]
"""A level as submitted: one that the rulebook does not have is refused with its clause."""

MARKS = list(Mark)


def level_named(rulebook: Rulebook, subject: Subject, text: str) -> Level:
    """The level of the rulebook. Raises `Refused`, naming those that there are."""
    levels = [each for each in rulebook.levels if subject in each.subjects]
    for each in levels:
        if each.level.value == text:
            return each.level
    names = ", ".join(each.level.value for each in levels)
    raise Refused("level_outside_rulebook", named=text, allowed=names, **cited(rulebook, rulebook.levels[0]))


def must_be_scored(rulebook: Rulebook, subject: Subject, scores: Sequence[Score]) -> None:
    """Raises `Refused` unless there are points for each group of the rulebook, and for no other, within its limit."""
    groups = {group.name: group for group in rulebook.score_groups if subject in group.subjects}
    rule = next(iter(groups.values()), regulation(rulebook))
    given = Counter(score.group for score in scores)
    wrong = sorted({*groups} ^ {*given} or {name for name, times in given.items() if times > 1})
    if wrong:
        names = ", ".join(groups) or None
        raise Refused("scores_incomplete", groups=names, wrong=", ".join(wrong), **cited(rulebook, rule))
    for score in scores:
        group = groups[score.group]
        if score.tenths > group.points * 10:
            raise Refused("score_above_group", group=score.group, points=group.points, **cited(rulebook, group))


def must_be_marked(rulebook: Rulebook, subject: Subject, marks: Sequence[Marked]) -> None:
    """Raises `Refused` unless each criterion has one mark. Where the rulebook has points, these stand for the marks."""
    scored = any(subject in group.subjects for group in rulebook.score_groups)
    criteria = {} if scored else {each.name: each for each in rulebook.criteria if subject in each.subjects}
    rule = next(iter(criteria.values()), regulation(rulebook))
    given = Counter(mark.criterion for mark in marks)
    wrong = sorted({*criteria} ^ {*given} or {name for name, times in given.items() if times > 1})
    if wrong:
        names = ", ".join(sorted(criteria)) or None
        raise Refused("marks_incomplete", criteria=names, wrong=", ".join(wrong), **cited(rulebook, rule))


def marks_below(rulebook: Rulebook, subject: Subject, marks: Sequence[Marked], level: Level) -> tuple[Warned, ...]:
    """A warning where the marks do not reach what the level asks for."""
    criteria = {each.name: each for each in rulebook.criteria}
    for condition in rulebook.conditions:
        if subject in condition.subjects and condition.level is level:
            below = [mark.criterion for mark in marks if _below(condition, criteria[mark.criterion], mark.mark)]
            if below:
                told = {"level": level.value, "criteria": ", ".join(below), **cited(rulebook, condition)}
                return (Warned("marks_below_level", told),)
    return ()


def _below(condition: Condition, criterion: Criterion, mark: Mark) -> bool:
    lowest = condition.task_marks if criterion.task else condition.other_marks
    return lowest is not None and MARKS.index(mark) > MARKS.index(lowest)


def must_follow(
    rulebook: Rulebook, subject: Subject, progress: Progress, kind: StepKind, day: date, level: Level | None = None
) -> Step:
    """The step of the rulebook, which must come next or be taken again before anything that follows it, and not on an
    earlier day than what it follows. `level` is the one that the step names. Raises `Refused`."""
    steps = sorted((step for step in rulebook.steps if subject in step.subjects), key=lambda step: step.order)
    own = next((step for step in steps if step.kind is kind), None)
    if own is None:
        raise Refused("step_not_in_rulebook", step_kind=kind.value, rulebook=rulebook.citation)
    done = progress.done()
    for step in steps:
        if step.order < own.order and step.kind not in done and step.level in (None, level):
            told = {"step_kind": kind.value, "missing_step": step.kind.value, **cited(rulebook, step)}
            raise Refused("step_missing", **told)
        taken = progress.days.get(step.kind, day)
        if step.order < own.order and taken > day:
            which = {"step_kind": kind.value, "passed_step": step.kind.value}
            raise Refused("step_dated_before", day=day, passed=taken, **which, **cited(rulebook, step))
        if step.order > own.order and step.kind in done:
            told = {"step_kind": kind.value, "passed_step": step.kind.value, **cited(rulebook, own)}
            raise Refused("step_passed", **told)
    return own
