"""What is asked about monthly reports: how many were due, delivered, missing, late and concluded, and which.

A report is due of a member for a month if his cell's calendar has a meeting in it, and he is assigned on that day. It
is late when it came after the first meeting held in the month, or after the day by the calendar where none was held.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from projections.bitemporal import at
from projections.database import Connection
from projections.registers import coverage, organisation
from projections.registers.meetings.tables import counting
from projections.tree import below, out_of_sight


class ReportCounts(msgspec.Struct, frozen=True):
    """Members' months: `due` up to the day asked about, of these `delivered` and `missing` (the rest). `beside` came
    without being due, or not being so yet; of all that came, `late` and `concluded`."""

    due: int = 0
    delivered: int = 0
    missing: int = 0
    beside: int = 0
    late: int = 0
    concluded: int = 0


class Part(msgspec.Struct, frozen=True):
    """The counts of a unit directly below; under the unit's own id its own. `visible` is False where the part has left
    the caller's scope since."""

    unit: UUID
    counts: ReportCounts
    visible: bool = True


class Summary(msgspec.Struct, frozen=True):
    """The counts of a unit. `incomplete`: how many meetings and reports wait in quarantine; `hidden`: how many units
    stood at or below it on the day that are out of the caller's scope today."""

    counts: ReportCounts
    parts: list[Part]
    incomplete: int
    hidden: int


class Delivery(msgspec.Struct, frozen=True):
    """A member's month in a cell, delivered with the report of `since`. Not `concluded` while a report of it waits."""

    unit: UUID
    member: UUID
    month: date
    since: date
    late: bool
    concluded: bool


class ReportView(msgspec.Struct, frozen=True):
    """One report as believed at the position. `nothing_new` are the households and groups without news; the notes are
    sealed with the member's key."""

    report: UUID
    unit: UUID
    member: UUID
    month: date
    submitted_on: date
    submitted_at: datetime
    replaces: UUID | None
    replaced_on: date | None
    meeting: UUID | None
    concluded_on: date | None
    conclusion: str | None
    nothing_new: list[UUID]
    note: str | None
    conclusion_note: str | None


class LineView(msgspec.Struct, frozen=True):
    """What a report says of a household or group."""

    report: UUID
    target: UUID
    topics: list[str]
    needs: list[str]


_WAS_DUE = f"""EXISTS (SELECT FROM planned p WHERE p.unit = v.unit AND date_trunc('month', p.day)::date = v.month
    AND {coverage.is_assigned("v.unit", "v.member", "p.day", "$3")})"""
"""SQL condition on a delivery `v`: it was due, by the days of the cells in the table `planned`."""

DELIVERIES = {
    "came": "true",
    "delivered": _WAS_DUE,
    "beside": f"NOT {_WAS_DUE}",
    "late": "late",
    "concluded": "concluded",
    "waiting": "NOT concluded",
}
"""Lists of deliveries by name → what is in them."""

_REPORT = ", ".join("valid_from" if name == "submitted_on" else name for name in ReportView.__struct_fields__)


def months_between(first: date, last: date) -> list[date]:
    """The months from the one up to and with the other, each as the day on which it begins."""
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


_DAYS = """
    SELECT unit, p.day FROM cells
    JOIN meetings_v1.calendar k USING (unit)
    JOIN unnest($4::date[], $5::date[]) m (month, last) ON k.valid_from <= m.month AND m.month < k.valid_to
    CROSS JOIN LATERAL (SELECT least(m.month + k.day - 1, m.last) AS day) p
    WHERE k.known_from <= $3 AND $3 < k.known_to AND p.day <= $2"""
"""SQL for the days by calendar, up to $2 as known at $3, of the cells in the table `cells`: in the months $4, which end
on $5."""


def _months(months: Sequence[date]) -> tuple[Sequence[date], list[date]]:
    """What `_DAYS` is to be given."""
    return months, [month.replace(day=monthrange(month.year, month.month)[1]) for month in months]


async def counts(connection: Connection, unit: UUID, months: Sequence[date], as_of: date, known_at: int) -> Summary:
    """The counts of the unit and of each unit directly below it over the months, as of the day."""
    children = [child.unit for child in await organisation.children(connection, unit, as_of, known_at)]
    moved = await counting().sums(connection, "meetings_v1", "month BETWEEN $7 AND $8", "$2", "$3", known_at)
    query = f"""
        WITH cells AS MATERIALIZED (
            SELECT b.unit, coalesce(d.ancestor, $1) AS part FROM ({below("$1", "$2", "$3")}) b
            LEFT JOIN organisation_v1.closure d
                ON d.descendant = b.unit AND d.ancestor = ANY($6::uuid[]) AND {at("$2", "$3", "d")}),
        planned AS MATERIALIZED ({_DAYS} ORDER BY unit)
        SELECT part, sum(due)::int, sum(delivered)::int, sum(due - delivered)::int, sum(came - delivered)::int,
               sum(late)::int, sum(concluded)::int
        FROM cells JOIN (
            SELECT unit, sum(assigned) AS due, 0 AS delivered, 0 AS came, 0 AS late, 0 AS concluded
            FROM ({await coverage.assigned_on(connection, "planned", known_at)}) a GROUP BY unit
            UNION ALL
            SELECT v.unit, 0, count(*), 0, 0, 0 FROM meetings_v1.delivery v
            JOIN planned p ON p.unit = v.unit AND date_trunc('month', p.day)::date = v.month
            CROSS JOIN {coverage.among_assigned("v.unit", "v.member", "p.day", "$3")}
              AND v.month = ANY($4) AND {at("$2", "$3", "v")}
            GROUP BY v.unit
            UNION ALL
            SELECT unit, 0, 0, sum(delivered), sum(late), sum(concluded) FROM ({moved}) t
            WHERE unit IN (SELECT unit FROM cells) GROUP BY unit) found
            USING (unit)
        GROUP BY part"""  # noqa: S608
    first, last = months[0], months[-1]
    rows = await connection.fetch(query, unit, as_of, known_at, *_months(months), children, first, last)
    found = {row[0]: ReportCounts(*row[1:]) for row in rows}
    hidden = await out_of_sight(connection, unit, as_of, known_at)
    parts = [Part(child, found.get(child, ReportCounts()), child not in hidden) for child in children]
    parts += [Part(unit, found[unit])] if found.get(unit, ReportCounts()) != ReportCounts() else []
    whole = ReportCounts(
        *(sum(getattr(part.counts, name) for part in parts) for name in ReportCounts.__struct_fields__)
    )
    return Summary(whole, parts, await _incomplete(connection, unit, as_of, known_at), len(hidden))


async def _incomplete(connection: Connection, unit: UUID, as_of: date, known_at: int) -> int:
    count: int = await connection.fetchval(
        f"""SELECT count(DISTINCT entity) FROM projection.quarantine
            WHERE register = 'meetings_v1' AND position <= $3 AND unit IN ({below("$1", "$2", "$3")})""",  # noqa: S608
        unit,
        as_of,
        known_at,
    )
    return count


async def planned(
    connection: Connection, unit: UUID, months: Sequence[date], as_of: date, known_at: int
) -> list[tuple[UUID, date]]:
    """The cells at or below the unit with the days, up to `as_of`, on which they meet in these months by calendar."""
    query = f"WITH cells AS ({below('$1', '$2', '$3')}) {_DAYS} ORDER BY day, unit"
    rows = await connection.fetch(query, unit, as_of, known_at, *_months(months))
    return [(row[0], row[1]) for row in rows]


async def planned_in(
    connection: Connection, cells: Sequence[UUID], months: Sequence[date], as_of: date, known_at: int
) -> list[tuple[UUID, date]]:
    """These cells with the days, up to `as_of`, on which they meet in these months by calendar."""
    query = f"WITH cells AS (SELECT unnest($1::uuid[]) AS unit) {_DAYS} ORDER BY day, unit"
    rows = await connection.fetch(query, cells, as_of, known_at, *_months(months))
    return [(row[0], row[1]) for row in rows]


_DELIVERY = ", ".join(Delivery.__struct_fields__)


async def deliveries(
    connection: Connection,
    unit: UUID,
    months: Sequence[date],
    as_of: date,
    known_at: int,
    column: str,
    after: UUID | None,
    limit: int,
) -> list[Delivery]:
    """What the column (a key of DELIVERIES) counts at or below the unit, by member; `after` is the last member of the
    page before. Whoever is on the page is on it with all of his months."""
    query = f"""WITH cells AS MATERIALIZED ({below("$1", "$2", "$3")}), planned AS MATERIALIZED ({_DAYS})
                SELECT {_DELIVERY} FROM meetings_v1.delivery v
                WHERE unit IN (SELECT unit FROM cells) AND month = ANY($4) AND {at("$2", "$3", "v")}
                  AND {DELIVERIES[column]} AND ($6::uuid IS NULL OR member > $6)
                ORDER BY member FETCH FIRST $7 ROWS WITH TIES"""  # noqa: S608
    rows = await connection.fetch(query, unit, as_of, known_at, *_months(months), after, limit)
    return [Delivery(*row) for row in rows]


async def deliveries_of(
    connection: Connection, members: Sequence[UUID], months: Sequence[date], as_of: date, known_at: int
) -> list[Delivery]:
    """What these members delivered for the months."""
    query = f"""SELECT {_DELIVERY} FROM meetings_v1.delivery
                WHERE member = ANY($1::uuid[]) AND month = ANY($2) AND {at("$3", "$4")}"""  # noqa: S608
    return [Delivery(*row) for row in await connection.fetch(query, members, months, as_of, known_at)]


async def waiting(connection: Connection, cells: Sequence[UUID], as_of: date, known_at: int) -> list[ReportView]:
    """Reports of the cells that were submitted by the day and waited for a conclusion on it; oldest first."""
    return await _reports(
        connection,
        """unit = ANY($1::uuid[]) AND valid_from <= $3 AND (concluded_on IS NULL OR concluded_on > $3)
           AND (replaced_on IS NULL OR replaced_on > $3) ORDER BY submitted_at, report""",
        cells,
        known_at,
        as_of,
    )


async def of_member(
    connection: Connection, member: UUID, months: Sequence[date], as_of: date, known_at: int
) -> list[ReportView]:
    """The member's reports of the months, replaced ones too, that were submitted by the day; by month."""
    where = "member = $1 AND month = ANY($3) AND valid_from <= $4 ORDER BY month, submitted_at, report"
    return await _reports(connection, where, member, known_at, months, as_of)


async def concluded_at(connection: Connection, meetings: Sequence[UUID], known_at: int) -> list[ReportView]:
    """The reports that were concluded at the meetings; in the order in which they were submitted."""
    where = "meeting = ANY($1::uuid[]) ORDER BY submitted_at, report"
    return await _reports(connection, where, meetings, known_at)


async def _reports(connection: Connection, where: str, of: object, known_at: int, *more: object) -> list[ReportView]:
    query = f"SELECT {_REPORT} FROM meetings_v1.report WHERE known_from <= $2 AND $2 < known_to AND {where}"  # noqa: S608
    return [ReportView(*row) for row in await connection.fetch(query, of, known_at, *more)]


async def lines(connection: Connection, reports: Sequence[UUID], known_at: int) -> list[LineView]:
    """What these reports have to say of households and groups; those with nothing new are in the report itself."""
    rows = await connection.fetch(
        """SELECT report, target, topics, needs FROM meetings_v1.line
           WHERE report = ANY($1::uuid[]) AND known_from <= $2 AND $2 < known_to ORDER BY report, target""",
        reports,
        known_at,
    )
    return [LineView(*row) for row in rows]
