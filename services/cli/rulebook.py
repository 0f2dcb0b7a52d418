"""`soho rulebook`: by which rules a year is classified, what changed from year to year, and how certain they are."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import Enum

import click

from projections.rules import Certainty
from projections.states.rulebooks.books import SECTIONS, Rulebook, RulebookInvalid
from projections.states.rulebooks.comparison import (
    Difference,
    Finding,
    FindingKind,
    by_certainty,
    differences,
    findings,
)
from projections.states.rulebooks.entries import Base, CapException, Document, Entry, Lineage, Provenance
from projections.states.rulebooks.library import NoRulebook, library, registered, rulebook_for
from services import texts
from services.cli.failures import Stopped
from services.cli.printing import as_json, console, print_json, say
from services.texts.catalogue import group_of
from services.texts.resource import resource

FOUND_WRONG = 1
NAMED = {"level": ("", ""), "outcome": ("", ""), "highest": ("Cao nhất: ", "At most: ")}
"""Fields of entries that are shown by their terms, and what is put before those."""

WRONG = {
    FindingKind.CHANGED: ("nội dung đã khác với bản đã ghi nhận", "is not what the register noted"),
    FindingKind.NOT_REGISTERED: ("chưa được ghi nhận mã băm", "has no digest in the register"),
    FindingKind.GONE: ("đã được ghi nhận nhưng không còn", "is in the register and no longer there"),
    FindingKind.GAP: ("không có bộ quy định cho năm này", "is a year without a rulebook"),
}

province_option = click.option(
    "--province", metavar="TÊN", help="Kèm quy định riêng của tỉnh, ví dụ quang-ngai. / With a province's overlay."
)


@click.group()
def rulebook() -> None:
    """Bộ quy định đánh giá, xếp loại theo năm: nội dung, thay đổi, độ chắc chắn.

    Rulebooks of the year-end classification: what they say, what changed, how certain they are.
    """


@rulebook.command()
@click.argument("year", type=int)
@province_option
@as_json
def show(year: int, province: str | None, json_wanted: bool) -> None:
    """Bộ quy định của một năm, từng nội dung kèm điều khoản, nguồn và độ chắc chắn.

    The rulebook of an evaluation year: each entry with its clause, source and certainty.
    """
    found = _of(year, province)
    if json_wanted:
        print_json({"digest": found.digest, "citation": found.citation, "rulebook": found})
        return
    _print_heading(found, year)
    for section in SECTIONS:
        entries: tuple[Entry, ...] = getattr(found, section)
        if entries:
            _print_section(section)
        for entry in entries:
            _print_entry(entry)


@rulebook.command()
@click.argument("before", metavar="YEAR", type=int)
@click.argument("after", metavar="YEAR", type=int)
@province_option
@as_json
def diff(before: int, after: int, province: str | None, json_wanted: bool) -> None:
    """Nội dung khác nhau giữa bộ quy định của hai năm (không kể điều khoản, nguồn, độ chắc chắn).

    What the rulebooks of two years say differently, apart from clause, source and certainty.
    """
    old, new = _of(before, province), _of(after, province)
    found = differences(old, new)
    if json_wanted:
        print_json({"before": old.citation, "after": new.citation, "differences": found})
        return
    _print_heading(old, before)
    _print_heading(new, after)
    if not found:
        say("Không có gì khác nhau.", "Nothing differs.")
    for section in SECTIONS:
        of_section = [difference for difference in found if difference.section == section]
        if of_section:
            _print_section(section)
        for difference in of_section:
            _print_difference(difference)


@rulebook.command()
@as_json
def check(json_wanted: bool) -> None:
    """Kiểm tra mọi tệp quy định: đúng mẫu, đủ nguồn, mã băm, năm bị thiếu; liệt kê nội dung chưa kiểm chứng.

    Checks every file: its form and sources, digests, missing years; lists what is not verified. Exit code 1 when
    something is wrong; that something is unverified is not.
    """
    try:
        read = library()
    except RulebookInvalid as invalid:
        say("Tệp quy định có lỗi; chưa dùng được bộ nào.", "A file is invalid; no rulebook can be used.")
        click.echo(str(invalid))
        sys.exit(FOUND_WRONG)
    wrong = findings(read, registered())
    if json_wanted:
        print_json({"findings": wrong, "rulebooks": [_summary(each) for each in read.every]})
    else:
        for each in read.every:
            _print_certainty(each)
        _print_findings(wrong)
    if wrong:
        sys.exit(FOUND_WRONG)


def _of(year: int, province: str | None) -> Rulebook:
    try:
        return rulebook_for(year, province)
    except NoRulebook as missing:
        known = ", ".join(library().provinces())
        first = min(each.years.first for each in library().in_force)
        raise Stopped(
            f"Không có bộ quy định nào cho năm {year}"
            + (f" ở {province}; các tỉnh có quy định riêng: {known}." if province else f"; có từ năm {first}."),
            f"There is {missing}. Known: years from {first} on, provinces {known}.",
        ) from missing


def _print_heading(found: Rulebook, year: int) -> None:
    say(f"Năm {year}: {found.title} ({found.citation})", f"Year {year}; digest {found.digest}")


def _print_section(section: str) -> None:
    say(f"\n{_term('section', section, 'vi').upper()}", _term("section", section, "en"))


def _print_entry(entry: Entry) -> None:
    to = console()
    to.print(f"• {_named(entry)}", soft_wrap=True)
    for said in _terms(entry):
        to.print(f"    → {said}", soft_wrap=True)
    _print_provenance(entry.name, entry)
    for name, part in _parts(entry):
        if isinstance(part, CapException | Lineage):
            to.print(f"  + {part.text}", soft_wrap=True)
        _print_provenance(f"{entry.name}/{name} {_value(part)}".rstrip(), part)


def _named(entry: Entry) -> str:
    """The entry's text; of a document with its number, day and issuer before it."""
    if not isinstance(entry, Document):
        return entry.text
    day = f" ({entry.issued:%d/%m/%Y})" if entry.issued else ""
    return f"{entry.number}{day}, {entry.issuer}: {entry.text}"


def _print_provenance(name: str, provenance: Provenance) -> None:
    certainty = provenance.certainty.value
    told = f"{_term('certainty', certainty, 'vi')} / {_term('certainty', certainty, 'en')}"
    console().print(f"    {name} · {provenance.clause} · {told} · {provenance.source}", style="dim", soft_wrap=True)


def _terms(entry: Entry) -> Iterator[str]:
    """What an entry sets that people know by a name, in both languages."""
    for field, (vietnamese, english) in NAMED.items():
        value = getattr(entry, field, None)
        if value is not None and _name(value, "vi") != entry.text:
            yield f"{vietnamese}{_name(value, 'vi')} / {english}{_name(value, 'en')}"


def _parts(entry: Entry) -> Iterator[tuple[str, Provenance]]:
    for field in entry.__struct_fields__:
        part = getattr(entry, field)
        if isinstance(part, Provenance):
            yield field, part


def _value(part: Provenance) -> str:
    """What a part of a rule sets: 20 %, good_only, floor; nothing where it only adds words."""
    for field in ("percent", "counts", "rounding", "pool"):
        value = getattr(part, field, None)
        if isinstance(value, Base):
            return f"{_name(value, 'vi')} / {_name(value, 'en')}"
        if value is not None:
            return str(value.value) if isinstance(value, Enum) else f"{value} %"
    return ""


def _print_difference(difference: Difference) -> None:
    to = console()
    for sign, entry in (("-", difference.before), ("+", difference.after)):
        if entry is not None:
            to.print(f"{sign} {difference.name}: {_named(entry)}", soft_wrap=True)
            for said in (*_terms(entry), *(f"{name}: {_value(part)}" for name, part in _parts(entry))):
                to.print(f"    {sign} {said}", style="dim", soft_wrap=True)


def _summary(found: Rulebook) -> dict[str, object]:
    listed = by_certainty(found)
    return {
        "citation": found.citation,
        "digest": found.digest,
        "years": found.years,
        **{certainty.value: listed.get(certainty, []) for certainty in Certainty if certainty is not Certainty.HOUSE},
    }


def _print_certainty(found: Rulebook) -> None:
    listed = by_certainty(found)
    read, told, unverified = (
        len(listed.get(certainty, [])) for certainty in (Certainty.FOUND, Certainty.SECONDARY, Certainty.UNVERIFIED)
    )
    say(
        f"{found.citation}: {read} nội dung đã đọc văn bản, {told} theo nguồn gián tiếp, {unverified} chưa kiểm chứng.",
        f"{read} entries read, {told} by somebody's account, {unverified} not verified; digest {found.digest}",
    )
    if found.overlay is None:
        for path in listed.get(Certainty.UNVERIFIED, []):
            console().print(f"    chưa kiểm chứng / not verified: {path}", soft_wrap=True)


def _print_findings(wrong: list[Finding]) -> None:
    for finding in wrong:
        vietnamese, english = WRONG[finding.kind]
        say(f"LỖI {finding.of}: {vietnamese}.", f"{finding.of} {english}.")
    if not wrong:
        say(
            "Mọi tệp hợp lệ, có nguồn, đúng mã băm đã ghi nhận; không thiếu năm nào.",
            "Every file is valid, has its sources and the digest that was noted; no year is missing.",
        )


def _term(group: str, value: str, language: str) -> str:
    return resource(language, "rulebooks").format(f"{group}-{value}", {})


def _name(value: Enum, language: str) -> str:
    """The name of a value of a closed list."""
    return texts.term(group_of(type(value)), value.value, language)
