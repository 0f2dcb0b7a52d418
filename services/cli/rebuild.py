"""`soho rebuild`: registers built anew from the archive, beside the live ones."""

from __future__ import annotations

import click
import uvloop

from projections.projection import Projection
from projections.rebuild import rebuild as build_again
from projections.registers import REGISTERS
from services.cli.printing import progress, say
from services.cli.registers import explaining, same_limits, told
from services.cli.running import installation

BY_NAME = {register.name: register for register in REGISTERS}


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...", type=click.Choice(list(BY_NAME)))
@click.option("--all", "everything", is_flag=True, help="Tất cả các sổ. / Every register.")
def rebuild(names: tuple[str, ...], everything: bool) -> None:
    """Dựng lại sổ từ vị trí 1, bên cạnh sổ đang dùng, rồi thay thế. / Build registers again and swap them in.

    Sổ đang dùng vẫn trả lời trong lúc dựng lại. Bị ngắt giữa chừng thì chạy lại sẽ tiếp tục. Nhiều sổ chỉ đọc kho lưu
    trữ một lần và được thay cùng lúc.
    The live ones go on answering meanwhile; after an interruption the next run goes on where it stood. Several
    registers are built from one reading of the archive and swapped in at the same moment.
    """
    if bool(names) == everything:
        raise click.UsageError("hãy nêu tên sổ hoặc --all / name registers, or --all: " + ", ".join(BY_NAME))
    chosen = list(dict.fromkeys(names or BY_NAME))
    uvloop.run(_rebuild([BY_NAME[name] for name in chosen]))
    say(f"Đã dựng lại: {', '.join(chosen)}.", f"Rebuilt: {', '.join(chosen)}.")


async def _rebuild(chosen: list[type[Projection]]) -> None:
    url = installation().database_url
    await same_limits(url)
    with progress() as bar, explaining():
        await build_again(url, chosen, told(bar, chosen))
