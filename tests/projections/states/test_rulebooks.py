"""Rulebooks by year and province, and that one which is in force never changes under a decision."""

import hashlib
import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import pytest

from events.facts.evaluations import EligibilityOutcome, Level, Subject
from projections.rules import Certainty
from projections.states.rulebooks import entries, round_entries
from projections.states.rulebooks.books import Overlay, Rulebook, RulebookInvalid, Years, laid_over
from projections.states.rulebooks.comparison import (
    Difference,
    Finding,
    FindingKind,
    by_certainty,
    differences,
    findings,
)
from projections.states.rulebooks.entries import Base, Bound, Measure
from projections.states.rulebooks.library import (
    Library,
    NoRulebook,
    by_digest,
    library,
    read,
    registered,
    rulebook_for,
)
from projections.states.rulebooks.round_entries import Party

FOLDER = files("projections.rules").joinpath("rulebooks")
BOOKS = library().every
MODULES = (entries, round_entries)

Json = dict[str, Any]


def book_json(version: str) -> Json:
    decoded: Json = json.loads(FOLDER.joinpath(f"{version}.json").read_bytes())
    return decoded


def decoded(content: Json) -> Rulebook:
    return msgspec.convert(content, Rulebook)


def overlay_of(rulebook: Rulebook, **more: Any) -> Overlay:
    document = msgspec.to_builtins(rulebook.documents[0]) | {"name": "local", "role": "related"}
    content = {
        "version": "here.v1",
        "title": "Ví dụ",
        "overlays": rulebook.version,
        "province": "here",
        "years": msgspec.to_builtins(rulebook.years),
        "documents": [document],
    }
    return msgspec.convert({**content, **more}, Overlay)


@pytest.mark.parametrize(
    ("year", "version", "regulation", "guidance"),
    [
        (2018, "132-hd16.v1", "132-QĐ/TW", "16-HD/BTCTW"),
        (2019, "132-hd21.v1", "132-QĐ/TW", "21-HD/BTCTW"),
        (2022, "132-hd21.v1", "132-QĐ/TW", "21-HD/BTCTW"),
        (2023, "124-hd25.v1", "124-QĐ/TW", "25-HD/BTCTW"),
        (2024, "124-hd25.v1", "124-QĐ/TW", "25-HD/BTCTW"),
        (2025, "366-hd43.v1", "366-QĐ/TW", "43-HD/BTCTW"),
        (2031, "366-hd43.v1", "366-QĐ/TW", "43-HD/BTCTW"),
    ],
)
def test_each_evaluation_year_has_its_regulation_and_guidance(
    year: int, version: str, regulation: str, guidance: str
) -> None:
    found = rulebook_for(year)
    assert found.version == version
    assert [document.number for document in found.documents[:2]] == [regulation, guidance]
    assert found.overlay is None


def test_a_year_before_the_first_rulebook_has_none() -> None:
    with pytest.raises(NoRulebook, match="2017"):
        rulebook_for(2017)


def test_a_province_without_any_overlay_is_a_mistake_and_not_the_bare_rulebook() -> None:
    with pytest.raises(NoRulebook, match="kon-tun"):
        rulebook_for(2022, "kon-tun")


def test_an_overlay_holds_in_its_years_only() -> None:
    under = rulebook_for(2022, "kon-tum")
    assert under.citation == "132-hd21.v1+kon-tum-2022.v1"
    added = {deadline.name: deadline.before for deadline in under.deadlines}
    assert added["grassroots_done"] == round_entries.DayOfYear(12, 5)
    assert added["state_rating"] == round_entries.DayOfYear(12, 15)
    assert "household_work" in {criterion.name for criterion in under.criteria}
    assert rulebook_for(2021, "kon-tum") is rulebook_for(2021)


def test_an_overlay_known_by_name_only_changes_no_rule() -> None:
    bare, under = rulebook_for(2025), rulebook_for(2025, "quang-ngai")
    found = differences(bare, under)
    assert {difference.section for difference in found} == {"documents"}
    assert {difference.after.certainty for difference in found if difference.after} == {Certainty.SECONDARY}
    assert "01-HD/TU" in {document.number for document in under.documents}
    assert under.digest != bare.digest


def test_the_digests_are_those_that_were_noted() -> None:
    assert findings(library(), registered()) == []


@pytest.mark.parametrize("rulebook", BOOKS, ids=lambda rulebook: rulebook.citation)
def test_a_digest_finds_the_very_rulebook(rulebook: Rulebook) -> None:
    assert by_digest(rulebook.digest) is rulebook
    assert len(rulebook.digest) == 64


def test_an_unknown_digest_finds_nothing() -> None:
    with pytest.raises(NoRulebook):
        by_digest("0" * 64)


def test_what_was_read_in_one_guidance_is_inferred_for_the_others() -> None:
    """Who was absent was read in HD 21, who decides about members in HD 16."""
    deciders = ("member_under_committee", "member_of_grassroots_cell")
    read_in = {"absent": "132-hd21.v1", **dict.fromkeys(deciders, "132-hd16.v1")}
    for rulebook in (each for each in BOOKS if each.overlay is None):
        entries = [*rulebook.eligibility, *rulebook.deciders]
        found = {entry.name: entry.certainty for entry in entries if entry.name in read_in}
        for name, version in read_in.items():
            assert found[name] is (Certainty.FOUND if rulebook.version == version else Certainty.UNVERIFIED)


def test_a_digest_can_be_made_without_our_code() -> None:
    """Of a bare rulebook it is the file without spaces, its keys sorted."""
    content = json.dumps(book_json("132-hd21.v1"), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(content.encode()).hexdigest() == rulebook_for(2020).digest


def test_the_order_of_fields_in_a_file_is_no_content() -> None:
    content = book_json("124-hd25.v1")
    assert decoded(dict(reversed(content.items()))).digest == rulebook_for(2023).digest


def test_every_word_and_number_of_a_rulebook_is_in_its_digest() -> None:
    content = book_json("366-hd43.v1")
    digests = {rulebook_for(2025).digest}
    changes: list[Callable[[Json], None]] = [
        lambda book: book["score_groups"][0].update(source="?"),
        lambda book: book["score_bands"][0].update(at_least=91),
        lambda book: book["caps"][0]["base"].update(counts="good_only"),
        lambda book: book["caps"][0]["rate"].update(certainty="found"),
        lambda book: book["steps"].reverse(),
        lambda book: book["remarks"].pop(),
        lambda book: book["years"].update(last=2026),
    ]
    for change in changes:
        changed = json.loads(json.dumps(content))
        change(changed)
        digests.add(decoded(changed).digest)
    assert len(digests) == len(changes) + 1


def test_a_field_with_a_default_says_nothing() -> None:
    """So a field that is added later stands in no earlier digest."""
    structs = [
        value
        for module in MODULES
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, msgspec.Struct)
    ]
    assert len(structs) > 20
    for struct in [*structs, Rulebook, Overlay, Years]:
        optional = [field for field in msgspec.structs.fields(struct) if not field.required]
        assert not optional or struct.__struct_config__.omit_defaults, struct
        assert all(field.default in (None, (), False) for field in optional), struct


def test_what_is_changed_missing_new_or_without_a_year_is_found() -> None:
    bare = [msgspec.structs.replace(book) for book in BOOKS if book.overlay is None and book.years.first != 2019]
    noted = {book.citation: book.digest for book in bare}
    known = Library(bare, [])
    changed = noted | {"124-hd25.v1": "0" * 64, "20-hd20.v1": "1" * 64}
    del changed["366-hd43.v1"]
    found = findings(known, changed)
    years = [Finding(FindingKind.GAP, str(year)) for year in (2019, 2020, 2021, 2022)]
    assert sorted(found, key=str) == sorted(
        [
            Finding(FindingKind.CHANGED, "124-hd25.v1"),
            Finding(FindingKind.NOT_REGISTERED, "366-hd43.v1"),
            Finding(FindingKind.GONE, "20-hd20.v1"),
            *years,
        ],
        key=str,
    )


def test_a_replaced_rulebook_is_still_found_by_its_digest() -> None:
    first = rulebook_for(2018)
    second = msgspec.structs.replace(first, version="132-hd16.v2", replaces="132-hd16.v1", title="Bản sửa")
    both = Library([first, second], [])
    assert both.for_year(2018) is second
    assert both.by_digest(first.digest) is first
    assert both.by_digest(second.digest) is second


@pytest.mark.parametrize("rulebook", BOOKS, ids=lambda rulebook: rulebook.citation)
def test_everything_says_where_it_comes_from(rulebook: Rulebook) -> None:
    provenances = list(rulebook.provenances())
    assert len(provenances) > 70
    for path, provenance in provenances:
        assert provenance.clause.strip(), path
        assert provenance.source.strip(), path
        assert provenance.certainty is not Certainty.HOUSE, path
        if provenance.source.startswith(("Inferred", "From memory")):
            assert provenance.certainty is Certainty.UNVERIFIED, path
        if provenance.certainty is Certainty.FOUND:
            assert "read" in provenance.source, path


def test_certainty_counts_everything_once() -> None:
    for rulebook in BOOKS:
        listed = by_certainty(rulebook)
        assert sorted(path for paths in listed.values() for path in paths) == sorted(
            path for path, _ in rulebook.provenances()
        )


@pytest.mark.parametrize("rulebook", BOOKS, ids=lambda rulebook: rulebook.citation)
def test_every_rulebook_can_run_a_round(rulebook: Rulebook) -> None:
    for subject in (Subject.MEMBER, Subject.CELL, Subject.COMMITTEE):
        assert any(subject in cap.subjects for cap in rulebook.caps)
        assert any(subject in decider.subjects for decider in rulebook.deciders)
        kinds = [step.kind for step in sorted(rulebook.steps, key=lambda step: step.order) if subject in step.subjects]
        assert kinds[0] is round_entries.StepKind.SELF_ASSESSMENT
        assert kinds[-1] is round_entries.StepKind.DECISION
    ballots = [step.kind for step in rulebook.steps if "ballot" in step.kind.value]
    assert ballots == [round_entries.StepKind.BALLOT, round_entries.StepKind.SECOND_BALLOT]
    assert bool(rulebook.marks) != bool(rulebook.score_bands)
    assert {streak.years for streak in rulebook.streaks if streak.level is Level.EXCELLENT} == {1, 5}


def thresholds(year: int, name: str) -> set[tuple[Measure, Bound, int]]:
    (condition,) = (each for each in rulebook_for(year).conditions if each.name == name)
    return {(each.measure, each.bound, each.percent) for each in condition.thresholds}


def test_an_excellent_member_exceeds_half_of_the_tasks_under_124_and_three_tenths_under_366() -> None:
    assert (Measure.TASKS_EXCEEDED, Bound.AT_LEAST, 50) in thresholds(2023, "member_excellent")
    assert (Measure.TASKS_EXCEEDED, Bound.AT_LEAST, 30) in thresholds(2025, "member_excellent")
    assert (Measure.SHORTCOMINGS_REMEDIED, Bound.AT_LEAST, 100) in thresholds(2025, "member_excellent")
    assert (Measure.TASKS_LATE, Bound.AT_MOST, 20) in thresholds(2025, "unit_completed")


def test_members_come_before_the_cell_that_rests_on_them() -> None:
    for year in (2018, 2019, 2025):
        order = {(each.before, each.after) for each in rulebook_for(year).precedences}
        assert (Party.MEMBERS, Party.CELL) in order
    order_of_124 = {(each.before, each.after) for each in rulebook_for(2023).precedences}
    assert (Party.LEADERSHIP, Party.MEMBERS) in order_of_124
    assert (Party.LOWER_UNIT, Party.HIGHER_UNIT) in order_of_124


def test_what_the_texts_say_of_new_members_differs() -> None:
    def case(year: int) -> entries.EligibilityCase:
        (found,) = (each for each in rulebook_for(year).eligibility if each.name == "newly_admitted")
        return found

    assert case(2019).outcome is EligibilityOutcome.REVIEW_ONLY
    assert case(2023).outcome is EligibilityOutcome.EXEMPT
    found = {difference.name: difference for difference in differences(rulebook_for(2022), rulebook_for(2023))}
    assert found["newly_admitted"] == Difference("eligibility", "newly_admitted", case(2022), case(2023))
    # the same rule under another document is no difference
    assert "suspended" not in found


def test_the_base_of_the_cap_changes_with_366() -> None:
    def bases(year: int) -> set[Base]:
        return {cap.base.counts for cap in rulebook_for(year).caps}

    assert [bases(year) for year in (2018, 2019, 2023, 2025)] == [{Base.GOOD_ONLY}] * 3 + [{Base.GOOD_OR_BETTER}]


def change(path: str, value: Any) -> Callable[[Json], None]:
    def changed(book: Json) -> None:
        *way, last = (int(part) if part.isdigit() else part for part in path.split("/"))
        at: Any = book
        for part in way:
            at = at[part]
        at[last] = value

    return changed


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (change("capss", []), "unknown field `capss`"),
        (change("caps/0/rates", 1), "unknown field `rates`"),
        (change("caps/0/rate/percent", 101), "<= 100"),
        (change("caps/0/rate/source", ""), "length >= 1"),
        (change("caps/0/base/counts", "all"), r"Invalid enum value 'all' - at `\$.caps\[0\].base.counts`"),
        (change("caps/0/exception/percent", 20), "allows no more than the cap"),
        (change("caps/0/certainty", "house"), "caps/excellent is of the house"),
        (change("years/last", 2020), "end before they begin"),
        (change("version", "366"), "Expected `str` matching regex"),
        (change("documents", []), "a regulation or a guidance is missing"),
        (change("levels/0/level", "good"), "each of the four levels"),
        (change("score_groups/0/points", 40), "the score groups of a member make 110 points"),
        (change("score_bands/1/at_least", 50), "score bands of a member"),
        (change("score_bands/3/at_least", 10), "score bands of a member"),
        (change("steps/0/order", 9), "steps of a member are not numbered"),
        (change("steps/0/forms", ["mau_9"]), "step self_assessment needs a form"),
        (change("conditions/1/name", "member_excellent"), "conditions/member_excellent stands twice"),
        (change("caps/0/subjects", ["members"]), "Invalid enum value 'members'"),
        (change("eligibility/0/status", None), "a case of a status names the status"),
        (change("eligibility/3/months", None), "within how many months"),
        (change("eligibility/0/highest", "completed"), "a highest level for who gets no level"),
        (change("deadlines/0/working_days_before", 3), "either a day or a number of working days"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_with_a_mistake_is_refused_and_says_where(
    tmp_path: Path, wrong: Callable[[Json], None], told: str
) -> None:
    content = book_json("366-hd43.v1")
    wrong(content)
    (tmp_path / "overlays").mkdir()
    (tmp_path / "366-hd43.v1.json").write_text(json.dumps(content))
    with pytest.raises(RulebookInvalid, match=told) as refused:
        read(tmp_path)
    assert "366-hd43.v1.json" in str(refused.value)


def test_all_files_with_a_mistake_are_named(tmp_path: Path) -> None:
    (tmp_path / "overlays").mkdir()
    (tmp_path / "one.v1.json").write_text("{")
    (tmp_path / "two.v1.json").write_text(json.dumps(book_json("366-hd43.v1")))
    (tmp_path / "overlays" / "three.v1.json").write_bytes(b"\xff")
    with pytest.raises(RulebookInvalid) as refused:
        read(tmp_path)
    assert [line.split(":")[0] for line in str(refused.value).splitlines()] == [
        "one.v1.json",
        "two.v1.json",
        "three.v1.json",
    ]


def test_an_overlay_replaces_what_it_names_and_nothing_else() -> None:
    bare = rulebook_for(2023)
    cap = msgspec.to_builtins(bare.caps[1])
    cap["rate"]["percent"] = 15
    under = laid_over(bare, overlay_of(bare, caps=[cap], changes=["caps/member_excellent"]))
    assert [(each.name, each.rate.percent) for each in under.caps] == [("unit_excellent", 20), ("member_excellent", 15)]
    assert under.province == "here"
    with pytest.raises(RulebookInvalid, match="caps/member_excellent"):
        laid_over(bare, overlay_of(bare, caps=[cap]))
    with pytest.raises(RulebookInvalid, match="caps/members"):
        laid_over(bare, overlay_of(bare, caps=[{**cap, "name": "members"}], changes=["caps/members"]))
    # a second cap beside the first one
    with pytest.raises(RulebookInvalid, match="two caps of a member"):
        laid_over(bare, overlay_of(bare, caps=[{**cap, "name": "members"}]))


def test_an_overlay_reaches_no_further_than_its_rulebook() -> None:
    bare, open_ended = rulebook_for(2023), rulebook_for(2025)
    for years in ({"first": 2022, "last": 2023}, {"first": 2024, "last": 2025}, {"first": 2024}):
        with pytest.raises(RulebookInvalid, match="years outside"):
            laid_over(bare, overlay_of(bare, years=years))
    assert laid_over(open_ended, overlay_of(open_ended, years={"first": 2027})).years == Years(2027)


def test_an_overlay_names_its_document() -> None:
    with pytest.raises(msgspec.ValidationError, match="names the document"):
        overlay_of(rulebook_for(2023), documents=[])


@pytest.mark.parametrize(
    ("rulebooks", "overlays", "told"),
    [
        (lambda a: [a, a], lambda a: [], "two of this version"),
        (lambda a: [a, a_like(a, "x.v1")], lambda a: [], "hold for the same year"),
        (lambda a: [a_like(a, "x.v2", replaces="x.v1")], lambda a: [], "replaces x.v1, which there is not"),
        (lambda a: [a, a_like(a, "x.v1", overlay="y.v1")], lambda a: [], "names an overlay"),
        (lambda a: [a], lambda a: [overlay_of(a, overlays="x.v1")], "lies over x.v1, which there is not"),
        (lambda a: [a], lambda a: [overlay_of(a), overlay_of(a, version="other.v1")], "hold for the same year"),
        (lambda a: [a, a_like(a, "x.v2", replaces=a.version)], lambda a: [overlay_of(a)], "which was replaced"),
        (
            lambda a: [a, *(a_like(a, f"x.v{number}", replaces=a.version) for number in (2, 3))],
            lambda a: [],
            "which another one replaces already",
        ),
    ],
)
def test_files_that_do_not_fit_together_are_refused(
    rulebooks: Callable[[Rulebook], list[Rulebook]], overlays: Callable[[Rulebook], list[Overlay]], told: str
) -> None:
    bare = rulebook_for(2018)
    with pytest.raises(RulebookInvalid, match=told):
        Library(rulebooks(bare), overlays(bare))


def a_like(rulebook: Rulebook, version: str, **more: Any) -> Rulebook:
    return msgspec.structs.replace(rulebook, version=version, **more)


def test_an_overlay_moves_on_with_the_rulebook_that_it_lies_over() -> None:
    first = rulebook_for(2018)
    second = a_like(first, "132-hd16.v2", replaces=first.version)
    both = Library([first, second], [overlay_of(first), overlay_of(second, version="here.v2", replaces="here.v1")])
    assert both.for_year(2018, "here").citation == "132-hd16.v2+here.v2"
    assert {book.citation for book in both.every} == {
        "132-hd16.v1",
        "132-hd16.v2",
        "132-hd16.v1+here.v1",
        "132-hd16.v2+here.v2",
    }
