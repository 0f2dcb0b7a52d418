"""A small province told through the HTTP intake: two communes, of which callers of one must not see the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx

from events.calendar import now, today
from events.identifiers import uuid7
from services.decisions.asking import Asker, Role
from tests.installation import Installation

START = "2018-01-01"
NOON = "T12:00:00+07:00"


def command(type_name: str, **fields: Any) -> dict[str, Any]:
    """A command as a client sends it, effective from the start unless said otherwise; a visit has an instant."""
    when = {} if "instant" in fields else {"effective": START}
    values = {"type": type_name, "id": uuid7()} | when | fields
    return {name: _written(value) for name, value in values.items()}


def _written(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return [_written(item) for item in value] if isinstance(value, list) else value


async def submit(client: httpx.AsyncClient, *commands: dict[str, Any]) -> int:
    """Submits the commands, which must all be recorded; returns the position that sees them."""
    response = await client.post("/v1/batches", json=list(commands))
    assert response.status_code == 200, response.text
    outcomes = {result["outcome"] for result in response.json()["results"]}
    assert outcomes == {"recorded"}, response.text
    return int(response.headers["Soho-Position"])


OFFICE = "organisation_officer"
INSPECTION = "inspection_officer"
INSPECTING = {"Soho-Reason": "inspection", "Soho-Document": "31-CV/UBKT"}
"""Why an inspection reads, as it must say for a case file."""


def officer(unit: UUID, person: UUID, office: str = OFFICE) -> list[dict[str, Any]]:
    """Somebody who holds an office of the unit: as a rule, who keeps its registers."""
    return [
        command("organisation.register_person", person=person, unit=unit, name="Cán bộ văn phòng"),
        command("organisation.appoint_office", unit=unit, office=office, person=person),
    ]


@dataclass
class Commune:
    """A commune with a cell and its meeting, a secretary and two members, three households, a group of the third; the
    cell has sent the first household's case up."""

    name: str
    unit: UUID = field(default_factory=uuid7)
    cell: UUID = field(default_factory=uuid7)
    officer: UUID = field(default_factory=uuid7)
    inspector: UUID = field(default_factory=uuid7)
    secretary: UUID = field(default_factory=uuid7)
    member: UUID = field(default_factory=uuid7)
    idle: UUID = field(default_factory=uuid7)
    household: UUID = field(default_factory=uuid7)
    uncovered: UUID = field(default_factory=uuid7)
    grouped: UUID = field(default_factory=uuid7)
    group: UUID = field(default_factory=uuid7)
    assignment: UUID = field(default_factory=uuid7)
    group_assignment: UUID = field(default_factory=uuid7)
    meeting: UUID = field(default_factory=uuid7)
    case: UUID = field(default_factory=uuid7)
    erasure: UUID = field(default_factory=uuid7)
    mandate: UUID = field(default_factory=uuid7)

    def commands(self, province: UUID) -> list[dict[str, Any]]:
        """How it comes to be: the member holds the first household, the secretary the group."""
        people = {self.secretary: "Bí thư", self.member: "Đảng viên", self.idle: "Đảng viên khác"}
        heads = {self.household: "Chủ hộ một", self.uncovered: "Chủ hộ hai", self.grouped: "Chủ hộ ba"}
        found, c, name = "organisation.found_unit", self.cell, self.name
        return [
            command(found, unit=self.unit, kind="commune", name=f"Xã {name}", parent=province),
            command(found, unit=c, kind="cell", cell_kind="village", name=f"Bản {name}", parent=self.unit),
            *(command("organisation.register_person", person=p, unit=c, name=f"{n} {name}") for p, n in people.items()),
            *(command("member.admit", person=person, unit=c) for person in people),
            command("organisation.appoint_office", unit=c, office="secretary", person=self.secretary),
            *officer(self.unit, self.officer),
            *officer(self.unit, self.inspector, INSPECTION),
            *(
                command("household.register", household=h, unit=c, head=f"{head} {name}", address="Cuối bản", persons=4)
                for h, head in heads.items()
            ),
            command("group.form", group=self.group, unit=c, name=f"Nhóm {name}", households=[self.grouped]),
            command(
                "assignment.assign_household",
                assignment=self.assignment,
                household=self.household,
                member=self.member,
                basis={"number": "01-NQ/CB"},
            ),
            command(
                "assignment.assign_group",
                assignment=self.group_assignment,
                group=self.group,
                member=self.secretary,
            ),
            command(
                "visit.record",
                instant=f"2018-03-05{NOON}",
                household=self.household,
                member=self.member,
                note="Nhà mới lợp lại mái",
            ),
            command(
                "grievance.raise",
                id=self.case,
                instant=f"2018-03-05{NOON}",
                received="2018-03-06",
                household=self.household,
                member=self.member,
                topic="roads_and_water",
                text="Đường vào bản lầy",
            ),
            command(
                "grievance.escalate",
                instant=f"2018-03-07{NOON}",
                grievance=self.case,
                unit=c,
                reason="beyond_competence",
            ),
            command("meeting.call", id=self.meeting, unit=c, day="2018-01-03"),
        ]

    def request_to_erase(self) -> dict[str, Any]:
        """The member asked the office to erase his data; only somebody of the office enters that."""
        return command(
            "erasure.request",
            id=self.erasure,
            instant=now().isoformat(),
            subject=self.member,
            of="person",
            ground="request",
            basis={"number": "01/Đ"},
        )

    def give_mandate(self) -> dict[str, Any]:
        """The commune lets its inspector inspect all of it; only somebody of its office gives that."""
        return mandate(self.inspector, id=self.mandate, units=[self.unit])


def mandate(*team: UUID, **fields: Any) -> dict[str, Any]:
    """These inspect what is named, from today on for a month, unless said otherwise."""
    first = fields.pop("first", today())
    until = fields.pop("until", first + timedelta(days=30))
    days = {"effective": first.isoformat(), "until": until.isoformat()}
    return command("inspection.give_mandate", team=list(team), **{"basis": signed(first), **days, **fields})


def signed(day: date) -> dict[str, str]:
    """An inspection decision of the day."""
    return {"number": "21-QĐ/UBKT", "issued_on": day.isoformat()}


@dataclass(frozen=True)
class World:
    """The province, its communes, and the position at which all of it is known."""

    installation: Installation
    province: UUID
    here: Commune
    there: Commune
    officer: UUID
    position: int

    def office(self) -> httpx.AsyncClient:
        """The office of the province, which sees both communes; never an answer from before the world was told."""
        return self.client(self.asker(Role.PROVINCIAL_OFFICE, self.here))

    def client(self, asker: Asker | None) -> httpx.AsyncClient:
        client = self.installation.client(asker)
        client.headers["Soho-At-Least"] = str(self.position)
        if asker is not None and asker.role is Role.INSPECTION:
            client.headers.update(INSPECTING)
        return client

    def asker(self, role: Role, commune: Commune) -> Asker:
        """Somebody with the role in the commune (of a provincial office: in the province)."""
        unit = {
            Role.MEMBER: commune.cell,
            Role.CELL_SECRETARY: commune.cell,
            Role.PROVINCIAL_OFFICE: self.province,
        }.get(role, commune.unit)
        person, office = {
            Role.MEMBER: (commune.member, None),
            Role.CELL_SECRETARY: (commune.secretary, "secretary"),
            Role.COMMUNE_OFFICE: (commune.officer, OFFICE),
            Role.PROVINCIAL_OFFICE: (self.officer, OFFICE),
            Role.INSPECTION: (commune.inspector, INSPECTION),
            Role.SYSTEM: (None, None),
        }.get(role, (uuid7(), None))
        return Asker(role, unit, "test", person, office)


async def tell(installation: Installation) -> World:
    """Founds a new province and tells its communes, as the program does that takes over the paper registers."""
    province, here, there, person = uuid7(), Commune("Trên"), Commune("Dưới"), uuid7()
    async with installation.client(Asker(Role.SYSTEM, province, "test")) as client:
        founding = command("organisation.found_unit", unit=province, kind="province", name="Tỉnh thử")
        position = await submit(
            client, founding, *officer(province, person), *here.commands(province), *there.commands(province)
        )
    for commune in (here, there):
        asker = Asker(Role.COMMUNE_OFFICE, commune.unit, "test", commune.officer, OFFICE)
        async with installation.client(asker) as client:
            position = await submit(client, commune.request_to_erase(), commune.give_mandate())
    return World(installation, province, here, there, person, position)
