"""The monthly meetings of every cell: called, held on the 3rd, reports heard and concluded, closed.

The report of a month is the one that the month's meeting hears. Reports come on paper, through the secretary; two
phones send their own. Who was late is heard a month later; some reports never come.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from uuid import UUID

from events.facts.grievance_values import GrievanceTopic
from events.facts.meetings import Attendance, Attended, Need, ReportConclusion, ReportLine
from events.facts.values import Basis, Source
from events.identifiers import derived
from services.decisions.command import Command
from services.decisions.meetings import (
    CallMeeting,
    CloseMeeting,
    ConcludeReport,
    CorrectAttendance,
    HoldMeeting,
    SetCalendar,
    SubmitReport,
)
from services.demo.ban_hon.book import Book, Held
from services.demo.ban_hon.clients import PHONE_OF, secretary
from services.demo.ban_hon.fieldwork import SYNC_DAY, Fieldwork
from services.demo.ban_hon.places import CELL, CELLS, MEMBERS, YEAR, Cell, able, person
from services.demo.ban_hon.teller import TO_COME, Teller, moment, numbered, on

DAY = 3
"""Published: every cell meets on this day of the month."""
LATE_DAY = 12
DAYS = tuple(date(YEAR, month, DAY) for month in range(1, 13))

CORRECTED = (2, date(YEAR, 5, DAY))
"""Cell and day of the meeting whose attendance was noted wrongly."""
UNEXCUSED = (7, date(YEAR, 6, DAY))
REPLACED = ("phone-a", date(YEAR, 8, DAY))
"""Phone and meeting of the report that is sent again, corrected."""

TOLD: tuple[tuple[tuple[GrievanceTopic, ...], tuple[Need, ...]], ...] = (
    ((), (Need.LIVELIHOOD,)),
    ((GrievanceTopic.ROADS_AND_WATER,), ()),
    ((), (Need.SCHOOLING, Need.INFORMATION)),
    ((GrievanceTopic.SOCIAL_BENEFITS,), (Need.PAPERS,)),
    ((), (Need.HOUSING,)),
    ((GrievanceTopic.LIVELIHOOD,), ()),
    ((GrievanceTopic.ENVIRONMENT,), (Need.CARE,)),
)
"""What reports tell of some households, in turn; made up."""
EVERY = 23
NOTE = "Các hộ chấp hành tốt, không có gì mới (giả định)."


@cache
def call_of(cell: int, day: date) -> CallMeeting:
    """The notice of the cell's meeting on the day, one or two days before. Its id is the meeting's."""
    before = 1 if day == DAYS[0] else 1 + (cell + day.month) % 2
    told = day - timedelta(days=before)
    return numbered(CallMeeting(id=TO_COME, effective=told, unit=CELL[cell].id, day=day), on(told, 18))


def meeting_on(cell: int, day: date) -> UUID:
    """The cell's meeting on that day."""
    return call_of(cell, day).id


def held_on(book: Book, cell: Cell, day: date) -> HoldMeeting:
    """The cell's meeting of the day with who came, as the book stands that day."""
    able_now = book.able(cell.number)
    excused = able_now[-1] if (cell.number * 5 + day.month * 3) % 7 == 0 else None
    missing = able_now[2] if (cell.number, day) == UNEXCUSED else None
    how = {excused: Attendance.EXCUSED, missing: Attendance.UNEXCUSED}
    held = HoldMeeting(
        id=TO_COME,
        instant=on(day, 19, 30),
        unit=cell.id,
        meeting=meeting_on(cell.number, day),
        attendance=tuple(Attended(person(m), how.get(m, Attendance.PRESENT)) for m in able_now),
    )
    return numbered(held, on(day, 21))


def sent(day: date) -> datetime:
    """When a phone sends its member's report for the meeting. In January it has no network until the end of the month,
    so that the first report is late."""
    return on(day.replace(day=SYNC_DAY), 11) if day == DAYS[0] else on(day, 12)


def _late(member: int, day: date) -> bool:
    return (member * 7 + day.month * 11) % 67 == 1 and day != DAYS[-1]


def _missing(member: int, day: date) -> bool:
    return (member * 5 + day.month * 13) % 71 == 2


def _lines(held: list[Held], member: int, day: date) -> tuple[ReportLine, ...]:
    lines = []
    for place, one in enumerate(sorted(held, key=lambda held: held.target)):
        turn = member * 5 + day.month * 3 + place
        topics, needs = TOLD[turn // EVERY % len(TOLD)] if turn % EVERY == 0 else ((), ())
        lines.append(ReportLine(one.target, topics, needs))
    return tuple(lines)


def _conclusion(report: SubmitReport) -> ReportConclusion:
    if report.note is not None and len(report.lines) > 2:
        return ReportConclusion.TO_BE_COMPLETED
    if any(line.needs for line in report.lines):
        return ReportConclusion.CELL_FOLLOWS_UP
    return ReportConclusion.EXPLAINED if any(line.topics for line in report.lines) else ReportConclusion.NOTED


class Meetings:
    """Remembers which reports wait in which cell for the chair's conclusion."""

    def __init__(self, teller: Teller, fieldwork: Fieldwork) -> None:
        self._teller = teller
        self._fieldwork = fieldwork
        self._waiting: dict[int, list[SubmitReport]] = {cell.number: [] for cell in CELLS}

    def set_calendars(self) -> None:
        """Every cell meets on the 3rd."""
        for cell in CELLS:
            calendar = SetCalendar(id=TO_COME, effective=date(YEAR, 1, 2), unit=cell.id, year=YEAR, day=DAY)
            vi, en = f"Lịch sinh hoạt năm {YEAR}, {cell.place}", f"Calendar of meetings {YEAR}, cell {cell.number}"
            self._teller.submit(secretary(cell.number), moment(1, 2, 17), vi, en, [calendar])

    def call(self, day: date) -> None:
        """The members are told of the meeting on the day."""
        for cell in CELLS:
            called = call_of(cell.number, day)
            vi = f"Thông báo sinh hoạt ngày {day:%d/%m}, {cell.place}"
            en = f"Notice of the meeting on {day:%d/%m}, cell {cell.number}"
            self._teller.submit(secretary(cell.number), on(called.effective, 18), vi, en, [called])

    def meet(self, day: date) -> None:
        """Every cell meets; in the evening its secretary enters who came and what was told, and what was concluded."""
        for cell in CELLS:
            held = held_on(self._teller.book, cell, day)
            reports = self._told_at(cell.number, day)
            self._submit(
                cell,
                on(day, 21),
                f"Sinh hoạt chi bộ ngày {day:%d/%m}, {cell.place}",
                f"Meeting of cell {cell.number} on {day:%d/%m}, with the visits and reports told there",
                held,
                *self._fieldwork.take(cell.number),
                *reports,
            )
            self._waiting[cell.number] += reports
            self._conclude(cell, day)
            if (cell.number, day) == CORRECTED:
                self._correct(cell, held)

    def _told_at(self, cell: int, day: date) -> list[SubmitReport]:
        """The reports as read out at the meeting on the day."""
        members = {held.member for held in self._teller.book.held.values() if held.cell == cell}
        in_time = (m for m in sorted(members) if not _late(m, day) and not _missing(m, day))
        found = [self._report(m, cell, day, on(day, 19, 45)) for m in in_time if m not in PHONE_OF.values()]
        return [report for report in found if report is not None]

    def _report(
        self, member: int, cell: int, day: date, instant: datetime, source: Source = Source.PAPER
    ) -> SubmitReport | None:
        """The member's report for the meeting on the day; None of who has nobody to report of, or takes no part now."""
        book = self._teller.book
        held = [one for one in book.of_member(member) if one.cell == cell]
        held = [one for one in held if one.household is None or one.household in book.home]
        if not held or member not in book.cell_of or member in book.exempt | book.away:
            return None
        if source is Source.PAPER and member == MEMBERS[cell][0]:
            source = Source.WEB
        report = SubmitReport(
            id=TO_COME,
            source=source,
            written_at=instant + timedelta(minutes=20) if source is Source.PHONE else None,
            instant=instant,
            unit=CELL[cell].id,
            member=person(member),
            month=day.replace(day=1),
            lines=_lines(held, member, day),
            note=NOTE if (member * 3 + day.month) % 31 == 0 else None,
        )
        return numbered(report, instant)

    def _conclude(self, cell: Cell, day: date) -> None:
        """The chair concludes every report that waits. Grievances are concluded by their own stories meanwhile."""
        waiting, self._waiting[cell.number] = self._waiting[cell.number], []
        meeting = meeting_on(cell.number, day)
        concluded = [
            ConcludeReport(
                id=TO_COME,
                instant=on(day, 20, 10),
                unit=cell.id,
                meeting=meeting,
                report=report.id,
                conclusion=_conclusion(report),
            )
            for report in waiting
        ]
        vi, en = f"Kết luận các báo cáo, {cell.place}", f"The reports are concluded, cell {cell.number}"
        self._submit(cell, on(day, 21, 5), vi, en, *concluded)
        minutes = Basis(number=f"{day.month:02}-BB/CB", issued_on=day, issuer=cell.name)
        closed = CloseMeeting(id=TO_COME, instant=on(day, 20, 45), unit=cell.id, meeting=meeting, basis=minutes)
        vi, en = f"Kết thúc buổi sinh hoạt, {cell.place}", f"The meeting is closed, cell {cell.number}"
        self._submit(cell, on(day, 21, 20), vi, en, closed)

    def _correct(self, cell: Cell, held: HoldMeeting) -> None:
        """The next day: somebody noted as present was excused."""
        absent = person(able(cell)[4])
        corrected = CorrectAttendance(
            id=TO_COME,
            instant=held.instant + timedelta(hours=14),
            unit=cell.id,
            meeting=meeting_on(cell.number, held.day),
            held=derived(held.id, 0),
            attendance=tuple(
                Attended(one.member, Attendance.EXCUSED if one.member == absent else one.attendance)
                for one in held.attendance
            ),
        )
        vi, en = f"Sửa danh sách có mặt, {cell.place}", f"The attendance is corrected, cell {cell.number}"
        self._submit(cell, held.instant + timedelta(hours=15), vi, en, corrected)

    def report_late(self, day: date) -> None:
        """Those who were late for the meeting on the day bring their report a week after it."""
        entered = day.replace(day=LATE_DAY)
        for cell in CELLS:
            members = {held.member for held in self._teller.book.held.values() if held.cell == cell.number}
            late = (m for m in sorted(members) if _late(m, day) and m not in PHONE_OF.values())
            found = [self._report(m, cell.number, day, on(entered, 18)) for m in late]
            reports = [report for report in found if report is not None]
            vi, en = f"Báo cáo tháng {day.month} nộp muộn, {cell.place}", f"Late reports in cell {cell.number}"
            self._submit(cell, on(entered, 20), vi, en, *reports)
            self._waiting[cell.number] += reports

    def send(self, phone: str, day: date) -> None:
        """The phone sends its member's report for the meeting on the day, written the evening before."""
        member, cell = PHONE_OF[phone], 5 if phone == "phone-a" else 3
        written = on(day, 20) + timedelta(days=1 if day == DAYS[0] else -1)
        report = self._report(member, cell, day, written, Source.PHONE)
        if report is None:
            return
        vi, en = f"Điện thoại gửi báo cáo tháng {day.month}", f"The phone sends the report of month {day.month}"
        self._teller.submit(phone, sent(day), vi, en, [report])
        if (phone, day) == REPLACED:
            report = self._replace(phone, report, day)
        self._waiting[cell].append(report)

    def _replace(self, phone: str, report: SubmitReport, day: date) -> SubmitReport:
        """The report once more, with what was forgotten; it stands for the one before."""
        instant = on(day, 17)
        told = ReportLine(report.lines[0].target, (), (Need.CARE,))
        again = SubmitReport(
            id=TO_COME,
            source=Source.PHONE,
            written_at=instant,
            instant=instant,
            unit=report.unit,
            member=report.member,
            month=report.month,
            lines=(told, *report.lines[1:]),
            replaces=report.id,
        )
        again = numbered(again, instant)
        vi, en = f"Điện thoại sửa báo cáo tháng {day.month}", f"The phone corrects the report of month {day.month}"
        self._teller.submit(phone, on(day, 17, 30), vi, en, [again])
        return again

    def _submit(self, cell: Cell, at: datetime, vi: str, en: str, *commands: Command) -> None:
        self._teller.submit(secretary(cell.number), at, vi, en, commands)
