"""What closes a level: points, the cases that apply to somebody, and the grounds that are named for a lower level."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from events.facts.evaluations import LEVELS, Level, Subject
from projections.states.evaluations import Assessment
from projections.states.rulebooks.books import Rulebook
from projections.states.rulebooks.eligibility import Eligibility
from projections.states.rulebooks.entries import Condition, Ground, Provenance
from projections.states.rulebooks.readings import band_of_score
from services.decisions.evaluations.standing import cited
from services.decisions.outcome import Refused, Warned


class Limit(msgspec.Struct, frozen=True):
    """The highest level that a rule leaves open."""

    highest: Level
    rule: Provenance


def must_be_open_to(rulebook: Rulebook, eligible: Eligibility, level: Level) -> None:
    """Raises `Refused` where a case of the rulebook closes the level (three months of leave: completed at most)."""
    for limit in _of_cases(eligible):
        if not limit.highest.reaches(level):
            highest = limit.highest.value
            raise Refused("level_above_highest", level=level.value, highest=highest, **cited(rulebook, limit.rule))


def must_fit(
    rulebook: Rulebook,
    subject: Subject,
    eligible: Eligibility,
    level: Level,
    assessment: Assessment | None = None,
    grounds: Sequence[str] = (),
) -> tuple[Warned, ...]:
    """What to tell of a level that is named with these grounds, on these points where the rulebook has points.

    Points and grounds make exactly one level: the lowest that the points, the cases that apply and each ground leave
    open. Without points a level below needs no ground, but a ground that is named closes what it closes. Raises
    `Refused`, naming the rule that closes the level.
    """
    must_be_open_to(rulebook, eligible, level)
    named = [_of_ground(rulebook, subject, ground) for ground in grounds]
    for ground, limit in zip(grounds, named, strict=True):
        if not limit.highest.reaches(level):
            told = {"ground": ground, "level": level.value, "highest": limit.highest.value}
            raise Refused("ground_closes_level", **told, **cited(rulebook, limit.rule))
    points = _of_points(rulebook, subject, assessment)
    if not points and not named:
        return ()
    lowest = max((*points, *_of_cases(eligible), *named), key=lambda limit: LEVELS.index(limit.highest))
    if lowest.highest is level:
        return _above_points(rulebook, eligible, level, points, assessment)
    fits = {"level": level.value, "fits": lowest.highest.value, **cited(rulebook, lowest.rule)}
    if named and lowest.highest.reaches(level):
        raise Refused("ground_of_another_level", grounds=", ".join(grounds), **fits)
    raise Refused("score_level_mismatch", score=_score(assessment), **fits)


def must_carry(rulebook: Rulebook, earlier: Sequence[str], grounds: Sequence[str]) -> tuple[Warned, ...]:
    """What to tell of grounds that an appraisal named and a decision does not. Raises `Refused` for one that makes the
    level "not completed" whatever else was done."""
    vetoes = {entry.name: entry for entry in rulebook.grounds}
    for ground in earlier:
        if ground in vetoes and ground not in grounds:
            raise Refused("ground_left_out", ground=ground, **cited(rulebook, vetoes[ground]))
    return dropped(rulebook, earlier, grounds)


def dropped(rulebook: Rulebook, earlier: Sequence[str], grounds: Sequence[str]) -> tuple[Warned, ...]:
    """A warning for each ground that was named before and is not any more."""
    rules = {entry.name: entry for entry in (*rulebook.grounds, *rulebook.conditions)}
    gone = [ground for ground in earlier if ground not in grounds]
    return tuple(Warned("ground_dropped", {"ground": each, **cited(rulebook, rules[each])}) for each in gone)


def _of_cases(eligible: Eligibility) -> list[Limit]:
    """The lowest of the limits that cases set, if any does."""
    cases = (reason.case for reason in eligible.reasons)
    found = [Limit(case.highest, case) for case in cases if case.highest is not None]
    return [limit for limit in found if limit.highest is eligible.highest][:1]


def _of_ground(rulebook: Rulebook, subject: Subject, name: str) -> Limit:
    """A ground leaves "not completed" alone; a condition that is not met, the level below the one that asks for it.
    Raises `Refused` for what is neither."""
    entries: tuple[Ground | Condition, ...] = (*rulebook.grounds, *rulebook.conditions)
    known = {entry.name: entry for entry in entries if subject in entry.subjects}
    if name not in known:
        allowed = ", ".join(sorted(known))
        raise Refused("ground_unknown", ground=name, allowed=allowed, rulebook=rulebook.citation)
    entry = known[name]
    if isinstance(entry, Ground):
        return Limit(Level.NOT_COMPLETED, entry)
    return Limit(next((each for each in LEVELS if not each.reaches(entry.level)), Level.NOT_COMPLETED), entry)


def _of_points(rulebook: Rulebook, subject: Subject, assessment: Assessment | None) -> list[Limit]:
    """What the points make; nothing where the rulebook has none, or nobody gave any."""
    if assessment is None:
        return []
    band = band_of_score(rulebook, subject, Decimal(assessment.tenths()) / 10)
    return [] if band is None else [Limit(band.level, band)]


def _above_points(
    rulebook: Rulebook, eligible: Eligibility, level: Level, points: Sequence[Limit], assessment: Assessment | None
) -> tuple[Warned, ...]:
    """What closes the level that the points alone would make, where that is a case that was attested before."""
    return tuple(
        Warned(
            "points_make_more",
            {
                "score": _score(assessment),
                "fits": made.highest.value,
                "highest": level.value,
                **cited(rulebook, case.rule),
            },
        )
        for made in points
        for case in _of_cases(eligible)
        if case.highest is level and made.highest is not level
    )


def _score(assessment: Assessment | None) -> str | None:
    return None if assessment is None else f"{assessment.tenths() / 10:.1f}"
