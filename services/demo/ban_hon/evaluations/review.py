"""The round of one cell as its secretary enters it: sheets, comments, ballots, proposals, and the cell's own sheet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

import msgspec

from events.facts.evaluations import Commenter, Level
from events.facts.meetings import Attendance
from events.facts.organisation import CellKind
from events.facts.values import Basis, Source
from events.identifiers import derived
from services.decisions.command import Command
from services.decisions.evaluations.rounds import AttestCase, CloseRound, OpenRound, WithdrawAttestation
from services.decisions.evaluations.standing import OfRound
from services.decisions.evaluations.steps import CountBallots, GiveComment, Proposed, ProposeLevels, SelfAssess
from services.decisions.meetings import HoldMeeting
from services.demo.ban_hon.clients import secretary
from services.demo.ban_hon.evaluations import sheets
from services.demo.ban_hon.evaluations.levels import EXCELLENT, Spread, levels
from services.demo.ban_hon.places import MEMBERS, TEACHER_IN_VILLAGE, Cell, person
from services.demo.ban_hon.teller import TO_COME, Teller, on, resolution

R = TypeVar("R", bound=OfRound)


class Scheme(msgspec.Struct, frozen=True):
    """A year and what it is classified by. `points`: sheets have points, not marks."""

    year: int
    rulebook: str
    points: bool

    def sheet(self, level: Level, member: int) -> dict[str, Any]:
        """What the member with that number fills in."""
        return sheets.scored(level, member) if self.points else sheets.marked(level)

    def unit_sheet(self, level: Level, number: int) -> dict[str, Any]:
        """What is filled in of a cell with its number, or of a commune."""
        return sheets.scored(level, number) if self.points else sheets.marked(level, sheets.OF_UNITS)


class Review:
    """One cell's round. `levels`: who ends up with what; `only_reviewed`: who does his review and is not rated."""

    def __init__(
        self,
        teller: Teller,
        scheme: Scheme,
        cell: Cell,
        rated: Iterable[int],
        spread: Spread,
        only_reviewed: Iterable[int] = (),
    ) -> None:
        self.cell = cell
        self.own = spread.own
        self.levels = levels(sorted(rated), spread)
        self._teller = teller
        self._scheme = scheme
        self._only_reviewed = tuple(only_reviewed)

    def open(self, day: date) -> None:
        """The round begins, with who is in the cell that day."""
        opened = self._of_round(OpenRound, day, rulebook=self._scheme.rulebook)
        self.submit(on(day, 20), "Mở đợt đánh giá, xếp loại", "The round is opened", opened)

    def open_again(self, day: date) -> None:
        """By oversight; there is one round of a cell and year."""
        again = self._of_round(OpenRound, day, rulebook=self._scheme.rulebook)
        vi, en = "Mở đợt lần thứ hai: bị từ chối", "The round is opened once more: refused"
        self.submit(on(day, 20), vi, en, again, refusals=("round_exists",))

    def attest(self, day: date, hour: int, member: int, case: str, number: str) -> None:
        """By a document a case of the rulebook applies; what lies behind it is not held."""
        basis = Basis(number=number, issued_on=day, issuer=f"{self.cell.place} (giả định)")
        attested = self._of_round(AttestCase, day, member=person(member), case=case, basis=basis)
        vi, en = "Xác nhận một trường hợp theo quy định", "A case of the rulebook is attested"
        self.submit(on(day, hour, 30), vi, en, attested)

    def withdraw(self, day: date, member: int, case: str) -> None:
        """The case does not apply, or no longer."""
        withdrawn = self._of_round(WithdrawAttestation, day, member=person(member), case=case)
        self.submit(on(day, 19), "Rút xác nhận", "An attestation is withdrawn", withdrawn)

    def assess(self, day: date, *, otherwise: Mapping[int, Level] = {}, but: Collection[int] = ()) -> None:
        """Members rate themselves on paper, which the secretary enters; some `otherwise` than they end up."""
        on_paper = [
            self._of_round(
                SelfAssess,
                day,
                source=Source.WEB if member == MEMBERS[self.cell.number][0] else Source.PAPER,
                member=person(member),
                **self._scheme.sheet(otherwise.get(member, self.levels.get(member, Level.GOOD)), member),
            )
            for member in (*self.levels, *self._only_reviewed)
            if member not in but
        ]
        self.submit(on(day, 21), "Đảng viên tự đánh giá, xếp loại", "Members rate themselves", *on_paper)

    def assess_on_phone(self, phone: str, member: int, written: datetime, sent: datetime) -> None:
        """A member rates himself on his own phone."""
        sheet = self._scheme.sheet(self.levels[member], member)
        fields = {"source": Source.PHONE, "written_at": written, "member": person(member), **sheet}
        assessed = self._of_round(SelfAssess, written.date(), **fields)
        vi, en = "Đảng viên tự xếp loại trên điện thoại", "A member rates himself on his phone"
        self._teller.submit(phone, sent, vi, en, [assessed])

    def comment(self, day: date) -> None:
        """The committee of a village's cell, or the head of the school or health station, comments on each member; of
        the teacher who takes part in a village also the cell there (QĐ 213-QĐ/TW)."""
        village = self.cell.kind is CellKind.VILLAGE
        commenter = Commenter.CELL_COMMITTEE if village else Commenter.WORK_UNIT_HEAD
        written = Basis(number="NX", issued_on=day, issuer=self.cell.name if village else self.cell.place)
        comments = [(member, commenter, written) for member in self.levels]
        if TEACHER_IN_VILLAGE in self.levels:
            residence = Basis(number="NX-213", issued_on=day, issuer="Chi bộ nơi cư trú")
            comments.append((TEACHER_IN_VILLAGE, Commenter.RESIDENCE_COMMITTEE, residence))
        commands = [
            self._of_round(GiveComment, day, member=person(member), commenter=who, basis=basis)
            for member, who, basis in comments
        ]
        self.submit(on(day, 20), "Nhận xét về từng đảng viên", "Comments on each member", *commands)

    def ballot(self, held: HoldMeeting) -> None:
        """The cell votes by secret ballot at its meeting: on four levels, then on excellent alone."""
        present = sum(each.attendance is Attendance.PRESENT for each in held.attendance)
        first = tuple(sheets.ballot(member, level, present) for member, level in self.levels.items())
        best = [member for member, level in self.levels.items() if level is EXCELLENT]
        second = tuple(sheets.second_ballot(member, present) for member in best)
        for minute, again, papers in ((0, False, first), (10, True, second)):
            counted = self._of_round(
                CountBallots, held.day, attendance=derived(held.id, 0), second=again, papers=papers
            )
            vi, en = ("Bỏ phiếu chọn xuất sắc", "The second ballot") if again else ("Bỏ phiếu kín", "The secret ballot")
            self.submit(on(held.day, 22, minute), vi, en, counted)

    def ballot_on_new(self, held: HoldMeeting, member: int) -> None:
        """By oversight the ballot of somebody who is only reviewed is counted too."""
        paper = sheets.ballot(member, Level.GOOD, len(held.attendance))
        counted = self._of_round(CountBallots, held.day, attendance=derived(held.id, 0), papers=(paper,))
        vi, en = (
            "Bỏ phiếu về người mới kết nạp: bị từ chối",
            "A ballot on a member admitted months ago: refused",
        )
        self.submit(on(held.day, 22, 5), vi, en, counted, refusals=("not_classified",))

    def propose(self, day: date, hour: int = 22, *, but: int | None = None, only: int | None = None) -> None:
        """What the cell proposes to the committee, on the minutes of the meeting."""
        proposals = tuple(
            Proposed(member=person(member), level=level.value)
            for member, level in self.levels.items()
            if member != but and only in (None, member)
        )
        basis = resolution("12", day, self.cell.number)
        proposed = self._of_round(ProposeLevels, day, proposals=proposals, basis=basis)
        self.submit(on(day, hour, 20), "Đề xuất mức xếp loại", "The cell proposes levels", proposed)

    def assess_cell(self, day: date) -> None:
        """The cell rates itself."""
        assessed = self._of_round(SelfAssess, day, **self._scheme.unit_sheet(self.own, self.cell.number))
        self.submit(on(day, 20), "Chi bộ tự đánh giá, xếp loại", "The cell rates itself", assessed)

    def close(self, day: date) -> None:
        """Everybody who is to be rated is, for good."""
        closed = self._of_round(CloseRound, day)
        self.submit(on(day, 20), "Kết thúc đợt đánh giá, xếp loại", "The round is closed", closed)

    def submit(self, at: datetime, vi: str, en: str, *commands: Command, refusals: tuple[str, ...] = ()) -> None:
        """The secretary submits something about the round."""
        vi, en = f"{vi}, {self.cell.place}", f"{en}, cell {self.cell.number}"
        self._teller.submit(secretary(self.cell.number), at, vi, en, commands, refusals=refusals)

    def _of_round(self, kind: type[R], day: date, **fields: Any) -> R:
        return kind(id=TO_COME, effective=day, unit=self.cell.id, year=self._scheme.year, **fields)
