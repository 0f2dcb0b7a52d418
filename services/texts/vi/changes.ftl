### Thay đổi giữa hai ngày, bằng lời: mỗi loại sự việc một câu. Giá trị không có là "none".
### $day là ngày có hiệu lực, $number là số văn bản căn cứ; còn lại là các trường của sự việc.

basis = { $number ->
        [none] {""}
       *[other] {" "}(theo văn bản số { $number })
    }

## Đơn vị, con người, chức vụ

organisation-unit_founded = Ngày { $day }: thành lập { $name }{ $parent ->
        [none] {""}
       *[other] , trực thuộc { $parent }
    }{ basis }.
organisation-unit_renamed = Từ ngày { $day }: { $unit } mang tên mới là { $name }{ basis }.
organisation-unit_reparented = Từ ngày { $day }: { $unit } chuyển từ { $former_parent ->
        [none] không có cấp trên
       *[other] { $former_parent }
    } sang trực thuộc { $parent }{ basis }.
organisation-unit_merged = Từ ngày { $day }: { $unit } sáp nhập vào { $into }{ basis }.
organisation-mergers_ordered = Từ ngày { $day }: có quyết định sáp nhập đơn vị trong phạm vi { $unit }{ basis }.
organisation-unit_dissolved = Từ ngày { $day }: { $unit } giải thể{ basis }.
organisation-person_registered = Ngày { $day }: đăng ký họ tên, liên hệ của { $person }.
organisation-office_appointed = Từ ngày { $day }: { $person } giữ chức vụ { $office } ở { $unit }{ basis }.
organisation-office_released = Từ ngày { $day }: { $person } thôi giữ chức vụ { $office } ở { $unit }{ basis }.
organisation-office_acting = Từ ngày { $day }{ $until ->
        [none] {""}
       *[other] {" "}đến trước ngày { $until }
    }: { $person } phụ trách thay chức vụ { $office } ở { $unit }{ basis }.

## Đảng viên

member-member_admitted = Từ ngày { $day }: { $person } { $newly ->
        [yes] được kết nạp vào Đảng tại
       *[other] sinh hoạt đảng tại
    } { $unit }, trạng thái: { $status }{ basis }.
member-member_transferred = Từ ngày { $day }: { $person } chuyển sinh hoạt từ { $former_unit } sang { $unit }{ basis }.
member-status_changed = Từ ngày { $day }{ $until ->
        [none] {""}
       *[other] {" "}đến trước ngày { $until }
    }: trạng thái của { $person } là { $status }{ basis }.
member-member_left = Từ ngày { $day }: { $person } không còn sinh hoạt ở { $unit }, lý do: { $reason }{ basis }.
member-residence_introduced = Từ ngày { $day }: { $person } được giới thiệu giữ mối liên hệ nơi cư trú với { $unit }{ basis }.
member-residence_ended = Từ ngày { $day }: { $person } thôi giữ mối liên hệ nơi cư trú với { $unit }{ basis }.

## Hộ và nhóm hộ

household-household_registered = Từ ngày { $day }: { $household } được đăng ký tại { $unit }{ basis }.
household-household_moved = Từ ngày { $day }: { $household } chuyển từ { $former_unit } sang { $unit }{ basis }.
household-economic_class_reviewed = Từ ngày { $day }: { $household } được xếp là { $economic_class } theo kết quả rà soát năm { $year }{ basis }.
household-left_poverty = Ngày { $day }: { $household } được công nhận thoát nghèo năm { $year }{ basis }.
household-cultural_family_recognised = Ngày { $day }: { $household } được công nhận gia đình văn hóa năm { $year }{ basis }.
household-household_dissolved = Từ ngày { $day }: { $household } không còn, lý do: { $reason }{ basis }.
group-group_formed = Từ ngày { $day }: lập nhóm hộ { $name } ở { $unit } gồm { $households } hộ{ basis }.
group-group_changed = Từ ngày { $day }: { $group } thêm { $added } hộ, bớt { $removed } hộ{ basis }.
group-group_dissolved = Từ ngày { $day }: { $group } giải thể{ basis }.

## Phân công phụ trách

assignment-plan_adopted = Ngày { $day }: { $unit } thông qua kế hoạch phân công năm { $year } với { $assignments } phân công{ basis }.
assignment-household_assigned = Từ ngày { $day }{ $until ->
        [none] {""}
       *[other] {" "}đến trước ngày { $until }
    }: { $member } được phân công phụ trách { $household }{ basis }.
assignment-group_assigned = Từ ngày { $day }{ $until ->
        [none] {""}
       *[other] {" "}đến trước ngày { $until }
    }: { $member } được phân công phụ trách { $group }{ basis }.
assignment-assignment_ended = Từ ngày { $day }: { $member } thôi phụ trách { $target }, lý do: { $reason }{ basis }.
assignment-assignment_corrected = Đính chính ngày { $day }: { $member } phụ trách { $target } từ ngày { $since }{ $until ->
        [none] {""}
       *[other] {" "}đến trước ngày { $until }
    }{ basis }.
assignment-assignment_retracted = Ngày { $day }: hủy việc phân công { $member } phụ trách { $target }, lý do: { $reason }{ basis }.
assignment-household_notified = Ngày { $day }: { $target } được thông báo { $member } là người phụ trách, hình thức: { $channel }{ basis }.

## Thăm hộ và sinh hoạt chi bộ

visit-visit_recorded = Ngày { $day }: { $member } thăm { $household }, mục đích: { $purpose }.
visit-visit_corrected = Đính chính: { $member } thăm { $household } ngày { $day }, mục đích: { $purpose }.
visit-visit_retracted = Ngày { $day }: hủy lần thăm { $household } của { $member }, lý do: { $reason }.
visit-visit_attested = Ngày { $day }: { $household } xác nhận lần thăm của { $member }.
visit-visit_disputed = Ngày { $day }: { $household } không xác nhận lần thăm của { $member }.
meeting-cell_meeting_held = Ngày { $day }: { $unit } sinh hoạt chi bộ, danh sách có mặt gồm { $attendance } đảng viên.

## Sinh hoạt chi bộ và vụ việc

meeting-calendar_set = Ngày { $day }: { $unit } định lịch họp năm { $year }{ basis }.
meeting-meeting_called = Ngày { $day }: { $unit } thông báo họp{ basis }.
meeting-attendance_corrected = Ngày { $day }: { $unit } đính chính danh sách có mặt của cuộc họp, gồm { $attendance } đảng viên.
meeting-monthly_report_submitted = Ngày { $day }: { $member } báo cáo tháng tại { $unit }, gồm { $lines } hộ, nhóm hộ.
meeting-report_concluded = Ngày { $day }: { $unit } kết luận báo cáo của { $member }: { $conclusion }{ basis }.
meeting-meeting_closed = Ngày { $day }: { $unit } kết thúc cuộc họp{ basis }.
grievance-grievance_raised = Ngày { $day }: một vụ việc được nêu { $way }, lĩnh vực: { $topic }.
grievance-grievance_corrected = Ngày { $day }: đính chính nội dung đã ghi của vụ việc{ basis }.
grievance-person_concerned = Ngày { $day }: vụ việc nói đến { $about } người, do đơn vị ở trên những người ấy giữ{ basis }.
grievance-naming_taken_back = Ngày { $day }: rút việc nêu nhầm { $cleared } người; vụ việc còn nói đến { $about } người{ basis }.
grievance-grievance_referred_outside = Ngày { $day }: đoàn kiểm tra chuyển vụ việc ra cơ quan có thẩm quyền ngoài hệ thống{ basis }.
grievance-grievance_booked = Ngày { $day }: { $holder } vào sổ vụ việc của năm { $year }.
grievance-case_numbered = Ngày { $day }: { $unit } cấp số vụ việc tiếp theo của năm { $year }.
grievance-kind_determined = Ngày { $day }: xác định loại vụ việc: { $kind }{ $second ->
        [yes] {" "}lần hai
       *[other] {""}
    }{ $remote ->
        [yes] , vùng sâu, vùng xa
       *[other] {""}
    }{ basis }.
grievance-grievance_split = Ngày { $day }: vụ việc được tách thành { $parts } vụ việc{ basis }.
grievance-concluded_at_cell = Ngày { $day }: chi bộ kết luận vụ việc: { $conclusion }{ basis }.
grievance-grievance_accepted = Ngày { $day }: { $holder } thụ lý vụ việc{ basis }.
grievance-grievance_refused = Ngày { $day }: { $holder } từ chối thụ lý, lý do: { $reason }{ basis }.
grievance-handler_assigned = Ngày { $day }: { $holder } giao vụ việc cho { $person } xử lý{ basis }.
grievance-grievance_escalated = Ngày { $day }: { $sender } chuyển vụ việc lên cấp trên{ $to ->
        [none] {""}
       *[other] {" "}({ $to })
    }, lý do: { $reason }{ $no_receiver ->
        [none] {""}
       *[other] ; chưa có nơi nhận: { $no_receiver }
    }{ basis }.
grievance-grievance_transferred = Ngày { $day }: { $sender } chuyển vụ việc đến { $to }{ basis }.
grievance-grievance_returned = Ngày { $day }: { $sender } trả vụ việc về { $to }, lý do: { $reason }{ basis }.
grievance-deadline_extended = Ngày { $day }: gia hạn vụ việc đến ngày { $until }, lý do: { $reason }{ basis }.
grievance-interim_replied = Ngày { $day }: { $holder } báo tiến độ cho hộ.
grievance-grievance_answered = Ngày { $day }: { $holder } trả lời vụ việc, kết quả: { $outcome }{ basis }.
grievance-answer_delivered = Ngày { $day }: hộ được báo trả lời, hình thức: { $channel }.
grievance-answer_accepted = Ngày { $day }: hộ đồng ý với trả lời.
grievance-answer_contested = Ngày { $day }: hộ không đồng ý với trả lời.
grievance-grievance_reopened = Ngày { $day }: vụ việc được mở lại tại { $holder }, lý do: { $reason }{ basis }.
grievance-grievance_withdrawn = Ngày { $day }: hộ rút vụ việc.
grievance-grievance_closed = Ngày { $day }: kết thúc vụ việc, lý do: { $reason }{ basis }.
grievance-overdue_noticed = Ngày { $day }: { $sender } nhắc { $holder } vì đã quá hạn ngày { $due }{ basis }.
grievance-grievance_withheld = Ngày { $day }: vụ việc được đưa ra khỏi sổ.
grievance-denunciation_handed_over = Ngày { $day }: bàn giao đơn tố cáo cho { $handed_to }, nhận ngày { $received }.

## Đánh giá, xếp loại

whom = { $member ->
        [none] { $unit }
       *[other] { $member }
    }
evaluation-round_opened = Ngày { $day }: { $unit } mở đợt đánh giá, xếp loại năm { $year }{ basis }.
evaluation-roster_taken = Ngày { $day }: { $unit } lập danh sách có mặt năm { $year } gồm { $members } đảng viên{ basis }.
evaluation-case_attested = Ngày { $day }: xác nhận trường hợp riêng của { whom } năm { $year }{ basis }.
evaluation-attestation_withdrawn = Ngày { $day }: rút xác nhận trường hợp riêng của { whom } năm { $year }{ basis }.
evaluation-self_assessed = Ngày { $day }: { whom } tự nhận mức năm { $year }: { $level }{ basis }.
evaluation-comment_given = Ngày { $day }: nhận xét về { whom } năm { $year }, của: { $commenter }{ basis }.
evaluation-ballot_counted = Ngày { $day }: kiểm phiếu về { whom } năm { $year }{ $second ->
        [yes] {" "}(chọn hoàn thành xuất sắc)
       *[other] {""}
    }: { $returned } phiếu thu về, { $present } người có mặt{ basis }.
evaluation-level_proposed = Ngày { $day }: { $unit } đề xuất mức năm { $year } cho { whom }: { $level }{ basis }.
evaluation-level_appraised = Ngày { $day }: thẩm định mức năm { $year } của { whom }: { $level }{ basis }.
evaluation-objection_raised = Ngày { $day }: { whom } nêu ý kiến về: { $about }, năm { $year }.
evaluation-objection_answered = Ngày { $day }: trả lời ý kiến của { whom } năm { $year }: { $outcome }{ basis }.
evaluation-round_closed = Ngày { $day }: { $unit } kết thúc đợt đánh giá, xếp loại năm { $year }{ basis }.
evaluation-rating_decided = Ngày { $day }: { $committee } quyết định xếp loại { whom } năm { $year }: { $level }{ basis }.
evaluation-rating_revised = Ngày { $day }: { $committee } quyết định lại mức xếp loại của { whom } năm { $year }: { $level }, lý do: { $reason }{ basis }.
evaluation-cap_exception_authorised = Ngày { $day }: { $committee } được phép có { $percent } % hoàn thành xuất sắc năm { $year } ({ $subject }){ basis }.
evaluation-ratings_finalised = Ngày { $day }: { $committee } chốt kết quả xếp loại năm { $year } ({ $subject }){ basis }.

## Yêu cầu xóa dữ liệu

erasure-erasure_requested = { $day }: { $unit } tiếp nhận yêu cầu xóa dữ liệu của { $subject }, căn cứ: { $ground }{ basis }.
erasure-erasure_acknowledged = { $day }: đã trả lời rằng yêu cầu xóa dữ liệu của { $subject } đang được xử lý.
erasure-erasure_extended = { $day }: gia hạn xóa dữ liệu của { $subject } đến { $until }{ basis }.
erasure-erasure_granted = { $day }: quyết định xóa dữ liệu của { $subject }{ basis }.
erasure-erasure_refused = { $day }: quyết định không xóa dữ liệu của { $subject }: { $reason }{ basis }.
erasure-erasure_executed = { $day }: đã xóa dữ liệu của { $subject }; không còn đọc được nữa.

## Công bố số liệu

publication-publication_released = Ngày { $day }: { $unit } công bố bảng { $table } của tháng { $month }{ basis }.

## Kiểm tra

inspection-mandate_given = Từ ngày { $day }: { $unit } cho đoàn { $team } người kiểm tra { $cases } vụ việc và { $units } đơn vị, đến hết ngày { $until }{ basis }.
inspection-mandate_extended = Ngày { $day }: gia hạn quyết định kiểm tra đến hết ngày { $until }{ basis }.
inspection-mandate_ended = Từ ngày { $day }: quyết định kiểm tra không còn hiệu lực: { $reason }{ basis }.
