"""A member's rating of 2018 told through the HTTP intake, step by step."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from events.facts.evaluations import Subject, pool_id, rating_id
from events.identifiers import derived
from services.decisions.asking import Role
from tests.installation import Installation
from tests.services.http.world import NOON, Commune, World, command, submit, tell

MET, DECIDED = "2018-12-03", "2018-12-20"
MARKED = ("qualities", "task_results", "commitment", "shortcomings_remedied")


def steps(commune: Commune) -> list[dict[str, Any]]:
    """Everything before the decision: all three of the cell were there and voted."""
    everybody = (commune.secretary, commune.member, commune.idle)
    held = command(
        "meeting.hold",
        instant=f"{MET}{NOON}",
        unit=commune.cell,
        attendance=[{"member": str(person), "attendance": "present"} for person in everybody],
    )
    about: dict[str, Any] = {"unit": commune.cell, "year": 2018, "effective": MET}
    member = {"member": commune.member, **about}
    paper = {"member": str(commune.member), "returned": 3, "votes": {"good": 3}}
    return [
        held,
        command("evaluation.open_round", **about, rulebook="132-hd16.v1"),
        command(
            "evaluation.self_assess",
            **member,
            level="good",
            marks=[{"criterion": criterion, "mark": "good"} for criterion in MARKED],
        ),
        command("evaluation.comment", **member, commenter="cell_committee"),
        command(
            "evaluation.count_ballots",
            **about,
            attendance=derived(UUID(str(held["id"])), 0),
            papers=[paper],
        ),
        command("evaluation.propose", **about, proposals=[{"member": str(commune.member), "level": "good"}]),
    ]


def decision(commune: Commune) -> dict[str, Any]:
    """The committee decides."""
    return command(
        "evaluation.decide",
        unit=commune.cell,
        year=2018,
        effective=DECIDED,
        ratings=[{"member": str(commune.member), "level": "good"}],
    )


def revision(commune: Commune) -> dict[str, Any]:
    """The committee verified it again, and decides anew."""
    return command(
        "evaluation.revise",
        unit=commune.cell,
        year=2018,
        effective="2018-12-28",
        member=commune.member,
        level="completed",
        reason="verified_again",
        basis={"number": "12-QĐ/ĐU"},
    )


def rating(commune: Commune) -> UUID:
    """The id of the member's rating."""
    return rating_id(pool_id(commune.unit, 2018, Subject.MEMBER), commune.member)


async def tell_rated(installation: Installation) -> World:
    """A new province of two communes, in each of which the member was rated."""
    found = await tell(installation)
    position = found.position
    for commune in (found.here, found.there):
        async with found.office() as office, found.client(found.asker(Role.COMMUNE_OFFICE, commune)) as client:
            await submit(office, *steps(commune))
            position = await submit(client, decision(commune))
    return replace(found, position=position)
