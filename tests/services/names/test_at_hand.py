"""The heads at hand follow the register: never behind who asks, and without whom has been erased."""

from __future__ import annotations

import asyncio
from datetime import date
from uuid import UUID, uuid4

import asyncpg
import pytest
import structlog
from structlog.testing import capture_logs

from events.facts.organisation import CellKind, UnitFounded, UnitKind
from projections.database import Role as DatabaseRole
from projections.database import connect, open_pool
from projections.rebuild import rebuild
from projections.registers import heads
from projections.registers.heads import Stand
from projections.registers.households import Households
from services.decisions.asking import Asker, Role
from services.names import at_hand
from services.names.at_hand import NotReadYet
from services.queries.session import CannotAnswer
from services.vault.destruction import Destruction
from tests.given import named
from tests.projections.archive_of import ArchiveOf, fact
from tests.services.names.place import CELLS, FOUNDED, LOWER, START, UPPER, Place
from tests.vaults import opened

HEAD = "Vừ Thị Dợ"


async def read(place: Place) -> None:
    """Waits until everything is at hand."""
    async with asyncio.timeout(20):
        while True:
            async with place.reader.acquire() as connection:
                try:
                    await place.at_hand.at(await heads.stand(connection))
                    return
                except NotReadYet:
                    await asyncio.sleep(0.01)


async def proposed(place: Place, part: str) -> list[UUID]:
    """Households that the index has, whether or not anybody may see them."""
    async with place.reader.acquire() as connection:
        index = await place.at_hand.at(await heads.stand(connection))
    return [match.household for match in index.matching(part, {cell.bytes for cell in CELLS})]


async def test_until_all_are_read_nobody_is_told_half_of_it(place: Place) -> None:
    household = await place.registered(HEAD)
    await place.project()
    with pytest.raises(CannotAnswer) as refused:
        await place.search("vu thi")
    assert refused.value.code == "names_not_read_yet"
    await read(place)
    assert await place.found("vu thi") == [household]


async def test_what_has_just_come_is_found_at_once(place: Place) -> None:
    await read(place)
    for number in range(3):
        household = await place.registered(f"{HEAD} {number}")
        await place.project()
        assert await place.found(f"do {number}") == [household]


async def test_two_who_search_at_once_both_find_what_has_come(place: Place) -> None:
    await read(place)
    household = await place.registered(HEAD)
    await place.project()
    assert await asyncio.gather(*(place.found("vu thi") for _ in range(2))) == [[household], [household]]


async def test_more_than_somebody_can_wait_for_is_read_behind_his_back(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at_hand, "PART", 2)
    monkeypatch.setattr(at_hand, "PARTS_FOR_ONE", 2)
    await read(place)
    few = [await place.registered(HEAD) for _ in range(3)]
    await place.project()
    assert set(await place.found("vu thi")) == set(few)
    many = [await place.registered(HEAD) for _ in range(12)]
    await place.project()
    with pytest.raises(CannotAnswer) as refused:
        await place.search("vu thi")
    assert refused.value.code == "names_not_read_yet"
    await read(place)
    assert set(await place.found("vu thi")) == {*few, *many}


async def test_reading_all_names_pushes_out_no_key_that_is_in_use(place: Place) -> None:
    used = uuid4()
    await place.keys.for_sealing([used])
    for _ in range(20):
        await place.registered(HEAD)
    await place.project()
    place.keys = await opened(place.keeper)
    place.__post_init__()
    assert set(await place.keys.for_reading([used])) == {used}
    await read(place)
    assert len(await proposed(place, "vu thi")) == 20
    assert set(place.keys._at_hand) == {used}


async def test_whose_key_ends_is_found_no_more_whoever_ended_it(place: Place) -> None:
    """Also before the register has folded it: in this process, and in another one that the archive tells of it."""
    here, elsewhere, stays = [await place.registered(f"{HEAD} {name}") for name in ("một", "hai", "ba")]
    await place.project()
    await read(place)
    assert set(await proposed(place, "vu thi do")) == {here, elsewhere, stays}
    await place.keys.destroy([here])
    assert set(await proposed(place, "vu thi do")) == {elsewhere, stays}
    assert set(await place.found("vu thi")) == {elsewhere, stays}
    await place.erasure(elsewhere)
    await (await opened(place.keeper)).destroy([elsewhere])
    assert set(await proposed(place, "vu thi do")) == {elsewhere, stays}, "nobody has told this process yet"
    async with await open_pool(place.archive.url, DatabaseRole.INTAKE, "test", 1) as intake:
        await Destruction(place.keys, place.keeper, intake).catch_up()
    assert await proposed(place, "vu thi do") == [stays]


async def test_whose_key_ends_while_names_are_read_is_not_found_either(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, stays = [await place.registered(f"{HEAD} {name}") for name in ("một", "hai")]
    await place.project()
    opening = place.keys.read_in_passing

    async def opened_and_then_ended(sealed: list[tuple[UUID, str, str]]) -> list[str | None]:
        names = await opening(sealed)
        await place.keys.destroy([gone])
        return names

    monkeypatch.setattr(place.keys, "read_in_passing", opened_and_then_ended)
    await read(place)
    assert await proposed(place, "vu thi") == [stays]


async def test_a_register_built_anew_is_read_anew(place: Place) -> None:
    """A rebuild may bring what had been left out before, at a position that was passed long ago; and brings nobody back
    who was erased."""
    parked, erased, stays = [await place.registered(f"{HEAD} {name}") for name in ("một", "hai", "ba")]
    await place.project()
    await place.archive.fetch("DELETE FROM households_v1.household WHERE household = $1", parked)
    await read(place)
    assert set(await place.found("vu thi")) == {erased, stays}
    await place.erasure(erased)
    await place.keys.destroy([erased])
    await place.project()
    await rebuild(place.archive.url, [Households], lambda *_: None)
    with pytest.raises(CannotAnswer) as refused:
        await place.search("vu thi")
    assert refused.value.code == "names_not_read_yet"
    await read(place)
    assert set(await proposed(place, "vu thi")) == {parked, stays}
    assert set(await place.found("vu thi")) == {parked, stays}


async def test_who_still_sees_the_register_before_it_was_built_anew_is_told_to_ask_again(place: Place) -> None:
    await place.registered(HEAD)
    await place.project()
    await read(place)
    async with place.reader.acquire() as connection:
        before = await heads.stand(connection)
    await rebuild(place.archive.url, [Households], lambda *_: None)
    await read(place)
    with pytest.raises(NotReadYet):
        await place.at_hand.at(before)
    async with place.reader.acquire() as connection:
        now = await heads.stand(connection)
    assert now == Stand(before.generation + 1, before.position)
    assert len(await place.at_hand.at(now)) == 1


async def test_an_installation_that_starts_for_the_first_time_has_no_register_to_read(place: Place) -> None:
    await place.archive.fetch("ALTER SCHEMA households_v1 RENAME TO elsewhere")
    assert await heads.since(place.keeper, 0, 10) is None
    await place.archive.fetch("ALTER SCHEMA elsewhere RENAME TO households_v1")
    found = await heads.since(place.keeper, 0, 10)
    assert found is not None
    assert (found.stand.position, found.heads, found.more) == (place.archive.head, [], False)


async def test_parts_come_in_the_order_of_the_log_and_leave_nothing_out(place: Place) -> None:
    households = [await place.registered(f"{HEAD} {number}", CELLS[number % 2]) for number in range(5)]
    moved = await place.moved(households[0], LOWER, date(2019, 3, 1))
    await place.erasure(households[1])
    await place.project()
    position, seen = 0, []
    while True:
        part = await heads.since(place.keeper, position, 2)
        assert part is not None
        assert part.stand.position > position
        position = part.stand.position
        seen += [(line.household, line.unit, line.head is None) for line in part.heads]
        if not part.more:
            break
    assert position == place.archive.head
    first = [(household, CELLS[number % 2], number == 1) for number, household in enumerate(households)]
    assert seen[:5] == first
    # Since the move: in the one cell up to then, in the other from then on.
    assert sorted(seen[5:]) == sorted([(households[0], UPPER, False), (households[0], LOWER, False)])
    later = await heads.since(place.keeper, moved - 1, 10)
    assert later is not None
    assert len(later.heads) == 2


@pytest.mark.parametrize("role", sorted(set(DatabaseRole) - {DatabaseRole.KEEPER, DatabaseRole.PROJECTOR}, key=str))
async def test_nobody_but_the_keeper_is_given_all_heads(archive: ArchiveOf, role: DatabaseRole) -> None:
    connection = await connect(archive.url, role, "test")
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.fetch("SELECT * FROM access.heads_since(0, 10)")
    finally:
        await connection.close()


async def test_the_keeper_reads_no_register_in_any_other_way(place: Place) -> None:
    await place.registered(HEAD)
    await place.project()
    for question in (
        "SELECT head FROM households_v1.household",
        "SELECT data FROM archive.message",
        "SELECT position FROM projection.checkpoint",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await place.keeper.fetch(question)


async def test_what_is_logged_has_counts_and_no_name(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_hand, "TELL_EVERY_SECONDS", 0.0)
    monkeypatch.setattr(at_hand, "PART", 2)
    for number in range(5):
        await place.registered(f"{HEAD} {number}", day=START)
    await place.project()
    # A test of a command may have left the level of commands, which tell warnings alone.
    structlog.reset_defaults()
    with capture_logs() as logs:
        place.at_hand.start()
        assert place.at_hand._task is not None
        await asyncio.wait_for(place.at_hand._task, 20)
    assert {line["event"] for line in logs} == {"names.reading", "names.read"}
    assert [line["heads"] for line in logs if line["event"] == "names.read"] == [5]
    assert "thi" not in str(logs).casefold()


async def test_below_a_unit_is_what_stood_below_it_on_the_day(place: Place) -> None:
    """Also where nothing stands above it and its office sees more: the whole history of a household that came."""
    other, cell = named("another top"), named("a cell of it")
    above = UnitFounded(unit=other, kind=UnitKind.PROVINCE, name="Tỉnh khác")
    below = UnitFounded(unit=cell, kind=UnitKind.CELL, cell_kind=CellKind.VILLAGE, name="Bản khác", parent=other)
    await place.archive.record(fact(above, FOUNDED, other), fact(below, FOUNDED, cell))
    household = await place.registered(HEAD)
    await place.moved(household, cell, date(2019, 3, 1))
    await place.project()
    await read(place)
    asker = Asker(Role.SYSTEM, other, "test")
    before, after = date(2019, 2, 1), date(2019, 3, 1)
    for day, expected in ((before, []), (after, [household])):
        for unit in (other, cell):
            page = await place.search("vu thi", asker, unit=unit, as_of=day)
            assert [line.household for line in page.households] == expected, (day, unit)
    assert await place.found("vu thi", as_of=before) == [household]
    assert await place.found("vu thi", as_of=after) == []
