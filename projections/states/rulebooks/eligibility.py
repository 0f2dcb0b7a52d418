"""Who is classified in a year, who only reviewed, who not yet or not at all, by which clause."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import msgspec

from events.calendar import FOREVER
from events.facts.evaluations import LEVELS, EligibilityOutcome, Level, Subject
from events.facts.members import MemberStatus
from projections.states.rulebooks.books import Rulebook
from projections.states.rulebooks.entries import EligibilityCase, Trigger


class StatusSpan(msgspec.Struct, frozen=True):
    """A status of a member from `since` up to and without `until`, and the number of the document that gave it."""

    status: MemberStatus
    since: date
    until: date = FOREVER
    document: str | None = None


class Attested(msgspec.Struct, frozen=True):
    """Somebody in charge says that a case of the rulebook applies, by a document. What lies behind is not held."""

    case: str
    document: str


class MemberFacts(msgspec.Struct, frozen=True):
    """What the eligibility of a member hangs on. `admitted`: to the Party; None where that was before our records."""

    admitted: date | None
    statuses: tuple[StatusSpan, ...] = ()
    attested: tuple[Attested, ...] = ()


class UnitFacts(msgspec.Struct, frozen=True):
    """What the eligibility of a unit hangs on. `lineage_since`: when the oldest of the units it goes back to was
    founded; None for one that has no predecessor."""

    subject: Subject
    founded: date
    lineage_since: date | None = None
    attested: tuple[Attested, ...] = ()


class Reason(msgspec.Struct, frozen=True):
    """A case that applies, with its clause, and the document that was given for it."""

    case: EligibilityCase
    document: str | None = None


class Eligibility(msgspec.Struct, frozen=True):
    """The strongest outcome of the cases that apply, the highest level they leave open (None: all), and these cases."""

    outcome: EligibilityOutcome
    highest: Level | None
    reasons: tuple[Reason, ...]


def eligibility(rulebook: Rulebook, facts: MemberFacts | UnitFacts, year: int) -> Eligibility:
    """Whether a member or unit is classified for the evaluation year.

    Looked at on 31 December: a status that ended before then is none. Raises `ValueError` for a year that is not the
    rulebook's, for a case that it does not know, and for who came after the year.
    """
    if year not in rulebook.years:
        raise ValueError(f"{rulebook.citation} is not the rulebook of {year}")
    began = facts.admitted if isinstance(facts, MemberFacts) else facts.founded
    if began is not None and began > last_day(year):
        raise ValueError(f"since {began}: not in the year {year}")
    subject = Subject.MEMBER if isinstance(facts, MemberFacts) else facts.subject
    cases = [case for case in rulebook.eligibility if subject in case.subjects]
    named = {case.name: case for case in cases if case.trigger is Trigger.ATTESTED}
    for attested in facts.attested:
        if attested.case not in named:
            raise ValueError(
                f"{rulebook.citation} has no case {attested.case} that can be attested of a {subject.value}"
            )
    reasons = tuple(reason for case in cases for reason in _reasons(case, facts, year))
    outcomes = [reason.case.outcome for reason in reasons]
    highest = [reason.case.highest for reason in reasons if reason.case.highest is not None]
    strongest = max(outcomes, key=list(EligibilityOutcome).index, default=EligibilityOutcome.CLASSIFY)
    return Eligibility(strongest, max(highest, key=LEVELS.index, default=None), reasons)


def _reasons(case: EligibilityCase, facts: MemberFacts | UnitFacts, year: int) -> list[Reason]:
    match case.trigger, facts:
        case Trigger.STATUS, MemberFacts():
            day = last_day(year)
            spans = [span for span in facts.statuses if span.since <= day < span.until]
            return [Reason(case, span.document) for span in spans if span.status is case.status]
        case Trigger.ADMITTED, MemberFacts():
            return _if_new(case, facts.admitted, year)
        case Trigger.FOUNDED, UnitFacts():
            return _if_new(case, _age_from(case, facts), year)
        case Trigger.ATTESTED, _:
            return [Reason(case, attested.document) for attested in facts.attested if attested.case == case.name]
    return []


def _age_from(case: EligibilityCase, facts: UnitFacts) -> date:
    """From when the unit's age counts: of a successor from the founding of its oldest predecessor."""
    if case.lineage is not None and facts.lineage_since is not None:
        return min(facts.founded, facts.lineage_since)
    return facts.founded


def _if_new(case: EligibilityCase, since: date | None, year: int) -> list[Reason]:
    new = since is not None and case.months is not None and not months_complete(since, year, case.months)
    return [Reason(case)] if new else []


def six_months(since: date, year: int) -> bool:
    """Whether six months are complete by the end of the year: from 1 July on they are, from 2 July on not.

    (HD 21-HD/BTCTW 2019 and QĐ 124-QĐ/TW 2023 say "under six months" without the day it is counted to; the last day of
    the evaluation year is our reading.)
    """
    return months_complete(since, year, 6)


def months_complete(since: date, year: int, months: int) -> bool:
    """Whether so many calendar months, the first day included, are complete when the year ends."""
    count = since.month - 1 + months
    target_year, month = since.year + count // 12, count % 12 + 1
    ends = date(target_year, month, min(since.day, monthrange(target_year, month)[1]))
    return ends <= date(year + 1, 1, 1)


def last_day(year: int) -> date:
    """31 December."""
    return date(year, 12, 31)
