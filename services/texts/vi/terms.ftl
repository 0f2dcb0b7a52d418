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

topic-policy = Chủ trương, chính sách, pháp luật
topic-livelihood = Việc làm, phát triển kinh tế
topic-poverty_plan = Mục tiêu, lộ trình thoát nghèo
topic-schooling = Học tập của con em
topic-community = Nông thôn mới, gia đình văn hóa
topic-public_order = An ninh, trật tự
topic-concern = Tâm tư, vấn đề bức xúc, kiến nghị

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
