"""Every refusal and warning of the decisions is provoked by a test, and every command is recorded by one."""

import ast

from services.decisions.catalogue import COMMANDS
from tests.codes_in import codes_in, sources

TESTS = sources("tests/services/decisions")


def test_every_code_of_the_decisions_is_provoked() -> None:
    told = codes_in(sources("services/decisions"), {"Refused": 0, "Warned": 0})
    assert len(told) > 40
    assert codes_in(TESTS, {"refused": 0, "warned": 0}) == told


def test_every_command_is_submitted() -> None:
    nodes = [node for path in TESTS for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    assert {command.__name__ for command in COMMANDS.values()} <= names
