### Tên gọi mà người dùng nhìn thấy: <nhóm>-<giá trị>.

## Vai trò

role-member = Đảng viên
role-cell_secretary = Bí thư chi bộ
role-commune_office = Văn phòng đảng ủy xã
role-provincial_office = Văn phòng tỉnh ủy
role-auditor = Cán bộ kiểm tra, giám sát
role-system = Hệ thống kết nối

## Trạng thái đảng viên

member_status-probationary = Đảng viên dự bị
member_status-active = Đang sinh hoạt
member_status-exempt = Được miễn công tác và sinh hoạt đảng
member_status-temporarily_exempt = Tạm miễn công tác và sinh hoạt đảng
member_status-suspended = Bị đình chỉ sinh hoạt đảng

## Lý do không còn sinh hoạt

leaving_reason-transferred_out = Chuyển sinh hoạt đảng ra ngoài tỉnh
leaving_reason-died = Từ trần
leaving_reason-left = Xin ra khỏi Đảng
leaving_reason-removed = Đưa ra khỏi Đảng

## Kết quả rà soát hộ nghèo

economic_class-poor = Hộ nghèo
economic_class-near_poor = Hộ cận nghèo
economic_class-average = Hộ có mức sống trung bình
economic_class-better_off = Hộ khá, giàu

## Lý do hộ không còn

dissolution_reason-moved_away = Chuyển đi nơi khác
dissolution_reason-joined_another = Nhập vào hộ khác
dissolution_reason-no_members_left = Không còn nhân khẩu
dissolution_reason-entered_by_mistake = Ghi nhầm

## Lý do chấm dứt phân công

ending_reason-plan_changed = Điều chỉnh kế hoạch phân công
ending_reason-member_exempt = Đảng viên được miễn hoặc tạm miễn sinh hoạt
ending_reason-member_moved = Đảng viên chuyển chi bộ
ending_reason-member_left = Đảng viên không còn sinh hoạt ở đây
ending_reason-member_died = Đảng viên từ trần
ending_reason-household_moved = Hộ chuyển sang chi bộ khác
ending_reason-household_dissolved = Hộ không còn
ending_reason-at_own_request = Theo đề nghị của đảng viên

## Lý do hủy nội dung đã ghi

retraction_reason-entered_twice = Ghi trùng
retraction_reason-wrong_household = Nhầm hộ
retraction_reason-wrong_member = Nhầm đảng viên
retraction_reason-did_not_happen = Không có trên thực tế

## Cách thông báo cho hộ

notice_channel-in_person = Gặp trực tiếp
notice_channel-letter = Bằng văn bản
notice_channel-meeting = Tại cuộc họp

## Cấp của đơn vị

unit_kind-central = Trung ương
unit_kind-province = Tỉnh
unit_kind-district = Huyện
unit_kind-commune = Xã
unit_kind-cell = Chi bộ

## Loại chi bộ

cell_kind-village = Thôn, tổ dân phố
cell_kind-school = Trường học
cell_kind-health_station = Trạm y tế
cell_kind-military = Quân sự
cell_kind-police = Công an
cell_kind-enterprise = Doanh nghiệp
cell_kind-agency = Cơ quan

## Chức vụ

office_kind-secretary = Bí thư
office_kind-deputy_secretary = Phó bí thư
office_kind-committee_member = Cấp ủy viên
office_kind-organisation_officer = Cán bộ tổ chức
office_kind-inspection_officer = Cán bộ kiểm tra

## Mục đích thăm hộ

purpose-regular = Thăm định kỳ
purpose-requested = Thăm theo đề nghị của hộ
purpose-inform = Tuyên truyền, phổ biến
purpose-support = Giúp đỡ, hỗ trợ
purpose-follow_up = Theo dõi việc đã nêu

## Nội dung trao đổi

visit_topic-policy = Chủ trương, chính sách, pháp luật
visit_topic-livelihood = Việc làm, phát triển kinh tế
visit_topic-poverty_plan = Mục tiêu, lộ trình thoát nghèo
visit_topic-schooling = Học tập của con em
visit_topic-community = Nông thôn mới, gia đình văn hóa
visit_topic-public_order = An ninh, trật tự
visit_topic-concern = Tâm tư, vấn đề bức xúc, kiến nghị

## Kết quả lần thăm

outcome-nothing_new = Không có vấn đề mới
outcome-informed = Đã tuyên truyền, phổ biến
outcome-support_promised = Đã nhận lời giúp đỡ
outcome-to_report_at_meeting = Sẽ báo cáo tại sinh hoạt chi bộ
outcome-nobody_home = Không gặp ai ở nhà

## Nguồn ghi nhận

source-phone = Điện thoại
source-web = Trang web
source-paper = Văn bản giấy
source-import = Nhập từ hệ thống khác
source-system = Hệ thống

## Loại sự việc

fact-organisation-unit_founded = Thành lập đơn vị
fact-organisation-unit_renamed = Đổi tên đơn vị
fact-organisation-unit_reparented = Chuyển cấp trên trực tiếp
fact-organisation-unit_merged = Sáp nhập đơn vị
fact-organisation-mergers_ordered = Quyết định sáp nhập
fact-organisation-unit_dissolved = Giải thể đơn vị
fact-organisation-person_registered = Đăng ký người
fact-organisation-office_appointed = Bổ nhiệm, bầu chức vụ
fact-organisation-office_released = Thôi giữ chức vụ
fact-organisation-office_acting = Phụ trách thay
fact-member-member_admitted = Kết nạp, tiếp nhận đảng viên
fact-member-member_transferred = Chuyển chi bộ
fact-member-status_changed = Thay đổi trạng thái đảng viên
fact-member-member_left = Không còn sinh hoạt ở đây
fact-member-residence_introduced = Giới thiệu về nơi cư trú
fact-member-residence_ended = Kết thúc giới thiệu về nơi cư trú
fact-household-household_registered = Đăng ký hộ
fact-household-household_moved = Hộ chuyển chi bộ
fact-household-economic_class_reviewed = Rà soát hộ nghèo
fact-household-left_poverty = Hộ thoát nghèo
fact-household-cultural_family_recognised = Công nhận gia đình văn hóa
fact-household-household_dissolved = Hộ không còn
fact-group-group_formed = Lập nhóm hộ
fact-group-group_changed = Thay đổi nhóm hộ
fact-group-group_dissolved = Giải thể nhóm hộ
fact-assignment-plan_adopted = Thông qua kế hoạch phân công
fact-assignment-household_assigned = Phân công hộ
fact-assignment-group_assigned = Phân công nhóm hộ
fact-assignment-assignment_ended = Chấm dứt phân công
fact-assignment-assignment_corrected = Đính chính phân công
fact-assignment-assignment_retracted = Hủy phân công ghi nhầm
fact-assignment-household_notified = Thông báo cho hộ
fact-visit-visit_recorded = Thăm hộ
fact-visit-visit_corrected = Đính chính lần thăm
fact-visit-visit_retracted = Hủy lần thăm ghi nhầm
fact-visit-visit_attested = Hộ xác nhận lần thăm
fact-visit-visit_disputed = Hộ không xác nhận lần thăm
fact-meeting-cell_meeting_held = Sinh hoạt chi bộ

## Vì sao phân công cần được quyết định lại

misplacement-cell_dissolved = Chi bộ đã giải thể
misplacement-group_of_another_cell = Ở trong nhóm hộ của chi bộ khác
doubt-exempt = Đảng viên được miễn công tác và sinh hoạt
doubt-temporarily_exempt = Đảng viên tạm miễn sinh hoạt
doubt-suspended = Đảng viên bị đình chỉ sinh hoạt
doubt-not_yet_a_member = Chưa là đảng viên ở đây
doubt-transferred_out = Đảng viên đã chuyển ra ngoài tỉnh
doubt-died = Đảng viên đã từ trần
doubt-left = Đảng viên đã xin ra khỏi Đảng
doubt-removed = Đảng viên đã bị đưa ra khỏi Đảng
doubt-member_in_another_cell = Đảng viên đã chuyển sang chi bộ khác
doubt-household_not_there = Hộ chưa đăng ký hoặc không còn
doubt-household_in_another_cell = Hộ đã chuyển sang chi bộ khác
doubt-group_not_there = Nhóm hộ chưa lập hoặc đã giải thể

## Điều khác thường của lần thăm

oddity-not_responsible_then = Khi đó không phụ trách hộ
oddity-before_assignment = Trước khi được phân công
oddity-member_left_before = Khi đó đảng viên đã từ trần hoặc không còn ở chi bộ
oddity-member_exempt_then = Khi đó đảng viên được miễn hoặc bị đình chỉ sinh hoạt
oddity-looks_duplicate = Có thể ghi trùng
oddity-recorded_late = Ghi muộn
oddity-clock_ahead = Đồng hồ thiết bị chạy nhanh

## Vì sao một sự việc phải chờ xử lý, chưa vào sổ theo dõi

parked-waits_for_parked = Chờ sự việc trước đó
parked-unit_exists = Đơn vị đã có
parked-unit_unknown = Không có đơn vị này
parked-member_unknown = Không có đảng viên này
parked-household_exists = Hộ đã có
parked-household_unknown = Không có hộ này
parked-group_exists = Nhóm hộ đã có
parked-group_unknown = Không có nhóm hộ này
parked-assignment_exists = Mã phân công đã dùng
parked-assignment_unknown = Không có phân công này
parked-assignment_retracted = Phân công đã bị hủy
parked-assignments_overlap = Phân công trùng thời gian
parked-ends_before_it_begins = Kết thúc trước khi bắt đầu
parked-target_of_another_kind = Mã hộ trùng mã nhóm hộ
parked-visit_unknown = Không có lần thăm này
parked-meeting_unknown = Không có cuộc họp này
parked-report_unknown = Không có báo cáo này
parked-not_about_a_unit = Không phải sự việc về đơn vị
parked-not_about_an_office = Không phải sự việc về chức vụ
parked-not_about_a_person = Không phải sự việc về con người
parked-not_about_a_member = Không phải sự việc về đảng viên
parked-not_about_a_household = Không phải sự việc về hộ
parked-not_about_a_group = Không phải sự việc về nhóm hộ
parked-not_about_an_assignment = Không phải sự việc về phân công
parked-not_about_a_plan = Không phải sự việc về kế hoạch

## Cảnh báo của kho lưu trữ

alarm-gap = Nhật ký thiếu một sự việc. Việc chép đã dừng trước chỗ thiếu. Hãy kiểm tra đĩa và khôi phục bản nhật ký mới nhất, rồi kết thúc cảnh báo.
alarm-duplicate_id = Nhật ký có hai sự việc cùng một mã. Việc chép đã dừng trước sự việc thứ hai. Hãy khôi phục bản nhật ký đúng, rồi kết thúc cảnh báo.
alarm-notours = Trong nhật ký có bản tin không phải do Sổ Hộ ghi. Hãy tìm xem ai đã ghi và khôi phục bản nhật ký đúng, rồi kết thúc cảnh báo.
alarm-server_too_old = Máy chủ nhật ký quá cũ để giao phó sự việc. Hãy nâng cấp nats-server lên 2.15 trở lên, rồi kết thúc cảnh báo.
alarm-stream_missing = Không còn nhật ký. Hãy khôi phục bản nhật ký mới nhất, rồi kết thúc cảnh báo.
alarm-stream_unsafe = Nhật ký có thiết đặt có thể làm mất sự việc. Hãy đặt lại như ban đầu, rồi kết thúc cảnh báo.
alarm-stream_replaced = Đây là một nhật ký khác, được tạo lại sau. Hãy khôi phục nhật ký ban đầu, rồi kết thúc cảnh báo.
alarm-stream_shortened = Nhật ký thiếu phần đầu hoặc kết thúc trước kho lưu trữ. Hãy khôi phục bản nhật ký mới nhất, rồi kết thúc cảnh báo.
alarm-stream_diverged = Nhật ký có sự việc khác với kho lưu trữ ở cùng vị trí. Hãy khôi phục bản nhật ký mới nhất, rồi kết thúc cảnh báo.

## Vai trò trong kiểm tra

role-inspection = Đoàn kiểm tra
mandate_ending-concluded = Đã kết thúc kiểm tra
mandate_ending-withdrawn = Thu hồi quyết định
fact-inspection-mandate_given = Ban hành quyết định kiểm tra
fact-inspection-mandate_extended = Gia hạn quyết định kiểm tra
fact-inspection-mandate_ended = Kết thúc quyết định kiểm tra
parked-mandate_exists = Quyết định kiểm tra đã có
parked-mandate_unknown = Không có quyết định kiểm tra này
parked-not_about_a_mandate = Không phải về quyết định kiểm tra

## Vụ việc của hộ

grievance_kind-concern = Vấn đề bức xúc
grievance_kind-proposal = Kiến nghị, phản ánh
grievance_kind-complaint = Khiếu nại
way-member = Qua đảng viên phụ trách
way-office = Tại nơi tiếp công dân
grievance_topic-land = Đất đai
grievance_topic-livelihood = Việc làm, phát triển kinh tế
grievance_topic-schooling = Học tập của con em
grievance_topic-poverty_list = Danh sách hộ nghèo, cận nghèo
grievance_topic-social_benefits = Chế độ, chính sách
grievance_topic-public_services = Thủ tục, dịch vụ công
grievance_topic-roads_and_water = Đường, nước sinh hoạt
grievance_topic-environment = Môi trường
grievance_topic-neighbours = Mâu thuẫn xóm giềng
grievance_topic-conduct_of_office = Tác phong, trách nhiệm của cán bộ
grievance_topic-other = Việc khác
cell_conclusion-explained = Giải thích tại chỗ
cell_conclusion-cell_solves = Chi bộ giải quyết
cell_conclusion-escalated = Chuyển cấp trên
refusal_reason-not_eligible = Không đủ điều kiện thụ lý
refusal_reason-already_settled = Đã được giải quyết
refusal_reason-under_another_procedure = Đang giải quyết theo thủ tục khác
refusal_reason-deadline_passed = Đã hết thời hiệu
escalation_reason-beyond_competence = Vượt thẩm quyền
escalation_reason-not_solved = Chưa giải quyết được
escalation_reason-conflict_of_interest = Có người liên quan
escalation_reason-ordered = Cấp trên yêu cầu
no_receiver-no_superior = Không có cấp trên
no_receiver-conflict_of_interest = Nơi nhận có người liên quan
no_receiver-unit_ended = Đơn vị đã kết thúc hoạt động
no_receiver-office_vacant = Khuyết bí thư
no_receiver-officer_concerned = Người mà vụ việc nói đến đang giữ chức vụ ở đó hoặc cấp trên
no_receiver-officer_unavailable = Bí thư không còn sinh hoạt
return_reason-file_incomplete = Hồ sơ chưa đủ
return_reason-to_be_solved_below = Thuộc trách nhiệm cấp dưới
extension_reason-complex = Vụ việc phức tạp
extension_reason-verification_elsewhere = Phải xác minh ở nơi khác
extension_reason-force_majeure = Bất khả kháng
answer_outcome-resolved = Đã giải quyết
answer_outcome-partly_resolved = Giải quyết một phần
answer_outcome-explained = Đã giải thích
answer_outcome-rejected = Không chấp nhận yêu cầu
answer_outcome-not_accepted = Không thụ lý
answer_outcome-referred_outside = Đã chuyển ra cơ quan ngoài hệ thống
delivery_channel-in_person = Gặp trực tiếp
delivery_channel-letter = Bằng văn bản
delivery_channel-meeting = Tại cuộc họp
reopening_reason-contested = Hộ không đồng ý
reopening_reason-withdrawn_under_pressure = Bị ép rút
reopening_reason-ordered_by_superior = Cấp trên yêu cầu
reopening_reason-new_evidence = Có tình tiết mới
closing_reason-accepted_by_household = Hộ đồng ý
closing_reason-window_passed = Hết thời gian phản hồi

## Trạng thái của vụ việc

stage-waiting = Chờ đơn vị xem xét
stage-booked = Đã vào sổ, chưa thụ lý
stage-accepted = Đã thụ lý, đang giải quyết
stage-answered = Đã có trả lời, chưa báo cho hộ
stage-delivered = Đã báo cho hộ, chờ ý kiến của hộ
stage-closed = Đã kết thúc
stage-withdrawn = Hộ đã rút
stage-split = Đã tách thành nhiều vụ việc
stage-referred = Đã chuyển ra cơ quan ngoài hệ thống
stage-withheld = Đã đưa ra khỏi sổ

## Việc có thể làm với vụ việc

step-grievance-book = Vào sổ
step-grievance-determine_kind = Xác định loại
step-grievance-split = Tách vụ việc
step-grievance-conclude_at_cell = Kết luận tại cuộc họp chi bộ
step-grievance-accept = Thụ lý
step-grievance-refuse = Từ chối thụ lý
step-grievance-transfer = Chuyển cơ quan có thẩm quyền
step-grievance-escalate = Chuyển cấp trên
step-grievance-return = Trả lại nơi gửi
step-grievance-assign_handler = Giao người xử lý
step-grievance-extend = Gia hạn
step-grievance-reply_interim = Báo tiến độ cho hộ
step-grievance-answer = Trả lời
step-grievance-correct = Đính chính nội dung đã ghi
step-grievance-name_person = Nêu người mà vụ việc nói đến
step-grievance-withhold = Đưa ra khỏi sổ vì là tố cáo
step-grievance-take_back_naming = Rút việc nêu nhầm người (cấp trên hoặc đoàn kiểm tra)
step-grievance-refer_outside = Chuyển ra cơ quan ngoài hệ thống (đoàn kiểm tra)
step-grievance-deliver = Báo trả lời cho hộ
step-grievance-accept_answer = Ghi hộ đồng ý
step-grievance-contest = Ghi hộ không đồng ý
step-grievance-withdraw = Ghi hộ rút
step-grievance-close = Kết thúc vụ việc
step-grievance-reopen = Mở lại (cấp trên)
step-grievance-note_overdue = Nhắc quá hạn (cấp trên)

## Thời hạn của vụ việc

clock-cell_conclusion = Chi bộ kết luận
clock-determine_kind = Xác định loại
clock-first_answer = Trả lời lần đầu về việc tiếp nhận
clock-complaint_acceptance = Thụ lý khiếu nại
clock-resolution = Giải quyết
clock-delivery = Báo trả lời cho hộ
clock-contest_window = Thời gian hộ được phản hồi
clock-level = Thời gian ở một cấp
clock-total = Tổng thời gian

## Sinh hoạt chi bộ

attendance-present = Có mặt
attendance-excused = Vắng có lý do
attendance-unexcused = Vắng không lý do
need-livelihood = Việc làm, sinh kế
need-housing = Nhà ở
need-schooling = Học tập
need-care = Chăm sóc người già, trẻ em, người ốm
need-papers = Giấy tờ
need-information = Thông tin, hướng dẫn
report_conclusion-noted = Ghi nhận
report_conclusion-cell_follows_up = Chi bộ theo dõi tiếp
report_conclusion-explained = Đã giải thích
report_conclusion-to_be_completed = Yêu cầu bổ sung
fact-meeting-calendar_set = Lịch họp chi bộ
fact-meeting-meeting_called = Thông báo họp
fact-meeting-attendance_corrected = Đính chính có mặt
fact-meeting-monthly_report_submitted = Báo cáo tháng của đảng viên
fact-meeting-report_concluded = Kết luận báo cáo
fact-meeting-meeting_closed = Kết thúc cuộc họp
fact-grievance-grievance_raised = Hộ nêu vụ việc
fact-grievance-grievance_corrected = Đính chính vụ việc
fact-grievance-person_concerned = Nêu người có liên quan
fact-grievance-naming_taken_back = Rút việc nêu nhầm người
fact-grievance-grievance_referred_outside = Chuyển ra cơ quan ngoài hệ thống
fact-grievance-grievance_booked = Vào sổ
fact-grievance-case_numbered = Cấp số vụ việc
fact-grievance-kind_determined = Xác định loại
fact-grievance-grievance_split = Tách vụ việc
fact-grievance-concluded_at_cell = Chi bộ kết luận
fact-grievance-grievance_accepted = Thụ lý
fact-grievance-grievance_refused = Từ chối thụ lý
fact-grievance-handler_assigned = Giao người xử lý
fact-grievance-grievance_escalated = Chuyển cấp trên
fact-grievance-grievance_transferred = Chuyển cơ quan có thẩm quyền
fact-grievance-grievance_returned = Trả lại nơi gửi
fact-grievance-deadline_extended = Gia hạn
fact-grievance-interim_replied = Báo tiến độ cho hộ
fact-grievance-grievance_answered = Trả lời
fact-grievance-answer_delivered = Báo trả lời cho hộ
fact-grievance-answer_accepted = Hộ đồng ý
fact-grievance-answer_contested = Hộ không đồng ý
fact-grievance-grievance_reopened = Mở lại
fact-grievance-grievance_withdrawn = Hộ rút
fact-grievance-grievance_closed = Kết thúc
fact-grievance-overdue_noticed = Nhắc quá hạn
fact-grievance-grievance_withheld = Đưa ra khỏi sổ
fact-grievance-denunciation_handed_over = Bàn giao đơn tố cáo

## Vì sao một sự việc về vụ việc, cuộc họp phải chờ

parked-grievance_exists = Vụ việc đã có
parked-grievance_unknown = Không có vụ việc này
parked-no_instant = Không có thời điểm
parked-not_a_number = Không phải số vụ việc
parked-not_a_receipt = Không phải biên nhận
parked-not_a_release = Không phải bản công bố mới
parked-not_about_a_grievance = Không phải sự việc về vụ việc
parked-not_about_meetings = Không phải sự việc về cuộc họp
parked-round_exists = Đợt đánh giá này đã được mở
parked-round_unknown = Chưa thấy mở đợt đánh giá
parked-not_about_a_round = Không phải sự việc của một đợt đánh giá
parked-not_about_ratings = Không phải sự việc về kết quả xếp loại
parked-objection_unknown = Chưa thấy ý kiến này

## Các kiểu giá trị

kind-text = Văn bản
kind-whole_number = Số nguyên
kind-number = Số
kind-yes_or_no = Đúng hoặc sai (true, false)
kind-id = Mã UUID
kind-list = Danh sách
kind-object = Đối tượng
kind-less_nesting = Ít tầng lồng nhau hơn
kind-other = Kiểu khác

## Xếp loại

level-excellent = Hoàn thành xuất sắc nhiệm vụ
level-good = Hoàn thành tốt nhiệm vụ
level-completed = Hoàn thành nhiệm vụ
level-not_completed = Không hoàn thành nhiệm vụ
mark-excellent = Xuất sắc
mark-good = Tốt
mark-average = Trung bình
mark-poor = Kém
subject-member = Đảng viên
subject-cell = Chi bộ
subject-committee = Tổ chức cơ sở đảng
subject-leadership = Tập thể lãnh đạo
eligibility_outcome-classify = Kiểm điểm và xếp loại
eligibility_outcome-review_only = Chỉ kiểm điểm, không xếp loại
eligibility_outcome-not_yet = Chưa kiểm điểm, xếp loại
eligibility_outcome-exempt = Không thuộc diện kiểm điểm, xếp loại
base-good_only = Số hoàn thành tốt nhiệm vụ
base-good_or_better = Số hoàn thành tốt nhiệm vụ trở lên
step_kind-self_assessment = Tự đánh giá, tự nhận mức
step_kind-comments = Nhận xét của các chủ thể tham gia
step_kind-ballot = Bỏ phiếu kín bốn mức
step_kind-second_ballot = Bỏ phiếu chọn hoàn thành xuất sắc
step_kind-proposal = Đề xuất mức
step_kind-appraisal = Thẩm định
step_kind-decision = Quyết định
commenter-cell_committee = Chi ủy nơi sinh hoạt
commenter-mass_organisation = Đoàn thể
commenter-residence_committee = Chi ủy, đảng ủy nơi cư trú
commenter-work_unit_head = Người đứng đầu đơn vị công tác
commenter-state_authority = Cơ quan nhà nước
objection_about-dossier = Hồ sơ minh chứng
objection_about-rating = Mức xếp loại
objection_outcome-upheld = Chấp nhận
objection_outcome-dismissed = Không chấp nhận
revision_reason-objection_upheld = Chấp nhận ý kiến
revision_reason-verified_again = Thẩm tra lại
fact-evaluation-round_opened = Mở đợt đánh giá, xếp loại
fact-evaluation-roster_taken = Lập danh sách có mặt
fact-evaluation-case_attested = Xác nhận trường hợp riêng
fact-evaluation-attestation_withdrawn = Rút xác nhận
fact-evaluation-self_assessed = Tự đánh giá
fact-evaluation-comment_given = Nhận xét
fact-evaluation-ballot_counted = Kiểm phiếu
fact-evaluation-level_proposed = Đề xuất mức xếp loại
fact-evaluation-level_appraised = Thẩm định mức xếp loại
fact-evaluation-objection_raised = Nêu ý kiến về hồ sơ, kết quả
fact-evaluation-objection_answered = Trả lời ý kiến
fact-evaluation-round_closed = Kết thúc đợt đánh giá
fact-evaluation-rating_decided = Quyết định xếp loại
fact-evaluation-rating_revised = Quyết định lại mức xếp loại
fact-evaluation-cap_exception_authorised = Cho phép vượt trần
fact-evaluation-ratings_finalised = Chốt kết quả xếp loại

## Loại thông tin không bao giờ ghi

category-religion = Tôn giáo, tín ngưỡng
category-ethnicity = Dân tộc, nguồn gốc chủng tộc
category-political_view = Quan điểm, thái độ chính trị
category-security_label = Nhãn “có vấn đề về an ninh”
category-household_compliance = Ý thức chấp hành của từng hộ
category-loyalty_or_risk = Lòng trung thành, điểm rủi ro
category-health_detail = Chi tiết về sức khỏe
category-identity_card_image = Ảnh giấy tờ tùy thân, sinh trắc học
category-location_track = Vị trí, lộ trình di chuyển

## Yêu cầu xóa dữ liệu

erasure_of-person = Cá nhân
erasure_of-household = Hộ
erasure_ground-request = Chủ thể dữ liệu yêu cầu
erasure_ground-purpose_fulfilled = Đã hoàn thành mục đích
erasure_ground-retention_over = Hết thời hạn lưu trữ
erasure_ground-authority_decision = Quyết định của cơ quan có thẩm quyền
erasure_ground-agreement = Theo thỏa thuận
erasure_ground-other_law = Trường hợp khác theo luật
erasure_refusal-must_be_kept = Phải lưu giữ theo quy định
erasure_refusal-not_entitled = Chưa chứng minh được quyền yêu cầu
erasure_stage-requested = Đã tiếp nhận, chưa quyết định
erasure_stage-granted = Đã chấp thuận, chưa thực hiện
erasure_stage-executed = Đã xóa
erasure_stage-refused = Đã từ chối
request_limit-reply = Trả lời đã tiếp nhận
request_limit-provide = Cho xem, chỉnh sửa, cung cấp
request_limit-restrict = Rút đồng ý, hạn chế, phản đối
request_limit-erase = Xóa
record_kind-member_file = Hồ sơ đảng viên
record_kind-office_file = Hồ sơ người giữ chức vụ
record_kind-evaluation = Đánh giá, xếp loại hằng năm
record_kind-field_work = Phân công, thăm hộ, báo cáo
record_kind-household_in_care = Hộ thuộc chi bộ
record_kind-visits = Các lần thăm hộ
record_kind-grievance_file = Hồ sơ vụ việc
fact-erasure-erasure_requested = Tiếp nhận yêu cầu xóa dữ liệu
fact-erasure-erasure_acknowledged = Trả lời đã tiếp nhận yêu cầu xóa
fact-erasure-erasure_extended = Gia hạn xóa dữ liệu
fact-erasure-erasure_granted = Chấp thuận xóa dữ liệu
fact-erasure-erasure_refused = Từ chối xóa dữ liệu
fact-erasure-erasure_executed = Đã xóa dữ liệu
parked-erasure_exists = Yêu cầu đã có
parked-erasure_unknown = Không có yêu cầu này
parked-not_about_an_erasure = Không phải về yêu cầu xóa

fact-publication-publication_released = Công bố bảng số liệu

## Lý do xem

read_reason-case_handling = Giải quyết vụ việc
read_reason-inspection = Kiểm tra, giám sát
read_reason-denunciation_check = Xem có phải là tố cáo không
read_reason-household_asked = Hộ đề nghị
read_reason-member_asked = Đảng viên đề nghị
read_reason-register_correction = Đính chính sổ
read_reason-urgent_danger = Nguy hiểm cấp bách đến người
