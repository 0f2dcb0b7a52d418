"""The generated province adds up to the published figures, is valid, and is the same at every run."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from itertools import islice
from typing import Any

import msgspec
import pytest

from events.calendar import VIETNAM
from events.catalogue import boundary, decode, stored
from events.facts.members import MemberStatus
from events.facts.organisation import CellKind, UnitKind
from events.facts.values import Body
from events.facts.visits import VisitCorrected, VisitRecorded
from projections.archive.follower import COLUMNS, contiguous, leaf_hash
from services.decisions.catalogue import AnyCommand
from services.decisions.outcome import Refused
from services.decisions.visits import CorrectVisit, RecordVisit
from services.demo.kon_tum import Figures, Province, archive_rows, generate
from services.demo.kon_tum.province import CLIENT, PUBLISHED_YEAR
from tests.in_memory import InMemory

SCALE = 0.02
MOMENT = datetime(2026, 6, 1, 8, tzinfo=VIETNAM)
decoder = msgspec.json.Decoder(AnyCommand)


@pytest.fixture(scope="module")
def province() -> Province:
    return generate(SCALE)


@pytest.fixture(scope="module")
def model(province: Province) -> InMemory:
    """The province, decided command by command; every one of them must be accepted."""
    model = InMemory()
    for phase, commands in province.phases():
        for command in commands():
            result = model.submit(CLIENT.asker(), command, MOMENT)
            assert not isinstance(result, Refused), (phase, result.code, result.parameters)
            assert result
    return model


def add_up(model: InMemory, day: date) -> dict[str, Any]:
    """The figures of the model on the day."""
    units = [unit for unit in model.organisation.units.values() if unit.exists(day)]
    members = [member for member in model.members().values() if member.unit(day)]
    loads = {member: households for member, households in model.loads(day).items() if households}
    assert set(loads) <= {member.person for member in members if member.assignable(day)}
    return {
        "communes": sum(unit.kind is UnitKind.COMMUNE for unit in units),
        "cells": Counter(unit.cell_kind for unit in units if unit.cell_kind),
        "members": len(members),
        "assigned": len(loads),
        "exempt": sum(member.status(day) is MemberStatus.EXEMPT for member in members),
        "households": sum(household.unit(day) is not None for household in model.households().values()),
        "covered": len(set().union(*loads.values())),
        "groups": sum(bool(target.is_group and target.responsible(day)) for target in model.targets().values()),
    }


def expected(figures: Figures) -> dict[str, Any]:
    named = {name: getattr(figures, name) for name in Figures.__struct_fields__ if name not in ("visits", "cells")}
    return {**named, "cells": Counter({kind: count for kind, count in figures.cells.items() if count})}


def test_the_published_figures_come_out_exactly() -> None:
    province = generate()
    villages = list(province.villages())
    kinds = Counter(cell.kind for cell in province.cells)

    assert len(province.communes) == 102
    assert len({commune.district for commune in province.communes}) == 10
    assert kinds == {
        CellKind.VILLAGE: 756,
        CellKind.SCHOOL: 314,
        CellKind.HEALTH_STATION: 101,
        CellKind.MILITARY: 102,
        CellKind.POLICE: 102,
        CellKind.ENTERPRISE: 4,
    }
    assert kinds.total() == 1_379
    assert sum(cell.members for cell in province.cells) == 19_382
    assert sum(cell.with_group + cell.with_single for cell in villages) == 15_191
    assert sum(cell.households for cell in villages) == 140_156
    assert sum(cell.grouped + cell.single for cell in villages) == 137_461
    assert sum(cell.with_group for cell in villages) == 7_576
    assert province.figures.visits == 1_649_532


def test_every_plan_of_the_province_fits_one_batch() -> None:
    assert max(1 + cell.with_group + cell.single for cell in generate().villages()) < 1000


def test_the_commands_are_accepted_in_their_order_and_add_up(province: Province, model: InMemory) -> None:
    assert add_up(model, date(2022, 7, 31)) == expected(province.figures)


@pytest.mark.parametrize("scale", [0.001, 0.0037, 0.05, 0.3, 0.5, 1.7])
def test_other_scales_are_consistent(scale: float) -> None:
    province = generate(scale)
    figures, villages = province.figures, list(province.villages())
    assert Counter(cell.kind for cell in province.cells) == expected(figures)["cells"]
    assert sum(cell.members for cell in province.cells) == figures.members
    assert sum(cell.with_group + cell.with_single for cell in villages) == figures.assigned
    assert sum(cell.exempt for cell in villages) == figures.exempt
    assert sum(cell.households for cell in villages) == figures.households
    assert figures.visits == 12 * len(province.visited())
    assert all(cell.single >= cell.with_single > 0 for cell in villages)


def test_a_scale_that_fills_no_cell_is_refused() -> None:
    with pytest.raises(ValueError, match="too small"):
        generate(0.00001)


def test_commands_read_back_have_ids_of_their_own_and_are_the_same_every_time(province: Province) -> None:
    def everything() -> list[bytes]:
        commands = [command for _, phase in province.phases() for command in phase()]
        return [msgspec.json.encode(command) for command in commands]

    sent = everything()
    commands = [decoder.decode(item) for item in sent]
    assert [msgspec.json.encode(command) for command in commands] == sent
    assert {command.id.version for command in commands} == {7}
    assert len({command.id for command in commands}) == len(sent)
    assert sent == everything()


def test_visits_are_exactly_what_the_structs_would_give(province: Province) -> None:
    visits = list(province.visits(corrections=0.3))
    commands = [decoder.decode(visit) for visit in visits]
    assert [msgspec.json.encode(command) for command in commands] == visits
    assert len({command.id for command in commands}) == len(commands)
    assert {command.id.version for command in commands} == {7}
    assert visits == list(province.visits(corrections=0.3))


def test_every_covered_household_is_visited_in_each_month_by_its_member(province: Province, model: InMemory) -> None:
    visits = [decoder.decode(visit) for visit in province.visits()]
    assert len(visits) == province.figures.visits
    assert all(isinstance(visit, RecordVisit) for visit in visits)
    assert set(Counter((visit.household, visit.day.month) for visit in visits).values()) == {1}
    for visit in visits[::97]:
        assert model.responsible(visit.household, visit.day) == {visit.member}
    days = [visit.day for visit in visits]
    assert days == sorted(days)


def test_visits_and_corrections_are_accepted(province: Province) -> None:
    model = InMemory()
    for command in (*province.structure(), *province.assignments()):
        model.submit(CLIENT.asker(), command, MOMENT)
    for visit in islice(province.visits(corrections=0.3), 1500):
        result = model.submit(CLIENT.asker(), decoder.decode(visit), MOMENT)
        assert not isinstance(result, Refused), result.code
        assert not model.warnings


def test_three_of_ten_are_corrections_of_an_earlier_visit(province: Province) -> None:
    seen: set[Any] = set()
    kinds: Counter[type] = Counter()
    for visit in map(decoder.decode, province.visits(corrections=0.3)):
        kinds[type(visit)] += 1
        seen.add(visit.id)
        assert not isinstance(visit, CorrectVisit) or visit.visit in seen
    assert kinds[RecordVisit] == province.figures.visits
    assert kinds[CorrectVisit] / kinds.total() == pytest.approx(0.3, abs=0.001)


def test_a_share_of_corrections_above_a_half_is_refused(province: Province) -> None:
    with pytest.raises(ValueError, match=r"0 to 0\.5"):
        next(province.visits(corrections=0.6))


def test_archive_rows_hold_the_exact_stored_bytes() -> None:
    rows = list(archive_rows(2, 0.005, corrections=0.3))
    contiguous(rows, 0)
    times = [row[1] for row in rows]
    assert times == sorted(set(times))
    assert len({row[4] for row in rows}) == len(rows)
    for row in rows:
        _, _, subject, kind, fact_id, headers, data, leaf = row
        fact = decode(kind, data)
        assert len(row) == len(COLUMNS)
        assert (fact.type, fact.id, boundary(fact.body)) == (kind, fact_id, subject)
        assert stored(fact) == data
        assert leaf == leaf_hash(data)
        assert headers == f"Soho-Type: {kind}\r\nNats-Msg-Id: {fact_id}\r\n".encode()
        assert all(
            getattr(fact.body, field) is None or getattr(fact.body, field)[:3] == "s1:" for field in fact.body.SEALED
        )


def test_archive_rows_are_the_same_every_time() -> None:
    assert list(archive_rows(1, 0.003)) == list(archive_rows(1, 0.003))


def test_archive_rows_may_leave_out_households_that_are_visited() -> None:
    def of_visits(share: float) -> tuple[int, int]:
        kinds = [row[3].startswith("visit.") for row in archive_rows(1, 0.003, visited=share)]
        return sum(kinds), len(kinds) - sum(kinds)

    (every, others), (half, _), (none, _) = of_visits(1.0), of_visits(0.5), of_visits(0.0)
    assert none == 0
    assert abs(half - every / 2) <= 12  # a household more or less, once a month
    assert {of_visits(share)[1] for share in (0.5, 0.0)} == {others}


def test_the_first_year_in_the_archive_is_what_the_commands_decide(province: Province, model: InMemory) -> None:
    def unsealed(body: Body) -> Body:
        return msgspec.structs.replace(body, **dict.fromkeys((f for f in body.SEALED if getattr(body, f)), "sealed"))

    decided = [(unsealed(r.fact.body), r.fact.unit, r.fact.effective, r.fact.basis) for r in model.log]
    rows = islice(archive_rows(1, SCALE), len(decided))
    facts = [decode(row[3], row[6]) for row in rows]
    assert [(unsealed(fact.body), fact.unit, fact.effective, fact.basis) for fact in facts] == decided
    assert {fact.causation is None for fact in facts} == {False}


@pytest.mark.parametrize("years", [1, 5])
def test_the_figures_hold_at_the_end_of_every_year(years: int) -> None:
    model = InMemory()
    visits: Counter[int] = Counter()
    for row in archive_rows(years, 0.015):
        fact = decode(row[3], row[6])
        if isinstance(fact.body, VisitRecorded):
            visits[fact.effective.year] += 1
        else:
            model.fold([fact])
    figures = generate(0.015).figures
    for year in range(PUBLISHED_YEAR - years + 1, PUBLISHED_YEAR + 1):
        assert add_up(model, date(year, 12, 31)) == expected(figures)
        assert visits[year] == figures.visits
    for target in model.targets().values():
        for assignment in target.assignments:
            assert assignment.span is not None
            assert not target.overlapping(assignment.member, assignment.span, but=assignment.assignment)


def test_some_assignments_change_hands_every_year() -> None:
    model = InMemory()
    model.fold(decode(row[3], row[6]) for row in archive_rows(3, 0.01))
    for year in (2021, 2022):
        before, after = date(year - 1, 12, 31), date(year, 12, 31)
        targets = [target for target in model.targets().values() if target.responsible(before)]
        kept = sum(target.responsible(before) == target.responsible(after) for target in targets)
        assert 0.70 < kept / len(targets) < 0.85
    assert not any(isinstance(recorded.fact.body, VisitCorrected) for recorded in model.log)


@pytest.mark.parametrize("years", [0, 11])
def test_at_most_ten_years_are_written(years: int) -> None:
    with pytest.raises(ValueError, match="years"):
        next(archive_rows(years, 0.01))
