"""Whatever a client sends: a clear error of its own, nothing else in its batch changed, and a lasting status."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from events.calendar import now
from events.identifiers import uuid7
from services.decisions.asking import Asker, Role
from services.http.direct import LARGEST_BODY
from tests.installation import Installation
from tests.intake.sending import (
    encoded,
    has_lasting_refusal,
    is_problem_in_both_languages,
    phone,
    recorded,
    send,
    statuses,
    visit,
)
from tests.services.http.world import World, command

DEEP = 100_000


def replaced(item: dict[str, Any], written: bytes, by: bytes) -> bytes:
    """The item as bytes that no encoder would write."""
    return encoded(item).replace(written, by)


def ahead(**by: float) -> str:
    moment: datetime = now() + timedelta(**by)
    return moment.isoformat()


UNREADABLE = {
    "unknown field": ({"colour": "red"}, "unknown_field", {"field": "colour"}),
    "unknown type": ({"type": "visit.imagine"}, "unknown_type", {"type": "visit.imagine"}),
    "type with NUL": ({"type": "visit\0"}, "unknown_type", {"type": "\ufffd"}),
    "type is a number": ({"type": 7}, "wrong_type", {"field": "type", "expected": "text"}),
    "field name with NUL": ({"no\0te": "x"}, "unknown_field", {"field": "\ufffd"}),
    "a name for a field name": ({"Người thử": "x"}, "unknown_field", {"field": "\ufffd"}),
    "a field inside another": ({"basis": {"number": "1", "colour": "x"}}, "unknown_field", {"field": "basis.colour"}),
    "wrong type": ({"household": 12}, "wrong_type", {"field": "household", "expected": "id"}),
    "wrong type of a part": ({"topics": ["policy", 5]}, "wrong_type", {"field": "topics[1]"}),
    "not among the values": ({"purpose": "tea"}, "not_in_list", {"field": "purpose"}),
    "a topic not among the values": ({"topics": ["policy", "tea"]}, "not_in_list", {"field": "topics[1]"}),
    "not a date": ({"instant": "yesterday"}, "invalid_date", {"field": "instant"}),
    "the year 20180": ({"instant": "20180-03-05T08:00:00+07:00"}, "invalid_date", {"field": "instant"}),
    "the 30th of February": ({"instant": "2018-02-30T08:00:00+07:00"}, "invalid_date", {"field": "instant"}),
    "without offset": ({"instant": "2018-03-05T08:00:00"}, "offset_needed", {"field": "instant"}),
    "device's claim without offset": ({"written_at": "2018-03-05T08:00:00"}, "offset_needed", {"field": "written_at"}),
    "the year 1700": ({"instant": "1700-03-05T08:00:00+07:00"}, "date_out_of_range", {"field": "instant"}),
    "the year 9999": ({"written_at": "9999-12-31T23:59:59Z"}, "date_out_of_range", {"field": "written_at"}),
    "a document of 1700": (
        {"basis": {"number": "1", "issued_on": "1700-01-01"}},
        "date_out_of_range",
        {"field": "basis.issued_on"},
    ),
    "empty text": ({"note": ""}, "text_empty", {"field": "note"}),
    "nothing but spaces": ({"note": " \u00a0\u200b\t"}, "text_empty", {"field": "note"}),
    "a long note": ({"note": "a" * 5_000}, "text_too_long", {"field": "note", "limit": 4_000}),
    "NUL": ({"note": "a\0b"}, "unreadable_text", {"field": "note", "character": "U+0000"}),
    "an escape character": ({"note": "\x1b[31m"}, "unreadable_text", {"field": "note", "character": "U+001B"}),
    "NUL in a document's issuer": (
        {"basis": {"number": "1", "issuer": "a\0"}},
        "unreadable_text",
        {"field": "basis.issuer", "character": "U+0000"},
    ),
}
"""What is wrong → the fields of a visit, the code, and what the parameters say."""


@pytest.mark.parametrize(("fields", "code", "parameters"), UNREADABLE.values(), ids=UNREADABLE.keys())
async def test_an_item_that_cannot_be_used_is_refused_alone(
    common_world: World, fields: dict[str, Any], code: str, parameters: dict[str, Any]
) -> None:
    bad = visit(common_world) | fields
    await is_refused_alone(common_world, bad, bad["id"], code, parameters)


async def is_refused_alone(
    world: World, bad: dict[str, Any] | bytes, id_: str, code: str, parameters: dict[str, Any]
) -> None:
    """Sent between two good visits: both of these are recorded, and of the bad one nothing but its status."""
    sender, before, after = phone(world), visit(world), visit(world)
    async with world.client(sender) as client:
        first, refused, last = await send(client, before, bad, after)
    assert (first["outcome"], last["outcome"]) == ("recorded", "recorded")
    assert (refused["outcome"], refused["id"], refused["problem"]["code"]) == ("refused", id_, code)
    assert parameters.items() <= refused["problem"]["parameters"].items()
    positions = await recorded(world.installation, before["id"], id_, after["id"])
    assert sorted(positions.values()) == sorted((first["position"], last["position"]))
    assert UUID(id_) not in positions
    await has_lasting_refusal(world, sender, id_, code)


async def test_half_a_surrogate_pair_does_not_spoil_the_batch(common_world: World) -> None:
    bad = visit(common_world, note="XX")
    expected = {"field": "note", "character": "U+D800"}
    item = replaced(bad, b"XX", b"\\ud800")
    await is_refused_alone(common_world, item, bad["id"], "unreadable_text", expected)


@pytest.mark.parametrize(
    ("written", "character"),
    [(b"\xed\xa0\x80", "0xED"), (b"\xff", "0xFF"), (b"Nh\xe0", "0xE0"), (b"a\x00b", "U+0000")],
    ids=["a surrogate as bytes", "no UTF-8", "Latin-1", "NUL as a byte"],
)
async def test_bytes_that_are_no_text_do_not_spoil_the_batch(
    common_world: World, written: bytes, character: str
) -> None:
    bad = visit(common_world, note="XX")
    expected = {"field": "note", "character": character}
    await is_refused_alone(common_world, replaced(bad, b"XX", written), bad["id"], "unreadable_text", expected)


@pytest.mark.parametrize(("field", "code"), [("note", "wrong_type"), ("colour", "unknown_field")])
async def test_deep_nesting_does_not_spoil_the_batch(common_world: World, field: str, code: str) -> None:
    bad = visit(common_world) | {field: "XX"}
    item = replaced(bad, b'"XX"', b"[" * DEEP + b"]" * DEEP)
    await is_refused_alone(common_world, item, bad["id"], code, {"field": field})


async def test_deep_nesting_before_the_type_is_refused_too(common_world: World) -> None:
    bad = visit(common_world)
    item = b'{"colour":' + b'{"a":' * DEEP + b"1" + b"}" * DEEP + b"," + encoded(bad)[1:]
    await is_refused_alone(common_world, item, bad["id"], "wrong_type", {"field": "colour"})


async def test_a_missing_field_and_a_missing_type_are_named(common_world: World) -> None:
    for missing in ("household", "type"):
        bad = visit(common_world)
        del bad[missing]
        await is_refused_alone(common_world, bad, bad["id"], "missing_field", {"field": missing})


async def test_an_id_that_is_no_uuid7_is_refused(common_world: World) -> None:
    bad = visit(common_world, id=uuid4())
    await is_refused_alone(common_world, bad, bad["id"], "id_not_v7", {"id": bad["id"]})


async def test_dates_inside_a_plan_are_checked_too(world: World) -> None:
    office = world.asker(Role.COMMUNE_OFFICE, world.here)
    line = {"assignment": str(uuid7()), "member": str(world.here.idle), "household": str(world.here.uncovered)}
    plan = command(
        "assignment.adopt_plan",
        plan=uuid7(),
        unit=world.here.cell,
        year=2018,
        assignments=[{**line, "until": "9999-12-31"}],
        basis={"number": "01-NQ/CB"},
    )
    async with world.client(office) as client:
        (refused,) = await send(client, plan)
    assert refused["problem"]["code"] == "date_out_of_range"
    assert refused["problem"]["parameters"] == {"field": "assignments[0].until"}
    assert await recorded(world.installation, plan["id"]) == {}


@pytest.mark.parametrize("item", [b"5", b"null", b'"visit"', b"[]"])
async def test_what_is_no_object_is_refused_alone(common_world: World, item: bytes) -> None:
    async with common_world.client(phone(common_world)) as client:
        refused, good = await send(client, item, visit(common_world))
    assert refused["problem"]["code"] == "not_an_object"
    assert refused["id"] is None
    assert good["outcome"] == "recorded"


STRANGE: dict[str, tuple[dict[str, Any], str]] = {
    "household": ({"household": uuid7()}, "household_unknown"),
    "member": ({"member": uuid7()}, "member_unknown"),
    "two days fast": ({"instant": ahead(days=2)}, "in_the_future"),
    "written in two days": ({"written_at": ahead(days=2)}, "in_the_future"),
}


@pytest.mark.parametrize(("fields", "code"), STRANGE.values(), ids=STRANGE.keys())
async def test_a_visit_that_may_not_be_is_refused_alone(common_world: World, fields: dict[str, Any], code: str) -> None:
    bad = visit(common_world, **fields)
    await is_refused_alone(common_world, bad, bad["id"], code, {})


async def test_a_member_reports_no_visit_of_another_member(common_world: World) -> None:
    bad = visit(common_world, member=common_world.here.idle)
    expected = {"person": str(common_world.here.idle)}
    await is_refused_alone(common_world, bad, bad["id"], "not_your_visit", expected)


async def test_a_visit_to_another_commune_is_refused(common_world: World) -> None:
    bad = visit(common_world, household=common_world.there.household)
    await is_refused_alone(common_world, bad, bad["id"], "outside_your_unit", {"unit": None})


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        (lambda w: {"household": uuid7(), "unit": uuid7(), "head": "Chủ hộ"}, "unit_unknown"),
        (lambda w: {"household": uuid7(), "unit": w.here.unit, "head": "Chủ hộ"}, "not_a_cell"),
        (lambda w: {"household": uuid7(), "unit": w.there.cell, "head": "Chủ hộ"}, "outside_your_unit"),
        (lambda w: {"household": w.here.household, "unit": w.here.cell, "head": "Chủ hộ"}, "household_exists"),
    ],
)
async def test_a_decision_about_what_does_not_exist_or_is_not_theirs(world: World, fields: Any, code: str) -> None:
    secretary = world.asker(Role.CELL_SECRETARY, world.here)
    bad = command("household.register", **fields(world))
    good = command("household.register", household=uuid7(), unit=world.here.cell, head="Chủ hộ")
    async with world.client(secretary) as client:
        refused, kept = await send(client, bad, good)
    assert (refused["problem"]["code"], kept["outcome"]) == (code, "recorded")
    assert set(await recorded(world.installation, bad["id"], good["id"])) == {UUID(good["id"])}
    await has_lasting_refusal(world, secretary, bad["id"], code)


async def test_a_person_who_is_not_registered_is_not_admitted(world: World) -> None:
    office = world.asker(Role.COMMUNE_OFFICE, world.here)
    bad = command("member.admit", person=uuid7(), unit=world.here.cell)
    async with world.client(office) as client:
        (refused,) = await send(client, bad)
    assert refused["problem"]["code"] == "person_unknown"
    await has_lasting_refusal(world, office, bad["id"], "person_unknown")


async def test_a_role_that_may_not_decide_is_refused_item_by_item(common_world: World) -> None:
    bad = command("household.register", household=uuid7(), unit=common_world.here.cell, head="Chủ hộ")
    await is_refused_alone(common_world, bad, bad["id"], "role_not_allowed", {"role": "member"})


async def test_an_auditor_may_submit_nothing(common_world: World) -> None:
    async with common_world.client(Asker(Role.AUDITOR, common_world.province, "audit", uuid7())) as client:
        content = json.dumps([visit(common_world)]).encode()
        assert await is_problem_in_both_languages(client, "/v1/batches", content, "role_not_allowed") == 403


async def test_a_clock_twenty_minutes_fast_is_recorded_and_told(common_world: World) -> None:
    async with common_world.client(phone(common_world)) as client:
        (result,) = await send(client, visit(common_world, instant=ahead(minutes=20, seconds=30)))
    assert result["outcome"] == "recorded"
    (warning,) = result["warnings"]
    assert (warning["code"], warning["parameters"]) == ("clock_ahead", {"minutes": 20})
    assert "20" in warning["detail"]


BODIES: dict[str, tuple[bytes, str, int]] = {
    "cut off": (b'[{"type":"visit.record","id":"019', "invalid_json", 400),
    "cut off after an item": (b'[{"a":1},', "invalid_json", 400),
    "nothing": (b"", "invalid_json", 400),
    "no JSON": (b"xin ch\xc3\xa0o", "invalid_json", 400),
    "an object": (b'{"type":"visit.record"}', "not_a_batch", 400),
    "a number": (b"7", "not_a_batch", 400),
    "an empty list": (b"[ ]", "batch_empty", 400),
    "a hundred thousand items": (
        b"[" + b",".join([b'{"type":"visit.record"}'] * 100_000) + b"]",
        "batch_too_large",
        413,
    ),
    "too large": (b'["' + b"a" * LARGEST_BODY + b'"]', "body_too_large", 413),
}


@pytest.mark.parametrize(("content", "code", "status"), BODIES.values(), ids=BODIES.keys())
async def test_a_body_that_is_no_batch(common_world: World, content: bytes, code: str, status: int) -> None:
    async with common_world.client(phone(common_world)) as client:
        assert await is_problem_in_both_languages(client, "/v1/batches", content, code) == status


async def test_the_items_of_a_batch_that_was_cut_off_have_a_lasting_refusal(world: World) -> None:
    """As far as their ids arrived; whatever came after the cut is unknown, and all of it can be sent again."""
    sender = phone(world)
    whole, also, cut = visit(world, note='Nhà có [2] {con} \\"nhỏ\\",'), visit(world), visit(world)
    batch = b"[" + b", ".join(map(encoded, (whole, also, cut)))
    after_its_id = batch.index(cut["id"].encode()) + len(cut["id"]) + 1
    async with world.client(sender) as client:
        for content, told in (
            (batch[: after_its_id - 1], {"outcome": "unknown"}),
            (batch[:after_its_id], {"outcome": "refused", "code": "batch_cut_off"}),
            (b" " + batch[:-1], {"outcome": "refused", "code": "batch_cut_off"}),
        ):
            response = await client.post("/v1/batches", content=content)
            assert (response.status_code, response.json()["code"]) == (400, "invalid_json")
            for item in (whole, also):
                await has_lasting_refusal(world, sender, item["id"], "batch_cut_off")
            (status,) = await statuses(world, sender, cut["id"])
            assert told.items() <= status.items()
        results = await send(client, whole, also, cut)
        assert [result["outcome"] for result in results] == ["recorded"] * 3
    assert [s["outcome"] for s in await statuses(world, sender, whole["id"], cut["id"])] == ["recorded"] * 2


async def test_a_single_command_that_was_cut_off_has_a_lasting_refusal_where_its_id_arrived(world: World) -> None:
    sender, item = phone(world), visit(world, note='Nhà có "id"')
    content = encoded(item)
    async with world.client(sender) as client:
        for end in (content.index(b'"note"') + 12, len(content) - 1):
            assert await is_problem_in_both_languages(client, "/v1/commands", content[:end], "invalid_json") == 400
            await has_lasting_refusal(world, sender, item["id"], "invalid_json")
        assert (await client.post("/v1/commands", content=content)).status_code == 201
    (status,) = await statuses(world, sender, item["id"])
    assert status["outcome"] == "recorded"


async def test_a_single_command_is_refused_as_a_problem(common_world: World) -> None:
    sender = phone(common_world)
    async with common_world.client(sender) as client:
        for item, code, status in (
            (visit(common_world) | {"colour": "red"}, "unknown_field", 400),
            (visit(common_world, note="a\0b"), "unreadable_text", 400),
            (visit(common_world, household=uuid7()), "household_unknown", 422),
            (visit(common_world, household=common_world.there.household), "outside_your_unit", 403),
        ):
            assert await is_problem_in_both_languages(client, "/v1/commands", encoded(item), code) == status
            await has_lasting_refusal(common_world, sender, item["id"], code)
        assert await is_problem_in_both_languages(client, "/v1/commands", b'{"type":', "invalid_json") == 400


async def test_the_fault_of_an_item_is_told_in_the_callers_language(common_world: World) -> None:
    async with common_world.client(phone(common_world)) as client:
        told = []
        for language in ("vi", "en", "en-GB,en;q=0.9", "fr"):
            client.headers["Accept-Language"] = language
            (refused,) = await send(client, visit(common_world) | {"colour": "red"})
            told.append(refused["problem"]["title"])
    assert told[0] == told[3] != told[1] == told[2] == "Unknown field"


async def test_everybody_learns_only_of_what_he_sent_himself(world: World, installation: Installation) -> None:
    """Somebody else's attempt with the same id does not hide from the sender what became of his own."""
    sender, other = phone(world), world.asker(Role.CELL_SECRETARY, world.here)
    bad = visit(world) | {"colour": "red"}
    async with world.client(sender) as client:
        await send(client, bad)
    async with world.client(other) as client:
        await send(client, visit(world, id=UUID(bad["id"]), household=uuid7()))
    for asker, code in ((sender, "unknown_field"), (other, "household_unknown")):
        async with world.client(asker) as client:
            response = await client.get("/v1/submissions", params={"id": bad["id"]})
        assert [status["code"] for status in response.json()["submissions"]] == [code]
