"""Which ids a fact names: units, persons, households and groups of households."""

from __future__ import annotations

from datetime import date

from events.facts.evaluations import Evidence, Level, RatingDecided, Rules, Subject
from services.queries.references import named_in
from tests.given import named, on


def test_the_group_in_which_a_rating_counts_is_no_group_of_households() -> None:
    body = RatingDecided(
        pool=named("pool"),
        committee=named("commune"),
        year=2025,
        subject=Subject.MEMBER,
        rating=named("rating"),
        round=named("round"),
        unit=named("cell"),
        member=named("member"),
        group="village",
        level=Level.GOOD,
        rules=Rules("366-hd43.v1", "0" * 64),
        evidence=Evidence(7, "0" * 64, "made_up.v1", "0" * 64),
    )
    assert dict(named_in(on(date(2025, 12, 18), body))) == {
        "committee": (named("commune"),),
        "unit": (named("cell"),),
        "member": (named("member"),),
    }
