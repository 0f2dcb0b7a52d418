"""A round told through the HTTP intake, the evidence that its ratings name, and two decisions at once under one cap."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from events.catalogue import decode
from events.facts.evaluations import RatingDecided, Subject, pool_id, rating_id
from events.identifiers import derived
from projections.database import Role as DatabaseRole
from projections.database import connect
from projections.evidence import reading
from services.decisions.asking import Role
from tests.installation import Installation
from tests.intake.in_process import another_api, held_archive
from tests.intake.sending import recorded, send
from tests.services.http.world import World, command, submit

YEAR, BOOK = 2018, "132-hd16.v1"
MET, DECIDED = "2018-12-03", "2018-12-20"
MARKS = [
    {"criterion": name, "mark": "good"} for name in ("qualities", "task_results", "commitment", "shortcomings_remedied")
]


def of_round(name: str, unit: UUID, day: str = MET, **fields: Any) -> dict[str, Any]:
    return command(f"evaluation.{name}", effective=day, unit=unit, year=YEAR, **fields)


def before_decision(world: World) -> list[dict[str, Any]]:
    """Everything that the cell does, a second ballot on each of its three members included."""
    here = world.here
    members = [str(member) for member in (here.secretary, here.member, here.idle)]
    meeting = command(
        "meeting.hold",
        instant=f"{MET}T19:00:00+07:00",
        unit=here.cell,
        meeting=here.meeting,
        attendance=[{"member": member, "attendance": "present"} for member in members],
    )
    attendance = str(derived(UUID(meeting["id"]), 0))
    papers = [{"member": member, "returned": 3, "votes": {"good": 3}} for member in members]
    best = [{"member": member, "returned": 3, "votes": {"excellent": 3}} for member in members]
    return [
        meeting,
        of_round("open_round", here.cell, rulebook=BOOK),
        *(of_round("self_assess", here.cell, member=member, level="good", marks=MARKS) for member in members),
        *(of_round("comment", here.cell, member=member, commenter="cell_committee") for member in members),
        of_round("count_ballots", here.cell, attendance=attendance, papers=papers),
        of_round("count_ballots", here.cell, attendance=attendance, papers=best, second=True),
        of_round("propose", here.cell, proposals=[{"member": member, "level": "good"} for member in members]),
    ]


def decisions(world: World) -> dict[str, Any]:
    rated = [{"member": str(member), "level": "good"} for member in (world.here.secretary, world.here.member)]
    rated.append({"member": str(world.here.idle), "level": "good"})
    return of_round("decide", world.here.cell, DECIDED, ratings=rated)


async def test_a_rating_names_the_evidence_that_there_was(world: World, installation: Installation) -> None:
    secretary = world.asker(Role.CELL_SECRETARY, world.here)
    office = world.asker(Role.COMMUNE_OFFICE, world.here)
    told = decisions(world)
    async with world.client(secretary) as cell:
        steps = before_decision(world)
        await submit(cell, steps[0])
        await recorded(installation, steps[0]["id"])
        await submit(cell, *steps[1:])
        (refused,) = await send(cell, told)
    assert refused["problem"]["code"] == "not_competent"
    assert refused["problem"]["parameters"]["decides"] == str(world.here.unit)
    async with world.client(office) as commune:
        await submit(commune, told)
    positions = await recorded(installation, told["id"])
    rating = await _fact(installation, positions[UUID(told["id"])] + 1)
    assert isinstance(rating.body, RatingDecided)
    assert rating.body.member == world.here.member
    pool = pool_id(world.here.unit, YEAR, Subject.MEMBER)
    assert rating.body.rating == rating_id(pool, world.here.member)
    evidence = rating.body.evidence
    assert rating.seen is not None
    assert evidence.position <= rating.seen
    connection = await connect(installation.endpoints.admin_url, DatabaseRole.INTAKE, "test")
    try:
        of = (world.here.member, YEAR)
        again = await reading.of_members(connection, [of], evidence.position)
        # As things stood before the member was given a household, there was less to count.
        before = await reading.of_members(connection, [of], 1)
    finally:
        await connection.close()
    assert again[of] == evidence
    assert before[of] != msgspec.structs.replace(evidence, position=1)


async def test_two_revisions_at_once_do_not_pass_the_cap_together(world: World, installation: Installation) -> None:
    """Half of the good may be excellent by a document: of three good one can rise (half of two), a second cannot (half
    of one)."""
    office = world.asker(Role.COMMUNE_OFFICE, world.here)
    paper = {"number": "9-QĐ/ĐU"}
    async with world.client(world.asker(Role.CELL_SECRETARY, world.here)) as cell:
        steps = before_decision(world)
        await submit(cell, steps[0])
        await recorded(installation, steps[0]["id"])
        await submit(cell, *steps[1:])
    pool = {"committee": str(world.here.unit), "year": YEAR, "subject": "member", "effective": DECIDED}
    async with world.client(office) as commune, world.office() as province:
        await submit(commune, decisions(world))
        await submit(province, command("evaluation.authorise_cap_exception", percent=50, basis=paper, **pool))
        await submit(commune, command("evaluation.finalise", **pool))
    fields = {"level": "excellent", "reason": "verified_again", "basis": paper}
    one = of_round("revise", world.here.cell, DECIDED, member=world.here.member, **fields)
    other = of_round("revise", world.here.cell, DECIDED, member=world.here.idle, **fields)
    async with (
        another_api(installation) as second_api,
        second_api.client(office) as second,
        world.client(office) as first,
    ):
        # The second API knows the pool as it was before the archive is held.
        (known,) = await send(
            second, of_round("revise", world.here.cell, DECIDED, member=world.here.member, **fields) | {"level": "good"}
        )
        assert known["problem"]["code"] == "same_level"
        async with held_archive(installation):
            (won,) = await send(first, one)
            waiting = asyncio.create_task(send(second, other))
            await asyncio.sleep(0.2)
            assert not waiting.done()
        (lost,) = await waiting
    assert won["outcome"] == "recorded"
    assert lost["problem"]["code"] == "cap_exceeded"
    told = lost["problem"]["parameters"]
    assert (told["excellent"], told["allowed"], told["percent"], told["counted"]) == (2, 0, 50, 1)


async def _fact(installation: Installation, position: int) -> Any:
    connection = await asyncpg.connect(installation.endpoints.admin_url)
    try:
        row = await connection.fetchrow("SELECT type, data FROM archive.message WHERE position = $1", position)
        assert row is not None
        return decode(row["type"], row["data"])
    finally:
        await connection.close()
