"""Codes of households: found however they are typed, replaced by a new one, never kept as they are."""

from __future__ import annotations

from uuid import uuid4

from projections.database import Role, open_pool
from services.vault.follow_codes import ALPHABET, FollowCodes
from tests.projections.archive_of import ArchiveOf
from tests.projections.conftest import archive, registers_template  # noqa: F401
from tests.vaults import opened


async def test_a_code_finds_its_case_until_there_is_a_new_one(archive: ArchiveOf) -> None:  # noqa: F811
    async with await open_pool(archive.url, Role.KEEPER, "test", 2) as pool:
        codes = FollowCodes(pool, bytes(32))
        case, other = uuid4(), uuid4()
        first, of_other = await codes.issue(case, []), await codes.issue(other, [case])
        assert [len(group) for group in first.split("-")] == [4, 4, 4, 4]
        assert set(first) <= {*ALPHABET, "-"}
        misread = first.lower().replace("-", " ").replace("0", "o").replace("1", "l")
        assert [await codes.find(typed) for typed in (first, misread, of_other)] == [
            (case, []),
            (case, []),
            (other, [case]),
        ]
        second = await codes.issue(case, [])
        assert [await codes.find(code) for code in (first, second, of_other, "")] == [
            None,
            (case, []),
            (other, [case]),
            None,
        ]
        (row,) = await archive.fetch("SELECT string_agg(digest::text, '') AS kept FROM vault.follow_code")
        assert second.replace("-", "").encode().hex() not in row["kept"]


async def test_another_installation_does_not_know_it(archive: ArchiveOf) -> None:  # noqa: F811
    async with await open_pool(archive.url, Role.KEEPER, "test", 2) as pool:
        code = await FollowCodes(pool, bytes(32)).issue(uuid4(), [])
        assert await FollowCodes(pool, bytes(31) + b"1").find(code) is None


async def test_with_the_key_of_a_case_its_code_ends(archive: ArchiveOf) -> None:  # noqa: F811
    async with await open_pool(archive.url, Role.KEEPER, "test", 2) as pool:
        codes, case = FollowCodes(pool, bytes(32)), uuid4()
        code = await codes.issue(case, [])
        await (await opened(pool)).destroy([case])
        assert await codes.find(code) is None
        assert await archive.fetch("SELECT FROM vault.follow_code") == []
