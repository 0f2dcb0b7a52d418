"""Grievances of every kind and fate in the year. Nobody ever said any of it, and the texts say so."""

from __future__ import annotations

from services.demo.ban_hon.grievances import at_cell, at_office, guarded, overdue, upwards, vacancy

STORIES = (
    *at_cell.STORIES,
    *upwards.STORIES,
    *at_office.STORIES,
    *guarded.STORIES,
    *vacancy.STORIES,
    *overdue.STORIES,
)
"""When each begins, and what tells it."""
