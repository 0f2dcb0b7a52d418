"""A small made-up commune for measuring intake: cells, members, households with one responsible member each."""

from __future__ import annotations

import random

import msgspec

from events.identifiers import uuid7
from services.decisions.asking import Asker, Role
from tests.benchmarks import http_load
from tests.benchmarks.installation import Installation

CELLS, MEMBERS, HOUSEHOLDS = 20, 400, 2000
NOTE = "Gia đình đề nghị hướng dẫn thủ tục vay vốn, hẹn thứ hai tuần sau quay lại"
MIX = "visits, 30 % with a sealed note of 70 characters"


class Commune:
    """What was set up, and the office's token."""

    def __init__(self, one: Installation) -> None:
        self.unit = uuid7()
        asker = Asker(role=Role.SYSTEM, unit=self.unit, client="bench")
        self.token = one.issuer.token(asker)
        self.port = one.port
        self.cells = [uuid7() for _ in range(CELLS)]
        self.members = [uuid7() for _ in range(MEMBERS)]
        self.households = [uuid7() for _ in range(HOUSEHOLDS)]

    async def found(self) -> int:
        """Submits the structure; returns the number of facts."""
        commune = uuid7()
        commands = [
            _decision("organisation.found_unit", unit=self.unit, kind="province", name="Tỉnh (dữ liệu giả)"),
            _decision("organisation.found_unit", unit=commune, kind="commune", name="Xã (giả)", parent=self.unit),
        ]
        for cell in self.cells:
            kind = {"kind": "cell", "cell_kind": "village", "name": "Bản (giả)", "parent": commune}
            commands.append(_decision("organisation.found_unit", unit=cell, **kind))
        for number, member in enumerate(self.members):
            cell = self.cells[number % CELLS]
            commands.append(_decision("organisation.register_person", person=member, unit=cell, name="Người (giả)"))
            commands.append(_decision("member.admit", person=member, unit=cell))
        for number, household in enumerate(self.households):
            cell, member = self.cells[number % CELLS], self.members[number % MEMBERS]
            commands.append(_decision("household.register", household=household, unit=cell, head="Chủ hộ (giả)"))
            assigned = {"assignment": uuid7(), "household": household, "member": member}
            commands.append(_decision("assignment.assign_household", **assigned))
        bodies = [msgspec.json.encode(commands[start : start + 200]) for start in range(0, len(commands), 200)]
        requests = [http_load.post("/v1/batches", self.token, body) for body in bodies]
        await http_load.run(self.port, requests, 1, batch_recorded)
        return len(commands)

    def visits(self, count: int) -> list[bytes]:
        """So many visit commands, encoded."""
        return [msgspec.json.encode(self._visit()) for _ in range(count)]

    def _visit(self) -> dict[str, object]:
        number = random.randrange(HOUSEHOLDS)
        visit: dict[str, object] = {
            "type": "visit.record",
            "id": uuid7(),
            "source": "phone",
            "instant": f"2018-{random.randint(1, 12):02}-{random.randint(1, 28):02}T08:30:00+07:00",
            "written_at": "2018-12-29T09:00:00+07:00",
            "household": self.households[number],
            "member": self.members[number % MEMBERS],
            "topics": ["policy", "livelihood"],
            "outcomes": ["informed"],
        }
        if random.random() < 0.3:
            visit["note"] = NOTE
        return visit

    def new_households(self, count: int) -> list[bytes]:
        """So many commands that register a household each, encoded."""
        return [msgspec.json.encode(self._new_household()) for _ in range(count)]

    def _new_household(self) -> dict[str, object]:
        named = {"head": "Chủ hộ mới (giả)", "address": "Tổ 3, cuối bản, sau nhà văn hóa (giả)"}
        return _decision("household.register", household=uuid7(), unit=random.choice(self.cells), **named)

    def batches(self, visits: list[bytes], size: int = 100) -> list[bytes]:
        """Requests of `size` visits each."""
        parts = [visits[start : start + size] for start in range(0, len(visits), size)]
        return [http_load.post("/v1/batches", self.token, b"[" + b",".join(part) + b"]") for part in parts]

    def singles(self, visits: list[bytes]) -> list[bytes]:
        return [http_load.post("/v1/commands", self.token, visit) for visit in visits]


def _decision(command: str, /, **fields: object) -> dict[str, object]:
    return {"type": command, "id": uuid7(), "effective": "2018-01-01", **fields}


def batch_recorded(status: int, body: bytes) -> bool:
    return status == 200 and b'"refused"' not in body


def single_recorded(status: int, _body: bytes) -> bool:
    return status == 201
