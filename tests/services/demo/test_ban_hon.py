"""The story of Bản Hon 2018 runs through the decisions as it says, and its published figures come out."""

from __future__ import annotations

import random
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from events.calendar import VIETNAM
from events.facts.households import EconomicClass
from events.facts.meetings import CellMeetingHeld
from events.facts.members import MemberStatus
from events.facts.organisation import CellKind
from projections.states.members import ASSIGNABLE
from services.decisions.catalogue import AnyCommand
from services.decisions.command import Command
from services.decisions.outcome import Refused
from services.demo.ban_hon import EXPECTED, story
from services.demo.ban_hon.places import CELL, CELLS, COMMUNE
from services.demo.ban_hon.telling import told
from services.demo.story import CLOCK_AHEAD, Outcomes, Step
from tests.in_memory import InMemory

DATA = Path(__file__).parents[3] / "deploy" / "demo" / "ban_hon_2018.toml"
YEARS_LATER = datetime(2026, 6, 1, 8, tzinfo=VIETNAM)

Order = Callable[[Sequence[Command]], Sequence[Command]]


class Came(msgspec.Struct, frozen=True):
    """What came of a step: outcomes, and the codes of refusals and of warnings."""

    outcomes: Outcomes
    refusals: tuple[str, ...]
    warnings: tuple[str, ...]


def run(model: InMemory, step: Step, moment: datetime, order: Order = lambda commands: commands) -> Came:
    asker = story().client(step.client).asker()
    recorded, refusals, warnings = 0, list[str](), list[str]()
    for command in order(step.commands):
        result = model.submit(asker, command, moment)
        if isinstance(result, Refused):
            refusals.append(result.code)
        elif result:
            recorded += 1
            warnings += (warning.code for warning in model.warnings if warning.code != CLOCK_AHEAD)
    outcomes = Outcomes(recorded, len(step.commands) - recorded - len(refusals), len(refusals))
    return Came(outcomes, tuple(refusals), tuple(warnings))


def tell(moment: datetime | None = None, order: Order = lambda commands: commands) -> InMemory:
    model = InMemory()
    for step in story().steps:
        came = run(model, step, moment or step.at, order)
        assert came == Came(step.expected, step.refusals, step.warnings), step.label.en
    return model


def published() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def share(part: int, whole: int) -> str:
    return f"{part * 100 / whole:.1f}"


def test_every_step_comes_out_as_told_whether_replayed_in_its_time_or_years_later() -> None:
    assert len(tell().log) == len(tell(YEARS_LATER).log)


def test_items_of_a_step_do_not_depend_on_each_other() -> None:
    shuffle = random.Random(2018)

    def shuffled(commands: Sequence[Command]) -> Sequence[Command]:
        return shuffle.sample(commands, len(commands))

    assert len(tell(order=shuffled).log) == len(tell().log)


def test_told_a_second_time_nothing_new_is_recorded() -> None:
    model = tell(YEARS_LATER)
    length = len(model.log)
    for step in story().steps:
        expected = step.expected
        came = run(model, step, YEARS_LATER)
        outcomes = Outcomes(0, expected.recorded + expected.duplicate, expected.refused)
        assert came == Came(outcomes, step.refusals, ()), step.label.en
    assert len(model.log) == length


def test_the_story_is_the_same_every_time() -> None:
    encoder = msgspec.json.Encoder()
    assert encoder.encode(told().story().steps) == encoder.encode(told().story().steps)


def test_every_command_reads_back_as_it_was_sent() -> None:
    decoder = msgspec.json.Decoder(AnyCommand)
    for step in story().steps:
        for command in step.commands:
            assert decoder.decode(msgspec.json.encode(command)) == command
            assert command.id.version == 7


def test_an_id_stands_for_one_item_and_one_is_sent_twice_on_purpose() -> None:
    sent = [command for step in story().steps for command in step.commands]
    items = {command.id: command for command in sent}
    assert len(sent) - len(items) == 1
    assert all(items[command.id] == command for command in sent)


def test_steps_follow_each_other_in_time() -> None:
    times = [step.at for step in story().steps]
    assert times == sorted(times)


def test_phones_send_days_after_writing() -> None:
    phones = [step for step in story().steps if step.client.startswith("phone")]
    delays = [step.at - command.written_at for step in phones for command in step.commands if command.written_at]
    assert sum(delay.days >= 3 for delay in delays) > 60
    assert sum(delay.total_seconds() < 0 for delay in delays) == 1


def test_every_kind_of_refusal_is_told_once() -> None:
    assert Counter(code for step in story().steps for code in step.refusals) == {
        "already_assigned": 1,
        "plan_exists": 1,
        "member_not_assignable": 1,
        "grievance_unknown": 1,
        "round_exists": 1,
        "not_classified": 1,
        "not_competent": 1,
    }


def test_members_at_the_end_of_the_year(model: InMemory) -> None:
    day = EXPECTED.day
    kinds = {cell.id: cell.kind for cell in CELLS}
    present = [member for member in model.members().values() if member.unit(day)]
    statuses = Counter(member.status(day) for member in present)
    cells = [member.unit(day) for member in present]
    holding = {member for member, households in model.loads(day).items() if households}

    assert len(present) == EXPECTED.members == published()["published"]["members"]
    assert Counter(kinds[cell] for cell in cells if cell) == EXPECTED.members_by_kind
    assert sum(m.admitted is not None and m.admitted.year == 2018 for m in present) == EXPECTED.admitted
    assert statuses[MemberStatus.EXEMPT] == EXPECTED.exempt
    assert statuses[MemberStatus.TEMPORARILY_EXEMPT] == EXPECTED.temporarily_exempt
    assert statuses[MemberStatus.PROBATIONARY] == EXPECTED.admitted
    assert sum(member.status(day) in ASSIGNABLE for member in present) == EXPECTED.eligible
    assert len(holding) == EXPECTED.assigned
    assert holding <= {member.person for member in present if member.assignable(day)}


def test_households_at_the_end_of_the_year(model: InMemory) -> None:
    day = EXPECTED.day
    households = [household for household in model.households().values() if household.unit(day)]
    poor = [h for h in households if h.belongings()[-1].economic_class is EconomicClass.POOR]
    before = [h for h in model.households().values() if h.unit(date(2018, 1, 2))]
    poor_before = [h for h in before if h.classes[0].value is EconomicClass.POOR]
    covered: set[Any] = set().union(*model.loads(day).values())

    assert len(households) == EXPECTED.households
    assert len(covered) == EXPECTED.covered
    assert covered <= {household.household for household in households}
    assert sum(bool(group.households(day)) for group in model.groups().values()) == EXPECTED.groups
    assert (len(poor), share(len(poor), len(households))) == (EXPECTED.poor, EXPECTED.poor_share)
    assert (len(poor_before), len(before)) == (EXPECTED.poor_before, EXPECTED.households_before)
    assert share(len(poor_before), len(before)) == EXPECTED.poor_share_before
    assert sum(2018 in household.left_poverty for household in households) == EXPECTED.left_poverty
    assert sum(2018 in household.cultural for household in households) == EXPECTED.cultural


def test_members_of_cell_5_have_three_or_four_households_all_year(model: InMemory) -> None:
    for month in range(1, 13):
        day = date(2018, month, 28)
        loads = model.loads(day)
        sizes = [
            len(loads[m.person]) for m in model.members().values() if m.unit(day) == CELL[5].id and m.person in loads
        ]
        assert Counter(sizes) == EXPECTED.loads_in_cell_5


def test_every_cell_met_on_the_third_of_each_month(model: InMemory) -> None:
    held = [r.fact for r in model.log if isinstance(r.fact.body, CellMeetingHeld) and r.fact.effective.year == 2018]
    met = Counter((fact.unit, fact.effective.month) for fact in held)
    days = {fact.effective.day for fact in held}
    assert days == {published()["published"]["meeting_day"]}
    assert len(met) == met.total() == EXPECTED.meetings


def test_the_tree(model: InMemory) -> None:
    cells = model.organisation.below(COMMUNE, EXPECTED.day)
    kinds = Counter(model.organisation.units[cell].cell_kind for cell in cells)
    assert kinds == EXPECTED.cells
    assert {kind.value: count for kind, count in EXPECTED.cells.items()} == published()["published"]["cells"]
    assert kinds[CellKind.VILLAGE] == 9


def test_the_registers_agree_with_the_book_kept_beside_the_story(model: InMemory) -> None:
    book, day = told().book, EXPECTED.day
    loads = model.loads(day)
    assert len(model.visits()) == book.visits
    assert len(book.cell_of) == EXPECTED.members
    assert len({held.member for held in book.held.values()}) == EXPECTED.assigned
    assert sum(len(book.households(member)) for member in book.cell_of) == sum(map(len, loads.values()))
    assert sum(len(book.alone(cell.number)) for cell in CELLS) == EXPECTED.households - EXPECTED.covered


def test_an_exempt_member_keeps_his_households_until_the_cell_decides(model: InMemory) -> None:
    household = EXPECTED.household
    (before,) = model.responsible(household, date(2018, 4, 20))
    (after,) = model.responsible(household, date(2018, 5, 20))
    assert before != after
    assert model.members()[before].status(date(2018, 4, 20)) is MemberStatus.EXEMPT
    assert sum(fact.body.household == household for fact in model.visits().values()) >= 8


def test_published_and_made_up_figures_add_up() -> None:
    data = published()
    ratings, made_up = data["published"]["ratings"], data["made_up"]
    assert sum(ratings["members"].values()) == ratings["members_rated"]
    assert ratings["members_rated"] + sum(made_up["not_rated"].values()) == data["published"]["members"]
    assert made_up["not_rated"]["exempt"] == EXPECTED.exempt
    assert made_up["not_rated"]["temporarily_exempt"] == EXPECTED.temporarily_exempt
    households = made_up["households"]
    assert (households["after"], households["poor_after"]) == (EXPECTED.households, EXPECTED.poor)
    assert share(households["poor_after"], households["after"]) == data["published"]["poor_share_percent"]
    fell = float(EXPECTED.poor_share_before) - float(EXPECTED.poor_share)
    assert f"{fell:.1f}" == data["published"]["poor_share_fell_by_points"]
    assert set(data["published"]["named_cells"]) <= set(CELL)
