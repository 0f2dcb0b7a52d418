"""`soho vault`: going over to another master key while everything runs."""

from __future__ import annotations

import click
import uvloop

from services.cli.failures import Stopped
from services.cli.printing import as_json, console, print_json, progress, say
from services.cli.running import installation, may_keep
from services.settings import SettingMissing
from services.vault.places import FILE, Places
from services.vault.rotation import Rotated
from services.vault.rotation import rotate as go_over


@click.group()
def vault() -> None:
    """Kho khóa: chuyển sang khóa chính mới. / The vault: go over to a new master key."""


@vault.command()
@as_json
def rotate(json_wanted: bool) -> None:
    """Bọc lại mọi khóa bằng một khóa chính mới trong khi hệ thống vẫn chạy; bị ngắt thì chạy lại sẽ tiếp tục.

    Wrap every key again with a new master key while everything runs; after an interruption the next run goes on.

    \b
    SOHO_MASTER_KEY_FILE       tệp khóa chính, khóa mới ở dòng đầu / the file; the new key is its first line
    SOHO_MASTER_KEY            khóa chính, khóa mới đứng trước / the keys themselves, the new one first
    SOHO_MASTER_KEY_COMMAND    lệnh của hệ thống quản lý khóa / the command of a key management
    SOHO_KEEPER_DATABASE_URL   PostgreSQL, tài khoản soho_api / as the login soho_api

    Nêu hai nơi cùng lúc để chuyển khóa từ nơi này sang nơi kia (lệnh, rồi biến môi trường, rồi tệp).
    Name two places to go over from one to the other (the command first, then the variable, then the file).
    """
    found = uvloop.run(_rotate())
    if json_wanted:
        print_json(found)
        return
    if found.continued:
        say("Đã hoàn tất lần chuyển khóa chính còn dở.", "Finished going over to a master key that had been begun.")
    say(
        f"Khóa chính hiện dùng: {found.current}. Đã bọc lại {found.rewrapped} khóa.",
        f"Current master key: {found.current}. {found.rewrapped} keys were wrapped again.",
    )
    for id_ in found.retired:
        say(
            f"Kho khóa không cần khóa chính {id_} nữa; các bản sao lưu kho khóa cũ thì còn cần. Hãy cất riêng nó đến "
            "khi các bản đó được hủy, rồi hủy nó.",
            f"The vault needs master key {id_} no longer; older backups of the vault do. Keep it apart until those are "
            "discarded, then destroy it.",
        )
    for owner in found.damaged:
        console().print(f"✗  {owner}", style="bold red", markup=False)
    if found.damaged:
        say(
            "Các khóa trên không mở được và được giữ nguyên: hãy khôi phục chúng từ bản sao lưu rồi chạy lại.",
            "These keys do not open and were left as they are: restore them from the backup and run this again.",
        )


async def _rotate() -> Rotated:
    where = installation()
    if where.keeper_url is None:
        raise SettingMissing("SOHO_KEEPER_DATABASE_URL", "the database as a login that may keep the vault")
    if not where.master_keys:
        raise SettingMissing(FILE, "the file with the master key of the vault")
    async with may_keep(where.keeper_url) as pool:
        if pool is None:
            raise Stopped(
                "SOHO_KEEPER_DATABASE_URL không có quyền giữ kho khóa (soho_keeper).",
                "SOHO_KEEPER_DATABASE_URL may not keep the vault (soho_keeper).",
            )
        with progress() as bar:
            task = bar.add_task("vault", total=None)
            return await go_over(
                pool, Places(where.master_keys, pool), lambda done, total: bar.update(task, completed=done, total=total)
            )
