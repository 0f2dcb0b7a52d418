"""Every code, term and change has its words in both languages, with the same variables, and none is unused."""

import importlib
import inspect
import pkgutil
from datetime import date
from enum import Enum
from typing import get_type_hints

import msgspec
import pytest

import events.facts
from events.catalogue import BODIES
from events.facts.grievance_values import NoReceiver
from events.facts.values import Body
from projections.archive.follower import CODES
from projections.registers.coverage.doubts import Doubt
from projections.registers.grievances.vacancies import Vacancy
from projections.registers.out_of_place import Misplacement
from projections.states import erasure_rules, retention
from projections.states.clock_rules import VERSIONS
from projections.states.erasures import ErasureStage
from projections.states.grievances import Stage
from projections.states.rulebooks.entries import Base
from projections.states.rulebooks.round_entries import StepKind
from services import texts
from services.decisions.asking import Role
from services.decisions.grievances.steps import STEPS
from services.intake.expecting import Kind
from services.intake.never_recorded import Category
from services.queries.oddities import Oddity
from services.reads.reasons import ReadReason
from services.texts.catalogue import group_of
from services.texts.resource import ABSENT, Resource, resource
from tests.codes_in import codes_in, sources, strings_in

FILES = ("problems", "terms", "changes", "references")
SOURCES = [path for path in sources("events", "services") if "texts" not in path.parts]
TELLERS = {"Refused": 0, "Warned": 0, "TokenRefused": 0, "HttpProblem": 1, "Refusal": 1, "respond": 2}
"""What takes a code, as the argument of this number."""

NOT_YET_RAISED = {"position_unknown", "register_being_built"}
"""Codes that the interface promises and nothing raises yet."""


def names(file: str, language: str = "vi") -> set[str]:
    return resource(language, file).names


@pytest.mark.parametrize("file", FILES)
def test_both_languages_have_the_same_messages_and_variables(file: str) -> None:
    vietnamese, english = resource("vi", file), resource("en", file)
    assert vietnamese.names == english.names
    for name in vietnamese.names:
        assert vietnamese.variables(name) == english.variables(name), name
        assert vietnamese.format(name, {}) != "" or name in vietnamese.references(), name


def test_every_code_in_the_source_has_its_texts() -> None:
    raised = codes_in(SOURCES, TELLERS)
    assert len(raised) > 60
    assert raised - texts.codes() == set()
    for language in texts.languages:
        for code in texts.codes():
            assert texts.title(code, language)
            assert texts.detail(code, {}, language)


def test_no_code_is_unused() -> None:
    assert texts.codes() - strings_in(SOURCES) - NOT_YET_RAISED == set()
    assert codes_in(SOURCES, TELLERS) & NOT_YET_RAISED == set()


def enumerations() -> set[type[Enum]]:
    areas = pkgutil.iter_modules(events.facts.__path__, "events.facts.")
    modules = [importlib.import_module(area.name) for area in areas]
    members = (value for module in modules for value in vars(module).values())
    found = {kind for kind in members if inspect.isclass(kind) and issubclass(kind, Enum) and kind is not Enum}
    return found | {Role, ErasureStage, Doubt, Misplacement, Oddity, Stage, Kind, StepKind, Base, Category, ReadReason}


def test_every_value_of_a_closed_list_has_its_term_and_every_term_its_value() -> None:
    listed = {f"{group_of(kind)}-{value.value}" for kind in enumerations() for value in kind}
    facts = {f"fact-{name.rsplit('.', 1)[0].replace('.', '-')}" for name in BODIES}
    parked = {f"parked-{code}" for code in codes_in(sources("projections"), {"CannotApply": 0}) | {"waits_for_parked"}}
    stops = {
        f"alarm-{code}" for code in set(CODES.values()) | codes_in(sources("events", "projections"), {"LogRefused": 0})
    }
    steps = {f"step-{name.replace('.', '-')}" for name in STEPS}
    clocks = {f"clock-{clock.name}" for rules in VERSIONS for clock in rules.clocks}
    # Why nobody can work on a case: for want of a receiver, or of somebody there.
    vacancies = {f"{group_of(NoReceiver)}-{vacancy.value}" for vacancy in Vacancy}
    limits = {f"request_limit-{clock.name}" for rules in erasure_rules.VERSIONS for clock in rules.clocks}
    kinds = {f"record_kind-{rule.kind}" for rules in retention.VERSIONS for rule in rules.kinds}
    assert names("terms") == listed | facts | parked | stops | steps | clocks | vacancies | limits | kinds
    for name in BODIES:
        assert texts.term("fact", name, "vi") != texts.term("fact", name, "en")


def test_every_type_of_fact_has_one_sentence_filled_from_its_fields() -> None:
    changes = resource("vi", "changes")
    sentences = {name.rsplit(".", 1)[0].replace(".", "-"): body for name, body in BODIES.items()}
    assert changes.names - changes.references() == sentences.keys()
    for name, body in sentences.items():
        assert changes.variables(name) <= {*body.__struct_fields__, "day", "number"}, name


@pytest.mark.parametrize("body", BODIES.values(), ids=lambda body: body.TYPE)
def test_what_is_absent_is_left_out_of_a_sentence(body: type[Body]) -> None:
    fields = msgspec.structs.fields(body)
    given = {field.name: "X" if field.required else field.default for field in fields}
    closed = {
        name: next(iter(hint)).value
        for name, hint in get_type_hints(body).items()
        if inspect.isclass(hint) and issubclass(hint, Enum)
    }
    for language in texts.languages:
        said = texts.sentence(body.TYPE, {**given, **closed, "day": date(2018, 3, 1)}, language)
        assert "01/03/2018" in said
        assert ABSENT not in said
        assert said.endswith(".")


def test_values_are_written_as_people_write_them() -> None:
    told = {"person": "P", "since": date(2018, 3, 1), "assignment": "A", "line": 3}
    assert texts.detail("already_assigned", told, "vi").startswith(
        "Dòng 3 của kế hoạch: Đảng viên P đã phụ trách đối tượng này từ ngày 01/03/2018"
    )
    assert "01/03/2018" in texts.detail("already_assigned", {**told, "since": "2018-03-01"}, "en")
    assert "năm 2018" in texts.detail("plan_exists", {"unit": "U", "year": 2018, "plan": "P"}, "vi")
    assert texts.detail("units_below", {"unit": "U", "count": 1}, "en").startswith("One unit stands")
    assert texts.detail("units_below", {"unit": "U", "count": 1200}, "en").startswith("1200 units stand")
    status = {"person": "P", "day": date(2018, 3, 1), "member_status": "exempt"}
    assert "là: được miễn công tác và sinh hoạt đảng" in texts.detail("member_not_assignable", status, "vi")
    formed = {"day": "2018-03-01", "name": "Nhóm 1", "unit": "chi bộ bản 5", "households": ("a", "b")}
    assert texts.sentence("group.group_formed.v1", formed, "vi") == (
        "Từ ngày 01/03/2018: lập nhóm hộ Nhóm 1 ở chi bộ bản 5 gồm 2 hộ."
    )


def test_a_refused_step_of_a_case_is_told_in_words() -> None:
    told = {"state": "answered", "holder": "H", "possible": ["grievance.deliver", "grievance.withdraw"]}
    assert texts.detail("grievance_wrong_state", told, "vi") == (
        "Vụ việc đang ở trạng thái: đã có trả lời, chưa báo cho hộ; đơn vị đang giữ: H. "
        "Lúc này có thể: báo trả lời cho hộ, ghi hộ rút."
    )
    assert texts.detail("not_the_holder", {**told, "possible": []}, "en") == (
        "This is for the unit that has the case: H. "
        "The case is at this stage: answered, the household not told yet. Nothing is left to be done."
    )


def test_a_basis_is_named_where_there_is_one() -> None:
    left = {"person": "Ông A", "unit": "chi bộ bản 5", "reason": "died", "day": date(2018, 3, 1)}
    assert texts.sentence("member.member_left.v1", {**left, "number": "12-QĐ/ĐU"}, "vi") == (
        "Từ ngày 01/03/2018: Ông A không còn sinh hoạt ở chi bộ bản 5, lý do: từ trần (theo văn bản số 12-QĐ/ĐU)."
    )


def test_what_has_no_words_is_an_error() -> None:
    for ask in (
        lambda: texts.title("no_such_code", "vi"),
        lambda: texts.detail("no_such_code", {}, "en"),
        lambda: texts.term("role", "king", "vi"),
        lambda: texts.sentence("no.such_fact.v1", {}, "vi"),
    ):
        with pytest.raises(KeyError):
            ask()
    with pytest.raises(FileNotFoundError):
        texts.title("internal", "fr")


def test_a_damaged_file_is_not_loaded() -> None:
    with pytest.raises(ValueError, match="no Fluent message"):
        Resource("vi", "this is not a message")
