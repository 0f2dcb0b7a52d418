"""The register of evaluations: against a slow model after any commands, and what each kind of fact means."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.envelope import Fact
from events.facts.evaluations import (
    CapCount,
    CapExceptionAuthorised,
    CaseAttested,
    EligibilityOutcome,
    Evidence,
    Level,
    LevelCounts,
    ObjectionAbout,
    ObjectionRaised,
    RatingDecided,
    RatingsFinalised,
    RosterLine,
    RosterTaken,
    RoundOpened,
    Rules,
    SelfAssessed,
    Subject,
    pool_id,
    rating_id,
    round_id,
)
from events.facts.members import MemberAdmitted, MemberStatus
from events.facts.organisation import UnitFounded, UnitKind, UnitReparented
from events.facts.values import Basis
from projections.rebuild import compare
from projections.registers import evaluations
from projections.registers.evaluations import EvaluationCounts, Evaluations, WithoutRound
from projections.registers.members import Members
from projections.registers.organisation import Organisation
from projections.states.rulebooks.library import rulebook_for
from projections.states.rulebooks.round_entries import StepKind
from tests.projections.archive_of import ArchiveOf, fact
from tests.projections.evaluations_histories import PROVINCE, UNITS, YEARS, History
from tests.projections.evaluations_model import EvaluationsModel

NEEDED = [Organisation, Members, Evaluations]
FIRST, LAST = date(2018, 8, 1), date(2020, 3, 1)


async def _renew(archive: ArchiveOf) -> None:
    await archive.fetch("DELETE FROM projection.quarantine")
    await archive.fetch("DELETE FROM projection.checkpoint")


async def _contents(archive: ArchiveOf) -> dict[str, list[Any]]:
    tables = await archive.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'evaluations_v1'")
    return {
        name: sorted(row[0] for row in await archive.fetch(f"SELECT t::text FROM evaluations_v1.{name} t"))
        for (name,) in tables
    }


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), seed=st.integers(0, 2**32), length=st.integers(5, 120), chunk=st.integers(1, 20))
async def test_every_answer_agrees_with_the_model_after_any_commands(
    archive: ArchiveOf, data: st.DataObject, seed: int, length: int, chunk: int
) -> None:
    await archive.fetch("TRUNCATE archive.message")
    archive.facts.clear()
    await archive.record(*History(seed, length).facts)
    await _renew(archive)
    await archive.project(NEEDED, chunk=1000)
    at_once = await _contents(archive)
    await _renew(archive)
    await archive.project(NEEDED, chunk=chunk)
    assert await _contents(archive) == at_once
    assert await archive.fetch("SELECT * FROM projection.quarantine") == []

    days = st.integers(0, (LAST - FIRST).days).map(lambda number: FIRST + timedelta(number))
    asked = data.draw(st.lists(st.tuples(days, st.integers(0, archive.head)), min_size=5, max_size=5))
    async with archive.asking(unit=PROVINCE) as connection:
        for as_of, known_at in [*asked, (LAST, archive.head)]:
            model = EvaluationsModel(archive.facts[:known_at], as_of)
            for year in YEARS:
                await _figures_agree(connection, model, year, known_at)
                await _rounds_agree(connection, model, year, known_at)


def _identities_hold(counts: EvaluationCounts) -> None:
    assert counts.present == counts.exempt + counts.not_yet + counts.rated
    assert counts.rated == counts.excellent + counts.good + counts.completed + counts.not_completed
    assert 0 <= counts.review_only <= counts.exempt
    assert min(counts.not_yet, counts.exempt, counts.rated) >= 0


async def _figures_agree(connection: Any, model: EvaluationsModel, year: int, known_at: int) -> None:
    day = model.day
    for unit in UNITS:
        if unit not in model.organisation.units:
            continue
        found = await evaluations.statistics(connection, unit, year, day, known_at)
        assert found.figures == model.figures(unit, year), (unit, year, day, known_at)
        for figures in (found.figures, *(part.figures for part in found.parts)):
            for counts in (figures.members, figures.cells, figures.committees):
                _identities_hold(counts)
        for part in found.parts:
            if part.unit != unit:
                assert part.figures == model.figures(part.unit, year), (unit, part.unit)
        for kind in found.kinds:
            assert kind.figures.members.present == model.of_kind(unit, year, kind.cell_kind)
        grounds = sum(each.count for each in found.grounds if each.subject == "member")
        assert grounds == found.figures.members.not_completed
        await _lists_agree(connection, model, unit, year, known_at)
        pools = await evaluations.pools(connection, unit, year, day, known_at, own=True)
        levels = [level.value for level in Level]
        counted = {(p.subject, p.group): {level: getattr(p, level) for level in levels} for p in pools}
        assert counted == model.ratings_by_group(unit, year)


async def _lists_agree(connection: Any, model: EvaluationsModel, unit: UUID, year: int, known_at: int) -> None:
    day, figures = model.day, model.figures(unit, year)
    waiting = {each.unit: (subject.value, number) for each, subject, number in model.unopened(year)}
    unopened = await evaluations.unopened(connection, unit, year, day, known_at, None, 100)
    covered = {one: what for one, what in waiting.items() if model.organisation.covers(unit, one, day)}
    assert {one.unit: (one.subject, one.members) for one in unopened} == covered
    for subject, counts, without in (
        ("member", figures.members, figures.without_round.members),
        ("cell", figures.cells, figures.without_round.cells),
        ("committee", figures.committees, figures.without_round.committees),
    ):
        for column in evaluations.LISTS:
            listed = await evaluations.listed(connection, unit, year, day, known_at, subject, column, None, 100)
            without_line = without if column in ("present", "not_yet") else 0
            assert len(listed) == getattr(counts, column) - without_line, (subject, column)
    digest = rulebook_for(year).digest
    for subject_, level in (
        (Subject.MEMBER, Level.EXCELLENT),
        (Subject.MEMBER, Level.NOT_COMPLETED),
        (Subject.CELL, Level.GOOD),
    ):
        asked = (unit, year, 2, level.value, subject_.value, digest, day, known_at)
        found = {streak.whom for streak in await evaluations.streaks(connection, *asked)}
        assert found == model.streak(unit, year, 2, level, subject_)


async def _rounds_agree(connection: Any, model: EvaluationsModel, year: int, known_at: int) -> None:
    day = model.day
    rounds = await evaluations.rounds(connection, UNITS, year, day, known_at)
    expected = {known.unit: known for known in model.rounds.values() if known.year == year}
    assert rounds.keys() == expected.keys()
    for unit, view in rounds.items():
        known = expected[unit]
        assert (view.closed is None) == (known.closed is None)
        assert (view.digest, view.committee, view.members_by) == (known.rules.digest, known.committee, known.members_by)
        lines = {
            line.member or line.unit: line for line in await evaluations.lines(connection, [view.round], day, known_at)
        }
        for _, of, line, rating in (each for each in model.lines(year) if each[0].round == view.round):
            shown = lines.pop(of)
            assert shown.outcome == (line and line.outcome.value)
            if of != unit:
                assert tuple(shown.cases) == (line.cases if line else ())
            assert (shown.level, shown.rating) == ((rating.level.value, rating.rating) if rating else (None, None))
        assert lines == {}
        await _steps_agree(connection, known, view.round, day, known_at)


async def _steps_agree(connection: Any, known: Any, round: UUID, day: date, known_at: int) -> None:
    steps = await evaluations.steps(connection, [round], day, known_at)
    for of, progress in known.progress.items():
        own = [step for step in steps if (step.member or step.unit) == of]
        assert {StepKind(step.kind) for step in own} == progress.done()
        assert sum(step.kind == "comments" for step in own) == progress.comments
        said = {step.kind: step for step in own}
        if progress.self_assessed is not None:
            assert said["self_assessment"].level == progress.self_assessed.level.value
        if progress.ballot is not None:
            votes = [getattr(progress.ballot, level.value) for level in Level]
            assert said["ballot"].votes == votes
        if progress.proposed is not None:
            assert said["proposal"].level == progress.proposed.value
    assert {step.member or step.unit for step in steps} <= known.progress.keys()
    attested = await evaluations.attested(connection, [round], day, known_at)
    expected = {(of, case.case) for of, cases in known.attested.items() for case in cases}
    assert {(one.member or known.unit, one.case_name) for one in attested} == expected
    objections = await evaluations.objections(connection, [round], day, known_at)
    assert {(o.objection, o.outcome) for o in objections} == {
        (key, each.outcome and each.outcome.value) for key, each in known.objections.items()
    }


COMMUNE, CELL, NEIGHBOUR = uuid4(), uuid4(), uuid4()
MEMBER, OTHER = uuid4(), uuid4()
ROUND = round_id(CELL, 2018)
POOL = pool_id(COMMUNE, 2018, Subject.MEMBER)
RULES = Rules(rulebook_for(2018).citation, rulebook_for(2018).digest)
OPENED, DECIDED = date(2018, 12, 1), date(2018, 12, 20)


def community() -> list[Fact[Any]]:
    """A commune with a cell of two members, and a neighbouring cell without any."""
    day = date(2018, 1, 1)
    founded = [
        fact(UnitFounded(unit=COMMUNE, kind=UnitKind.COMMUNE, name="Xã"), day, COMMUNE),
        fact(UnitFounded(unit=CELL, kind=UnitKind.CELL, name="Bản", parent=COMMUNE), day, COMMUNE),
        fact(UnitFounded(unit=NEIGHBOUR, kind=UnitKind.CELL, name="Bản bên", parent=COMMUNE), day, COMMUNE),
    ]
    admitted = [MemberAdmitted(person=person, unit=CELL, status=MemberStatus.ACTIVE) for person in (MEMBER, OTHER)]
    return [*founded, *(fact(body, day, CELL) for body in admitted)]


def opened(day: date = OPENED) -> Fact[Any]:
    who = {"subject": Subject.CELL, "committee": COMMUNE, "members_by": COMMUNE}
    return fact(RoundOpened(round=ROUND, unit=CELL, year=2018, rules=RULES, **who), day, CELL)


def roster(day: date, **outcomes: EligibilityOutcome) -> Fact[Any]:
    """The roster with these outcomes of `member` and `other`; who is not named is not on it."""
    people = {"member": MEMBER, "other": OTHER}
    lines = tuple(RosterLine(people[name], outcome) for name, outcome in outcomes.items())
    classify = EligibilityOutcome.CLASSIFY
    return fact(RosterTaken(round=ROUND, unit=CELL, year=2018, outcome=classify, members=lines), day, CELL)


def rating(day: date, level: Level, member: UUID | None = MEMBER, **fields: Any) -> Fact[Any]:
    subject = Subject.CELL if member is None else Subject.MEMBER
    pool = pool_id(COMMUNE, 2018, subject)
    body = RatingDecided(
        pool=pool,
        committee=COMMUNE,
        year=2018,
        subject=subject,
        rating=rating_id(pool, member or CELL),
        round=ROUND,
        unit=CELL,
        member=member,
        group="all",
        level=level,
        rules=RULES,
        evidence=Evidence(1, "0" * 64, "test", "0" * 64),
        **fields,
    )
    return fact(body, day, CELL)


async def members(archive: ArchiveOf, as_of: date, known_at: int | None = None) -> EvaluationCounts:
    async with archive.asking(COMMUNE) as connection:
        found = await evaluations.statistics(connection, COMMUNE, 2018, as_of, known_at or archive.head)
    return found.figures.members


CLASSIFY, EXEMPT, REVIEW_ONLY = EligibilityOutcome.CLASSIFY, EligibilityOutcome.EXEMPT, EligibilityOutcome.REVIEW_ONLY


async def test_who_is_in_a_cell_without_a_round_is_present_and_not_yet_rated(archive: ArchiveOf) -> None:
    await archive.record(*community())
    await archive.project(NEEDED)
    async with archive.asking(COMMUNE) as connection:
        found = await evaluations.statistics(connection, COMMUNE, 2018, OPENED, archive.head)
    assert found.figures.members == EvaluationCounts(present=2, not_yet=2)
    assert found.figures.cells == EvaluationCounts(present=2, not_yet=2)
    assert found.figures.committees == EvaluationCounts(present=1, not_yet=1)
    assert found.figures.without_round == WithoutRound(cells=2, committees=1, members=2)


async def test_what_is_dated_before_the_round_holds_from_its_first_day(archive: ArchiveOf) -> None:
    await archive.record(*community(), opened(), roster(date(2018, 11, 3), member=CLASSIFY, other=EXEMPT))
    await archive.record(rating(date(2018, 11, 30), Level.GOOD))
    await archive.project(NEEDED)
    assert await members(archive, date(2018, 11, 30)) == EvaluationCounts(present=2, not_yet=2)
    assert await members(archive, OPENED) == EvaluationCounts(present=2, exempt=1, rated=1, good=1)


async def test_a_roster_taken_again_takes_the_place_of_the_one_before_whatever_day_it_bears(archive: ArchiveOf) -> None:
    late, early = date(2018, 12, 10), date(2018, 12, 5)
    await archive.record(*community(), opened(), roster(late, member=CLASSIFY, other=CLASSIFY))
    await archive.record(roster(early, member=REVIEW_ONLY))
    await archive.project(NEEDED)
    assert await members(archive, late, archive.head - 1) == EvaluationCounts(present=2, not_yet=2)
    for day in (early, late):
        # The other one is on no roster any more, and he is in the cell: he is nowhere rated this year.
        assert await members(archive, day) == EvaluationCounts(present=1, exempt=1, review_only=1)


async def test_who_is_rated_is_rated_however_the_roster_reads(archive: ArchiveOf) -> None:
    await archive.record(*community(), opened(), roster(OPENED, member=EXEMPT, other=CLASSIFY))
    await archive.record(rating(DECIDED, Level.NOT_COMPLETED, grounds=("disciplined_in_year",)))
    await archive.project(NEEDED)
    assert await members(archive, OPENED) == EvaluationCounts(present=2, exempt=1, not_yet=1)
    assert await members(archive, DECIDED) == EvaluationCounts(present=2, not_yet=1, rated=1, not_completed=1)
    async with archive.asking(COMMUNE) as connection:
        found = await evaluations.statistics(connection, COMMUNE, 2018, DECIDED, archive.head)
    assert [(each.grounds, each.count, each.digest) for each in found.grounds] == [
        (["disciplined_in_year"], 1, RULES.digest)
    ]


async def test_documents_of_attestations_and_exceptions_and_what_was_finalised(archive: ArchiveOf) -> None:
    attested = CaseAttested(round=ROUND, unit=CELL, year=2018, member=OTHER, case="absent")
    pool = {"pool": POOL, "committee": COMMUNE, "year": 2018, "subject": Subject.MEMBER}
    percent = CapExceptionAuthorised(**pool, percent=25)
    counts = (CapCount("all", LevelCounts(1, 4), 1, True, True),)
    await archive.record(
        *community(),
        opened(),
        roster(OPENED, member=CLASSIFY, other=CLASSIFY),
        msgspec.structs.replace(fact(attested, OPENED, CELL), basis=Basis(number="07-GM/CB")),
        rating(DECIDED, Level.EXCELLENT),
        msgspec.structs.replace(fact(percent, DECIDED, COMMUNE), basis=Basis(number="12-CV/HU")),
        fact(RatingsFinalised(**pool, counts=counts), DECIDED + timedelta(1), COMMUNE),
    )
    await archive.project(NEEDED)
    async with archive.asking(COMMUNE) as connection:
        (case,) = await evaluations.attested(connection, [ROUND], DECIDED, archive.head)
        stages = [
            await evaluations.pools(connection, COMMUNE, 2018, day, archive.head)
            for day in (OPENED, DECIDED, DECIDED + timedelta(1))
        ]
    assert (case.member, case.case_name, case.document, case.since) == (OTHER, "absent", "07-GM/CB", OPENED)
    assert [[(p.excellent, p.authorised, p.document, p.finalised) for p in pools] for pools in stages] == [
        [],
        [(1, 25, "12-CV/HU", None)],
        [(1, 25, "12-CV/HU", DECIDED + timedelta(1))],
    ]


async def test_what_went_to_another_commune_is_hidden_and_not_counted_as_without_a_round(archive: ArchiveOf) -> None:
    elsewhere, gone = uuid4(), date(2019, 6, 1)
    await archive.record(
        *community(),
        fact(UnitFounded(unit=elsewhere, kind=UnitKind.COMMUNE, name="Xã khác"), date(2018, 1, 1), elsewhere),
        opened(),
        roster(OPENED, member=CLASSIFY, other=CLASSIFY),
        rating(DECIDED, Level.GOOD),
        fact(UnitReparented(unit=CELL, parent=elsewhere), gone, elsewhere),
        fact(UnitReparented(unit=NEIGHBOUR, parent=elsewhere), gone, elsewhere),
    )
    await archive.project(NEEDED)
    async with archive.asking(COMMUNE) as connection:
        found = await evaluations.statistics(connection, COMMUNE, 2018, DECIDED, archive.head)
        assert await evaluations.unopened(connection, CELL, 2018, DECIDED, archive.head, None, 10) == []
    assert (found.hidden, found.figures.members, found.figures.cells.present) == (2, EvaluationCounts(), 0)
    assert [(part.unit, part.visible) for part in found.parts if part.unit != COMMUNE] == [
        (CELL, False),
        (NEIGHBOUR, False),
    ]
    async with archive.asking(elsewhere) as connection:
        today = await evaluations.statistics(connection, elsewhere, 2018, gone, archive.head)
    assert today.figures.members == EvaluationCounts(present=2, not_yet=1, rated=1, good=1)


async def test_folded_again_it_is_the_same_and_a_changed_level_is_found(archive: ArchiveOf) -> None:
    await archive.record(*History(7, 100).facts)
    await archive.project(NEEDED, chunk=9)

    async def differing() -> set[tuple[str, str]]:
        found = await compare(archive.url, [Evaluations], lambda _done, _total: None)
        return {(difference.table, difference.side) for difference in found}

    assert await differing() == set()
    await archive.fetch("UPDATE evaluations_v1.line SET level = 'completed' WHERE level <> 'completed'")
    assert await differing() == {("line", "live"), ("line", "refolded")}


async def test_five_years_in_a_row_and_not_four(archive: ArchiveOf) -> None:
    years = range(2018, 2023)
    facts = []
    for year in years:
        rules = Rules(rulebook_for(year).citation, rulebook_for(year).digest)
        of = {"round": round_id(CELL, year), "unit": CELL, "year": year}
        who = {"subject": Subject.CELL, "committee": COMMUNE, "members_by": COMMUNE}
        facts.append(fact(RoundOpened(**of, rules=rules, **who), date(year, 12, 1), CELL))
        for member in (MEMBER, OTHER):
            level = Level.GOOD if (member, year) == (OTHER, 2020) else Level.EXCELLENT
            decided = rating(date(year, 12, 20), level, member).body
            body = msgspec.structs.replace(decided, **of, rules=rules)
            facts.append(fact(body, date(year, 12, 20), CELL))
    await archive.record(*community(), *facts)
    await archive.project(NEEDED)
    digest = rulebook_for(2022).digest
    async with archive.asking(COMMUNE) as connection:
        assert await evaluations.last_year(connection, COMMUNE, date(2023, 1, 1), archive.head) == 2022
        found = [
            await evaluations.streaks(
                connection, COMMUNE, 2022, length, "excellent", "member", digest, date(2023, 1, 1), archive.head
            )
            for length in (2, 5)
        ]
    assert [{one.whom for one in streak} for streak in found] == [{MEMBER, OTHER}, {MEMBER}]


async def test_what_names_an_unknown_round_waits_and_is_counted_as_incomplete(archive: ArchiveOf) -> None:
    await archive.record(*community(), rating(DECIDED, Level.GOOD))
    await archive.project(NEEDED)
    assert [row[0] for row in await archive.fetch("SELECT reason FROM projection.quarantine")] == ["round_unknown"]
    async with archive.asking(COMMUNE) as connection:
        found = await evaluations.statistics(connection, COMMUNE, 2018, DECIDED, archive.head)
    assert found.incomplete == 1


async def test_a_member_sees_his_own_and_his_cells_level_a_neighbour_nothing(archive: ArchiveOf) -> None:
    own = {"round": ROUND, "unit": CELL, "year": 2018, "member": MEMBER}
    pool = {"pool": POOL, "committee": COMMUNE, "year": 2018, "subject": Subject.MEMBER}
    await archive.record(
        *community(),
        opened(),
        roster(OPENED, member=CLASSIFY, other=CLASSIFY),
        *(fact(SelfAssessed(**own | {"member": who}, level=Level.GOOD), OPENED, CELL) for who in (MEMBER, OTHER, None)),
        fact(CaseAttested(**own | {"member": OTHER}, case="absent"), OPENED, CELL),
        fact(ObjectionRaised(**own, objection=uuid4(), about=ObjectionAbout.DOSSIER, text="s1:text"), OPENED, CELL),
        rating(DECIDED, Level.GOOD),
        rating(DECIDED, Level.EXCELLENT, member=None),
        fact(CapExceptionAuthorised(**pool, percent=25), DECIDED, COMMUNE),
    )
    await archive.project(NEEDED)

    async def seen(**who: UUID) -> dict[str, int]:
        names = [*(table.name for table in Evaluations.tables), "moved", "tally", "yearly"]
        async with archive.asking(**who) as connection:
            found = {
                name: await connection.fetchval(f"SELECT count(DISTINCT {name}) FROM evaluations_v1.{name}")
                for name in names
            }
        return {name: number for name, number in found.items() if number}

    whole = {"round": 1, "line": 3, "step": 3, "attested": 1, "objection": 1}
    counts = {
        name: number for name, number in (await seen(unit=COMMUNE)).items() if name in ("moved", "tally", "yearly")
    }
    assert counts.keys() == {"moved", "tally", "yearly"}
    assert await seen(unit=COMMUNE) == whole | counts | {"pool": 1}
    assert await seen(unit=CELL) == whole | counts
    assert await seen(unit=NEIGHBOUR) == {}
    assert await seen(person=MEMBER) == {"round": 1, "line": 2, "step": 1, "objection": 1}
    assert await seen(person=OTHER) == {"round": 1, "line": 2, "step": 1, "attested": 1}
    assert await seen(person=uuid4()) == {}
    async with archive.asking(person=OTHER) as connection:
        lines = await evaluations.lines(connection, [ROUND], DECIDED, archive.head)
    assert [(line.member, line.level) for line in lines] == [(None, "excellent"), (OTHER, None)]
