"""An archive with a commune of two cells, whose households have heads sealed with keys of a real vault."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from events.envelope import Fact
from events.facts.erasures import ErasureExecuted
from events.facts.households import DissolutionReason, HouseholdDissolved, HouseholdMoved, HouseholdRegistered
from events.facts.organisation import CellKind, UnitFounded, UnitKind
from events.sealing import seal
from projections.database import Pool
from projections.registers import REGISTERS
from services.decisions.asking import Asker, Role
from services.names.at_hand import HeadsAtHand
from services.queries import search
from services.queries.search import HouseholdsFound, Searching
from services.queries.session import open_session
from services.reads.log import Reading, ReadLog
from services.vault.keys import Keys
from tests.given import named
from tests.projections.archive_of import ArchiveOf, fact

PROVINCE, COMMUNE, UPPER, LOWER = (named(f"searched {name}") for name in ("province", "commune", "upper", "lower"))
CELLS = (UPPER, LOWER)
FOUNDED, START = date(2018, 1, 1), date(2018, 2, 1)
PROGRAM = Asker(Role.SYSTEM, PROVINCE, "test")


def units() -> list[Fact[Any]]:
    """The province, the commune and its cells."""
    above = ((PROVINCE, UnitKind.PROVINCE, None), (COMMUNE, UnitKind.COMMUNE, PROVINCE))
    cells = ((UPPER, UnitKind.CELL, COMMUNE), (LOWER, UnitKind.CELL, COMMUNE))
    return [
        fact(
            UnitFounded(
                unit=unit,
                kind=kind,
                name="Đơn vị",
                parent=parent,
                cell_kind=CellKind.VILLAGE if kind is UnitKind.CELL else None,
            ),
            FOUNDED,
            unit,
        )
        for unit, kind, parent in (*above, *cells)
    ]


@dataclass
class Place:
    """What is recorded and at hand. `keeper` and `reader` are pools of these roles."""

    archive: ArchiveOf
    keeper: Pool
    reader: Pool
    reads: ReadLog
    keys: Keys
    at_hand: HeadsAtHand = field(init=False)

    def __post_init__(self) -> None:
        self.at_hand = HeadsAtHand(self.keys, self.keeper)

    async def registered(self, head: str, unit: UUID = UPPER, day: date = START, household: UUID | None = None) -> UUID:
        """A new household with this head."""
        household = household or uuid4()
        key = (await self.keys.for_sealing([household]))[household]
        sealed = seal(key, household, "head", head)
        await self.archive.record(fact(HouseholdRegistered(household=household, unit=unit, head=sealed), day, unit))
        return household

    async def moved(self, household: UUID, unit: UUID, day: date) -> int:
        """The household came to another cell; the position of that."""
        return await self.archive.record(
            fact(HouseholdMoved(household=household, unit=unit, former_unit=unit), day, unit)
        )

    async def dissolved(self, household: UUID, day: date) -> int:
        """The household is none any more; the position of that."""
        reason = DissolutionReason.MOVED_AWAY
        return await self.archive.record(fact(HouseholdDissolved(household=household, reason=reason), day))

    async def erasure(self, household: UUID) -> int:
        """That it was erased is recorded; its key has not ended by that."""
        of = {"erasure": uuid4(), "subject": household, "whose": household}
        return await self.archive.record(fact(ErasureExecuted(**of), date(2020, 1, 1)))

    async def project(self) -> None:
        """The registers have everything that is recorded."""
        await self.archive.project(REGISTERS)

    async def search(self, name: str, asker: Asker = PROGRAM, **asked: Any) -> HouseholdsFound:
        """A page of what somebody searches below the province. Raises `CannotAnswer`."""
        searching = Searching(**{"unit": PROVINCE, "name": name, **asked})
        known_at = None if searching.known_at is None else str(searching.known_at)
        async with (
            self.reads.recording(Reading("household_search")) as record,
            open_session(self.reader, self.keys, asker, "vi", record, searching.as_of, known_at) as session,
        ):
            return await search.by_name(session, self.at_hand, searching)

    async def found(self, name: str, **asked: Any) -> list[UUID]:
        """The households of that page."""
        return [line.household for line in (await self.search(name, **asked)).households]
