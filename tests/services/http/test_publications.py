"""A table released over HTTP: kept as it was, read by everybody, and telling no small count."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import asyncpg

from services.decisions.asking import Role
from tests.intake.sending import send
from tests.services.http.world import World, command, submit

RELEASED = "2019-01-15"


def release(world: World, month: str, table: str = "households", **fields: Any) -> dict[str, Any]:
    told = {"effective": RELEASED, "unit": world.province, "table": table, "month": month}
    return command("publication.release", **told | fields)


def rows(published: dict[str, Any]) -> dict[str, list[int | None]]:
    return {row["name"]: row["counts"] for row in published["rows"]}


async def test_a_release_is_read_by_everybody_and_tells_no_small_count(own_world: World) -> None:
    """Each commune has three households, one of them poor here: six households in all, five of them not poor."""
    async with own_world.office() as office:
        review = command(
            "household.review_economic_class",
            household=own_world.here.household,
            year=2018,
            economic_class="poor",
            effective="2018-02-01",
        )
        await submit(office, review)
        position = await submit(office, release(own_world, "2018-02"))
    async with own_world.client(None) as anybody:
        anybody.headers["Soho-At-Least"] = str(position)
        listed = (await anybody.get("/v1/publications")).json()["publications"]
        response = await anybody.get("/v1/publications/2018-02/households")
    assert response.status_code == 200, response.text
    (one,) = [each for each in listed if (each["month"], each["table"]) == ("2018-02", "households")]
    assert one["digest"] == sha256(response.content).hexdigest()
    assert response.headers["etag"] == f'"{one["digest"]}"'
    assert "immutable" in response.headers["cache-control"]
    published = response.json()
    assert (published["day"], published["position"], published["incomplete"]) == ("2018-02-28", one["counted_at"], 0)
    told = rows(published)
    assert [told[name][0] for name in ("Tỉnh thử", "Xã Trên", "Xã Dưới")] == [6, 3, 3]
    # One poor of the province, and two and three others of the communes, are small.
    assert told["Tỉnh thử"][1] is told["Xã Trên"][1] is told["Xã Trên"][3] is told["Xã Dưới"][3] is None


async def test_what_a_few_households_put_forward_is_not_told(own_world: World) -> None:
    """One case in each commune in March, two in the province: of nobody more than that no complaint was among them."""
    path = "/v1/publications/2018-03/grievances"
    async with own_world.office() as office:
        office.headers["Soho-At-Least"] = str(await submit(office, release(own_world, "2018-03", "grievances")))
        published = (await office.get(path)).json()
    assert (published["period"], published["year"]) == ("month", None)
    told = rows(published)
    assert told.keys() == {"Tỉnh thử", "Xã Trên", "Xã Dưới"}
    assert {count for counts in told.values() for count in counts} <= {0, None}
    assert all(counts[0] is None for counts in told.values())


async def test_a_yearly_table_is_released_for_its_month(own_world: World) -> None:
    """Nothing was final of 2018 by March: the table says so."""
    async with own_world.office() as office:
        april = release(own_world, "2019-04", "classification", effective="2019-05-02")
        march = release(own_world, "2019-03", "classification", effective="2019-05-02")
        refused, recorded = await send(office, april, march)
        office.headers["Soho-At-Least"] = str(recorded["position"])
        published = (await office.get("/v1/publications/2019-03/classification")).json()
    assert refused["problem"]["code"] == "not_the_month_of_table"
    assert (published["period"], published["year"], published["day"]) == ("year", 2018, "2019-03-31")
    assert set(map(tuple, rows(published).values())) == {(0, 0, 0, 0, 0)}


async def test_the_same_bytes_for_ever_and_only_once(own_world: World) -> None:
    """What is recorded afterwards for that month changes nothing."""
    path = "/v1/publications/2018-03/members"
    async with own_world.office() as office:
        position = await submit(office, release(own_world, "2018-03", "members"))
        office.headers["Soho-At-Least"] = str(position)
        first = await office.get(path)
        exempt = command(
            "member.change_status",
            person=own_world.here.idle,
            status="exempt",
            effective="2018-02-15",
            basis={"number": "02-QĐ/ĐU"},
        )
        await submit(office, exempt)
        (again,) = await send(office, release(own_world, "2018-03", "members"))
        second = await office.get(path)
        unchanged = await office.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert again["problem"]["code"] == "already_released"
    assert first.status_code == 200, first.text
    assert first.content == second.content
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert rows(first.json())["Xã Trên"][0] == 3
    connection = await asyncpg.connect(own_world.installation.endpoints.admin_url)
    try:
        data = await connection.fetchval(
            """SELECT data FROM archive.message WHERE type = 'publication.publication_released.v1'
               AND convert_from(data, 'UTF8')::jsonb->'body' @> '{"month": "2018-03", "table": "members"}'"""
        )
    finally:
        await connection.close()
    assert json.loads(data)["body"]["content"].encode() == first.content


async def test_two_of_one_month_at_once_are_not_both_released(own_world: World) -> None:
    async with own_world.office() as office:
        results = await send(office, release(own_world, "2018-04"), release(own_world, "2018-04"))
    assert sorted(result["outcome"] for result in results) == ["recorded", "refused"]


async def test_two_months_at_once_are_weighed_one_after_the_other(own_world: World) -> None:
    async with own_world.office() as office:
        position = await submit(office, release(own_world, "2018-05"), release(own_world, "2018-06"))
        office.headers["Soho-At-Least"] = str(position)
        may = (await office.get("/v1/publications/2018-05/households")).json()
        june = (await office.get("/v1/publications/2018-06/households")).json()
    assert rows(may) == rows(june)


async def test_only_the_office_of_the_province_releases(own_world: World) -> None:
    for role in (Role.COMMUNE_OFFICE, Role.CELL_SECRETARY, Role.MEMBER, Role.SYSTEM):
        async with own_world.client(own_world.asker(role, own_world.here)) as client:
            (refused,) = await send(client, release(own_world, "2018-07"))
        assert refused["problem"]["code"] == "role_not_allowed"


async def test_what_was_not_released_and_what_is_no_month_is_not_found(own_world: World) -> None:
    async with own_world.client(None) as anybody:
        for path in ("2018-12/households", "yesterday/households", "2018-02/weather"):
            response = await anybody.get(f"/v1/publications/{path}")
            assert (response.status_code, response.json()["code"]) == (404, "publication_unknown")
