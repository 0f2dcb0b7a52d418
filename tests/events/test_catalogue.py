"""How facts are stored, to the byte, and how old forms are read."""

from __future__ import annotations

import random
from datetime import date, datetime
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec
import pytest

from events.calendar import VIETNAM
from events.catalogue import AREAS, BODIES, UnknownType, boundary, decode, stored, subject
from events.envelope import Fact
from events.facts.assignments import EndingReason
from events.facts.organisation import UnitFounded, UnitKind
from events.facts.values import Actor, Attachment, Basis, Body, Source
from events.facts.visits import Outcome, Purpose, VisitRecorded, VisitRecordedV1, VisitTopic
from events.upcasting import UPCASTERS

ID = UUID("01920000-0000-7000-8000-000000000001")
UNIT = UUID("01920000-0000-7000-8000-000000000002")
PERSON = UUID("01920000-0000-7000-8000-000000000003")
HOUSEHOLD = UUID("01920000-0000-7000-8000-000000000004")
NOON = datetime(2018, 3, 5, 12, tzinfo=VIETNAM)

VISIT_V1 = (
    b'{"type":"visit.visit_recorded.v1","id":"01920000-0000-7000-8000-000000000001",'
    b'"unit":"01920000-0000-7000-8000-000000000002","effective":"2018-03-05","instant":"2018-03-05T12:00:00+07:00",'
    b'"actor":{"role":"member","unit":"01920000-0000-7000-8000-000000000002",'
    b'"person":"01920000-0000-7000-8000-000000000003"},"client":"phone","source":"phone",'
    b'"digest":"d","body":{"visit":"01920000-0000-7000-8000-000000000001",'
    b'"household":"01920000-0000-7000-8000-000000000004","member":"01920000-0000-7000-8000-000000000003",'
    b'"purpose":"regular","topics":["policy"],"outcome":"informed","note":"s1:AAAA"}}'
)
VISIT_V2 = VISIT_V1.replace(b"visit_recorded.v1", b"visit_recorded.v2").replace(
    b'"outcome":"informed"', b'"outcomes":["informed"]'
)
"""The same visit as it would be written today: written down here, never generated."""

FOUNDED = (
    b'{"type":"organisation.unit_founded.v1","id":"01920000-0000-7000-8000-000000000001",'
    b'"unit":"01920000-0000-7000-8000-000000000002","effective":"2018-01-01",'
    b'"actor":{"role":"system","unit":"01920000-0000-7000-8000-000000000002"},"client":"import","source":"import",'
    b'"causation":"01920000-0000-7000-8000-000000000003","basis":{"number":"01-Q\xc4\x90/TU",'
    b'"issued_on":"2017-12-31"},"attachments":[{"sha256":"'
    + b"0"
    * 64
    + b'","media_type":"application/pdf","pages":2}],"digest":"d","seen":7,'
    b'"body":{"unit":"01920000-0000-7000-8000-000000000002","kind":"province","name":"T\xe1\xbb\x89nh th\xe1\xbb\xad"}}'
)


def visit(body: Body) -> Fact[Any]:
    return Fact(
        type=body.TYPE,
        id=ID,
        unit=UNIT,
        effective=date(2018, 3, 5),
        instant=NOON,
        actor=Actor(role="member", unit=UNIT, person=PERSON),
        client="phone",
        source=Source.PHONE,
        digest="d",
        body=body,
    )


def test_a_visit_is_stored_in_exactly_these_bytes() -> None:
    body = VisitRecorded(
        visit=ID,
        household=HOUSEHOLD,
        member=PERSON,
        purpose=Purpose.REGULAR,
        topics=(VisitTopic.POLICY,),
        outcomes=(Outcome.INFORMED,),
        note="s1:AAAA",
    )
    assert stored(visit(body)) == VISIT_V2


def test_a_founding_is_stored_in_exactly_these_bytes() -> None:
    fact = Fact(
        type=UnitFounded.TYPE,
        id=ID,
        unit=UNIT,
        effective=date(2018, 1, 1),
        actor=Actor(role="system", unit=UNIT),
        client="import",
        source=Source.IMPORT,
        causation=PERSON,
        basis=Basis(number="01-QĐ/TU", issued_on=date(2017, 12, 31)),
        attachments=(Attachment(sha256="0" * 64, media_type="application/pdf", pages=2),),
        digest="d",
        seen=7,
        body=UnitFounded(unit=UNIT, kind=UnitKind.PROVINCE, name="Tỉnh thử"),
    )
    assert stored(fact) == FOUNDED
    assert decode(UnitFounded.TYPE, FOUNDED) == fact


def test_a_visit_of_the_first_form_is_read_as_one_of_the_newest() -> None:
    kept = bytes(VISIT_V1)
    assert decode(VisitRecordedV1.TYPE, VISIT_V1) == decode(VisitRecorded.TYPE, VISIT_V2)
    assert kept == VISIT_V1


def test_a_first_form_without_an_outcome_has_none_in_the_newest() -> None:
    fact = decode(VisitRecordedV1.TYPE, VISIT_V1.replace(b'"outcome":"informed",', b""))
    assert (fact.type, fact.body.outcomes) == (VisitRecorded.TYPE, ())


def test_the_bytes_of_the_first_form_are_still_those() -> None:
    """Proofs were made over them: the old form stays readable and writable to the byte."""
    old = msgspec.json.decode(VISIT_V1, type=Fact[VisitRecordedV1])
    assert stored(old) == VISIT_V1


def test_every_step_of_upcasting_leads_to_a_known_newer_form() -> None:
    for old, step in UPCASTERS.items():
        new = step(example(old, random.Random(1)))
        assert type(new) in BODIES.values()
        area, version = _area_and_version(old)
        assert (area, version + 1) == _area_and_version(new)
        assert boundary(new) == boundary(example(old, random.Random(1)))


def test_a_type_of_a_newer_version_is_not_guessed_at() -> None:
    with pytest.raises(UnknownType, match=r"visit_recorded\.v9"):
        decode("visit.visit_recorded.v9", VISIT_V2)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: data.replace(b'"digest":"d"', b'"digest":"d","colour":"red"'),
        lambda data: data.replace(b'"purpose":"regular"', b'"purpose":"regular","religion":"x"'),
        lambda data: data.replace(b"regular", b"unheard"),
    ],
)
def test_what_does_not_have_the_form_is_not_read(damage: Any) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode(VisitRecorded.TYPE, damage(VISIT_V2))


def _area_and_version(body: Body | type[Body]) -> tuple[str, int]:
    area, version = body.TYPE.rsplit(".v", 1)
    return area, int(version)


EXAMPLES = [(body, seed) for body in BODIES.values() for seed in range(3)]


@pytest.mark.parametrize(("body_type", "seed"), EXAMPLES, ids=[f"{body.TYPE}-{seed}" for body, seed in EXAMPLES])
def test_every_type_is_read_as_it_was_stored_with_its_fields_in_order(body_type: type[Body], seed: int) -> None:
    fact = visit(example(body_type, random.Random(seed)))
    data = stored(fact)
    assert b" " not in data.replace(b"a text", b"")
    if body_type not in UPCASTERS:
        assert decode(body_type.TYPE, data) == fact
        assert stored(decode(body_type.TYPE, data)) == data
    written = msgspec.json.decode(data)
    assert list(written) == [name for name in Fact.__struct_fields__ if name in written]
    assert list(written["body"]) == [name for name in body_type.__struct_fields__ if name in written["body"]]
    required = {field.name for field in msgspec.structs.fields(body_type) if field.required}
    assert required <= set(written["body"])


def test_no_fact_holds_a_float() -> None:
    """A float has more than one way to be written, and proofs are made over the bytes."""
    for body in BODIES.values():
        for hint in get_type_hints(body).values():
            assert "float" not in str(hint), body


def test_every_fact_belongs_to_a_boundary_by_one_of_its_own_ids() -> None:
    for body in BODIES.values():
        area, field = body.BOUNDARY
        assert get_type_hints(body)[field] is UUID
        found = example(body, random.Random(1))
        assert boundary(found) == subject(area, getattr(found, field)) == f"facts.{area}.{getattr(found, field)}"


def test_types_are_named_once_and_by_area_and_version() -> None:
    assert len(BODIES) == sum(len(area.FACTS) for area in AREAS)
    for name in BODIES:
        area, _, version = name.split(".")
        assert version[0] == "v"
        assert int(version[1:]) >= 1
        assert area.isalpha()
    assert {body.BOUNDARY[0] for body in BODIES.values() if body.REPORT} == {
        "visit",
        "meeting",
        "grievance",
        "evaluation",
    }


MONTH = "^[0-9]{4}-(0[1-9]|1[0-2])$"
FITTING = {"^[0-9a-f]{64}$": "0f" * 32, "^[a-z0-9_]+$": "a_name", MONTH: "2026-10"}
"""Pattern → a text that fits it."""


def example(body_type: type[Body], dice: random.Random) -> Body:
    """A body of the type: what must be there, and by the dice what may."""
    return _example(body_type, dice)


def _example(body_type: type[Any], dice: random.Random) -> Any:
    values = {}
    hints = get_type_hints(body_type, include_extras=True)
    for field in msgspec.structs.fields(body_type):
        if field.required or dice.random() < 0.5:
            values[field.name] = _value(hints[field.name], dice)
    return body_type(**values)


def _value(hint: Any, dice: random.Random) -> Any:
    if get_origin(hint) is Annotated:
        metas = [meta for meta in get_args(hint)[1:] if isinstance(meta, msgspec.Meta)]
        least = next((meta.ge for meta in metas if meta.ge is not None), None)
        if least is not None:
            return least
        pattern = next((meta.pattern for meta in metas if meta.pattern is not None), None)
        if pattern is not None:
            return FITTING[pattern]
        length = next((meta.min_length for meta in metas if meta.min_length is not None), 1)
        value = _value(get_args(hint)[0], dice)
        return value * length if isinstance(value, tuple) else value
    if get_origin(hint) in (Union, UnionType):
        return _value(next(part for part in get_args(hint) if part is not type(None)), dice)
    if get_origin(hint) is tuple:
        return (_value(get_args(hint)[0], dice),)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return dice.choice(list(hint))
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return _example(hint, dice)
    made: dict[Any, Any] = {
        UUID: UUID(int=dice.getrandbits(128)),
        str: "a text",
        bool: True,
        date: date(2018, 1, 31),
    }
    return made[hint]


def test_the_dice_know_every_kind_of_value() -> None:
    assert _value(EndingReason | None, random.Random(1)) in EndingReason
