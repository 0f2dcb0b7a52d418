"""A story: who submits what, in which order, and what is to come of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from services.decisions.asking import Asker, Role
from services.decisions.command import Command


class Words(msgspec.Struct, frozen=True):
    """The same said in Vietnamese and in English."""

    vi: str
    en: str


class Client(msgspec.Struct, frozen=True, kw_only=True):
    """A program that submits, for a person in an office (none for a system) of a unit."""

    name: str
    role: Role
    unit: UUID
    person: UUID | None = None
    office: str | None = None
    description: Words

    def asker(self) -> Asker:
        return Asker(role=self.role, unit=self.unit, client=self.name, person=self.person, office=self.office)


CLOCK_AHEAD = "clock_ahead"


class Outcomes(msgspec.Struct, frozen=True):
    """How many items of a step are to be recorded, known already, and refused."""

    recorded: int
    duplicate: int = 0
    refused: int = 0


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """What one client submits together. Its commands do not depend on each other, only on earlier steps.

    `at` is when it was submitted in the story. `refusals` and `warnings` are the codes to come, in the order of the
    commands; warnings of a clock (`CLOCK_AHEAD`) are left out, since they hang on when the story is told.
    """

    client: str
    at: datetime
    label: Words
    commands: tuple[Command, ...]
    expected: Outcomes
    refusals: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class Story(msgspec.Struct, frozen=True):
    """Clients, and what they submit in order."""

    clients: tuple[Client, ...]
    steps: tuple[Step, ...]

    def client(self, name: str) -> Client:
        return next(client for client in self.clients if client.name == name)
