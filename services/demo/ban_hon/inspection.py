"""Inspections that the province orders, by made-up decisions: of itself in the story, and of the traced case today."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from events.facts.values import Basis
from services.decisions.inspections import GiveMandate
from services.demo.ban_hon.grievances.traced import TRACED
from services.demo.ban_hon.places import PROVINCE_INSPECTOR
from services.demo.ban_hon.teller import TO_COME, numbered, on

LASTS = timedelta(days=44)


def ordered(first: date, until: date, number: str, **named: Any) -> GiveMandate:
    """The province's inspector inspects what is named."""
    decision = Basis(number=number, issued_on=first, issuer="Tỉnh ủy Lai Châu (giả định)")
    return GiveMandate(id=TO_COME, effective=first, until=until, team=(PROVINCE_INSPECTOR,), basis=decision, **named)


def of_today(day: date) -> GiveMandate:
    """Who looks at the traced case today does so under a mandate of today: another one each day, the same all day."""
    given = ordered(day, day + LASTS, "53-QĐ/TU", cases=(TRACED.grievance,))
    return numbered(given, on(day))
