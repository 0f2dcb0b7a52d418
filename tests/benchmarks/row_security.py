"""What row-level security costs lists and counts: with it ÷ without it, on the same server, in turns.

With it asks the reader, in the name of a commune or of the province. Without it asks the registers' owner, whom no
policy holds: the unit stands in the condition of the question alone. Both get the same rows, or nothing is measured.
"""

from __future__ import annotations

import os
import time
from collections.abc import Awaitable, Callable, Iterator
from itertools import count
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from projections.database import Connection, Role, connect
from projections.registers import coverage, grievances
from projections.registers.grievances import Filters
from services.demo.kon_tum import archive_rows, generate
from services.demo.kon_tum.shape import PROVINCE, communes
from tests.benchmarks import grievance_rows
from tests.benchmarks.grievance_rows import LAST
from tests.benchmarks.history import Row, fill_archive
from tests.benchmarks.installation import Installation, installation
from tests.benchmarks.measure import Figure, at_most, median
from tests.benchmarks.progress import CONSOLE

RUNS = 6
ASKED = 40
PAGE = 100
LOGIN = {Role.READER: "soho_api", Role.PROJECTOR: "soho_worker"}

Ask = Callable[[Connection, UUID, int], Awaitable[Any]]


class Question(NamedTuple):
    """Asked about one of the units, in the name of another: unit → in whose name. The position is that of all facts."""

    name: str
    units: dict[UUID, UUID]
    ask: Ask


async def row_security(full: bool) -> list[Figure]:
    """Quick: a tenth of the province. Full: the whole of it, 19,382 members and 140,156 households."""
    scale = 1.0 if full else 0.1
    async with installation() as one:
        facts = await fill_archive(one, _rows(scale))
        facts += await fill_archive(one, grievance_rows.offices(scale, facts))
        one.start("projector")
        await one.caught_up(facts)
        one.stop("projector")
        await _analyze(one)
        conditions = (
            f"scale {scale:g}, {round(grievance_rows.OPEN * scale)} open cases, {facts} facts without visits; in SQL, "
            f"one connection each, median of {RUNS} turns of {ASKED} questions, each asked once before"
        )
        return [await _figure(one, question, facts, conditions) for question in _questions(scale)]


async def _analyze(one: Installation) -> None:
    """What PostgreSQL does by itself within minutes: before, it plans by guesses, and these would be compared."""
    connection = await asyncpg.connect(one.endpoints.admin_url)
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


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
        yield Question(f"coverage_of_a_commune_for_the_{scope}", units, _coverage)
        yield Question(f"households_of_a_commune_for_the_{scope}", units, _households)
        yield Question(f"members_of_a_cell_for_the_{scope}", of_cells, _members)
        yield Question(f"grievances_of_a_commune_for_the_{scope}", units, _grievances)
    yield Question("coverage_of_the_province", {PROVINCE: PROVINCE}, _coverage)
    yield Question("grievances_of_the_province", {PROVINCE: PROVINCE}, _grievances)
    yield Question("open_grievances_by_unit", {PROVINCE: PROVINCE}, _totals)


def _coverage(connection: Connection, unit: UUID, position: int) -> Awaitable[Any]:
    return coverage.coverage(connection, unit, LAST, position)


def _households(connection: Connection, unit: UUID, position: int) -> Awaitable[Any]:
    return coverage.households_in(connection, unit, LAST, position, "all", None, PAGE)


def _members(connection: Connection, unit: UUID, position: int) -> Awaitable[Any]:
    return coverage.members_in(connection, unit, LAST, position, "all", None, PAGE)


def _grievances(connection: Connection, unit: UUID, position: int) -> Awaitable[Any]:
    return grievances.search(connection, unit, LAST, position, Filters(is_open=True), None, PAGE)


def _totals(connection: Connection, unit: UUID, position: int) -> Awaitable[Any]:
    return grievances.totals(connection, unit, LAST, position)


async def _figure(one: Installation, question: Question, position: int, conditions: str) -> Figure:
    chance = Random(question.name)
    asked = chance.choices(list(question.units), k=ASKED)
    spent: dict[Role, list[float]] = {Role.READER: [], Role.PROJECTOR: []}
    connections = {role: await connect(one.url(LOGIN[role]), role, "bench") for role in spent}
    # As the reader has it: otherwise two ways of planning would be compared.
    await connections[Role.PROJECTOR].execute("SET plan_cache_mode = force_custom_plan")
    for unit in dict.fromkeys(asked):
        answers = [await _asked(connection, question, unit, position) for connection in connections.values()]
        if answers[0].rows != answers[1].rows:
            raise RuntimeError(f"{question.name}: with and without row-level security the rows of {unit} differ")
    for run in range(RUNS):
        for role in (Role.READER, Role.PROJECTOR) if run % 2 else (Role.PROJECTOR, Role.READER):
            turn = [(await _asked(connections[role], question, unit, position)).milliseconds for unit in asked]
            spent[role].append(median(turn))
    for connection in connections.values():
        await connection.close()
    CONSOLE.print(f"  {question.name}: " + ", ".join(f"{a / b:.2f}" for a, b in zip(*spent.values(), strict=True)))
    without = "the same by a role that no policy holds"
    on, off = (median(spent[role]) for role in spent)
    return at_most(1.25, f"row_security_{question.name}", on, "ms", without, off, conditions)


class _Answer(NamedTuple):
    rows: Any
    milliseconds: float


async def _asked(connection: Connection, question: Question, unit: UUID, position: int) -> _Answer:
    await connection.execute("SELECT set_config('soho.unit', $1, false)", str(question.units[unit]))
    started = time.perf_counter()
    rows = await question.ask(connection, unit, position)
    return _Answer(rows, (time.perf_counter() - started) * 1000)
