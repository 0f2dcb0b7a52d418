"""A fact costs what it touches: what registers leave out, and what coverage packs away, changes no row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.envelope import Fact, Recorded
from events.facts.assignments import AssignmentEnded, EndingReason, HouseholdAssigned
from events.facts.members import MemberAdmitted, MemberStatus, MemberStatusChanged
from projections.bitemporal import Row, Table
from projections.projection import StateProjection
from projections.registers.assignments import Assignments
from projections.registers.coverage import Coverage, holdings
from projections.registers.coverage.entries import Entry
from projections.registers.households import Households
from projections.registers.members import Members
from projections.states.timeline import CannotApply
from tests.projections.archive_of import fact
from tests.projections.coverage_histories import history

CELL, MEMBER = UUID(int=1), UUID(int=2)
NEVER = 10**9


class Folded:
    """Every state after the facts taken in, with the rows that the differences add up to."""

    def __init__(self, register: type[StateProjection[Any]] = Coverage) -> None:
        self.register = register()
        self.states: dict[UUID, Any] = {}
        self.rows: dict[UUID, set[tuple[Table, Row]]] = {}

    def take(self, position: int, known: Fact[Any]) -> None:
        """One more fact; left out where it does not apply."""
        if type(known.body) not in self.register.handles:
            return
        try:
            changed = self.register.change(self.states, Recorded(position, 0, known))
        except CannotApply:
            return
        for about, state in changed.items():
            before, after = map(set, self.register.differing(self.states.get(about), state))
            rows = self.rows.setdefault(about, set())
            assert before - after <= rows, "a row ends that does not stand"
            assert not (after - before) & rows, "a row begins that stands already"
            self.rows[about] = (rows - (before - after)) | (after - before)
            self.states[about] = state

    def whole(self) -> dict[UUID, set[tuple[Table, Row]]]:
        """The rows of every state, worked out from nothing else."""
        return {about: set(self.register.rows(state)) for about, state in self.states.items()}


@pytest.fixture
def packing(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Packs what ended a month before, and two of them are many."""
    monkeypatch.setattr(holdings, "LONG_AGO", 30)
    monkeypatch.setattr(holdings, "MANY", 2)
    return monkeypatch


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), length=st.integers(10, 200))
def test_the_differences_add_up_to_the_whole(packing: pytest.MonkeyPatch, seed: int, length: int) -> None:
    packed, plain = Folded(), Folded()
    for position, known in enumerate(history(seed, length), 1):
        packing.setattr(holdings, "MANY", 2)
        packed.take(position, known)
        assert packed.rows == packed.whole()
        packing.setattr(holdings, "MANY", NEVER)
        plain.take(position, known)
    assert packed.rows == plain.rows


@pytest.mark.parametrize("register", [Assignments, Households, Members])
@given(seed=st.integers(0, 2**32), length=st.integers(10, 200))
def test_in_the_other_registers_they_do_as_well(register: type[StateProjection[Any]], seed: int, length: int) -> None:
    folded = Folded(register)
    for position, known in enumerate(history(seed, length), 1):
        folded.take(position, known)
    assert folded.rows == folded.whole()


def _decade() -> Iterator[Fact[Any]]:
    """A member who holds five households; every 73 days the one he has had for a year is changed for another."""
    yield fact(MemberAdmitted(person=MEMBER, unit=CELL, status=MemberStatus.ACTIVE), date(2013, 1, 1), CELL)
    held: list[HouseholdAssigned] = []
    for number in range(50):
        day = date(2013, 1, 1) + timedelta(days=73 * number)
        if len(held) == 5:
            old = held.pop(0)
            which = {"assignment": old.assignment, "target": old.household, "member": MEMBER}
            yield fact(AssignmentEnded(reason=EndingReason.PLAN_CHANGED, **which), day, CELL)
        new = HouseholdAssigned(assignment=UUID(int=1000 + number), household=UUID(int=100 + number), member=MEMBER)
        held.append(new)
        yield fact(new, day, CELL)


def test_what_a_fact_looks_at_does_not_grow_with_the_years() -> None:
    folded = Folded()
    seen = []
    for position, known in enumerate(_decade(), 1):
        folded.take(position, known)
        seen.append(len(folded.states[MEMBER].holdings.recent))

    # Five held, five that ended within the year, and fewer older ones than are worth packing.
    assert max(seen) < 5 + 5 + holdings.MANY
    assert len(folded.states[MEMBER].holdings.whole().recent) == 50


def test_a_fact_that_reaches_back_finds_what_was_packed() -> None:
    folded = Folded()
    facts = list(_decade())
    for position, known in enumerate(facts, 1):
        folded.take(position, known)
    assert folded.states[MEMBER].holdings.packed

    exempt = MemberStatusChanged(person=MEMBER, status=MemberStatus.EXEMPT)
    folded.take(len(facts) + 1, fact(exempt, date(2014, 1, 1), CELL))

    doubtful = {row[0] for table, row in folded.rows[MEMBER] if table.name == "member_doubt"}
    ever = {known.body.assignment for known in facts if isinstance(known.body, HouseholdAssigned)}
    # The first one was given up on the day from which he is exempt.
    assert doubtful == ever - {UUID(int=1000)}


def test_an_entry_is_stored_and_read_again_as_it_is() -> None:
    folded = Folded()
    for position, known in enumerate(_decade(), 1):
        folded.take(position, known)
    entry = folded.states[MEMBER]
    stored = msgspec.msgpack.Encoder(uuid_format="bytes").encode(entry)

    assert msgspec.msgpack.decode(stored, type=Entry) == entry
