### Every code that users see: the value is the title, ".detail" says what happened and what to do now.

## Put before the detail where one line of a plan is refused

plan-line = Line { $line } of the plan:

## What was sent

invalid_json = What was sent cannot be read
    .detail = The content is not valid JSON or was cut off, so nothing was recorded. Send all of it again with the same ids.
unknown_type = Unknown type
    .detail = There is no type “{ $type }”. See the list of types in the API documentation, or update the app.
unknown_field = Unknown field
    .detail = The field “{ $field }” does not belong to this type. Leave it out or correct its name, and send again.
never_recorded = Not recorded in Sổ Hộ
    .detail = Sổ Hộ does not record this: { $category } (the field “{ $field }”). It is not needed to look after a household, and it can hurt the people recorded ({ $law }). What was sent is kept nowhere. Leave the field out and send again, and do not put it into a note instead.
wrong_type = Wrong type of value
    .detail = The value of the field “{ $field }” has the wrong type; expected: { $expected }. Correct it and send again.
not_in_list = Not among the values
    .detail = The field “{ $field }” takes one of these values: { $allowed }. Correct it and send again.
number_out_of_range = Number out of range
    .detail = The number in the field “{ $field }” is too small or too large. Correct it and send again.
not_an_object = Not a command
    .detail = Each command is a JSON object with its fields (begins with an opening brace). Correct it and send again.
missing_field = A required field is missing
    .detail = The field “{ $field }” is missing. Add it and send again.
invalid_date = Not a date
    .detail = The field “{ $field }” is not a real date in the form year-month-day (for example 2018-03-31). Correct it and send again.
offset_needed = Time without its offset
    .detail = The time in the field “{ $field }” needs its offset from UTC, for example 2018-03-31T08:00:00+07:00. Add it and send again.
date_out_of_range = Date out of range
    .detail = The date in the field “{ $field }” lies too far in the past or future. Check the year and send again.
unreadable_text = Text with an unreadable character
    .detail = The field “{ $field }” holds { $character }: a character that nobody types, or a byte that is not UTF-8. Remove it, or send the text as UTF-8, and send again.
text_empty = Text is empty
    .detail = The field “{ $field }” is empty. Fill it in and send again.
text_too_long = Text is too long
    .detail = The field “{ $field }” is longer than { $limit } characters. Shorten it and send again.
id_not_v7 = Wrong form of id
    .detail = The id { $id } is not a UUID of version 7. The device must make such an id for each item; update the app.
id_conflict = Id already used for something else
    .detail = The id { $id } was sent before with other content; what was recorded stays. To change the old item send a correction; for a new item use a new id.
id_taken = Id already used for something else
    .detail = The id { $id } is that of another household or group. Each needs its own; send again with a new one.
data_erased = The data was erased
    .detail = The personal data of { $owner } was erased on request, so no further name, address or text is recorded. If it must be recorded again, turn to the province's administrator.
key_damaged = A key of the vault is damaged
    .detail = What belongs to { $owner } cannot be sealed, because the key in the vault does not open. Nothing was recorded and nothing was changed. Keep this on the device; the operator finds the key with `soho doctor` and restores it from the backup of the vault.
vault_unavailable = The vault cannot be opened at the moment
    .detail = The vault is wrapped with a master key that this server does not have. Nothing was recorded and nothing was changed. Keep this on the device and try again later; the operator puts the right master key in place (`soho doctor` names it).
body_too_large = Request too large
    .detail = The request is larger than the system takes in, so nothing was recorded. Split it and send it again with the same ids.
item_too_large = An item is too large
    .detail = One item is larger than { $limit } bytes and was not read. Divide it (a plan into smaller ones, say) and send it again.
batch_cut_off = The batch was cut off
    .detail = The batch with this item did not arrive whole, so that nothing of it was recorded. Send the whole batch again with the same ids.
batch_too_large = Too many items at once
    .detail = { $count } items were sent; at most { $limit } may be sent at once, so none was recorded. Split the batch and send it again with the same ids.
batch_empty = No items
    .detail = The list that was sent has no items. Send at least one.
not_a_batch = Not a list
    .detail = This address takes a list of items. Put the items into a JSON list and send again.
invalid_parameter = Invalid parameter
    .detail = The value of the parameter “{ $field }” in the address cannot be used. Correct it as the API documentation says and ask again.
known_at_unreadable = Neither position, time nor day
    .detail = The parameter “known_at” is a position of the log (12345), a time with offset (2018-05-10T08:00:00+07:00), or a day, which is meant up to its end (2018-05-10). Correct it and ask again.
missing_parameter = A parameter is missing
    .detail = The address needs the parameter “{ $field }”. Add it as the API documentation says and ask again.
position_unknown = No such position yet
    .detail = Position { $position } lies after the latest one recorded ({ $latest }). Only what is known can be asked for; choose an earlier position or time.
name_not_searchable = The name is too short or too long
    .detail = Give a part of the head’s name: { $least } to { $most } letters and spaces, with or without diacritics.
search_changed = This search cannot go on
    .detail = The last household of the page before is found here no more, so nobody knows where the next page begins. Search again from the start.

## Rights and addresses

role_not_allowed = Not allowed in this role
    .detail = An account in the role { $role } may not do this. Ask the cell secretary or the office of the committee above.
role_unit_mismatch = Role and unit do not match
    .detail = The access token names the role { $role } in the unit { $unit } (level: { $kind }), where there is no such role. Sign in again with your own unit, or turn to the province's administrator.
your_office_needed = No office named
    .detail = The access token names the role { $role } without a person, or without an office that goes with it. Sign in again as the person who holds the office, or turn to the province's administrator.
your_office_not_held = You do not hold this office
    .detail = By the register you neither hold the office ({ $office }) in the unit { $unit } on { $day } nor act in it. Sign in with the office you hold today; if the register is wrong, ask the committee above to record the appointment.
reason_needed = Say why you read this
    .detail = In your role this is shown only for a stated reason (header Soho-Reason). Reasons: { $allowed }. It is kept in the read log.
reason_unknown = There is no such reason
    .detail = The reason must be one of: { $allowed }. Choose one and ask again.
reason_document_needed = Name the document
    .detail = For the reason “{ $read_reason }” the number of the document it rests on is needed (header Soho-Document), such as 31-CV/UBKT.
document_number_unreadable = Not a document number
    .detail = Give the number of the document only: digits first, no spaces, such as 31-CV/UBKT. No names and no text.
reveal_not_yours = Not for your unit
    .detail = Who told the case is shown only to the unit that has it ({ $holder }) and those above it. Ask that unit. In urgent danger to a person ask again with break_glass: it is shown for a short time, and looked at again from above.
contact_not_yours = Not one of your unit's people
    .detail = How he is reached is shown only to the cell he is in today and those above it. Ask there. In urgent danger to a person ask again with break_glass: it is shown for a short time, and looked at again from above.
break_glass_for_danger = Only in danger
    .detail = What is not your unit's to see (break_glass) is shown for this reason only: { $allowed }. Where there is no danger, ask the unit that has it.
nothing_masked = Nothing is masked here
    .detail = Nobody's name or contact is recorded here, so there is nothing to show.
reads_for_auditors = Only auditors read this log
    .detail = An office sees the reads that showed something masked and wait to be looked at again (review=open), or asks who looked at one household.
review_not_yours = No such read waits for you
    .detail = No read of this number waits to be looked at again by you: an auditor or a unit above the reader's does that once, never the reader himself.
token_missing = Not signed in
    .detail = The request carries no access token. Sign in and send again; what was not recorded is still on the device.
token_invalid = Access token not valid
    .detail = The access token could not be verified. Sign in again; if that does not help, turn to the province's administrator.
token_expired = Session expired
    .detail = The access token has expired. Sign in again and send again with the same ids; nothing on the device is lost.
token_not_yet_valid = Access token not valid yet
    .detail = The time from which the access token is valid has not come. Check the clock of the device, sign in again, and send again with the same ids.
token_of_another_issuer = Access token of another issuer
    .detail = This access token does not come from where one signs in to Sổ Hộ. Sign in through Sổ Hộ, and send again with the same ids.
token_for_another_audience = Access token is not meant for Sổ Hộ
    .detail = This access token was issued for another system. Sign in through Sổ Hộ, and send again with the same ids; if it goes on, tell the province's administrator.
token_key_unknown = Access token was signed with a key that is not in use
    .detail = The issuer does not have the key any more with which this access token was signed. Sign in again, and send again with the same ids; nothing on the device is lost.
token_without_role = The account has no rights in Sổ Hộ yet
    .detail = The sign-in is valid, but “{ $claim }” is missing or wrong, so role and unit in Sổ Hộ are not known. Ask the province's administrator to complete the account, then sign in again.
issuer_unreachable = The sign-in cannot be checked
    .detail = Where one signs in does not answer for now, so the access token cannot be checked. There is no need to sign in again: keep the items on the device, and send them again in a few minutes with the same ids.
too_many_requests = Too many requests
    .detail = Too many requests were sent within a minute. Wait { $seconds } seconds and send again with the same ids; what was not recorded is still on the device. Many items are better sent as one batch.
not_found = Not found
    .detail = There is no such address or item, or it lies outside your unit. Check the id, or ask the office of the committee above.
method_not_allowed = Wrong method
    .detail = This address does not take the HTTP method that was used. See the API documentation.
outside_your_unit = Outside your unit
    .detail = { $unit ->
        [none] This does not belong to your unit. It is for the unit that keeps it, or the committee above, to do; hand it to the committee above.
       *[other] The unit { $unit } does not stand under yours. This is for that unit, or the committee above it, to do; hand it to them.
    }
your_unit_ended = Your unit has ended
    .detail = The unit { $unit } that this account speaks for ended on { $since }{ $successor ->
        [none] {""}
       *[other] {" "}and went into the unit { $successor }
    }. { $successor ->
        [none] This is now for the committee above to decide; hand it to them.
       *[other] This is now for the successor to decide; sign in with an office there, or hand it to them.
    }
not_your_visit = Not your visit
    .detail = This visit was made by the member { $person }. Members record and correct their own visits only; ask that member or the cell secretary.

## The system

log_unavailable = Cannot record at the moment
    .detail = The log does not answer, so recording cannot be confirmed. Keep the items on the device and send them again in a few minutes with the same ids; nothing is recorded twice.
registers_unavailable = The registers cannot be reached
    .detail = The database does not answer for now. Nothing that was recorded is lost; ask again in a few minutes, and tell the administrator if it goes on.
read_not_recorded = The read log cannot be written
    .detail = Every read of personal data is recorded before it is answered; that is not possible for now, so nothing was answered. Ask again in a few minutes, and tell the administrator if it goes on.
registers_behind = Registers are not up to date yet
    .detail = The registers have reached position { $reached }, not yet { $position } as asked. What was recorded is safe; ask again in a few seconds, or send again with the same ids.
archive_behind = Intake pauses
    .detail = The archive is behind the log, so intake pauses lest something be recorded twice. Keep the items on the device and send them again in a few minutes with the same ids.
log_refused = Intake pauses until the log is examined
    .detail = The log and its archive do not agree, so nothing more is taken until an administrator has looked at them. Keep everything on the device and send it again later with the same ids; if this lasts, tell the province's administrator.
register_being_built = The register is being built
    .detail = This register is being built again from the archive and cannot answer yet. Nothing is lost; ask again in a few minutes.
names_not_read_yet = Names cannot be searched yet
    .detail = The names of the heads are being read into memory. Other questions are answered meanwhile; search again in a few seconds.
busy_boundary = Too many decisions at once
    .detail = Several people are deciding about the same thing, so this decision could not be recorded. Look at the latest state and send again with the same id.
internal = Fault in the system
    .detail = Something unexpected went wrong, not because of what you sent. Send again in a few minutes with the same ids; if it persists, tell the administrator the time at which it happened.

## Units, persons, offices

unit_unknown = No such unit
    .detail = There is no unit with the id { $unit }. Check the id, or ask the office of the committee above to found the unit first.
unit_exists = The unit exists
    .detail = The unit { $unit } has been founded before. For another unit use a new id; to change its name, rename it.
unit_not_then = The unit did not exist on that day
    .detail = The unit { $unit } was not founded yet, or had ended, on { $day }. Check the day; if the unit was merged, record this for its successor.
layout_unknown = There is no such layout
    .detail = There is no layout { $layout }. There are: { $known }.
layout_too_large = The table would be too long
    .detail = This table lists every member, { $most } at most. Ask for a smaller unit, for instance one grass-roots organisation.
not_a_cell = Not a cell
    .detail = The unit { $unit } is not a cell. Members and households belong to cells; choose one.
cell_kind_needed = Kind of cell is missing
    .detail = A new cell needs its kind (village, school, health station, military, police, enterprise, agency). Add it and send again.
cell_kind_only_for_cells = Only cells have a kind of cell
    .detail = The unit to be founded is not a cell and has no kind of cell. Leave the field out and send again.
superior_needed = Superior is missing
    .detail = A unit of the level “{ $kind }” needs a superior. Name it and send again.
wrong_level = Wrong level
    .detail = A unit of the level “{ $superior }” cannot be the superior or the successor of one of the level “{ $kind }”. Choose a unit of the right level.
would_be_its_own_superior = A unit cannot belong to itself
    .detail = The unit { $unit } would stand under itself or go into itself. Choose another superior or successor.
units_below = Units stand under it
    .detail = { $count ->
        [one] One unit stands
       *[other] { $count } units stand
    } under the unit { $unit } from that day on. Move or end them first, or merge the unit into a successor.
already_there = Already in this unit
    .detail = It belongs to the unit { $unit } on that day already, so nothing changes. To change a date, look at the history first.
person_unknown = No such person
    .detail = There is no person with the id { $person }. Register the person first, or check the id.
office_held = The office is held
    .detail = The office ({ $office }) is held by { $person } since { $since }. Record the release first, then the appointment.
office_not_held = Does not hold the office
    .detail = On { $day } this person neither held nor acted in the office ({ $office }). Check person, office and day.
basis_needed = The document is missing
    .detail = This decision needs its basis: number and date of the cell's resolution or of the competent body's decision. Add the number and send again.
later_change = A later change is on record
    .detail = A change from { $since } is on record, later than the day of this one: a move, a leaving or an end. Choose the right day; if this day is right, hand it to the committee above both units, or to the unit that keeps it now.
must_end_by = Must end by the day of the move
    .detail = From { $by } on, another unit is responsible. Record this with { $by } or an earlier day as its end; what holds after that is for that unit, or the committee above both, to decide.
ends_before_it_begins = Ends before it begins
    .detail = It begins on { $since } and would end on { $until }. Check both days.

## Members

member_unknown = No such member
    .detail = There is no member with the id { $person } in the cells of this province. Check the id, or ask the committee's office to record the admission or arrival first.
not_a_member_then = Not a member here on that day
    .detail = On { $day } { $person } belonged to no cell of this province. Check the day of admission, arrival or departure.
already_a_member = Already a member in a cell
    .detail = { $person } belongs to the cell { $unit } from { $since }. Use a transfer; if that cell lies outside your unit, ask the committee above both.
not_in_residence_cell = Not in this cell of residence
    .detail = On { $day } this person was not introduced to the cell of residence { $unit }. Check cell and day.
member_not_assignable = May not be assigned
    .detail = On { $day } the status of the member { $person } is: { $member_status }; such members are given no households (CV 1499-CV/TU, point 2). Choose another member; if this one has returned, record the change of status first.
member_of_another_cell = Member of another cell
    .detail = Recorded. The member { $person } belongs to the cell { $unit }, not to the household's. For a commune cadre sent by the committee nothing more needs doing.

## Households and groups

household_unknown = No such household
    .detail = There is no household with the id { $household }. Check the id, or ask the cell to register the household first.
household_exists = The household exists
    .detail = The household { $household } is registered. For another household use a new id; for one that moved here, move it.
household_not_then = The household belonged to no cell on that day
    .detail = On { $day } the household { $household } was not registered yet, or was no more. Check the day.
household_of_another_cell = Not a household of this cell
    .detail = On that day the household { $household } does not belong to the cell { $unit }. A group holds households of one cell; leave this one out or move it first.
year_to_come = A year still to come
    .detail = The year { $year } is still to come: there can be no review of it and no recognition yet. Check the year.
already_recognised = Already recognised for this year
    .detail = The household { $household } has been recognised for { $year }. Nothing needs recording; check the year.
household_or_group_needed = Name one household or one group
    .detail = An assignment is for exactly one household or exactly one group. Name one of them and send again.
group_unknown = No such group
    .detail = There is no group with the id { $group }. Check the id, or form the group first.
group_exists = The group exists
    .detail = The group { $group } has been formed. For another group use a new id; to add or remove households, change the group.
group_not_then = The group did not exist on that day
    .detail = On { $day } the group { $group } was not formed yet, or was dissolved. Check the day, or choose another group.
already_in_group = The household is in the group
    .detail = The household { $household } is in the group, or is on record as joining it after that day. Leave it out and send again.
not_in_group = The household is not in the group
    .detail = On that day the household { $household } is not in the group. Leave it out of those removed and send again.
nothing_to_change = Nothing to change
    .detail = No household was named to join or leave the group. Name at least one and send again.

## Assignments

already_assigned = Already assigned
    .detail = The member { $person } has been responsible since { $since } (assignment { $assignment }), and the two spans share days. End or correct the earlier assignment first.
assignment_exists = Assignment id already used
    .detail = The assignment id { $assignment } has been used. Every assignment needs its own; send again with a new one.
assignment_unknown = No such assignment
    .detail = There is no assignment { $assignment } of the household or group named. Check both ids.
assignment_taken_back = The assignment was taken back
    .detail = The assignment { $assignment } was taken back as a mistake, or ended on the day on which it began. If need be, assign anew.
assignment_over = The assignment is over
    .detail = The assignment { $assignment } ended on { $until }. If that day is wrong, correct the assignment.
plan_exists = The cell has a plan for the year
    .detail = The cell { $unit } has adopted its plan for { $year } (plan { $plan }). Record changes during the year one by one, as assignments and endings.
plan_too_large = The plan is too large
    .detail = A plan is recorded as a whole, with at most { $limit } lines. Assign by groups, or record the rest as single assignments.
not_of_this_cell = Not of the planning cell
    .detail = The household or group belongs to the unit { $unit }, not to the cell whose plan this is. Leave the line out or move the household first; no line of the plan was recorded.
twice_in_plan = Twice in the plan
    .detail = The plan names the same assignment twice. Remove one line and send again; no line of the plan was recorded.
left_in_unit = Members or households are left
    .detail = Recorded. The unit { $unit } has now { $members } members, { $households } households, { $groups } groups and { $assignments } assignments in force. Nobody is moved by himself; decide for each where it belongs (list: out-of-place).
still_in_groups = Still in groups of the former cell
    .detail = Recorded. The household { $household } is still in { $groups } groups of its former cell. Decide about its place there and who is responsible for it; until then it is listed as out-of-place.
also_directly = Directly assigned as well
    .detail = Recorded. The member { $person } is now responsible for the household { $household } through the group and directly; it counts once. If both are not needed, end the direct assignment.
load_high = Many households
    .detail = Recorded. The member { $person } is now responsible for { $load } households, more than advisable ({ $limit }). Consider sharing them.

## Visits and meetings

visit_unknown = No such visit
    .detail = There is no visit { $visit }. If it is still on a device, synchronise that first and send again.
another_household = A visit to another household
    .detail = This visit is recorded for the household { $household }. A correction cannot change that; retract the visit (wrong household) and record a new one.
in_the_future = In the future
    .detail = The time given is { $hours } hours ahead of the system's clock, so it cannot be recorded. Set the device's clock, correct the time and send again.
clock_ahead = The device's clock is fast
    .detail = Recorded. The device's clock is about { $minutes } minutes ahead. Set its date and time.
household_changed = The household moved or is no more
    .detail = The visit is recorded. Since that day the household { $household } has moved to another cell or is no more. Load the list of households again.
no_longer_responsible = No longer responsible
    .detail = Recorded for who did it. The household { $household } is no longer this member's. Load the list of households again.
receipt_is_the_cells = The cell says when it received it
    .detail = Only who keeps the cell's book says on which day the cell had it. Send it again without this field: it counts as received when it arrives.
receipt_out_of_order = The day of receipt cannot be right
    .detail = The day of receipt { $received } must lie between the day it was told ({ $told }) and today. Look into the cell's book and send it again.

## Cases of households, and cell meetings

absence_not_counted = Absence is not counted
    .detail = On that day the status of the member { $person } was: { $member_status }; such members are not counted as missing (HD 12-HD/BTCTW). Leave the member out, or record that the member came.
already_accepted = The household has accepted
    .detail = It is on record that the household accepts this answer. Nothing more needs recording; the unit that has the case may close it.
before_last_step = Before the last step
    .detail = The last step of the case was taken at { $last }, after the time given. Look at the course of the case and give the right time.
before_meeting = Before the meeting
    .detail = The meeting was held on { $held }, after the day given. Give the day on which this was concluded.
clock_not_running = This limit does not run
    .detail = No limit of this kind runs for the case now: { $clock }. Look at the limits of the case and choose one that runs.
clock_unknown = No such limit
    .detail = There is no limit called “{ $name }”. Look at the limits of the case and choose one of them.
conflict_of_interest = Not to anybody concerned
    .detail = A case is given neither to the person it is about, nor to that person's unit or one below (named: { $unit }). { $receiver ->
            [none] No unit above can receive it; it stands in the list of those that wait for a receiver.
           *[other] The nearest unit that may have it is { $receiver }; send it there.
        }
contest_window_open = The household still has time
    .detail = The household may say until the end of { $until } that this is no answer. The case is closed after that day, or once the household has accepted.
contest_window_over = The time to contest is over
    .detail = The answer was delivered on { $delivered }; it could be contested until the end of { $until }. Where there is new evidence, ask a unit above to take the case up again, or record a new case.
contesting_is_the_households = Contesting is the household's
    .detail = Only the household says that an answer is none. Record what it said with the step “the household contests”, or choose another reason.
extension_backdated = An extension put back
    .detail = Something of the case was recorded for { $last }, after the day given for the extension. An extension is entered when it is decided; one entered later from a paper has paper as its source, and the date of the document.
extension_too_long = Extended too far
    .detail = { $article ->
        [none] The limit is one of the house, and reaches { $latest } at the latest.
       *[other] By { $article } the limit reaches { $latest } at the latest.
    } Give a day that is not later.
grievance_unknown = No such case
    .detail = There is no case { $grievance }, or it lies outside your scope. Check the id; if the case is still on a device, synchronise that first.
grievance_wrong_state = Not possible at this stage
    .detail = The case is at this stage: { $state }; the unit that has it: { $holder }. { $possible ->
            [none] Nothing is left to be done.
           *[other] Possible now: { $possible }.
        }
handler_without_office = Holds no office here
    .detail = Today the person { $person } neither holds nor acts in an office of the unit { $unit }. Choose somebody who does, or record the appointment first.
kind_not_determined = The kind is not determined
    .detail = The kind (concern, proposal, complaint) is determined before a case is accepted, since the limits depend on it. Determine it by the content, then accept.
listed_twice = Listed twice
    .detail = The id { $id } stands twice in the list. Remove one line and send again.
meeting_not_open = The meeting is not open
    .detail = The meeting { $meeting } has not been recorded as held, or is closed. Record it first, or conclude at the one that is open.
meeting_still_open = A meeting is still open
    .detail = The meeting of { $day } ({ $meeting }) is not closed. The chair concludes everything before it and closes it; then the next one is recorded.
meeting_unknown = No such meeting
    .detail = The cell has neither called nor held the meeting { $meeting }. Check the id.
month_begins_on_first = A month is named by its first day
    .detail = The month reported on is given as its first day, not { $month }. Correct it and send again.
month_not_begun = The month has not begun
    .detail = The month that begins on { $month } is still to come. Check the month.
no_longer_in_cell = No longer in the cell
    .detail = The report is recorded. The member no longer belongs to the cell { $unit }. Load the data of the device again.
nobody_sent_it = Nobody sent it
    .detail = The case came in here; no unit sent it. Settle it, transfer it to the competent body, or send it up.
not_a_member_of_cell = Not a member of the cell
    .detail = The member { $person } does not belong to the cell { $unit }. Check member, cell and day.
not_above_the_holder = For a unit above
    .detail = This is for a unit above the one that has the case. It is at this stage: { $state }; the unit that has it: { $holder }. { $possible ->
            [none] Nothing is left to be done.
           *[other] Possible now: { $possible }.
        }
not_all_concluded = Not everything is concluded
    .detail = Reports without a conclusion: { $reports }, cases: { $grievances }. The chair concludes each of them; then the meeting is closed.
not_an_extension = No extension
    .detail = The limit is { $due } already. An extension leads to a later day; check it.
not_an_office = A cell is no office
    .detail = The unit { $unit } is a cell: neither a place of citizen reception nor a competent body. Choose the commune's committee or one above.
not_on_calendar = Not the day of the calendar
    .detail = Recorded. By its calendar the cell meets on { $planned } this month. Check the day.
household_paper_needed = The household's paper is missing
    .detail = That a household accepts an answer or takes its case back is recorded by the member whom it told, or with a paper that it signed. Add the paper as basis and send again.
households_own_time = The household's own time
    .detail = The limit { $clock } is the time in which the household may contest; nobody is late when it has run out. Name a limit of the unit that has the case.
limit_already_passed = The limit had passed already
    .detail = The limit ended with { $due }. It is extended while it runs, by a document of that time; the case stays overdue. If a paper extended it in time, give paper as the source and the date of the document. Otherwise settle it, or tell the unit above why it takes longer.
not_overdue = Not overdue
    .detail = The limit ends with { $due }, so it has not passed. A notice is sent after that day.
not_the_holder = Another unit has the case
    .detail = This is for the unit that has the case: { $holder }. The case is at this stage: { $state }. { $possible ->
            [none] Nothing is left to be done.
           *[other] Possible now: { $possible }.
        }
not_upwards = Not upwards
    .detail = The unit { $unit } does not stand above the one that has the case. Escalating leads up; return it to who sent it, or transfer it to the competent body by a document. A denunciation is never handed down.
not_your_grievance = Not your case
    .detail = The household told the member { $person }. Members record what they were told themselves; ask that member or the cell secretary.
not_your_report = Not your report
    .detail = This is the report of the member { $person }. Ask that member or the cell secretary.
not_a_part = Not a part of it
    .detail = The case { $grievance } is no other part of this one that you know of, or goes with it in any case since it has the whole text. Leave it out and send again.
parts_not_judged = The other parts are not judged
    .detail = The case was split. Of other parts it is not said whether they repeat the denunciation: { $count }. Those that do are taken out too, the others go on. Say it of each and send again.
nothing_to_correct = Nothing to correct
    .detail = Neither topic nor household nor text was given. Give at least one of them and send again.
notice_after_meeting = Called after the meeting
    .detail = The day of the meeting, { $day }, lies before that of the notice. Check both; if the cell has met, record the meeting.
notice_unusual = Unusual notice
    .detail = Recorded. Days between notice and meeting: { $days }; one to two are usual.
only_for_complaints = For complaints only
    .detail = “Second” and “remote” are for complaints. Leave them out, or determine that it is a complaint.
outcome_is_a_refusal = This is a refusal
    .detail = Not accepting a case is no answer. Refuse it, with the reason.
person_without_unit = The person's unit is not known
    .detail = Nobody knows to which unit the person { $person } belongs, and so who stands above. Name the unit where that person holds an office, and send again.
person_not_named = This person is not named
    .detail = The case does not name the person { $person }, so there is nothing to take back. Look at the case and the id again.
petitioner_needed = Who told it
    .detail = Name the household, or the person who came. Add it and send again.
receipt_exists = Receipt id already used
    .detail = The receipt id { $receipt } has been used. Send again with a new one.
receiver_only_for_escalated = A receiver only where it goes up
    .detail = A receiver is named only where the conclusion is that the case goes up. Leave it out, or conclude so.
replaces_another_report = Replaces another's report
    .detail = The report { $report } is another member's, or of another month. Send yours as a new one, or name the right one to replace.
somebody_may_have_it = Somebody may have it
    .detail = The unit { $unit } may have this case. Inspection hands outside only what no unit may have; let that unit settle it, or transfer it to the competent body.
report_not_waiting = The report does not wait
    .detail = The report { $report } is none of this cell's, or is concluded, or was replaced. Look at the reports that wait.
target_unknown = No such household or group
    .detail = There is no household or group with the id { $target }. Check the id and send again.
text_only_for_explained = A text only where it is explained
    .detail = The text is what the cell explained. Leave it out, or conclude that it was explained.
was_not_withdrawn = It was not withdrawn
    .detail = The household did not withdraw this case, so it was not withdrawn under pressure. Choose another reason.
withdrawn_is_final = The complaint was withdrawn
    .detail = Since 01/07/2026 a complaint that was withdrawn is not taken up again, unless that was done under pressure (Law 136/2025/QH15). If so, give that reason; otherwise the household may raise a new case.
follow_code_unknown = No case has this code
    .detail = The code is not right, or a new one has taken its place. Look at each sign again, or ask the office that took your word.
too_many_questions = Too many questions
    .detail = There were too many questions within a minute. Wait { $seconds } seconds, then try again.

## The yearly classification

day_ahead = The day has not come
    .detail = { $day } has not come yet. Enter it when it has happened, or correct the day.
unit_not_classified = This unit is not classified here
    .detail = { $unit } is of the level { $kind }; here members, cells and grass-roots organisations are classified. Choose a cell or a commune's committee.
round_exists = There is a round of this year
    .detail = { $unit } has opened its round of { $year } ({ $round }); by { $clause } (rulebook { $rulebook }) a unit is classified once a year. Go on in that one.
before_the_year = The day lies before the evaluation year
    .detail = { $day } lies before { $year }. Check the day and the year.
founded_after_year = The unit did not exist in that year
    .detail = { $unit } was founded on { $founded }, after { $year }. Use the round of the unit before it.
rulebook_unknown = No such rulebook
    .detail = There is no rulebook "{ $rulebook }". In force for { $year }: { $valid }.
rulebook_of_another_year = A rulebook of another year
    .detail = "{ $rulebook }" ({ $clause }) holds from { $first }{ $last ->
        [none] {" "}on
       *[other] {" "}to { $last }
    }, not for { $year }. In force for { $year }: { $valid }.
rulebook_of_another_province = A rulebook of another province
    .detail = "{ $rulebook }" ({ $clause }) holds in the province { $province } alone; { $unit } is not in it, by the name of its province. Without that province's rules it is "{ $valid }".
round_unknown = No round was opened
    .detail = { $unit } has not opened a round of { $year }. Open it first.
before_round = Before the round was opened
    .detail = { $day } lies before the day on which the round was opened ({ $opened }). Check the day.
before_objection = Before the objection
    .detail = { $day } lies before the day of the objection ({ $raised }). Check the day.
round_closed = The round is closed
    .detail = The round of { $year } of { $unit } was closed on { $day }. Who has no rating may still be rated; the roster does not change any more.
not_on_roster = Not on the roster of the round
    .detail = { $person } is not among those present in { $unit } for { $year }. If the register of members was corrected, take the roster again.
case_not_attestable = This case cannot be attested
    .detail = The rulebook { $rulebook } has no case "{ $case }" that is attested by a document. Possible: { $allowed }.
case_not_attested = This case was not attested
    .detail = Nothing attests "{ $case }", so that there is nothing to withdraw.
not_all_rated = Somebody has no rating yet
    .detail = { $count } who are to be classified have no level. Rate them before the round is closed; if somebody of them died or left, take the roster again.
ratings_not_final = The ratings are not final
    .detail = The body that decides has not made its ratings final ({ $subjects }). Do that before the round is closed.
objections_open = An objection has no answer
    .detail = { $count } objections have no answer. Answer them before the round is closed.
revision_due = An objection was upheld, and nothing followed
    .detail = { $count } objections against ratings were upheld without a new decision ({ $clause }, rulebook { $rulebook }). Decide anew, then close the round.
roster_outdated = The roster is out of date
    .detail = { $of } stands on the roster as "{ $listed }", and is now: { $eligibility } ({ $clause }, rulebook { $rulebook }). Take the roster again, then close the round.
nobody_decides = The rulebook names nobody who decides
    .detail = The rulebook { $rulebook } does not say who decides here. Ask the unit above.
no_superior_decides = There is no unit above to decide
    .detail = { $unit } has no unit above it here; by { $clause } the one above decides. Enter that unit first.
not_competent = Not for your unit to decide
    .detail = By { $clause } this is for { $decides } to decide.
own_rating = Nobody decides about himself
    .detail = Who enters this is the one who is rated ({ $person }). Let somebody else of the committee enter it.
not_classified = Not classified this year
    .detail = { $of }: { $eligibility } ({ $case }), by { $clause } (rulebook { $rulebook }).
level_outside_rulebook = A level outside the rulebook
    .detail = "{ $named }" is no level of the rulebook { $rulebook } ({ $clause }). Its levels: { $allowed }.
level_above_highest = A level above the highest possible
    .detail = It cannot be "{ $level }": by { $clause } (rulebook { $rulebook }) the highest is "{ $highest }".
scores_incomplete = The points do not fit the groups
    .detail = The rulebook { $rulebook } ({ $clause }) gives points for the groups { $groups }, each once. Wrong: { $wrong }.
score_above_group = More points than the group has
    .detail = The group "{ $group }" has { $points } points at most, by { $clause } (rulebook { $rulebook }).
marks_incomplete = The marks do not fit the criteria
    .detail = The rulebook { $rulebook } ({ $clause }) has each criterion marked: { $criteria }, each once. Wrong: { $wrong }.
score_level_mismatch = The points make another level
    .detail = { $score } points come to "{ $fits }" here, not "{ $level }" ({ $clause }, rulebook { $rulebook }). A level below the points names its ground in the rulebook.
points_make_more = The points alone would make more
    .detail = It was recorded. { $score } points would be "{ $fits }"; by { $clause } (rulebook { $rulebook }) the highest here is "{ $highest }".
ground_closes_level = The ground closes this level
    .detail = With the ground "{ $ground }" it cannot be "{ $level }": by { $clause } (rulebook { $rulebook }) the highest is "{ $highest }". Decide that level, or leave the ground out if it does not apply.
ground_of_another_level = The grounds are for another level
    .detail = The grounds { $grounds } come to "{ $fits }", not "{ $level }" ({ $clause }, rulebook { $rulebook }). Name the ground by which it is lower, or decide that level.
ground_left_out = A ground of the appraisal is missing
    .detail = The appraisal named "{ $ground }", by which it is "not completed" whatever else was done ({ $clause }, rulebook { $rulebook }). Name it in the decision; if it does not apply, appraise anew first.
ground_dropped = A ground is not named any more
    .detail = It was recorded. "{ $ground }" ({ $clause }, rulebook { $rulebook }) had been named before and is not any more. Check that it does not apply.
ground_unknown = No such ground in the rulebook
    .detail = The rulebook { $rulebook } has no ground "{ $ground }". Possible: { $allowed }.
marks_below_level = The marks do not reach the level
    .detail = It was recorded. "{ $level }" asks for more in: { $criteria } ({ $clause }, rulebook { $rulebook }).
step_not_in_rulebook = The rulebook has no such step
    .detail = The rulebook { $rulebook } has no step "{ $step_kind }" here. Take the next one.
step_missing = A step before is missing
    .detail = Before "{ $step_kind }" comes "{ $missing_step }" ({ $clause }, rulebook { $rulebook }). Enter that first.
step_passed = This step has passed
    .detail = "{ $step_kind }" is not entered after "{ $passed_step }" ({ $clause }, rulebook { $rulebook }).
step_dated_before = Dated before the step that it follows
    .detail = "{ $step_kind }" on { $day } follows "{ $passed_step }", which was on { $passed } ({ $clause }, rulebook { $rulebook }). Check the day.
before_rating = Before the rating
    .detail = { $day } lies before the day of a rating that it rests on ({ $rated }). Check the day.
not_your_review = Not yours
    .detail = Only { $person } or the cell's committee enters this review or objection.
already_rated = Rated already
    .detail = { $of } was rated "{ $level }" ({ $rating }). To change it, the body that decides decides anew by a document.
attendance_unknown = No attendance of such a meeting
    .detail = There is no attendance { $attendance } of a meeting of this unit. Enter the meeting first, then the ballots with the id of its attendance.
meeting_of_another_day = The meeting was on another day
    .detail = The ballots are of { $day }, the meeting named was on { $met }. By { $clause } (rulebook { $rulebook }) the cell votes at its meeting: name that of the day, or correct the day.
more_ballots_than_present = More ballots than members present
    .detail = { $of }: { $returned } ballots returned, while { $present } were present ({ $clause }). Check the minutes of the count.
ballots_do_not_add_up = The ballots do not add up
    .detail = { $of }: { $returned } returned, { $invalid } invalid, { $votes } for the levels ({ $clause }). The valid ones are the sum of the levels; a second ballot has votes for excellent alone. Check the minutes of the count.
proposal_differs_from_ballot = The proposal differs from the ballot
    .detail = It was recorded. { $of }: "{ $level }" is proposed, while "{ $leading }" had the most votes.
second_ballot_lost = The second ballot was not for excellent
    .detail = It was recorded. { $of }: { $votes } of { $valid } valid ballots were for excellent, which is not more than half.
lower_first = Those below are rated first
    .detail = Before { $unit } is rated, { $count } below it have to be ({ $clause }, rulebook { $rulebook }).
level_not_derivable = Those below do not carry this level
    .detail = "{ $level }" needs { $needed } below to reach what it asks for; { $reached } do, { $below } do not ({ $clause }, rulebook { $rulebook }).
not_rated_yet = Not rated yet
    .detail = { $of } has no rating of this year yet.
same_level = The level does not change
    .detail = { $of } has the level "{ $level }" already. If an objection is dismissed, answer it instead of deciding anew.
no_objection_upheld = No objection was upheld
    .detail = No objection of { $of } was upheld. Answer the objection first, or name another reason.
unit_not_carried = The unit's level is not carried any more
    .detail = It was recorded. { $unit } was rated "{ $level }", which needs { $needed } below to reach what it asks for; { $reached } do now, { $below } do not ({ $clause }, rulebook { $rulebook }). Look at the unit's level again.
rulebooks_differ = Another rulebook
    .detail = Ratings were decided under "{ $other }", this round is under "{ $rulebook }". A committee uses one rulebook in a year.
pool_empty = There are no ratings yet
    .detail = { $committee } has not rated anybody for { $year }. Decide first.
pool_incomplete = Ratings are missing
    .detail = { $without } units have opened no round, { $missing } who are to be classified have no level. Decide about all of them, then make it final.
not_above_the_committee = For a unit above to allow
    .detail = { $committee } does not allow itself more than the cap; a unit above does, by a document.
nothing_capped = There is no cap
    .detail = The rulebook { $rulebook } sets no cap here.
no_exception = Not an exception
    .detail = { $percent } % is not more than the cap of { $cap } % ({ $clause }, rulebook { $rulebook }).
exception_beyond_rulebook = More than the rulebook's exception
    .detail = It was recorded by the document, which allows { $percent } %; the rulebook knows { $known } %.
cap_exceeded = More excellent than the cap allows
    .detail = { $cell_kind ->
        [none] All
       *[other] The group { $cell_kind }
    }: { $excellent } are excellent, while { $percent } % of { $counted } ({ $base }) allow { $allowed }; read the other way, of { $other_counted }, { $other_allowed } ({ $clause }, rulebook { $rulebook }). Decide anew, or enter the document that allows more.
cap_readings_disagree = The two readings of the cap disagree
    .detail = { $cell_kind ->
        [none] All
       *[other] The group { $cell_kind }
    }: { $excellent } are excellent; { $percent } % of { $counted } ({ $base }) allow { $allowed }, but read the other way, of { $other_counted }, only { $other_allowed } ({ $clause }, rulebook { $rulebook }).
import_not_yours = Only a system brings in history
    .detail = "Import" as the source lifts no rule for the role { $role }: only a system that brings in what others decided in a year that is over does that. Decide by the rule, or let the system bring it in.
import_not_past = The year is not over
    .detail = Only ratings of a year that is over are brought in as history; { $year } is not. Decide by the rule.
already_final = The ratings are final already
    .detail = The ratings of { $year } of { $committee } were made final on { $day }.
text_only_of_members = Only a member's objection has a text here
    .detail = A unit objects by a document; enter its number instead of a text.
objection_unknown = No such objection
    .detail = This round has no objection { $objection }. Check the id.
objection_answered = The objection was answered
    .detail = Objection { $objection } was answered: { $answer }.

## Requests to erase

own_data = Nobody decides about his own data
    .detail = Who enters this is the one whose data it is. Let somebody else of the office, or the office above, enter it.
second_person_needed = A second person decides
    .detail = Who entered the request may not decide it as well. Let somebody else of the office, or the office above, decide.
erasure_open = A request is open already
    .detail = A request to erase these data was received on { $since } and is not settled (id { $erasure }). Go on with that one.
erasure_unknown = No such request
    .detail = There is no request to erase with the id { $erasure } about these data. Check both ids.
erasure_wrong_state = Not possible at this stage
    .detail = The request is at this stage: { $erasure_stage }. This step needs the stage: { $needed_stage }. Look at the request first (`soho erasure show`).
already_acknowledged = Answered already
    .detail = It was answered on { $day }. Nothing needs recording.
already_extended = Extended already
    .detail = The limit was extended to { $until }; the decree knows one extension. Erase by then, or refuse with the reason.
extends_nothing = This extends nothing
    .detail = The limit ends with { $due ->
            [none] no day that is known
           *[other] { $due }
        }. Give a later day, or leave it as it is.
must_be_kept = This must be kept
    .detail = Records of this kind are kept: { $record_kind }, { $until ->
            [none] while they are in use or for good
           *[other] up to and with { $until }
        } ({ $article }). Refuse the request with this reason, and tell who asked in writing.
nothing_must_be_kept = Nothing needs to be kept
    .detail = By the rules in force nothing of these data must be kept any more. Grant the request, or give another reason.

not_the_whole_province = Released for the whole province
    .detail = The office of { $asker } releases the figures of its own unit, not those of { $unit } alone. Give { $asker } as the unit.
table_unknown = No such table
    .detail = There is no table { $table } to be released. There are: { $known }.
month_before_table = The month lies before the table
    .detail = The table { $table } is released from { $first } on; { $month } lies before that.
not_the_month_of_table = The table is released for another month
    .detail = The table { $table } is released once a year, for month { $wanted }, and tells of the year before; { $month } is another month.
month_not_over = The month is not over
    .detail = The figures of { $month } are those of { $last }; release them after that day.
already_released = Released already
    .detail = The table { $table } of { $month } was released on { $released } and does not change any more. What was recorded late is in later months.
publication_unknown = No such publication
    .detail = No table { $table } was released for { $month }. They are listed at /v1/publications.

mandate_needed = No mandate to inspect
    .detail = An inspection sees and decides only what a mandate gives it, and no mandate names you in its team. Ask the committee that ordered the inspection to have it recorded, with the number and day of the decision.
mandate_expired = The mandate is over
    .detail = Your last mandate to inspect held up to { $last }. Where the inspection goes on, ask the committee that ordered it to record a new mandate. What was done while it held is entered from its paper, with the day of the paper.
mandate_not_yet = The mandate has not begun
    .detail = Your mandate to inspect holds from { $first } on, and before that day nothing is seen or decided under it. Wait for the day, or correct the day of what you enter; where the mandate's own day is wrong, ask the committee that gave it to record it anew.
mandate_unknown = No such mandate
    .detail = There is no mandate { $mandate }, or it was not given at or below your unit. Check the id in the list of mandates.
mandate_over = The mandate is over
    .detail = The mandate held up to { $last } and can be neither extended nor ended any more. Where the inspection goes on, give a new one.
mandate_too_long = Longer than a mandate may hold
    .detail = A mandate holds { $longest } days at most, extensions included: up to { $latest } here. Give an earlier last day; where the inspection goes on after it, give a new mandate then.
mandate_backdated = A mandate put back
    .detail = A mandate is given, extended and ended from today on or from a later day, and not before the day of its document; here the day is { $first }. What is entered later from a paper has paper as its source, and the day of the document.
mandate_about_nothing = Nothing to inspect
    .detail = The mandate names neither a case nor a unit. Name what the team is to inspect.
own_mandate = Nobody lets himself inspect
    .detail = You are in the team yourself. Let somebody else of the committee, or the committee above, give or extend the mandate.
inspection_gives_none = The committee gives mandates, not the inspection
    .detail = You speak as { $office }. Whoever inspects gives and extends no mandate; let another office of the committee record it.
team_member_concerned = The case is about somebody of the team
    .detail = The case { $grievance } is about { $person }, who cannot inspect it. Leave him out of the team, or the case out of this mandate.
