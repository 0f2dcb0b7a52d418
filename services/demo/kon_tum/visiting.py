"""A year of visits: every covered household once a month, between the 6th and the 28th.

Made from text templates, since 1.6 million structs would cost minutes. A test decodes what comes out.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from random import Random
from typing import NamedTuple

from events.calendar import VIETNAM
from events.facts.visits import Outcome, Purpose, VisitTopic

FIRST_DAY, DAYS = 6, 23
FIRST_MINUTE, MINUTES = 7 * 60, 13 * 60
CLOCK = [f"{minute // 60:02}:{minute % 60:02}" for minute in range(24 * 60)]

NOTE = "Hộ đề nghị hướng dẫn thủ tục vay vốn, hẹn tuần sau trả lời tại nhà văn hóa."
SAID: tuple[tuple[Purpose, tuple[VisitTopic, ...], tuple[Outcome, ...], bool], ...] = (
    (Purpose.REGULAR, (VisitTopic.LIVELIHOOD,), (Outcome.NOTHING_NEW,), False),
    (Purpose.INFORM, (VisitTopic.POLICY, VisitTopic.COMMUNITY), (Outcome.INFORMED,), False),
    (Purpose.SUPPORT, (VisitTopic.LIVELIHOOD,), (Outcome.SUPPORT_PROMISED,), True),
    (Purpose.REGULAR, (VisitTopic.SCHOOLING,), (Outcome.INFORMED,), False),
    (Purpose.FOLLOW_UP, (VisitTopic.POVERTY_PLAN,), (Outcome.TO_REPORT_AT_MEETING,), True),
    (Purpose.REGULAR, (VisitTopic.COMMUNITY,), (Outcome.NOTHING_NEW,), False),
    (Purpose.REQUESTED, (VisitTopic.CONCERN,), (Outcome.TO_REPORT_AT_MEETING,), True),
    (Purpose.INFORM, (VisitTopic.PUBLIC_ORDER,), (Outcome.INFORMED,), False),
    (Purpose.REGULAR, (), (Outcome.NOBODY_HOME,), False),
    (Purpose.REGULAR, (VisitTopic.LIVELIHOOD,), (Outcome.NOTHING_NEW,), False),
)
"""What visits are about, in turn; three in ten have a note (76 characters, naming nobody). Made up."""


class Visited(NamedTuple):
    """Who visits whom: household, member, and the household's cell."""

    household: str
    member: str
    unit: str


class Visit(NamedTuple):
    """One visit, or (where `corrects` names a visit) the whole of it as it is told later."""

    id: str
    corrects: str | None
    day: str
    instant: str
    written_at: str
    milliseconds: int
    whom: Visited
    said: int


def visits(whom: Sequence[Visited], year: int, corrections: float = 0.0) -> Iterator[Visit]:
    """The visits of a year in the order in which they are sent; the memory needed is that of one day.

    `corrections` is the share of corrections among all (0.3: three of ten); each comes a day after its visit.
    Raises `ValueError` for a share that is not from 0 up to a half.
    """
    if not 0 <= corrections <= 0.5:
        raise ValueError("the share of corrections must be from 0 to 0.5")
    bits = Random(year)  # noqa: S311 - the same at every run, on purpose
    rate, due = corrections / (1 - corrections), 0.0
    waiting: list[Visit] = []
    for month in range(1, 13):
        for offset in range(DAYS):
            day = date(year, month, FIRST_DAY + offset)
            text = day.isoformat()
            start = int(datetime.combine(day, time(), VIETNAM).timestamp()) * 1000
            before, waiting = waiting, []
            for number in range((offset - month * 11) % DAYS, len(whom), DAYS):
                minute = FIRST_MINUTE + (number * 37 + month * 101) % MINUTES
                clock, later = CLOCK[minute], CLOCK[minute + 25]
                visit = Visit(
                    _id(start + minute * 60_000, bits.getrandbits(74)),
                    None,
                    text,
                    f"{text}T{clock}:00+07:00",
                    f"{text}T{later}:00+07:00",
                    start,
                    whom[number],
                    (number + month * 7) % len(SAID),
                )
                yield visit
                due += rate
                if due >= 1:
                    due -= 1
                    waiting.append(visit)
            yield from _corrected(before, text, start, bits)
    yield from _corrected(waiting, f"{year}-12-{calendar.monthrange(year, 12)[1]}", start, bits)


def _corrected(earlier: Sequence[Visit], day: str, start: int, bits: Random) -> Iterator[Visit]:
    for visit in earlier:
        number = _id(start + 72_000_000, bits.getrandbits(74))
        yield Visit(
            number,
            visit.id,
            visit.day,
            visit.instant,
            f"{day}T20:00:00+07:00",
            start,
            visit.whom,
            (visit.said + 1) % len(SAID),
        )


def _id(milliseconds: int, bits: int) -> str:
    value = milliseconds << 80 | 0x7 << 76 | (bits >> 62) << 64 | 0x2 << 62 | bits & 0x3FFFFFFFFFFFFFFF
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _codes(name: str, values: Sequence[VisitTopic | Outcome]) -> str:
    inside = ",".join(f'"{value.value}"' for value in values)
    return f',"{name}":[{inside}]' if values else ""


ABOUT = [_codes("topics", topics) + _codes("outcomes", outcomes) for _, topics, outcomes, _ in SAID]
"""The JSON of topics and outcomes, as commands and facts alike have it."""

_PURPOSE = ["" if purpose is Purpose.REGULAR else f',"purpose":"{purpose.value}"' for purpose, *_ in SAID]
_NOTE = [f',"note":"{NOTE}"' if noted else "" for *_, noted in SAID]
_TAIL = [purpose + about + note + "}" for purpose, about, note in zip(_PURPOSE, ABOUT, _NOTE, strict=True)]


def command(visit: Visit) -> bytes:
    """The visit as a command `visit.record` or `visit.correct`, encoded."""
    household, member, _ = visit.whom
    if visit.corrects is None:
        kind, corrects = "record", ""
    else:
        kind, corrects = "correct", f',"visit":"{visit.corrects}"'
    tail = _TAIL[visit.said] if not corrects else f"{_TAIL[visit.said][:-1]}{corrects}}}"
    return (
        f'{{"type":"visit.{kind}","id":"{visit.id}","source":"phone","written_at":"{visit.written_at}",'
        f'"instant":"{visit.instant}","household":"{household}","member":"{member}"{tail}'
    ).encode()
