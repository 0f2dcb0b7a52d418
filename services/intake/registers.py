"""What decisions look at beyond their boundaries: what they ask of the registers, and the answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from events.catalogue import subject
from events.facts.evaluations import Evidence
from projections.database import Connection
from projections.publications.writing import Counted
from projections.states.inspections import Mandate
from services.decisions.asking import Role
from services.decisions.command import Command
from services.decisions.view import CaseRecord, CountsOf, EvidenceOf, Records
from services.intake import counts, evidence
from services.intake.items import Item

UNITS = "facts.unit."


class Asked(NamedTuple):
    """What the decisions of a pass ask. See the methods of `Command` that name it; `inspectors` are who submits for an
    inspection, since what he may do follows from his mandates."""

    rosters: set[tuple[UUID, date]]
    cells: set[UUID]
    office_holders: set[UUID]
    evidence: set[EvidenceOf]
    erased: set[UUID]
    counts: set[CountsOf]
    inspectors: set[UUID]

    def anything(self) -> bool:
        return any(self)


class Answers(msgspec.Struct, frozen=True):
    """What the registers say to it, by what was asked."""

    waiting: Mapping[UUID, Sequence[UUID]] = {}
    offices: Mapping[UUID, Sequence[UUID]] = {}
    evidence: Mapping[EvidenceOf, Evidence] = {}
    records: Mapping[UUID, Records] = {}
    counts: Mapping[CountsOf, Counted] = {}
    mandates: Sequence[Mandate] = ()


def asked_by(items: Iterable[Item], states: Mapping[str, Any]) -> Asked:
    """What the items ask, as it follows from them and from the states found so far."""
    asked = Asked(set(), set(), set(), set(), set(), set(), set())
    for item in items:
        command = item.command
        if command is None:
            continue
        asked.rosters.update(command.names_rosters())
        asked.cells.update(command.names_cells())
        asked.office_holders.update(command.names_office_holders(states))
        asked.evidence.update(command.names_evidence())
        asked.erased.update(command.names_erased())
        asked.counts.update(command.names_counts(states))
        if item.asker.role is Role.INSPECTION and item.asker.person is not None:
            asked.inspectors.add(item.asker.person)
    return asked


def parts(items: Sequence[Item]) -> Iterator[list[Item]]:
    """The items in order, cut before each whose decision must find in the registers what stands before it.

    What waits at a cell is also seen from what is decided beside it, unless the tree of units changes there; who holds
    an office always is.
    """
    part: list[Item] = []
    for item in items:
        if part and item.command is not None and _must_follow(item.command, part):
            yield part
            part = []
        part.append(item)
    if part:
        yield part


def _must_follow(command: Command, before: Sequence[Item]) -> bool:
    if any(map(tuple, (command.names_rosters(), command.names_evidence(), command.names_erased()))):
        return True
    if tuple(command.names_counts({})):
        return True
    return bool(tuple(command.names_cells())) and any(
        name.startswith(UNITS) for item in before for name in item.needs()
    )


async def rosters(connection: Connection, items: Iterable[Item]) -> dict[tuple[UUID, date], list[UUID]]:
    """Who is in which cell; lets the items look at them too."""
    found: dict[tuple[UUID, date], list[UUID]] = {}
    for item in items:
        for asked in item.command.names_rosters() if item.command else ():
            if asked not in found:
                rows = await connection.fetch("SELECT access.roster($1, $2)", *asked)
                found[asked] = [row[0] for row in rows]
            item.further |= {subject("member", member) for member in found[asked]}
    return found


async def answers(connection: Connection, asked: Asked, position: int) -> Answers:
    """What the registers say, which have come to the position; evidence and counts as known at exactly that one."""
    return Answers(
        waiting=await _waiting(connection, asked.cells) if asked.cells else {},
        offices=await _offices(connection, asked.office_holders) if asked.office_holders else {},
        evidence=await evidence.gathered(connection, asked.evidence, position) if asked.evidence else {},
        records={each: await _records(connection, each) for each in asked.erased},
        counts=await counts.counted(connection, asked.counts, position) if asked.counts else {},
        mandates=await _mandates(connection, asked.inspectors) if asked.inspectors else (),
    )


async def _records(connection: Connection, of: UUID) -> Records:
    types = await connection.fetch("SELECT type, last FROM access.records_of($1)", of)
    cases = await connection.fetch("SELECT grievance, is_open, last FROM access.cases_of($1)", of)
    return Records(
        {row["type"]: row["last"] for row in types},
        {UUID(bytes=row["grievance"].bytes): CaseRecord(row["is_open"], row["last"]) for row in cases},
    )


async def _offices(connection: Connection, persons: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = {}
    for row in await connection.fetch("SELECT person, unit FROM access.offices_of($1)", list(persons)):
        found.setdefault(row["person"], []).append(row["unit"])
    return found


async def _mandates(connection: Connection, inspectors: Iterable[UUID]) -> list[Mandate]:
    rows = await connection.fetch("SELECT * FROM access.mandates_of($1)", list(inspectors))
    return [
        Mandate(mandate, unit, tuple(team), tuple(cases), tuple(units), first, until, ended)
        for mandate, unit, team, cases, units, first, until, ended in rows
    ]


async def _waiting(connection: Connection, cells: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = {}
    for row in await connection.fetch("SELECT cell, grievance FROM access.waiting_at($1)", list(cells)):
        found.setdefault(row["cell"], []).append(row["grievance"])
    return found
