"""What a register is: a module that owns its tables, how facts change them, and the questions it answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

import msgspec

from events.envelope import Fact, Recorded
from events.facts.values import Body
from projections.bitemporal import Change, Journal, Row, Rows, Table
from projections.database import Connection

S = TypeVar("S", bound=msgspec.Struct)

STATES_KEPT = 15_000
"""Entity states that a register keeps at hand between batches; the rest wait in its table `state`."""


class Parked(msgspec.Struct, frozen=True):
    """A fact that could not be folded, with the entities that now wait."""

    entities: tuple[UUID, ...]
    position: int
    type: str
    reason: str
    unit: UUID


class Projection(ABC):
    """One register in one version. The projector calls, per batch: load, fold, write; all in one transaction."""

    name: ClassVar[str]
    version: ClassVar[int]
    handles: ClassVar[frozenset[type[Body]]]

    def __init__(self, schema: str | None = None) -> None:
        self.schema = schema or self.live_schema()

    @classmethod
    def live_schema(cls) -> str:
        """Name and version: what queries read."""
        return f"{cls.name}_v{cls.version}"

    @abstractmethod
    def create(self) -> str:
        """SQL that creates tables with their keys, and their protection (`access.protect`)."""

    @abstractmethod
    def index(self) -> str:
        """SQL that creates the indexes that only readers need: after a rebuild has filled the tables."""

    @abstractmethod
    def entities(self, fact: Fact[Any]) -> tuple[UUID, ...]:
        """What the fact changes here: these wait if it cannot be applied."""

    @abstractmethod
    async def load(self, connection: Connection, facts: Sequence[Recorded[Any]]) -> None:
        """Brings in what folding these facts needs."""

    @abstractmethod
    def fold(self, recorded: Recorded[Any]) -> None:
        """Takes one fact in, purely. Raises `CannotApply` before anything has changed."""

    @abstractmethod
    async def write(self, connection: Connection) -> None:
        """Writes what has been folded since the last call, as sets."""

    @abstractmethod
    def forget(self) -> None:
        """Drops everything kept in memory: the database has moved on without us."""


class StateProjection(Projection, Generic[S]):
    """A register whose rows follow from the state of its entities: when a state changes, rows are closed and opened."""

    tables: ClassVar[tuple[Table, ...]]
    state_type: ClassVar[Any]

    def __init__(self, schema: str | None = None) -> None:
        super().__init__(schema)
        self.states: OrderedDict[UUID, S] = OrderedDict()
        self._absent: set[UUID] = set()
        self._dirty: set[UUID] = set()
        self._journal = Journal()
        self._decoder = msgspec.msgpack.Decoder(self.state_type)
        self._encoder = msgspec.msgpack.Encoder(uuid_format="bytes")

    def create(self) -> str:
        state = f"CREATE TABLE {self.schema}.state (entity uuid PRIMARY KEY, body bytea NOT NULL);"
        return state + "".join(table.create(self.schema) for table in self.tables)

    def wants(self, fact: Fact[Any], states: Mapping[UUID, S]) -> Iterable[UUID]:  # noqa: ARG002
        """Entities whose states the fact reads or changes; may look at those already there to find more."""
        return self.entities(fact)

    @abstractmethod
    def change(self, states: Mapping[UUID, S], recorded: Recorded[Any]) -> Mapping[UUID, S]:
        """The states that the fact changes, as they are afterwards. Pure. Raises `CannotApply`."""

    @abstractmethod
    def rows(self, state: S) -> Iterable[tuple[Table, Row]]:
        """What the state means in the tables, as believed now. Pure."""

    def differing(self, before: S | None, after: S) -> tuple[Rows, Rows]:
        """The rows of one state and of the next. Pure.

        A register whose entities have many rows leaves out what is in both, so that a fact costs what it touches.
        """
        return [] if before is None else list(self.rows(before)), list(self.rows(after))

    async def load(self, connection: Connection, facts: Sequence[Recorded[Any]]) -> None:
        waiting: Sequence[Recorded[Any]] = facts
        while waiting:
            missing: set[UUID] = set()
            # Only those for which something was missing may want more once it is there.
            waiting = [recorded for recorded in waiting if self._lacks(recorded.fact, missing)]
            if not missing:
                break
            found = await connection.fetch(
                f"SELECT entity, body FROM {self.schema}.state WHERE entity = ANY($1::uuid[])",  # noqa: S608
                missing,
            )
            for entity, body in found:
                self.states[UUID(bytes=entity.bytes)] = self._decoder.decode(body)
            self._absent |= missing - self.states.keys()

    def _lacks(self, fact: Fact[Any], missing: set[UUID]) -> bool:
        """Whether states that the fact wants are not at hand; adds them to the missing."""
        lacking = [e for e in self.wants(fact, self.states) if e not in self.states and e not in self._absent]
        missing.update(lacking)
        return bool(lacking)

    def fold(self, recorded: Recorded[Any]) -> None:
        changed = self.change(self.states, recorded)
        for entity, state in changed.items():
            before, after = self.differing(self.states.get(entity), state)
            self.changed(self._journal.replace(before, after, recorded.position))
            self.states[entity] = state
            self._dirty.add(entity)

    def changed(self, changes: Sequence[Change]) -> None:
        """Told of every belief that began or ended, for registers that also count."""

    async def write(self, connection: Connection) -> None:
        if self._dirty:
            bodies = [self._encoder.encode(self.states[entity]) for entity in self._dirty]
            await connection.execute(
                f"""INSERT INTO {self.schema}.state SELECT * FROM unnest($1::uuid[], $2::bytea[])
                    ON CONFLICT (entity) DO UPDATE SET body = excluded.body""",  # noqa: S608
                list(self._dirty),
                bodies,
            )
        await self._journal.write(connection, self.schema)
        self._journal = Journal()
        self._absent.clear()
        for entity in self._dirty:
            self.states.move_to_end(entity)
        self._dirty.clear()
        while len(self.states) > STATES_KEPT:
            self.states.popitem(last=False)

    async def clean(self, connection: Connection, entities: Sequence[UUID], cleaned: Callable[[S], S]) -> None:
        """Changes the states themselves, without any row: what was erased stands in them too. Call after `write`."""
        for entity in entities:
            self.states.pop(entity, None)
        found = await connection.fetch(
            f"SELECT entity, body FROM {self.schema}.state WHERE entity = ANY($1::uuid[])",  # noqa: S608
            entities,
        )
        bodies = [self._encoder.encode(cleaned(self._decoder.decode(body))) for _, body in found]
        await connection.execute(
            f"""UPDATE {self.schema}.state s SET body = c.body
                FROM unnest($1::uuid[], $2::bytea[]) c (entity, body) WHERE s.entity = c.entity""",  # noqa: S608
            [entity for entity, _ in found],
            bodies,
        )

    def forget(self) -> None:
        self.states.clear()
        self._absent.clear()
        self._dirty.clear()
        self._journal = Journal()
