"""Claims and spans equal what asking day by day gives."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from events.calendar import FOREVER
from projections.states.timeline import Claim, Span, boundaries, spans, value_at, with_claim

FIRST = date(2018, 1, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(12)]
days = st.sampled_from(DAYS[1:-1])


@st.composite
def claims(draw: st.DrawFn) -> Claim[str]:
    since = draw(days)
    until = draw(st.sampled_from([FOREVER, *(day for day in DAYS if day > since)]))
    return Claim(since, draw(st.sampled_from("abc")), until)


def told(recorded: list[Claim[str]], day: date) -> str | None:
    """Of the claims that cover the day, the one that begins last; of those, the one recorded last."""
    found: Claim[str] | None = None
    for claim in recorded:
        covers = claim.since <= day < claim.until
        if covers and (found is None or claim.since >= found.since):
            found = claim
    return found.value if found else None


def ordered(recorded: list[Claim[str]]) -> tuple[Claim[str], ...]:
    kept: tuple[Claim[str], ...] = ()
    for claim in recorded:
        kept = with_claim(kept, claim)
    return kept


@given(st.lists(claims(), max_size=8))
def test_the_value_on_a_day_is_that_of_the_latest_claim_that_covers_it(recorded: list[Claim[str]]) -> None:
    kept = ordered(recorded)
    assert list(kept) == sorted(recorded, key=lambda claim: claim.since)
    for day in DAYS:
        assert value_at(kept, day) == told(recorded, day)


@given(st.lists(claims(), max_size=8))
def test_the_value_changes_only_at_boundaries(recorded: list[Claim[str]]) -> None:
    kept = ordered(recorded)
    changes = {day for day in DAYS[1:] if value_at(kept, day) != value_at(kept, day - timedelta(days=1))}
    assert changes <= boundaries(kept)


@given(st.sets(st.sampled_from(DAYS)))
def test_spans_cover_every_day_from_the_first_on_exactly_once(cuts: set[date]) -> None:
    found = spans(cuts)
    assert {span.since for span in found} == cuts
    for day in DAYS:
        expected = 1 if cuts and day >= min(cuts) else 0
        assert sum(span.holds(day) for span in found) == expected


def test_a_span_holds_its_first_day_and_not_its_last() -> None:
    span = Span(DAYS[2], DAYS[4])
    assert [day for day in DAYS if span.holds(day)] == DAYS[2:4]
    assert Span(DAYS[2]).holds(date(9999, 12, 30))
