"""A table leaves the hierarchy once for a month, by the office of the province, with small counts kept back."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from uuid import UUID

from events.facts.organisation import UnitKind
from events.facts.publications import PublicationReleased, series_id
from projections.publications.sheets import Place, Sheet
from projections.publications.tables import Period, tables
from projections.publications.writing import Counted, Unit, read
from services.decisions.publications import Release
from services.decisions.view import CountsOf
from tests.given import Given, named
from tests.services.decisions.commune import (
    CELL,
    COMMUNE,
    FAR_CELL,
    ORGANISATION,
    OTHER_COMMUNE,
    PROVINCE,
    PROVINCIAL,
    SECOND_CELL,
    decide,
)

JULY = date(2018, 7, 2)
TABLE = tables()["households"]


def counted(position: int, **poor: int) -> Counted:
    """As counted at the position: poor households of the three cells, of a hundred each; of ten nobody takes care."""
    of = {CELL: poor.get("cell", 0), SECOND_CELL: poor.get("second", 0), FAR_CELL: poor.get("far", 0)}
    places = {
        PROVINCE: Place(0, frozenset(of)),
        COMMUNE: Place(2, frozenset({CELL, SECOND_CELL})),
        OTHER_COMMUNE: Place(2, frozenset({FAR_CELL})),
    }
    cared_for = {"covered": 90, "uncovered": 10}
    counts = {cell: {"poor": number, "other": 100 - number, **cared_for} for cell, number in of.items()}
    units = (
        Unit(PROVINCE, UnitKind.PROVINCE, "Tỉnh"),
        Unit(COMMUNE, UnitKind.COMMUNE, "Xã một"),
        Unit(OTHER_COMMUNE, UnitKind.COMMUNE, "Xã hai"),
    )
    return Counted(position, units, Sheet(tuple(column.column() for column in TABLE.columns), places, counts))


def knowing(at: Counted, month: date, *, now: bool = True) -> Given:
    of = CountsOf("households", PROVINCE, month, None if now else at.position)
    return ORGANISATION.counting({of: at})


def release(month: str = "2018-06", table: str = "households", day: date = JULY, unit: UUID = PROVINCE) -> Release:
    return decide(Release, day, unit=unit, table=table, month=month)


def shown(content: str) -> dict[str, tuple[int | None, ...]]:
    return {row.name: row.counts for row in read(content).rows}


def test_what_is_released_is_exact_and_carries_its_day_position_and_digest() -> None:
    state = knowing(counted(70, cell=10, second=10, far=30), date(2018, 6, 30))
    (draft,) = state.when(release(), PROVINCIAL).drafts()
    body = draft.body
    assert isinstance(body, PublicationReleased)
    assert (body.series, body.unit, body.table, body.month) == (
        series_id("households"),
        PROVINCE,
        "households",
        "2018-06",
    )
    assert body.digest == sha256(body.content.encode()).hexdigest()
    told = read(body.content)
    assert (told.day, told.released, told.position, told.smallest) == (date(2018, 6, 30), JULY, 70, 5)
    names = [column.name for column in told.columns]
    assert names == ["households", "poor", "near_poor", "other", "covered", "uncovered"]
    assert (told.period, told.year) == (Period.DAY, None)
    assert shown(body.content) == {
        "Tỉnh": (300, 50, 0, 250, 270, 30),
        "Xã một": (200, 20, 0, 180, 180, 20),
        "Xã hai": (100, 30, 0, 70, 90, 10),
    }


def test_a_small_count_is_kept_back_with_what_would_give_it_away() -> None:
    """Three poor households in the other commune: the counts beside and below them go as well, and no total does."""
    state = knowing(counted(70, cell=10, second=10, far=3), date(2018, 6, 30))
    (draft,) = state.when(release(), PROVINCIAL).drafts()
    assert isinstance(draft.body, PublicationReleased)
    assert shown(draft.body.content)["Tỉnh"] == (300, 23, 0, 277, 270, 30)
    commune, other = shown(draft.body.content)["Xã một"], shown(draft.body.content)["Xã hai"]
    assert (commune[0], other[0]) == (200, 100)
    assert commune[1] is other[1] is None
    assert '"counts":[100,3' not in draft.body.content


def test_a_later_release_is_weighed_against_the_earlier_one() -> None:
    """The cell goes from ten to three: with the sums above it unchanged but for that, they are kept back as well."""
    june, july = counted(70, cell=10, second=0, far=30), counted(90, cell=3, second=0, far=30)
    after = knowing(june, date(2018, 6, 30)).when(release(), PROVINCIAL).recorded()
    known = after.counting(
        {
            CountsOf("households", PROVINCE, date(2018, 6, 30), 70): june,
            CountsOf("households", PROVINCE, date(2018, 7, 31)): july,
        }
    )
    (draft,) = known.when(release("2018-07", day=date(2018, 8, 1)), PROVINCIAL).drafts()
    assert isinstance(draft.body, PublicationReleased)
    told = shown(draft.body.content)
    assert told["Tỉnh"][1] is told["Xã một"][1] is None
    assert told["Xã hai"] == (100, 30, 0, 70, 90, 10)


def test_what_came_in_a_month_is_not_weighed_against_other_months() -> None:
    """No case came twice: of the same seven in two months nothing is kept back, and the first is not counted again."""
    june, july = grievances(70), grievances(90)
    of_june, of_july = (CountsOf("grievances", PROVINCE, day) for day in (date(2018, 6, 30), date(2018, 7, 31)))
    after = ORGANISATION.counting({of_june: june}).when(release("2018-06", "grievances"), PROVINCIAL).recorded()
    later = release("2018-07", "grievances", date(2018, 8, 1))
    (draft,) = after.counting({of_july: july}).when(later, PROVINCIAL).drafts()
    assert isinstance(draft.body, PublicationReleased)
    assert read(draft.body.content).period is Period.MONTH
    assert shown(draft.body.content) == {"Tỉnh": (7, 7, 0, 0, 0), "Xã một": (7, 7, 0, 0, 0), "Xã hai": (0, 0, 0, 0, 0)}


def grievances(position: int) -> Counted:
    """Seven concerns of one cell."""
    base, columns = counted(position), tables()["grievances"].columns
    sheet = Sheet(tuple(column.column() for column in columns), base.sheet.places, {CELL: {"concern": 7}})
    return Counted(position, base.units, sheet)


def test_a_yearly_table_tells_of_the_year_before_in_its_month_alone() -> None:
    base, columns = counted(70), tables()["classification"].columns
    rated = {CELL: {"excellent": 5, "good": 20, "completed": 6}}
    sheet = Sheet(tuple(column.column() for column in columns), base.sheet.places, rated)
    of = CountsOf("classification", PROVINCE, date(2019, 3, 31))
    state = ORGANISATION.at(date(2019, 5, 2)).counting({of: Counted(70, base.units, sheet)})
    (draft,) = state.when(release("2019-03", "classification", date(2019, 4, 1)), PROVINCIAL).drafts()
    assert isinstance(draft.body, PublicationReleased)
    assert (read(draft.body.content).period, read(draft.body.content).year) == (Period.YEAR, 2018)
    assert shown(draft.body.content)["Xã một"] == (31, 5, 20, 6, 0)
    april = CountsOf("classification", PROVINCE, date(2019, 4, 30))
    in_april = release("2019-04", "classification", date(2019, 5, 1))
    state.counting({april: base}).when(in_april, PROVINCIAL).refused(
        "not_the_month_of_table", table="classification", month="2019-04", wanted=3
    )


def test_a_month_is_released_once() -> None:
    june = counted(70, cell=10, second=10, far=30)
    after = knowing(june, date(2018, 6, 30)).when(release(), PROVINCIAL).recorded()
    again = after.counting({CountsOf("households", PROVINCE, date(2018, 6, 30), 70): june})
    again.when(release(day=date(2018, 7, 3)), PROVINCIAL).refused(
        "already_released", table="households", month="2018-06", released=JULY
    )


def test_a_month_that_is_not_over_is_not_released() -> None:
    state = knowing(counted(70), date(2018, 6, 30))
    state.when(release(day=date(2018, 6, 30)), PROVINCIAL).refused("month_not_over", last=date(2018, 6, 30))
    state.at(date(2018, 6, 30)).when(release(), PROVINCIAL).refused("day_ahead", day=JULY)


def test_only_a_table_that_there_is_is_released_from_its_first_month_on() -> None:
    ORGANISATION.when(release(table="weather"), PROVINCIAL).refused(
        "table_unknown", known="classification, grievances, households, members"
    )
    early = knowing(counted(70), date(2017, 12, 31))
    early.when(release("2017-12"), PROVINCIAL).refused("month_before_table", first="2018-01")


def test_a_table_is_released_for_the_whole_province() -> None:
    of = CountsOf("households", COMMUNE, date(2018, 6, 30))
    state = ORGANISATION.counting({of: counted(70)})
    state.when(release(unit=COMMUNE), PROVINCIAL).refused("not_the_whole_province", unit=COMMUNE, asker=PROVINCE)
    stranger = CountsOf("households", named("elsewhere"), date(2018, 6, 30))
    ORGANISATION.counting({stranger: counted(70)}).when(release(unit=named("elsewhere")), PROVINCIAL).refused(
        "unit_unknown"
    )
