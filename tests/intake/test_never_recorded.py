"""What is refused by design: which names give it away, what its sender is told, and that nothing of it is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

import asyncpg
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.catalogue import BODIES
from events.envelope import Fact
from services import texts
from services.decisions.asking import Role
from services.decisions.catalogue import COMMANDS
from services.decisions.outcome import Refused
from services.intake.never_recorded import Category, named, vocabulary
from services.intake.reading import command as read
from tests.installation import Installation
from tests.intake.sending import encoded, has_lasting_refusal, phone, recorded, send, visit
from tests.intake.test_secrecy import files_with, marker
from tests.services.http.world import World

SPELLINGS = {
    "religion": Category.RELIGION,
    "householdReligion": Category.RELIGION,
    "tôn giáo": Category.RELIGION,
    "to\u0302n gia\u0301o": Category.RELIGION,
    "ton_giao": Category.RELIGION,
    "TonGiao": Category.RELIGION,
    "tongiao": Category.RELIGION,
    "ma-ton-giao": Category.RELIGION,
    "ethnicity": Category.ETHNICITY,
    "dân tộc": Category.ETHNICITY,
    "DAN_TOC": Category.ETHNICITY,
    "political_attitude": Category.POLITICAL_VIEW,
    "quanDiemChinhTri": Category.POLITICAL_VIEW,
    "thái độ": Category.POLITICAL_VIEW,
    "security_problem": Category.SECURITY_LABEL,
    "vấn đề ANTT": Category.SECURITY_LABEL,
    "hộ có vấn đề về an ninh": Category.SECURITY_LABEL,
    "compliance": Category.HOUSEHOLD_COMPLIANCE,
    "ý thức chấp hành": Category.HOUSEHOLD_COMPLIANCE,
    "loyalty": Category.LOYALTY_OR_RISK,
    "risk_score": Category.LOYALTY_OR_RISK,
    "điểm hộ": Category.LOYALTY_OR_RISK,
    "health": Category.HEALTH_DETAIL,
    "sức khỏe": Category.HEALTH_DETAIL,
    "sức khoẻ": Category.HEALTH_DETAIL,
    "HIVStatus": Category.HEALTH_DETAIL,
    "idCardPhoto": Category.IDENTITY_CARD_IMAGE,
    "ảnh CCCD": Category.IDENTITY_CARD_IMAGE,
    "fingerprints": Category.IDENTITY_CARD_IMAGE,
    "gps": Category.LOCATION_TRACK,
    "GPSTrack": Category.LOCATION_TRACK,
    "toạ độ": Category.LOCATION_TRACK,
    "latitude": Category.LOCATION_TRACK,
    "ｌａｔｉｔｕｄｅ": Category.LOCATION_TRACK,
}

OTHERS = (
    "colour",
    "note",
    "relation",
    "lanh_dao",
    "chi_dao",
    "dan",
    "toc",
    "trace",
    "platform",
    "georgia",
    "",
    "__",
    "7",
)


@pytest.mark.parametrize(("name", "category"), SPELLINGS.items())
def test_a_name_is_known_however_it_is_written(name: str, category: Category) -> None:
    found = named(name)
    assert found is not None
    assert found.category is category


@pytest.mark.parametrize("name", OTHERS)
def test_other_names_are_no_affair_of_the_vocabulary(name: str) -> None:
    assert named(name) is None


def test_every_category_says_why_by_which_law_and_has_names_in_both_languages() -> None:
    entries = vocabulary().categories
    assert [entry.category for entry in entries] == list(Category)
    for entry in entries:
        assert entry.why
        assert entry.certainty
        assert "91/2025/QH15" in entry.law
        assert set(entry.names) == {"vi", "en"}
        for names in entry.names.values():
            for name in names:
                found = named(name)
                assert found is not None
                assert found.category is entry.category, f"{name} is also a name of {found.category}"


def structures(hint: Any, seen: set[Any]) -> Iterator[type[msgspec.Struct]]:
    """A type and all that its fields are made of."""
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct) and hint not in seen:
        seen.add(hint)
        yield hint
        for part in get_type_hints(hint, include_extras=True).values():
            yield from structures(part, seen)
    for part in get_args(hint):
        yield from structures(part, seen)


OURS = [
    kind
    for known in (set(),)
    for root in (Fact, *BODIES.values(), *COMMANDS.values())
    for kind in structures(root, known)
]


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.__name__)
def test_no_field_of_ours_has_such_a_name_and_none_may_be_added_by_whoever_sends_it(kind: type[msgspec.Struct]) -> None:
    for name in kind.__struct_fields__:
        assert named(name) is None, f"{kind.__name__}.{name}"
    assert kind.__struct_config__.forbid_unknown_fields
    hints = get_type_hints(kind).values()
    assert not any(part is dict for hint in hints for part in (hint, *get_args(hint))), "a dictionary takes any name"


async def test_no_column_has_such_a_name(installation: Installation) -> None:
    connection = await asyncpg.connect(installation.endpoints.admin_url)
    rows = await connection.fetch(
        "SELECT table_schema, table_name, column_name FROM information_schema.columns "
        "WHERE table_schema NOT IN ('pg_catalog', 'information_schema')"
    )
    await connection.close()
    assert len(rows) > 200
    assert [tuple(row) for row in rows if named(row["column_name"])] == []


NESTINGS = (
    lambda name: {name: "x"},
    lambda name: {"basis": {"number": "1", name: None}},
    lambda name: {"topics": ["policy", {name: {}}]},
    lambda name: {"colour": "red", "note": 7, name: []},
    lambda name: {"type": "household.imagine", name: 1},
    lambda name: {"instant": "yesterday", "detail": [[{"more": {name: 1}}]]},
)


def refusal(item: bytes) -> Refused:
    with pytest.raises(Refused) as refused:
        read(item)
    return refused.value


@given(st.sampled_from(sorted(SPELLINGS)), st.sampled_from(NESTINGS), st.booleans())
def test_it_is_found_at_any_depth_whatever_else_is_wrong(name: str, nest: Any, escaped: bool) -> None:
    item = {"type": "visit.record"} | nest(name)
    refused = refusal(json.dumps(item, ensure_ascii=escaped).encode())
    assert (refused.code, refused.parameters["category"]) == ("never_recorded", SPELLINGS[name].value)


@pytest.mark.parametrize(
    "item",
    [
        b'{"type":"visit.record","note":"\\ud800","religion":1}',
        b'{"type":"visit.record","note":"\xff","religion":1}',
        b'{"religion":1',
        b'[{"religion":1}]',
        b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b',"religion":1}',
    ],
)
def test_it_is_found_in_what_is_no_command_at_all(item: bytes) -> None:
    assert refusal(item).code == "never_recorded"


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (b'{"type":"visit.record","note":"religion","colour":"religion"}', "unknown_field"),
        (b'{"type":"visit.record","colour":"\\"religion\\":"}', "unknown_field"),
        (b'{"type":"visit.record","colour":["religion"]}', "unknown_field"),
        (b'{"type":"religion"}', "unknown_type"),
        (b'"religion"', "not_an_object"),
    ],
)
def test_a_value_is_no_field(item: bytes, code: str) -> None:
    assert refusal(item).code == code


def test_the_refusal_says_what_by_which_law_and_quotes_nothing_that_was_sent() -> None:
    refused = refusal(b'{"type":"visit.record","ton_giao_cua_ong_Zzyzx":"x"}')
    law = "Luật 91/2025/QH15, Điều 3; NĐ 356/2025/NĐ-CP, Điều 4"
    assert refused.parameters == {"field": "tôn giáo", "category": "religion", "law": law}
    for language, category in (("vi", "tôn giáo, tín ngưỡng"), ("en", "religion or belief")):
        said = texts.detail(refused.code, refused.parameters, language)
        assert category in said
        assert law in said


async def test_nothing_of_it_is_kept_in_any_table_or_log(world: World, installation: Installation) -> None:
    word = marker()
    bad = visit(world, note=word) | {"religion": word}
    named_so = visit(world, note=word) | {f"dân tộc {word}": word}
    good = visit(world, note="Nhà mới lợp lại mái")
    sender = phone(world)
    async with world.client(sender) as client:
        first, second, third = await send(client, bad, named_so, good)
        assert (first["problem"]["code"], third["outcome"]) == ("never_recorded", "recorded")
        assert first["problem"]["type"] == "urn:soho:problem:never_recorded"
        assert first["problem"]["status"] == 422
        assert second["problem"]["parameters"]["category"] == "ethnicity"
        alone = await client.post("/v1/commands", content=encoded(bad))
        assert (alone.status_code, alone.json()["code"]) == (422, "never_recorded")
        assert word not in alone.text + str(first) + str(second)
    await has_lasting_refusal(world, sender, bad["id"], "never_recorded")
    assert good["id"] in map(str, await recorded(installation, bad["id"], named_so["id"], good["id"]))
    connection = await asyncpg.connect(installation.endpoints.admin_url)
    await connection.execute("CHECKPOINT")
    await connection.close()
    home = installation.endpoints.home
    programs = Path(installation.environment["SOHO_MASTER_KEY_FILE"]).parent
    assert files_with(home.path / "postgres", "never_recorded"), "the refusal is kept: the search works"
    for folder in (home.path / "nats", home.path / "postgres", home.logs, programs):
        assert files_with(folder, word) == []


async def test_an_office_is_told_the_same(world: World) -> None:
    async with world.client(world.asker(Role.COMMUNE_OFFICE, world.here)) as client:
        response = await client.post("/v1/commands", json={"type": "household.register", "vi_tri": [1, 2]})
    assert response.json()["parameters"]["category"] == "location_track"
