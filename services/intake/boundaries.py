"""States of boundaries for decisions: folded from the archive, kept at hand, and brought up to date by its news."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from events.catalogue import boundary, decode
from events.envelope import Fact
from projections.archive import reader
from projections.database import Connection
from projections.states.assignments import apply_plan, apply_target
from projections.states.erasures import apply_erasures
from projections.states.evaluations import apply_pool, apply_round
from projections.states.grievances import apply_case, apply_docket, apply_receipt
from projections.states.households import apply_group, apply_household
from projections.states.inspections import apply_mandate
from projections.states.meetings import apply_meetings
from projections.states.members import apply_member
from projections.states.organisation import Organisation, apply_office, apply_person
from projections.states.publications import apply_series

AT_HAND = 10_000

FOLDS: Mapping[str, Callable[[Any, Fact[Any]], Any]] = {
    "office": apply_office,
    "person": apply_person,
    "member": apply_member,
    "household": apply_household,
    "group": apply_group,
    "plan": apply_plan,
    "assignment": apply_target,
    "meeting": apply_meetings,
    "grievance": apply_case,
    "docket": apply_docket,
    "receipt": apply_receipt,
    "evaluation": apply_round,
    "ratings": apply_pool,
    "erasure": apply_erasures,
    "publication": apply_series,
    "mandate": apply_mandate,
}
"""Area → fold of its boundaries. Units are folded together, as one organisation."""


def fold(state: Any, fact: Fact[Any]) -> Any:
    """The state of a boundary after one of its facts."""
    return FOLDS[fact.body.BOUNDARY[0]](state, fact)


class Known:
    """What was read for one pass: the states, the position of the last fact of each boundary, and facts by id.

    `head` is where the archive stood before anything was read.
    """

    def __init__(self, organisation: Organisation, head: int) -> None:
        self.organisation = organisation
        self.head = head
        self.states: dict[str, Any] = {}
        self.positions: dict[str, int] = {}
        self.facts: dict[UUID, Fact[Any]] = {}

    def newest(self) -> int:
        """The position of the last fact of all that was read."""
        return max(self.positions.values(), default=0)

    def ahead(self) -> bool:
        """Whether something was read that the archive did not have yet when the reading began."""
        return self.newest() > self.head

    def join(self, later: Known) -> None:
        """Takes in what was read after this."""
        self.organisation = later.organisation
        self.states.update(later.states)
        self.positions.update(later.positions)

    def take(self, fact: Fact[Any]) -> None:
        """Lets the rest of the pass see a fact that was just decided."""
        self.facts[fact.id] = fact
        area = fact.body.BOUNDARY[0]
        if area == "unit":
            self.organisation = self.organisation.after(fact)
        elif area in FOLDS:
            name = boundary(fact.body)
            self.states[name] = fold(self.states.get(name), fact)


class Boundaries:
    """The states at hand. An entry is (position of its last fact, state); position 0 means that there are none."""

    def __init__(self) -> None:
        self._entries: OrderedDict[str, tuple[int, Any]] = OrderedDict()
        self._organisation = Organisation()
        self._units: dict[str, int] = {}
        self._units_seen = 0

    async def look(self, connection: Connection, head: int, subjects: Iterable[str]) -> Known:
        """States of the boundaries as the archive has them now, which stood at `head` or before."""
        await self._look_at_units(connection)
        known = Known(self._organisation, head)
        wanted = dict.fromkeys(subjects)
        known.positions.update(self._units)
        names = [name for name in wanted if not name.startswith("facts.unit.")]
        entries = {name: self._entries.get(name, (0, None)) for name in names}
        for name, recorded in await reader.news(connection, names, [entries[name][0] for name in names]):
            entries[name] = (recorded.position, fold(entries[name][1], recorded.fact))
        for name, (position, state) in entries.items():
            known.states[name], known.positions[name] = state, position
            self._keep(name, position, state)
        return known

    def learn(self, subject: str, position: int, fact: Fact[Any], expected: int) -> None:
        """Takes in a fact that was just recorded after `expected`, before the archive has it."""
        known, state = self._entries.get(subject, (0, None))
        if known == expected:
            self._keep(subject, position, fold(state, fact))

    def _keep(self, name: str, position: int, state: Any) -> None:
        current = self._entries.get(name)
        if current is None or current[0] <= position:
            self._entries[name] = (position, state)
            self._entries.move_to_end(name)
        if len(self._entries) > AT_HAND:
            self._entries.popitem(last=False)

    async def _look_at_units(self, connection: Connection) -> None:
        for name, recorded in await reader.units_after(connection, self._units_seen):
            if recorded.position > self._units_seen:
                self._organisation = self._organisation.after(recorded.fact)
                self._units[name] = self._units_seen = recorded.position


async def earlier_facts(connection: Connection, ids: Iterable[UUID]) -> dict[UUID, Fact[Any]]:
    """Facts that commands name, by id."""
    found = await reader.known(connection, list(ids))
    return {fact: decode(kind, data) for fact, (_, _, kind, data) in found.items()}
