"""`soho rulebook`: read without a server, in Vietnamese first."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from projections.states.rulebooks import library as library_module
from projections.states.rulebooks.books import SECTIONS
from projections.states.rulebooks.library import read, rulebook_for
from services.cli import main, rulebook


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["rulebook", *arguments])


@pytest.mark.parametrize("year", ["2018", "2021", "2024", "2026"])
def test_show_tells_every_entry_with_its_clause_and_certainty(year: str) -> None:
    told = run("show", year)
    assert told.exit_code == 0
    found = rulebook_for(int(year))
    assert found.digest in told.output
    for _, entry in found.entries():
        assert entry.text in told.output
        assert f"{entry.name} · {entry.clause} · " in told.output
        assert entry.source in told.output
    assert "chưa kiểm chứng / not verified" in told.output


def test_show_names_documents_levels_outcomes_and_the_parts_of_a_cap() -> None:
    told = run("show", "2025").output
    assert "366-QĐ/TW (30/08/2025), Bộ Chính trị" in told
    assert "→ Cao nhất: Hoàn thành nhiệm vụ / At most: Completed" in told
    assert "→ Không thuộc diện kiểm điểm, xếp loại / Not among those" in told
    assert "excellent/rate 20 % · " in told
    assert "excellent/exception 25 % · " in told
    assert "excellent/base Số hoàn thành tốt nhiệm vụ trở lên / Those rated good or better · " in told
    assert "excellent/rounding floor · " in told
    assert "  + Tổ chức có thành tích nổi trội, đột phá: đến 25 %" in told
    assert "  + Đơn vị kế thừa khi sáp nhập" in told
    assert "new_unit/lineage · – · chưa kiểm chứng / not verified · " in told


def test_show_as_json_is_what_the_digest_is_made_over() -> None:
    told = json.loads(run("show", "2022", "--province", "kon-tum", "--json").output)
    assert told["citation"] == "132-hd21.v1+kon-tum-2022.v1"
    assert told["digest"] == rulebook_for(2022, "kon-tum").digest
    assert told["rulebook"]["province"] == "kon-tum"
    assert "household_work" in [criterion["name"] for criterion in told["rulebook"]["criteria"]]


def test_a_year_or_province_without_a_rulebook_is_explained() -> None:
    too_early = run("show", "2009")
    assert too_early.exit_code == 2
    assert "Không có bộ quy định nào cho năm 2009; có từ năm 2018." in too_early.output
    nowhere = run("diff", "2019", "2022", "--province", "lai-chau")
    assert nowhere.exit_code == 2
    assert "kon-tum, quang-ngai" in nowhere.output


def test_diff_tells_what_changed_and_leaves_out_what_did_not() -> None:
    told = run("diff", "2022", "2023").output
    assert "- newly_admitted: Đảng viên mới kết nạp chưa đủ 6 tháng: kiểm điểm tính từ khi kết nạp" in told
    assert "+ newly_admitted: Đảng viên mới kết nạp chưa đủ 6 tháng: không thuộc diện" in told
    assert "suspended" not in told
    as_json = json.loads(run("diff", "2022", "2023", "--json").output)
    assert {difference["section"] for difference in as_json["differences"]} <= set(SECTIONS)


def test_diff_shows_the_parts_of_a_cap_that_differ() -> None:
    told = run("diff", "2023", "2025").output
    assert "- base: Số hoàn thành tốt nhiệm vụ / Those rated good" in told
    assert "+ base: Số hoàn thành tốt nhiệm vụ trở lên / Those rated good or better" in told
    assert "+ exception: 25 %" in told


def test_two_years_under_one_rulebook_do_not_differ() -> None:
    told = run("diff", "2019", "2021")
    assert "Không có gì khác nhau." in told.output


def test_check_lists_what_is_not_verified_and_finds_nothing_wrong() -> None:
    told = run("check")
    assert told.exit_code == 0
    assert "chưa kiểm chứng / not verified: caps/excellent/exception" in told.output
    assert "Mọi tệp hợp lệ" in told.output
    as_json = json.loads(run("check", "--json").output)
    assert as_json["findings"] == []
    assert {each["citation"]: each["digest"] for each in as_json["rulebooks"]} == library_module.registered()


def test_check_fails_when_a_rulebook_is_not_what_was_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    noted = library_module.registered() | {"132-hd16.v1": "0" * 64}
    monkeypatch.setattr(rulebook, "registered", lambda: noted)
    told = run("check")
    assert told.exit_code == 1
    assert "LỖI 132-hd16.v1: nội dung đã khác với bản đã ghi nhận." in told.output
    assert "Mọi tệp hợp lệ" not in told.output


def test_check_says_which_file_is_invalid(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "overlays").mkdir()
    (tmp_path / "broken.v1.json").write_text('{"version": 1}')
    monkeypatch.setattr(rulebook, "library", lambda: read(tmp_path))
    told = run("check")
    assert told.exit_code == 1
    assert "broken.v1.json" in told.output
