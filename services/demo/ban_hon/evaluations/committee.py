"""What the committee of a commune does with what its cells propose, and what is done above it about the commune."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from events.facts.evaluations import Level, Subject
from events.facts.values import Basis, Source
from services.decisions.command import Command
from services.decisions.evaluations.pools import FinaliseRatings
from services.decisions.evaluations.ratings import DecideRatings, Rated
from services.decisions.evaluations.rounds import CloseRound, OpenRound
from services.decisions.evaluations.steps import Appraised, AppraiseLevels, SelfAssess
from services.demo.ban_hon.clients import unit_of
from services.demo.ban_hon.evaluations import sheets
from services.demo.ban_hon.evaluations.levels import GOOD, NOT_COMPLETED
from services.demo.ban_hon.evaluations.review import Review, Scheme
from services.demo.ban_hon.places import OFFICER, person
from services.demo.ban_hon.teller import TO_COME, Teller, on

DISCIPLINED = ("disciplined_in_year",)
"""Why somebody has not completed his tasks, whatever his points are (made up; the clause is all that is held)."""


class Committee:
    """Its officer (`office`) enters what it decides; about himself its secretary (`chief`) does. `above` is who decides
    about the committee itself."""

    def __init__(
        self, teller: Teller, scheme: Scheme, office: str, chief: str, above: str, reviews: Sequence[Review]
    ) -> None:
        self.unit = unit_of(office)
        self._teller = teller
        self._scheme = scheme
        self._office = office
        self._chief = chief
        self._above = above
        self._reviews = reviews

    def open(self, day: date) -> None:
        """The committee's own round begins."""
        opened = OpenRound(**self._of(self.unit, day), rulebook=self._scheme.rulebook)
        self._by(self._office, day, 8, "Mở đợt của Đảng bộ", "The commune's own round is opened", opened)

    def appraise_members(self, day: date, otherwise: Mapping[int, Level] = {}) -> None:
        """The proposals are verified, with points of the committee's own."""
        for client, review, members in self._shared():
            rows = []
            for member in members:
                level = otherwise.get(member, review.levels[member])
                failed = level is NOT_COMPLETED
                sheet = sheets.scored(GOOD if failed else level, member, sheets.STRICTER)
                grounds = DISCIPLINED if failed else ()
                rows.append(Appraised(member=person(member), grounds=grounds, **{**sheet, "level": level.value}))
            appraised = AppraiseLevels(**self._of(review.cell.id, day), appraisals=tuple(rows))
            vi, en = "Thẩm định mức của đảng viên", "Levels of members are appraised"
            self._about(review, client, day, 14, vi, en, appraised)

    def decide_members(self, day: date, document: Basis, otherwise: Mapping[int, Level] = {}) -> None:
        """Cell by cell. `otherwise`: another level than it will be in the end."""
        for client, review, members in self._shared():
            levels = ((member, otherwise.get(member, review.levels[member])) for member in members)
            rated = tuple(
                Rated(
                    member=person(member),
                    level=level.value,
                    grounds=DISCIPLINED if level is NOT_COMPLETED else (),
                )
                for member, level in levels
            )
            decided = DecideRatings(**self._of(review.cell.id, day), ratings=rated, basis=document)
            vi, en = "Quyết định mức của đảng viên", "Levels of members are decided"
            self._about(review, client, day, 15, vi, en, decided)

    def appraise_cells(self, day: date) -> None:
        for review in self._reviews:
            row = Appraised(**sheets.scored(review.own, review.cell.number, sheets.STRICTER))
            appraised = AppraiseLevels(**self._of(review.cell.id, day), appraisals=(row,))
            self._about(review, self._office, day, 14, "Thẩm định mức của chi bộ", "A cell is appraised", appraised)

    def decide_cells(self, day: date, document: Basis) -> None:
        """After their members, since their levels rest on these."""
        for review in self._reviews:
            rated = (Rated(level=review.own.value),)
            decided = DecideRatings(**self._of(review.cell.id, day), ratings=rated, basis=document)
            self._about(review, self._office, day, 15, "Quyết định mức của chi bộ", "A cell is rated", decided)

    def finalise(self, subject: Subject, day: date, document: Basis, by: str | None = None, **expected: Any) -> None:
        """All ratings of such subjects are final; `by` an import they are brought in as they were, on a later day
        (`told`)."""
        self._final(by or self._office, self.unit, subject, day, document, **expected)

    def assess(self, day: date, level: Level) -> None:
        """The committee rates itself."""
        assessed = SelfAssess(**self._of(self.unit, day), **self._scheme.unit_sheet(level, 0))
        self._by(self._office, day, 10, "Đảng bộ xã tự đánh giá, xếp loại", "The commune rates itself", assessed)

    def rate(
        self,
        appraised: date | None,
        decided: date,
        level: Level,
        document: Basis,
        by: str | None = None,
        **expected: Any,
    ) -> None:
        """The one above decides about the commune, and makes that final the next day; `by` and `expected` as of
        `finalise`."""
        if appraised is not None:
            row = Appraised(**sheets.scored(level, 0, sheets.STRICTER))
            told = AppraiseLevels(**self._of(self.unit, appraised), appraisals=(row,))
            self._by(self._above, appraised, 9, "Thẩm định mức của Đảng bộ xã", "The commune is appraised", told)
        rated = DecideRatings(**self._of(self.unit, decided), ratings=(Rated(level=level.value),), basis=document)
        self._by(self._above, decided, 10, "Quyết định mức của Đảng bộ xã", "The commune is rated", rated)
        self._final(by or self._above, unit_of(self._above), Subject.COMMITTEE, decided, document, **expected)

    def close(self, day: date) -> None:
        """After the cells."""
        for review in self._reviews:
            review.close(day)
        closed = CloseRound(**self._of(self.unit, day))
        self._by(self._office, day, 21, "Kết thúc đợt của Đảng bộ", "The commune's own round is closed", closed)

    def _final(
        self,
        client: str,
        committee: UUID,
        subject: Subject,
        day: date,
        document: Basis,
        source: Source = Source.WEB,
        told: date | None = None,
        warnings: tuple[str, ...] = (),
    ) -> None:
        final = FinaliseRatings(
            id=TO_COME,
            effective=day,
            source=source,
            committee=committee,
            year=self._scheme.year,
            subject=subject,
            basis=document,
        )
        of_whom = {
            Subject.MEMBER: ("đảng viên", "members"),
            Subject.CELL: ("chi bộ", "cells"),
            Subject.COMMITTEE: ("đảng bộ xã", "communes"),
        }
        vi, en = of_whom[subject]
        vi, en = f"Chốt kết quả xếp loại {vi} năm {self._scheme.year}", f"Ratings of {en} {self._scheme.year} are final"
        self._teller.submit(client, on(told or day, 16), vi, en, [final], warnings=warnings)

    def _shared(self) -> list[tuple[str, Review, list[int]]]:
        """Who enters what about whom: nobody decides about himself."""
        found = []
        for review in self._reviews:
            others = [member for member in review.levels if member != OFFICER]
            found.append((self._office, review, others))
            if OFFICER in review.levels:
                found.append((self._chief, review, [OFFICER]))
        return found

    def _about(self, review: Review, client: str, day: date, hour: int, vi: str, en: str, command: Command) -> None:
        vi, en = f"{vi}, {review.cell.place}", f"{en}, cell {review.cell.number}"
        self._teller.submit(client, on(day, hour, review.cell.number), vi, en, [command])

    def _by(self, client: str, day: date, hour: int, vi: str, en: str, command: Command) -> None:
        self._teller.submit(client, on(day, hour), vi, en, [command])

    def _of(self, unit: UUID, day: date) -> dict[str, Any]:
        return {"id": TO_COME, "effective": day, "unit": unit, "year": self._scheme.year}
