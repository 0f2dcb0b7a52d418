"""Dossiers and verification over HTTP: who sees what, figures that open, and what is told after a decision."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec
import pytest
import pytest_asyncio

from events.facts.values import encode
from events.identifiers import uuid7
from projections.evidence.figures import Dossier, figures, opened
from services.decisions.asking import Role
from tests.installation import Installation
from tests.services.http import rounds
from tests.services.http.test_erasures import act, request_of, sent
from tests.services.http.world import NOON, World, command, submit, tell


@dataclass
class Told:
    """A world in which the member of one commune was rated, revised, and visited once more after that."""

    world: World
    late: UUID = field(default_factory=uuid7)
    decided: int = 0
    revised: int = 0
    after: int = 0

    async def ask(self, place: str, role: Role = Role.COMMUNE_OFFICE, there: bool = False, **asked: Any) -> Any:
        commune = self.world.there if there else self.world.here
        async with self.world.client(self.world.asker(role, commune)) as client:
            response = await client.get(place, params=asked)
        assert response.status_code == 200, response.text
        return response.json()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def told(installation: Installation) -> Told:
    """Not to be changed."""
    world = await tell(installation)
    here, found = world.here, Told(world)
    async with world.office() as client:
        client.headers["Soho-At-Least"] = "0"
        await submit(client, *rounds.steps(here))
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as client:
        found.decided = await submit(client, rounds.decision(here))
        found.revised = await submit(client, rounds.revision(here))
    async with world.office() as client:
        visit = {"id": found.late, "household": here.household, "member": here.member}
        found.after = await submit(client, command("visit.record", instant=f"2018-06-05{NOON}", **visit))
    found.world = replace(world, position=found.after)
    return found


async def test_a_dossier_counts_the_year_and_each_figure_opens(told: Told) -> None:
    here = told.world.here
    found = await told.ask(f"/v1/members/{here.member}/dossier", year=2018)
    dossier = found["dossier"]
    # One household from 1/1 to 31/12/2018, visited on 5/3 and on 5/6; the case was raised on 5/3 and went up on 7/3.
    assert dossier["until"] == "2018-12-31"
    assert dossier["assignments"]["days"]["value"] == dossier["assignments"]["household_days"]["value"] == 365
    assert [dossier["visits"][name]["value"] for name in ("made", "months", "visited")] == [2, 12, 2]
    assert dossier["attendance"]["present"]["value"] == 1
    (case,) = dossier["grievances"]["lines"]
    assert (case["told"], case["escalated"], case["answered"]) == ("2018-03-05", "2018-03-07", None)
    assert found["names"][str(here.household)] == "Chủ hộ một Trên"
    assert found["member"]["name"] == "Đảng viên Trên"
    assert found["erased"] == 0
    result = msgspec.convert(dossier, Dossier)
    assert found["evidence"]["result"] == sha256(encode(result)).hexdigest()
    history = await told.ask(f"/v1/members/{here.member}/history", limit=500)
    visits = [entry["position"] for entry in history["entries"] if entry["type"] == "visit.visit_recorded.v2"]
    assert dossier["visits"]["made"]["positions"] == visits


async def test_a_dossier_is_as_known_at_the_position(told: Told) -> None:
    place = f"/v1/members/{told.world.here.member}/dossier"
    then = await told.ask(place, year=2018, known_at=told.revised)
    assert then["dossier"]["visits"]["made"]["value"] == 1
    assert then["evidence"]["position"] == then["known_at"] == told.revised
    assert (await told.ask(place, year=2019))["dossier"]["visits"]["made"]["value"] == 0


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CELL_SECRETARY, Role.AUDITOR, Role.PROVINCIAL_OFFICE])
async def test_who_may_see_the_member_sees_all_of_it(told: Told, role: Role) -> None:
    place = f"/v1/members/{told.world.here.member}/dossier"
    found, whole = await told.ask(place, role, year=2018), await told.ask(place, year=2018)
    assert found["dossier"] == whole["dossier"]
    assert found["evidence"] == whole["evidence"]
    assert (found["member"]["name"] is None) == (role is Role.AUDITOR)


async def test_the_member_opens_every_number_of_his_dossier_and_sees_nobody_elses_attendance(told: Told) -> None:
    here = told.world.here
    place = f"/v1/members/{here.member}/dossier"
    dossier = msgspec.convert((await told.ask(place, Role.MEMBER, year=2018))["dossier"], Dossier)
    entries, after = [], 0
    while after is not None:
        page = await told.ask(f"{place}/facts", Role.MEMBER, year=2018, after=after, limit=3)
        entries, after = entries + page["entries"], page["next"]
    assert [entry["position"] for entry in entries] == list(opened(dossier))
    for name, figure in figures(dossier):
        found = await told.ask(f"{place}/facts", Role.MEMBER, year=2018, figure=name, limit=500)
        assert tuple(entry["position"] for entry in found["entries"]) == figure.positions, name
    (held,) = [entry for entry in entries if entry["type"] == "meeting.cell_meeting_held.v1"]
    assert held["body"]["attendance"] == [{"member": str(here.member), "attendance": "present"}]
    (note,) = [entry["body"]["note"] for entry in entries if entry["body"].get("note")]
    assert note == "Nhà mới lợp lại mái"
    (raised,) = [entry for entry in entries if entry["type"].startswith("grievance.grievance_raised")]
    assert raised["body"]["text"] == "Đường vào bản lầy"


async def test_a_figure_that_there_is_not_and_the_dossier_of_another_open_to_nothing(told: Told) -> None:
    here = told.world.here
    async with told.world.client(told.world.asker(Role.MEMBER, here)) as client:
        place = f"/v1/members/{here.member}/dossier/facts"
        wrong = await client.get(place, params={"year": 2018, "figure": "visits.many"})
        assert (wrong.status_code, wrong.json()["code"]) == (400, "invalid_parameter")
        other = await client.get(f"/v1/members/{here.idle}/dossier/facts", params={"year": 2018})
        assert (other.status_code, other.json()["code"]) == (404, "not_found")


async def test_what_is_sealed_opens_only_where_the_fact_itself_may_be_read(own_world: World) -> None:
    """The member has moved to the other commune, where his whole dossier counts; the household he visited has not."""
    here, there, told = own_world.here, own_world.there, Told(own_world)
    moved = command("member.transfer", person=here.member, unit=there.cell, effective="2018-07-01")
    async with own_world.office() as client:
        told.world = replace(own_world, position=await submit(client, moved))
    place, asked = f"/v1/members/{here.member}/dossier/facts", {"year": 2018, "figure": "assignments.household_days"}
    answers = [
        await told.ask(place, Role.CELL_SECRETARY, there=True, **asked),
        await told.ask(place, Role.AUDITOR, there=True, **asked),
        await told.ask(place, Role.PROVINCIAL_OFFICE, **asked),
    ]
    positions = [[entry["position"] for entry in answer["entries"]] for answer in answers]
    assert positions[0] == positions[1] == positions[2] != []
    registered = [
        next(entry for entry in answer["entries"] if entry["type"] == "household.household_registered.v1")
        for answer in answers
    ]
    assert [entry["body"]["head"] for entry in registered] == [None, None, "Chủ hộ một Trên"]
    assert [(entry["body"]["household"], entry["erased"]) for entry in registered] == [(str(here.household), [])] * 3


async def test_the_dossiers_of_a_unit_come_page_by_page(told: Told) -> None:
    here = told.world.here
    place, seen, after = f"/v1/units/{here.unit}/dossiers", [], None
    for left in (2, 1, 0):
        page = await told.ask(place, year=2018, limit=1, **({"after": after} if after else {}))
        (line,) = page["members"]
        seen.append(line["member"]["id"])
        after = page["next"]
        assert (page["total"], page["hidden"], after is None) == (3, 0, left == 0)
        alone = await told.ask(f"/v1/members/{line['member']['id']}/dossier", year=2018)
        assert (line["dossier"], line["evidence"]) == (alone["dossier"], alone["evidence"])
    assert sorted(seen) == sorted(map(str, (here.secretary, here.member, here.idle)))


async def test_where_a_page_begins_must_be_what_the_page_before_said(told: Told) -> None:
    async with told.world.client(told.world.asker(Role.COMMUNE_OFFICE, told.world.here)) as client:
        place = f"/v1/units/{told.world.here.unit}/dossiers"
        wrong = await client.get(place, params={"year": 2018, "after": "x"})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "invalid_parameter")


async def test_a_rating_is_verified_at_all_its_decisions_and_what_came_after_is_told(told: Told) -> None:
    here = told.world.here
    found = await told.ask(f"/v1/ratings/{rounds.rating(here)}/verification")
    assert found["member"]["id"] == str(here.member)
    assert [(d["level"], d["verdict"], d["erased"]) for d in found["decisions"]] == [
        ("good", "same", 0),
        ("completed", "same", 0),
    ]
    assert [d["position"] for d in found["decisions"]] == [told.decided, told.revised]
    assert all(d["evidence"]["builder"] == "dossier.v1" for d in found["decisions"])
    (later,) = found["later"]
    assert (later["position"], later["type"], later["effective"]) == (
        told.after,
        "visit.visit_recorded.v2",
        "2018-06-05",
    )
    assert {"visits.made", "visits.visited", "recording.late"} <= set(later["figures"])
    assert {"figure": "visits.made", "before": 1, "after": 2} in found["changes"]
    then = await told.ask(f"/v1/ratings/{rounds.rating(here)}/verification", known_at=told.decided)
    assert ([d["level"] for d in then["decisions"]], then["later"], then["changes"]) == (["good"], [], [])


async def test_a_rating_is_verified_by_who_sees_the_member_and_by_nobody_else(told: Told) -> None:
    place = f"/v1/ratings/{rounds.rating(told.world.here)}/verification"
    for role in (Role.MEMBER, Role.CELL_SECRETARY, Role.AUDITOR, Role.PROVINCIAL_OFFICE):
        assert len((await told.ask(place, role))["decisions"]) == 2
    async with told.world.client(told.world.asker(Role.COMMUNE_OFFICE, told.world.there)) as client:
        assert (await client.get(place)).status_code == 404
        assert (await client.get(f"/v1/ratings/{uuid7()}/verification")).status_code == 404


async def test_a_case_withheld_later_leaves_the_digests_and_is_shown_no_more(
    installation: Installation, own_world: World
) -> None:
    here = own_world.here
    told = Told(own_world)
    async with own_world.office() as client:
        client.headers["Soho-At-Least"] = "0"
        await submit(client, *rounds.steps(here))
    async with own_world.client(own_world.asker(Role.COMMUNE_OFFICE, here)) as client:
        told.decided = await submit(client, rounds.decision(here))
        withheld = command(
            "grievance.withhold",
            instant=f"2018-12-27{NOON}",
            grievance=here.case,
            unit=here.unit,
            handed_to=here.unit,
            number="01/BG",
            receipt=uuid7(),
            basis={"number": "02-BB"},
        )
        told.after = await submit(client, withheld)
    told.world = replace(own_world, position=told.after)

    place = f"/v1/members/{here.member}/dossier"
    then = await told.ask(place, year=2018, known_at=told.decided - 1)
    assert (then["erased"], then["dossier"]["grievances"]["raised"]["value"]) == (1, 0)
    assert str(here.case) not in msgspec.json.encode(then).decode()
    now = await told.ask(place, year=2018)
    assert (now["erased"], now["dossier"]["grievances"]["lines"]) == (0, [])
    found = await told.ask(f"/v1/ratings/{rounds.rating(here)}/verification")
    (decision,) = found["decisions"]
    assert (decision["verdict"], decision["erased"]) == ("same", 1)
    assert (found["later"], found["changes"]) == ([], [])


async def test_fields_erased_after_a_decision_are_counted_and_the_facts_stay_the_same(own_world: World) -> None:
    """The household that was visited is erased between the decision and its revision: head and address, which its
    registration holds, from which its days count, and the note of the visit on 5/3."""
    here, told = own_world.here, Told(own_world)
    erasure, _ = await request_of(own_world, here.household)
    step = {"erasure": erasure, "subject": here.household}
    async with own_world.office() as client:
        client.headers["Soho-At-Least"] = "0"
        await submit(client, *rounds.steps(here))
    async with own_world.client(own_world.asker(Role.COMMUNE_OFFICE, here)) as client:
        told.decided = await submit(client, rounds.decision(here))
    async with own_world.office() as office:
        assert (await sent(office, act("erasure.acknowledge", **step)))[0] == 201
        assert (await sent(office, act("erasure.grant", **step)))[0] == 201
        told.world = replace(own_world, position=int(office.headers["Soho-At-Least"]))
        before = await told.ask(f"/v1/ratings/{rounds.rating(here)}/verification")
        assert (await sent(office, act("erasure.execute", **step)))[0] == 201
    async with own_world.client(own_world.asker(Role.COMMUNE_OFFICE, here)) as client:
        told.revised = await submit(client, rounds.revision(here))
    told.world = replace(own_world, position=told.revised)
    found = await told.ask(f"/v1/ratings/{rounds.rating(here)}/verification")
    assert [decision["fields_erased"] for decision in before["decisions"]] == [[]]
    assert [(d["verdict"], d["erased"]) for d in found["decisions"]] == [("same", 0), ("same", 0)]
    gone = [{"field": name, "of": "household", "count": 1, "owners": 1} for name in ("address", "head", "note")]
    assert [decision["fields_erased"] for decision in found["decisions"]] == [gone, []]
    then = await told.ask(f"/v1/ratings/{rounds.rating(here)}/verification", known_at=told.decided)
    assert [decision["fields_erased"] for decision in then["decisions"]] == [[]]
