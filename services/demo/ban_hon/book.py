"""Plain bookkeeping beside the story: what holds by now, kept without any of the code it is used to check."""

from __future__ import annotations

from uuid import UUID

import msgspec

from services.demo.ban_hon.places import Household


class Held(msgspec.Struct, frozen=True):
    """A running assignment: member number, and the households it means with the group's id if it is a group."""

    assignment: UUID
    member: int
    target: UUID
    cell: int
    household: Household | None = None


class Book:
    """Who is where, who may be given households, who has which, as of the point the story has reached."""

    def __init__(self) -> None:
        self.cell_of: dict[int, int] = {}
        self.exempt: set[int] = set()
        self.away: set[int] = set()
        self.home: dict[Household, int] = {}
        self.held: dict[UUID, Held] = {}
        self.groups: dict[UUID, list[Household]] = {}
        self.visits = 0

    def able(self, cell: int) -> list[int]:
        """Members of the cell who take part in its life."""
        return sorted(m for m, c in self.cell_of.items() if c == cell and m not in self.exempt | self.away)

    def of_member(self, member: int) -> list[Held]:
        return [held for held in self.held.values() if held.member == member]

    def of_household(self, household: Household) -> list[Held]:
        """Direct assignments of the household."""
        return [held for held in self.held.values() if held.household == household]

    def households(self, member: int) -> list[Household]:
        """All the member is responsible for, directly or through a group."""
        found: list[Household] = []
        for held in self.of_member(member):
            found += self.groups[held.target] if held.household is None else [held.household]
        return found

    def responsible(self, household: Household) -> int:
        """Who is responsible for the household, directly or through a group; the first of them."""
        return next(member for member in sorted(self.cell_of) if household in self.households(member))

    def alone(self, cell: int) -> list[Household]:
        """The cell's households in nobody's charge."""
        covered = {household for member in self.cell_of for household in self.households(member)}
        return [household for household, home in self.home.items() if home == cell and household not in covered]
