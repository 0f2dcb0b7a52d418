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
meeting-cell_meeting_held = { $day }: { $unit } met, present: { $present }, excused: { $excused }, unexcused: { $unexcused }.
