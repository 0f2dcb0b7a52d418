"""A table leaves the hierarchy once for a month, by the office of the province, with small counts kept back."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from uuid import UUID

from events.facts.organisation import UnitKind
from events.facts.publications import PublicationReleased, series_id
from projections.publications.suppression import Place, Sheet
from projections.publications.tables import tables
from projections.publications.writing import Counted, Unit, read
from services.decisions.command import CountsOf
from services.decisions.publications import Release
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
    """As counted at the position: poor households of the three cells, of a hundred each."""
    of = {CELL: poor.get("cell", 0), SECOND_CELL: poor.get("second", 0), FAR_CELL: poor.get("far", 0)}
    places = {
        PROVINCE: Place(0, frozenset(of)),
        COMMUNE: Place(2, frozenset({CELL, SECOND_CELL})),
        OTHER_COMMUNE: Place(2, frozenset({FAR_CELL})),
    }
    counts = {cell: {"poor": number, "other": 100 - number} for cell, number in of.items()}
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
    assert [column.name for column in told.columns] == ["households", "poor", "near_poor", "other"]
    assert shown(body.content) == {
        "Tỉnh": (300, 50, 0, 250),
        "Xã một": (200, 20, 0, 180),
        "Xã hai": (100, 30, 0, 70),
    }


def test_a_small_count_is_kept_back_with_what_would_give_it_away() -> None:
    """Three poor households in the other commune: the counts beside and below them go as well, and no total does."""
    state = knowing(counted(70, cell=10, second=10, far=3), date(2018, 6, 30))
    (draft,) = state.when(release(), PROVINCIAL).drafts()
    assert isinstance(draft.body, PublicationReleased)
    assert shown(draft.body.content)["Tỉnh"] == (300, 23, 0, 277)
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
    assert told["Xã hai"] == (100, 30, 0, 70)


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
    ORGANISATION.when(release(table="weather"), PROVINCIAL).refused("table_unknown", known="households, members")
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
