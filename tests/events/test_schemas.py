"""What is said of the facts to others, and that a released fact never changes."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from jsonschema import Draft202012Validator

from events.calendar import VIETNAM
from events.catalogue import BODIES, stored
from events.envelope import Fact
from events.facts.values import Actor, Basis, Source
from events.facts.visits import Outcome, Purpose, VisitRecorded, VisitTopic
from events.schemas import RELEASED, Changed, asyncapi, json_schemas, release, released, shape
from events.upcasting import UPCASTERS

VISIT = "visit.visit_recorded.v2"


def a_visit() -> dict[str, Any]:
    """A visit as it is stored, read as JSON."""
    unit = uuid4()
    body = VisitRecorded(
        visit=uuid4(),
        household=uuid4(),
        member=uuid4(),
        purpose=Purpose.REGULAR,
        topics=(VisitTopic.LIVELIHOOD,),
        outcomes=(Outcome.INFORMED,),
        note="s1:AAAA",
    )
    fact = Fact(
        type=VISIT,
        id=uuid4(),
        unit=unit,
        effective=date(2018, 3, 5),
        instant=datetime(2018, 3, 5, 8, tzinfo=VIETNAM),
        actor=Actor(role="member", unit=unit, person=body.member),
        client="phone",
        source=Source.PHONE,
        basis=Basis(number="01-NQ/CB"),
        digest="d",
        body=body,
    )
    found: dict[str, Any] = msgspec.json.decode(stored(fact))
    return found


@pytest.mark.parametrize("name", sorted(BODIES))
def test_every_schema_is_a_schema(name: str) -> None:
    schema = json_schemas()[name]
    Draft202012Validator.check_schema(schema)
    assert schema["properties"]["type"] == {"const": name}
    assert schema["additionalProperties"] is False


def test_a_stored_fact_fits_its_schema_and_something_else_does_not() -> None:
    validator = Draft202012Validator(json_schemas()[VISIT])
    visit = a_visit()
    validator.validate(visit)
    for wrong in (
        visit | {"type": "visit.visit_recorded.v1"},
        visit | {"more": 1},
        visit | {"body": visit["body"] | {"purpose": "whim"}},
        {name: value for name, value in visit.items() if name != "actor"},
    ):
        assert not validator.is_valid(wrong)


def test_the_schemas_of_released_facts_are_those_that_were_released() -> None:
    now = json_schemas()
    kept = released(RELEASED)
    assert set(kept) == set(now), "python -m events.schemas keeps the schema of a new type"
    for name, schema in kept.items():
        if shape(now[name]) != shape(schema):
            raise Changed(name)


def test_a_released_fact_that_changed_is_refused_and_nothing_is_kept(tmp_path: Path) -> None:
    assert release(tmp_path) == sorted(BODIES)
    assert release(tmp_path) == []
    kept = tmp_path / f"{VISIT}.json"
    schema = msgspec.json.decode(kept.read_bytes())
    del schema["$defs"]["VisitRecorded"]["properties"]["note"]
    kept.write_bytes(msgspec.json.encode(schema))
    (tmp_path / "household.left_poverty.v1.json").unlink()
    with pytest.raises(Changed, match=r"visit\.visit_recorded\.v2 .* new version of its type, and add an upcaster"):
        release(tmp_path)
    assert not (tmp_path / "household.left_poverty.v1.json").exists()


def test_other_words_are_no_change_and_another_order_of_fields_is_one() -> None:
    schema = json_schemas()[VISIT]
    assert shape(schema | {"description": "said otherwise"}) == shape(schema)
    properties = dict(reversed(schema["properties"].items()))
    assert shape(schema | {"properties": properties}) != shape(schema)


def test_the_description_of_the_log_has_every_fact_that_is_written_where_it_stands() -> None:
    document = asyncapi()
    written = {name: body for name, body in BODIES.items() if body not in UPCASTERS}
    assert set(document["components"]["messages"]) == set(written)
    for name, body in written.items():
        area, _ = body.BOUNDARY
        assert name in document["channels"][area]["messages"]
        assert document["channels"][area]["address"] == f"facts.{area}.{{key}}"
    for operation in document["operations"].values():
        assert resolved(document, operation["channel"]["$ref"])


def test_every_reference_in_the_description_of_the_log_leads_somewhere() -> None:
    document = asyncapi()
    references = re.findall(r'"\$ref":"([^"]*)"', msgspec.json.encode(document).decode())
    assert len(references) > len(BODIES)
    assert all(resolved(document, reference) for reference in references)


def resolved(document: Any, reference: str) -> Any:
    for step in reference.removeprefix("#/").split("/"):
        document = document[step]
    return document
