"""The round itself: opened under a rulebook, with who is present, and closed when everything is decided."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec

from events.catalogue import subject
from events.facts.evaluations import (
    AttestationWithdrawn,
    CaseAttested,
    EligibilityOutcome,
    EntryName,
    RosterLine,
    RosterTaken,
    RoundClosed,
    RoundOpened,
    Rules,
    Subject,
    round_id,
)
from events.facts.organisation import UnitKind
from events.text import without_marks
from projections.states.evaluations import Round
from projections.states.organisation import Organisation
from projections.states.rulebooks.books import Rulebook
from projections.states.rulebooks.eligibility import MemberFacts, UnitFacts, eligibility, last_day
from projections.states.rulebooks.entries import Trigger
from projections.states.rulebooks.library import library
from services.decisions.asking import Asker
from services.decisions.command import Command
from services.decisions.evaluations.standing import (
    OfRound,
    cited,
    classified_as,
    decider,
    deciding,
    eligibility_of,
    in_year,
    lineage_since,
    must_be_past,
    outstanding,
    pools_of,
    rating_of,
    regulation,
    revisions_due,
    rulebook_of,
    statuses,
    subject_of,
)
from services.decisions.outcome import Decided, Draft, Refused
from services.decisions.view import View

EXEMPT = frozenset({EligibilityOutcome.EXEMPT, EligibilityOutcome.REVIEW_ONLY})
"""Who is counted as exempt from the classification."""


class OpenRound(OfRound, frozen=True, kw_only=True, tag="evaluation.open_round"):
    """The unit's round of the year begins under a rulebook, by its citation; who is present that day is its roster."""

    rulebook: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]

    def names_rosters(self) -> Iterable[tuple[UUID, date]]:
        return ((self.unit, self.effective),)

    def decide(self, view: View, asker: Asker) -> Decided:
        unit = view.unit(self.unit, self.effective)
        view.must_cover(asker, self.unit)
        must_be_past(view, self.effective)
        of = classified_as(view.organisation, unit, self.effective)
        if of is None:
            raise Refused("unit_not_classified", unit=self.unit, kind=unit.kind.value)
        before = view.round(round_id(self.unit, self.year))
        if before is not None:
            under = rulebook_of(before)
            told = {"unit": self.unit, "year": self.year, "round": before.round, "closed": before.closed}
            raise Refused("round_exists", **told, **cited(under, regulation(under)))
        if self.effective < date(self.year, 1, 1):
            raise Refused("before_the_year", day=self.effective, year=self.year)
        if unit.founded > last_day(self.year):
            raise Refused("founded_after_year", unit=self.unit, founded=unit.founded, year=self.year)
        rulebook = _rulebook(self.rulebook, self.year)
        _must_hold_here(view, rulebook, self.unit, min(self.effective, last_day(self.year)))
        rules = Rules(rulebook.citation, rulebook.digest)
        committee = deciding(view.organisation, decider(rulebook, of, of), self.unit, self.effective)
        members_by = None
        if unit.kind is UnitKind.CELL:
            rule = decider(rulebook, Subject.MEMBER, of)
            members_by = deciding(view.organisation, rule, self.unit, self.effective)
        identity: dict[str, Any] = {"round": round_id(self.unit, self.year), "unit": self.unit, "year": self.year}
        opened = RoundOpened(**identity, rules=rules, subject=of, committee=committee, members_by=members_by)
        empty = Round(opened.round, self.unit, self.year, rules, of, committee, members_by, self.effective)
        return _facts(self, opened, _roster(view, empty, self.effective))


class _OfRoster(OfRound, frozen=True, kw_only=True):
    """Something that looks at everybody on the roster."""

    def follows(self, states: Mapping[str, Any], organisation: Organisation) -> Iterable[str]:
        yield from super().follows(states, organisation)
        known: Round | None = states.get(subject("evaluation", round_id(self.unit, self.year)))
        if known is not None and known.roster is not None:
            yield from (subject("member", member) for member in known.roster.lines)


class TakeRoster(_OfRoster, frozen=True, kw_only=True, tag="evaluation.take_roster"):
    """Who is present on that day takes the place of the roster before. Who has a rating stays on it wherever he is now;
    who left or died without one is let go. Not once the round is closed."""

    def names_rosters(self) -> Iterable[tuple[UUID, date]]:
        return ((self.unit, self.effective),)

    def decide(self, view: View, asker: Asker) -> Decided:
        known = self.known(view, asker)
        if known.closed is not None:
            raise Refused("round_closed", unit=self.unit, year=self.year, day=known.closed)
        return _facts(self, _roster(view, known, self.effective))


class AttestCase(OfRound, frozen=True, kw_only=True, tag="evaluation.attest_case"):
    """Somebody in charge says by a document that a case of the rulebook applies to a member, or to the unit."""

    member: UUID | None = None
    case: EntryName

    def decide(self, view: View, asker: Asker) -> Decided:
        known = self.known(view, asker)
        of = self.member or self.unit
        if self.basis is None:
            raise Refused("basis_needed")
        if self.member is not None and (known.roster is None or self.member not in known.roster.lines):
            raise Refused("not_on_roster", person=self.member, unit=self.unit, year=self.year)
        rulebook = rulebook_of(known)
        allowed = [
            case.name
            for case in rulebook.eligibility
            if case.trigger is Trigger.ATTESTED and subject_of(known, of) in case.subjects
        ]
        if self.case not in allowed:
            names = ", ".join(allowed)
            raise Refused("case_not_attestable", case=self.case, allowed=names, rulebook=rulebook.citation)
        body = CaseAttested(round=known.round, unit=self.unit, year=self.year, member=self.member, case=self.case)
        return self.one(body, self.unit)


class WithdrawAttestation(OfRound, frozen=True, kw_only=True, tag="evaluation.withdraw_attestation"):
    """The attested case does not apply (any more)."""

    member: UUID | None = None
    case: EntryName

    def decide(self, view: View, asker: Asker) -> Decided:
        known = self.known(view, asker)
        of = self.member or self.unit
        if self.case not in [attested.case for attested in known.attested.get(of, ())]:
            raise Refused("case_not_attested", case=self.case)
        identity: dict[str, Any] = {"round": known.round, "unit": self.unit, "year": self.year}
        return self.one(AttestationWithdrawn(**identity, member=self.member, case=self.case), self.unit)


class CloseRound(_OfRoster, frozen=True, kw_only=True, tag="evaluation.close_round"):
    """Everybody who is to be classified has a final rating, and every objection an answer. Who was not yet classified
    may still be, later."""

    def decide(self, view: View, asker: Asker) -> Decided:
        known = self.known(view, asker)
        if known.closed is not None:
            raise Refused("round_closed", unit=self.unit, year=self.year, day=known.closed)
        self._must_be_up_to_date(view, known)
        unrated = outstanding(view, known)
        own = known.roster is not None and known.roster.outcome is EligibilityOutcome.CLASSIFY
        if own and rating_of(view, known, self.unit) is None:
            unrated.append(self.unit)
        if unrated:
            raise Refused("not_all_rated", count=len(unrated), of=unrated)
        found = (view.pool(pool) for pool in pools_of(known))
        open_pools = [pool.subject.value for pool in found if pool is not None and pool.finalised is None]
        if open_pools:
            raise Refused("ratings_not_final", subjects=open_pools)
        waiting = [id_ for id_, objection in known.objections.items() if objection.outcome is None]
        if waiting:
            raise Refused("objections_open", count=len(waiting), objections=waiting)
        due = revisions_due(view, known)
        if due:
            rulebook = rulebook_of(known)
            raise Refused("revision_due", count=len(due), objections=due, **cited(rulebook, regulation(rulebook)))
        return self.one(RoundClosed(round=known.round, unit=self.unit, year=self.year), self.unit)

    def _must_be_up_to_date(self, view: View, known: Round) -> None:
        """Raises `Refused` where the roster, which cannot be taken again once the round is closed, counts somebody
        without a rating as exempt who is not, or the other way round."""
        for member, line in (known.roster.lines if known.roster else {}).items():
            found = eligibility_of(view, known, member)
            if rating_of(view, known, member) is None and (found.outcome in EXEMPT) != (line.outcome in EXEMPT):
                rulebook, reason = rulebook_of(known), next(iter(found.reasons), None)
                rule = regulation(rulebook) if reason is None else reason.case
                told = {"of": member, "listed": line.outcome.value, "eligibility": found.outcome.value}
                raise Refused("roster_outdated", **told, **cited(rulebook, rule))


def _facts(command: OfRound, *bodies: RoundOpened | RosterTaken) -> Decided:
    return Decided(tuple(Draft(body, command.unit, command.effective) for body in bodies))


def _rulebook(citation: str, year: int) -> Rulebook:
    """The rulebook in force for the year that is cited so. Raises `Refused`, naming what is in force."""
    rulebooks = library()
    in_force = {each.citation: each for each in rulebooks.in_force if year in each.years}
    if citation in in_force:
        return in_force[citation]
    valid = ", ".join(sorted(in_force)) or None
    other = next((each for each in rulebooks.every if each.citation == citation), None)
    if other is None:
        raise Refused("rulebook_unknown", rulebook=citation, year=year, valid=valid)
    told = {"year": year, "valid": valid, "first": other.years.first, "last": other.years.last}
    raise Refused("rulebook_of_another_year", **told, **cited(other, regulation(other)))


def _must_hold_here(view: View, rulebook: Rulebook, unit: UUID, day: date) -> None:
    """Raises `Refused` for what another province lays over a rulebook. A province is known by its name of that day."""
    if rulebook.province is None:
        return
    above = (view.organisation.units[each] for each in view.organisation.chain(unit, day))
    name = next((each.name(day) for each in above if each.kind is UnitKind.PROVINCE), "")
    words = "-".join(re.findall(r"\w+", without_marks(name)))
    if f"-{rulebook.province}-" not in f"-{words}-":
        bare = next(each for each in library().every if each.citation == rulebook.version)
        document = next(each for each in rulebook.documents if each not in bare.documents)
        told = {"unit": unit, "province": rulebook.province, "valid": bare.citation}
        raise Refused("rulebook_of_another_province", **told, **cited(rulebook, document))


def _roster(view: View, known: Round, day: date) -> RosterTaken:
    """Everybody present on the day, or rated in the round, with what the rulebook does with each and with the unit."""
    rulebook, year = rulebook_of(known), known.year
    unit = view.organisation.units[known.unit]
    facts = UnitFacts(
        known.subject, unit.founded, lineage_since(view.organisation, unit.unit), known.attested.get(unit.unit, ())
    )
    own = eligibility(rulebook, facts, year)
    lines = []
    rated = {member for member in (known.roster.lines if known.roster else {}) if rating_of(view, known, member)}
    for person in sorted({*view.roster(known.unit, day), *rated}):
        member = view.member(person)
        if member is None or not in_year(member.admitted, year):
            continue
        of_member = MemberFacts(member.admitted, statuses(view, person), known.attested.get(person, ()))
        found = eligibility(rulebook, of_member, year)
        lines.append(RosterLine(person, found.outcome, tuple(reason.case.name for reason in found.reasons)))
    return RosterTaken(
        round=known.round,
        unit=known.unit,
        year=year,
        outcome=own.outcome,
        cases=tuple(reason.case.name for reason in own.reasons),
        members=tuple(lines),
    )


COMMANDS: tuple[type[Command], ...] = (OpenRound, TakeRoster, AttestCase, WithdrawAttestation, CloseRound)
