"""Titles and details of codes, terms of closed lists, and sentences for facts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from events.calendar import VIETNAM
from events.catalogue import BODIES
from services.texts.resource import resource

GROUP_OF = {
    "role": "role",
    "read_reason": "read_reason",
    "member_status": "member_status",
    "office": "office_kind",
    "kind": "unit_kind",
    "superior": "unit_kind",
    "state": "stage",
    "possible": "step",
    "clock": "clock",
    "expected": "kind",
    "level": "level",
    "highest": "level",
    "fits": "level",
    "leading": "level",
    "eligibility": "eligibility_outcome",
    "listed": "eligibility_outcome",
    "step_kind": "step_kind",
    "missing_step": "step_kind",
    "passed_step": "step_kind",
    "answer": "objection_outcome",
    "base": "base",
    "subjects": "subject",
    "cell_kind": "cell_kind",
    "category": "category",
    "erasure_stage": "erasure_stage",
    "needed_stage": "erasure_stage",
    "record_kind": "record_kind",
}
"""Parameters of codes that hold a value of a closed list → the group of its terms."""

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_HELPERS = frozenset({"plan-line"})


def codes() -> set[str]:
    """Every code that has texts."""
    return {name for name in resource("vi", "problems").names if "." not in name} - _HELPERS


def title(code: str, language: str) -> str:
    """What is the matter, in a few words. Raises `KeyError` for a code without texts."""
    return resource(language, "problems").format(code, {})


def detail(code: str, parameters: Mapping[str, Any], language: str) -> str:
    """What happened and what to do now. Parameters may be as decided or as read back from JSON. Raises `KeyError`."""
    problems = resource(language, "problems")
    values = {name: shown(value, GROUP_OF.get(name), language) for name, value in parameters.items()}
    text = problems.format(f"{code}.detail", values)
    if "line" in parameters:
        return f"{problems.format('plan-line', values)} {text}"
    return text


@cache
def term(group: str, value: str, language: str) -> str:
    """The name of a value of a closed list, with a capital letter. Raises `KeyError`.

    The group is the enumeration's name (`member_status`, `ending_reason`, ...), `role`, `step` for commands about a
    case, `clock` for limits, or `fact` for types of facts (of any version).
    """
    name = _unversioned(value) if group == "fact" else value.replace(".", "-")
    return resource(language, "terms").format(f"{group}-{name}", {})


def sentence(fact_type: str, parameters: Mapping[str, Any], language: str) -> str:
    """What a fact changed, in words. Raises `KeyError`.

    Parameters are the fields of the fact's body, with names in place of ids, and from the envelope `day` (effective)
    and `number` (of the basis); those that are absent or None are left out of the sentence.
    """
    groups = _groups(fact_type)
    values = {name: shown(value, groups.get(name), language) for name, value in parameters.items()}
    return resource(language, "changes").format(_unversioned(fact_type), values)


def group_of(kind: type[Enum]) -> str:
    """The group of an enumeration's terms: its name in snake case."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.__name__).lower()


def _unversioned(fact_type: str) -> str:
    return re.sub(r"\.v\d+$", "", fact_type).replace(".", "-")


@cache
def _groups(fact_type: str) -> dict[str, str]:
    """Fields of the fact that hold a value of a closed list → the group of its terms."""
    found = {}
    for name, hint in get_type_hints(BODIES[fact_type]).items():
        alternatives = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
        for kind in alternatives:
            if isinstance(kind, type) and issubclass(kind, Enum):
                found[name] = group_of(kind)
    return found


def shown(value: Any, group: str | None, language: str) -> str | int | None:
    """A value as people write it: 01/03/2018, a term in the middle of a sentence; of a list the terms, or how many."""
    if isinstance(value, Enum):
        value = value.value
    if group is not None and isinstance(value, list):
        return ", ".join(str(shown(each, group, language)) for each in value) or None
    if group is not None and isinstance(value, str):
        name = term(group, value, language)
        return name[0].lower() + name[1:]
    match value:
        case None | str() if value is None or not _ISO_DATE.fullmatch(value):
            return value
        case str():
            return f"{value[8:]}/{value[5:7]}/{value[:4]}"
        case bool():
            return "yes" if value else "no"
        case int():
            return value
        case datetime():
            return value.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M")
        case date():
            return f"{value.day:02}/{value.month:02}/{value.year:04}"
        case tuple() | list() | set() | frozenset():
            return len(value)
        case _:
            return str(value)
