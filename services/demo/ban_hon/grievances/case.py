"""One grievance as it is told: raised, and then step by step, each by its client."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from events.facts.grievance_values import AnswerOutcome, CellConclusion, DeliveryChannel, GrievanceKind, GrievanceTopic
from events.facts.values import Attachment, Basis, Source
from services.decisions.command import Command
from services.decisions.grievances import hearing, inspecting, routing, settling
from services.decisions.grievances.raising import RaiseGrievance, ReceiveGrievance
from services.decisions.grievances.receivers import Concerned
from services.decisions.grievances.standing import ByHolder, OnCase
from services.demo.ban_hon.clients import OFFICE, PHONE_OF, secretary, unit_of
from services.demo.ban_hon.meetings import meeting_on
from services.demo.ban_hon.places import Household, person
from services.demo.ban_hon.teller import TO_COME, Teller, numbered, on
from services.demo.story import Words

LATER = timedelta(minutes=15)
"""A step is submitted so long after it was taken, where nothing else is said."""

WORDS: dict[type[OnCase], Words] = {
    routing.BookGrievance: Words("Vào sổ", "Booked in"),
    routing.DetermineKind: Words("Xác định loại", "Kind determined"),
    routing.SplitGrievance: Words("Tách vụ việc", "Split"),
    routing.ConcludeAtCell: Words("Chi bộ kết luận", "Concluded at the cell"),
    routing.EscalateGrievance: Words("Chuyển cấp trên", "Escalated"),
    routing.TransferGrievance: Words("Chuyển cơ quan có thẩm quyền", "Transferred"),
    routing.ReturnGrievance: Words("Trả lại", "Returned"),
    routing.NamePerson: Words("Có liên quan đến đảng viên", "It is about a member"),
    settling.AcceptGrievance: Words("Thụ lý", "Accepted"),
    settling.RefuseGrievance: Words("Không thụ lý", "Refused"),
    settling.AssignHandler: Words("Giao người giải quyết", "Handed to somebody"),
    settling.ExtendDeadline: Words("Gia hạn", "Extended"),
    settling.ReplyInterim: Words("Báo tiến độ cho hộ", "Interim reply"),
    settling.AnswerGrievance: Words("Trả lời", "Answered"),
    settling.CorrectGrievance: Words("Sửa nội dung ghi", "Corrected"),
    settling.WithholdGrievance: Words("Chuyển đơn tố cáo", "Withheld"),
    inspecting.TakeBackNaming: Words("Rút việc nêu nhầm người", "A wrong naming taken back"),
    inspecting.ReferOutside: Words("Chuyển ra cơ quan ngoài hệ thống", "Handed to a body outside"),
    hearing.DeliverAnswer: Words("Thông báo lại cho hộ", "Delivered"),
    hearing.AcceptAnswer: Words("Hộ đồng ý", "The household accepts"),
    hearing.ContestAnswer: Words("Hộ không đồng ý", "The household contests"),
    hearing.WithdrawGrievance: Words("Hộ rút", "Withdrawn"),
    hearing.CloseGrievance: Words("Kết thúc", "Closed"),
    hearing.NoteOverdue: Words("Nhắc quá hạn", "Notice of overdue"),
}


def made_up(text: str) -> str:
    """A text that says of itself that nobody ever said it."""
    return f"{text} (nội dung giả định)"


class Case:
    """A case that has been raised. Its steps come in the order in which they were taken."""

    def __init__(self, teller: Teller, title: Words, grievance: UUID) -> None:
        self.id = grievance
        self._teller = teller
        self._title = title

    def take(
        self,
        client: str,
        at: datetime,
        step: type[OnCase],
        *,
        sent: datetime | None = None,
        source: Source = Source.WEB,
        basis: Basis | None = None,
        attachments: tuple[Attachment, ...] = (),
        refusals: tuple[str, ...] = (),
        **details: Any,
    ) -> UUID:
        """The client takes the step at that moment; it is submitted a quarter of an hour later, or when `sent`. That
        the household accepts or withdraws stands on its own paper, where it is not its member who says so.

        Returns the command's id.
        """
        if issubclass(step, ByHolder):
            details["unit"] = unit_of(client)
        phone = client in PHONE_OF
        if basis is None and not phone and step in (hearing.AcceptAnswer, hearing.WithdrawGrievance):
            basis = Basis(number="Giấy của hộ", issued_on=at.date(), issuer="Hộ dân (giả định)")
        command = step(
            id=TO_COME,
            source=Source.PHONE if phone else source,
            written_at=at if phone else None,
            instant=at,
            grievance=self.id,
            basis=basis,
            attachments=attachments,
            **details,
        )
        command = numbered(command, at)
        words = WORDS[step]
        vi, en = f"{words.vi}: {self._title.vi}", f"{words.en}: {self._title.en}"
        self._teller.submit(client, sent or at + LATER, vi, en, [command], refusals=refusals)
        return command.id

    def conclude(self, cell: int, day: date, conclusion: CellConclusion, **details: Any) -> None:
        """The chair concludes the case at the cell's meeting of the day."""
        self.take(
            secretary(cell),
            on(day, 20, 20),
            routing.ConcludeAtCell,
            sent=on(day, 21, 10),
            meeting=meeting_on(cell, day),
            conclusion=conclusion,
            **details,
        )

    def accept(self, client: str, booked: datetime, kind: GrievanceKind, accepted: datetime) -> None:
        """The office books the case in, says what it is an hour later, and accepts it."""
        self.take(client, booked, routing.BookGrievance)
        self.take(client, booked + timedelta(hours=1), routing.DetermineKind, kind=kind)
        self.take(client, accepted, settling.AcceptGrievance)

    def answer(self, client: str, at: datetime, outcome: AnswerOutcome, text: str, **details: Any) -> None:
        """The holder answers in substance."""
        self.take(client, at, settling.AnswerGrievance, outcome=outcome, text=made_up(text), **details)

    def settle(self, by: str, delivered: datetime, accepted: datetime, closed: datetime, holder: str) -> None:
        """The household is told in person and says that it is an answer; the holder closes the case."""
        self.take(by, delivered, hearing.DeliverAnswer, channel=DeliveryChannel.IN_PERSON)
        self.take(by, accepted, hearing.AcceptAnswer)
        self.take(holder, closed, hearing.CloseGrievance)


def in_book(
    household: Household, member: int, told: datetime, received: date, topic: GrievanceTopic, text: str
) -> RaiseGrievance:
    """What a household told the member, as it stands in his cell's book. The id is the case's."""
    raised = RaiseGrievance(
        id=TO_COME,
        source=Source.PAPER,
        instant=told,
        household=household.id,
        member=person(member),
        received=received,
        topic=topic,
        text=made_up(text),
    )
    return numbered(raised, told)


def told_to_member(
    teller: Teller, title: Words, household: Household, told: datetime, received: date, topic: GrievanceTopic, text: str
) -> Case:
    """A household tells the member responsible for it; the secretary enters it on the day the cell had it."""
    member = teller.book.responsible(household)
    return entered(teller, title, household.cell, in_book(household, member, told, received, topic, text))


def entered(teller: Teller, title: Words, cell: int, raised: RaiseGrievance) -> Case:
    """The secretary of the cell enters what stands in the book."""
    received = raised.received or raised.day
    vi, en = f"Hộ phản ánh với đảng viên: {title.vi}", f"A household tells its member: {title.en}"
    teller.submit(secretary(cell), on(received, 20, 30), vi, en, [raised])
    return Case(teller, title, raised.id)


def told_at_office(
    teller: Teller,
    title: Words,
    at: datetime,
    topic: GrievanceTopic,
    text: str,
    *,
    household: Household | None = None,
    petitioner: str | None = None,
    about: Sequence[Concerned] = (),
) -> Case:
    """Somebody tells the commune's office, at citizen reception."""
    received: Command = numbered(
        ReceiveGrievance(
            id=TO_COME,
            instant=at,
            unit=unit_of(OFFICE),
            household=household.id if household else None,
            petitioner=petitioner,
            topic=topic,
            text=made_up(text),
            about=tuple(about),
        ),
        at,
    )
    vi, en = f"Tiếp công dân: {title.vi}", f"Citizen reception: {title.en}"
    teller.submit(OFFICE, at + LATER, vi, en, [received])
    return Case(teller, title, received.id)
