"""The questions about responsibility and what needs attention, as the commands answer them."""

import msgspec
import pytest

from services.demo.identifiers import named
from tests.services.cli.command import Up, soho

GROUP = str(named("test/answers/group"))
GROUPED = str(named("test/answers/grouped"))
LONE = str(named("test/answers/lone"))
NEWCOMER = str(named("test/answers/newcomer"))
BESIDE = str(named("test/answers/cell"))
MANY = 501
"""More households than one page holds."""


def answered(up: Up, *command: str) -> dict[str, object]:
    told = soho(up.home, *command, "--json")
    assert told.returncode == 0, told.stderr
    found: dict[str, object] = msgspec.json.decode(told.stdout)
    return found


def ids(lines: object, key: str) -> list[str]:
    assert isinstance(lines, list)
    return [line[key]["id"] for line in lines]


@pytest.fixture(scope="module")
def cell(up: Up, commands: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A cell of its own in the tour's commune: one member with a household and a group of one, then exempt; and many
    households with nobody."""
    numbers = iter(range(1, 10_000))

    def command(what: str, effective: str, **more: object) -> dict[str, object]:
        return {"type": what, "id": f"019b8bab-0000-7000-8001-{next(numbers):012}", "effective": effective, **more}

    def household(key: str, head: str) -> dict[str, object]:
        return command("household.register", "2026-02-01", household=key, unit=BESIDE, head=head)

    def assign(key: str, target: str) -> dict[str, object]:
        assignment = str(named(f"test/answers/assign/{key}"))
        given = {key: target, "assignment": assignment, "member": NEWCOMER}
        return command(f"assignment.assign_{key}", "2026-02-10", **given)

    rows = [
        command(
            "organisation.found_unit",
            "2026-02-01",
            unit=BESIDE,
            kind="cell",
            cell_kind="village",
            name="Chi bộ bản Hai (ví dụ)",
            parent=commands[1]["unit"],
        ),
        command(
            "organisation.register_person", "2026-02-01", person=NEWCOMER, unit=BESIDE, name="Đảng viên [/Ba] (tên giả)"
        ),
        command("member.admit", "2026-02-01", person=NEWCOMER, unit=BESIDE),
        household(LONE, "Chủ hộ Lẻ (tên giả)"),
        household(GROUPED, "Chủ hộ Nhóm (tên giả)"),
        command("group.form", "2026-02-01", group=GROUP, unit=BESIDE, name="Nhóm Một (ví dụ)", households=[GROUPED]),
        assign("household", LONE),
        assign("group", GROUP),
        command("member.change_status", "2026-03-10", person=NEWCOMER, status="exempt", basis={"number": "04-QĐ"}),
        *(household(str(named(f"test/answers/many/{number}")), "Chủ hộ (tên giả)") for number in range(MANY)),
    ]
    file = tmp_path_factory.mktemp("answers") / "rows.ndjson"
    file.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
    loaded = soho(up.home, "load", str(file))
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    return BESIDE


def test_who_is_responsible_directly_and_through_a_group(up: Up, cell: str) -> None:
    direct = answered(up, "responsible", LONE, "--as-of", "2026-02-28")["responsible"]
    through = answered(up, "responsible", GROUPED, "--as-of", "2026-02-28")["responsible"]
    assert ids(direct, "member") == ids(through, "member") == [NEWCOMER]
    assert ids(through, "through") == [GROUP]

    table = soho(up.home, "responsible", GROUPED, "--as-of", "2026-02-28").stdout
    for shown in ("Đảng viên [/Ba] (tên giả)", "Nhóm Một (ví dụ)", "10/02/2026", "28/02/2026", "Từ ngày"):
        assert shown in table


def test_who_became_exempt_is_marked_among_those_responsible(up: Up, cell: str) -> None:
    (one,) = answered(up, "responsible", LONE, "--as-of", "2026-03-10")["responsible"]
    assert (one["member"]["id"], one["doubts"]) == (NEWCOMER, ["exempt"])
    marked, before = (soho(up.home, "responsible", LONE, "--as-of", f"2026-03-{day}").stdout for day in ("10", "09"))
    assert "Đảng viên được miễn" in marked
    assert "Member is exempt" in marked
    assert "miễn" not in before


def test_nobody_is_responsible_on_an_earlier_day_or_as_known_earlier(
    up: Up, cell: str, commands: list[dict[str, str]]
) -> None:
    assert answered(up, "responsible", LONE, "--as-of", "2026-02-05")["responsible"] == []
    assert "Nobody" in soho(up.home, "responsible", LONE, "--as-of", "2026-02-05").stdout
    first = commands[7]["household"]
    assert answered(up, "responsible", first, "--as-of", "2026-02-05", "--known-at", "10")["responsible"] == []


def test_a_members_households_and_groups(up: Up, cell: str) -> None:
    found = answered(up, "member", NEWCOMER, "--as-of", "2026-02-28")
    assert sorted(ids(found["assignments"], "target")) == sorted([LONE, GROUP])

    table = soho(up.home, "member", NEWCOMER, "--as-of", "2026-03-31").stdout
    for shown in ("Đảng viên [/Ba] (tên giả)", "Được miễn", "10/03/2026", "Chủ hộ Lẻ", "Chủ hộ Nhóm", "Nhóm Một"):
        assert shown in table
    assert "Responsible for no household" in soho(up.home, "member", NEWCOMER, "--as-of", "2026-02-05").stdout


@pytest.mark.parametrize(
    ("what", "subject", "first", "second", "shown"),
    [
        ("household", LONE, "2026-02-09", "2026-02-10", "Đảng viên [/Ba] (tên giả)"),
        ("member", NEWCOMER, "2026-02-09", "2026-02-10", "Chủ hộ Lẻ (tên giả)"),
        ("unit", BESIDE, "2026-01-31", "2026-02-01", "Chi bộ bản Hai (ví dụ)"),
    ],
)
def test_the_difference_between_two_days_is_told_in_words(
    up: Up, cell: str, what: str, subject: str, first: str, second: str, shown: str
) -> None:
    found = answered(up, "changes", what, subject, "--from", first, "--to", second)["changes"]
    assert isinstance(found, list)
    assert {change["day"] for change in found} == {second}
    assert any(shown in change["sentence"] for change in found)

    table = soho(up.home, "changes", what, subject, "--from", first, "--to", second).stdout
    assert f"{second[8:]}/{second[5:7]}/2026" in table
    assert "Nội dung" in table
    assert "Nothing changed" in soho(up.home, "changes", what, subject, "--from", second, "--to", second).stdout


def test_days_in_the_wrong_order_are_refused(up: Up, cell: str) -> None:
    told = soho(up.home, "changes", "unit", cell, "--from", "2026-02-10", "--to", "2026-02-09")
    assert told.returncode == 2
    assert "invalid_parameter" in told.stderr


def test_assignments_of_an_exempt_member_need_a_decision(up: Up, cell: str) -> None:
    found = answered(up, "attention", cell, "needs-decision", "--as-of", "2026-03-10")["assignments"]
    assert sorted(ids(found, "target")) == sorted([LONE, GROUP])
    assert "Đảng viên được miễn" in soho(up.home, "attention", cell, "needs-decision", "--as-of", "2026-03-10").stdout
    assert "None." in soho(up.home, "attention", cell, "needs-decision", "--as-of", "2026-03-09").stdout


def test_members_above_a_load(up: Up, cell: str) -> None:
    asked = ("attention", cell, "overloaded", "--as-of", "2026-02-28")
    found = answered(up, *asked, "--above", "1")
    assert ids(found["members"], "member") == [NEWCOMER]
    assert answered(up, *asked, "--above", "2")["members"] == []
    table = soho(up.home, *asked, "--above", "1").stdout
    assert "trên 1 hộ" in table
    assert "Số hộ" in table


@pytest.mark.parametrize(("what", "count"), [("uncovered", MANY), ("not-visited", MANY + 2)])
def test_a_list_longer_than_a_page_comes_whole(up: Up, cell: str, what: str, count: int) -> None:
    found = answered(up, "attention", cell, what, "--as-of", "2026-02-28")
    assert len(set(ids(found["households"], "household"))) == count
    assert found["next"] is None


def test_households_not_visited_since_a_day(up: Up, cell: str, commands: list[dict[str, str]]) -> None:
    home_cell, visited = commands[2]["unit"], commands[7]["household"]
    asked = ("attention", home_cell, "not-visited", "--months", "1", "--as-of")
    assert visited not in ids(answered(up, *asked, "2026-02-28")["households"], "household")
    assert visited in ids(answered(up, *asked, "2026-04-30")["households"], "household")
    assert "03/02/2026" in soho(up.home, *asked, "2026-04-30").stdout


@pytest.mark.parametrize("options", [("uncovered", "--above", "3"), ("overloaded", "--months", "3")])
def test_a_bound_of_another_list_is_refused(up: Up, cell: str, options: tuple[str, ...]) -> None:
    told = soho(up.home, "attention", cell, *options)
    assert told.returncode == 2
    assert options[1] in told.stderr
