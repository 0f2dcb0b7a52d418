"""What the registers answer over HTTP, against what the model says: on one day, as known at one position."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import date
from typing import Any
from uuid import UUID

import httpx
import msgspec

from events.calendar import FOREVER, local_date
from events.envelope import Fact
from events.facts.households import GroupChanged, GroupFormed
from projections.states.timeline import value_at
from tests.in_memory import InMemory
from tests.projections.coverage_model import Model as CoverageModel
from tests.properties.stories import Story
from tests.properties.telling import Told

AT_ONCE = 6
COUNTED = frozenset({"unit", "member", "household", "group", "assignment"})
"""Areas whose facts coverage counts by."""


class Comparison:
    """Questions to the installation as the province's office, on one day as known at one position."""

    def __init__(self, client: httpx.AsyncClient, told: Told, story: Story, day: date, known_at: int) -> None:
        self._client = client
        self._told = told
        self._story = story
        self._day = day
        self._known_at = known_at
        self._model: InMemory = told.model(known_at)
        self._room = asyncio.Semaphore(AT_ONCE)

    async def everything_agrees(self) -> None:
        """Asks about every unit, person and household of the story."""
        counted = [r for r in self._told.as_known_at(self._known_at) if r.fact.body.BOUNDARY[0] in COUNTED]
        coverage = CoverageModel(counted)
        story = self._story
        units = [story.province, *story.communes, *story.cells]
        questions: list[Coroutine[Any, Any, None]] = [self._unit(unit, coverage) for unit in units]
        questions += [self._person(person) for person in story.people]
        questions += [self._household(household) for household in story.households]
        await asyncio.gather(*questions)

    async def _ask(self, path: str, dated: bool = True) -> dict[str, Any] | None:
        """The answer; None where there is nothing to be found."""
        when = {"known_at": self._known_at} | ({"as_of": str(self._day)} if dated else {})
        async with self._room:
            response = await self._client.get(f"/v1/{path}", params={**when, "limit": 500} if not dated else when)
        if response.status_code == 404:
            return None
        assert response.status_code == 200, (path, response.text)
        answer: dict[str, Any] = msgspec.json.decode(response.content)
        return answer

    async def _unit(self, unit: UUID, coverage: CoverageModel) -> None:
        told = await self._ask(f"units/{unit}/coverage")
        known = self._model.organisation.units.get(unit)
        if told is None:
            assert known is None or self._day < known.founded
        else:
            assert known is not None
            assert told["counts"] == msgspec.to_builtins(coverage.counts(unit, self._day)), (unit, self._day)
            assert told["incomplete"] == 0
        await self._history(f"units/{unit}", lambda fact: unit in _units(fact))

    async def _person(self, person: UUID) -> None:
        card = await self._ask(f"members/{person}")
        member = self._model.members().get(person)
        standing = next((s for s in member.standings() if s.since <= self._day < s.until), None) if member else None
        if card is None:
            assert standing is None
            assert f"facts.person.{person}" not in self._model.states
            return
        membership = card["membership"]
        if standing is None or member is None:
            assert membership is None
        else:
            told = (membership["unit"]["id"], membership["status"], membership["since"], membership["until"])
            assert told == (str(standing.unit), standing.status.value, str(standing.since), _end(standing.until))
            second = {str(r.unit) for r in member.residences if r.span.holds(self._day)}
            assert {unit["id"] for unit in membership["residences"]} == second
        held = {(line["unit"]["id"], line["office"]): line["acting"] for line in card["offices"]}
        assert held == self._offices(person)
        await self._targets(person)
        await self._history(f"members/{person}", lambda fact: person in _people(fact))

    def _offices(self, person: UUID) -> dict[tuple[str, str], bool]:
        """Unit and office of those that he holds, and whether he only acts in it."""
        found: dict[tuple[str, str], bool] = {}
        for name, offices in self._model.states.items():
            for tenure in offices.tenures if name.startswith("facts.office.") else ():
                if tenure.person == person and tenure.span.holds(self._day):
                    office = (str(offices.unit), tenure.office.value)
                    found[office] = found.get(office, True) and tenure.acting
        return found

    async def _targets(self, person: UUID) -> None:
        told = await self._ask(f"members/{person}/assignments")
        assert told is not None
        groups, expected = self._model.groups(), {}
        for key, target in self._model.targets().items():
            for held in target.responsible(self._day):
                if held.member == person:
                    inside = groups[key].households(self._day) if target.is_group else {key}
                    notified = str(held.notified) if held.notified else None
                    expected[str(held.assignment)] = (str(key), _end(held.span and held.span.until), notified, inside)
        assert {
            line["assignment"]: (
                line["target"]["id"],
                line["until"],
                line["notified"],
                {UUID(household["id"]) for household in line["households"]},
            )
            for line in told["assignments"]
        } == expected

    async def _household(self, household: UUID) -> None:
        known = self._model.households().get(household)
        cell = known.unit(self._day) if known else None
        responsible = self._model.responsible(household, self._day)
        told = await self._ask(f"households/{household}/responsible")
        if told is None:
            assert cell is None
            assert not responsible
        else:
            assert {UUID(line["member"]["id"]) for line in told["responsible"]} == responsible
        card = await self._ask(f"households/{household}")
        if card is None or known is None:
            assert card is None
            assert cell is None
        else:
            found = value_at(known.classes, self._day)
            assert (card["unit"]["id"], card["economic_class"]) == (str(cell), found and found.value)
            groups = {str(key) for key, g in self._model.groups().items() if household in g.households(self._day)}
            assert {group["id"] for group in card["groups"]} == groups
        await self._visits(household)
        await self._history(f"households/{household}", lambda fact: household in _targets(fact))

    async def _visits(self, household: UUID) -> None:
        told = await self._ask(f"households/{household}/visits", dated=False)
        standing = {key: fact for key, fact in self._model.visits().items() if fact.body.household == household}
        if told is None:
            known = self._model.households().get(household)
            assert known is None or not known.belongings()
            assert not standing
            return
        newest_first = sorted(standing.items(), key=lambda visit: visit[0])
        newest_first.sort(key=lambda visit: visit[1].instant or visit[1].effective, reverse=True)
        assert [
            (UUID(line["visit"]), UUID(line["member"]["id"]), date.fromisoformat(line["made_on"]), line["purpose"])
            for line in told["visits"]
        ] == [
            (key, fact.body.member, local_date(fact.instant), fact.body.purpose.value)
            for key, fact in newest_first
            if fact.instant is not None
        ]

    async def _history(self, path: str, concerns: Any) -> None:
        """The history without what came through a group: exactly the facts that name it, in the order of the log."""
        told = await self._ask(f"{path}/history", dated=False)
        lines = [
            (line["position"], line["type"]) for line in (told or {"entries": []})["entries"] if not line["through"]
        ]
        facts = [(r.position, r.fact.type) for r in self._told.as_known_at(self._known_at) if concerns(r.fact)]
        assert lines == facts, path


def _units(fact: Fact[Any]) -> set[UUID | None]:
    return {getattr(fact.body, field) for field in fact.body.UNITS}


def _people(fact: Fact[Any]) -> set[UUID | None]:
    named = getattr(fact.body, fact.body.PERSON) if fact.body.PERSON else None
    return {named, fact.performed_by}


def _targets(fact: Fact[Any]) -> set[UUID | None]:
    body = fact.body
    if isinstance(body, GroupFormed):
        return {body.group, *body.households}
    if isinstance(body, GroupChanged):
        return {body.group, *body.added, *body.removed}
    return {getattr(body, body.TARGET) if body.TARGET else None}


def _end(day: date | None) -> str | None:
    return None if day is None or day == FOREVER else str(day)
