"""Years of history written straight as rows of the archive, for benchmarks of ten years' size.

The rows hold exactly the bytes that `events.catalogue.stored` makes. Two things in them only look like the real ones:
sealed fields (random bytes of the right length, with no key anywhere) and the digests of what was submitted.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import date, datetime, time
from random import Random
from typing import Any
from uuid import UUID

import msgspec

from events.calendar import VIETNAM
from events.catalogue import boundary, stored
from events.envelope import Fact
from events.facts.assignments import GroupAssigned, HouseholdAssigned, PlanAdopted
from events.facts.households import GroupFormed, HouseholdRegistered
from events.facts.members import MemberAdmitted, MemberStatusChanged
from events.facts.organisation import PersonRegistered, UnitFounded
from events.facts.values import Body, Source
from events.facts.visits import VisitCorrected, VisitRecorded
from events.identifiers import derived
from events.log.publishing import ID_HEADER, TYPE_HEADER
from events.sealing import NONCE, PREFIX
from projections.archive.follower import Row, leaf_hash
from services.decisions.assignments import AdoptPlan
from services.decisions.command import Command, Decision
from services.decisions.households import FormGroup, RegisterHousehold
from services.decisions.members import AdmitMember, ChangeMemberStatus
from services.decisions.organisation import FoundUnit, RegisterPerson
from services.demo.identifiers import uuid7_from_bits
from services.demo.kon_tum import visiting
from services.demo.kon_tum.history import Happened, History
from services.demo.kon_tum.province import CLIENT, PUBLISHED_YEAR, REGISTERED, generate
from services.demo.kon_tum.visiting import ABOUT, NOTE, SAID, Visit

MOST_YEARS = PUBLISHED_YEAR - REGISTERED.year
TAG = 16
"""Bytes that sealing adds after the text (AES-GCM)."""

BODIES: dict[type[Command], type[Body]] = {
    FoundUnit: UnitFounded,
    RegisterPerson: PersonRegistered,
    AdmitMember: MemberAdmitted,
    ChangeMemberStatus: MemberStatusChanged,
    RegisterHousehold: HouseholdRegistered,
    FormGroup: GroupFormed,
}
"""Command → its one fact, which has fields of the same names."""


def archive_rows(years: int, scale: float = 1.0, corrections: float = 0.0, visited: float = 1.0) -> Iterator[Row]:
    """The history of so many years up to and with 2022, in the order of `projections.archive.follower.COLUMNS`.

    Positions count from 1. The province's figures are the same at the end of every year. `corrections` is their share
    among the facts about visits, `visited` the share of covered households that are visited at all. Raises `ValueError`
    for more than ten years, or as `generate` and `visits` do.
    """
    if not 1 <= years <= MOST_YEARS:
        raise ValueError(f"years must be from 1 to {MOST_YEARS}")
    first = PUBLISHED_YEAR - years + 1
    province = generate(scale)
    history = History(province, first)
    writer = _Writer(first)
    for _, commands in province.phases(first):
        for command in commands():
            yield from writer.happened(_as_happened(command))
    for year in range(first, PUBLISHED_YEAR + 1):
        if year > first:
            for happened in history.next_year(year):
                yield from writer.happened(happened)
        covered = history.visited()
        for visit in visiting.visits(covered[: round(visited * len(covered))], year, corrections):
            yield writer.visit(visit)


def _as_happened(command: Command) -> Happened:
    """What a command of the province comes to, without deciding it: a test compares both."""
    if isinstance(command, AdoptPlan):
        header = PlanAdopted(
            plan=command.plan, unit=command.unit, year=command.year, assignments=len(command.assignments)
        )
        lines = tuple(
            HouseholdAssigned(
                assignment=line.assignment, household=line.household, member=line.member, plan=command.plan
            )
            if line.household is not None
            else GroupAssigned(
                assignment=line.assignment, group=line.group or command.plan, member=line.member, plan=command.plan
            )
            for line in command.assignments
        )
        return Happened((header, *lines), command.unit, command.effective, command.basis)
    assert isinstance(command, Decision)
    kind = BODIES[type(command)]
    body = kind(**{name: getattr(command, name) for name in kind.__struct_fields__})
    unit = command.granted_by if isinstance(command, ChangeMemberStatus) else getattr(command, "unit", None)
    assert unit is not None
    return Happened((body,), unit, command.effective, command.basis)


class _Writer:
    """Gives facts their place in the log: positions without a gap, times that rise."""

    def __init__(self, first_year: int) -> None:
        self._position = 0
        self._random = Random(first_year)  # noqa: S311 - the same at every run, on purpose
        self._actor = CLIENT.asker().actor()
        self._actor_json = msgspec.json.encode(self._actor).decode()
        self._recorded_ns = _ns(date(first_year, 1, 2))

    def happened(self, happened: Happened) -> Iterator[Row]:
        """The rows of one command's facts."""
        self._recorded_ns = max(self._recorded_ns, _ns(happened.day))
        command = uuid7_from_bits(self._recorded_ns // 1_000_000, self._random.getrandbits(80))
        seen, digest = self._position, self._digest()
        for index, body in enumerate(happened.bodies):
            fact: Fact[Any] = Fact(
                type=body.TYPE,
                id=derived(command, index),
                unit=happened.unit,
                effective=happened.day,
                actor=self._actor,
                client=CLIENT.name,
                source=Source.IMPORT,
                causation=command,
                basis=happened.basis,
                digest=digest,
                seen=seen,
                body=self._as_if_sealed(body),
            )
            yield self._row(boundary(body), fact.type, fact.id, stored(fact))

    def visit(self, visit: Visit) -> Row:
        """The row of a visit or of its correction."""
        household, member, unit = visit.whom
        purpose, _, _, noted = SAID[visit.said]
        kind = VisitRecorded.TYPE if visit.corrects is None else VisitCorrected.TYPE
        note = f',"note":"{self._sealed(NOTE)}"' if noted else ""
        data = (
            f'{{"type":"{kind}","id":"{visit.id}","unit":"{unit}","effective":"{visit.day}",'
            f'"instant":"{visit.instant}","actor":{self._actor_json},"performed_by":"{member}",'
            f'"client":"{CLIENT.name}","source":"phone","written_at":"{visit.written_at}",'
            f'"digest":"{self._digest()}","body":{{"visit":"{visit.corrects or visit.id}",'
            f'"household":"{household}","member":"{member}","purpose":"{purpose.value}"{ABOUT[visit.said]}{note}}}}}'
        ).encode()
        self._recorded_ns = max(self._recorded_ns, (visit.milliseconds + 75_600_000) * 1_000_000)
        return self._row(f"facts.visit.{household}", kind, UUID(visit.id), data)

    def _row(self, subject: str, kind: str, fact: UUID, data: bytes) -> Row:
        self._position += 1
        self._recorded_ns += 20_000
        headers = f"{TYPE_HEADER}: {kind}\r\n{ID_HEADER}: {fact}\r\n".encode()
        return self._position, self._recorded_ns, subject, kind, fact, headers, data, leaf_hash(data)

    def _as_if_sealed(self, body: Body) -> Body:
        texts = {field: getattr(body, field) for field in body.SEALED}
        sealed = {field: self._sealed(text) for field, text in texts.items() if text is not None}
        return msgspec.structs.replace(body, **sealed) if sealed else body

    def _sealed(self, text: str) -> str:
        """Of the length and form of a sealed text; nothing is in it."""
        return PREFIX + urlsafe_b64encode(self._random.randbytes(NONCE + len(text.encode()) + TAG)).decode()

    def _digest(self) -> str:
        """Of the length and form of the digest of a submitted item."""
        return urlsafe_b64encode(self._random.randbytes(16))[:22].decode()


def _ns(day: date) -> int:
    return int(datetime.combine(day, time(8), VIETNAM).timestamp()) * 1_000_000_000
