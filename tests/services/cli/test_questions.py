"""What the commands answer about the tour's commune, and the tokens they hand out."""

import msgspec

from tests.services.cli.command import Up, soho

BEFORE_OTHER_TESTS = ("--as-of", "2026-01-31")


def test_coverage_counts_and_opens(up: Up, commands: list[dict[str, str]]) -> None:
    commune = commands[1]["unit"]
    told = soho(up.home, "coverage", commune, *BEFORE_OTHER_TESTS, "--json")
    counts = msgspec.json.decode(told.stdout)["counts"]
    assert (counts["members"], counts["assigned"], counts["households"], counts["covered"]) == (2, 1, 3, 2)

    opened = soho(up.home, "coverage", commune, *BEFORE_OTHER_TESTS, "--list", "uncovered", "--json")
    assert [line["household"]["name"] for line in msgspec.json.decode(opened.stdout)] == ["Chủ hộ Ba (tên giả)"]


def test_coverage_as_known_earlier(up: Up, commands: list[dict[str, str]]) -> None:
    told = soho(up.home, "coverage", commands[1]["unit"], *BEFORE_OTHER_TESTS, "--known-at", "11", "--json")
    assert msgspec.json.decode(told.stdout)["counts"]["covered"] == 1


def test_a_history_has_words_names_and_both_times(up: Up, commands: list[dict[str, str]]) -> None:
    household = commands[7]["household"]
    entries = msgspec.json.decode(soho(up.home, "history", "household", household, "--json").stdout)
    # Registered, assigned, visited; its case from 14 on. 17 is the office's number, which is no fact of the case.
    assert [entry["position"] for entry in entries] == [8, 11, 13, 14, 15, 16, 18, 19]
    assert all("Chủ hộ Một (tên giả)" in entry["sentence"] for entry in entries[:3])
    assert all(entry["type"].startswith("grievance.") for entry in entries[3:])
    assert "Đảng viên Một (tên giả)" in soho(up.home, "history", "household", household).stdout


def test_an_auditor_reads_no_names(up: Up, commands: list[dict[str, str]]) -> None:
    made = soho(up.home, "token", "--role", "auditor")
    assert made.returncode == 0
    told = soho(up.home, "history", "household", commands[7]["household"], SOHO_TOKEN=made.stdout.strip())
    assert told.returncode == 0
    assert "tên giả" not in told.stdout


def test_a_member_has_to_be_named(up: Up) -> None:
    refused = soho(up.home, "token", "--role", "member")
    assert refused.returncode == 2
    assert "--person" in refused.stderr


def test_a_role_of_a_cell_needs_its_unit(up: Up) -> None:
    for more in (("cell_secretary",), ("member", "--person", "019b8bab-0000-7000-8000-00000000ffff")):
        refused = soho(up.home, "token", "--role", *more)
        assert refused.returncode == 2
        assert "--unit" in refused.stderr


def test_an_office_needs_its_person_and_an_office_that_goes_with_it(up: Up) -> None:
    person = ("--person", "019b8bab-0000-7000-8000-00000000ffff")
    cell = ("--unit", "019b8bab-0000-7000-8000-00000000fff0")
    for more in (("cell_secretary", *cell), ("cell_secretary", *cell, *person, "--office", "committee_member")):
        refused = soho(up.home, "token", "--role", *more)
        assert refused.returncode == 2
        assert "--office: deputy_secretary, secretary" in refused.stderr
    assert soho(up.home, "token", "--role", "cell_secretary", *cell, *person, "--office", "secretary").returncode == 0


def test_what_nobody_knows_is_not_found(up: Up) -> None:
    told = soho(up.home, "coverage", "019b8bab-0000-7000-8000-00000000ffff")
    assert told.returncode == 2
    assert "not_found" in told.stderr
    assert "Traceback" not in told.stderr


def test_state_tells_positions_and_processes(up: Up) -> None:
    state = msgspec.json.decode(soho(up.home, "state", "--json").stdout)
    assert state["log"] >= state["archive"] >= 13
    assert state["alarms"] == []
    names = {process["name"] for process in state["processes"] if process["alive"]}
    assert names == {"supervisor", "nats", "postgres", "follower", "projector", "api"}


def test_a_register_is_rebuilt_while_it_answers(up: Up, commands: list[dict[str, str]]) -> None:
    assert soho(up.home, "rebuild", "coverage", "visits").returncode == 0
    told = soho(up.home, "coverage", commands[1]["unit"], *BEFORE_OTHER_TESTS, "--json")
    assert msgspec.json.decode(told.stdout)["counts"]["covered"] == 2


def test_lists_of_grievances_by_holder_and_level(up: Up, commands: list[dict[str, str]]) -> None:
    commune, day = commands[1]["unit"], ("--as-of", "2026-12-31")
    every = msgspec.json.decode(soho(up.home, "grievance", "list", commune, "overdue", *day, "--json").stdout)["cases"]
    assert [case["level"] for case in every] == ["commune"]
    for option, number in (
        (("--holder", commune), 1),
        (("--holder", commands[2]["unit"]), 0),
        (("--level", "commune"), 1),
        (("--level", "cell"), 0),
    ):
        told = soho(up.home, "grievance", "list", commune, "overdue", *day, *option, "--json")
        assert len(msgspec.json.decode(told.stdout)["cases"]) == number, option
    refused = soho(up.home, "grievance", "list", commune, "holders", "--level", "cell")
    assert refused.returncode == 2
    assert "--level" in refused.stderr


def test_how_long_cases_were_held_and_the_book_of_reception(up: Up, commands: list[dict[str, str]]) -> None:
    commune = commands[1]["unit"]
    found = msgspec.json.decode(soho(up.home, "grievance", "times", commune, "--from", "2026-01-01", "--json").stdout)
    shown = soho(up.home, "grievance", "times", commune, "--from", "2026-01-01").stdout
    assert len(found["times"]) == 1
    assert f"{found['times'][0]['median_days']:.1f}".replace(".", ",") in shown
    book = soho(up.home, "grievance", "book", commune, "--year", "2026").stdout
    for words in ("Sổ tiếp công dân năm 2026", "Chủ hộ Một (tên giả)", "Số người đến không được ghi"):
        assert words in book
