"""What a decision may look at: states of boundaries, the tree of units, and what the registers were asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from events.calendar import FOREVER, local_date
from events.catalogue import subject
from events.envelope import Fact
from events.facts.evaluations import Evidence
from events.facts.organisation import UnitKind
from projections.publications.writing import Counted
from projections.states.assignments import Plans, Target
from projections.states.erasures import Erasures
from projections.states.evaluations import Pool, Round
from projections.states.grievances import Case, Docket, Receipt, Stage
from projections.states.households import Group, Household
from projections.states.inspections import Mandate
from projections.states.meetings import Meetings
from projections.states.members import Member
from projections.states.organisation import Offices, Organisation, Person, Unit
from projections.states.publications import Series
from projections.states.timeline import Claim, Span, value_at
from services.decisions.asking import Asker, fits, must_hold
from services.decisions.outcome import Refused


class EvidenceOf(msgspec.Struct, frozen=True):
    """Whose evidence of a year a decision rests on: a member's in the unit, or without `member` the unit's own."""

    unit: UUID
    member: UUID | None
    year: int


class CaseRecord(msgspec.Struct, frozen=True):
    """A household's case: whether it is open, and the day on which it came to stand as it does."""

    is_open: bool
    last: date


class Records(msgspec.Struct, frozen=True):
    """What is recorded about a person or household: types of facts with the day of the last one, and its cases."""

    types: Mapping[str, date] = {}
    cases: Mapping[UUID, CaseRecord] = {}


class CountsOf(msgspec.Struct, frozen=True):
    """A table to be counted for everything below a unit on a day, as known at a log position: without one, at the
    position read."""

    table: str
    unit: UUID
    day: date
    position: int | None = None


class View:
    """What decisions may look at: states of boundaries, as folded from the archive up to `position`.

    `today` is the current day and `moment` the current instant in Viet Nam. `limits` are the load limits in force.
    """

    def __init__(
        self,
        organisation: Organisation,
        states: Mapping[str, Any],
        facts: Mapping[UUID, Fact[Any]],
        loads: Mapping[UUID, int],
        moment: datetime,
        warn_above: int,
        waiting: Mapping[UUID, Sequence[UUID]] | None = None,
        attached: Mapping[UUID, Mapping[str, int]] | None = None,
        offices_of: Mapping[UUID, Sequence[UUID]] | None = None,
        rosters: Mapping[tuple[UUID, date], Sequence[UUID]] | None = None,
        evidence: Mapping[EvidenceOf, Evidence] | None = None,
        records: Mapping[UUID, Records] | None = None,
        counts: Mapping[CountsOf, Counted] | None = None,
        mandates: Sequence[Mandate] = (),
    ) -> None:
        self.organisation = organisation
        self._states = states
        self._facts = facts
        self._loads = loads
        self.moment = moment
        self.today = local_date(moment)
        self.warn_above = warn_above
        self._waiting = waiting or {}
        self._attached = attached or {}
        self._offices_of = offices_of or {}
        self._rosters = rosters or {}
        self._evidence = evidence or {}
        self._records = records or {}
        self._counts = counts or {}
        self._mandates = mandates

    def member(self, person: UUID) -> Member | None:
        return self._states.get(subject("member", person))

    def person(self, person: UUID) -> Person | None:
        return self._states.get(subject("person", person))

    def household(self, household: UUID) -> Household | None:
        return self._states.get(subject("household", household))

    def group(self, group: UUID) -> Group | None:
        return self._states.get(subject("group", group))

    def target(self, target: UUID) -> Target | None:
        return self._states.get(subject("assignment", target))

    def plans(self, unit: UUID) -> Plans | None:
        return self._states.get(subject("plan", unit))

    def offices(self, unit: UUID) -> Offices | None:
        return self._states.get(subject("office", unit))

    def meetings(self, unit: UUID) -> Meetings | None:
        return self._states.get(subject("meeting", unit))

    def case(self, grievance: UUID) -> Case | None:
        return self._states.get(subject("grievance", grievance))

    def docket(self, unit: UUID) -> Docket | None:
        return self._states.get(subject("docket", unit))

    def receipt(self, receipt: UUID) -> Receipt | None:
        return self._states.get(subject("receipt", receipt))

    def round(self, round: UUID) -> Round | None:
        return self._states.get(subject("evaluation", round))

    def pool(self, pool: UUID) -> Pool | None:
        return self._states.get(subject("ratings", pool))

    def erasures(self, subject_: UUID) -> Erasures | None:
        return self._states.get(subject("erasure", subject_))

    def records(self, subject_: UUID) -> Records:
        """What is recorded about the person or household, as the registers have it at the position read."""
        return self._records.get(subject_, Records())

    def series(self, series: UUID) -> Series | None:
        return self._states.get(subject("publication", series))

    def mandate(self, mandate: UUID) -> Mandate | None:
        return self._states.get(subject("mandate", mandate))

    def mandates_of(self, person: UUID | None) -> list[Mandate]:
        """Mandates of inspection teams that the asker is in: as the registers have it at the position read, and as what
        is decided beside this has changed it."""
        known = {state.mandate: state for state in self._states.values() if isinstance(state, Mandate)}
        others = (mandate for mandate in self._mandates if mandate.mandate not in known)
        return [mandate for mandate in (*others, *known.values()) if person in mandate.team]

    def roster(self, unit: UUID, day: date) -> Sequence[UUID]:
        """Members whose own cell it is on the day: as the registers have it at the position read, and as what is
        decided beside this has changed it."""
        known = {state.person: state for state in self._states.values() if isinstance(state, Member)}
        others = (person for person in self._rosters.get((unit, day), ()) if person not in known)
        beside = (person for person, member in known.items() if self._is_of(member, unit, day))
        return sorted((*others, *beside))

    def _is_of(self, member: Member, unit: UUID, day: date) -> bool:
        cell, found = member.unit(day), self.organisation.units.get(unit)
        there = cell is not None and self.organisation.covers(unit, cell, day)
        return there and found is not None and found.kind is UnitKind.CELL

    def evidence(self, of: EvidenceOf) -> Evidence:
        """On what a decision about somebody rests, as worked out at the position read."""
        return self._evidence[of]

    def counted(self, of: CountsOf) -> Counted:
        """The table as the registers had it."""
        return self._counts[of]

    def fact(self, fact: UUID) -> Fact[Any] | None:
        """An earlier fact that the command names."""
        return self._facts.get(fact)

    def load(self, member: UUID) -> int:
        """Households the member is responsible for now, as the registers have it (it may lag a moment)."""
        return self._loads.get(member, 0)

    def attached(self, id: UUID) -> Mapping[str, int]:
        """How many members, households, groups and assignments a cell has now, and in how many groups a household is,
        as the registers have it (it may lag a moment); what it has none of is left out."""
        return self._attached.get(id, {})

    def offices_of(self, person: UUID) -> Sequence[UUID]:
        """Units in which the person holds an office today: as the registers have it at the position read, and as what
        is decided beside this has changed it."""
        known = {state.unit: state for state in self._states.values() if isinstance(state, Offices)}
        held = [unit for unit in self._offices_of.get(person, ()) if unit not in known]
        return held + [unit for unit, offices in known.items() if offices.has(person, self.today)]

    def waiting_at(self, cell: UUID) -> list[UUID]:
        """Grievances that wait for a conclusion of the cell: as the registers have it at the position read, and as
        what is decided beside this has changed it."""
        known = {state.grievance: state for state in self._states.values() if isinstance(state, Case)}
        waiting = [case for case in self._waiting.get(cell, ()) if case not in known]
        return waiting + [id_ for id_, case in known.items() if self._waits(case, cell)]

    def _waits(self, case: Case, cell: UUID) -> bool:
        here = case.holder is not None and self.same_unit(case.holder, cell, self.today)
        return here and case.stage is Stage.WAITING

    def unit(self, unit: UUID, day: date) -> Unit:
        """The unit, which must exist on the day. Raises `Refused`."""
        found = self.organisation.units.get(unit)
        if found is None:
            raise Refused("unit_unknown", unit=unit)
        if not found.exists(day):
            raise Refused("unit_not_then", unit=unit, day=day)
        return found

    def cell(self, unit: UUID, day: date) -> Unit:
        """The unit, which must be a cell that exists on the day. Raises `Refused`."""
        found = self.unit(unit, day)
        if found.kind is not UnitKind.CELL:
            raise Refused("not_a_cell", unit=unit)
        return found

    def must_fit(self, asker: Asker) -> None:
        """Raises `Refused` where the asker's role is not held in units like his. One not founded yet fits."""
        own = self.organisation.units.get(asker.unit)
        if own is not None and not fits(asker.role, own.kind):
            raise Refused("role_unit_mismatch", role=asker.role.value, unit=asker.unit, kind=own.kind.value)

    def must_hold(self, asker: Asker) -> None:
        """Raises `Refused` unless who speaks for an office holds it in his unit today, or acts in it."""
        offices = self.offices(asker.unit)
        must_hold(
            asker,
            self.today,
            lambda person, office: offices is not None and offices.holds(person, office, self.today),
        )

    def must_cover(self, asker: Asker, unit: UUID) -> None:
        """Raises `Refused` unless the unit, which the command names, stands at or below the asker's in today's tree.

        An office of a unit that has ended decides nothing any more: that is its successor's part.
        """
        self._must_stand(asker)
        if not self.covers(asker, unit):
            raise Refused("outside_your_unit", unit=unit)

    def must_cover_one_of(self, asker: Asker, units: Iterable[UUID | None]) -> None:
        """Raises `Refused` unless one of the units stands at or below the asker's in today's tree.

        For where a person, household, group or assignment belongs: the refusal tells none of it to a stranger.
        """
        self._must_stand(asker)
        if not any(unit is not None and self.covers(asker, unit) for unit in units):
            raise Refused("outside_your_unit", unit=None)

    def day_of_parting(self, asker: Asker, cells: Sequence[Claim[UUID | None]], day: date) -> date | None:
        """The first day after `day`, up to today, from which `cells` lie outside the asker's unit; None where there is
        none, or where it had ended (he was no member any more, the household was dissolved) before.

        A decision that holds from `day` may not reach that far: since then somebody else is responsible.
        """
        later = sorted({claim.since for claim in cells if day < claim.since <= self.today})
        for since in later:
            cell = value_at(cells, since)
            if cell is None:
                return None
            if not self.covers(asker, cell):
                return since
        return None

    def must_reach(self, asker: Asker, cells: Sequence[Claim[UUID | None]], day: date, last: date = FOREVER) -> None:
        """Raises `Refused` where what holds from `day` to `last` reaches into the time of a unit that is not the
        asker's. For what cannot be given an end; the refusal does not name the unit."""
        parting = self.day_of_parting(asker, cells, day)
        if parting is not None and parting <= last:
            raise Refused("later_change", since=parting)

    def must_end_in_time(
        self, asker: Asker, cells: Sequence[Claim[UUID | None]], span: Span, held: Span | None = None
    ) -> None:
        """The same for what can be given an end: it holds in `span`. What `held` before may go on."""
        parting = self.day_of_parting(asker, cells, span.since)
        if parting is None or span.until <= parting:
            return
        if held is None or parting < held.since or held.until < span.until:
            raise Refused("must_end_by", by=parting)

    def _must_stand(self, asker: Asker) -> None:
        own = self.organisation.units.get(asker.unit)
        if own is not None and own.ended <= self.today:
            heir = self.organisation.standing_for(asker.unit, self.today)
            successor = None if heir == asker.unit else heir
            raise Refused("your_unit_ended", unit=asker.unit, since=own.ended, successor=successor)

    def covers(self, asker: Asker, unit: UUID) -> bool:
        """Whether the unit stands at or below the asker's in today's tree, or will on its first day."""
        found = self.organisation.units.get(unit)
        day = self.today if found is None else max(self.today, found.founded)
        return self.organisation.covers(asker.unit, unit, day)

    def same_unit(self, one: UUID, other: UUID, day: date) -> bool:
        """Whether both are the same unit on the day: a merged one is its successor from that day on."""
        return self.organisation.standing_for(one, day) == self.organisation.standing_for(other, day)
