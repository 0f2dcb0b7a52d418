"""`soho find`: the name is asked for, never an argument."""

import subprocess

import msgspec

from tests.services.cli.command import SECONDS, SOHO, Up, environment, soho

COMMUNE = "e9f7a92e-87c3-554a-9593-519faacbea8c"


def find(up: Up, name: str, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """The command, with the name typed behind it."""
    return subprocess.run(
        [*SOHO, "find", *arguments],
        env=environment(up.home, **more),
        input=f"{name}\n",
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )


def test_households_are_found_by_a_part_of_the_heads_name(up: Up, commands: list[dict[str, str]]) -> None:
    told = find(up, "chu ho ba", COMMUNE, "--as-of", "2026-02-28", "--json")
    assert told.returncode == 0, told.stderr
    (line,) = msgspec.json.decode(told.stdout)["households"]
    assert line["head"] == "Chủ hộ Ba (tên giả)"
    assert line["household"] in {command.get("household") for command in commands}
    # As known when the tour was loaded: other tests load more of it.
    shown = find(up, "CHỦ HỘ", COMMUNE, "--as-of", "2026-02-28", "--known-at", str(len(commands))).stdout
    assert "28/02/2026" in shown
    assert shown.count("(tên giả)") == 3
    assert line["household"] in shown
    before = find(up, "chu ho ba", COMMUNE, "--as-of", "2026-02-28", "--known-at", "5").stdout
    assert "Không có hộ nào" in before


def test_what_cannot_be_searched_is_explained_without_repeating_it(up: Up) -> None:
    short = find(up, "ơ", COMMUNE)
    assert short.returncode == 2
    assert "từ 2 đến 100" in short.stderr
    auditor = soho(up.home, "token", "--role", "auditor").stdout.strip()
    refused = find(up, "chủ hộ", COMMUNE, SOHO_TOKEN=auditor)
    assert refused.returncode == 2
    assert "role_not_allowed" in refused.stderr
    assert "chủ hộ" not in refused.stderr.casefold().replace("tên chủ hộ / the head's name", "")


def test_a_name_is_no_argument(up: Up) -> None:
    refused = soho(up.home, "find", COMMUNE, "Chủ hộ Ba")
    assert refused.returncode == 2
    assert "Usage" in refused.stderr
