### What changed between two days, in words: one sentence per type of fact. A value that is absent is "none".
### $day is the effective day, $number the number of the basis; the others are fields of the fact.

basis = { $number ->
        [none] {""}
       *[other] {" "}(document { $number })
    }

## Units, persons, offices

organisation-unit_founded = { $day }: { $name } was founded{ $parent ->
        [none] {""}
       *[other] {" "}under { $parent }
    }{ basis }.
organisation-unit_renamed = From { $day }: { $unit } bears the name { $name }{ basis }.
organisation-unit_reparented = From { $day }: { $unit } went from { $former_parent ->
        [none] no superior
       *[other] { $former_parent }
    } to { $parent }{ basis }.
organisation-unit_merged = From { $day }: { $unit } went into { $into }{ basis }.
organisation-mergers_ordered = From { $day }: mergers of units below { $unit } were ordered{ basis }.
organisation-unit_dissolved = From { $day }: { $unit } is dissolved{ basis }.
organisation-person_registered = { $day }: name and contact of { $person } were registered.
organisation-office_appointed = From { $day }: { $person } holds the office ({ $office }) in { $unit }{ basis }.
organisation-office_released = From { $day }: { $person } no longer holds the office ({ $office }) in { $unit }{ basis }.
organisation-office_acting = From { $day }{ $until ->
        [none] {""}
       *[other] {" "}until before { $until }
    }: { $person } acts in the office ({ $office }) in { $unit }{ basis }.

## Members

member-member_admitted = From { $day }: { $person } { $newly ->
        [yes] was admitted to the Party in
       *[other] is a member in
    } { $unit }, status: { $status }{ basis }.
member-member_transferred = From { $day }: { $person } went from { $former_unit } to { $unit }{ basis }.
member-status_changed = From { $day }{ $until ->
        [none] {""}
       *[other] {" "}until before { $until }
    }: the status of { $person } is { $status }{ basis }.
member-member_left = From { $day }: { $person } is no longer a member in { $unit }, reason: { $reason }{ basis }.
member-residence_introduced = From { $day }: { $person } also takes part in the cell of residence { $unit }{ basis }.
member-residence_ended = From { $day }: { $person } no longer takes part in the cell of residence { $unit }{ basis }.

## Households and groups

household-household_registered = From { $day }: { $household } is registered in { $unit }{ basis }.
household-household_moved = From { $day }: { $household } went from { $former_unit } to { $unit }{ basis }.
household-economic_class_reviewed = From { $day }: { $household } is classed as { $economic_class } by the review of { $year }{ basis }.
household-left_poverty = { $day }: { $household } was recognised as having left poverty in { $year }{ basis }.
household-cultural_family_recognised = { $day }: { $household } was recognised as a cultural family for { $year }{ basis }.
household-household_dissolved = From { $day }: { $household } is no more, reason: { $reason }{ basis }.
group-group_formed = From { $day }: the group { $name } is formed in { $unit }, households: { $households }{ basis }.
group-group_changed = From { $day }: { $group } changed, households joined: { $added }, left: { $removed }{ basis }.
group-group_dissolved = From { $day }: { $group } is dissolved{ basis }.

## Assignments

assignment-plan_adopted = { $day }: { $unit } adopted its plan for { $year }, assignments: { $assignments }{ basis }.
assignment-household_assigned = From { $day }{ $until ->
        [none] {""}
       *[other] {" "}until before { $until }
    }: { $member } is responsible for { $household }{ basis }.
assignment-group_assigned = From { $day }{ $until ->
        [none] {""}
       *[other] {" "}until before { $until }
    }: { $member } is responsible for { $group }{ basis }.
assignment-assignment_ended = From { $day }: { $member } is no longer responsible for { $target }, reason: { $reason }{ basis }.
assignment-assignment_corrected = Corrected on { $day }: { $member } is responsible for { $target } from { $since }{ $until ->
        [none] {""}
       *[other] {" "}until before { $until }
    }{ basis }.
assignment-assignment_retracted = { $day }: the assignment of { $member } to { $target } was taken back, reason: { $reason }{ basis }.
assignment-household_notified = { $day }: { $target } was told that { $member } is responsible, manner: { $channel }{ basis }.

## Visits and meetings

visit-visit_recorded = { $day }: { $member } visited { $household }, purpose: { $purpose }.
visit-visit_corrected = Corrected: { $member } visited { $household } on { $day }, purpose: { $purpose }.
visit-visit_retracted = { $day }: the visit of { $member } to { $household } was taken back, reason: { $reason }.
visit-visit_attested = { $day }: { $household } confirmed the visit of { $member }.
visit-visit_disputed = { $day }: { $household } did not confirm the visit of { $member }.
meeting-cell_meeting_held = { $day }: { $unit } met, members on the list: { $attendance }.

## Cell meetings and cases

meeting-calendar_set = { $day }: { $unit } set its calendar of { $year }{ basis }.
meeting-meeting_called = { $day }: { $unit } called a meeting{ basis }.
meeting-attendance_corrected = { $day }: { $unit } corrected the attendance of its meeting, members on the list: { $attendance }.
meeting-monthly_report_submitted = { $day }: { $member } reported to { $unit } for the month, households and groups: { $lines }.
meeting-report_concluded = { $day }: { $unit } concluded the report of { $member }: { $conclusion }{ basis }.
meeting-meeting_closed = { $day }: { $unit } closed its meeting{ basis }.
grievance-grievance_raised = { $day }: a case was raised, { $way }, topic: { $topic }.
grievance-grievance_corrected = { $day }: what was recorded of the case was corrected{ basis }.
grievance-person_concerned = { $day }: the case is about persons ({ $about }) and stands above them{ basis }.
grievance-naming_taken_back = { $day }: persons had been named wrongly ({ $cleared }); the case is still about persons: { $about }{ basis }.
grievance-grievance_referred_outside = { $day }: inspection handed the case to a competent body outside{ basis }.
grievance-grievance_booked = { $day }: { $holder } booked the case in, in its book of { $year }.
grievance-case_numbered = { $day }: { $unit } gave its next case number of { $year }.
grievance-kind_determined = { $day }: the kind of the case was determined: { $kind }{ $second ->
        [yes] , the second time
       *[other] {""}
    }{ $remote ->
        [yes] , from a remote area
       *[other] {""}
    }{ basis }.
grievance-grievance_split = { $day }: the case was split, parts: { $parts }{ basis }.
grievance-concluded_at_cell = { $day }: the cell concluded the case: { $conclusion }{ basis }.
grievance-grievance_accepted = { $day }: { $holder } accepted the case{ basis }.
grievance-grievance_refused = { $day }: { $holder } refused the case, reason: { $reason }{ basis }.
grievance-handler_assigned = { $day }: { $holder } gave the case to { $person }{ basis }.
grievance-grievance_escalated = { $day }: { $sender } sent the case up{ $to ->
        [none] {""}
       *[other] {" "}(to { $to })
    }, reason: { $reason }{ $no_receiver ->
        [none] {""}
       *[other] ; nobody receives it: { $no_receiver }
    }{ basis }.
grievance-grievance_transferred = { $day }: { $sender } transferred the case to { $to }{ basis }.
grievance-grievance_returned = { $day }: { $sender } returned the case to { $to }, reason: { $reason }{ basis }.
grievance-deadline_extended = { $day }: a limit of the case was extended to { $until }, reason: { $reason }{ basis }.
grievance-interim_replied = { $day }: { $holder } told the household how far its case is.
grievance-grievance_answered = { $day }: { $holder } answered the case, outcome: { $outcome }{ basis }.
grievance-answer_delivered = { $day }: the household was told the answer, manner: { $channel }.
grievance-answer_accepted = { $day }: the household accepted the answer.
grievance-answer_contested = { $day }: the household contested the answer.
grievance-grievance_reopened = { $day }: the case was taken up again at { $holder }, reason: { $reason }{ basis }.
grievance-grievance_withdrawn = { $day }: the household withdrew the case.
grievance-grievance_closed = { $day }: the case was closed, reason: { $reason }{ basis }.
grievance-overdue_noticed = { $day }: { $sender } reminded { $holder } that the limit of { $due } had passed{ basis }.
grievance-grievance_withheld = { $day }: the case was taken out of the book.
grievance-denunciation_handed_over = { $day }: a denunciation received on { $received } was handed to { $handed_to }.

## Classification

whom = { $member ->
        [none] { $unit }
       *[other] { $member }
    }
evaluation-round_opened = { $day }: { $unit } opened its classification of { $year }{ basis }.
evaluation-roster_taken = { $day }: { $unit } took the roster of { $year } with { $members } members present{ basis }.
evaluation-case_attested = { $day }: a case of { whom } was attested for { $year }{ basis }.
evaluation-attestation_withdrawn = { $day }: a case of { whom } for { $year } was withdrawn{ basis }.
evaluation-self_assessed = { $day }: { whom } rated himself for { $year }: { $level }{ basis }.
evaluation-comment_given = { $day }: a comment on { whom } for { $year }, by: { $commenter }{ basis }.
evaluation-ballot_counted = { $day }: the ballots on { whom } for { $year }{ $second ->
        [yes] {" "}(on excellent)
       *[other] {""}
    } were counted: { $returned } returned, { $present } present{ basis }.
evaluation-level_proposed = { $day }: { $unit } proposed a level of { $year } for { whom }: { $level }{ basis }.
evaluation-level_appraised = { $day }: the level of { $year } of { whom } was appraised: { $level }{ basis }.
evaluation-objection_raised = { $day }: { whom } objected to: { $about }, { $year }.
evaluation-objection_answered = { $day }: the objection of { whom } for { $year } was answered: { $outcome }{ basis }.
evaluation-round_closed = { $day }: { $unit } closed its classification of { $year }{ basis }.
evaluation-rating_decided = { $day }: { $committee } rated { whom } for { $year }: { $level }{ basis }.
evaluation-rating_revised = { $day }: { $committee } rated { whom } anew for { $year }: { $level }, because: { $reason }{ basis }.
evaluation-cap_exception_authorised = { $day }: { $committee } may have { $percent } % excellent in { $year } ({ $subject }){ basis }.
evaluation-ratings_finalised = { $day }: { $committee } made its ratings of { $year } final ({ $subject }){ basis }.

## Requests to erase

erasure-erasure_requested = { $day }: { $unit } received a request to erase the data of { $subject }, ground: { $ground }{ basis }.
erasure-erasure_acknowledged = { $day }: it was answered that the request to erase the data of { $subject } is being handled.
erasure-erasure_extended = { $day }: the limit for erasing the data of { $subject } was extended to { $until }{ basis }.
erasure-erasure_granted = { $day }: it was decided that the data of { $subject } is erased{ basis }.
erasure-erasure_refused = { $day }: it was decided that the data of { $subject } is not erased: { $reason }{ basis }.
erasure-erasure_executed = { $day }: data of { $subject } was erased; nothing of it can be read any more.

## Publications

publication-publication_released = { $day }: { $unit } released the table { $table } for { $month }{ basis }.

## Inspection

inspection-mandate_given = From { $day }: { $unit } lets a team of { $team } inspect { $cases } cases and { $units } units, up to and with { $until }{ basis }.
inspection-mandate_extended = { $day }: the mandate to inspect was extended up to and with { $until }{ basis }.
inspection-mandate_ended = From { $day }: the mandate to inspect holds no more: { $reason }{ basis }.
