"""The coverage table in a terminal: what the caller may not see is no zero."""

from uuid import UUID

import msgspec
import pytest

from projections.registers.coverage import Counts
from services.cli.coverage import print_summary

WHOLE, SEEN, AWAY = (str(UUID(int=number)) for number in (1, 2, 3))


def row(unit: str, name: str, *, visible: bool) -> dict[str, object]:
    counts = msgspec.to_builtins(Counts(members=7) if visible else Counts())
    return {"unit": unit, "name": name, "kind": "cell", "cell_kind": None, "counts": counts, "visible": visible}


def told(capsys: pytest.CaptureFixture[str], hidden: int) -> str:
    rows = [row(SEEN, "Gần", visible=True), row(AWAY, "Xa", visible=hidden == 0)]
    when = {"as_of": "2018-03-01", "known_at": 1}
    whole = {"unit": WHOLE, "name": "Xã", "counts": msgspec.to_builtins(Counts(members=7)), "incomplete": 0}
    print_summary({**whole, **when, "rows": rows, "hidden": hidden})
    captured = capsys.readouterr()
    return captured.out + captured.err


def test_a_part_out_of_sight_is_a_dash_with_a_footnote(capsys: pytest.CaptureFixture[str]) -> None:
    text = told(capsys, hidden=1)
    away = [line for line in text.splitlines() if "Xa" in line]
    assert len(away) == 2
    assert all("–" in line and "0" not in line for line in away)
    assert "không còn thuộc phạm vi" in text
    assert "no longer in your scope" in text
    assert "no longer in your scope" not in told(capsys, hidden=0)
