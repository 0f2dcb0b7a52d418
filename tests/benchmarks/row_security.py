"""What row-level security costs lists and counts: answers over HTTP with it ÷ without it, from one API, in turns.

Without it, the policies of all tables are switched off by the database's own administrator: the same role asks the same
statements in the name of a commune or of the province, and the unit stands in the condition of the question alone. Both
get answers of the same length, or nothing is measured.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from itertools import count
from random import Random
from typing import NamedTuple
from uuid import UUID

import asyncpg
import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.decisions.asking import Asker, Role
from services.demo.kon_tum import archive_rows, generate
from services.demo.kon_tum.shape import PROVINCE, communes
from tests.benchmarks import grievance_rows, http_load
from tests.benchmarks.grievance_rows import LAST
from tests.benchmarks.history import Row, fill_archive
from tests.benchmarks.installation import Installation, installation
from tests.benchmarks.measure import Figure, at_most, median
from tests.benchmarks.progress import CONSOLE

TURNS = 6
ASKED = 40
MOST = 1.25
"""Row-level security may cost 25 % of the time of an answer."""

ON, OFF = "ENABLE", "DISABLE"
GUARDED = """SELECT format('ALTER TABLE %s %s ROW LEVEL SECURITY', oid::regclass, $1::text)
             FROM pg_class WHERE oid = ANY ($2::oid[])"""


class Question(NamedTuple):
    """Asked about one of the units, in the name of another: unit → in whose name."""

    name: str
    path: str
    units: Mapping[UUID, UUID]


async def row_security(full: bool) -> list[Figure]:
    """Quick: a tenth of the province. Full: the whole of it, 19,382 members and 140,156 households."""
    scale = 1.0 if full else 0.1
    async with installation() as one:
        one.start("api")  # first of all: its vault belongs to an empty archive, and is refused beside a full one
        (await http_load.Connection.open(one.port)).close()
        facts = await fill_archive(one, _rows(scale))
        facts += await fill_archive(one, grievance_rows.offices(scale, facts))
        one.start("projector")
        await one.caught_up(facts)
        one.stop("projector")
        await one.settle()
        policies = await Policies.found(one)
        conditions = (
            f"scale {scale:g}, {round(grievance_rows.OPEN * scale)} open cases, {facts} facts without visits; over "
            f"HTTP, one connection, median of {TURNS} turns of {ASKED} questions, each asked once before"
        )
        return [await _figure(one, policies, question, conditions) for question in _questions(scale)]


def _rows(scale: float) -> Iterator[Row]:
    """The province's year without visits, and its grievances after it. Nobody reads their texts: any key does."""
    positions = count(1)
    for row in archive_rows(1, scale, visited=0.0):
        yield (next(positions), *row[1:])
    keys = {grievance_rows.case_id(number): AESGCM(os.urandom(32)) for number in range(grievance_rows.LONG)}
    yield from grievance_rows.rows(1, scale, next(positions) - 1, keys)


def _questions(scale: float) -> Iterator[Question]:
    province = generate(scale)
    above = {commune.number: commune.id for commune in communes(province.figures)}
    cells = {cell.id: above[cell.commune] for cell in province.cells}
    for scope, units, of_cells in (
        ("commune", {unit: unit for unit in above.values()}, cells),
        ("province", dict.fromkeys(above.values(), PROVINCE), dict.fromkeys(cells, PROVINCE)),
    ):
        yield Question(f"coverage_of_a_commune_for_the_{scope}", "coverage?", units)
        yield Question(f"households_of_a_commune_for_the_{scope}", "coverage/households?", units)
        yield Question(f"members_of_a_cell_for_the_{scope}", "coverage/members?", of_cells)
        yield Question(f"grievances_of_a_commune_for_the_{scope}", "grievances?open=true&", units)
    yield Question("coverage_of_the_province", "coverage?", {PROVINCE: PROVINCE})
    yield Question("grievances_of_the_province", "grievances?open=true&", {PROVINCE: PROVINCE})
    yield Question("open_grievances_by_unit", "grievances/holders?", {PROVINCE: PROVINCE})


class Policies:
    """The policies of the installation's tables, on or off."""

    def __init__(self, one: Installation, tables: list[int]) -> None:
        self._one = one
        self._tables = tables

    @classmethod
    async def found(cls, one: Installation) -> Policies:
        """Those there are."""
        connection = await asyncpg.connect(one.endpoints.admin_url)
        tables = await connection.fetch("SELECT oid FROM pg_class WHERE relrowsecurity")
        await connection.close()
        return cls(one, [row[0] for row in tables])

    async def turn(self, which: str) -> None:
        connection = await asyncpg.connect(self._one.endpoints.admin_url)
        for row in await connection.fetch(GUARDED, which, self._tables):
            await connection.execute(row[0])
        await connection.close()


async def _figure(one: Installation, policies: Policies, question: Question, conditions: str) -> Figure:
    chance = Random(question.name)
    tokens = {
        asker: one.issuer.token(Asker(role=Role.SYSTEM, unit=asker, client="bench"))
        for asker in set(question.units.values())
    }
    asked = [
        http_load.get(f"/v1/units/{unit}/{question.path}as_of={LAST}", tokens[question.units[unit]])
        for unit in chance.choices(list(question.units), k=ASKED)
    ]
    spent: dict[str, list[float]] = {ON: [], OFF: []}
    answers: dict[str, list[bytes]] = {}
    for turn in range(TURNS):
        for which in (ON, OFF) if turn % 2 else (OFF, ON):
            await policies.turn(which)
            answers[which] = await _answers(one, asked)
            spent[which].append(median(await http_load.latencies(one.port, asked)))
        if [_sizes(body) for body in answers[ON]] != [_sizes(body) for body in answers[OFF]]:
            raise RuntimeError(f"{question.name}: with and without row-level security the answers are not as long")
    await policies.turn(ON)
    CONSOLE.print(f"  {question.name}: " + ", ".join(f"{a / b:.2f}" for a, b in zip(*spent.values(), strict=True)))
    on, off = (median(each) for each in spent.values())
    return at_most(MOST, f"row_security_{question.name}", on, "ms", "the same with all policies off", off, conditions)


def _sizes(body: bytes) -> dict[str, int]:
    """How long the lists of an answer are. What is in them may differ: cases about officers are hidden from some."""
    return {name: len(value) for name, value in msgspec.json.decode(body).items() if isinstance(value, list)}


async def _answers(one: Installation, requests: list[bytes]) -> list[bytes]:
    connection = await http_load.Connection.open(one.port)
    found = [await connection.send(request) for request in requests]
    connection.close()
    if any(status != 200 for status, _ in found):
        raise RuntimeError(f"unexpected answers: {sorted({status for status, _ in found})}")
    return [body for _, body in found]
