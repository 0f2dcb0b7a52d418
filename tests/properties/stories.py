"""Random stories of a small province: commands that somebody might send, many sensible and some not."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from events.calendar import VIETNAM
from events.facts.assignments import EndingReason, NoticeChannel, RetractionReason
from events.facts.households import DissolutionReason, EconomicClass
from events.facts.members import LeavingReason, MemberStatus
from events.facts.organisation import CellKind, OfficeKind, UnitKind
from events.facts.values import Basis
from events.facts.visits import Outcome, Purpose, VisitTopic
from events.identifiers import uuid7
from services.decisions import assignments, households, members, organisation, visits
from services.decisions.asking import Asker, Role
from services.decisions.command import Command

FIRST = date(2018, 1, 1)
DAYS = [FIRST + timedelta(days=days) for days in (0, 0, 1, 30, 31, 90, 181, 200, 365, 400, 730)]
LATER = [date(2031, 1, 1), date(2040, 6, 1)]
"""Days that lie ahead: what is decided today for then."""

BASIS = Basis(number="01-NQ/CB", issued_on=FIRST)


class Story:
    """Who and what there is, and what might be sent about it. Every choice comes from the dice that are given."""

    def __init__(self) -> None:
        self.province = uuid7()
        self.communes = [uuid7() for _ in range(2)]
        self.cells = [uuid7() for _ in range(3)]
        self.people = [uuid7() for _ in range(5)]
        self.households = [uuid7() for _ in range(5)]
        self.groups = [uuid7()]
        self.assigned = [(uuid7(), self.households[0])]
        """Assignment and its household or group."""
        self.visits: list[tuple[UUID, UUID]] = []
        """Visit and its household."""
        self.offices: list[dict[str, Any]] = [
            {"unit": self.communes[0], "office": OfficeKind.ORGANISATION_OFFICER, "person": self.people[1]},
            {"unit": self.cells[0], "office": OfficeKind.SECRETARY, "person": self.people[2]},
        ]
        """Unit, office and person of those that were taken, or were to be."""
        self.residences: list[tuple[UUID, UUID]] = []
        """Person and cell of those that were introduced, or were to be."""
        self._passed = timedelta()

    def askers(self) -> Sequence[Asker]:
        """Who sends: mostly a program that may do everything. Of the others, some lose their office on the way."""
        return (
            *[Asker(Role.SYSTEM, self.province, "test")] * 5,
            Asker(Role.COMMUNE_OFFICE, self.communes[0], "test", self.people[1], "organisation_officer"),
            Asker(Role.CELL_SECRETARY, self.cells[0], "test", self.people[2], "secretary"),
            Asker(Role.MEMBER, self.cells[0], "test", self.people[3]),
        )

    def beginning(self) -> list[Command]:
        """A province with two communes, three cells, five people of whom four are members, and five households."""
        found, day, village = organisation.FoundUnit, FIRST, CellKind.VILLAGE
        above = (self.communes[0], self.communes[0], self.communes[1])
        first, second = self.cells[:2]
        return [
            found(id=uuid7(), effective=day, unit=self.province, kind=UnitKind.PROVINCE, name="Tỉnh thử"),
            *(
                found(id=uuid7(), effective=day, unit=unit, kind=UnitKind.COMMUNE, name="Xã thử", parent=self.province)
                for unit in self.communes
            ),
            *(
                found(
                    id=uuid7(),
                    effective=day,
                    unit=unit,
                    kind=UnitKind.CELL,
                    cell_kind=village,
                    name="Bản thử",
                    parent=parent,
                )
                for unit, parent in zip(self.cells, above, strict=True)
            ),
            *(
                organisation.RegisterPerson(id=uuid7(), effective=day, person=person, unit=first, name="Người thử")
                for person in self.people
            ),
            *(organisation.AppointOffice(id=uuid7(), effective=day, **office) for office in self.offices),
            *(
                members.AdmitMember(id=uuid7(), effective=day, person=person, unit=cell)
                for person, cell in zip(self.people[:4], (first, first, second, self.cells[2]), strict=True)
            ),
            *(
                households.RegisterHousehold(id=uuid7(), effective=day, household=key, unit=cell, head="Chủ hộ thử")
                for key, cell in zip(self.households, (first, first, first, second, self.cells[2]), strict=True)
            ),
            households.FormGroup(
                id=uuid7(),
                effective=day,
                group=self.groups[0],
                unit=first,
                name="Nhóm",
                households=(self.households[1],),
            ),
            assignments.AssignHousehold(
                id=uuid7(),
                effective=day,
                assignment=self.assigned[0][0],
                household=self.households[0],
                member=self.people[0],
            ),
        ]

    def refused(self, command: Command) -> None:
        """Forgets what the command would have brought about, so that little is sent about what does not exist."""
        keys = {getattr(command, name, None) for name in ("id", "assignment", "unit", "household", "group", "person")}
        match command:
            case assignments.AssignHousehold() | assignments.AssignGroup():
                self.assigned = [pair for pair in self.assigned if pair[0] not in keys]
            case assignments.AdoptPlan():
                lines = {line.assignment for line in command.assignments}
                self.assigned = [pair for pair in self.assigned if pair[0] not in lines]
            case visits.RecordVisit():
                self.visits = [pair for pair in self.visits if pair[0] not in keys]
            case organisation.FoundUnit():
                self.cells = [cell for cell in self.cells if cell not in keys]
            case households.RegisterHousehold():
                self.households = [household for household in self.households if household not in keys]
            case households.FormGroup():
                self.groups = [group for group in self.groups if group not in keys]

    def next(self, kind: str, seed: int) -> Command:
        """A command of the kind, chosen by the seed."""
        self._passed += timedelta(days=5)
        choose: Callable[[random.Random], Command] = getattr(self, kind)
        return choose(random.Random(seed))

    def found_unit(self, dice: random.Random) -> Command:
        self.cells.append(uuid7())
        return organisation.FoundUnit(
            id=uuid7(),
            effective=dice.choice(DAYS + LATER),
            unit=self.cells[-1],
            kind=UnitKind.CELL,
            cell_kind=CellKind.SCHOOL,
            name="Bản mới",
            parent=dice.choice(self.communes),
        )

    def rename_unit(self, dice: random.Random) -> Command:
        return organisation.RenameUnit(**self._on(dice), unit=_known(dice, self.cells), name=f"Bản {dice.randrange(9)}")

    def reparent_unit(self, dice: random.Random) -> Command:
        return organisation.ReparentUnit(
            **self._on(dice), unit=_known(dice, self.cells), parent=dice.choice(self.communes)
        )

    def merge_units(self, dice: random.Random) -> Command:
        into, *units = dice.sample(self.cells, dice.choice((2, 2, 3)))
        return organisation.MergeUnits(**self._on(dice), into=into, units=tuple(units), basis=BASIS)

    def dissolve_unit(self, dice: random.Random) -> Command:
        return organisation.DissolveUnit(**self._on(dice), unit=_known(dice, self.cells))

    def register_person(self, dice: random.Random) -> Command:
        if dice.random() < 0.5:
            self.people.append(uuid7())
        cell = _known(dice, self.cells)
        return organisation.RegisterPerson(
            **self._on(dice), person=_known(dice, self.people), unit=cell, name="Tên khác"
        )

    def appoint_office(self, dice: random.Random) -> Command:
        self.offices.append(self._office(dice))
        return organisation.AppointOffice(**self._on(dice), **self.offices[-1])

    def release_office(self, dice: random.Random) -> Command:
        held = dice.choice(self.offices or [self._office(dice)])
        return organisation.ReleaseOffice(**self._on(dice), **held)

    def act_in_office(self, dice: random.Random) -> Command:
        self.offices.append(self._office(dice))
        return organisation.ActInOffice(**self._on(dice), **self.offices[-1], until=_maybe(dice, self._until))

    def admit(self, dice: random.Random) -> Command:
        status = dice.choice((MemberStatus.ACTIVE, MemberStatus.PROBATIONARY))
        return members.AdmitMember(
            **self._on(dice), person=_known(dice, self.people), unit=_known(dice, self.cells), status=status, newly=True
        )

    def transfer(self, dice: random.Random) -> Command:
        return members.TransferMember(**self._on(dice), person=_known(dice, self.people), unit=_known(dice, self.cells))

    def change_status(self, dice: random.Random) -> Command:
        return members.ChangeMemberStatus(
            **self._on(dice),
            person=_known(dice, self.people),
            status=dice.choice(list(MemberStatus)),
            until=_maybe(dice, self._until),
            basis=BASIS,
        )

    def leave(self, dice: random.Random) -> Command:
        reason = dice.choice(list(LeavingReason))
        return members.RecordLeaving(**self._on(dice), person=_known(dice, self.people), reason=reason)

    def introduce_at_residence(self, dice: random.Random) -> Command:
        person, cell = _known(dice, self.people), _known(dice, self.cells)
        self.residences.append((person, cell))
        return members.IntroduceAtResidence(**self._on(dice), person=person, unit=cell)

    def end_residence(self, dice: random.Random) -> Command:
        person, cell = dice.choice(self.residences or [(self.people[0], self.cells[0])])
        return members.EndResidence(**self._on(dice), person=person, unit=cell)

    def register_household(self, dice: random.Random) -> Command:
        self.households.append(uuid7())
        cell = _known(dice, self.cells)
        return households.RegisterHousehold(
            **self._on(dice), household=self.households[-1], unit=cell, head="Chủ hộ mới", persons=dice.randrange(9)
        )

    def move_household(self, dice: random.Random) -> Command:
        return households.MoveHousehold(**self._household(dice), unit=_known(dice, self.cells))

    def review_class(self, dice: random.Random) -> Command:
        found = dice.choice(list(EconomicClass))
        return households.ReviewEconomicClass(**self._household(dice), year=2018, economic_class=found)

    def leave_poverty(self, dice: random.Random) -> Command:
        return households.RecogniseLeavingPoverty(**self._household(dice), year=dice.choice((2018, 2019)))

    def recognise_cultural(self, dice: random.Random) -> Command:
        return households.RecogniseCulturalFamily(**self._household(dice), year=dice.choice((2018, 2019)))

    def dissolve_household(self, dice: random.Random) -> Command:
        return households.DissolveHousehold(**self._household(dice), reason=dice.choice(list(DissolutionReason)))

    def form_group(self, dice: random.Random) -> Command:
        self.groups.append(uuid7())
        inside = tuple(dice.sample(self.households, dice.randrange(3)))
        return households.FormGroup(
            **self._on(dice), group=self.groups[-1], unit=_known(dice, self.cells), name="Nhóm mới", households=inside
        )

    def change_group(self, dice: random.Random) -> Command:
        one, other = dice.sample(self.households, 2)
        added, removed = dice.choice((((one,), ()), ((), (one,)), ((one,), (other,))))
        return households.ChangeGroup(**self._on(dice), group=_known(dice, self.groups), added=added, removed=removed)

    def dissolve_group(self, dice: random.Random) -> Command:
        return households.DissolveGroup(**self._on(dice), group=_known(dice, self.groups))

    def assign_household(self, dice: random.Random) -> Command:
        key, target = uuid7(), _known(dice, self.households)
        self.assigned.append((key, target))
        return assignments.AssignHousehold(**self._assign(dice), assignment=key, household=target)

    def assign_group(self, dice: random.Random) -> Command:
        key, target = uuid7(), _known(dice, self.groups)
        self.assigned.append((key, target))
        return assignments.AssignGroup(**self._assign(dice), assignment=key, group=target)

    def adopt_plan(self, dice: random.Random) -> Command:
        lines = []
        for household in dice.sample(self.households[:3], 2):
            lines.append(assignments.Planned(assignment=uuid7(), member=_known(dice, self.people), household=household))
            self.assigned.append((lines[-1].assignment, household))
        ended = (dice.choice(self.assigned),) if dice.random() < 0.3 else ()
        return assignments.AdoptPlan(
            **self._on(dice),
            plan=uuid7(),
            unit=self.cells[0],
            year=dice.choice((2018, 2019)),
            assignments=tuple(lines),
            endings=tuple(assignments.Ending(assignment=key, target=target) for key, target in ended),
            basis=BASIS,
        )

    def end_assignment(self, dice: random.Random) -> Command:
        return assignments.EndAssignment(**self._about(dice), reason=dice.choice(list(EndingReason)))

    def correct_assignment(self, dice: random.Random) -> Command:
        return assignments.CorrectAssignment(
            **self._about(dice), since=self._day(dice), until=_maybe(dice, self._until)
        )

    def retract_assignment(self, dice: random.Random) -> Command:
        return assignments.RetractAssignment(**self._about(dice), reason=RetractionReason.ENTERED_TWICE)

    def notify_household(self, dice: random.Random) -> Command:
        return assignments.NotifyHousehold(**self._about(dice), channel=dice.choice(list(NoticeChannel)))

    def record_visit(self, dice: random.Random) -> Command:
        household, key = _known(dice, self.households), uuid7()
        self.visits.append((key, household))
        return visits.RecordVisit(id=key, household=household, **self._visit(dice))

    def correct_visit(self, dice: random.Random) -> Command:
        visit, household = dice.choice(self.visits or [(uuid7(), self.households[0])])
        if dice.random() < 0.1:
            household = _known(dice, self.households)
        return visits.CorrectVisit(id=uuid7(), visit=visit, household=household, **self._visit(dice))

    def retract_visit(self, dice: random.Random) -> Command:
        return visits.RetractVisit(**self._about_visit(dice), reason=dice.choice(list(RetractionReason)))

    def attest_visit(self, dice: random.Random) -> Command:
        return visits.AttestVisit(**self._about_visit(dice))

    def dispute_visit(self, dice: random.Random) -> Command:
        return visits.DisputeVisit(**self._about_visit(dice), note="Không có ai đến")

    def _office(self, dice: random.Random) -> dict[str, Any]:
        office, unit = dice.choice((OfficeKind.SECRETARY, OfficeKind.DEPUTY_SECRETARY)), _known(dice, self.cells)
        return {"unit": unit, "office": office, "person": _known(dice, self.people)}

    def _household(self, dice: random.Random) -> dict[str, Any]:
        return {**self._on(dice), "household": _known(dice, self.households)}

    def _assign(self, dice: random.Random) -> dict[str, Any]:
        return {**self._on(dice), "member": _known(dice, self.people), "until": _maybe(dice, self._until)}

    def _about(self, dice: random.Random) -> dict[str, Any]:
        key, target = dice.choice(self.assigned)
        return {**self._on(dice), "assignment": key, "target": target}

    def _visit(self, dice: random.Random) -> dict[str, Any]:
        return {
            "instant": self._instant(dice),
            "member": _known(dice, self.people),
            "purpose": dice.choice(list(Purpose)),
            "topics": tuple(dice.sample(list(VisitTopic), 2)),
            "outcomes": tuple(dice.sample(list(Outcome), 2)),
            "note": _maybe(dice, lambda _: "Nhà mới lợp lại mái"),
        }

    def _about_visit(self, dice: random.Random) -> dict[str, Any]:
        visit, _ = dice.choice(self.visits or [(uuid7(), self.households[0])])
        return {"id": uuid7(), "instant": self._instant(dice), "visit": visit}

    def _on(self, dice: random.Random) -> dict[str, Any]:
        return {"id": uuid7(), "effective": self._day(dice)}

    def _day(self, dice: random.Random) -> date:
        """Mostly the story's own today; often entered late, and sometimes decided for years ahead."""
        chance = dice.random()
        if chance < 0.6:
            return FIRST + self._passed
        return dice.choice(LATER) if chance > 0.94 else dice.choice(DAYS)

    def _until(self, dice: random.Random) -> date:
        return self._day(dice) + timedelta(days=dice.choice((-1, 0, 20, 200, 400)))

    def _instant(self, dice: random.Random) -> datetime:
        day = FIRST + self._passed if dice.random() < 0.6 else dice.choice(DAYS)
        return datetime.combine(day, time(dice.randrange(24), dice.randrange(60)), VIETNAM)


RARE = frozenset(
    {
        "act_in_office",
        "admit",
        "appoint_office",
        "dissolve_group",
        "dissolve_household",
        "dissolve_unit",
        "found_unit",
        "leave",
        "leave_poverty",
        "merge_units",
        "recognise_cultural",
        "register_person",
        "release_office",
        "rename_unit",
    }
)
"""What happens seldom, or ends so much that little could happen afterwards."""

KINDS = sorted(
    name
    for name, member in vars(Story).items()
    if callable(member) and not name.startswith("_") and name not in ("askers", "beginning", "next", "refused")
    for _ in range(1 if name in RARE else 4)
)
"""Everything that can happen, as often as it is to be chosen."""


def _known(dice: random.Random, keys: Sequence[UUID]) -> UUID:
    """Mostly one of those that stood at the beginning, so that much is about the same."""
    return dice.choice(keys[:3]) if dice.random() < 0.6 else dice.choice(keys)


def _maybe(dice: random.Random, choose: Callable[[random.Random], Any]) -> Any:
    return choose(dice) if dice.random() < 0.3 else None
