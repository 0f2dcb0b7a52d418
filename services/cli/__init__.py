"""The command `soho`: one file for each group of commands, imported when it is asked for."""

from __future__ import annotations

import logging
from importlib import import_module

import click

from services.cli.failures import explained
from services.logging import configure

PLACES = {
    "up": "services.cli.up:up",
    "demo": "services.cli.demo:demo",
    "load": "services.cli.load:load",
    "state": "services.cli.state:state",
    "coverage": "services.cli.coverage:coverage",
    "history": "services.cli.history:history",
    "find": "services.cli.find:find",
    "responsible": "services.cli.responsible:responsible",
    "member": "services.cli.member:member",
    "changes": "services.cli.changes:changes",
    "attention": "services.cli.attention:attention",
    "agenda": "services.cli.agenda:agenda",
    "meetings": "services.cli.meetings:meetings",
    "reports": "services.cli.reports:reports",
    "grievance": "services.cli.grievance:grievance",
    "dossier": "services.cli.dossier:dossier",
    "verify": "services.cli.verify:verify",
    "erasure": "services.cli.erasure:erasure",
    "mandate": "services.cli.mandate:mandate",
    "reads": "services.cli.reads:reads",
    "rulebook": "services.cli.rulebook:rulebook",
    "evaluation": "services.cli.evaluation:evaluation",
    "clocks": "services.cli.clocks:clocks",
    "publication": "services.cli.publication:publication",
    "token": "services.cli.token:token",
    "rebuild": "services.cli.rebuild:rebuild",
    "alarm": "services.cli.alarm:alarm",
    "doctor": "services.cli.doctor:doctor",
    "vault": "services.cli.vault:vault",
    "schemas": "services.cli.schemas:schemas",
    "setup": "services.cli.setup:setup",
    "api": "services.cli.programs:api",
    "follower": "services.cli.programs:follower",
    "projector": "services.cli.programs:projector",
}
"""Command → where it is, in the order of the help."""


class Commands(click.Group):
    """Imports a command when it is needed, and says in two languages what kept it from its work."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(PLACES)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        if name not in PLACES:
            return None
        module, _, attribute = PLACES[name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def invoke(self, ctx: click.Context) -> None:
        with explained():
            super().invoke(ctx)


@click.group(cls=Commands)
@click.version_option(package_name="soho")
def main() -> None:
    """Sổ Hộ: ai phụ trách hộ nào, đã làm gì, kết quả ra sao.

    The household book: who is responsible for which household, what was done about it, and what became of it.
    """
    configure("soho", logging.WARNING)
