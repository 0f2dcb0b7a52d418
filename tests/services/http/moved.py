"""A province in which things have moved: who asks about whom, by how the one stands to the other.

`here` is the commune of those who ask. `there` is its neighbour. `gone` went into `here`. The cell of `left` was under
`here` and came under `there`. A member (`here.idle`) and a household (`here.uncovered`) went from the cell of `here` to
that of `there`; of a household (`ended`) the member is responsible no longer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from events.calendar import today
from events.facts.evaluations import Subject, pool_id, rating_id
from events.identifiers import uuid7
from services.decisions.asking import Asker, Role
from tests.installation import Installation
from tests.services.http import rounds
from tests.services.http.test_grievances import act
from tests.services.http.world import (
    INSPECTING,
    INSPECTION,
    OFFICE,
    Commune,
    World,
    command,
    mandate,
    officer,
    signed,
    submit,
)

BEFORE, MOVED = "2018-12-31", "2019-03-01"
OFFICE_CASE = {"petitioner": "Người dân", "topic": "land", "text": "Tranh chấp ranh giới đất", "kind": "proposal"}


class Relation(Enum):
    """How what is asked about stands to the unit of who asks, today."""

    OWN = "own"
    SUBORDINATE = "subordinate"
    LINEAGE = "merged into it"
    SUPERIOR = "superior"
    NEIGHBOUR = "neighbour"
    FORMER = "left with its unit"
    MOVED = "moved away alone"


@dataclass(frozen=True)
class Thing:
    """What a route can be asked about; None where there is none of the kind in that relation."""

    unit: UUID | None = None
    person: UUID | None = None
    household: UUID | None = None
    grievance: UUID | None = None
    meeting: UUID | None = None
    rating: UUID | None = None
    erasure: UUID | None = None
    mandate: UUID | None = None


class Mandated(Enum):
    """Who inspects beside the inspector of `here`, whose mandate is for all of that commune."""

    CASE = "for one case"
    EXPIRED = "up to yesterday"
    TO_COME = "from tomorrow on"
    NONE = "none"


def of_cell(commune: Commune, pool: UUID | None = None) -> Thing:
    """The commune's cell and what is in it."""
    rating = rating_id(pool_id(pool or commune.unit, 2018, Subject.MEMBER), commune.member)
    return Thing(
        commune.cell,
        commune.member,
        commune.household,
        commune.case,
        commune.meeting,
        rating,
        commune.erasure,
    )


@dataclass(frozen=True)
class Moved:
    """The province after everything has moved; `before` is the log position at which nothing had."""

    installation: Installation
    province: UUID
    officer: UUID
    inspector: UUID
    here: Commune
    there: Commune
    gone: Commune
    left: Commune
    ended: UUID
    cases: dict[UUID, UUID]
    mandate: UUID
    inspectors: dict[Mandated, UUID]
    before: int
    position: int

    def asker(self, role: Role, commune: Commune | None = None) -> Asker:
        """Somebody with the role in `here` (or another commune)."""
        told = World(self.installation, self.province, self.here, self.there, self.officer, self.position)
        return told.asker(role, commune or self.here)

    def inspecting(self, mandated: Mandated) -> Asker:
        """Who inspects `here` under that mandate."""
        return Asker(Role.INSPECTION, self.here.unit, "test", self.inspectors[mandated], INSPECTION)

    def client(self, asker: Asker) -> Any:
        client = self.installation.client(asker)
        client.headers["Soho-At-Least"] = str(self.position)
        if asker.role is Role.INSPECTION:
            client.headers.update(INSPECTING)
        return client

    def things(self, role: Role, relation: Relation) -> list[Thing]:
        """What the role of `here` is asked about in that relation: nothing where there is no such thing."""
        if role is Role.PROVINCIAL_OFFICE:
            return self._of_province(relation)
        if role in (Role.MEMBER, Role.CELL_SECRETARY):
            return self._of_cell(role, relation)
        return self._of_commune(relation)

    def _of_province(self, relation: Relation) -> list[Thing]:
        communes = [self._commune(each) for each in (self.here, self.there)]
        return {
            Relation.OWN: [Thing(self.province, grievance=self.cases[self.province], mandate=self.mandate)],
            Relation.SUBORDINATE: [*communes, *map(of_cell, (self.here, self.there)), self._left()],
            Relation.LINEAGE: [Thing(self.gone.unit, mandate=self.gone.mandate), of_cell(self.gone)],
        }.get(relation, [])

    def _of_cell(self, role: Role, relation: Relation) -> list[Thing]:
        own = of_cell(self.here)
        colleague = Thing(person=self.here.secretary, household=self.here.grouped)
        others = [of_cell(self.there), of_cell(self.gone), self._left(), Thing(self.there.unit)]
        member = role is Role.MEMBER
        return {
            Relation.OWN: [own] if member else [own, colleague],
            Relation.SUPERIOR: [
                replace(self._commune(self.here), person=self.here.officer),
                self._province(),
            ],
            Relation.NEIGHBOUR: [*others, colleague] if member else others,
            Relation.MOVED: [Thing(household=self.ended)] if member else [self._alone()],
        }.get(relation, [])

    def _of_commune(self, relation: Relation) -> list[Thing]:
        return {
            Relation.OWN: [self._commune(self.here)],
            Relation.SUBORDINATE: [of_cell(self.here)],
            Relation.LINEAGE: [Thing(self.gone.unit, mandate=self.gone.mandate), of_cell(self.gone)],
            Relation.SUPERIOR: [self._province()],
            Relation.NEIGHBOUR: [replace(self._commune(self.there), person=self.there.officer), of_cell(self.there)],
            Relation.FORMER: [self._left()],
            Relation.MOVED: [self._alone()],
        }[relation]

    def _commune(self, commune: Commune) -> Thing:
        return Thing(commune.unit, grievance=self.cases[commune.unit], mandate=commune.mandate)

    def _province(self) -> Thing:
        return Thing(self.province, self.officer, grievance=self.cases[self.province], mandate=self.mandate)

    def _left(self) -> Thing:
        return replace(of_cell(self.left, self.here.unit), erasure=None)

    def _alone(self) -> Thing:
        return Thing(person=self.here.idle, household=self.here.uncovered)

    def strange(self, role: Role) -> set[str]:
        """Ids and parts of names that no answer to the role may have in it: of what lies outside its scope today."""
        if role is Role.PROVINCIAL_OFFICE:
            return set()
        communes = [self.there, self.left]
        if role in (Role.MEMBER, Role.CELL_SECRETARY):
            communes.append(self.gone)
        found = {str(self.cases[self.province]), str(self.cases[self.there.unit]), str(self.mandate)}
        found |= set(of_names(communes))
        for commune in communes:
            public = {commune.unit, commune.cell}
            values = {value for field in fields(commune) if type(value := getattr(commune, field.name)) is UUID}
            found |= {str(value) for value in values - public}
        return found


def of_names(communes: list[Commune]) -> Iterator[str]:
    for commune in communes:
        for name in ("Chủ hộ một", "Chủ hộ hai", "Chủ hộ ba", "Bí thư", "Đảng viên", "Đảng viên khác", "Nhóm"):
            yield f"{name} {commune.name}"


def under(commune: Commune, province: UUID, parent: UUID) -> list[dict[str, Any]]:
    """The commune's commands, but for its cell being founded under another one and keeping its case."""
    found = []
    for step in commune.commands(province):
        if step["type"] == "grievance.escalate":
            continue
        founds_the_cell = step["type"] == "organisation.found_unit" and step["unit"] == str(commune.cell)
        found.append(step | {"parent": str(parent)} if founds_the_cell else step)
    return found


async def move(installation: Installation) -> Moved:
    """Tells the province, and then moves what moves."""
    province, person, inspector, ended, whole = uuid7(), uuid7(), uuid7(), uuid7(), uuid7()
    inspectors = {each: uuid7() for each in Mandated}
    here, there, gone, left = Commune("Trên"), Commune("Dưới"), Commune("Cũ"), Commune("Ngoài")
    async with installation.client(Asker(Role.SYSTEM, province, "test")) as program:
        assignment = uuid7()
        await submit(
            program,
            command("organisation.found_unit", unit=province, kind="province", name="Tỉnh thử"),
            *officer(province, person),
            *officer(province, inspector, INSPECTION),
            *(step for commune in (here, there, gone) for step in commune.commands(province)),
            *under(left, province, here.unit),
            *(step for each in inspectors.values() for step in officer(here.unit, each, INSPECTION)),
            command("household.register", household=ended, unit=here.cell, head="Chủ hộ trả lại", persons=3),
            command("assignment.assign_household", assignment=assignment, household=ended, member=here.member),
        )
        for commune in (here, there, gone, left):
            await submit(program, *rounds.steps(commune))
            await submit(program, rounds.decision(commune))
        cases = {}
        for unit in (province, here.unit, there.unit):
            case = act("receive", "2018-04-18", unit=unit, **OFFICE_CASE)
            cases[unit] = UUID(case["id"])
            before = await submit(program, case)
        for commune in (here, there, gone):
            office = Asker(Role.COMMUNE_OFFICE, commune.unit, "test", commune.officer, OFFICE)
            async with installation.client(office) as client:
                client.headers["Soho-At-Least"] = str(before)
                others = mandates(here, inspectors) if commune is here else []
                before = await submit(client, commune.request_to_erase(), commune.give_mandate(), *others)
        office = Asker(Role.PROVINCIAL_OFFICE, province, "test", person, OFFICE)
        async with installation.client(office) as client:
            before = await submit(client, mandate(inspector, id=whole, units=[province]))
        basis = {"number": "15-NQ/TW"}
        position = await submit(
            program,
            command("organisation.reparent_unit", effective=MOVED, unit=left.cell, parent=there.unit),
            command("organisation.merge_units", effective=MOVED, into=here.unit, units=[gone.unit], basis=basis),
            command("member.transfer", effective=MOVED, person=here.idle, unit=there.cell),
            command("household.move", effective=MOVED, household=here.uncovered, unit=there.cell),
            command("assignment.end", effective=MOVED, assignment=assignment, target=ended, reason="at_own_request"),
        )
    found = (province, person, inspector, here, there, gone, left, ended, cases, whole, inspectors)
    return Moved(installation, *found, before, position)


def mandates(here: Commune, inspectors: dict[Mandated, UUID]) -> list[dict[str, Any]]:
    """What the commune gives those who inspect it beside its inspector."""
    now, day = today(), timedelta(days=1)
    over = {"first": now - 9 * day, "until": now - day, "source": "paper"}
    return [
        mandate(inspectors[Mandated.CASE], cases=[here.case]),
        mandate(inspectors[Mandated.EXPIRED], units=[here.unit], **over),
        mandate(inspectors[Mandated.TO_COME], units=[here.unit], first=now + day, basis=signed(now)),
    ]
