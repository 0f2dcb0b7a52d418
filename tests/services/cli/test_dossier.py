"""Dossiers and the verification of a rating, as the commands answer them."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from events.facts.evaluations import Subject, pool_id, rating_id
from events.identifiers import derived
from services.cli.verify import print_verification
from services.demo.identifiers import named
from tests.services.cli.command import Up, soho

CELL, PERSON, HOME = (str(named(f"test/dossier/{what}")) for what in ("cell", "person", "home"))
MET, DECIDED = "2026-06-03", "2026-06-20"
NOON = "T12:00:00+07:00"


@pytest.fixture(scope="module")
def rating(up: Up, commands: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A cell of its own in the tour's commune; its one member visited his household in March 2026 and in May, the
    second of which came only after he was rated for 2026."""
    commune = commands[1]["unit"]
    numbers = iter(range(1, 100))
    folder: Path = tmp_path_factory.mktemp("dossier")

    def command(what: str, **fields: object) -> dict[str, object]:
        when = {} if "instant" in fields or "effective" in fields else {"effective": "2026-02-01"}
        return {"type": what, "id": f"019b8bab-0000-7000-8003-{next(numbers):012}", **when, **fields}

    def load(*rows: dict[str, object]) -> None:
        file = folder / f"{rows[0]['id']}.ndjson"
        file.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
        loaded = soho(up.home, "load", str(file))
        assert loaded.returncode == 0, loaded.stdout + loaded.stderr

    def visit(day: str) -> dict[str, object]:
        return command("visit.record", instant=f"{day}{NOON}", household=HOME, member=PERSON)

    about: dict[str, object] = {"unit": CELL, "year": 2026, "effective": MET}
    held = command(
        "meeting.hold",
        instant=f"{MET}{NOON}",
        unit=CELL,
        attendance=[{"member": PERSON, "attendance": "present"}],
    )
    scores = [{"group": "common", "tenths": 250}, {"group": "task", "tenths": 550}]
    member = {"member": PERSON, **about, "level": "good", "scores": scores}
    load(
        command(
            "organisation.found_unit",
            unit=CELL,
            kind="cell",
            cell_kind="village",
            name="Chi bộ bản Minh chứng (ví dụ)",
            parent=commune,
        ),
        command("organisation.register_person", person=PERSON, unit=CELL, name="Đảng viên Chứng (tên giả)"),
        command("member.admit", person=PERSON, unit=CELL),
        command("household.register", household=HOME, unit=CELL, head="Chủ hộ Chứng (tên giả)"),
        command("assignment.assign_household", assignment=str(named("test/dossier/a")), household=HOME, member=PERSON),
        visit("2026-03-05"),
        held,
    )
    load(
        command("evaluation.open_round", **about, rulebook="366-hd43.v1"),
        command("evaluation.self_assess", **member),
        command("evaluation.comment", member=PERSON, **about, commenter="cell_committee"),
        command(
            "evaluation.count_ballots",
            **about,
            attendance=str(derived(UUID(str(held["id"])), 0)),
            papers=[{"member": PERSON, "returned": 1, "votes": {"good": 1}}],
        ),
        command("evaluation.propose", **about, proposals=[{"member": PERSON, "level": "good"}]),
    )
    decided = {"unit": CELL, "year": 2026, "effective": DECIDED}
    load(command("evaluation.appraise", **decided, appraisals=[{"member": PERSON, "level": "good", "scores": scores}]))
    load(command("evaluation.decide", **decided, ratings=[{"member": PERSON, "level": "good"}]))
    load(visit("2026-05-06"))
    return str(rating_id(pool_id(UUID(commune), 2026, Subject.MEMBER), UUID(PERSON)))


def test_a_dossier_is_printed_with_the_positions_of_its_facts(up: Up, rating: str) -> None:
    told = soho(up.home, "dossier", PERSON, "2026", "--json")
    assert told.returncode == 0, told.stderr
    found = msgspec.json.decode(told.stdout)
    made = found["dossier"]["visits"]["made"]
    assert (made["value"], len(made["positions"])) == (2, 2)
    shown = soho(up.home, "dossier", PERSON, "2026").stdout
    first = f"{made['positions'][0]:,}".replace(",", ".")
    for words in ("Đảng viên Chứng (tên giả)", "Chủ hộ Chứng (tên giả)", "Lần thăm", first, "dossier.v1"):
        assert words in shown
    assert "Hồ sơ không chấm điểm, không xếp loại." in shown


def test_a_figure_opens_to_its_facts(up: Up, rating: str) -> None:
    whole = msgspec.json.decode(soho(up.home, "dossier", PERSON, "2026", "--json").stdout)
    told = soho(up.home, "dossier", PERSON, "2026", "--figure", "visits.made", "--json")
    assert told.returncode == 0, told.stderr
    positions = [entry["position"] for entry in msgspec.json.decode(told.stdout)]
    assert positions == whole["dossier"]["visits"]["made"]["positions"]
    shown = soho(up.home, "dossier", PERSON, "2026", "--facts").stdout
    for words in (f"{positions[0]:,}".replace(",", "."), "05/03/2026"):
        assert words in shown
    unknown = soho(up.home, "dossier", PERSON, "2026", "--figure", "visits.many")
    assert unknown.returncode != 0


def test_a_unit_is_written_line_by_line_and_whole(up: Up, rating: str, tmp_path: Path) -> None:
    out = tmp_path / "dossiers.ndjson"
    written = soho(up.home, "dossier", "--unit", CELL, "2026", "--out", str(out))
    assert written.returncode == 0, written.stderr
    (line,) = [msgspec.json.decode(line) for line in out.read_bytes().splitlines()]
    assert line["member"] == {"id": PERSON, "name": "Đảng viên Chứng (tên giả)"}
    assert line["dossier"]["visits"]["made"]["value"] == 2
    assert list(tmp_path.iterdir()) == [out]
    nowhere = soho(up.home, "dossier", "--unit", CELL, "2026", "--out", str(tmp_path / "none" / "x"))
    assert (nowhere.returncode, "Không ghi được tệp" in nowhere.stderr) == (2, True)


@pytest.mark.parametrize("given", [("2026",), (PERSON, PERSON, "2026"), (PERSON, "2026", "--unit", CELL)])
def test_one_person_or_one_unit_with_a_file_is_asked_about(up: Up, given: tuple[str, ...]) -> None:
    refused = soho(up.home, "dossier", *given)
    assert refused.returncode == 2
    assert "Cần một đảng viên" in refused.stderr


def test_a_rating_is_verified_and_what_came_later_is_named(up: Up, rating: str) -> None:
    told = soho(up.home, "verify", "evaluation", rating)
    assert told.returncode == 0, told.stdout + told.stderr
    for words in (
        "Đảng viên Chứng (tên giả)",
        "Hoàn thành tốt nhiệm vụ",
        "sự việc như cũ, tính lại như cũ",
        "facts the same",
        "06/05/2026",
        "Lần thăm",
    ):
        assert words in told.stdout
    unknown = soho(up.home, "verify", "evaluation", CELL)
    assert unknown.returncode == 2


def test_what_was_erased_since_a_decision_is_told_by_field(capsys: pytest.CaptureFixture[str]) -> None:
    note = {"field": "note", "of": "household", "count": 3, "owners": 1}
    text = {"field": "text", "of": "grievance", "count": 2, "owners": 2}
    decision = {
        "effective": "2026-12-15",
        "position": 1234,
        "level": "good",
        "verdict": "same",
        "evidence": {"position": 1230, "builder": "dossier.v1"},
        "rules": {"rulebook": "366-hd43.v1"},
        "erased": 1,
        "fields_erased": [text, note],
    }
    found = {"member": {"id": PERSON, "name": "Đảng viên Chứng"}, "year": 2026, "later": [], "changes": []}
    print_verification(found | {"decisions": [decision, decision | {"erased": 0, "fields_erased": []}]})
    told = capsys.readouterr().out
    for words in (
        "sự việc như cũ, tính lại như cũ; 1 vụ việc đã được rút khỏi hồ sơ; 2 trường nội dung của 2 vụ việc đã xóa sau "
        "đó; 3 trường ghi chú của 1 hộ đã xóa sau đó",
        "5 fields erased since, text: 2 of 2 cases, note: 3 of 1 household, 1 case told of no more",
        "facts the same; 0 fields erased since;",
    ):
        assert words in told
