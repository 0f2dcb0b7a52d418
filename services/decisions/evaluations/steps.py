"""What leads to a decision: self-assessment, comments, ballots, proposal and appraisal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec

from events.catalogue import subject
from events.facts.evaluations import (
    LEVELS,
    BallotCounted,
    Commenter,
    CommentGiven,
    Count,
    Grounds,
    Level,
    LevelAppraised,
    LevelCounts,
    LevelProposed,
    Marks,
    Scores,
    SelfAssessed,
)
from events.facts.meetings import AttendanceCorrected, CellMeetingHeld
from projections.states.evaluations import Assessment, Progress, Round
from projections.states.meetings import Held
from projections.states.organisation import Organisation
from projections.states.rulebooks.books import Rulebook
from projections.states.rulebooks.eligibility import Eligibility
from projections.states.rulebooks.round_entries import StepKind
from services.decisions.asking import FIELD, Asker, Role
from services.decisions.command import Command
from services.decisions.evaluations.grounds import must_be_open_to, must_fit
from services.decisions.evaluations.levels import (
    LevelText,
    level_named,
    marks_below,
    must_be_marked,
    must_be_scored,
    must_follow,
)
from services.decisions.evaluations.standing import (
    OfRound,
    cited,
    decider,
    must_act_for,
    must_be_classified,
    must_not_be_own,
    pool_of,
    rating_of,
    revisions_due,
    round_of,
    rulebook_of,
    subject_of,
)
from services.decisions.meetings import must_be_once
from services.decisions.outcome import Decided, Draft, Refused, Warned
from services.decisions.view import View


def must_be_unrated(view: View, known: Round, of: UUID) -> None:
    """Raises `Refused` where there is a rating already: it is revised, not made anew."""
    rating = rating_of(view, known, of)
    if rating is not None:
        raise Refused("already_rated", of=of, rating=rating.rating, level=rating.level.value)


def identity(known: Round, of: UUID) -> dict[str, Any]:
    """The fields by which a fact names the round and whom of it."""
    member = None if of == known.unit else of
    return {"round": known.round, "unit": known.unit, "year": known.year, "member": member}


class SelfAssess(OfRound, frozen=True, kw_only=True, tag="evaluation.self_assess"):
    """A member rates himself, or an office enters his paper; without `member` the unit rates itself."""

    ALLOWED = FIELD

    member: UUID | None = None
    level: LevelText
    marks: Marks = ()
    scores: Scores = ()

    def needs(self) -> Iterable[str]:
        return (*super().needs(), *([subject("member", self.member)] if self.member else ()))

    def decide(self, view: View, asker: Asker) -> Decided:
        of = self.member or self.unit
        if asker.role is Role.MEMBER:
            if asker.person != of:
                raise Refused("not_your_review", person=of)
        else:
            view.must_cover(asker, self.unit)
        known = round_of(view, self.unit, self.year, self.effective)
        rulebook, whose = rulebook_of(known), subject_of(known, of)
        must_be_unrated(view, known, of)
        eligible = must_be_classified(view, known, of, reviewed=True)
        must_follow(rulebook, whose, known.about(of), StepKind.SELF_ASSESSMENT, self.effective)
        level = level_named(rulebook, whose, self.level)
        must_be_marked(rulebook, whose, self.marks)
        must_be_scored(rulebook, whose, self.scores)
        fitting = must_fit(rulebook, whose, eligible, level, Assessment(level, self.scores))
        body = SelfAssessed(**identity(known, of), level=level, marks=self.marks, scores=self.scores)
        performed_by = self.member if self.member is not None and asker.person != self.member else None
        warnings = (*fitting, *marks_below(rulebook, whose, self.marks, level))
        return Decided((Draft(body, self.unit, self.effective, performed_by=performed_by),), warnings)


class GiveComment(OfRound, frozen=True, kw_only=True, tag="evaluation.comment"):
    """A body's comment came in; its text is the document in the basis."""

    member: UUID | None = None
    commenter: Commenter
    level: LevelText | None = None

    def needs(self) -> Iterable[str]:
        return (*super().needs(), *([subject("member", self.member)] if self.member else ()))

    def decide(self, view: View, asker: Asker) -> Decided:
        known, of = self.known(view, asker), self.member or self.unit
        rulebook, whose = rulebook_of(known), subject_of(known, of)
        must_be_unrated(view, known, of)
        must_be_classified(view, known, of)
        must_follow(rulebook, whose, known.about(of), StepKind.COMMENTS, self.effective)
        level = None if self.level is None else level_named(rulebook, whose, self.level)
        body = CommentGiven(**identity(known, of), commenter=self.commenter, level=level)
        return self.one(body, self.unit)


class _OfMany(OfRound, frozen=True, kw_only=True):
    """The same step for several of the round, recorded together or not at all."""

    def rows(self) -> Iterable[UUID | None]:
        """Members, or None for the unit itself, in the order submitted."""
        raise NotImplementedError

    def needs(self) -> Iterable[str]:
        return (*super().needs(), *(subject("member", member) for member in self.rows() if member is not None))


class Paper(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the ballots on one member came to."""

    member: UUID
    returned: Count
    invalid: Count = 0
    votes: LevelCounts


class CountBallots(_OfMany, frozen=True, kw_only=True, tag="evaluation.count_ballots"):
    """The secret ballots of one meeting of that day; `second`: on excellent alone. `attendance` is a fact that says who
    was present: that of the meeting, or one that corrected its attendance. They are held against the last of these."""

    attendance: UUID
    second: bool = False
    papers: Annotated[tuple[Paper, ...], msgspec.Meta(min_length=1, max_length=300)]

    def rows(self) -> Iterable[UUID | None]:
        return (paper.member for paper in self.papers)

    def follows(self, states: Mapping[str, Any], organisation: Organisation) -> Iterable[str]:
        heir = organisation.standing_for(self.unit, self.effective)
        meetings = (subject("meeting", cell) for cell in (heir, *organisation.absorbed(heir)))
        return (*super().follows(states, organisation), *meetings)

    def names_facts(self) -> Iterable[UUID]:
        return (self.attendance,)

    def decide(self, view: View, asker: Asker) -> Decided:
        known = self.known(view, asker)
        must_be_once(member or self.unit for member in self.rows())
        held = self._held(view)
        drafts = [Draft(self._counted(view, known, paper, held), self.unit, self.effective) for paper in self.papers]
        return Decided(tuple(drafts))

    def _held(self, view: View) -> Held:
        """The meeting of the unit, with the last word on who was present. Raises `Refused`."""
        fact = view.fact(self.attendance)
        body = None if fact is None else fact.body
        if not isinstance(body, CellMeetingHeld | AttendanceCorrected):
            raise Refused("attendance_unknown", attendance=self.attendance)
        meetings = view.meetings(body.unit) if view.same_unit(body.unit, self.unit, self.effective) else None
        held = None if meetings is None else meetings.held.get(body.meeting)
        if held is None:
            raise Refused("attendance_unknown", attendance=self.attendance)
        return held

    def _counted(self, view: View, known: Round, paper: Paper, held: Held) -> BallotCounted:
        rulebook, of = rulebook_of(known), paper.member
        kind = StepKind.SECOND_BALLOT if self.second else StepKind.BALLOT
        must_be_unrated(view, known, of)
        must_be_classified(view, known, of)
        step = must_follow(rulebook, subject_of(known, of), known.about(of), kind, self.effective)
        votes, of_valid = paper.votes, paper.returned - paper.invalid
        if held.day != self.effective:
            raise Refused("meeting_of_another_day", day=self.effective, met=held.day, **cited(rulebook, step))
        if paper.returned > held.present:
            told = {"returned": paper.returned, "present": held.present}
            raise Refused("more_ballots_than_present", of=of, attendance=held.attendance, clause=step.clause, **told)
        # A second ballot is on excellent alone: who is not for it is against it.
        others = votes.total() - votes.excellent
        adds_up = votes.excellent <= of_valid and not others if self.second else votes.total() == of_valid
        if not adds_up:
            sums = {"returned": paper.returned, "invalid": paper.invalid, "votes": votes.total()}
            raise Refused("ballots_do_not_add_up", of=of, clause=step.clause, **sums)
        return BallotCounted(
            **identity(known, of),
            second=self.second,
            present=held.present,
            returned=paper.returned,
            invalid=paper.invalid,
            votes=votes,
            attendance=held.attendance,
        )


class Proposed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The level proposed for one member."""

    member: UUID
    level: LevelText


class ProposeLevels(_OfMany, frozen=True, kw_only=True, tag="evaluation.propose"):
    """What the unit proposes after its ballots."""

    proposals: Annotated[tuple[Proposed, ...], msgspec.Meta(min_length=1, max_length=300)]

    def rows(self) -> Iterable[UUID | None]:
        return (proposal.member for proposal in self.proposals)

    def decide(self, view: View, asker: Asker) -> Decided:
        known = self.known(view, asker)
        must_be_once(member or self.unit for member in self.rows())
        drafts, warnings = [], list[Warned]()
        for proposal in self.proposals:
            of = proposal.member
            level = _named(view, known, of, proposal.level, StepKind.PROPOSAL, self.effective)[2]
            warnings += _against_ballots(known.about(of), of, level)
            drafts.append(Draft(LevelProposed(**identity(known, of), level=level), self.unit, self.effective))
        return Decided(tuple(drafts), tuple(warnings))


class Appraised(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The level found right for one member, or without `member` for the unit; where the rulebook has points, on these.
    `grounds`: why it is lower than the points make it."""

    member: UUID | None = None
    level: LevelText
    scores: Scores = ()
    grounds: Grounds = ()


class AppraiseLevels(_OfMany, frozen=True, kw_only=True, tag="evaluation.appraise"):
    """What the advisory body of the committee that decides found, on verifying the proposals (thẩm định)."""

    appraisals: Annotated[tuple[Appraised, ...], msgspec.Meta(min_length=1, max_length=300)]

    def rows(self) -> Iterable[UUID | None]:
        return (appraisal.member for appraisal in self.appraisals)

    def decide(self, view: View, asker: Asker) -> Decided:
        known = round_of(view, self.unit, self.year, self.effective)
        must_be_once(member or self.unit for member in self.rows())
        drafts, warnings = [], list[Warned]()
        for each in self.appraisals:
            body, told = self._appraised(view, asker, known, each)
            drafts.append(Draft(body, self.unit, self.effective))
            warnings += told
        return Decided(tuple(drafts), tuple(warnings))

    def _appraised(
        self, view: View, asker: Asker, known: Round, each: Appraised
    ) -> tuple[LevelAppraised, tuple[Warned, ...]]:
        of = each.member or self.unit
        whose = subject_of(known, of)
        must_act_for(view, asker, pool_of(known, of)[0], decider(rulebook_of(known), whose, known.subject))
        must_not_be_own(asker, of)
        rulebook, eligible, level = _named(view, known, of, each.level, StepKind.APPRAISAL, self.effective)
        must_be_scored(rulebook, whose, each.scores)
        warnings = must_fit(rulebook, whose, eligible, level, Assessment(level, each.scores), each.grounds)
        body = LevelAppraised(**identity(known, of), level=level, scores=each.scores, grounds=each.grounds)
        return body, warnings


def _named(
    view: View, known: Round, of: UUID, text: str, kind: StepKind, day: date
) -> tuple[Rulebook, Eligibility, Level]:
    """The rulebook, what it does with somebody, and the level named for him in a step that may be taken on the day.
    Raises `Refused`."""
    rulebook, whose = rulebook_of(known), subject_of(known, of)
    # Who is to be rated anew is appraised anew: his points may have been what was wrong.
    if kind is not StepKind.APPRAISAL or not revisions_due(view, known, of):
        must_be_unrated(view, known, of)
    eligible = must_be_classified(view, known, of)
    level = level_named(rulebook, whose, text)
    must_follow(rulebook, whose, known.about(of), kind, day, level)
    must_be_open_to(rulebook, eligible, level)
    return rulebook, eligible, level


def _against_ballots(progress: Progress, of: UUID, level: Level) -> Iterable[Warned]:
    """What to tell where a proposal is not what the ballots were for."""
    leading, second = _leading(progress), progress.second_ballot
    if leading is not None and leading is not level:
        yield Warned("proposal_differs_from_ballot", {"of": of, "level": level.value, "leading": leading.value})
    if level is Level.EXCELLENT and second is not None and not second.won():
        yield Warned("second_ballot_lost", {"of": of, "votes": second.votes, "valid": second.valid})


def _leading(progress: Progress) -> Level | None:
    """The level with the most votes of the first ballot; None where there was none, or two lead."""
    if progress.ballot is None:
        return None
    votes: Mapping[Level, int] = {level: getattr(progress.ballot, level.value) for level in LEVELS}
    most = [level for level in LEVELS if votes[level] == max(votes.values())]
    return most[0] if len(most) == 1 else None


COMMANDS: tuple[type[Command], ...] = (SelfAssess, GiveComment, CountBallots, ProposeLevels, AppraiseLevels)
