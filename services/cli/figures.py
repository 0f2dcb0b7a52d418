"""The figures of the demo's commune as the API tells them, to be compared with those that must come out."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

from events.facts.organisation import CellKind
from services.cli.coverage import listed
from services.cli.history import told
from services.cli.http_client import HttpClient
from services.cli.printing import share_to
from services.demo.ban_hon import EXPECTED, Figures
from services.demo.ban_hon.places import CELL

DENSE_CELL = CELL[5].id
"""The cell of which the published text says how many households each member has."""


async def measured(api: HttpClient) -> Figures:
    """The same figures as EXPECTED, asked for."""
    commune, day = EXPECTED.commune, EXPECTED.day
    now = await api.get(f"/v1/units/{commune}/coverage", as_of=day)
    before = await api.get(f"/v1/units/{commune}/coverage", as_of=date(day.year - 1, 12, 31))
    counts, counts_before = now["counts"], before["counts"]
    facts = [fact for row in now["rows"] for fact in await told(api, "unit", UUID(row["unit"]))]
    return Figures(
        day=day,
        commune=commune,
        cells=_by_kind(now["rows"], lambda _: 1),
        members=counts["members"],
        members_by_kind=_by_kind(now["rows"], lambda row: row["counts"]["members"]),
        admitted=sum(
            _in_year("member.member_admitted.", fact, day.year) and bool(fact["body"].get("newly")) for fact in facts
        ),
        exempt=counts["exempt"],
        temporarily_exempt=counts["temporarily_exempt"],
        eligible=counts["eligible"],
        assigned=counts["assigned"],
        households=counts["households"],
        covered=counts["covered"],
        groups=counts["groups"],
        poor=counts["poor"],
        poor_share=share_to(1, counts["poor"], counts["households"]),
        poor_before=counts_before["poor"],
        households_before=counts_before["households"],
        poor_share_before=share_to(1, counts_before["poor"], counts_before["households"]),
        left_poverty=counts["left_poverty"],
        cultural=counts["cultural"],
        meetings=sum(_in_year("meeting.cell_meeting_held.", fact, day.year) for fact in facts),
        loads_in_cell_5=await _loads(api, day),
        household=EXPECTED.household,
        household_cell=await _cell_of(api, EXPECTED.household, day),
    )


def _by_kind(rows: list[dict[str, Any]], count: Any) -> dict[CellKind, int]:
    found: Counter[CellKind] = Counter()
    for row in rows:
        found[CellKind(row["cell_kind"])] += count(row)
    return dict(found)


def _in_year(kind: str, fact: dict[str, Any], year: int) -> bool:
    return fact["type"].startswith(kind) and date.fromisoformat(fact["effective"]).year == year


async def _loads(api: HttpClient, day: date) -> dict[int, int]:
    found: Counter[int] = Counter()
    for line in await listed(api, DENSE_CELL, "assigned", as_of=day):
        held = await api.get(f"/v1/members/{line['person']['id']}/assignments", as_of=day)
        found[len({household["id"] for one in held["assignments"] for household in one["households"]})] += 1
    return dict(found)


async def _cell_of(api: HttpClient, household: UUID, day: date) -> UUID:
    card = await api.get(f"/v1/households/{household}", as_of=day)
    return UUID(card["unit"]["id"])
