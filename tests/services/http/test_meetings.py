"""A cell's year over HTTP: its agenda, its meetings with who came, and the registers of reports."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import httpx
import pytest
import pytest_asyncio

from events.identifiers import uuid7
from services.decisions.asking import Role
from tests.installation import Installation
from tests.services.http.world import NOON, World, command, submit, tell


@dataclass
class Year:
    """What is told of the cell's first months of 2018; it meets on the 3rd.

    January: the meeting called on the 1st was held, all three came, the member reported and was concluded. February:
    nobody met; the secretary reported on the 5th, late. March: the member is excused, the idle one absent; the
    secretary's report of February is concluded, nobody reports for March.
    """

    world: World
    january: UUID = field(default_factory=uuid7)
    february: UUID = field(default_factory=uuid7)
    march: UUID = field(default_factory=uuid7)
    before: int = 0
    """The position before it was told."""

    def commands(self) -> list[dict[str, Any]]:
        here = self.world.here
        came = {"member": "present", "secretary": "present", "idle": "present"}

        def attendance(**said: str) -> list[dict[str, str]]:
            return [{"member": str(getattr(here, who)), "attendance": how} for who, how in (came | said).items()]

        def at(day: str, what: str, **fields: Any) -> dict[str, Any]:
            return command(f"meeting.{what}", instant=f"{day}{NOON}", unit=here.cell, **fields)

        def report(id_: UUID, day: str, who: UUID, month: str, lines: list[Any]) -> dict[str, Any]:
            return at(day, "submit_report", id=id_, member=who, month=month, lines=lines, note="Bà con hỏi về đất")

        land = {"target": str(here.household), "topics": ["land"], "needs": ["papers"]}
        quiet = {"target": str(here.group)}
        first, third = {"meeting": here.meeting}, {"meeting": self.march}
        return [
            command("meeting.set_calendar", unit=here.cell, year=2018, day=3),
            report(self.january, "2018-01-02", here.member, "2018-01-01", [land]),
            at("2018-01-03", "hold", **first, attendance=attendance()),
            at("2018-01-03", "conclude_report", **first, report=self.january, conclusion="noted", note="Xã xem xét"),
            at("2018-01-03", "close", **first),
            report(self.february, "2018-02-05", here.secretary, "2018-02-01", [quiet]),
            at("2018-03-03", "hold", id=self.march, attendance=attendance(member="excused", idle="unexcused")),
            at("2018-03-03", "conclude_report", **third, report=self.february, conclusion="cell_follows_up"),
        ]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def year(installation: Installation) -> Year:
    """Not to be changed."""
    world = await tell(installation)
    found = Year(world)
    async with world.office() as client:
        position = await submit(client, *found.commands())
    return replace(found, world=replace(world, position=position), before=world.position)


def person(year: Year, who: str) -> dict[str, str]:
    names = {"member": "Đảng viên Trên", "secretary": "Bí thư Trên", "idle": "Đảng viên khác Trên"}
    return {"id": str(getattr(year.world.here, who)), "name": names[who]}


async def ask(told: Year, place: str, role: Role = Role.CELL_SECRETARY, **asked: Any) -> Any:
    async with told.world.client(told.world.asker(role, told.world.here)) as client:
        response = await client.get(place, params=asked)
    assert response.status_code == 200, response.text
    return response.json()


async def test_the_agenda_has_what_is_due_on_the_day(year: Year) -> None:
    here = year.world.here
    found = await ask(year, f"/v1/units/{here.cell}/agenda", day="2018-03-02")
    assert (found["day"], found["planned"], found["meeting"]) == ("2018-03-02", "2018-03-03", None)
    expected = [
        {"member": person(year, who), "month": "2018-03-01", "delivered_on": None, "concluded": False}
        for who in ("member", "secretary")
    ]
    assert sorted(found["reports"], key=lambda line: line["member"]["name"], reverse=True) == expected
    (waiting,) = found["waiting"]
    assert (waiting["report"], waiting["month"], waiting["late"]) == (str(year.february), "2018-02-01", True)
    assert waiting["member"] == person(year, "secretary")
    assert (found["grievances"], found["decisions"]) == ([], [])

    first = await ask(year, f"/v1/units/{here.cell}/agenda", day="2018-01-03")
    assert (first["meeting"], first["called_on"], first["notice_days"]) == (str(here.meeting), "2018-01-01", 2)
    delivered = {line["member"]["id"]: line["delivered_on"] for line in first["reports"]}
    assert delivered == {str(here.member): "2018-01-02", str(here.secretary): None}


async def test_the_agenda_without_a_day_is_that_of_the_next_meeting(own_world: World) -> None:
    here = own_world.here
    async with own_world.office() as client:
        called = command("meeting.call", unit=here.cell, effective="2018-01-01", day="2099-05-04")
        client.headers["Soho-At-Least"] = str(await submit(client, called))
        found = (await client.get(f"/v1/units/{here.cell}/agenda")).json()
    assert (found["day"], found["meeting"]) == ("2099-05-04", called["id"])


async def test_decisions_and_grievances_that_wait_are_on_the_agenda(own_world: World) -> None:
    here = own_world.here
    exempt = command(
        "member.change_status",
        person=here.member,
        status="exempt",
        effective="2018-02-01",
        basis={"number": "02-NQ/CB"},
    )
    raised = command(
        "grievance.raise",
        instant=f"2018-02-01{NOON}",
        household=here.household,
        member=here.member,
        topic="land",
        text="Xin cấp giấy",
    )
    async with own_world.office() as client:
        client.headers["Soho-At-Least"] = str(await submit(client, exempt, raised))
        found = (await client.get(f"/v1/units/{here.cell}/agenda", params={"day": "2018-02-03"})).json()
    assert [(d["assignment"], d["reasons"]) for d in found["decisions"]] == [(str(here.assignment), ["exempt"])]
    assert [line["member"]["id"] for line in found["reports"]] == [str(here.secretary)]
    (case,) = found["grievances"]
    assert (case["stage"], case["topic"], case["unit"]["id"]) == ("waiting", "land", str(here.cell))


async def test_an_agenda_and_a_year_are_of_a_cell(year: Year) -> None:
    async with year.world.office() as client:
        for place in ("agenda", "meetings"):
            response = await client.get(f"/v1/units/{year.world.here.unit}/{place}")
            assert (response.status_code, response.json()["code"]) == (400, "not_a_cell")


async def test_the_numbers_of_a_commune_open_to_their_lists(year: Year) -> None:
    world, here = year.world, year.world.here
    asked = {"month": "2018-01-01", "until": "2018-03-01", "as_of": "2018-03-31"}
    async with world.office() as client:
        table = (await client.get(f"/v1/units/{world.province}/reports", params=asked)).json()
        # Two are assigned; three months have a date.
        assert table["counts"] == {"due": 6, "delivered": 2, "missing": 4, "beside": 0, "late": 1, "concluded": 2}
        assert [(row["name"], row["counts"]["due"], row["visible"]) for row in table["rows"]] == [
            ("Xã Dưới", 0, True),
            ("Xã Trên", 6, True),
        ]
        sizes = table["counts"] | {"waiting": 0}
        assert table["lists"].keys() == sizes.keys()
        for name, place in table["lists"].items():
            assert len((await client.get(place)).json()["months"]) == sizes[name], name
        missing = (await client.get(table["lists"]["missing"])).json()["months"]
        assert {(line["member"]["id"], line["month"]) for line in missing} == {
            (str(here.member), "2018-02-01"),
            (str(here.member), "2018-03-01"),
            (str(here.secretary), "2018-01-01"),
            (str(here.secretary), "2018-03-01"),
        }


async def test_the_register_of_a_cell_is_by_member_and_as_of_a_day(year: Year) -> None:
    here = year.world.here
    place = f"/v1/units/{here.cell}/reports"
    asked = {"month": "2018-01-01", "until": "2018-03-01"}
    found = await ask(year, place, **asked, as_of="2018-03-31")
    assert (found["name"], found["rows"]) == ("Bản Trên", [])
    assert {row["member"]["id"]: row["counts"] for row in found["members"]} == {
        str(here.member): {"due": 3, "delivered": 1, "missing": 2, "beside": 0, "late": 0, "concluded": 1},
        str(here.secretary): {"due": 3, "delivered": 1, "missing": 2, "beside": 0, "late": 1, "concluded": 1},
    }
    before = await ask(year, place, **asked, as_of="2018-03-02")
    assert before["counts"] == {"due": 4, "delivered": 2, "missing": 2, "beside": 0, "late": 1, "concluded": 1}
    unknown = await ask(year, place, **asked, as_of="2018-03-31", known_at=year.before)
    assert (set(unknown["counts"].values()), unknown["members"]) == ({0}, [])


async def test_a_report_of_who_owes_none_is_counted_beside_and_hides_nobody(own_world: World) -> None:
    """The member and the secretary are assigned; the secretary reports, and so does the idle one, who owes none."""
    here = own_world.here

    def report(who: UUID) -> dict[str, Any]:
        told = {"unit": here.cell, "member": who, "month": "2018-01-01", "lines": []}
        return command("meeting.submit_report", instant=f"2018-01-02{NOON}", **told)

    calendar = command("meeting.set_calendar", unit=here.cell, year=2018, day=3)
    counts = {"due": 2, "delivered": 1, "missing": 1, "beside": 1, "late": 0, "concluded": 0}
    async with own_world.office() as client:
        client.headers["Soho-At-Least"] = str(await submit(client, calendar, report(here.secretary), report(here.idle)))
        for unit in (here.unit, here.cell):
            asked = {"month": "2018-01-01", "as_of": "2018-01-31"}
            found = (await client.get(f"/v1/units/{unit}/reports", params=asked)).json()
            assert found["counts"] == counts
            listed = {
                column: {line["member"]["id"] for line in (await client.get(found["lists"][column])).json()["months"]}
                for column in counts
            }
            assert listed["delivered"] == {str(here.secretary)}
            assert listed["missing"] == {str(here.member)}
            assert listed["beside"] == {str(here.idle)}
        of_members = {line["member"]["id"]: line["counts"] for line in found["members"]}
        assert {id_: (line["due"], line["missing"], line["beside"]) for id_, line in of_members.items()} == {
            str(here.member): (1, 1, 0),
            str(here.secretary): (1, 0, 0),
            str(here.idle): (0, 0, 1),
        }
        own = (await client.get(f"/v1/members/{here.idle}/reports", params=asked)).json()["counts"]
        assert own == dict.fromkeys(counts, 0) | {"beside": 1}


async def test_pages_of_missing_reports_follow_each_other(year: Year) -> None:
    asked = {"column": "missing", "month": "2018-01-01", "until": "2018-03-01", "as_of": "2018-03-31", "limit": 1}
    place, found, after = f"/v1/units/{year.world.here.cell}/reports/members", [], {}
    while True:
        page = await ask(year, place, **asked, **after)
        found += [(line["member"]["id"], line["month"]) for line in page["months"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert len(found) == len(set(found)) == 4


@pytest.mark.parametrize(
    ("asked", "field_"),
    [
        ({"month": "2018-01-02"}, "month"),
        ({"month": "2018-02-01", "until": "2018-01-01"}, "until"),
        ({"month": "2018-01-01", "until": "2020-01-01"}, "until"),
        ({"month": "2018-01-01", "until": "2018-02-03"}, "until"),
        ({"month": "9999-12-01"}, "until"),
    ],
)
async def test_months_that_are_none_are_refused(year: Year, asked: dict[str, str], field_: str) -> None:
    async with year.world.office() as client:
        response = await client.get(f"/v1/units/{year.world.here.cell}/reports", params=asked)
    assert (response.status_code, response.json()["parameters"]) == (400, {"field": field_})


async def test_a_year_tells_what_became_of_each_date_and_who_came(year: Year) -> None:
    here = year.world.here
    found = await ask(year, f"/v1/units/{here.cell}/meetings", year=2018, as_of="2018-12-31")
    assert (found["day"], [month["planned"] for month in found["months"]][:2]) == (3, ["2018-01-03", "2018-02-03"])
    assert [len(month["meetings"]) for month in found["months"]] == [1, 0, 1, *[0] * 9]
    (january,), (march,) = found["months"][0]["meetings"], found["months"][2]["meetings"]
    assert (january["notice_days"], january["held_on"], january["closed_on"]) == (2, "2018-01-03", "2018-01-03")
    assert (january["concluded"], march["concluded"], march["closed_on"]) == (1, 1, None)
    counts = {"counted": 3, "not_said": 0, "beside": 0}
    assert january["came"] == counts | {"present": 3, "excused": 0, "unexcused": 0, "longest_excused": 0}
    assert march["came"] == counts | {"present": 1, "excused": 1, "unexcused": 1, "longest_excused": 1}
    # The guidance of July 2018 was not there yet.
    assert (march["rule"], march["unmet"], found["rules"]) == (None, None, [])
    members = {line["member"]["id"]: line for line in found["members"]}
    assert members[str(here.member)] == {
        "member": person(year, "member"),
        "counted": 2,
        "present": 1,
        "excused": 1,
        "unexcused": 0,
        "not_said": 0,
        "longest_excused": 1,
    }
    early = await ask(year, f"/v1/units/{here.cell}/meetings", year=2018, as_of="2018-01-02")
    (called,) = early["months"][0]["meetings"]
    assert (called["called_for"], called["held_on"], called["came"], called["concluded"]) == (
        "2018-01-03",
        None,
        None,
        0,
    )


async def test_who_is_exempt_is_not_missed_and_excuses_count_over_the_turn_of_the_year(own_world: World) -> None:
    here = own_world.here
    commands = [
        command(
            "member.change_status",
            person=here.idle,
            status="exempt",
            effective="2018-06-01",
            basis={"number": "03-NQ/CB"},
        )
    ]
    for day in ("2018-11-03", "2018-12-03", "2019-01-03", "2019-02-03"):
        said = {here.member: "excused", here.secretary: "present"}
        came = [{"member": str(who), "attendance": how} for who, how in said.items()]
        held = command("meeting.hold", instant=f"{day}{NOON}", unit=here.cell, attendance=came)
        commands += [
            held,
            command("meeting.close", instant=f"{day}{NOON}", unit=here.cell, meeting=UUID(str(held["id"]))),
        ]
    async with own_world.office() as client:
        client.headers["Soho-At-Least"] = str(await submit(client, *commands))
        found = (await client.get(f"/v1/units/{here.cell}/meetings", params={"year": 2019})).json()
    january, february = (month["meetings"][0] for month in found["months"][:2])
    assert january["held_at"] == "2019-01-03T12:00:00+07:00"
    counts = {"counted": 2, "present": 1, "excused": 1, "unexcused": 0, "not_said": 0, "beside": 0}
    assert january["came"] == counts | {"longest_excused": 3}
    assert february["came"] == counts | {"longest_excused": 4}
    assert (january["unmet"], february["unmet"]) == (["attendance"], ["attendance", "excused_in_a_row"])
    assert [rule["valid_from"] for rule in found["rules"]] == ["2018-07-06"]
    assert [(line["member"]["id"], line["longest_excused"]) for line in found["members"] if line["excused"]] == [
        (str(here.member), 4)
    ]


async def test_a_meeting_has_who_came_and_what_was_concluded(year: Year) -> None:
    here = year.world.here
    found = await ask(year, f"/v1/meetings/{here.meeting}")
    assert (found["unit"]["name"], found["came"]["present"]) == ("Bản Trên", 3)
    assert {line["attendance"] for line in found["attendance"]} == {"present"}
    (report,) = found["reports"]
    assert (report["report"], report["conclusion"], report["note"]) == (str(year.january), "noted", "Xã xem xét")


async def test_a_meeting_lists_the_grievances_concluded_at_it_for_who_may_know_of_them(own_world: World) -> None:
    world, here, meeting = own_world, own_world.here, uuid7()

    def on(day: str, what: str, **fields: Any) -> dict[str, Any]:
        return command(what, instant=f"{day}{NOON}", **fields)

    told = {"household": here.household, "member": here.member, "topic": "land", "text": "Xin cấp giấy"}
    explained, sent_up, held_back = (on("2018-03-01", "grievance.raise", **told) for _ in range(3))
    conclude = {"unit": here.cell, "meeting": meeting}
    held = on("2018-03-03", "meeting.hold", id=meeting, unit=here.cell, attendance=[])
    concluded = [
        on("2018-03-03", "grievance.conclude_at_cell", grievance=case["id"], conclusion=how, **conclude)
        for case, how in ((explained, "explained"), (sent_up, "escalated"), (held_back, "escalated"))
    ]
    # Later the last one turns out to be about the cell's secretary: it is seen above him only.
    about = on(
        "2018-03-05",
        "grievance.name_person",
        grievance=held_back["id"],
        unit=here.unit,
        about=[{"person": str(here.secretary)}],
    )
    async with world.client(world.asker(Role.CELL_SECRETARY, here)) as cell:
        before = await submit(cell, explained, sent_up, held_back, held, *concluded)
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as office:
        position = await submit(office, about)

    async def listed(role: Role, **asked: Any) -> list[dict[str, Any]]:
        async with world.client(world.asker(role, here)) as client:
            client.headers["Soho-At-Least"] = str(position)
            found = (await client.get(f"/v1/meetings/{meeting}", params=asked)).json()
        return list(found["grievances"])

    seen = await listed(Role.CELL_SECRETARY)
    household = {"id": str(here.household), "name": "Chủ hộ một Trên"}
    assert seen == [
        {"grievance": case["id"], "kind": None, "topic": "land", "household": household, "conclusion": how}
        for case, how in ((explained, "explained"), (sent_up, "escalated"))
    ]
    above = await listed(Role.COMMUNE_OFFICE)
    assert [line["grievance"] for line in above] == [case["id"] for case in (explained, sent_up, held_back)]
    assert await listed(Role.MEMBER) == above
    assert await listed(Role.COMMUNE_OFFICE, known_at=before - len(concluded) * 2) == []
    auditors = await listed(Role.AUDITOR)
    assert {line["household"]["name"] for line in auditors} == {None}


async def test_a_member_reads_his_own_and_nothing_of_the_others(year: Year) -> None:
    here = year.world.here
    asked = {"month": "2018-01-01", "until": "2018-03-01", "as_of": "2018-03-31"}
    own = await ask(year, f"/v1/members/{here.member}/reports", Role.MEMBER, **asked)
    assert own["counts"] == {"due": 3, "delivered": 1, "missing": 2, "beside": 0, "late": 0, "concluded": 1}
    assert [(m["month"], m["due"], m["delivered_on"]) for m in own["months"]] == [
        ("2018-01-01", True, "2018-01-02"),
        ("2018-02-01", True, None),
        ("2018-03-01", True, None),
    ]
    (report,) = own["reports"]
    assert (report["note"], report["conclusion"], report["conclusion_note"]) == (
        "Bà con hỏi về đất",
        "noted",
        "Xã xem xét",
    )
    household = {"id": str(here.household), "name": "Chủ hộ một Trên"}
    assert report["lines"] == [{"target": household, "topics": ["land"], "needs": ["papers"]}]
    assert [(a["day"], a["attendance"]) for a in own["attendance"]] == [
        ("2018-01-03", "present"),
        ("2018-03-03", "excused"),
    ]
    meeting = await ask(year, f"/v1/meetings/{year.march}", Role.MEMBER)
    assert ([line["member"]["id"] for line in meeting["attendance"]], meeting["came"]) == ([str(here.member)], None)
    assert meeting["reports"] == []

    async with year.world.client(year.world.asker(Role.MEMBER, here)) as client:
        assert (await client.get(f"/v1/members/{here.secretary}/reports")).status_code == 404
        assert (await client.get(f"/v1/units/{here.cell}/reports")).status_code == 403


async def test_the_last_day_there_is_stands_for_an_open_end_and_is_none_to_ask_about(year: Year) -> None:
    place = f"/v1/members/{year.world.here.member}/reports"
    assert (await ask(year, place, Role.MEMBER, month="2018-01-01", as_of="9999-12-30"))["counts"]["delivered"] == 1
    async with year.world.client(year.world.asker(Role.MEMBER, year.world.here)) as client:
        refused = await client.get(place, params={"month": "2018-01-01", "as_of": "9999-12-31"})
    assert (refused.status_code, refused.json()["parameters"]) == (400, {"field": "as_of"})


async def test_a_group_is_told_by_its_name(year: Year) -> None:
    here = year.world.here
    asked = {"month": "2018-02-01", "as_of": "2018-02-28"}
    found = await ask(year, f"/v1/members/{here.secretary}/reports", **asked)
    (report,) = found["reports"]
    assert report["lines"] == [{"target": {"id": str(here.group), "name": "Nhóm Trên"}, "topics": [], "needs": []}]
    assert (report["conclusion"], report["meeting"], report["conclusion_note"]) == (None, None, None)


@pytest.mark.parametrize("role", [Role.CELL_SECRETARY, Role.COMMUNE_OFFICE])
async def test_neighbours_are_told_nothing(year: Year, role: Role) -> None:
    world, here = year.world, year.world.here
    places = [f"/v1/units/{here.cell}/{what}" for what in ("agenda", "meetings", "reports", "reports/members")]
    places += [f"/v1/meetings/{here.meeting}", f"/v1/members/{here.member}/reports"]
    async with world.client(world.asker(role, world.there)) as client:
        answers: list[httpx.Response] = [await client.get(place) for place in places]
    assert {(response.status_code, response.json()["code"]) for response in answers} == {(404, "not_found")}


async def test_an_auditor_reads_no_names_and_no_notes(year: Year) -> None:
    here = year.world.here
    asked = {"month": "2018-01-01", "as_of": "2018-03-31"}
    async with year.world.client(year.world.asker(Role.AUDITOR, here)) as client:
        answers = [
            await client.get(f"/v1/members/{here.member}/reports", params=asked),
            await client.get(f"/v1/units/{here.cell}/reports", params=asked),
            await client.get(f"/v1/meetings/{here.meeting}"),
        ]
    for response in answers:
        assert response.status_code == 200
        for secret in ("Đảng viên Trên", "Bà con", "Xã xem xét", "s1:"):
            assert secret not in response.text


async def test_what_a_cell_was_told_before_it_went_into_another_is_that_ones_to_conclude(own_world: World) -> None:
    """The member reports on 28/2/2018; on 2/3 his cell goes into the other, which meets on the 3rd."""
    world, here, there = own_world, own_world.here, own_world.there
    report, meeting = uuid7(), uuid7()

    def at(day: str, what: str, cell: UUID, **fields: Any) -> dict[str, Any]:
        return command(f"meeting.{what}", instant=f"{day}{NOON}", unit=cell, **fields)

    merging = {"into": there.cell, "units": [here.cell], "basis": {"number": "15-NQ/TU"}}
    month = {"member": here.member, "month": "2018-02-01", "lines": []}
    async with world.office() as client:
        await submit(
            client,
            command("meeting.set_calendar", unit=here.cell, year=2018, day=3),
            at("2018-02-28", "submit_report", here.cell, id=report, **month),
            command("organisation.merge_units", effective="2018-03-02", **merging),
            at("2018-03-03", "hold", there.cell, id=meeting, attendance=[]),
        )
    closing = at("2018-03-03", "close", there.cell, meeting=meeting)
    concluding = {"meeting": meeting, "report": report, "conclusion": "noted"}
    async with world.client(world.asker(Role.CELL_SECRETARY, there)) as cell:
        refused = (await cell.post("/v1/commands", json=closing)).json()
        assert (refused["code"], refused["parameters"]["open"]) == ("not_all_concluded", [str(report)])
        position = str((await cell.get("/v1/state")).json()["log"])
        cell.headers["Soho-At-Least"] = position
        agenda = (await cell.get(f"/v1/units/{there.cell}/agenda", params={"day": "2018-03-03"})).json()
        (waiting,) = agenda["waiting"]
        assert (waiting["report"], waiting["cell"]["id"]) == (str(report), str(here.cell))
        # Due on 3 February by the calendar of his cell, and so late.
        assert (waiting["member"]["id"], waiting["late"]) == (str(here.member), True)
        await submit(cell, at("2018-03-03", "conclude_report", there.cell, **concluding))
        closed = await cell.post("/v1/commands", json=closing | {"id": str(uuid7())})
        assert closed.status_code == 201, closed.text
        cell.headers["Soho-At-Least"] = closed.headers["Soho-Position"]
        asked = {"month": "2018-02-01", "until": "2018-02-01", "as_of": "2018-03-04"}
        counted = (await cell.get(f"/v1/units/{there.cell}/reports", params=asked)).json()
        held = (await cell.get(f"/v1/meetings/{meeting}")).json()
    # The member and the secretary of the former cell were assigned on 3 February; the other cell had no calendar.
    assert counted["counts"] == {"due": 2, "delivered": 1, "missing": 1, "beside": 0, "late": 1, "concluded": 1}
    assert str(report) in str(held)
