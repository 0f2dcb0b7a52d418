"""A cell's classification of 2025 over HTTP: told by its own commands up to the appraisal, and then rated."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio

from events.catalogue import boundary, stored
from events.facts.evaluations import (
    Evidence,
    Level,
    RatingDecided,
    RatingRevised,
    RevisionReason,
    Rules,
    Subject,
    pool_id,
    rating_id,
    round_id,
)
from events.facts.values import Body
from events.identifiers import derived, uuid7
from events.log.connection import connect_log
from events.log.publishing import Message, publish
from projections.states.rulebooks.library import rulebook_for
from services.decisions.asking import Role
from tests.installation import Installation
from tests.projections.archive_of import fact
from tests.services.http.world import NOON, World, command, submit, tell

YEAR = 2025
RULEBOOK = rulebook_for(YEAR)
RULES = Rules(RULEBOOK.citation, RULEBOOK.digest)
ASSESSED = {"member": ("excellent", 300, 625), "secretary": ("good", 280, 500), "idle": ("completed", 200, 350)}
"""Who → the level he rates himself with, and his points, common and task, in tenths."""


@dataclass
class Told:
    """The cell of three: opened on 1/12/2025, `idle` absent, the others proposed and appraised; the member was rated
    excellent on 20/12 and objected, the secretary good, and "not completed" in January for discipline; the cell good.
    """

    world: World
    objection: UUID = field(default_factory=uuid7)
    before: int = 0
    """The position before anybody was rated."""

    def step(self, day: str, what: str, **fields: Any) -> dict[str, Any]:
        of = {"unit": self.world.here.cell, "year": YEAR}
        return command(f"evaluation.{what}", effective=f"2025-12-{day}", **of, **fields)

    def in_the_cell(self) -> list[dict[str, Any]]:
        """What the cell does, up to its proposal."""
        here, held, step = self.world.here, uuid7(), self.step
        came = [{"member": str(getattr(here, who)), "attendance": "present"} for who in ASSESSED]
        of = {"unit": here.cell, "attendance": came}
        member, secretary = str(here.member), str(here.secretary)
        first = [
            {"member": member, "returned": 3, "votes": {"excellent": 2, "good": 1}},
            {"member": secretary, "returned": 3, "invalid": 1, "votes": {"good": 1, "completed": 1}},
        ]
        second = [{"member": member, "returned": 3, "votes": {"excellent": 3}}]
        proposals = [{"member": member, "level": "excellent"}, {"member": secretary, "level": "good"}]
        assessed = (
            step("02", "self_assess", member=getattr(here, who), level=level, scores=scores(common, task))
            for who, (level, common, task) in ASSESSED.items()
        )
        return [
            step("01", "open_round", rulebook=RULEBOOK.citation),
            *assessed,
            *(step("03", "comment", member=who, commenter="mass_organisation") for who in (member, secretary)),
            step("03", "attest_case", member=here.idle, case="absent", basis={"number": "07-GM/CB"}),
            step("04", "take_roster"),
            command("meeting.hold", id=held, instant=f"2025-12-05{NOON}", **of),
            step("05", "count_ballots", attendance=derived(held, 0), papers=first),
            step("05", "count_ballots", attendance=derived(held, 0), papers=second, second=True),
            step("06", "propose", proposals=proposals),
        ]

    def appraisal(self) -> dict[str, Any]:
        member, secretary = str(self.world.here.member), str(self.world.here.secretary)
        appraisals = [
            {"member": member, "level": "excellent", "scores": scores(290, 620)},
            {"member": secretary, "level": "good", "scores": scores(280, 495)},
        ]
        return self.step("15", "appraise", appraisals=appraisals)

    def rated(self, kind: Any, member: UUID | None, level: Level, **fields: Any) -> Body:
        """A decision of the commune."""
        here = self.world.here
        subject = Subject.MEMBER if member else Subject.CELL
        pool = pool_id(here.unit, YEAR, subject)
        body: Body = kind(
            pool=pool,
            committee=here.unit,
            year=YEAR,
            subject=subject,
            rating=rating_id(pool, member or here.cell),
            round=round_id(here.cell, YEAR),
            unit=here.cell,
            member=member,
            group="village",
            level=level,
            rules=RULES,
            evidence=Evidence(1, "0" * 64, "test", "0" * 64),
            **fields,
        )
        return body

    def ratings(self) -> list[tuple[Body, date]]:
        here = self.world.here
        again = {"grounds": ("disciplined_in_year",), "reason": RevisionReason.VERIFIED_AGAIN}
        return [
            (self.rated(RatingDecided, here.member, Level.EXCELLENT), date(2025, 12, 20)),
            (self.rated(RatingDecided, here.secretary, Level.GOOD), date(2025, 12, 20)),
            (self.rated(RatingDecided, None, Level.GOOD), date(2025, 12, 22)),
            (self.rated(RatingRevised, here.secretary, Level.NOT_COMPLETED, **again), date(2026, 1, 15)),
        ]


def scores(common: int, task: int) -> list[dict[str, Any]]:
    return [{"group": "common", "tenths": common}, {"group": "task", "tenths": task}]


async def published(installation: Installation, *facts: tuple[Body, date]) -> int:
    """Puts facts on the log past the intake, and returns the position of the last: a decision needs evidence that
    these tests have none of."""
    log = await connect_log(installation.endpoints.nats_url("intake"), "test")
    position = 0
    for body, day in facts:
        told = fact(body, day, body.unit)  # type: ignore[attr-defined]
        position = await publish(log, [Message(boundary(body), body.TYPE, told.id, stored(told))])
    await log.close()
    return position


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def told(installation: Installation) -> Told:
    """Not to be changed."""
    found = Told(await tell(installation))
    world, here = found.world, found.world.here
    async with world.office() as office, world.client(world.asker(Role.COMMUNE_OFFICE, here)) as commune:
        await submit(office, *found.in_the_cell())
        before = await submit(commune, found.appraisal())
    position = await published(installation, *found.ratings())
    objecting = {"id": found.objection, "instant": f"2025-12-28{NOON}", "unit": here.cell, "year": YEAR}
    async with world.client(world.asker(Role.MEMBER, here)) as member:
        about = {"member": here.member, "about": "rating", "text": "Tôi đề nghị xem lại"}
        position = max(position, await submit(member, command("evaluation.object", **objecting, **about)))
    return replace(found, world=replace(world, position=position), before=before)


async def ask(told: Told, place: str, role: Role = Role.CELL_SECRETARY, status: int = 200, **asked: Any) -> Any:
    async with told.world.client(told.world.asker(role, told.world.here)) as client:
        response = await client.get(place, params={"year": YEAR, **asked})
    assert response.status_code == status, response.text
    return response.json()


def place(told: Told, what: str = "", of: str = "cell") -> str:
    return f"/v1/units/{getattr(told.world.here, of)}/classification{what}"


def counts(**numbers: int) -> dict[str, int]:
    names = ("present", "exempt", "review_only", "not_yet", "rated", "excellent", "good", "completed", "not_completed")
    return dict.fromkeys(names, 0) | numbers


async def test_a_round_tells_of_each_how_far_he_is_by_which_rule(told: Told) -> None:
    here = told.world.here
    found = await ask(told, place(told))
    assert found["round"]["rulebook"] == RULEBOOK.citation
    assert found["round"]["decided_by"] == {"id": str(here.unit), "name": "Xã Trên"}
    assert (found["round"]["opened"], found["round"]["roster_day"]) == ("2025-12-01", "2025-12-04")
    lines = {line["member"]["id"]: line for line in found["members"]}
    assert lines.keys() == {str(here.member), str(here.secretary), str(here.idle)}

    idle = lines[str(here.idle)]
    assert (idle["outcome"], idle["rating"]) == ("not_yet", None)
    assert [(each["case"]["name"], each["document"], each["since"]) for each in idle["attested"]] == [
        ("absent", "07-GM/CB", "2025-12-03")
    ]
    assert [case["name"] for case in idle["cases"]] == ["absent"]
    assert idle["cases"][0]["clause"]

    member = lines[str(here.member)]
    assert [step["kind"] for step in member["steps"]] == [
        "self_assessment",
        "comments",
        "ballot",
        "second_ballot",
        "proposal",
        "appraisal",
    ]
    steps = {step["kind"]: step for step in member["steps"]}
    assert steps["self_assessment"]["total_tenths"] == 925
    assert steps["appraisal"]["scores"] == scores(290, 620)
    votes = {"excellent": 2, "good": 1, "completed": 0, "not_completed": 0}
    assert steps["ballot"]["ballots"] == {"present": 3, "returned": 3, "invalid": 0, "votes": votes}
    assert (member["rating"]["level"], member["rating"]["decided_on"]) == ("excellent", "2025-12-20")
    (objection,) = member["objections"]
    assert (objection["objection"], objection["text"], objection["outcome"]) == (
        str(told.objection),
        "Tôi đề nghị xem lại",
        None,
    )
    secretary = lines[str(here.secretary)]["rating"]
    assert (secretary["level"], secretary["revised"]) == ("not_completed", True)
    assert secretary["grounds"][0]["name"] == "disciplined_in_year"
    assert found["own"]["rating"]["level"] == "good"


async def test_of_a_day_and_as_known_then(told: Told) -> None:
    here = told.world.here
    on = await ask(told, place(told), as_of="2025-12-21")
    levels = {line["member"]["id"]: line["rating"] and line["rating"]["level"] for line in on["members"]}
    assert levels == {str(here.member): "excellent", str(here.secretary): "good", str(here.idle): None}
    assert on["own"]["rating"] is None
    before = await ask(told, place(told), known_at=told.before)
    assert [line["rating"] for line in before["members"]] == [None, None, None]
    assert (await ask(told, place(told), as_of="2025-11-30"))["round"] is None


async def test_caps_of_a_committee_by_both_readings(told: Told) -> None:
    caps = (await ask(told, place(told, of="unit"), Role.COMMUNE_OFFICE, as_of="2025-12-31"))["caps"]
    by_subject = {(line["subject"], line["group"]): line for line in caps}
    assert by_subject.keys() == {("member", "village"), ("cell", "village")}
    line = by_subject["member", "village"]
    # One excellent and one good: of good or better 20 % of 2, of good alone 20 % of 1, both rounded down to none.
    assert (line["percent"], line["exceeded"], line["disagree"]) == (20, True, False)
    assert line["reading"] == {"base": "good_or_better", "counted": 2, "allowed": 0, "excellent": 1, "within": False}
    assert line["other"] == {"base": "good_only", "counted": 1, "allowed": 0, "excellent": 1, "within": False}
    assert line["rule"]["certainty"] == "unverified"


async def test_statistics_add_up_and_open_to_their_lists(told: Told) -> None:
    here = told.world.here
    found = await ask(told, place(told, "/statistics", "unit"), Role.COMMUNE_OFFICE)
    assert found["figures"]["members"] == counts(present=3, not_yet=1, rated=2, excellent=1, not_completed=1)
    assert found["figures"]["cells"] == counts(present=1, rated=1, good=1)
    assert found["figures"]["committees"] == counts(present=1, not_yet=1)
    assert found["figures"]["without_round"] == {"cells": 0, "committees": 1, "members": 0}
    assert [(row["name"], row["figures"]["members"]["present"]) for row in found["rows"]] == [
        ("Bản Trên", 3),
        ("Xã Trên", 0),
    ]
    assert [(each["subject"], each["ground"]["name"], each["count"]) for each in found["grounds"]] == [
        ("member", "disciplined_in_year", 1)
    ]
    assert [(line["subject"], line["exceeded"]) for line in found["caps"]] == [("member", True)]
    async with told.world.client(told.world.asker(Role.COMMUNE_OFFICE, here)) as client:
        opened = {name: (await client.get(path)).json() for name, path in found["lists"].items()}
    assert [unit["unit"]["name"] for unit in opened.pop("without_round")["units"]] == ["Xã Trên"]
    for name, answer in opened.items():
        assert len(answer["lines"]) == found["figures"]["members"][name], name
    (line,) = opened["not_completed"]["lines"]
    assert (line["member"]["name"], line["unit"]["name"]) == ("Bí thư Trên", "Bản Trên")


async def test_lists_come_in_pages(told: Told) -> None:
    first = await ask(told, place(told, "/ratings"), column="present", limit=2)
    rest = await ask(told, place(told, "/ratings"), column="present", limit=2, after=first["next"])
    assert (len(first["lines"]), len(rest["lines"]), rest["next"]) == (2, 1, None)
    cells = await ask(told, place(told, "/ratings"), subject="cell")
    assert [(line["member"], line["level"]) for line in cells["lines"]] == [(None, "good")]


async def test_a_cell_without_a_round_is_listed_with_its_members(told: Told) -> None:
    async with told.world.office() as office:
        path = f"/v1/units/{told.world.there.unit}/classification"
        found = (await office.get(f"{path}/statistics", params={"year": YEAR})).json()
        units = (await office.get(f"{path}/without-round", params={"year": YEAR})).json()["units"]
    assert found["figures"]["members"] == counts(present=3, not_yet=3)
    assert {(unit["unit"]["name"], unit["subject"], unit["members"]) for unit in units} == {
        ("Bản Dưới", "cell", 3),
        ("Xã Dưới", "committee", 0),
    }


async def test_streaks_are_those_of_the_rulebook_and_need_their_years(told: Told) -> None:
    found = await ask(told, place(told, "/streaks"), year=YEAR)
    assert {(line["rule"]["name"], line["subject"], line["years"]) for line in found["streaks"]} == {
        ("five_year_award", "member", 5),
        ("five_year_award", "cell", 5),
        ("five_year_award", "committee", 5),
        ("screening", "member", 2),
    }
    assert [line["of"] for line in found["streaks"]] == [[], [], [], []]


async def test_a_member_sees_his_own_ratings_and_the_level_of_his_cell(told: Told) -> None:
    here = told.world.here
    (year,) = (await ask(told, f"/v1/members/{here.member}/ratings", Role.MEMBER))["years"]
    assert (year["year"], year["rulebook"], year["unit_level"]) == (YEAR, RULEBOOK.citation, "good")
    assert year["line"]["rating"]["level"] == "excellent"
    assert [objection["text"] for objection in year["line"]["objections"]] == ["Tôi đề nghị xem lại"]
    assert {step["kind"] for step in year["line"]["steps"]} >= {"ballot", "appraisal"}
    await ask(told, f"/v1/members/{here.secretary}/ratings", Role.MEMBER, status=404)
    await ask(told, place(told), Role.MEMBER, status=403)


async def test_an_auditor_reads_no_names_and_no_objection(told: Told) -> None:
    found = await ask(told, place(told), Role.AUDITOR)
    assert {line["member"]["name"] for line in found["members"]} == {None}
    assert [o["text"] for line in found["members"] for o in line["objections"]] == [None]


async def test_a_roster_has_who_came_and_lacks_who_left_in_the_same_batch(own_world: World) -> None:
    here, there, newcomer = own_world.here, own_world.there, uuid7()
    batch = [
        command("organisation.register_person", person=newcomer, unit=here.cell, name="Đảng viên mới"),
        command("member.admit", person=newcomer, unit=here.cell),
        command("member.transfer", person=here.idle, unit=there.cell, effective="2025-06-01"),
        command("evaluation.open_round", unit=here.cell, year=YEAR, rulebook=RULEBOOK.citation, effective="2025-12-01"),
    ]
    async with own_world.office() as office:
        office.headers["Soho-At-Least"] = str(await submit(office, *batch))
        found = (await office.get(f"/v1/units/{here.cell}/classification", params={"year": YEAR})).json()
    assert {line["member"]["id"] for line in found["members"]} == {str(here.secretary), str(here.member), str(newcomer)}


def filled(layout: dict[str, Any]) -> list[list[Any]]:
    rows: list[list[Any]] = [row["cells"] for row in layout["rows"]]
    return rows


async def test_the_national_statistic_by_kind_of_cell(told: Told) -> None:
    found = await ask(told, place(told, "/layouts/national_statistic", "unit"), Role.COMMUNE_OFFICE)
    totals = {row[0]: row[1] for row in filled(found)}
    assert totals["1. Số có mặt đến thời điểm KĐ, ĐG, XL chất lượng (1 = 2+3+4)"] == 3
    assert totals["3. Số chưa được KĐ, ĐG, XL"] == 1
    assert totals["- Bị xử lý kỷ luật trong năm"] == 1
    assert totals["- Khác"] == 0
    numbers = [column["number"] for column in found["columns"]]
    assert numbers[2:] == ["4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15-26", "27", "28"]
    empty = [column["empty"] is not None for column in found["columns"]]
    assert [cell is None for cell in filled(found)[0]] == empty


async def test_the_narrative_report(told: Told) -> None:
    found = await ask(told, place(told, "/layouts/narrative_report"))
    totals = dict(filled(found))
    assert totals["chính thức"] == 3
    assert totals["dự bị"] == 0
    assert totals["3. Thuộc diện đánh giá"] == 3
    assert totals["chưa đánh giá"] == 1
    assert totals["đ. không chấp hành phân công, gây mất đoàn kết"] is None


async def test_mau_14_lists_points_and_levels(told: Told) -> None:
    found = await ask(told, place(told, "/layouts/mau_14"))
    assert filled(found) == [
        [
            *(1, "Bí thư Trên", "Bí thư", None, "Bản Trên", None, "28,0", "50,0", "78,0"),
            *("Hoàn thành tốt nhiệm vụ", "77,5", "Không hoàn thành nhiệm vụ"),
        ],
        [2, "Đảng viên khác Trên", None, None, "Bản Trên", None, "20,0", "35,0", "55,0", None, None, None],
        [
            *(3, "Đảng viên Trên", None, None, "Bản Trên", None, "30,0", "62,5", "92,5"),
            *("Hoàn thành xuất sắc nhiệm vụ", "91,0", "Hoàn thành xuất sắc nhiệm vụ"),
        ],
    ]


async def test_mau_15_holds_the_cap_against_each_cell(told: Told) -> None:
    found = await ask(told, place(told, "/layouts/mau_15", "unit"), Role.COMMUNE_OFFICE)
    assert filled(found) == [[1, "Bản Trên", 3, 1, 0, 1, "100,00", "VƯỢT TRẦN 20%"]]


async def test_the_ballot_sheet_of_a_cell(told: Told) -> None:
    found = await ask(told, place(told, "/layouts/ballot_sheet"))
    assert [(line["heading"], line["value"]) for line in found["head"]] == [
        ("Tổng số đảng viên", 3),
        ("Số tham gia bỏ phiếu", 3),
        ("Tỷ lệ (%)", "100,00"),
    ]
    # Eleven points of three votes, and five of two: an invalid one does not count.
    assert [(row[1], row[4:9]) for row in filled(found)] == [
        ("Đảng viên Trên", [2, 1, 0, 0, "3,67"]),
        ("Bí thư Trên", [0, 1, 1, 0, "2,50"]),
    ]
    refused = await ask(told, place(told, "/layouts/ballot_sheet", "unit"), Role.COMMUNE_OFFICE, status=400)
    assert refused["code"] == "not_a_cell"


@pytest.mark.parametrize(
    ("what", "asked", "status", "code"),
    [
        ("/layouts/mau_99", {}, 404, "layout_unknown"),
        ("/statistics", {"year": 1999}, 400, "invalid_parameter"),
        ("/ratings", {"column": "worst"}, 400, "invalid_parameter"),
    ],
)
async def test_what_cannot_be_asked_is_said(
    told: Told, what: str, asked: dict[str, Any], status: int, code: str
) -> None:
    refused = await ask(told, place(told, what), status=status, **asked)
    assert refused["code"] == code
