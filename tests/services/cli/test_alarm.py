"""An operator ends an alarm when what raised it is mended, and not before."""

from __future__ import annotations

import msgspec

from tests.services.cli.command import Up, soho
from tests.services.cli.test_doctor import PLACE, superuser

RAISE = "INSERT INTO archive.alarm (code, position, message) VALUES ('gap', 9, 'seen by a test') RETURNING alarm"
REASON = ("--reason", "Restored the newest copy")


def listed(up: Up) -> list[int]:
    return [one["alarm"] for one in msgspec.json.decode(soho(up.home, "alarm", "list", "--json").stdout)]


async def test_an_alarm_is_told_in_both_languages_and_ended_once_log_and_archive_agree(up: Up) -> None:
    async with superuser(up) as connection:
        number = await connection.fetchval(RAISE)
        for arguments in (("alarm", "list"), ("state",)):
            told = soho(up.home, *arguments).stdout
            assert "Nhật ký thiếu một sự việc." in told
            assert "The log lacks a fact." in told
            assert "seen by a test" in told
        assert listed(up) == [number]
        (one,) = msgspec.json.decode(soho(up.home, "alarm", "list", "--json").stdout)
        assert one["raised_at"].endswith("+07:00")
        ended = soho(up.home, "alarm", "end", str(number), *REASON)
        assert (ended.returncode, ended.stderr) == (0, "")
        assert listed(up) == []
        assert "No alarms." in soho(up.home, "alarm", "list").stdout
        row = await connection.fetchrow("DELETE FROM archive.alarm RETURNING reason, ended_at IS NOT NULL")
        assert row is not None
        assert tuple(row) == (REASON[1], True)


async def test_an_alarm_stays_while_the_archive_differs_from_the_log(up: Up) -> None:
    async with superuser(up) as connection:
        number = await connection.fetchval(RAISE)
        before = await connection.fetchval("SELECT recorded_ns FROM archive.message WHERE position = $1", PLACE)
        await connection.execute("UPDATE archive.message SET recorded_ns = $1 WHERE position = $2", before + 1, PLACE)
        try:
            refused = soho(up.home, "alarm", "end", str(number), *REASON)
            assert refused.returncode == 1
            assert f"position {PLACE}: differs" in refused.stdout
            assert listed(up) == [number]
        finally:
            await connection.execute("UPDATE archive.message SET recorded_ns = $1 WHERE position = $2", before, PLACE)
            await connection.execute("DELETE FROM archive.alarm")


def test_an_alarm_is_ended_by_its_number_and_with_a_reason(up: Up) -> None:
    unknown = soho(up.home, "alarm", "end", "4711", *REASON)
    assert unknown.returncode == 2
    assert "There is no open alarm 4711." in unknown.stderr
    for reason in ((), ("--reason", " "), ("--reason", "x" * 201)):
        refused = soho(up.home, "alarm", "end", "4711", *reason)
        assert refused.returncode == 2
        assert "--reason" in refused.stderr
