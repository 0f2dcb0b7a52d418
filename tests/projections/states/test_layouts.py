"""The layouts of official tables: every file says where it is from, and fills its columns with what there is."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from events.facts.evaluations import Level
from projections.rules import Certainty
from projections.states.layouts import Column, Figure, Filling, Kind, Layout, layouts
from projections.states.rulebooks.library import library

COLUMN = {"heading": "Cột", "fills": "heading"}
LAYOUT = {
    "name": "made_up",
    "title": "Bảng thử",
    "form": "Mẫu thử",
    "source": "Made up for a test.",
    "certainty": "unverified",
    "kind": "figures",
    "columns": [COLUMN],
    "rows": [{"heading": "Dòng", "shows": "present"}],
}


def test_there_are_the_five_that_reports_are_made_in() -> None:
    assert {name: layout.kind for name, layout in layouts().items()} == {
        "national_statistic": Kind.FIGURES,
        "narrative_report": Kind.FIGURES,
        "mau_14": Kind.MEMBERS,
        "mau_15": Kind.CELLS,
        "ballot_sheet": Kind.BALLOTS,
    }


@pytest.mark.parametrize("layout", layouts().values(), ids=lambda layout: layout.name)
def test_cases_grounds_points_and_votes_are_those_of_some_rulebook(layout: Layout) -> None:
    every = library().every
    names = {
        Figure.CASE: {case.name for book in every for case in book.eligibility},
        Figure.GROUND: {ground.name for book in every for ground in book.grounds},
        Filling.SELF_POINTS: {group.name for book in every for group in book.score_groups},
        Filling.VOTES: {level.value for level in Level},
    }
    for row in layout.rows:
        assert row.of is None or (row.shows and row.of in names[row.shows]), row.heading
    for column in layout.columns:
        assert column.of is None or (column.fills and column.of in names[column.fills]), column.heading


def test_nothing_that_was_not_read_is_called_read() -> None:
    assert {layout.certainty for layout in layouts().values()} == {Certainty.SECONDARY}


def test_the_national_statistic_leaves_open_what_is_not_recorded() -> None:
    columns = {column.number: column for column in layouts()["national_statistic"].columns if column.number}
    assert {number for number, column in columns.items() if column.empty is None} == {"9", "12", "13", "14"}
    assert columns["9"].under == ("Đơn vị sự nghiệp",)


@pytest.mark.parametrize(
    "wrong",
    [
        {"columns": [{"heading": "Cột"}]},
        {"columns": [COLUMN | {"empty": "vì thử"}]},
        {"columns": [{"heading": "Cột", "fills": "votes"}]},
        {"columns": [{"heading": "Cột", "fills": "name"}]},
        {"columns": [COLUMN | {"cell_kinds": ["village"]}]},
        {"rows": []},
        {"rows": [{"heading": "Dòng", "shows": "ground"}]},
        {"rows": [{"heading": "Dòng", "shows": "present", "empty": "vì thử"}]},
        {"kind": "members"},
        {"certainty": "sure"},
        {"colour": "red"},
    ],
)
def test_a_file_that_does_not_say_what_it_means_is_refused(wrong: dict[str, Any]) -> None:
    msgspec.convert(LAYOUT, Layout)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(LAYOUT | wrong, Layout)


def test_a_column_of_kinds_of_cells_is_a_figure() -> None:
    column = msgspec.convert({"heading": "Cột", "fills": "figure", "cell_kinds": ["school"]}, Column)
    assert column.fills is Filling.FIGURE
