"""Random classifications of a small province, made by the commands themselves: what is refused is left out.

Rosters are taken late, early and again, steps repeated, ratings revised, units moved and merged on the way.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

import msgspec

from events.calendar import VIETNAM
from events.envelope import Fact
from events.facts.evaluations import (
    Commenter,
    Level,
    LevelCounts,
    Mark,
    Marked,
    ObjectionAbout,
    ObjectionOutcome,
    RevisionReason,
    Subject,
)
from events.facts.meetings import Attendance, Attended, CellMeetingHeld
from events.facts.members import MemberAdmitted, MemberStatus, MemberStatusChanged, MemberTransferred
from events.facts.organisation import CellKind, UnitFounded, UnitKind, UnitMerged, UnitReparented
from events.facts.values import Basis, Body, Source
from projections.states.evaluations import Round
from projections.states.rulebooks.library import rulebook_for
from services.decisions.asking import Asker, Role
from services.decisions.command import Command
from services.decisions.evaluations.objections import AnswerObjection, RaiseObjection
from services.decisions.evaluations.pools import AuthoriseCapException, FinaliseRatings
from services.decisions.evaluations.ratings import DecideRatings, Rated, ReviseRating
from services.decisions.evaluations.rounds import AttestCase, CloseRound, OpenRound, TakeRoster, WithdrawAttestation
from services.decisions.evaluations.steps import (
    Appraised,
    AppraiseLevels,
    CountBallots,
    GiveComment,
    Paper,
    Proposed,
    ProposeLevels,
    SelfAssess,
)
from services.decisions.outcome import Decided
from tests.given import folded, given, noon, on

BEGINNING, END = date(2017, 1, 1), date(2020, 3, 1)
YEARS = (2018, 2019)
PROVINCE, EAST, WEST = (UUID(int=(1 << 64) + n) for n in range(3))
CELLS = [UUID(int=(2 << 64) + n) for n in range(4)]
"""The first two of the east, one of the west, and one right below the province."""

UNITS = [PROVINCE, EAST, WEST, *CELLS]
PEOPLE = [UUID(int=(3 << 64) + n) for n in range(9)]
SYSTEM = Asker(role=Role.SYSTEM, unit=PROVINCE, client="test")
BASIS = Basis(number="01-QĐ/ĐU")
KINDS = [CellKind.VILLAGE, CellKind.SCHOOL, CellKind.VILLAGE, CellKind.AGENCY]


class History:
    """A history as it is being made up."""

    def __init__(self, seed: int, length: int) -> None:
        self.random = Random(seed)
        self._ids = count(1)
        self.known = given()
        self._beginning()
        self.objections: list[tuple[UUID, UUID, int]] = []
        kinds = [self._classify] * 8 + [self._open] * 3 + [self._rate_unit] * 2
        kinds += [self._take_roster, self._attest, self._revise, self._object, self._answer, self._finalise]
        kinds += [self._except, self._close, self._around]
        for _ in range(length):
            self.random.choice(kinds)()

    @property
    def facts(self) -> list[Fact[Any]]:
        """In the order of the log, each with an id of its own."""
        return list(self.known.facts)

    def _add(self, body: Body, day: date, unit: UUID) -> UUID:
        fact = on(day, body, unit, id=self._id())
        self.known = self.known.given(fact)
        return fact.id

    def _id(self) -> UUID:
        return UUID(int=(9 << 64) + next(self._ids))

    def _beginning(self) -> None:
        founded = [(PROVINCE, UnitKind.PROVINCE, None), (EAST, UnitKind.COMMUNE, PROVINCE)]
        founded.append((WEST, UnitKind.COMMUNE, PROVINCE))
        for unit, kind, parent in founded:
            self._add(UnitFounded(unit=unit, kind=kind, name="Đơn vị", parent=parent), BEGINNING, unit)
        for cell, kind, parent in zip(CELLS, KINDS, (EAST, EAST, WEST, PROVINCE), strict=True):
            day = BEGINNING if self.random.random() < 0.8 else date(2018, 9, 1)
            body = UnitFounded(unit=cell, kind=UnitKind.CELL, name="Chi bộ", cell_kind=kind, parent=parent)
            self._add(body, day, cell)
        for index, person in enumerate(PEOPLE):
            day = self.random.choice([date(2018, 9, 1), date(2018, 11, 1), date(2019, 2, 1)])
            newly = self.random.random() < 0.3
            cell = CELLS[index % len(CELLS)]
            body = MemberAdmitted(person=person, unit=cell, status=MemberStatus.ACTIVE, newly=newly)
            self._add(body, day, cell)

    def _held(self, cell: UUID, day: date) -> UUID:
        came = tuple(Attended(person, Attendance.PRESENT) for person in PEOPLE)
        return self._add(CellMeetingHeld(unit=cell, meeting=self._id(), attendance=came), day, cell)

    def _submit(self, kind: type[Command], **fields: Any) -> bool:
        """Whether it was accepted."""
        source = self.random.choice([Source.IMPORT, Source.WEB])
        command = kind(id=self._id(), source=source, **fields)
        outcome = self.known.at(END).when(command, SYSTEM)
        if not isinstance(outcome.result, Decided):
            return False
        before = len(self.known.facts)
        facts = outcome.recorded().facts
        new = (msgspec.structs.replace(fact, basis=command.basis) for fact in facts[before:])
        self.known = self.known.given(
            *(fact if fact.id == command.id else msgspec.structs.replace(fact, id=self._id()) for fact in new)
        )
        return True

    def _where(self) -> dict[str, Any]:
        year = self.random.choice(YEARS)
        return {"unit": self.random.choice([*CELLS, *CELLS, EAST, WEST]), "year": year, "effective": self._day(year)}

    def _of_round(self) -> tuple[dict[str, Any], UUID | None]:
        """A round that there is, as a rule, and somebody on its roster."""
        rounds = [state for state in folded(self.known.facts)[1].values() if isinstance(state, Round) and state.roster]
        if not rounds or self.random.random() < 0.1:
            return self._where(), self.random.choice(PEOPLE)
        known = self.random.choice(rounds)
        lines = known.roster.lines if known.roster else {}
        where = {"unit": known.unit, "year": known.year, "effective": max(self._day(known.year), known.opened)}
        return where, self.random.choice([*lines]) if lines else None

    def _day(self, year: int) -> date:
        """As a rule in the winter of that year."""
        return date(year, 11, 15) + timedelta(self.random.randrange(70))

    def _level(self) -> str:
        return self.random.choices(list(Level), [3, 4, 2, 3])[0].value

    def _open(self) -> None:
        where = self._where()
        self._submit(OpenRound, rulebook=rulebook_for(where["year"]).citation, **where)

    def _take_roster(self) -> None:
        self._submit(TakeRoster, **self._of_round()[0])

    def _attest(self) -> None:
        kind = self.random.choice([AttestCase, AttestCase, WithdrawAttestation])
        case = self.random.choice(["absent", "under_examination", "leave_of_three_months"])
        where, member = self._of_round()
        self._submit(kind, member=member, case=case, basis=BASIS, **where)

    def _classify(self) -> None:
        """One member's way to his rating; now and then a step is left out or out of order, and what follows is
        refused."""
        (where, member), level = self._of_round(), self._level()
        if member is None:
            return
        rulebook = rulebook_for(where["year"])
        criteria = [each.name for each in rulebook.criteria if Subject.MEMBER in each.subjects]
        marks = tuple(Marked(name, self.random.choice(list(Mark))) for name in criteria)
        days = sorted(max(self._day(where["year"]), where["effective"]) for _ in range(7))
        days[3] = days[2]
        meeting = {"attendance": self._held(where["unit"], days[2])}
        first = Paper(member=member, returned=4, invalid=1, votes=LevelCounts(**{level: 3}))
        second = Paper(member=member, returned=4, votes=LevelCounts(3))
        steps: list[tuple[type[Command], dict[str, Any]]] = [
            (SelfAssess, {"member": member, "level": level, "marks": marks}),
            (GiveComment, {"member": member, "commenter": Commenter.MASS_ORGANISATION}),
            (CountBallots, meeting | {"papers": (first,)}),
            (
                CountBallots,
                meeting | {"papers": (second,), "second": True},
            ),
            (ProposeLevels, {"proposals": (Proposed(member=member, level=level),)}),
            (AppraiseLevels, {"appraisals": (Appraised(member=member, level=level),)}),
            (DecideRatings, {"ratings": (self._rated(member, level),), "basis": BASIS}),
        ]
        for day, (kind, fields) in zip(days, steps, strict=True):
            if self.random.random() < 0.95:
                when = day if self.random.random() < 0.95 else self._day(where["year"])
                self._submit(kind, **where | {"effective": when}, **fields)

    def _rated(self, member: UUID | None, level: str) -> Rated:
        named = ["disciplined_in_year"] if level == "not_completed" and member and self.random.random() < 0.5 else []
        return Rated(member=member, level=level, grounds=tuple(named))

    def _rate_unit(self) -> None:
        (where, _), level = self._of_round(), self._level()
        rulebook = rulebook_for(where["year"])
        subject = Subject.COMMITTEE if where["unit"] in (EAST, WEST, CELLS[3]) else Subject.CELL
        criteria = [each.name for each in rulebook.criteria if subject in each.subjects]
        marks = tuple(Marked(name, Mark.GOOD) for name in criteria)
        self._submit(SelfAssess, level=level, marks=marks, **where)
        self._submit(AppraiseLevels, appraisals=(Appraised(level=level),), **where)
        self._submit(DecideRatings, ratings=(self._rated(None, level),), **where)

    def _revise(self) -> None:
        where, member = self._of_round()
        reason = RevisionReason.VERIFIED_AGAIN
        self._submit(ReviseRating, member=member, level=self._level(), reason=reason, basis=BASIS, **where)

    def _object(self) -> None:
        where, member = self._of_round()
        instant = noon(where.pop("effective")).astimezone(VIETNAM)
        what = {"member": member, "about": self.random.choice(list(ObjectionAbout)), "instant": instant}
        if self._submit(RaiseObjection, **where, **what):
            self.objections.append((self.known.facts[-1].body.objection, where["unit"], where["year"]))

    def _answer(self) -> None:
        if self.objections:
            objection, unit, year = self.random.choice(self.objections)
            where = {"unit": unit, "year": year, "effective": self._day(year)}
            outcome = self.random.choice(list(ObjectionOutcome))
            self._submit(AnswerObjection, objection=objection, outcome=outcome, basis=BASIS, **where)

    def _pool(self) -> dict[str, Any]:
        year = self.random.choice(YEARS)
        committee = self.random.choice([EAST, WEST, PROVINCE, CELLS[3]])
        subject = self.random.choice([Subject.MEMBER, Subject.CELL, Subject.COMMITTEE])
        return {"committee": committee, "year": year, "subject": subject, "effective": self._day(year)}

    def _finalise(self) -> None:
        self._submit(FinaliseRatings, basis=BASIS, **self._pool())

    def _except(self) -> None:
        self._submit(AuthoriseCapException, percent=self.random.choice([25, 60]), basis=BASIS, **self._pool())

    def _close(self) -> None:
        self._submit(CloseRound, **self._of_round()[0])

    def _around(self) -> None:
        person, day = self.random.choice(PEOPLE), self._day(self.random.choice(YEARS))
        moves: list[Body] = [
            MemberStatusChanged(person=person, status=self.random.choice(list(MemberStatus))),
            MemberTransferred(person=person, unit=self.random.choice(CELLS), former_unit=CELLS[0]),
            UnitReparented(unit=CELLS[1], parent=WEST),
            UnitMerged(unit=CELLS[0], into=CELLS[1]),
        ]
        body = self.random.choice(moves)
        if not (isinstance(body, UnitReparented | UnitMerged) and self.random.random() < 0.7):
            self._add(body, day, getattr(body, "unit", CELLS[0]))
