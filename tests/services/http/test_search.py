"""Households searched by a part of the head's name: however it is typed, by whom, of which day."""

from __future__ import annotations

import unicodedata
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest

from events.calendar import today
from events.identifiers import uuid7
from services.decisions.asking import Asker, Role
from tests.services.http.moved import BEFORE, Moved
from tests.services.http.test_erasures import erased
from tests.services.http.test_recorded_reads import as_somebody
from tests.services.http.world import Commune, World, command, mandate, submit

PLACE = "/v1/households/search"
NAMES = ("Đỗ Thị Bưởi", "ĐINH VĂN ĐÀO", "Đinh Thế Đào", "Lò Văn Đạo", "Lò Thị Ánh", "H’Bia Ayun", "Nguyễn Văn An")


async def named(world: World, *heads: str, unit: UUID | None = None) -> list[UUID]:
    """A household for each of the heads, in the cell of `here`; whoever searches then finds them."""
    ids = [uuid7() for _ in heads]
    async with world.office() as office:
        position = await submit(
            office,
            *(
                command(
                    "household.register", household=id_, unit=unit or world.here.cell, head=head, address="Bản giữa"
                )
                for id_, head in zip(ids, heads, strict=True)
            ),
        )
        office.headers["Soho-At-Least"] = str(position)
        assert (await office.get("/v1/state")).status_code == 200
    return ids


async def search(client: httpx.AsyncClient, unit: UUID, name: str, **asked: Any) -> httpx.Response:
    return await client.post(PLACE, json={"unit": str(unit), "name": name, **asked})


async def found(client: httpx.AsyncClient, unit: UUID, name: str, **asked: Any) -> list[UUID]:
    """The households of that page."""
    answer = await search(client, unit, name, **asked)
    assert answer.status_code == 200, answer.text
    return [UUID(line["household"]) for line in answer.json()["households"]]


async def heads(client: httpx.AsyncClient, unit: UUID, name: str, **asked: Any) -> list[str]:
    """The heads of that page."""
    answer = await search(client, unit, name, **asked)
    assert answer.status_code == 200, answer.text
    return [line["head"] for line in answer.json()["households"]]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Đỗ Thị Bưởi", ["Đỗ Thị Bưởi"]),
        ("do thi buoi", ["Đỗ Thị Bưởi"]),
        ("ĐỖ THỊ", ["Đỗ Thị Bưởi"]),
        (unicodedata.normalize("NFD", "đỗ thị bưởi"), ["Đỗ Thị Bưởi"]),
        ("  đo \u00a0 thi  ", ["Đỗ Thị Bưởi"]),
        ("bươi", ["Đỗ Thị Bưởi"]),
        ("ị B", ["Đỗ Thị Bưởi"]),
        ("đào", ["Đinh Thế Đào", "ĐINH VĂN ĐÀO", "Lò Văn Đạo"]),
        ("dao", ["Đinh Thế Đào", "ĐINH VĂN ĐÀO", "Lò Văn Đạo"]),
        ("lò", ["Lò Thị Ánh", "Lò Văn Đạo"]),
        ("h'bia", ["H’Bia Ayun"]),
        ("thi lo", []),
        ("100%", []),
        (".*", []),
    ],
)
async def test_a_name_is_found_however_it_is_typed(own_world: World, typed: str, expected: list[str]) -> None:
    ids = await named(own_world, *NAMES)
    async with own_world.office() as office:
        answer = (await search(office, own_world.province, typed)).json()
    assert [line["head"] for line in answer["households"]] == expected
    assert answer["next"] is None
    for line in answer["households"]:
        assert UUID(line["household"]) in ids
        assert (line["address"], line["unit"]) == ("Bản giữa", {"id": str(own_world.here.cell), "name": "Bản Trên"})


async def test_pages_follow_each_other_in_the_order_of_names(own_world: World) -> None:
    await named(own_world, "Lò Văn Bình", "Lo Van An", "LÒ VĂN ÁNH", "Lò Văn Đức", "Lò Văn Dũng", "Lò Văn Bình")
    listed: list[str] = []
    async with own_world.office() as office:
        after, sizes = None, []
        while True:
            answer = (await search(office, own_world.province, "lo van", limit=2, after=after)).json()
            listed += [line["head"] for line in answer["households"]]
            sizes.append(len(answer["households"]))
            after = answer["next"]
            if after is None:
                break
    assert listed == ["Lo Van An", "LÒ VĂN ÁNH", "Lò Văn Bình", "Lò Văn Bình", "Lò Văn Đức", "Lò Văn Dũng"]
    assert sizes in ([2, 2, 2], [2, 2, 2, 0])


async def test_a_page_goes_on_as_it_was_known_whatever_comes_meanwhile(own_world: World) -> None:
    await named(own_world, "Lò Văn An", "Lò Văn Cả")
    async with own_world.office() as office:
        first = (await search(office, own_world.province, "lo van", limit=1)).json()
        await named(own_world, "Lò Văn Bình")
        then = {"limit": 5, "after": first["next"]}
        assert await heads(office, own_world.province, "lo van", **then) == ["Lò Văn Bình", "Lò Văn Cả"]
        known = {"known_at": first["known_at"]}
        assert await heads(office, own_world.province, "lo van", **then, **known) == ["Lò Văn Cả"]
        assert await heads(office, own_world.province, "lo van", **then, known_at=str(first["known_at"])) == [
            "Lò Văn Cả"
        ]


async def test_of_a_day_and_as_known_then(own_world: World) -> None:
    here, there = own_world.here, own_world.there
    before = own_world.position
    (moves,) = await named(own_world, "Vừ Mí Lử")
    async with own_world.office() as office:
        office.headers["Soho-At-Least"] = str(
            await submit(office, command("household.move", household=moves, unit=there.cell, effective="2019-03-01"))
        )
        for unit, day, expected in (
            (here.cell, "2018-06-01", [moves]),
            (here.cell, "2019-03-01", []),
            (here.unit, None, []),
            (there.cell, "2018-06-01", []),
            (there.cell, "2019-03-01", [moves]),
            (own_world.province, "2017-12-31", []),
            (own_world.province, None, [moves]),
        ):
            if day != "2017-12-31":
                assert await found(office, unit, "vu mi", as_of=day) == expected, (unit, day)
            else:
                refused = await search(office, unit, "vu mi", as_of=day)
                assert (refused.status_code, refused.json()["code"]) == (404, "not_found"), "there was no such unit"
        assert await found(office, own_world.province, "vu mi", known_at=before) == []
        known = await search(office, own_world.province, "vu mi", known_at=str(today()))
        assert known.json()["known_at"] >= int(office.headers["Soho-At-Least"])


async def test_everybody_searches_what_he_sees_and_an_auditor_nothing(own_world: World) -> None:
    here, there = own_world.here, own_world.there
    of_here, of_there = ({c.household: "một", c.uncovered: "hai", c.grouped: "ba"} for c in (here, there))
    for role, unit, expected in (
        (Role.PROVINCIAL_OFFICE, own_world.province, {*of_here, *of_there}),
        (Role.PROVINCIAL_OFFICE, there.cell, {*of_there}),
        (Role.COMMUNE_OFFICE, here.unit, {*of_here}),
        (Role.COMMUNE_OFFICE, here.cell, {*of_here}),
        (Role.CELL_SECRETARY, here.cell, {*of_here}),
        (Role.SYSTEM, here.unit, {*of_here}),
        (Role.INSPECTION, here.unit, {*of_here}),
        (Role.MEMBER, here.cell, {here.household}),
    ):
        async with own_world.client(own_world.asker(role, here)) as client:
            assert set(await found(client, unit, "chu ho")) == expected, role
    for role, unit in (
        (Role.COMMUNE_OFFICE, there.unit),
        (Role.COMMUNE_OFFICE, own_world.province),
        (Role.CELL_SECRETARY, here.unit),
        (Role.INSPECTION, there.cell),
        (Role.MEMBER, here.unit),
        (Role.MEMBER, there.cell),
        (Role.PROVINCIAL_OFFICE, uuid7()),
    ):
        async with own_world.client(own_world.asker(role, here)) as client:
            refused = await search(client, unit, "chu ho")
            assert (refused.status_code, refused.json()["code"]) == (404, "not_found"), role
    async with own_world.client(own_world.asker(Role.AUDITOR, here)) as auditor:
        refused = await search(auditor, here.unit, "chu ho")
        assert (refused.status_code, refused.json()["code"]) == (403, "role_not_allowed")


async def test_a_member_finds_the_households_of_his_groups(own_world: World) -> None:
    here = own_world.here
    of_group = Asker(Role.MEMBER, here.cell, "test", here.secretary)
    nobody_s = Asker(Role.MEMBER, here.cell, "test", here.idle)
    async with own_world.client(of_group) as holding, own_world.client(nobody_s) as idle:
        assert await found(holding, here.cell, "chu ho") == [here.grouped]
        assert await found(idle, here.cell, "chu ho") == []


async def test_an_inspection_searches_the_units_of_its_mandates(own_world: World) -> None:
    """Its own commune is not among them."""
    here, there, inspector = own_world.here, own_world.there, uuid7()
    async with own_world.client(own_world.asker(Role.SYSTEM, Commune("x", unit=own_world.province))) as program:
        await submit(
            program,
            command("organisation.register_person", person=inspector, unit=own_world.province, name="Cán bộ kiểm tra"),
            command(
                "organisation.appoint_office", unit=own_world.province, office="inspection_officer", person=inspector
            ),
        )
    async with own_world.office() as office:
        position = await submit(office, mandate(inspector, units=[there.cell]))
    asker = Asker(Role.INSPECTION, own_world.province, "test", inspector, "inspection_officer")
    async with own_world.client(asker) as client:
        client.headers["Soho-At-Least"] = str(position)
        assert set(await found(client, there.cell, "chu ho")) == {there.household, there.uncovered, there.grouped}
        for unit in (there.unit, here.cell, own_world.province):
            assert (await search(client, unit, "chu ho")).status_code == 404


async def test_a_former_cell_finds_a_household_in_its_own_period(moved: Moved) -> None:
    gone = moved.here.uncovered
    for role in (Role.CELL_SECRETARY, Role.COMMUNE_OFFICE):
        asker = moved.asker(role)
        async with moved.client(asker) as client:
            assert gone in await found(client, asker.unit, "chu ho hai", as_of=BEFORE)
            assert gone not in await found(client, asker.unit, "chu ho hai")
    async with moved.client(moved.asker(Role.CELL_SECRETARY, moved.there)) as client:
        assert gone in await found(client, moved.there.cell, "chu ho hai")
        assert gone not in await found(client, moved.there.cell, "chu ho hai", as_of=BEFORE)


async def test_what_went_into_a_unit_is_found_below_it(moved: Moved) -> None:
    """With what was merged into it; not with what left it with its cell."""
    merged = {moved.gone.household, moved.gone.uncovered, moved.gone.grouped}
    left = {moved.left.household, moved.left.uncovered, moved.left.grouped}
    async with moved.client(moved.asker(Role.COMMUNE_OFFICE)) as client:
        for unit in (moved.here.unit, moved.gone.unit, moved.gone.cell):
            below = set(await found(client, unit, "chu ho", limit=100))
            assert below >= merged
            assert not below & left
        assert not set(await found(client, moved.here.unit, "chu ho", limit=100, as_of=BEFORE)) & left


async def test_whose_data_was_erased_is_found_no_more(own_world: World) -> None:
    here = own_world.here
    async with own_world.office() as office:
        assert await found(office, here.unit, "chu ho mot") == [here.household]
        _, position = await erased(own_world, here.household)
        office.headers["Soho-At-Least"] = str(position)
        for asked in ({"as_of": "2018-05-01"}, {"as_of": "2018-05-01", "known_at": own_world.position}, {}):
            assert await found(office, here.unit, "chu ho mot", **asked) == []
        assert await found(office, here.unit, "chu ho", as_of="2018-05-01") == [here.grouped, here.uncovered]
        going_on = await search(office, here.unit, "chu ho", after=str(here.household))
        assert (going_on.status_code, going_on.json()["code"]) == (409, "search_changed")


async def test_a_page_that_begins_behind_what_the_caller_does_not_see_is_refused_alike(world: World) -> None:
    async with world.client(world.asker(Role.COMMUNE_OFFICE, world.here)) as client:
        for after in (world.there.household, uuid7()):
            refused = await search(client, world.here.unit, "chu ho", after=str(after))
            assert (refused.status_code, refused.json()["code"]) == (409, "search_changed")
            assert str(after) not in refused.text


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "name_not_searchable"),
        (" \u00a0\t ", "name_not_searchable"),
        ("ơ", "name_not_searchable"),
        ("a\u0301\u0323", "name_not_searchable"),
        ("lo" * 51, "name_not_searchable"),
        ("lo" * 501, "text_too_long"),
        ("Lò\u202eVăn", "unreadable_text"),
        (None, "wrong_type"),
        (["Lò Văn"], "wrong_type"),
    ],
)
async def test_a_name_that_is_none_is_refused_and_not_repeated(world: World, name: Any, code: str) -> None:
    async with world.office() as office:
        refused = await office.post(PLACE, json={"unit": str(world.province), "name": name})
    assert (refused.status_code, refused.json()["code"]) == (400, code)
    assert "lolo" not in refused.text
    assert "Văn" not in refused.text.replace("Văn bản", "").replace("văn bản", "")
    if code == "name_not_searchable":
        assert refused.json()["parameters"] == {"least": 2, "most": 100}


@pytest.mark.parametrize(
    "content",
    [
        '{"unit": "%s", "name": "Vừ Mí Lử"',
        '{"unit": "%s", "name": "Vừ Mí Lử", "Vừ Mí Lử": 1}',
        '{"unit": "%s", "name": "Vừ Mí Lử", "as_of": "Vừ Mí Lử"}',
        '{"unit": "%s", "name": "Vừ Mí Lử", "known_at": "Vừ Mí Lử"}',
        '{"unit": "%s", "name": "Vừ Mí Lử", "after": "Vừ Mí Lử"}',
        '{"unit": "%s", "name": "Vừ Mí Lử", "limit": "Vừ Mí Lử"}',
        '{"unit": "%s", "name": "Vừ Mí Lử", "limit": 101}',
        '{"unit": "Vừ Mí Lử", "name": "Vừ Mí Lử"}',
        '["Vừ Mí Lử"]',
        '"Vừ Mí Lử"',
        "Vừ Mí Lử",
        "",
    ],
)
async def test_a_body_that_cannot_be_read_is_not_repeated(world: World, content: str) -> None:
    body = content % world.province if "%s" in content else content
    headers = {"Content-Type": "application/json"}
    async with world.office() as office:
        refused = await office.post(PLACE, content=body.encode(), headers=headers)
    assert refused.status_code == 400, refused.text
    assert "Mí" not in refused.text
    assert "M\\u00ed" not in refused.text


async def test_a_search_is_in_the_read_log_without_what_was_searched(own_world: World) -> None:
    here = own_world.here
    await named(own_world, "Vừ Mí Lử")
    asker = as_somebody(own_world.asker(Role.COMMUNE_OFFICE, here))
    async with own_world.client(asker) as client:
        assert len(await found(client, here.unit, "chu ho", limit=2)) == 2
        assert await found(client, here.unit, "nobody is called so") == []
        answer = await search(client, here.unit, "vừ mí")
        assert "etag" not in answer.headers
        assert int(answer.headers["Soho-Position"]) >= own_world.position
        (vu_mi,) = [UUID(line["household"]) for line in answer.json()["households"]]
    owner = await asyncpg.connect(own_world.installation.endpoints.admin_url)
    rows = await owner.fetch("SELECT * FROM reads.read WHERE client = $1 ORDER BY read", asker.client)
    await owner.close()
    assert [(row["route"], row["about"], row["persons"]) for row in rows] == [("household_search", here.unit, [])] * 2
    assert len(rows[0]["households"]) == 2
    assert rows[1]["households"] == [vu_mi]
    kept = str([tuple(row) for row in rows]).casefold()
    assert "vừ" not in kept
    assert "vu mi" not in kept


async def test_the_name_is_never_asked_for_in_the_address(world: World) -> None:
    async with world.office() as office:
        refused = await office.get(PLACE, params={"unit": str(world.province), "name": "chu ho"})
        assert refused.status_code in (404, 405)
        nameless = await office.post(f"{PLACE}?name=chu+ho", json={"unit": str(world.province)})
        assert (nameless.status_code, nameless.json()["code"]) == (400, "missing_field")
