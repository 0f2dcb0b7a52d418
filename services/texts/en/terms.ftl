### Names that people see: <group>-<value>.

## Roles

role-member = Member
role-cell_secretary = Cell secretary
role-commune_office = Commune committee's office
role-provincial_office = Provincial committee's office
role-auditor = Auditor
role-system = Connected system

## Statuses of a member

member_status-probationary = Probationary
member_status-active = Active
member_status-exempt = Exempt from work and Party life
member_status-temporarily_exempt = Temporarily exempt from work and Party life
member_status-suspended = Suspended from Party life

## Reasons for leaving

leaving_reason-transferred_out = Transferred out of the province
leaving_reason-died = Died
leaving_reason-left = Left the Party
leaving_reason-removed = Removed from the Party

## Results of the review of poor households

economic_class-poor = Poor
economic_class-near_poor = Near-poor
economic_class-average = Average
economic_class-better_off = Better-off

## Reasons why a household is no more

dissolution_reason-moved_away = Moved away
dissolution_reason-joined_another = Joined another household
dissolution_reason-no_members_left = Nobody left
dissolution_reason-entered_by_mistake = Entered by mistake

## Reasons for ending an assignment

ending_reason-plan_changed = Plan changed
ending_reason-member_exempt = Member exempt
ending_reason-member_moved = Member moved to another cell
ending_reason-member_left = Member left
ending_reason-member_died = Member died
ending_reason-household_moved = Household moved to another cell
ending_reason-household_dissolved = Household is no more
ending_reason-at_own_request = At the member's own request

## Reasons for taking something back

retraction_reason-entered_twice = Entered twice
retraction_reason-wrong_household = Wrong household
retraction_reason-wrong_member = Wrong member
retraction_reason-did_not_happen = Did not happen

## How a household was told

notice_channel-in_person = In person
notice_channel-letter = By letter
notice_channel-meeting = At a meeting

## Levels of units

unit_kind-central = Central
unit_kind-province = Province
unit_kind-district = District
unit_kind-commune = Commune
unit_kind-cell = Cell

## Kinds of cells

cell_kind-village = Village
cell_kind-school = School
cell_kind-health_station = Health station
cell_kind-military = Military
cell_kind-police = Police
cell_kind-enterprise = Enterprise
cell_kind-agency = Agency

## Offices

office_kind-secretary = Secretary
office_kind-deputy_secretary = Deputy secretary
office_kind-committee_member = Committee member
office_kind-organisation_officer = Organisation officer
office_kind-inspection_officer = Inspection officer

## Purposes of a visit

purpose-regular = Regular
purpose-requested = At the household's request
purpose-inform = To inform
purpose-support = To support
purpose-follow_up = To follow up

## Topics

topic-policy = Policy and law
topic-livelihood = Livelihood
topic-poverty_plan = Way out of poverty
topic-schooling = Schooling
topic-community = Community
topic-public_order = Public order
topic-concern = Concerns and proposals

## Outcomes of a visit

outcome-nothing_new = Nothing new
outcome-informed = Informed
outcome-support_promised = Support promised
outcome-to_report_at_meeting = To report at the cell meeting
outcome-nobody_home = Nobody home

## Sources

source-phone = Phone
source-web = Web
source-paper = Paper
source-import = Import
source-system = System

## Types of facts

fact-organisation-unit_founded = Unit founded
fact-organisation-unit_renamed = Unit renamed
fact-organisation-unit_reparented = Unit placed under another superior
fact-organisation-unit_merged = Unit merged
fact-organisation-mergers_ordered = Mergers ordered
fact-organisation-unit_dissolved = Unit dissolved
fact-organisation-person_registered = Person registered
fact-organisation-office_appointed = Office appointed
fact-organisation-office_released = Office released
fact-organisation-office_acting = Acting in an office
fact-member-member_admitted = Member admitted
fact-member-member_transferred = Member transferred
fact-member-status_changed = Status of a member changed
fact-member-member_left = Member left
fact-member-residence_introduced = Introduced to the cell of residence
fact-member-residence_ended = Ended at the cell of residence
fact-household-household_registered = Household registered
fact-household-household_moved = Household moved
fact-household-economic_class_reviewed = Economic class reviewed
fact-household-left_poverty = Household left poverty
fact-household-cultural_family_recognised = Recognised as a cultural family
fact-household-household_dissolved = Household dissolved
fact-group-group_formed = Group formed
fact-group-group_changed = Group changed
fact-group-group_dissolved = Group dissolved
fact-assignment-plan_adopted = Assignment plan adopted
fact-assignment-household_assigned = Household assigned
fact-assignment-group_assigned = Group assigned
fact-assignment-assignment_ended = Assignment ended
fact-assignment-assignment_corrected = Assignment corrected
fact-assignment-assignment_retracted = Assignment retracted
fact-assignment-household_notified = Household notified
fact-visit-visit_recorded = Visit recorded
fact-visit-visit_corrected = Visit corrected
fact-visit-visit_retracted = Visit retracted
fact-visit-visit_attested = Visit attested
fact-visit-visit_disputed = Visit disputed
fact-meeting-cell_meeting_held = Cell meeting held

## Why an assignment needs a decision

misplacement-cell_dissolved = The cell was dissolved
misplacement-group_of_another_cell = In a group of another cell
doubt-exempt = Member is exempt
doubt-temporarily_exempt = Member is temporarily exempt
doubt-suspended = Member is suspended
doubt-not_yet_a_member = Not yet a member here
doubt-transferred_out = Member went out of the province
doubt-died = Member died
doubt-left = Member left the Party
doubt-removed = Member was removed
doubt-member_in_another_cell = Member is in another cell
doubt-household_not_there = Household is not there
doubt-household_in_another_cell = Household is in another cell
doubt-group_not_there = Group is not there

## What is odd about a visit

oddity-not_responsible_then = Not responsible then
oddity-before_assignment = Before the assignment
oddity-looks_duplicate = Looks like a duplicate
oddity-recorded_late = Recorded late
oddity-clock_ahead = The device's clock was fast

## Why a fact waits in quarantine

parked-waits_for_parked = Waits for an earlier fact
parked-unit_exists = The unit exists
parked-unit_unknown = No such unit
parked-member_unknown = No such member
parked-household_exists = The household exists
parked-household_unknown = No such household
parked-group_exists = The group exists
parked-group_unknown = No such group
parked-assignment_exists = The assignment exists
parked-assignment_unknown = No such assignment
parked-assignment_retracted = The assignment was taken back
parked-assignments_overlap = Assignments overlap
parked-ends_before_it_begins = Ends before it begins
parked-target_of_another_kind = Household and group share an id
parked-visit_unknown = No such visit
parked-not_about_a_unit = Not about a unit
parked-not_about_an_office = Not about an office
parked-not_about_a_person = Not about a person
parked-not_about_a_member = Not about a member
parked-not_about_a_household = Not about a household
parked-not_about_a_group = Not about a group
parked-not_about_an_assignment = Not about an assignment
parked-not_about_a_plan = Not about a plan

## Alarms of the archive

alarm-gap = The log lacks a fact. Copying stopped before it. Look at the disk, restore the newest copy of the log, then end the alarm.
alarm-duplicate_id = The log has one id twice. Copying stopped before the second. Restore the right log, then end the alarm.
alarm-notours = The log has a message that Sổ Hộ did not write. Find out who wrote it and restore the right log, then end the alarm.
alarm-server_too_old = The log server is too old to be entrusted with facts. Upgrade nats-server to 2.15 or newer, then end the alarm.
alarm-stream_missing = The log is not there any more. Restore its newest copy, then end the alarm.
alarm-stream_unsafe = The log has settings with which facts could be lost. Put them back, then end the alarm.
alarm-stream_replaced = This is another log, created later. Restore the first one, then end the alarm.
alarm-stream_shortened = The log begins later than before, or ends before the archive does. Restore its newest copy, then end the alarm.
alarm-stream_diverged = The log has another fact than the archive at the same position. Restore its newest copy, then end the alarm.
