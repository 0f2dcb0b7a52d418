"""Households of a province as rows of an archive, whose heads are sealed with real keys and called as people are.

How often each family name occurs is a made-up mixture near what is usually said of Viet Nam; every name is made up of
parts drawn at random.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from events.calendar import VIETNAM
from events.catalogue import boundary, stored
from events.envelope import Fact
from events.facts.households import HouseholdRegistered
from events.facts.organisation import UnitFounded
from events.facts.values import Actor, Body, Source
from events.sealing import seal_body
from projections.archive.follower import leaf_hash
from services.demo.identifiers import uuid7_from_bits
from services.demo.kon_tum import generate
from services.demo.kon_tum.province import FOUNDED, REGISTERED
from services.demo.kon_tum.shape import PROVINCE, household_id
from services.vault.master import SIZE, MasterKey
from tests.benchmarks.history import Row

HOUSEHOLDS = 140_156
"""Of the province at scale 1."""

FAMILIES: Mapping[str, int] = {
    "Nguyễn": 38,
    "Trần": 11,
    "Lê": 9,
    "Phạm": 7,
    "Hoàng": 5,
    "Vũ": 4,
    "Đặng": 3,
    "Bùi": 3,
    "Đỗ": 2,
    "Hồ": 2,
    "Ngô": 2,
    "Dương": 1,
    "Lý": 1,
    "Đinh": 1,
    "Y": 4,
    "A": 4,
    "Lò": 2,
    "Vừ": 1,
}
MIDDLES = ("Văn", "Thị", "Hữu", "Đức", "Ngọc", "Thanh", "Minh", "Xuân", "Quang", "Thu", "Mạnh", "Hồng")
# fmt: off
GIVEN = (
    "An", "Ánh", "Bình", "Bưởi", "Cường", "Châu", "Dũng", "Dung", "Đào", "Đạt", "Giang", "Hà", "Hải", "Hạnh", "Hiền",
    "Hòa", "Hùng", "Huệ", "Hương", "Khánh", "Kiên", "Lan", "Liên", "Linh", "Loan", "Long", "Lợi", "Mai", "Nam",
    "Nga", "Nhung", "Oanh", "Phong", "Phúc", "Phương", "Quân", "Quý", "Quyên", "Sáng", "Sơn", "Tâm", "Thành", "Thảo",
    "Thắng", "Thủy", "Tiến", "Toàn", "Trang", "Trung", "Tú", "Tuấn", "Tuyết", "Vân", "Việt", "Vinh", "Xuyến", "Yến",
)
# fmt: on
RARE = "Thoảng"
"""One of 20,000 is called so."""


class Home(NamedTuple):
    """A household, its key, and what is sealed with it."""

    household: UUID
    unit: UUID
    head: str
    secret: bytes


def homes(count: int) -> Iterator[Home]:
    """About so many households, cell by cell."""
    province = generate(count / HOUSEHOLDS)
    chance = Random(count)
    families, weights = list(FAMILIES), list(FAMILIES.values())
    for cell in province.villages():
        for number in range(cell.first_household, cell.first_household + cell.households):
            (family,) = chance.choices(families, weights)
            middles = " ".join(chance.sample(MIDDLES, chance.choice((1, 1, 1, 2))))
            given = RARE if chance.random() < 1 / 20_000 else chance.choice(GIVEN)
            head = f"{family} {middles} {given}"
            yield Home(household_id(number), cell.id, head, os.urandom(SIZE))


def rows(count: int, registered: list[Home]) -> Iterator[Row]:
    """The units of a province of so many households, and these households."""
    position = 0
    province = generate(count / HOUSEHOLDS)
    for _, commands in province.phases()[:4]:
        for command in commands():
            position += 1
            body = UnitFounded(**{name: getattr(command, name) for name in UnitFounded.__struct_fields__})
            yield _row(body, body.unit, FOUNDED, position)
    for home in registered:
        position += 1
        key = AESGCM(home.secret)
        told = HouseholdRegistered(
            household=home.household, unit=home.unit, head=home.head, address="Thôn giữa", persons=4
        )
        yield _row(seal_body(told, lambda _, key=key: key), home.unit, REGISTERED, position)  # type: ignore[misc]


def keys(registered: list[Home], master: MasterKey) -> Iterator[tuple[UUID, bytes, str]]:
    """Rows of vault.key: owner, wrapped, master."""
    return ((home.household, master.wrap(home.secret, home.household.bytes), master.id) for home in registered)


def _row(body: Body, unit: UUID, day: date, position: int) -> Row:
    milliseconds = int(datetime.combine(day, time(8), VIETNAM).timestamp() * 1000) + position
    fact: Fact[Any] = Fact(
        type=body.TYPE,
        id=uuid7_from_bits(milliseconds, position),
        unit=unit,
        effective=day,
        actor=Actor(role="system", unit=PROVINCE),
        client="bench",
        source=Source.IMPORT,
        digest="AAAAAAAAAAAAAAAAAAAAAA",
        body=body,
    )
    data = stored(fact)
    return position, milliseconds * 1_000_000, boundary(body), body.TYPE, fact.id, b"", data, leaf_hash(data)
