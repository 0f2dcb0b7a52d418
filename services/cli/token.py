"""`soho token`: a bearer token of the development issuer."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import click
import uvloop

from events.facts.organisation import OfficeKind
from services.cli.printing import as_json, print_json
from services.cli.running import CLIENT, issuer, root_unit
from services.decisions.asking import OFFICES_OF, Asker, Role

OF_A_CELL = frozenset({Role.MEMBER.value, Role.CELL_SECRETARY.value})
"""Roles that the root, which is no cell, is no unit for."""


@click.command()
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    required=True,
    help="Vai trò của người gọi. / What kind of caller.",
)
@click.option("--unit", type=click.UUID, help="Đơn vị; mặc định là đơn vị gốc. / The unit; the root, if not given.")
@click.option("--person", type=click.UUID, help="Người gọi; hệ thống thì không có. / The person; a system has none.")
@click.option(
    "--office",
    type=click.Choice([office.value for office in OfficeKind]),
    help="Chức vụ của người gọi. / The person's office.",
)
@click.option("--hours", type=click.IntRange(1, 24 * 31), default=12, show_default=True, help="Số giờ có hiệu lực.")
@as_json
def token(role: str, unit: UUID | None, person: UUID | None, office: str | None, hours: int, json_wanted: bool) -> None:
    """Cấp một mã truy cập để thử. / Issue a bearer token, for trying things out.

    Khóa cấp mã nằm trong SOHO_TOKEN_KEY_FILE, hoặc trong thư mục dữ liệu đang chạy.
    The key is in SOHO_TOKEN_KEY_FILE, or in the folder of the running installation.
    """
    if role == Role.MEMBER.value and person is None:
        raise click.UsageError("vai trò member cần --person / the role member needs --person")
    if role in OF_A_CELL and unit is None:
        raise click.UsageError(f"vai trò {role} cần --unit / the role {role} needs --unit")
    fitting = OFFICES_OF.get(Role(role))
    if fitting is not None and (person is None or office not in {kind.value for kind in fitting}):
        raise click.UsageError(
            f"vai trò {role} cần --person và --office / the role {role} needs --person and --office: "
            + ", ".join(sorted(kind.value for kind in fitting))
        )
    key = issuer()
    asker = Asker(role=Role(role), unit=unit or uvloop.run(root_unit()), client=CLIENT, person=person, office=office)
    made = key.token(asker, timedelta(hours=hours))
    if json_wanted:
        print_json({"token": made, "role": role, "unit": asker.unit, "person": person, "hours": hours})
    else:
        click.echo(made)
