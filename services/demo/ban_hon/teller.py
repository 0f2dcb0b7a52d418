"""The teller: puts commands in order under their clients, gives them their ids, and keeps the book beside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

import msgspec

from events.calendar import VIETNAM
from events.facts.assignments import EndingReason
from events.facts.members import MemberStatus
from events.facts.values import Basis, Source, encode
from services.decisions.assignments import AssignGroup, AssignHousehold, EndAssignment
from services.decisions.command import Command
from services.decisions.members import ChangeMemberStatus
from services.demo.ban_hon.book import Book, Held
from services.demo.ban_hon.clients import CLIENTS
from services.demo.ban_hon.places import CELL, YEAR, Household, person
from services.demo.identifiers import named, uuid7_of
from services.demo.story import Outcomes, Step, Story, Words

TO_COME = UUID(int=0)
"""Stands for the id of a command that the teller has not numbered yet."""

C = TypeVar("C", bound=Command)


def moment(month: int, day: int, hour: int = 9, minute: int = 0, year: int = YEAR) -> datetime:
    """That moment in Bản Hon."""
    return datetime(year, month, day, hour, minute, tzinfo=VIETNAM)


def on(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """That moment of the day in Bản Hon."""
    return moment(day.month, day.day, hour, minute, day.year)


def decision(number: str, day: date) -> Basis:
    """A decision of the commune committee."""
    return Basis(number=f"{number}-QĐ/ĐU", issued_on=day, issuer="Đảng ủy xã Bản Hon")


def of_province(number: str, day: date) -> Basis:
    """A decision of the province's committee."""
    return Basis(number=f"{number}-QĐ/TU", issued_on=day, issuer="Tỉnh ủy Lai Châu")


def resolution(number: str, day: date, cell: int) -> Basis:
    """A resolution of the cell, as in its minute book."""
    return Basis(number=f"{number}-NQ/CB", issued_on=day, issuer=CELL[cell].name)


def numbered(command: C, at: datetime) -> C:
    """The command with its id: of the moment it was written, or else `at`."""
    if command.id != TO_COME:
        return command
    return msgspec.structs.replace(command, id=uuid7_of(command.written_at or at, encode(command)))


class Teller:
    """Collects the steps. `book` holds what they amount to."""

    def __init__(self) -> None:
        self.book = Book()
        self._steps: list[Step] = []

    def story(self) -> Story:
        """All that was told, in the order in which it was submitted."""
        return Story(CLIENTS, tuple(sorted(self._steps, key=lambda step: step.at)))

    def submit(
        self,
        client: str,
        at: datetime,
        vi: str,
        en: str,
        commands: Sequence[Command],
        *,
        source: Source | None = None,
        duplicate: int = 0,
        refusals: tuple[str, ...] = (),
        warnings: tuple[str, ...] = (),
    ) -> None:
        """One step; nothing where there are no commands."""
        if not commands:
            return
        if source is not None:
            commands = [msgspec.structs.replace(command, source=source) for command in commands]
        expected = Outcomes(len(commands) - duplicate - len(refusals), duplicate, len(refusals))
        self._steps.append(
            Step(
                client=client,
                at=at,
                label=Words(vi, en),
                commands=tuple(numbered(command, at) for command in commands),
                expected=expected,
                refusals=refusals,
                warnings=warnings,
            )
        )

    def assign(self, household: Household, member: int, day: date, until: date | None = None) -> AssignHousehold:
        """The member becomes responsible for the household."""
        assignment = named(f"ban-hon/assignment/{household.cell}.{household.number:02}/{member:03}/{day}")
        self.book.held[assignment] = Held(assignment, member, household.id, self.book.home[household], household)
        return AssignHousehold(
            id=TO_COME,
            effective=day,
            assignment=assignment,
            member=person(member),
            household=household.id,
            until=until,
        )

    def assign_group(self, group: UUID, cell: int, member: int, day: date, until: date | None = None) -> AssignGroup:
        """The member becomes responsible for the group."""
        assignment = named(f"ban-hon/assignment/{group}/{member:03}/{day}")
        self.book.held[assignment] = Held(assignment, member, group, cell)
        return AssignGroup(
            id=TO_COME, effective=day, assignment=assignment, member=person(member), group=group, until=until
        )

    def end(self, held: Held, day: date, reason: EndingReason) -> EndAssignment:
        """The assignment ends."""
        del self.book.held[held.assignment]
        return EndAssignment(id=TO_COME, effective=day, assignment=held.assignment, target=held.target, reason=reason)

    def status(
        self, member: int, status: MemberStatus, day: date, basis: Basis, granted_by: UUID, until: date | None = None
    ) -> ChangeMemberStatus:
        """The member's status changes."""
        if status is MemberStatus.EXEMPT:
            self.book.exempt.add(member)
        if status is MemberStatus.TEMPORARILY_EXEMPT:
            self.book.away.add(member)
        return ChangeMemberStatus(
            id=TO_COME,
            effective=day,
            person=person(member),
            status=status,
            until=until,
            granted_by=granted_by,
            basis=basis,
        )
