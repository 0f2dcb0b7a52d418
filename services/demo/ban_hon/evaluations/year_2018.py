"""The classification of 2018: ballots at the December meetings, decisions until Christmas, the end in January 2019.

Published are the sums: 147 rated, 17 excellent, 108 good, 22 completed; 13 cells good or better, 5 of them excellent;
the committee good. Days, documents, who has which level and who was not rated for which reason are made up.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from events.facts.evaluations import ObjectionAbout, ObjectionOutcome, RevisionReason, Subject
from events.facts.values import Basis, Source
from services.decisions.command import Command
from services.decisions.evaluations.objections import AnswerObjection, RaiseObjection
from services.decisions.evaluations.ratings import DecideRatings, Rated, ReviseRating
from services.demo.ban_hon.clients import COMMUNE_CHIEF, IMPORT, NEXT_DISTRICT_OFFICE, OFFICE, PHONE_OF
from services.demo.ban_hon.evaluations.committee import Committee
from services.demo.ban_hon.evaluations.levels import COMPLETED, GOOD, SPREAD_2018
from services.demo.ban_hon.evaluations.review import Review, Scheme
from services.demo.ban_hon.grievances.case import made_up
from services.demo.ban_hon.meetings import DAYS, held_on
from services.demo.ban_hon.places import ADMITTED, CELL, CELLS, NEW, PHONE_A, YEAR, person
from services.demo.ban_hon.teller import TO_COME, Teller, decision, numbered, on

SCHEME = Scheme(YEAR, "132-hd16.v1", points=False)
MET = DAYS[-1]

OPENED, WRITTEN, SENT_IN, COMMENTED = (date(YEAR, 11, day) for day in (26, 27, 28, 30))
CAUGHT_UP, CELLS_ASSESSED = date(YEAR, 12, 7), date(YEAR, 12, 10)
DECIDED, FINAL, CELLS_DECIDED, CELLS_FINAL = (date(YEAR, 12, day) for day in (20, 21, 24, 26))
OBJECTED, COMMUNE_ASSESSED = date(YEAR, 12, 27), date(YEAR, 12, 28)
CELLS_BROUGHT_IN, REVISED, COMMUNE_DECIDED, CLOSED = (date(YEAR + 1, 1, day) for day in (3, 10, 15, 18))

TOO_NEW = tuple(number for (day, _), number in zip(ADMITTED, NEW.values(), strict=True) if day > date(YEAR, 7, 1))
"""Admitted less than six months before the year ended: they do their review and are not rated."""
ABSENT = NEW[11]
"""Excused from the December meeting: his level waits until he has done his review."""
LONG_LEAVE, LEAVE = 9, "leave_of_three_months"
"""The cell in which somebody was on leave for three months: not above completed. Why is not held."""


def tell(teller: Teller) -> None:
    """All of it. The book stands as it did in December: nobody came or went after 7 November."""
    reviews = [
        Review(
            teller,
            SCHEME,
            cell,
            [member for member in teller.book.able(cell.number) if member not in TOO_NEW],
            SPREAD_2018[cell.number],
            [member for member in teller.book.able(cell.number) if member in TOO_NEW],
        )
        for cell in CELLS
    ]
    commune = Committee(teller, SCHEME, OFFICE, COMMUNE_CHIEF, NEXT_DISTRICT_OFFICE, reviews)
    commune.open(OPENED)
    for review in reviews:
        _in_cell(teller, review)
    of_cell = {review.cell.number: review for review in reviews}
    of_cell[7].open_again(WRITTEN)
    of_cell[7].ballot_on_new(held_on(teller.book, CELL[7], MET), NEW[7])
    _decide_itself(of_cell[5])
    # A household said that this member had not come as he had noted: the committee finds less than his cell proposes.
    commune.decide_members(DECIDED, decision("71", DECIDED), otherwise={PHONE_A: COMPLETED})
    commune.finalise(Subject.MEMBER, FINAL, decision("72", FINAL))
    commune.decide_cells(CELLS_DECIDED, decision("73", CELLS_DECIDED))
    # 5 of 13 is more than a fifth, of the 8 good as of all 13: a committee of today could not make that final. Once the
    # year is over it is brought in as it was.
    commune.finalise(
        Subject.CELL,
        CELLS_FINAL,
        decision("74", CELLS_FINAL),
        by=IMPORT,
        source=Source.IMPORT,
        told=CELLS_BROUGHT_IN,
        warnings=("cap_exceeded",),
    )
    _object(teller)
    commune.assess(COMMUNE_ASSESSED, GOOD)
    # Nothing is known of the neighbouring commune, which the district rated too.
    of_district = Basis(number="112-QĐ/HU", issued_on=COMMUNE_DECIDED, issuer="Huyện ủy Tam Đường")
    commune.rate(
        None,
        COMMUNE_DECIDED,
        GOOD,
        of_district,
        by=IMPORT,
        source=Source.IMPORT,
        warnings=("pool_incomplete",),
    )
    commune.close(CLOSED)


def _in_cell(teller: Teller, review: Review) -> None:
    """From the first day to the cell's own sheet."""
    held = held_on(teller.book, review.cell, MET)
    late = ABSENT if ABSENT in review.levels else None
    review.open(OPENED)
    if review.cell.number == LONG_LEAVE:
        *_, wrong, right = review.levels
        review.attest(OPENED, 20, wrong, LEAVE, "15-GXN")
        review.withdraw(WRITTEN, wrong, LEAVE)
        review.attest(WRITTEN, 20, right, LEAVE, "15-GXN")
    for phone, member in PHONE_OF.items():
        if member in review.levels:
            review.assess_on_phone(phone, member, on(OPENED, 21), on(WRITTEN, 10, 30))
    review.assess(SENT_IN, but=PHONE_OF.values())
    review.comment(COMMENTED)
    review.ballot(held)
    review.propose(MET, but=late)
    if late is not None:
        review.attest(MET, 22, late, "absent", "12-BB/CB")
        review.withdraw(CAUGHT_UP, late, "absent")
        review.propose(CAUGHT_UP, only=late)
    review.assess_cell(CELLS_ASSESSED)


def _decide_itself(review: Review) -> None:
    """By oversight a secretary enters levels as decided: that is for the committee."""
    rated = tuple(Rated(member=person(member), level=level.value) for member, level in review.levels.items())
    decided = DecideRatings(
        id=TO_COME, effective=CAUGHT_UP, unit=review.cell.id, year=YEAR, ratings=rated, basis=decision("70", CAUGHT_UP)
    )
    vi, en = "Chi bộ tự quyết định mức: bị từ chối", "The cell decides levels itself: refused"
    review.submit(on(CAUGHT_UP, 21), vi, en, decided, refusals=("not_competent",))


def _object(teller: Teller) -> None:
    """The member objects on his phone; the committee looks again, says that he is right, and decides anew."""
    said = on(OBJECTED, 7)
    objection = numbered(
        RaiseObjection(
            id=TO_COME,
            source=Source.PHONE,
            written_at=said,
            instant=said,
            unit=CELL[5].id,
            year=YEAR,
            member=person(PHONE_A),
            about=ObjectionAbout.RATING,
            text=made_up("Lần thăm tháng 11 có thật, hôm đó chỉ có con lớn của hộ ở nhà."),
        ),
        said,
    )
    vi, en = "Đảng viên khiếu nại về mức xếp loại", "A member objects to his rating"
    teller.submit("phone-a", on(OBJECTED, 8), vi, en, [objection])
    document = decision("02", REVISED)
    of_round: dict[str, Any] = {
        "id": TO_COME,
        "effective": REVISED,
        "unit": CELL[5].id,
        "year": YEAR,
        "basis": document,
    }
    steps: tuple[tuple[str, str, Command], ...] = (
        (
            "Khiếu nại có cơ sở",
            "The objection is upheld",
            AnswerObjection(**of_round, objection=objection.id, outcome=ObjectionOutcome.UPHELD),
        ),
        (
            "Xếp loại lại",
            "The rating is revised",
            ReviseRating(**of_round, member=person(PHONE_A), level=GOOD.value, reason=RevisionReason.OBJECTION_UPHELD),
        ),
    )
    for minute, (vi, en, command) in enumerate(steps):
        teller.submit(OFFICE, on(REVISED, 9, minute), vi, en, [command])
