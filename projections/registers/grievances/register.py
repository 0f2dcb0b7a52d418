"""The register of grievances: how the facts of a case change its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from events.catalogue import subject
from events.envelope import Fact, Recorded
from events.facts.grievances import FACTS, CaseNumbered, ConcludedAtCell, DenunciationHandedOver, GrievanceWithheld
from events.facts.organisation import UnitFounded, UnitKind
from events.facts.values import Body
from projections import bitemporal
from projections.archive import reader
from projections.database import Connection
from projections.inserting import insert
from projections.projection import StateProjection
from projections.registers.grievances import tables
from projections.registers.grievances.ledger import Ledger, Rows
from projections.registers.grievances.story import Entry, Told, anew, happened, is_past, told
from projections.states.grievances import Case
from projections.states.timeline import CannotApply

CASE_FACTS: frozenset[type[Body]] = frozenset[type[Body]](FACTS) - {CaseNumbered, DenunciationHandedOver}


class Grievances(StateProjection[Entry]):
    """Tables `step` (periods in which nothing changed), `hop` (the units that had the case) and `clock` (runs of
    clocks), whose rows hold from one fact of the case to another; `fact`, with the view `message`; `concerned`, whom
    it is about; and `receipt`.

    A case that is withheld is taken out of all of them, and out of the states.
    """

    name = "grievances"
    version = 1
    handles = CASE_FACTS | {DenunciationHandedOver, UnitFounded}
    tables = ()
    state_type = Entry

    def __init__(self, schema: str | None = None) -> None:
        super().__init__(schema)
        self._levels: dict[UUID, UnitKind] | None = None
        self._begin_batch()

    def _begin_batch(self) -> None:
        self._ledger = Ledger()
        self._said: dict[int, tuple[Case, Rows]] = {}
        self._archived: dict[UUID, list[Recorded[Any]]] = {}
        self._founded: list[tuple[UUID, str]] = []
        self._facts: list[tuple[int, UUID, datetime, UUID | None, str | None]] = []
        self._receipts: list[tuple[Any, ...]] = []
        self._other_rights: set[UUID] = set()
        self._other_about: set[UUID] = set()
        self._withheld: set[UUID] = set()

    def create(self) -> str:
        own = "".join(table.create(self.schema) for table in tables.TABLES)
        return super().create() + own + tables.create_others(self.schema)

    def index(self) -> str:
        return tables.index(self.schema)

    def entities(self, fact: Fact[Any]) -> tuple[UUID, ...]:
        # Withholding waits for nothing: a case that cannot be folded any more is taken out as well.
        return (fact.body.grievance,) if type(fact.body) in CASE_FACTS - {GrievanceWithheld} else ()

    async def load(self, connection: Connection, facts: Sequence[Recorded[Any]]) -> None:
        await super().load(connection, facts)
        if self._levels is None:
            found = await connection.fetch(f"SELECT unit, level FROM {self.schema}.level")  # noqa: S608
            self._levels = {UUID(bytes=unit.bytes): UnitKind(level) for unit, level in found}
        late = self._late(facts)
        if late:
            for _, recorded in await reader.news(
                connection, [subject("grievance", key) for key in late], [0] * len(late)
            ):
                self._archived.setdefault(recorded.fact.body.grievance, []).append(recorded)

    def _late(self, facts: Sequence[Recorded[Any]]) -> list[UUID]:
        """Cases of which one of the facts may lie before what is known of them by then."""
        latest: dict[UUID, datetime] = {}
        late: dict[UUID, None] = {}
        for fact in (recorded.fact for recorded in facts):
            if fact.instant is None or not self.entities(fact):
                continue
            key = fact.body.grievance
            if key not in latest:
                entry = self.states.get(key)
                latest[key] = entry.last if entry else fact.instant
            if fact.instant < latest[key]:
                late[key] = None
            latest[key] = max(latest[key], fact.instant)
        return list(late)

    def change(self, states: Mapping[UUID, Entry], recorded: Recorded[Any]) -> Mapping[UUID, Entry]:
        *_, last = self._story(states.get(recorded.fact.body.grievance), recorded)
        return {last.entry.case.grievance: last.entry}

    def _story(self, before: Entry | None, recorded: Recorded[Any]) -> list[Told]:
        """What the fact adds; all that is known of the case by then, where it lies in the past."""
        if not is_past(before, recorded.fact):
            return [told(before, recorded.fact, recorded.position, self._rows)]
        facts = self._archived[recorded.fact.body.grievance]
        return list(anew((r for r in facts if r.position <= recorded.position), recorded.position, self._rows))

    def rows(self, state: Entry) -> Iterable[tuple[bitemporal.Table, bitemporal.Row]]:  # noqa: ARG002
        """None that hold from day to day: `fold` says which begin and end with a fact."""
        return ()

    def fold(self, recorded: Recorded[Any]) -> None:
        body = recorded.fact.body
        match body:
            case UnitFounded():
                self._found(body)
            case DenunciationHandedOver():
                self._receipts.append((body.receipt, body.received, body.handed_to, body.number))
            case GrievanceWithheld():
                self._withhold(body.grievance)
            case _:
                self._fold(recorded)

    def _found(self, body: UnitFounded) -> None:
        assert self._levels is not None
        if body.unit not in self._levels:
            self._levels[body.unit] = body.kind
            self._founded.append((body.unit, body.kind.value))

    def _withhold(self, grievance: UUID) -> None:
        self._withheld.add(grievance)
        self._ledger.drop(grievance)
        self._facts = [fact for fact in self._facts if fact[1] != grievance]
        self._other_rights.discard(grievance)
        self._other_about.discard(grievance)
        self._dirty.discard(grievance)
        self.states.pop(grievance, None)
        self._absent.add(grievance)

    def _fold(self, recorded: Recorded[Any]) -> None:
        key, position = recorded.fact.body.grievance, recorded.position
        before = self.states.get(key)
        story = self._story(before, recorded)
        if is_past(before, recorded.fact):
            self._ledger.void(key, position)
        for told_ in story:
            self._tell(told_, position)
        after = self.states[key] = story[-1].entry
        self._dirty.add(key)
        self._facts.append((position, key, happened(before, recorded.fact), *_concluded(recorded.fact.body)))
        if before is not None and tables.rights(before.case) != tables.rights(after.case):
            self._other_rights.add(key)
        if (before.case.about if before else ()) != after.case.about:
            self._other_about.add(key)

    def _tell(self, story: Told, position: int) -> None:
        before, after, at = story.before, story.entry, story.at
        key = after.case.grievance
        was = dict(zip(before.identities, self._rows(before.case), strict=True)) if before else {}
        for identity, (table, row) in zip(after.identities, self._rows(after.case), strict=True):
            if was.pop(identity, None) is None:
                self._ledger.begin(key, identity, table, row, at)
        for identity, (table, _) in was.items():
            self._ledger.end(key, identity, table, position, at)

    def _rows(self, case: Case) -> Rows:
        """What the case says, worked out once."""
        said = self._said.get(id(case))
        if said is None:
            said = self._said[id(case)] = case, tables.rows(case, self._level_of)
        return said[1]

    def _level_of(self, unit: UUID) -> UnitKind:
        level = (self._levels or {}).get(unit)
        if level is None:
            raise CannotApply("unit_unknown")
        return level

    async def write(self, connection: Connection) -> None:
        touched = {grievance for _, grievance, *_ in self._facts}
        rights = {grievance: tables.rights(self.states[grievance].case) for grievance in touched}
        await super().write(connection)
        await self._scrub(connection)
        await self._let_see(connection, {key: rights[key] for key in self._other_rights})
        await self._ledger.write(connection, self.schema, tables.TABLES, rights)
        concerned = await self._concerned(connection)
        facts = [(*fact, *rights[fact[1]]) for fact in self._facts]
        for table, columns, records in (
            ("fact", tables.FACT, facts),
            ("concerned", tables.CONCERNED, concerned),
            ("receipt", tables.RECEIPT, self._receipts),
            ("level", ("unit", "level"), self._founded),
        ):
            if records:
                await insert(connection, self.schema, table, columns, records)
        self._begin_batch()

    async def _scrub(self, connection: Connection) -> None:
        """Takes out every row of the cases withheld, and what waited of them in quarantine."""
        if not self._withheld:
            return
        gone = list(self._withheld)
        of_cases = ((name, "grievance") for name in (*tables.OF_CASES, "concerned"))
        for name, key in (("state", "entity"), *of_cases):
            await connection.execute(f"DELETE FROM {self.schema}.{name} WHERE {key} = ANY($1::uuid[])", gone)  # noqa: S608
        await connection.execute(
            "DELETE FROM projection.quarantine WHERE register = $1 AND entity = ANY($2::uuid[])", self.schema, gone
        )

    async def _concerned(self, connection: Connection) -> list[tuple[UUID, UUID, UUID]]:
        """Whom the cases are about for which that is new; of these, what was there before is taken out."""
        if self._other_about:
            query = f"DELETE FROM {self.schema}.concerned WHERE grievance = ANY($1::uuid[])"  # noqa: S608
            await connection.execute(query, list(self._other_about))
        return [
            (key, person.person, tables.lowest_above(person))
            for key in self._other_about
            for person in self.states[key].case.about
        ]

    async def _let_see(self, connection: Connection, rights: Mapping[UUID, tuple[Any, ...]]) -> None:
        """Writes who may see the cases on all their earlier rows."""
        if not rights:
            return
        visible, holder, member, *lists = zip(*rights.values(), strict=True)
        # Arrays of different lengths are no array of arrays: they go as text.
        about, above = ([each and "{" + ",".join(map(str, each)) + "}" for each in every] for every in lists)
        for name in tables.OF_CASES:
            await connection.execute(
                f"""UPDATE {self.schema}.{name} t SET right_visible = r.visible, right_holder = r.holder,
                        right_member = r.member, right_about = r.about::uuid[],
                        right_above = r.above::uuid[]
                    FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[])
                        r (grievance, visible, holder, member, about, above)
                    WHERE t.grievance = r.grievance""",  # noqa: S608
                list(rights),
                visible,
                holder,
                member,
                about,
                above,
            )

    def forget(self) -> None:
        super().forget()
        self._levels = None
        self._begin_batch()


def _concluded(body: Any) -> tuple[UUID | None, str | None]:
    """The meeting at which the case was concluded, and how, where the fact says so."""
    return (body.meeting, body.conclusion.value) if isinstance(body, ConcludedAtCell) else (None, None)
