"""Master keys from a file, the environment or a key management; a wrong or lost one stops everything and changes
nothing; going over to another while others seal and read."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from events.sealing import seal
from projections.database import Pool, Role, open_pool
from services.cli.checks import vault as check
from services.cli.failures import explain
from services.vault import master
from services.vault.keys import KeyDamaged, Keys
from services.vault.master import MasterKey, MasterKeyError, MasterKeyMissing, MasterKeyWrong
from services.vault.places import Given, Places, from_environment
from services.vault.rotation import Rotated, RotationRunning, rotate
from tests.projections.archive_of import ArchiveOf
from tests.projections.conftest import archive, registers_template  # noqa: F401
from tests.vaults import ZEROS, opened

KEY_MANAGEMENT = """
import base64, os, sys
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

box = AESGCM(open(os.environ["KMS_KEY"], "rb").read())
value = base64.b64decode(sys.stdin.readline())
assert not [name for name in os.environ if name.startswith("SOHO_")]
if sys.argv[1] == "wrap":
    nonce = os.urandom(12)
    answer = nonce + box.encrypt(nonce, value, b"soho")
else:
    answer = box.decrypt(value[:12], value[12:], b"soho")
print("of no concern", file=sys.stderr)
print(base64.b64encode(answer).decode())
"""
"""A key management in a process of its own: its key is in a file that only it reads."""


def nothing(_done: int, _total: int) -> None:
    """Nobody watches."""


@pytest_asyncio.fixture(loop_scope="session")
async def keeper(archive: ArchiveOf) -> AsyncIterator[Pool]:  # noqa: F811
    async with await open_pool(archive.url, Role.KEEPER, "test", 4) as pool:
        yield pool


@pytest.fixture
def in_file(tmp_path: Path) -> Given:
    master.create_file(tmp_path / "master.key")
    return Given(file=tmp_path / "master.key")


@pytest.fixture
def managed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Given:
    """A command that wraps and unwraps."""
    program = tmp_path / "kms.py"
    program.write_text(KEY_MANAGEMENT)
    (tmp_path / "kms.key").write_bytes(os.urandom(32))
    monkeypatch.setenv("KMS_KEY", str(tmp_path / "kms.key"))
    monkeypatch.setenv("SOHO_SOMETHING_SECRET", "secret")
    return Given(command=(sys.executable, str(program)))


async def filled(pool: Pool, given: Given, count: int = 3) -> dict[UUID, str]:
    """Owners with a text of each, sealed with keys made now."""
    keys = await opened(pool, given)
    made = await keys.for_sealing([uuid4() for _ in range(count)])
    return {owner: seal(key, owner, "name", f"Người {owner}") for owner, key in made.items()}


async def readable(keys: Keys, sealed: dict[UUID, str]) -> bool:
    texts = await keys.read([(owner, "name", text) for owner, text in sealed.items()])
    return texts == [f"Người {owner}" for owner in sealed]


async def wrapped_with(pool: Pool) -> set[str]:
    rows = await pool.fetch("SELECT master FROM vault.key UNION SELECT master FROM vault.installation")
    return {row[0] for row in rows}


def test_the_environment_says_where_they_are_and_shows_none() -> None:
    given = from_environment({"SOHO_MASTER_KEY": "c2VjcmV0", "SOHO_MASTER_KEY_COMMAND": "kms 'my key'"})
    assert given == Given(text="c2VjcmV0", command=("kms", "my key"))
    assert "c2VjcmV0" not in repr(given)
    assert not from_environment({"SOHO_MASTER_KEY": "", "SOHO_MASTER_KEY_FILE": ""})


@pytest.mark.parametrize("place", ["in_file", "managed", "text"])
async def test_a_vault_opens_again_with_what_made_it(keeper: Pool, request: pytest.FixtureRequest, place: str) -> None:
    given = ZEROS if place == "text" else request.getfixturevalue(place)
    sealed = await filled(keeper, given)
    digest_key = await Keys(keeper, Places(given, keeper)).open()
    again = Keys(keeper, Places(given, keeper))
    assert await again.open() == digest_key
    assert await readable(again, sealed)


async def test_of_a_managed_key_nothing_stands_in_the_vault_but_what_the_command_made(
    keeper: Pool, managed: Given
) -> None:
    await filled(keeper, managed)
    (key,) = await _keys(managed, keeper)
    rows = await keeper.fetch("SELECT wrapped FROM vault.master")
    assert [key.secret() in row["wrapped"] for row in rows] == [False]


async def _keys(given: Given, pool: Pool) -> list[MasterKey]:
    found = await Places(given, pool).keys()
    return [found.get(id_) for id_ in found.ids]


async def test_another_master_key_is_refused_and_nothing_is_changed(
    archive: ArchiveOf,  # noqa: F811
    keeper: Pool,
    in_file: Given,
) -> None:
    sealed = await filled(keeper, in_file)
    right = (await Places(in_file, keeper).keys()).ids[0]
    before = [await archive.fetch(f"SELECT * FROM vault.{table}") for table in ("master", "installation", "key")]
    with pytest.raises(MasterKeyWrong) as wrong:
        await opened(keeper, ZEROS)
    told = explain(wrong.value)
    assert told is not None
    assert all(right in sentence and ZEROS.text not in sentence for sentence in told)
    assert "đặt lại đúng khóa chính" in told[0]
    assert "put the right one back from its backup" in told[1]
    assert [
        await archive.fetch(f"SELECT * FROM vault.{table}") for table in ("master", "installation", "key")
    ] == before
    assert await readable(await opened(keeper, in_file), sealed)


async def test_a_lost_file_is_not_made_anew(keeper: Pool, in_file: Given) -> None:
    await filled(keeper, in_file)
    assert in_file.file is not None
    in_file.file.unlink()
    with pytest.raises(MasterKeyMissing, match="must be restored from its backup"):
        await opened(keeper, in_file)
    assert not in_file.file.exists()


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "empty"), ("không phải khóa", "not base64"), ("c2hvcnQ=", "must have 32 bytes"), ("a b", "not valid base64")],
)
async def test_a_spoiled_file_says_what_is_wrong(keeper: Pool, in_file: Given, text: str, says: str) -> None:
    assert in_file.file is not None
    in_file.file.write_text(text, encoding="utf-8")
    with pytest.raises(MasterKeyError, match=says):
        await opened(keeper, in_file)


@pytest.mark.parametrize("trouble", ["missing", "refuses", "babbles", "silent", "lost its key"])
async def test_a_key_management_that_fails_is_named_and_nothing_is_made(
    keeper: Pool, managed: Given, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    await filled(keeper, managed)
    monkeypatch.setattr("services.vault.key_command.PATIENCE_SECONDS", 0.5 if trouble == "silent" else 30)
    programs = {
        "refuses": "import sys; print('secret text'); sys.exit(3)",
        "babbles": "print('secret text')",
        "silent": "import time; time.sleep(60)",
        "lost its key": KEY_MANAGEMENT,
    }
    command: tuple[str, ...] = ("/nowhere/kms",)
    if trouble != "missing":
        (tmp_path / "other.py").write_text(programs[trouble])
        command = (sys.executable, str(tmp_path / "other.py"))
    if trouble == "lost its key":
        (tmp_path / "kms.key").write_bytes(os.urandom(32))
    before = await keeper.fetch("SELECT * FROM vault.master")
    with pytest.raises(MasterKeyError, match="SOHO_MASTER_KEY_COMMAND") as failed:
        await opened(keeper, Given(command=command))
    assert "secret text" not in str(failed.value)
    assert await keeper.fetch("SELECT * FROM vault.master") == before


async def test_a_damaged_key_is_left_as_it_is_and_its_neighbours_open(
    archive: ArchiveOf,  # noqa: F811
    keeper: Pool,
) -> None:
    sealed = await filled(keeper, ZEROS)
    bad, *others = sealed
    await archive.fetch(
        "UPDATE vault.key SET wrapped = set_byte(wrapped, 20, get_byte(wrapped, 20) # 1) WHERE owner = $1", bad
    )
    before = await archive.fetch("SELECT * FROM vault.key WHERE owner = $1", bad)
    keys = await opened(keeper)
    with capture_logs() as logs:
        assert await keys.read([(owner, "name", text) for owner, text in sealed.items()]) == [
            None,
            *(f"Người {owner}" for owner in others),
        ]
    assert [(entry["event"], entry["owner"]) for entry in logs] == [("vault.key_damaged", str(bad))]
    with pytest.raises(KeyDamaged):
        await keys.for_sealing([bad, uuid4()])
    assert await archive.fetch("SELECT * FROM vault.key WHERE owner = $1", bad) == before
    found = await check.opens(keeper, await Places(ZEROS, keeper).keys())
    assert [(wrong.code, str(bad) in wrong.detail) for wrong in found.wrong] == [("key_damaged", True)]
    rotated = await rotate(keeper, Places(Given(text=f"{MasterKey.new().text()} {ZEROS.text}"), keeper), nothing)
    assert (rotated.damaged, rotated.retired, rotated.rewrapped) == ([bad], [], 3)
    assert await archive.fetch("SELECT * FROM vault.key WHERE owner = $1", bad) == before


async def test_going_over_to_another_file_key_keeps_everything_readable(keeper: Pool, in_file: Given) -> None:
    sealed = await filled(keeper, in_file)
    serving = await opened(keeper, in_file)
    assert in_file.file is not None
    old = in_file.file.read_text()
    seen: list[tuple[int, int]] = []
    rotated = await rotate(keeper, Places(in_file, keeper), lambda done, total: seen.append((done, total)))
    assert (rotated.rewrapped, rotated.continued, rotated.damaged) == (3, False, [])
    assert seen == [(3, 3)]
    assert await wrapped_with(keeper) == {rotated.current}
    assert await readable(serving, sealed)
    assert await readable(await opened(keeper, in_file), sealed)
    # The old one is apart now: the file has the new one alone, and the vault refuses the old one.
    (retired,) = rotated.retired
    assert in_file.file.with_name(f"master.key.retired-{retired}").read_text() == old
    assert len(in_file.file.read_text().split()) == 1
    assert in_file.file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(MasterKeyWrong):
        await opened(keeper, Given(text=old))


async def test_who_serves_meanwhile_seals_with_the_new_key_and_nothing_with_the_old(
    keeper: Pool, in_file: Given
) -> None:
    serving = await opened(keeper, in_file)
    stop = asyncio.Event()
    sealed: dict[UUID, str] = {}
    rounds = asyncio.Queue[None]()

    async def seal_on() -> None:
        while not stop.is_set():
            for owner, key in (await serving.for_sealing([uuid4() for _ in range(20)])).items():
                sealed[owner] = seal(key, owner, "name", f"Người {owner}")
            assert await readable(serving, dict(list(sealed.items())[-5:]))
            rounds.put_nowait(None)

    clients = [asyncio.create_task(seal_on()) for _ in range(3)]
    for _ in range(3):
        for _ in range(10):
            await rounds.get()
        rotated = await rotate(keeper, Places(in_file, keeper), nothing)
        assert await wrapped_with(keeper) == {rotated.current}
    stop.set()
    await asyncio.gather(*clients)
    assert await wrapped_with(keeper) == {rotated.current}
    assert await readable(await opened(keeper, in_file), sealed)


async def test_a_key_destroyed_meanwhile_stays_destroyed(
    archive: ArchiveOf,  # noqa: F811
    keeper: Pool,
    in_file: Given,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It was read to be wrapped again, and ends before that is written."""
    sealed = await filled(keeper, in_file)
    gone = min(sealed)
    wrap = MasterKey.wrap

    def wrap_late(self: MasterKey, key: bytes, name: bytes) -> bytes:
        if name == gone.bytes:
            subprocess.run(
                [sys.executable, "-c", DESTROY_ONE, archive.url, str(gone)], check=True, env=os.environ, timeout=30
            )
        return wrap(self, key, name)

    monkeypatch.setattr(MasterKey, "wrap", wrap_late)
    await rotate(keeper, Places(in_file, keeper), nothing)
    (row,) = await archive.fetch("SELECT wrapped, master, destroyed_at IS NULL FROM vault.key WHERE owner = $1", gone)
    assert tuple(row) == (None, None, False)


DESTROY_ONE = """
import asyncio, sys, uuid
import asyncpg
from services.vault.keys import DESTROY

async def main():
    connection = await asyncpg.connect(sys.argv[1])
    await connection.execute(DESTROY, [uuid.UUID(sys.argv[2])])
    await connection.close()

asyncio.run(main())
"""

ROTATE = """
import asyncio, os, signal, sys
from pathlib import Path
from projections.database import Role, open_pool
from services.vault import rotation
from services.vault.places import Given, InFile, Places

rotation.CHUNK = 10
step = sys.argv[3]

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

async def died(*_):
    die()

async def main():
    async with await open_pool(sys.argv[1], Role.KEEPER, "test", 2) as pool:
        if step == "before it is current":
            rotation.make_current = died
        if step == "before the own secret":
            rotation._own_secret = died
        if step == "before it is taken from the file":
            InFile.retire = died
        progress = die if step == "between the keys" else lambda *_: None
        await rotation.rotate(pool, Places(Given(file=Path(sys.argv[2])), pool), progress)

asyncio.run(main())
"""


@pytest.mark.parametrize(
    "step",
    ["before it is current", "between the keys", "before the own secret", "before it is taken from the file"],
)
async def test_killed_at_any_step_the_next_run_finishes_it(
    archive: ArchiveOf,  # noqa: F811
    keeper: Pool,
    in_file: Given,
    step: str,
) -> None:
    sealed = await filled(keeper, in_file, 35)
    (old,) = await wrapped_with(keeper)
    killed = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", ROTATE, archive.url, str(in_file.file), step], timeout=60
    )
    assert killed.returncode == -signal.SIGKILL
    assert in_file.file is not None
    assert len(in_file.file.read_text().split()) == 2
    # Between the runs both are accepted, and whoever starts anew opens everything.
    between = await opened(keeper, in_file)
    assert await readable(between, sealed)
    await between.for_sealing([uuid4()])
    rotated = await rotate(keeper, Places(in_file, keeper), nothing)
    assert rotated.continued
    assert old not in await wrapped_with(keeper)
    assert rotated.retired == [old]
    assert in_file.file.read_text().split() != []
    assert [key.id for key in master.from_file(in_file.file)] == [rotated.current]
    assert await readable(await opened(keeper, in_file), sealed)


async def test_two_rotations_at_once_are_one(keeper: Pool, in_file: Given) -> None:
    await filled(keeper, in_file)
    ends = await asyncio.gather(
        *(rotate(keeper, Places(in_file, keeper), nothing) for _ in range(2)), return_exceptions=True
    )
    assert sorted(type(end).__name__ for end in ends) == [Rotated.__name__, RotationRunning.__name__]


async def test_from_a_file_to_a_key_management(keeper: Pool, in_file: Given, managed: Given) -> None:
    sealed = await filled(keeper, in_file)
    both = Given(file=in_file.file, command=managed.command)
    rotated = await rotate(keeper, Places(both, keeper), nothing)
    assert await wrapped_with(keeper) == {rotated.current}
    assert await readable(await opened(keeper, managed), sealed)
    again = await rotate(keeper, Places(managed, keeper), nothing)
    assert again.retired == [rotated.current]
    assert await readable(await opened(keeper, managed), sealed)


async def test_of_a_key_in_the_environment_it_says_who_must_change_it(keeper: Pool) -> None:
    sealed = await filled(keeper, ZEROS)
    with pytest.raises(MasterKeyError, match="put a new one"):
        await rotate(keeper, Places(ZEROS, keeper), nothing)
    new = MasterKey.new()
    rotated = await rotate(keeper, Places(Given(text=f"{new.text()} {ZEROS.text}"), keeper), nothing)
    assert rotated.current == new.id
    assert await readable(await opened(keeper, Given(text=new.text())), sealed)
