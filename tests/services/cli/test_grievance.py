"""What a trace says to people as text: each limit with its kind of days, its article and how certain that is."""

from __future__ import annotations

from typing import Any

import pytest

from services.cli.grievance import print_trace

HERE = {"id": "u", "name": "Xã A"}


def clock(**fields: Any) -> dict[str, Any]:
    return {
        "term": "Giải quyết",
        "unit": HERE,
        "started": "2018-03-05",
        "ended": None,
        "due": "2018-03-19",
        "days": 10,
        "counted_in": "working_days",
        "statutory": True,
        "provisional": False,
        "extended": False,
        "over": 0,
        "article": "Điều 28",
        "certainty": "secondary",
        "document": None,
        **fields,
    }


def step(**fields: Any) -> dict[str, Any]:
    actor = {"office": None, "role": "commune_office", "person": None, "unit": HERE}
    said = {"position": 7, "effective": "2018-03-05", "recorded_at": "2018-03-09T08:00:00+07:00", "late": 4}
    return {**said, "term": "Vào sổ", "actor": actor, "basis": None, **fields}


def told(capsys: pytest.CaptureFixture[str], clocks: list[dict[str, Any]], steps: list[dict[str, Any]]) -> list[str]:
    """The lines of the trace, with single spaces."""
    case = {"grievance": "g", "kind": "complaint", "topic": "land", "stage": "accepted", "holder": HERE, "now": None}
    days = {"as_of": "2018-03-25", "known_at": 9, "raised": "2018-03-05", "received": "2018-03-05", "lay": 0}
    print_trace({**case, **days, "hops": [], "clocks": clocks, "steps": steps, "rules": ["2014-07-01"]})
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def test_a_limit_is_told_with_its_days_its_lateness_and_what_it_rests_on(capsys: pytest.CaptureFixture[str]) -> None:
    clocks = [
        clock(over=6),
        clock(days=30, counted_in="calendar_days", due="2018-04-04", extended=True, certainty="found"),
        clock(statutory=False, certainty="house", document="12-QĐ/ĐU", days=None, due=None),
    ]
    lines = told(capsys, clocks, [])
    assert "Giải quyết Xã A 05/03/2018 10 ngày làm việc 19/03/2018 6 ngày Điều 28 (theo nguồn gián tiếp)" in lines
    assert "Giải quyết Xã A 05/03/2018 30 ngày 04/04/2018, đã gia hạn Điều 28 (đã đọc văn bản)" in lines
    assert "Giải quyết Xã A 05/03/2018 Mức nội bộ, 12-QĐ/ĐU" in lines
    assert any(line.endswith("rules in force from: 2014-07-01") for line in lines)


def test_what_reached_the_log_late_is_told_to_be_late(capsys: pytest.CaptureFixture[str]) -> None:
    lines = told(capsys, [], [step(), step(recorded_at="2018-03-05T08:00:00+07:00", late=0)])
    assert any(line.startswith("7 05/03/2018 09/03/2018 08:00, muộn 4 ngày Vào sổ") for line in lines)
    assert any(line.startswith("7 05/03/2018 05/03/2018 08:00 Vào sổ") for line in lines)
