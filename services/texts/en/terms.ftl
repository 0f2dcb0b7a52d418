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

visit_topic-policy = Policy and law
visit_topic-livelihood = Livelihood
visit_topic-poverty_plan = Way out of poverty
visit_topic-schooling = Schooling
visit_topic-community = Community
visit_topic-public_order = Public order
visit_topic-concern = Concerns and proposals

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
oddity-member_left_before = The member had died or left by then
oddity-member_exempt_then = The member was exempt or suspended then
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
parked-meeting_unknown = No such meeting
parked-report_unknown = No such report
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

## Inspection

role-inspection = Inspection team
mandate_ending-concluded = Inspection concluded
mandate_ending-withdrawn = Mandate withdrawn
fact-inspection-mandate_given = Mandate to inspect given
fact-inspection-mandate_extended = Mandate to inspect extended
fact-inspection-mandate_ended = Mandate to inspect ended
parked-mandate_exists = The mandate exists
parked-mandate_unknown = No such mandate
parked-not_about_a_mandate = Not about a mandate

## What troubles a household

grievance_kind-concern = Concern
grievance_kind-proposal = Proposal or reflection
grievance_kind-complaint = Complaint
way-member = Through the member
way-office = At the office
grievance_topic-land = Land
grievance_topic-livelihood = Livelihood
grievance_topic-schooling = Schooling
grievance_topic-poverty_list = The list of poor households
grievance_topic-social_benefits = Benefits
grievance_topic-public_services = Public services
grievance_topic-roads_and_water = Roads and water
grievance_topic-environment = Environment
grievance_topic-neighbours = Neighbours
grievance_topic-conduct_of_office = Conduct of an office
grievance_topic-other = Something else
cell_conclusion-explained = Explained
cell_conclusion-cell_solves = The cell solves it
cell_conclusion-escalated = Goes up
refusal_reason-not_eligible = Not eligible
refusal_reason-already_settled = Already settled
refusal_reason-under_another_procedure = Under another procedure
refusal_reason-deadline_passed = The time for it has passed
escalation_reason-beyond_competence = Beyond competence
escalation_reason-not_solved = Not solved
escalation_reason-conflict_of_interest = Conflict of interest
escalation_reason-ordered = Ordered
no_receiver-no_superior = Nobody is above
no_receiver-conflict_of_interest = Who would receive it is concerned
no_receiver-unit_ended = Unit has ended
no_receiver-office_vacant = No secretary
no_receiver-officer_concerned = Somebody it is about holds office there or above
no_receiver-officer_unavailable = Secretary takes no part
return_reason-file_incomplete = The file is incomplete
return_reason-to_be_solved_below = To be solved below
extension_reason-complex = Complex
extension_reason-verification_elsewhere = Verification elsewhere
extension_reason-force_majeure = Force majeure
answer_outcome-resolved = Resolved
answer_outcome-partly_resolved = Partly resolved
answer_outcome-explained = Explained
answer_outcome-rejected = Rejected
answer_outcome-not_accepted = Not accepted
answer_outcome-referred_outside = Handed to a body outside
delivery_channel-in_person = In person
delivery_channel-letter = By letter
delivery_channel-meeting = At a meeting
reopening_reason-contested = Contested
reopening_reason-withdrawn_under_pressure = Withdrawn under pressure
reopening_reason-ordered_by_superior = Ordered by a superior
reopening_reason-new_evidence = New evidence
closing_reason-accepted_by_household = Accepted by the household
closing_reason-window_passed = The time to contest has passed

## Where a case stands

stage-waiting = Waiting to be taken up
stage-booked = Booked in, not accepted yet
stage-accepted = Accepted, being settled
stage-answered = Answered, the household not told yet
stage-delivered = The household was told and is to be heard
stage-closed = Closed
stage-withdrawn = Withdrawn by the household
stage-split = Split into several cases
stage-referred = Handed to a body outside
stage-withheld = Taken out

## Steps of a case

step-grievance-book = Book it in
step-grievance-determine_kind = Determine its kind
step-grievance-split = Split it
step-grievance-conclude_at_cell = Conclude it at a cell meeting
step-grievance-accept = Accept it
step-grievance-refuse = Refuse it
step-grievance-transfer = Transfer it to the competent body
step-grievance-escalate = Send it up
step-grievance-return = Return it
step-grievance-assign_handler = Assign a handler
step-grievance-extend = Extend a limit
step-grievance-reply_interim = Tell the household how far it is
step-grievance-answer = Answer it
step-grievance-correct = Correct what was recorded
step-grievance-name_person = Name a person it is about
step-grievance-withhold = Take it out as a denunciation
step-grievance-take_back_naming = Take back a wrong naming (a unit above or inspection)
step-grievance-refer_outside = Hand it to a body outside (inspection)
step-grievance-deliver = Deliver the answer to the household
step-grievance-accept_answer = Record that the household accepts
step-grievance-contest = Record that the household contests
step-grievance-withdraw = Record that the household withdraws
step-grievance-close = Close it
step-grievance-reopen = Take it up again (a unit above)
step-grievance-note_overdue = Remind of a limit that has passed (a unit above)

## Limits of a case

clock-cell_conclusion = Conclusion of the cell
clock-determine_kind = Determining the kind
clock-first_answer = First answer
clock-complaint_acceptance = Acceptance of a complaint
clock-resolution = Settlement
clock-delivery = Delivery of the answer
clock-contest_window = The household's time to contest
clock-level = Time at one level
clock-total = Time in all

## Cell meetings

attendance-present = Present
attendance-excused = Excused
attendance-unexcused = Unexcused
need-livelihood = Livelihood
need-housing = Housing
need-schooling = Schooling
need-care = Care
need-papers = Papers
need-information = Information
report_conclusion-noted = Noted
report_conclusion-cell_follows_up = The cell follows it up
report_conclusion-explained = Explained
report_conclusion-to_be_completed = To be completed
fact-meeting-calendar_set = Calendar of meetings
fact-meeting-meeting_called = Meeting called
fact-meeting-attendance_corrected = Attendance corrected
fact-meeting-monthly_report_submitted = Member's monthly report
fact-meeting-report_concluded = Report concluded
fact-meeting-meeting_closed = Meeting closed
fact-grievance-grievance_raised = Case raised
fact-grievance-grievance_corrected = Case corrected
fact-grievance-person_concerned = Person concerned
fact-grievance-naming_taken_back = Naming taken back
fact-grievance-grievance_referred_outside = Handed to a body outside
fact-grievance-grievance_booked = Booked in
fact-grievance-case_numbered = Number given
fact-grievance-kind_determined = Kind determined
fact-grievance-grievance_split = Case split
fact-grievance-concluded_at_cell = Concluded at the cell
fact-grievance-grievance_accepted = Accepted
fact-grievance-grievance_refused = Refused
fact-grievance-handler_assigned = Handler assigned
fact-grievance-grievance_escalated = Escalated
fact-grievance-grievance_transferred = Transferred
fact-grievance-grievance_returned = Returned
fact-grievance-deadline_extended = Limit extended
fact-grievance-interim_replied = Interim reply
fact-grievance-grievance_answered = Answered
fact-grievance-answer_delivered = Answer delivered
fact-grievance-answer_accepted = Accepted by the household
fact-grievance-answer_contested = Contested
fact-grievance-grievance_reopened = Taken up again
fact-grievance-grievance_withdrawn = Withdrawn
fact-grievance-grievance_closed = Closed
fact-grievance-overdue_noticed = Reminder of a limit
fact-grievance-grievance_withheld = Taken out
fact-grievance-denunciation_handed_over = Denunciation handed over

## Why a fact about a case or a meeting waits

parked-grievance_exists = The case exists
parked-grievance_unknown = No such case
parked-no_instant = No instant
parked-not_a_number = Not a number
parked-not_a_receipt = Not a receipt
parked-not_a_release = Not a new release
parked-not_about_a_grievance = Not about a case
parked-not_about_meetings = Not about meetings
parked-round_exists = This round was opened already
parked-round_unknown = No such round was opened
parked-not_about_a_round = Not about a round
parked-not_about_ratings = Not about ratings
parked-objection_unknown = No such objection was raised

## Kinds of values

kind-text = Text
kind-whole_number = A whole number
kind-number = A number
kind-yes_or_no = True or false
kind-id = A UUID
kind-list = A list
kind-object = An object
kind-less_nesting = Less nesting
kind-other = Something else

## Classification

level-excellent = Excellent
level-good = Good
level-completed = Completed
level-not_completed = Not completed
mark-excellent = Excellent
mark-good = Good
mark-average = Average
mark-poor = Poor
subject-member = Member
subject-cell = Cell
subject-committee = Grass-roots organisation
subject-leadership = Collective of leaders
eligibility_outcome-classify = Reviewed and classified
eligibility_outcome-review_only = Reviewed only, not classified
eligibility_outcome-not_yet = Not reviewed and classified yet
eligibility_outcome-exempt = Not among those who are reviewed and classified
base-good_only = Those rated good
base-good_or_better = Those rated good or better
step_kind-self_assessment = Self-assessment
step_kind-comments = Comments of the bodies that take part
step_kind-ballot = Ballot on four levels
step_kind-second_ballot = Ballot on excellent
step_kind-proposal = Proposal
step_kind-appraisal = Appraisal
step_kind-decision = Decision
commenter-cell_committee = Committee of the cell
commenter-mass_organisation = Mass organisation
commenter-residence_committee = Committee of the residence
commenter-work_unit_head = Head of the work unit
commenter-state_authority = State authority
objection_about-dossier = Dossier
objection_about-rating = Rating
objection_outcome-upheld = Upheld
objection_outcome-dismissed = Dismissed
revision_reason-objection_upheld = Objection upheld
revision_reason-verified_again = Verified again
fact-evaluation-round_opened = Round opened
fact-evaluation-roster_taken = Roster taken
fact-evaluation-case_attested = Case attested
fact-evaluation-attestation_withdrawn = Attestation withdrawn
fact-evaluation-self_assessed = Self-assessed
fact-evaluation-comment_given = Comment given
fact-evaluation-ballot_counted = Ballot counted
fact-evaluation-level_proposed = Level proposed
fact-evaluation-level_appraised = Level appraised
fact-evaluation-objection_raised = Objection raised
fact-evaluation-objection_answered = Objection answered
fact-evaluation-round_closed = Round closed
fact-evaluation-rating_decided = Rating decided
fact-evaluation-rating_revised = Rating revised
fact-evaluation-cap_exception_authorised = Exception from the cap authorised
fact-evaluation-ratings_finalised = Ratings made final

## Kinds of data that are never recorded

category-religion = Religion or belief
category-ethnicity = Ethnicity or racial origin
category-political_view = Political views or attitude
category-security_label = A “security problem” label
category-household_compliance = Compliance of a single household
category-loyalty_or_risk = Loyalty or risk
category-health_detail = Health details
category-identity_card_image = Images of identity cards, biometrics
category-location_track = Location or track

## Requests to erase

erasure_of-person = Person
erasure_of-household = Household
erasure_ground-request = Request of the person concerned
erasure_ground-purpose_fulfilled = Purpose fulfilled
erasure_ground-retention_over = Time of keeping over
erasure_ground-authority_decision = Decision of a competent authority
erasure_ground-agreement = Agreement
erasure_ground-other_law = Another case of the law
erasure_refusal-must_be_kept = Must be kept by law
erasure_refusal-not_entitled = Not shown to be entitled
erasure_stage-requested = Received, not decided
erasure_stage-granted = Granted, not carried out
erasure_stage-executed = Erased
erasure_stage-refused = Refused
request_limit-reply = Answer that it is handled
request_limit-provide = See, correct or provide
request_limit-restrict = Withdraw, restrict or object
request_limit-erase = Erase
record_kind-member_file = File of a member
record_kind-office_file = File of an office holder
record_kind-evaluation = Yearly classification
record_kind-field_work = Assignments, visits and reports
record_kind-household_in_care = Household of a cell
record_kind-visits = Visits to the household
record_kind-grievance_file = File of a grievance
fact-erasure-erasure_requested = Erasure requested
fact-erasure-erasure_acknowledged = Request to erase answered
fact-erasure-erasure_extended = Limit to erase extended
fact-erasure-erasure_granted = Erasure granted
fact-erasure-erasure_refused = Erasure refused
fact-erasure-erasure_executed = Erased
parked-erasure_exists = The request exists
parked-erasure_unknown = No such request
parked-not_about_an_erasure = Not about a request to erase

fact-publication-publication_released = Table released

## Why somebody reads

read_reason-case_handling = Handling the case
read_reason-inspection = Inspection
read_reason-denunciation_check = Whether it is a denunciation
read_reason-household_asked = The household asked for it
read_reason-member_asked = The member asked for it
read_reason-register_correction = Correcting the register
read_reason-urgent_danger = Urgent danger to a person
