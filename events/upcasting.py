"""Older forms of facts, read as their newest form. The stored bytes stay as they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from events.facts.values import Body
from events.facts.visits import VisitRecorded, VisitRecordedV1


def visit_recorded_v2(old: VisitRecordedV1) -> VisitRecorded:
    """v1 could hold one outcome; v2 holds any number."""
    return VisitRecorded(
        visit=old.visit,
        household=old.household,
        member=old.member,
        purpose=old.purpose,
        topics=old.topics,
        outcomes=() if old.outcome is None else (old.outcome,),
        note=old.note,
    )


UPCASTERS: dict[type[Body], Callable[[Any], Body]] = {VisitRecordedV1: visit_recorded_v2}
"""Old form → the step to its next form. Steps are followed until a form without one is reached."""
