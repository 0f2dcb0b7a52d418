### Mọi mã mà người dùng nhìn thấy: giá trị là tiêu đề, ".detail" nói điều đã xảy ra và việc cần làm.

## Kèm thêm vào phần giải thích khi từ chối một dòng của kế hoạch

plan-line = Dòng { $line } của kế hoạch:

## Nội dung gửi lên

invalid_json = Không đọc được nội dung gửi lên
    .detail = Nội dung không phải JSON hợp lệ hoặc bị cắt giữa chừng nên chưa ghi nhận gì. Hãy gửi lại toàn bộ với cùng mã.
unknown_type = Loại nội dung không có
    .detail = Không có loại “{ $type }”. Hãy xem danh mục các loại trong tài liệu API, hoặc cập nhật ứng dụng.
unknown_field = Trường không có trong biểu mẫu
    .detail = Trường “{ $field }” không có trong loại nội dung này. Hãy bỏ trường đó hoặc sửa lại tên rồi gửi lại.
never_recorded = Thông tin không được ghi vào Sổ Hộ
    .detail = Sổ Hộ không ghi loại thông tin này: { $category } (trường “{ $field }”). Nó không cần cho việc phụ trách hộ và có thể gây hại cho người được ghi ({ $law }). Nội dung đã gửi không được lưu lại ở đâu. Hãy bỏ trường này rồi gửi lại, và đừng viết thông tin ấy vào phần ghi chú.
wrong_type = Sai kiểu dữ liệu
    .detail = Giá trị của trường “{ $field }” không đúng kiểu; cần: { $expected }. Hãy sửa rồi gửi lại.
not_in_list = Giá trị không có trong danh mục
    .detail = Trường “{ $field }” chỉ nhận một trong các giá trị: { $allowed }. Hãy sửa rồi gửi lại.
number_out_of_range = Số nằm ngoài khoảng cho phép
    .detail = Số ở trường “{ $field }” quá nhỏ hoặc quá lớn. Hãy sửa rồi gửi lại.
not_an_object = Không phải một lệnh
    .detail = Mỗi lệnh là một đối tượng JSON gồm các trường (bắt đầu bằng dấu ngoặc nhọn). Hãy sửa rồi gửi lại.
missing_field = Thiếu trường bắt buộc
    .detail = Thiếu trường “{ $field }”. Hãy bổ sung rồi gửi lại.
invalid_date = Ngày không hợp lệ
    .detail = Trường “{ $field }” không phải là một ngày có thật, viết theo dạng năm-tháng-ngày (ví dụ 2018-03-31). Hãy sửa rồi gửi lại.
offset_needed = Thời điểm thiếu múi giờ
    .detail = Thời điểm ở trường “{ $field }” phải kèm múi giờ, ví dụ 2018-03-31T08:00:00+07:00. Hãy bổ sung rồi gửi lại.
date_out_of_range = Ngày nằm ngoài khoảng cho phép
    .detail = Ngày ở trường “{ $field }” quá xa trong quá khứ hoặc tương lai. Hãy kiểm tra lại năm rồi gửi lại.
unreadable_text = Văn bản có ký tự không đọc được
    .detail = Trường “{ $field }” có { $character }: ký tự không gõ được từ bàn phím, hoặc byte không thuộc UTF-8. Hãy xóa đi, hoặc gửi văn bản theo UTF-8, rồi gửi lại.
text_empty = Chưa nhập nội dung
    .detail = Trường “{ $field }” đang trống. Hãy nhập nội dung rồi gửi lại.
text_too_long = Nội dung quá dài
    .detail = Trường “{ $field }” dài quá { $limit } ký tự. Hãy rút gọn rồi gửi lại.
id_not_v7 = Mã không đúng dạng
    .detail = Mã { $id } không phải UUID phiên bản 7. Thiết bị phải tự tạo mã đúng dạng này cho mỗi nội dung; hãy cập nhật ứng dụng.
id_conflict = Mã đã dùng cho nội dung khác
    .detail = Mã { $id } đã được gửi trước đây với nội dung khác; nội dung đã ghi được giữ nguyên. Nếu muốn sửa nội dung cũ, hãy dùng lệnh đính chính; nếu là nội dung mới, hãy gửi với mã mới.
id_taken = Mã đã dùng cho đối tượng khác
    .detail = Mã { $id } đang là mã của một hộ hoặc nhóm hộ khác. Mỗi hộ, mỗi nhóm hộ phải có mã riêng; hãy gửi lại với mã mới.
data_erased = Dữ liệu đã được xóa
    .detail = Dữ liệu cá nhân của { $owner } đã được xóa theo yêu cầu nên không ghi thêm họ tên, địa chỉ hay nội dung nào nữa. Nếu cần ghi lại, hãy liên hệ người quản trị của tỉnh.
key_damaged = Một khóa trong kho khóa bị hỏng
    .detail = Không niêm phong được dữ liệu của { $owner } vì khóa trong kho không mở được. Chưa có gì được ghi hay thay đổi. Hãy giữ lại trên máy; người vận hành tìm khóa bằng `soho doctor` và khôi phục từ bản sao lưu của kho khóa.
vault_unavailable = Tạm thời không mở được kho khóa
    .detail = Kho khóa được bọc bằng một khóa chính mà máy chủ này không có. Chưa có gì được ghi hay thay đổi. Hãy giữ lại trên máy và thử lại sau; người vận hành đặt lại đúng khóa chính (`soho doctor` nêu tên).
body_too_large = Gói dữ liệu quá lớn
    .detail = Gói dữ liệu vượt quá mức hệ thống tiếp nhận nên chưa ghi nhận gì. Hãy chia thành nhiều gói nhỏ hơn rồi gửi lại với cùng các mã.
item_too_large = Một mục quá lớn
    .detail = Một mục gửi lên lớn hơn { $limit } byte nên không được đọc. Hãy chia mục này (ví dụ kế hoạch thành nhiều kế hoạch nhỏ hơn) rồi gửi lại.
batch_cut_off = Lô gửi bị đứt giữa chừng
    .detail = Lô chứa mục này đã không đến trọn vẹn nên không mục nào trong lô được ghi. Hãy gửi lại cả lô với cùng các mã.
batch_too_large = Quá nhiều mục trong một lần gửi
    .detail = Đã gửi { $count } mục, mỗi lần chỉ gửi được tối đa { $limit } mục nên chưa ghi nhận mục nào. Hãy chia nhỏ rồi gửi lại với cùng các mã.
batch_empty = Lần gửi không có mục nào
    .detail = Danh sách gửi lên không có mục nào. Hãy gửi ít nhất một mục.
not_a_batch = Không phải một danh sách
    .detail = Ở địa chỉ này phải gửi một danh sách các mục. Hãy đặt các mục vào một danh sách JSON rồi gửi lại.
invalid_parameter = Tham số không hợp lệ
    .detail = Giá trị của tham số “{ $field }” trong địa chỉ không dùng được. Hãy sửa theo tài liệu API rồi hỏi lại.
known_at_unreadable = Không phải vị trí, thời điểm hay ngày
    .detail = Tham số “known_at” là một vị trí trong nhật ký (12345), một thời điểm kèm múi giờ (2018-05-10T08:00:00+07:00), hoặc một ngày, tính đến hết ngày đó (2018-05-10). Hãy sửa rồi hỏi lại.
missing_parameter = Thiếu tham số
    .detail = Địa chỉ cần có tham số “{ $field }”. Hãy bổ sung theo tài liệu API rồi hỏi lại.
position_unknown = Chưa có vị trí này trong sổ
    .detail = Vị trí { $position } ở sau vị trí mới nhất đã ghi ({ $latest }). Chỉ có thể hỏi theo những gì đã biết; hãy chọn vị trí hoặc thời điểm sớm hơn.
name_not_searchable = Tên cần tìm quá ngắn hoặc quá dài
    .detail = Hãy nhập một phần tên chủ hộ, từ { $least } đến { $most } chữ cái và dấu cách, có dấu hay không dấu đều được.
search_changed = Không tiếp tục được lần tìm này
    .detail = Hộ đứng cuối trang trước nay không còn tìm thấy trong phạm vi này, nên không biết trang sau bắt đầu từ đâu. Hãy tìm lại từ đầu.

## Quyền và địa chỉ

role_not_allowed = Vai trò này không được làm việc đó
    .detail = Tài khoản với vai trò { $role } không được thực hiện việc này. Hãy đề nghị bí thư chi bộ hoặc văn phòng đảng ủy cấp trên thực hiện.
role_unit_mismatch = Vai trò không hợp với đơn vị
    .detail = Mã truy cập nêu vai trò { $role } ở đơn vị { $unit } (cấp: { $kind }), nhưng vai trò này không có ở cấp đó. Hãy đăng nhập lại với đúng đơn vị của đồng chí, hoặc liên hệ người quản trị của tỉnh.
your_office_needed = Chưa nêu chức vụ
    .detail = Mã truy cập nêu vai trò { $role } nhưng không nêu người, hoặc không nêu chức vụ phù hợp với vai trò đó. Hãy đăng nhập lại bằng tài khoản của người đang giữ chức vụ, hoặc liên hệ người quản trị của tỉnh.
your_office_not_held = Đồng chí không giữ chức vụ này
    .detail = Theo sổ, ngày { $day } đồng chí không giữ và không phụ trách thay chức vụ { $office } ở đơn vị { $unit }. Hãy đăng nhập với chức vụ hiện nay; nếu sổ ghi chưa đúng, hãy đề nghị cấp trên ghi bổ nhiệm hoặc phân công phụ trách thay.
reason_needed = Cần nêu lý do xem
    .detail = Với vai trò của đồng chí, nội dung này chỉ được xem khi nêu lý do (phần đầu Soho-Reason). Các lý do: { $allowed }. Lý do được ghi vào sổ theo dõi việc xem.
reason_unknown = Lý do không có trong danh mục
    .detail = Lý do xem phải là một trong: { $allowed }. Hãy chọn lại rồi hỏi lại.
reason_document_needed = Cần nêu số văn bản
    .detail = Với lý do “{ $read_reason }” phải nêu số văn bản làm căn cứ (phần đầu Soho-Document), ví dụ 31-CV/UBKT.
document_number_unreadable = Số văn bản không đúng dạng
    .detail = Chỉ ghi số văn bản, bắt đầu bằng chữ số và không có dấu cách, ví dụ 31-CV/UBKT. Không ghi tên người hay nội dung.
reveal_not_yours = Không phải việc của đơn vị đồng chí
    .detail = Tên người phản ánh chỉ mở cho đơn vị đang giữ vụ việc ({ $holder }) và cấp trên của đơn vị đó. Hãy đề nghị đơn vị ấy. Khi có nguy hiểm cấp bách đến người, hãy hỏi lại với break_glass: nội dung được mở trong thời gian ngắn và cấp trên sẽ xem lại.
contact_not_yours = Không phải người của đơn vị đồng chí
    .detail = Cách liên hệ chỉ mở cho chi bộ của người đó hiện nay và cấp trên của chi bộ. Hãy đề nghị nơi ấy. Khi có nguy hiểm cấp bách đến người, hãy hỏi lại với break_glass: nội dung được mở trong thời gian ngắn và cấp trên sẽ xem lại.
break_glass_for_danger = Chỉ dùng khi có nguy hiểm
    .detail = Mở nội dung không thuộc đơn vị mình (break_glass) chỉ với lý do: { $allowed }. Nếu không có nguy hiểm, hãy đề nghị đơn vị đang giữ vụ việc.
nothing_masked = Không có gì được che
    .detail = Ở đây không ghi tên người phản ánh hoặc cách liên hệ nên không có gì để mở.
reads_for_auditors = Chỉ người giám sát xem được sổ này
    .detail = Văn phòng chỉ xem các lần mở nội dung được che đang chờ xem lại (review=open), hoặc hỏi ai đã xem một hộ cụ thể.
review_not_yours = Không có lần xem này để xem lại
    .detail = Không có lần xem nào với số này đang chờ đồng chí xem lại: chỉ người giám sát hoặc cấp trên của người đã xem, không phải chính người đó, xem lại một lần.
token_missing = Chưa đăng nhập
    .detail = Yêu cầu không kèm mã truy cập. Hãy đăng nhập rồi gửi lại; nội dung chưa ghi nhận vẫn nằm trên thiết bị.
token_invalid = Mã truy cập không hợp lệ
    .detail = Không xác nhận được mã truy cập. Hãy đăng nhập lại; nếu vẫn không được, hãy liên hệ người quản trị của tỉnh.
token_expired = Phiên đăng nhập đã hết hạn
    .detail = Mã truy cập đã hết hạn. Hãy đăng nhập lại rồi gửi lại với cùng các mã; nội dung trên thiết bị không bị mất.
token_not_yet_valid = Mã truy cập chưa có hiệu lực
    .detail = Mã truy cập chưa đến giờ có hiệu lực. Hãy kiểm tra giờ của thiết bị, đăng nhập lại rồi gửi lại với cùng các mã.
token_of_another_issuer = Mã truy cập của nơi khác
    .detail = Mã truy cập này không do nơi đăng nhập của Sổ Hộ cấp. Hãy đăng nhập qua Sổ Hộ rồi gửi lại với cùng các mã.
token_for_another_audience = Mã truy cập không dành cho Sổ Hộ
    .detail = Mã truy cập này được cấp để dùng cho hệ thống khác. Hãy đăng nhập qua Sổ Hộ rồi gửi lại với cùng các mã; nếu vẫn vậy, hãy báo người quản trị của tỉnh.
token_key_unknown = Mã truy cập ký bằng khóa không còn dùng
    .detail = Nơi đăng nhập không còn khóa đã ký mã truy cập này. Hãy đăng nhập lại rồi gửi lại với cùng các mã; nội dung trên thiết bị không bị mất.
token_without_role = Tài khoản chưa được cấp quyền trong Sổ Hộ
    .detail = Tài khoản đăng nhập hợp lệ nhưng thông tin “{ $claim }” còn thiếu hoặc sai nên chưa rõ vai trò, đơn vị trong Sổ Hộ. Hãy báo người quản trị của tỉnh bổ sung, rồi đăng nhập lại.
issuer_unreachable = Chưa kiểm tra được đăng nhập
    .detail = Nơi đăng nhập tạm thời không trả lời nên chưa kiểm tra được mã truy cập. Không cần đăng nhập lại: hãy giữ nội dung trên thiết bị và gửi lại sau ít phút với cùng các mã.
too_many_requests = Gửi quá nhiều yêu cầu
    .detail = Đã gửi quá nhiều yêu cầu trong một phút. Hãy đợi { $seconds } giây rồi gửi lại với cùng các mã; nội dung chưa ghi nhận vẫn nằm trên thiết bị. Nhiều mục nên gửi gộp trong một lần.
not_found = Không tìm thấy
    .detail = Địa chỉ hoặc nội dung này không có, hoặc không thuộc phạm vi của đồng chí. Hãy kiểm tra lại mã, hoặc hỏi văn phòng đảng ủy cấp trên.
method_not_allowed = Cách gọi không đúng
    .detail = Địa chỉ này không nhận phương thức HTTP đã dùng. Hãy xem tài liệu API.
outside_your_unit = Ngoài phạm vi phụ trách
    .detail = { $unit ->
        [none] Nội dung này không thuộc phạm vi của đồng chí. Việc này do đơn vị quản lý nội dung đó hoặc đảng ủy cấp trên thực hiện; hãy chuyển cho cấp trên.
       *[other] Đơn vị { $unit } không thuộc phạm vi của đồng chí. Việc này do đơn vị đó hoặc đảng ủy cấp trên của đơn vị đó thực hiện; hãy chuyển cho đơn vị ấy.
    }
your_unit_ended = Đơn vị của đồng chí đã kết thúc hoạt động
    .detail = Đơn vị { $unit } mà tài khoản này đại diện đã kết thúc từ ngày { $since }{ $successor ->
        [none] {""}
       *[other] {" "}và nhập vào đơn vị { $successor }
    }. { $successor ->
        [none] Việc này do đảng ủy cấp trên quyết định; hãy chuyển cho cấp trên.
       *[other] Việc này nay do đơn vị tiếp nhận quyết định; hãy đăng nhập với chức vụ ở đơn vị mới hoặc chuyển cho đơn vị đó.
    }
not_your_visit = Không phải lần thăm của đồng chí
    .detail = Lần thăm này do đảng viên { $person } thực hiện. Đảng viên chỉ ghi và sửa lần thăm của chính mình; hãy đề nghị đồng chí ấy hoặc bí thư chi bộ thực hiện.

## Hệ thống

log_unavailable = Tạm thời chưa ghi được vào sổ
    .detail = Sổ gốc đang không phản hồi nên chưa thể xác nhận là đã ghi. Hãy giữ nội dung trên thiết bị và gửi lại sau ít phút với cùng các mã; mục nào đã ghi sẽ không bị ghi hai lần.
registers_unavailable = Chưa mở được sổ
    .detail = Cơ sở dữ liệu tạm thời không trả lời. Nội dung đã ghi nhận không bị mất; hãy hỏi lại sau ít phút, nếu vẫn lỗi thì báo người quản trị.
read_not_recorded = Chưa ghi được vào sổ theo dõi việc xem
    .detail = Mọi lần xem dữ liệu cá nhân đều phải được ghi lại trước khi trả lời; lúc này chưa ghi được nên chưa trả lời. Hãy hỏi lại sau ít phút; nếu vẫn lỗi thì báo người quản trị.
registers_behind = Số liệu chưa cập nhật kịp
    .detail = Sổ theo dõi mới cập nhật đến vị trí { $reached }, chưa đến vị trí { $position } được yêu cầu. Dữ liệu đã ghi vẫn an toàn; hãy hỏi lại sau vài giây, hoặc gửi lại với cùng các mã.
archive_behind = Tạm dừng tiếp nhận
    .detail = Bản lưu đang chậm hơn sổ gốc nên hệ thống tạm dừng tiếp nhận để tránh ghi trùng. Hãy giữ nội dung trên thiết bị và gửi lại sau ít phút với cùng các mã.
log_refused = Tạm dừng tiếp nhận để kiểm tra sổ gốc
    .detail = Sổ gốc và bản lưu không khớp nhau nên hệ thống không nhận thêm cho đến khi người quản trị đã xem xét. Hãy giữ nội dung trên thiết bị và gửi lại sau với cùng các mã; nếu kéo dài, hãy báo người quản trị của tỉnh.
register_being_built = Sổ theo dõi đang được dựng lại
    .detail = Sổ theo dõi này đang được dựng lại từ bản lưu nên chưa trả lời được. Dữ liệu không mất; hãy hỏi lại sau ít phút.
names_not_read_yet = Chưa sẵn sàng tìm theo tên
    .detail = Hệ thống đang đọc tên các chủ hộ vào bộ nhớ nên chưa tìm được. Các câu hỏi khác vẫn trả lời bình thường; hãy tìm lại sau ít giây.
busy_boundary = Có quá nhiều quyết định cùng lúc
    .detail = Nhiều người đang cùng ghi quyết định về một đối tượng nên chưa ghi được quyết định này. Hãy xem lại tình hình mới nhất rồi gửi lại với cùng mã.
internal = Lỗi của hệ thống
    .detail = Hệ thống gặp lỗi ngoài dự kiến, không phải do nội dung gửi lên. Hãy gửi lại sau ít phút với cùng các mã; nếu vẫn lỗi, hãy báo người quản trị kèm thời điểm xảy ra.

## Đơn vị, con người, chức vụ

unit_unknown = Không có đơn vị này
    .detail = Chưa có đơn vị nào mang mã { $unit }. Hãy kiểm tra lại mã, hoặc đề nghị văn phòng đảng ủy cấp trên lập đơn vị trước.
unit_exists = Đơn vị đã có
    .detail = Đơn vị { $unit } đã được lập trước đây. Nếu là đơn vị khác, hãy dùng mã mới; nếu muốn đổi tên, hãy dùng lệnh đổi tên.
unit_not_then = Đơn vị không tồn tại vào ngày đó
    .detail = Đơn vị { $unit } chưa thành lập hoặc đã kết thúc vào ngày { $day }. Hãy kiểm tra lại ngày; nếu đơn vị đã sáp nhập, hãy ghi cho đơn vị tiếp nhận.
layout_unknown = Không có mẫu biểu này
    .detail = Không có mẫu biểu { $layout }. Các mẫu biểu hiện có: { $known }.
layout_too_large = Mẫu biểu quá dài
    .detail = Mẫu biểu này liệt kê từng đảng viên, mỗi lần không quá { $most } người. Hãy chọn đơn vị nhỏ hơn, ví dụ một đảng bộ cơ sở.
not_a_cell = Không phải chi bộ
    .detail = Đơn vị { $unit } không phải chi bộ. Đảng viên và hộ chỉ thuộc về chi bộ; hãy chọn chi bộ cụ thể.
cell_kind_needed = Chưa nêu loại chi bộ
    .detail = Khi lập chi bộ phải nêu loại (thôn, tổ dân phố; trường học; trạm y tế; quân sự; công an; doanh nghiệp; cơ quan). Hãy bổ sung rồi gửi lại.
cell_kind_only_for_cells = Chỉ chi bộ mới có loại chi bộ
    .detail = Đơn vị đang lập không phải chi bộ nên không có loại chi bộ. Hãy bỏ trường này rồi gửi lại.
superior_needed = Chưa nêu cấp trên trực tiếp
    .detail = Đơn vị cấp { $kind } phải có cấp trên trực tiếp. Hãy nêu đơn vị cấp trên rồi gửi lại.
wrong_level = Không đúng cấp
    .detail = Đơn vị cấp { $superior } không thể là cấp trên hoặc đơn vị tiếp nhận của đơn vị cấp { $kind }. Hãy chọn đơn vị đúng cấp.
would_be_its_own_superior = Đơn vị không thể thuộc chính nó
    .detail = Nếu ghi như vậy, đơn vị { $unit } sẽ trực thuộc hoặc sáp nhập vào chính nó. Hãy chọn đơn vị cấp trên hoặc đơn vị tiếp nhận khác.
units_below = Còn đơn vị trực thuộc
    .detail = Đơn vị { $unit } còn { $count } đơn vị trực thuộc kể từ ngày đó. Hãy chuyển hoặc kết thúc các đơn vị ấy trước, hoặc ghi sáp nhập vào đơn vị tiếp nhận.
already_there = Đã thuộc đơn vị này
    .detail = Vào ngày đó đã thuộc đơn vị { $unit } nên không có gì thay đổi. Nếu muốn sửa ngày, hãy kiểm tra lại lịch sử trước khi ghi.
person_unknown = Chưa có người này
    .detail = Chưa có người nào mang mã { $person }. Hãy đăng ký người này trước, hoặc kiểm tra lại mã.
office_held = Chức vụ đang có người giữ
    .detail = Chức vụ { $office } đang do { $person } giữ từ ngày { $since }. Hãy ghi thôi giữ chức vụ trước rồi mới ghi bổ nhiệm.
office_not_held = Không giữ chức vụ này
    .detail = Vào ngày { $day }, người này không giữ và không phụ trách thay chức vụ { $office }. Hãy kiểm tra lại người, chức vụ và ngày.
basis_needed = Chưa nêu văn bản căn cứ
    .detail = Quyết định này phải có căn cứ: số, ngày của nghị quyết chi bộ hoặc quyết định của cấp có thẩm quyền. Hãy bổ sung số văn bản rồi gửi lại.
later_change = Đã có thay đổi ghi cho ngày sau đó
    .detail = Đã ghi một thay đổi từ ngày { $since }, sau ngày của việc này: chuyển đi, ra khỏi danh sách hoặc kết thúc. Hãy chọn đúng ngày; nếu ngày này đã đúng, hãy chuyển cho cấp ủy trên của cả hai đơn vị hoặc đơn vị đang quản lý.
must_end_by = Phải kết thúc trước khi chuyển
    .detail = Từ ngày { $by }, đơn vị khác chịu trách nhiệm. Hãy ghi ngày kết thúc là { $by } hoặc sớm hơn; việc sau ngày đó do đơn vị ấy hoặc cấp ủy trên của cả hai quyết định.
ends_before_it_begins = Ngày kết thúc không sau ngày bắt đầu
    .detail = Bắt đầu từ ngày { $since } mà kết thúc vào ngày { $until }. Hãy kiểm tra lại hai ngày.

## Đảng viên

member_unknown = Không có đảng viên này
    .detail = Chưa có đảng viên nào mang mã { $person } ở các chi bộ trong tỉnh. Hãy kiểm tra lại mã, hoặc đề nghị văn phòng đảng ủy ghi kết nạp hoặc tiếp nhận trước.
not_a_member_then = Không phải đảng viên ở đây vào ngày đó
    .detail = Vào ngày { $day }, { $person } không sinh hoạt ở chi bộ nào trong tỉnh. Hãy kiểm tra lại ngày kết nạp, tiếp nhận hoặc chuyển đi.
already_a_member = Đã là đảng viên ở một chi bộ
    .detail = { $person } thuộc chi bộ { $unit } từ ngày { $since }. Hãy dùng lệnh chuyển chi bộ; nếu chi bộ đó ở ngoài phạm vi của đồng chí, hãy đề nghị cấp trên trực tiếp của cả hai nơi.
not_in_residence_cell = Không sinh hoạt nơi cư trú ở chi bộ này
    .detail = Vào ngày { $day }, người này không được giới thiệu giữ mối liên hệ nơi cư trú với chi bộ { $unit }. Hãy kiểm tra lại chi bộ và ngày.
member_not_assignable = Không thuộc diện được phân công
    .detail = Vào ngày { $day }, trạng thái của đảng viên { $person } là: { $member_status }, nên không phân công phụ trách hộ (Công văn 1499-CV/TU, điểm 2). Hãy chọn đảng viên khác; nếu đồng chí ấy đã trở lại sinh hoạt, hãy ghi thay đổi trạng thái trước.
member_of_another_cell = Đảng viên của chi bộ khác
    .detail = Đã ghi. Đảng viên { $person } sinh hoạt ở chi bộ { $unit }, không phải chi bộ của hộ. Nếu là cán bộ xã được đảng ủy phân công thì không cần làm gì thêm.

## Hộ và nhóm hộ

household_unknown = Không có hộ này
    .detail = Chưa có hộ nào mang mã { $household }. Hãy kiểm tra lại mã, hoặc đề nghị chi bộ đăng ký hộ trước.
household_exists = Hộ đã có
    .detail = Hộ { $household } đã được đăng ký. Nếu là hộ khác, hãy dùng mã mới; nếu hộ chuyển đến, hãy dùng lệnh chuyển hộ.
household_not_then = Hộ không thuộc chi bộ nào vào ngày đó
    .detail = Vào ngày { $day }, hộ { $household } chưa đăng ký hoặc không còn. Hãy kiểm tra lại ngày.
household_of_another_cell = Hộ không thuộc chi bộ này
    .detail = Vào ngày đó hộ { $household } không thuộc chi bộ { $unit }. Nhóm hộ chỉ gồm các hộ cùng chi bộ; hãy bỏ hộ này ra hoặc ghi chuyển hộ trước.
year_to_come = Năm chưa đến
    .detail = Năm { $year } chưa đến nên chưa thể có kết quả rà soát hay công nhận. Hãy kiểm tra lại năm.
already_recognised = Đã công nhận cho năm này
    .detail = Hộ { $household } đã được công nhận cho năm { $year }. Không cần ghi lại; hãy kiểm tra lại năm.
household_or_group_needed = Phải nêu một hộ hoặc một nhóm hộ
    .detail = Mỗi phân công là cho đúng một hộ hoặc đúng một nhóm hộ. Hãy nêu một trong hai rồi gửi lại.
group_unknown = Không có nhóm hộ này
    .detail = Chưa có nhóm hộ nào mang mã { $group }. Hãy kiểm tra lại mã, hoặc lập nhóm hộ trước.
group_exists = Nhóm hộ đã có
    .detail = Nhóm hộ { $group } đã được lập. Nếu là nhóm khác, hãy dùng mã mới; nếu muốn thêm bớt hộ, hãy dùng lệnh thay đổi nhóm hộ.
group_not_then = Nhóm hộ không có vào ngày đó
    .detail = Vào ngày { $day }, nhóm hộ { $group } chưa lập hoặc đã giải thể. Hãy kiểm tra lại ngày, hoặc chọn nhóm hộ khác.
already_in_group = Hộ đã ở trong nhóm
    .detail = Hộ { $household } đã ở trong nhóm hộ, hoặc đã ghi sẽ vào nhóm sau ngày đó. Hãy bỏ hộ này khỏi danh sách thêm rồi gửi lại.
not_in_group = Hộ không ở trong nhóm
    .detail = Vào ngày đó hộ { $household } không ở trong nhóm hộ. Hãy bỏ hộ này khỏi danh sách đưa ra khỏi nhóm rồi gửi lại.
nothing_to_change = Không có gì thay đổi
    .detail = Chưa nêu hộ nào vào hoặc ra khỏi nhóm. Hãy nêu ít nhất một hộ rồi gửi lại.

## Phân công phụ trách

already_assigned = Đã được phân công hộ này
    .detail = Đảng viên { $person } đã phụ trách đối tượng này từ ngày { $since } (phân công { $assignment }) và hai khoảng thời gian trùng nhau. Hãy chấm dứt hoặc đính chính phân công cũ trước.
assignment_exists = Mã phân công đã dùng
    .detail = Mã phân công { $assignment } đã được dùng. Mỗi phân công phải có mã riêng; hãy gửi lại với mã mới.
assignment_unknown = Không có phân công này
    .detail = Không tìm thấy phân công { $assignment } của hộ hoặc nhóm hộ đã nêu. Hãy kiểm tra lại mã phân công và mã hộ, nhóm hộ.
assignment_taken_back = Phân công đã bị hủy
    .detail = Phân công { $assignment } đã bị hủy do ghi nhầm, hoặc đã chấm dứt ngay trong ngày bắt đầu. Nếu cần, hãy ghi phân công mới.
assignment_over = Phân công đã kết thúc
    .detail = Phân công { $assignment } đã kết thúc từ ngày { $until }. Nếu ngày đó sai, hãy dùng lệnh đính chính phân công.
plan_exists = Chi bộ đã có kế hoạch của năm
    .detail = Chi bộ { $unit } đã thông qua kế hoạch phân công năm { $year } (kế hoạch { $plan }). Hãy ghi từng thay đổi trong năm bằng lệnh phân công và chấm dứt phân công.
plan_too_large = Kế hoạch quá lớn
    .detail = Một kế hoạch được ghi trọn trong một lần, tối đa { $limit } dòng. Hãy phân công theo nhóm hộ, hoặc ghi phần còn lại bằng từng lệnh phân công.
not_of_this_cell = Không thuộc chi bộ lập kế hoạch
    .detail = Hộ hoặc nhóm hộ thuộc đơn vị { $unit }, không thuộc chi bộ lập kế hoạch. Hãy bỏ dòng này hoặc ghi chuyển hộ trước; chưa dòng nào của kế hoạch được ghi.
twice_in_plan = Ghi trùng trong kế hoạch
    .detail = Cùng một phân công được nêu hai lần trong kế hoạch. Hãy bỏ dòng trùng rồi gửi lại; chưa dòng nào của kế hoạch được ghi.
left_in_unit = Đơn vị giải thể còn người và hộ
    .detail = Đã ghi. Đơn vị { $unit } hiện còn { $members } đảng viên, { $households } hộ, { $groups } nhóm hộ và { $assignments } phân công còn hiệu lực. Không ai được tự động chuyển đi; hãy quyết định nơi thuộc về của từng người, từng hộ (danh sách: out-of-place).
still_in_groups = Hộ vẫn ở trong nhóm hộ cũ
    .detail = Đã ghi. Hộ { $household } vẫn ở trong { $groups } nhóm hộ của chi bộ cũ. Hãy quyết định đưa hộ ra khỏi nhóm và phân công lại; cho đến khi đó, hộ có trong danh sách out-of-place.
also_directly = Cũng được phân công trực tiếp
    .detail = Đã ghi. Đảng viên { $person } vừa phụ trách hộ { $household } qua nhóm hộ, vừa được phân công trực tiếp hộ đó; hộ chỉ tính một lần. Nếu không cần cả hai, hãy chấm dứt phân công trực tiếp.
load_high = Phụ trách nhiều hộ
    .detail = Đã ghi. Đảng viên { $person } nay phụ trách { $load } hộ, nhiều hơn mức nên có ({ $limit } hộ). Hãy xem xét san sẻ cho đảng viên khác.

## Thăm hộ và sinh hoạt chi bộ

visit_unknown = Không có lần thăm này
    .detail = Không tìm thấy lần thăm { $visit }. Nếu lần thăm còn trên thiết bị, hãy đồng bộ trước rồi gửi lại.
another_household = Lần thăm thuộc hộ khác
    .detail = Lần thăm này đã ghi cho hộ { $household }. Không đổi được hộ khi đính chính; hãy hủy lần thăm này (lý do nhầm hộ) rồi ghi lần thăm mới.
in_the_future = Thời điểm ở tương lai
    .detail = Thời điểm đã nêu muộn hơn giờ hệ thống { $hours } giờ nên chưa thể ghi. Hãy chỉnh lại ngày giờ của thiết bị, sửa thời điểm rồi gửi lại.
clock_ahead = Đồng hồ thiết bị chạy nhanh
    .detail = Đã ghi. Đồng hồ của thiết bị nhanh khoảng { $minutes } phút. Hãy chỉnh lại ngày giờ của thiết bị.
household_changed = Hộ đã chuyển hoặc không còn
    .detail = Đã ghi lần thăm. Từ sau ngày thăm, hộ { $household } đã chuyển chi bộ hoặc không còn. Hãy tải lại danh sách hộ trên thiết bị.
no_longer_responsible = Không còn phụ trách hộ này
    .detail = Đã ghi cho người đã thực hiện. Hiện đồng chí không còn phụ trách hộ { $household }. Hãy tải lại danh sách hộ trên thiết bị.
receipt_is_the_cells = Ngày tiếp nhận do chi bộ ghi
    .detail = Ngày chi bộ tiếp nhận chỉ do người giữ sổ của chi bộ ghi. Hãy gửi lại mà không có trường này: ngày tiếp nhận là ngày hệ thống nhận được.
receipt_out_of_order = Ngày tiếp nhận không hợp lý
    .detail = Ngày tiếp nhận { $received } phải từ ngày được nghe nói ({ $told }) đến hôm nay. Hãy xem lại sổ của chi bộ rồi gửi lại.

## Vụ việc của hộ và sinh hoạt chi bộ

absence_not_counted = Không tính vắng mặt
    .detail = Đảng viên { $person } hôm đó ở trạng thái: { $member_status }, nên không tính là vắng (Hướng dẫn 12-HD/BTCTW). Hãy bỏ đồng chí ấy khỏi danh sách, hoặc ghi là có mặt nếu đồng chí ấy đã đến.
already_accepted = Hộ đã đồng ý với trả lời
    .detail = Đã ghi việc hộ đồng ý với trả lời này. Không cần ghi lại; đơn vị đang giữ vụ việc có thể kết thúc vụ việc.
before_last_step = Thời điểm trước bước đã ghi
    .detail = Bước gần nhất của vụ việc xảy ra lúc { $last }, sau thời điểm đồng chí nêu. Hãy xem lại diễn biến vụ việc và ghi đúng thời điểm.
before_meeting = Trước khi họp
    .detail = Cuộc họp diễn ra ngày { $held }, sau ngày đồng chí nêu. Hãy ghi đúng ngày kết luận.
clock_not_running = Thời hạn này không đang chạy
    .detail = Vụ việc hiện không có thời hạn đang chạy loại: { $clock }. Hãy xem các thời hạn của vụ việc rồi chọn thời hạn đang chạy.
clock_unknown = Không có loại thời hạn này
    .detail = Không có loại thời hạn “{ $name }”. Hãy xem các thời hạn của vụ việc rồi chọn đúng loại.
conflict_of_interest = Không giao cho người có liên quan
    .detail = Không giao vụ việc cho người mà vụ việc nói đến, cũng không giao cho đơn vị của người ấy hoặc cấp dưới của người ấy (đơn vị đã nêu: { $unit }). { $receiver ->
            [none] Không có đơn vị nào ở trên có thể nhận; vụ việc ở trong danh sách chờ nơi nhận.
           *[other] Đơn vị gần nhất có thể nhận là { $receiver }; hãy chuyển lên đơn vị đó.
        }
contest_window_open = Hộ còn thời gian để phản hồi
    .detail = Hộ còn được nói không đồng ý đến hết ngày { $until }. Chỉ kết thúc vụ việc sau ngày đó, hoặc khi hộ đã đồng ý.
contest_window_over = Đã hết thời gian phản hồi
    .detail = Trả lời được giao cho hộ ngày { $delivered }, hộ được nói không đồng ý đến hết ngày { $until }. Nếu có tình tiết mới, hãy đề nghị đơn vị cấp trên mở lại vụ việc, hoặc ghi thành vụ việc mới.
contesting_is_the_households = Không đồng ý là việc của hộ
    .detail = Lý do “hộ không đồng ý” chỉ có khi hộ nói như vậy. Hãy ghi lời của hộ bằng lệnh “hộ không đồng ý với trả lời”, hoặc chọn lý do khác.
extension_backdated = Gia hạn lùi ngày
    .detail = Vụ việc còn có việc được ghi lúc { $last }, sau ngày gia hạn đồng chí nêu. Gia hạn được ghi khi quyết định; nếu ghi bù từ văn bản giấy, hãy chọn nguồn là văn bản và ghi ngày của văn bản.
extension_too_long = Gia hạn quá mức cho phép
    .detail = { $article ->
        [none] Thời hạn này là mức nội bộ, chỉ gia hạn được đến ngày { $latest }.
       *[other] Theo { $article }, chỉ gia hạn được đến ngày { $latest }.
    } Hãy ghi ngày không muộn hơn.
grievance_unknown = Không tìm thấy vụ việc
    .detail = Không có vụ việc { $grievance }, hoặc vụ việc không thuộc phạm vi của đồng chí. Hãy kiểm tra lại mã; nếu vụ việc còn trên thiết bị, hãy đồng bộ trước.
grievance_wrong_state = Không làm được ở bước này
    .detail = Vụ việc đang ở trạng thái: { $state }; đơn vị đang giữ: { $holder }. { $possible ->
            [none] Không còn việc gì để làm.
           *[other] Lúc này có thể: { $possible }.
        }
handler_without_office = Người này không giữ chức vụ ở đây
    .detail = Hôm nay người { $person } không giữ và không phụ trách thay chức vụ nào ở đơn vị { $unit }. Hãy giao cho người đang giữ chức vụ, hoặc ghi bổ nhiệm trước.
kind_not_determined = Chưa xác định loại vụ việc
    .detail = Trước khi thụ lý phải xác định loại (vấn đề bức xúc; kiến nghị, phản ánh; khiếu nại), vì thời hạn phụ thuộc vào loại. Hãy xác định loại theo nội dung rồi thụ lý.
listed_twice = Nêu hai lần
    .detail = Mã { $id } được nêu hai lần trong danh sách. Hãy bỏ dòng trùng rồi gửi lại.
meeting_not_open = Cuộc họp không đang mở
    .detail = Cuộc họp { $meeting } chưa được ghi là đã họp, hoặc đã kết thúc. Hãy ghi buổi họp trước, hoặc kết luận ở buổi họp đang mở.
meeting_still_open = Còn cuộc họp chưa kết thúc
    .detail = Cuộc họp ngày { $day } ({ $meeting }) chưa kết thúc. Chủ trì phải kết luận mọi báo cáo và vụ việc ở đó rồi kết thúc, sau đó mới ghi cuộc họp mới.
meeting_unknown = Không có cuộc họp này
    .detail = Chi bộ không có cuộc họp { $meeting } đã thông báo hoặc đã ghi. Hãy kiểm tra lại mã.
month_begins_on_first = Tháng ghi bằng ngày đầu tháng
    .detail = Tháng báo cáo được ghi bằng ngày mồng 1 của tháng đó, không phải { $month }. Hãy sửa lại rồi gửi.
month_not_begun = Tháng chưa bắt đầu
    .detail = Tháng bắt đầu ngày { $month } chưa đến nên chưa thể báo cáo. Hãy kiểm tra lại tháng.
no_longer_in_cell = Không còn sinh hoạt ở chi bộ
    .detail = Đã ghi báo cáo. Hiện đồng chí không còn sinh hoạt ở chi bộ { $unit }. Hãy tải lại dữ liệu trên thiết bị.
nobody_sent_it = Không có nơi gửi để trả lại
    .detail = Vụ việc được tiếp nhận tại đây, không do đơn vị nào gửi đến. Hãy giải quyết, chuyển cơ quan có thẩm quyền hoặc chuyển cấp trên.
not_a_member_of_cell = Không phải đảng viên của chi bộ
    .detail = Đảng viên { $person } không sinh hoạt ở chi bộ { $unit }. Hãy kiểm tra lại người, chi bộ và ngày.
not_above_the_holder = Việc của cấp trên
    .detail = Việc này do đơn vị cấp trên của đơn vị đang giữ thực hiện. Vụ việc đang ở trạng thái: { $state }; đơn vị đang giữ: { $holder }. { $possible ->
            [none] Không còn việc gì để làm.
           *[other] Lúc này có thể: { $possible }.
        }
not_all_concluded = Còn việc chưa kết luận
    .detail = Còn { $reports } báo cáo của đảng viên và { $grievances } vụ việc chưa được kết luận. Chủ trì phải kết luận từng báo cáo, từng vụ việc rồi mới kết thúc cuộc họp.
not_an_extension = Không phải gia hạn
    .detail = Thời hạn hiện nay là ngày { $due }. Ngày gia hạn phải muộn hơn; hãy kiểm tra lại.
not_an_office = Phải là đảng ủy hoặc văn phòng
    .detail = Đơn vị { $unit } là chi bộ, không phải nơi tiếp công dân hoặc cơ quan có thẩm quyền. Hãy chọn đảng ủy xã hoặc cấp trên.
not_on_calendar = Khác lịch họp
    .detail = Đã ghi. Theo lịch, chi bộ họp ngày { $planned } của tháng này. Hãy kiểm tra lại ngày.
not_overdue = Chưa quá hạn
    .detail = Hạn là hết ngày { $due } nên chưa quá hạn. Chỉ nhắc sau ngày đó.
not_the_holder = Vụ việc do đơn vị khác giữ
    .detail = Việc này do đơn vị đang giữ vụ việc thực hiện: { $holder }. Vụ việc đang ở trạng thái: { $state }. { $possible ->
            [none] Không còn việc gì để làm.
           *[other] Lúc này có thể: { $possible }.
        }
household_paper_needed = Thiếu giấy có chữ ký của hộ
    .detail = Việc hộ đồng ý với trả lời hoặc rút vụ việc do đảng viên được hộ nói ghi, hoặc phải có giấy do hộ ký. Hãy bổ sung giấy đó làm căn cứ rồi gửi lại.
households_own_time = Đây là thời gian của hộ
    .detail = Thời hạn { $clock } là thời gian hộ được nói không đồng ý; hết thời gian đó không đơn vị nào quá hạn. Hãy chọn thời hạn của đơn vị đang giữ vụ việc.
limit_already_passed = Thời hạn đã qua
    .detail = Thời hạn đã hết vào ngày { $due }. Chỉ gia hạn khi thời hạn còn đang chạy, bằng văn bản ban hành trong thời gian đó; vụ việc vẫn tính là quá hạn. Nếu đã gia hạn đúng lúc bằng văn bản giấy, hãy ghi nguồn là văn bản kèm ngày của văn bản. Nếu không, hãy giải quyết, hoặc báo cáo cấp trên lý do kéo dài.
not_upwards = Không phải cấp trên
    .detail = Đơn vị { $unit } không phải cấp trên của đơn vị đang giữ vụ việc. Chuyển cấp trên chỉ đi lên; hãy trả lại nơi gửi hoặc chuyển cơ quan có thẩm quyền bằng văn bản. Đơn tố cáo không bao giờ giao xuống cấp dưới.
not_your_grievance = Không phải vụ việc của đồng chí
    .detail = Hộ đã nói với đảng viên { $person }. Đảng viên chỉ ghi điều chính mình được nghe; hãy đề nghị đồng chí ấy hoặc bí thư chi bộ ghi.
not_your_report = Không phải báo cáo của đồng chí
    .detail = Báo cáo này là của đảng viên { $person }. Hãy đề nghị đồng chí ấy hoặc bí thư chi bộ gửi.
not_a_part = Không thuộc vụ việc này
    .detail = Vụ việc { $grievance } không phải phần khác của vụ việc này mà quý vị được biết, hoặc sẽ tự đi theo vì chứa toàn văn. Hãy bỏ khỏi danh sách rồi gửi lại.
parts_not_judged = Chưa nêu rõ các phần khác
    .detail = Vụ việc đã được tách. Còn { $count } phần khác chưa nêu rõ có lặp lại nội dung tố cáo hay không; phần lặp lại sẽ được đưa ra khỏi sổ, phần khác tiếp tục được giải quyết. Hãy nêu từng phần rồi gửi lại.
nothing_to_correct = Chưa nêu nội dung cần sửa
    .detail = Chưa nêu lĩnh vực, hộ hay nội dung nào cần đính chính. Hãy nêu ít nhất một điều rồi gửi lại.
notice_after_meeting = Thông báo sau ngày họp
    .detail = Ngày họp { $day } đã qua khi thông báo. Hãy kiểm tra lại hai ngày; nếu đã họp, hãy ghi cuộc họp.
notice_unusual = Thời gian thông báo khác thường
    .detail = Đã ghi. Thông báo trước { $days } ngày; thông lệ là 1–2 ngày.
only_for_complaints = Chỉ áp dụng cho khiếu nại
    .detail = “Lần hai” và “vùng sâu, vùng xa” chỉ áp dụng cho khiếu nại. Hãy bỏ hai mục này, hoặc chọn loại khiếu nại.
outcome_is_a_refusal = Đây là từ chối thụ lý
    .detail = Không thụ lý không phải là trả lời. Hãy dùng lệnh từ chối thụ lý, có lý do.
person_without_unit = Chưa rõ đơn vị của người này
    .detail = Không rõ người { $person } thuộc đơn vị nào nên không biết ai ở trên để nhận vụ việc. Hãy nêu đơn vị mà người ấy giữ chức vụ rồi gửi lại.
person_not_named = Người này không được nêu
    .detail = Vụ việc không nêu người { $person } nên không có gì để rút. Hãy xem lại vụ việc và mã người.
petitioner_needed = Chưa nêu ai nói
    .detail = Phải nêu hộ hoặc người đến nói. Hãy bổ sung rồi gửi lại.
receipt_exists = Mã biên nhận đã dùng
    .detail = Mã biên nhận { $receipt } đã được dùng. Hãy gửi lại với mã mới.
receiver_only_for_escalated = Nơi nhận chỉ nêu khi chuyển cấp trên
    .detail = Chỉ khi kết luận chuyển cấp trên mới nêu nơi nhận. Hãy bỏ nơi nhận, hoặc chọn kết luận chuyển cấp trên.
replaces_another_report = Thay báo cáo của người khác
    .detail = Báo cáo { $report } là của đảng viên khác hoặc của tháng khác nên không thay được. Hãy gửi như một báo cáo mới, hoặc nêu đúng báo cáo cần thay.
somebody_may_have_it = Có nơi được giữ vụ việc
    .detail = Đơn vị { $unit } được giữ vụ việc này. Đoàn kiểm tra chỉ chuyển ra ngoài hệ thống vụ việc không đơn vị nào được giữ; hãy để đơn vị ấy giải quyết hoặc chuyển đến nơi có thẩm quyền.
report_not_waiting = Báo cáo không chờ kết luận
    .detail = Báo cáo { $report } không có ở chi bộ này, đã được kết luận, hoặc đã được thay. Hãy xem lại danh sách báo cáo chờ kết luận.
target_unknown = Không có hộ hoặc nhóm hộ này
    .detail = Chưa có hộ hoặc nhóm hộ nào mang mã { $target }. Hãy kiểm tra lại mã rồi gửi lại.
text_only_for_explained = Lời giải thích chỉ đi kèm kết luận giải thích
    .detail = Chỉ khi chi bộ giải thích tại chỗ mới kèm lời giải thích. Hãy bỏ phần này, hoặc chọn kết luận giải thích.
was_not_withdrawn = Vụ việc không bị rút
    .detail = Vụ việc không phải do hộ rút nên không mở lại với lý do bị ép rút. Hãy chọn lý do khác.
withdrawn_is_final = Khiếu nại đã rút
    .detail = Từ ngày 01/07/2026, khiếu nại đã rút không được mở lại, trừ khi hộ bị ép rút (Luật 136/2025/QH15). Nếu đúng như vậy, hãy chọn lý do đó; nếu không, hộ có thể nêu vụ việc mới.
follow_code_unknown = Không có vụ việc với mã này
    .detail = Mã theo dõi không đúng, hoặc đã được thay bằng mã mới. Hãy xem lại từng ký tự, hoặc hỏi lại nơi đã tiếp nhận.
too_many_questions = Hỏi quá nhiều lần
    .detail = Đã hỏi quá nhiều lần trong một phút. Hãy đợi { $seconds } giây rồi thử lại.

## Đánh giá, xếp loại hằng năm

day_ahead = Ngày chưa tới
    .detail = Ngày { $day } chưa tới. Hãy ghi khi việc đã diễn ra, hoặc sửa lại ngày.
unit_not_classified = Đơn vị không thuộc diện xếp loại ở đây
    .detail = Đơn vị { $unit } là cấp { $kind }; ở đây chỉ xếp loại đảng viên, chi bộ và tổ chức cơ sở đảng. Hãy chọn chi bộ hoặc đảng ủy xã.
round_exists = Đã có đợt đánh giá của năm này
    .detail = Đơn vị { $unit } đã mở đợt đánh giá năm { $year } ({ $round }); theo { $clause } (bộ quy định { $rulebook }), mỗi đơn vị mỗi năm xếp loại một lần. Hãy ghi tiếp vào đợt ấy.
before_the_year = Ngày trước năm đánh giá
    .detail = Ngày { $day } ở trước năm { $year }. Hãy kiểm tra lại ngày và năm đánh giá.
founded_after_year = Đơn vị chưa có trong năm ấy
    .detail = Đơn vị { $unit } thành lập ngày { $founded }, sau năm { $year }. Hãy ghi vào đợt của đơn vị trước đó.
rulebook_unknown = Không có bộ quy định này
    .detail = Không có bộ quy định “{ $rulebook }”. Năm { $year } áp dụng: { $valid }.
rulebook_of_another_year = Bộ quy định của năm khác
    .detail = “{ $rulebook }” ({ $clause }) áp dụng từ năm { $first }{ $last ->
        [none] {""}
       *[other] {" "}đến năm { $last }
    }, không áp dụng cho năm { $year }. Năm { $year } áp dụng: { $valid }.
rulebook_of_another_province = Bộ quy định của tỉnh khác
    .detail = “{ $rulebook }” ({ $clause }) chỉ áp dụng ở tỉnh { $province }; xét theo tên tỉnh thì đơn vị { $unit } không thuộc tỉnh đó. Không kèm quy định của tỉnh ấy là “{ $valid }”.
round_unknown = Chưa mở đợt đánh giá
    .detail = Đơn vị { $unit } chưa mở đợt đánh giá năm { $year }. Hãy mở đợt trước.
before_round = Trước ngày mở đợt
    .detail = Ngày { $day } ở trước ngày mở đợt đánh giá ({ $opened }). Hãy kiểm tra lại ngày.
before_objection = Trước ngày nêu ý kiến
    .detail = Ngày { $day } ở trước ngày nêu ý kiến ({ $raised }). Hãy kiểm tra lại ngày.
round_closed = Đợt đánh giá đã kết thúc
    .detail = Đợt năm { $year } của đơn vị { $unit } đã kết thúc ngày { $day }. Người chưa được xếp loại vẫn có thể được xếp loại; danh sách có mặt thì không đổi nữa.
not_on_roster = Không có trong danh sách của đợt
    .detail = Người { $person } không có trong danh sách có mặt của đơn vị { $unit } năm { $year }. Nếu sổ đảng viên đã sửa, hãy lập lại danh sách.
case_not_attestable = Trường hợp này không xác nhận được
    .detail = Bộ quy định { $rulebook } không có trường hợp “{ $case }” để xác nhận bằng văn bản. Có thể: { $allowed }.
case_not_attested = Trường hợp này chưa được xác nhận
    .detail = Chưa có xác nhận “{ $case }” nên không có gì để rút lại.
not_all_rated = Còn người chưa được xếp loại
    .detail = Còn { $count } người hoặc đơn vị thuộc diện xếp loại mà chưa có mức. Hãy xếp loại trước khi kết thúc đợt; nếu có người đã mất hoặc chuyển đi, hãy lập lại danh sách có mặt.
ratings_not_final = Kết quả chưa được chốt
    .detail = Cấp có thẩm quyền chưa chốt kết quả ({ $subjects }). Hãy chốt trước khi kết thúc đợt.
objections_open = Còn ý kiến chưa được trả lời
    .detail = Còn { $count } ý kiến khiếu nại về kết quả hoặc hồ sơ chưa được trả lời. Hãy trả lời trước khi kết thúc đợt.
revision_due = Ý kiến có cơ sở nhưng chưa xếp loại lại
    .detail = Có { $count } ý kiến về mức xếp loại được chấp nhận mà chưa có quyết định mới ({ $clause }, bộ quy định { $rulebook }). Hãy quyết định lại rồi mới kết thúc đợt.
roster_outdated = Danh sách có mặt đã cũ
    .detail = { $of } trong danh sách là “{ $listed }”, nay là: { $eligibility } ({ $clause }, bộ quy định { $rulebook }). Hãy lập lại danh sách rồi mới kết thúc đợt.
nobody_decides = Bộ quy định không nêu ai quyết định
    .detail = Bộ quy định { $rulebook } không nêu ai quyết định trong trường hợp này. Hãy hỏi cấp trên.
no_superior_decides = Không có cấp trên để quyết định
    .detail = Đơn vị { $unit } không có cấp trên trong hệ thống; theo { $clause }, cấp trên trực tiếp quyết định. Hãy ghi đơn vị cấp trên trước.
not_competent = Không đúng thẩm quyền
    .detail = Theo { $clause }, việc này do đơn vị { $decides } quyết định.
own_rating = Không quyết định về chính mình
    .detail = Người ghi chính là người được xếp loại ({ $person }). Hãy để người khác trong cấp ủy ghi quyết định này.
not_classified = Không xếp loại trong năm này
    .detail = { $of }: { $eligibility } ({ $case }), theo { $clause } (bộ quy định { $rulebook }).
level_outside_rulebook = Mức không có trong bộ quy định
    .detail = “{ $named }” không phải là một mức của bộ quy định { $rulebook } ({ $clause }). Có các mức: { $allowed }.
level_above_highest = Mức cao hơn mức được phép
    .detail = Không thể là “{ $level }”: theo { $clause } (bộ quy định { $rulebook }), cao nhất là “{ $highest }”.
scores_incomplete = Điểm chưa đúng nhóm tiêu chí
    .detail = Bộ quy định { $rulebook } ({ $clause }) chấm điểm theo các nhóm: { $groups }, mỗi nhóm một lần. Sai ở: { $wrong }.
score_above_group = Điểm vượt điểm tối đa của nhóm
    .detail = Nhóm “{ $group }” tối đa { $points } điểm theo { $clause } (bộ quy định { $rulebook }).
marks_incomplete = Chưa đánh giá đúng các tiêu chí
    .detail = Bộ quy định { $rulebook } ({ $clause }) đánh giá từng tiêu chí: { $criteria }, mỗi tiêu chí một lần. Sai ở: { $wrong }.
score_level_mismatch = Điểm không khớp với mức
    .detail = { $score } điểm ở đây ứng với mức “{ $fits }”, không phải “{ $level }” ({ $clause }, bộ quy định { $rulebook }). Mức thấp hơn điểm thì phải nêu lý do theo bộ quy định.
points_make_more = Riêng điểm thì ứng với mức cao hơn
    .detail = Đã ghi nhận. { $score } điểm ứng với mức “{ $fits }”; nhưng theo { $clause } (bộ quy định { $rulebook }), cao nhất ở đây là “{ $highest }”.
ground_closes_level = Lý do đã nêu không cho phép mức này
    .detail = Đã nêu lý do “{ $ground }” thì không thể là “{ $level }”: theo { $clause } (bộ quy định { $rulebook }), cao nhất là “{ $highest }”. Hãy quyết định mức ấy, hoặc bỏ lý do nếu không đúng.
ground_of_another_level = Lý do ứng với mức khác
    .detail = Các lý do { $grounds } ứng với mức “{ $fits }”, không phải “{ $level }” ({ $clause }, bộ quy định { $rulebook }). Hãy nêu lý do của mức thấp hơn, hoặc quyết định mức ấy.
ground_left_out = Thiếu lý do đã nêu khi thẩm định
    .detail = Khi thẩm định đã nêu “{ $ground }”, theo đó là không hoàn thành nhiệm vụ dù kết quả khác thế nào ({ $clause }, bộ quy định { $rulebook }). Hãy nêu lý do ấy trong quyết định; nếu không đúng, hãy thẩm định lại trước.
ground_dropped = Không còn nêu lý do trước đây
    .detail = Đã ghi nhận. Lý do “{ $ground }” ({ $clause }, bộ quy định { $rulebook }) trước đây đã nêu, nay không còn. Hãy kiểm tra xem có đúng là không áp dụng.
ground_unknown = Lý do không có trong bộ quy định
    .detail = Bộ quy định { $rulebook } không có lý do “{ $ground }”. Có thể: { $allowed }.
marks_below_level = Tiêu chí chưa đạt mức tự nhận
    .detail = Đã ghi nhận. Mức “{ $level }” đòi hỏi cao hơn ở: { $criteria } ({ $clause }, bộ quy định { $rulebook }).
step_not_in_rulebook = Bộ quy định không có bước này
    .detail = Bộ quy định { $rulebook } không có bước “{ $step_kind }” ở đây. Hãy làm bước tiếp theo.
step_missing = Chưa làm bước trước
    .detail = Trước bước “{ $step_kind }” phải có bước “{ $missing_step }” ({ $clause }, bộ quy định { $rulebook }). Hãy ghi bước ấy trước.
step_passed = Đã qua bước này
    .detail = Không ghi “{ $step_kind }” sau khi đã có bước “{ $passed_step }” ({ $clause }, bộ quy định { $rulebook }).
step_dated_before = Ngày ở trước bước phải làm trước
    .detail = “{ $step_kind }” ngày { $day } phải sau bước “{ $passed_step }” ngày { $passed } ({ $clause }, bộ quy định { $rulebook }). Hãy kiểm tra lại ngày.
before_rating = Trước ngày xếp loại
    .detail = Ngày { $day } ở trước ngày quyết định xếp loại ({ $rated }). Hãy kiểm tra lại ngày.
not_your_review = Không phải của đồng chí
    .detail = Chỉ { $person } hoặc chi ủy được ghi bản tự kiểm điểm, ý kiến này.
already_rated = Đã được xếp loại
    .detail = { $of } đã được xếp loại “{ $level }” ({ $rating }). Muốn thay đổi, cấp có thẩm quyền phải quyết định lại bằng văn bản.
attendance_unknown = Không thấy danh sách có mặt của cuộc họp
    .detail = Không có danh sách có mặt { $attendance } của một cuộc họp ở đơn vị này. Hãy ghi cuộc họp trước, rồi ghi kết quả bỏ phiếu với mã của danh sách ấy.
meeting_of_another_day = Cuộc họp của ngày khác
    .detail = Phiếu của ngày { $day }, nhưng cuộc họp nêu ở đây là ngày { $met }. Theo { $clause } (bộ quy định { $rulebook }), chi bộ bỏ phiếu tại cuộc họp: hãy nêu cuộc họp của ngày ấy, hoặc sửa lại ngày.
more_ballots_than_present = Nhiều phiếu hơn số người có mặt
    .detail = { $of }: { $returned } phiếu thu về, trong khi chỉ có { $present } người có mặt ({ $clause }). Hãy kiểm tra biên bản kiểm phiếu.
ballots_do_not_add_up = Số phiếu không khớp
    .detail = { $of }: { $returned } phiếu thu về, { $invalid } phiếu không hợp lệ, { $votes } phiếu cho các mức ({ $clause }). Số phiếu hợp lệ phải bằng tổng các mức; lần bỏ phiếu thứ hai chỉ có phiếu hoàn thành xuất sắc. Hãy kiểm tra biên bản kiểm phiếu.
proposal_differs_from_ballot = Đề xuất khác kết quả bỏ phiếu
    .detail = Đã ghi nhận. { $of }: đề xuất “{ $level }”, trong khi nhiều phiếu nhất là “{ $leading }”.
second_ballot_lost = Lần bỏ phiếu thứ hai không chọn xuất sắc
    .detail = Đã ghi nhận. { $of }: { $votes } trên { $valid } phiếu hợp lệ chọn hoàn thành xuất sắc, không quá một nửa.
lower_first = Phải xếp loại cấp dưới trước
    .detail = Trước khi xếp loại đơn vị { $unit } phải xếp loại xong { $count } người hoặc đơn vị ở dưới ({ $clause }, bộ quy định { $rulebook }).
level_not_derivable = Kết quả cấp dưới chưa đủ cho mức này
    .detail = Mức “{ $level }” cần { $needed } người hoặc đơn vị ở dưới đạt yêu cầu, hiện có { $reached }; { $below } chưa đạt ({ $clause }, bộ quy định { $rulebook }).
not_rated_yet = Chưa được xếp loại
    .detail = { $of } chưa có mức xếp loại của năm này.
same_level = Mức không thay đổi
    .detail = { $of } đã ở mức “{ $level }”. Nếu ý kiến không được chấp nhận, hãy trả lời ý kiến thay vì quyết định lại.
no_objection_upheld = Chưa có ý kiến nào được chấp nhận
    .detail = Chưa có ý kiến nào của { $of } được chấp nhận. Hãy trả lời ý kiến trước, hoặc nêu lý do khác.
unit_not_carried = Kết quả cấp dưới không còn đủ cho mức của đơn vị
    .detail = Đã ghi nhận. Đơn vị { $unit } đã được xếp loại “{ $level }”, cần { $needed } người hoặc đơn vị ở dưới đạt yêu cầu; nay có { $reached }, { $below } chưa đạt ({ $clause }, bộ quy định { $rulebook }). Hãy xem lại mức của đơn vị.
rulebooks_differ = Khác bộ quy định
    .detail = Kết quả đã quyết định theo “{ $other }”, còn đợt này theo “{ $rulebook }”. Một cấp ủy trong một năm dùng một bộ quy định.
pool_empty = Chưa có kết quả nào
    .detail = Đơn vị { $committee } chưa quyết định xếp loại ai trong năm { $year }. Hãy quyết định trước.
pool_incomplete = Còn thiếu kết quả
    .detail = { $without } đơn vị chưa mở đợt đánh giá, { $missing } người hoặc đơn vị thuộc diện xếp loại chưa có mức. Hãy quyết định cho đủ rồi chốt.
not_above_the_committee = Phải do cấp trên cho phép
    .detail = Đơn vị { $committee } không tự cho phép mình vượt trần; cấp trên cho phép bằng văn bản.
nothing_capped = Không có trần
    .detail = Bộ quy định { $rulebook } không đặt trần cho đối tượng này.
no_exception = Không phải là ngoại lệ
    .detail = { $percent } % không cao hơn trần { $cap } % ({ $clause }, bộ quy định { $rulebook }).
exception_beyond_rulebook = Cao hơn ngoại lệ của bộ quy định
    .detail = Đã ghi nhận theo văn bản. Văn bản cho phép { $percent } %; bộ quy định chỉ nêu đến { $known } %.
cap_exceeded = Vượt trần hoàn thành xuất sắc
    .detail = { $cell_kind ->
        [none] Toàn bộ
       *[other] Nhóm { $cell_kind }
    }: { $excellent } hoàn thành xuất sắc, trong khi { $percent } % của { $counted } ({ $base }) chỉ cho phép { $allowed }; tính theo cách kia, của { $other_counted }, là { $other_allowed } ({ $clause }, bộ quy định { $rulebook }). Hãy quyết định lại, hoặc ghi văn bản cho phép vượt trần.
cap_readings_disagree = Hai cách tính trần cho kết quả khác nhau
    .detail = { $cell_kind ->
        [none] Toàn bộ
       *[other] Nhóm { $cell_kind }
    }: { $excellent } hoàn thành xuất sắc; { $percent } % của { $counted } ({ $base }) cho phép { $allowed }, nhưng tính theo cách kia, của { $other_counted }, chỉ là { $other_allowed } ({ $clause }, bộ quy định { $rulebook }).
import_not_yours = Chỉ hệ thống nhập liệu mới nhập lịch sử
    .detail = Nguồn “nhập từ sổ cũ” không miễn quy tắc nào cho vai trò { $role }: chỉ hệ thống nhập kết quả mà cấp khác đã quyết định trong năm đã qua. Hãy quyết định theo quy tắc, hoặc để hệ thống nhập.
import_not_past = Năm đánh giá chưa qua
    .detail = Chỉ kết quả của năm đã qua mới được nhập như lịch sử; năm { $year } thì chưa. Hãy quyết định theo quy tắc.
already_final = Kết quả đã được chốt
    .detail = Kết quả năm { $year } của đơn vị { $committee } đã được chốt ngày { $day }.
text_only_of_members = Chỉ đảng viên nêu nội dung ở đây
    .detail = Ý kiến của đơn vị được nêu bằng văn bản; hãy ghi số văn bản thay vì nội dung.
objection_unknown = Không có ý kiến này
    .detail = Đợt này không có ý kiến { $objection }. Hãy kiểm tra lại mã.
objection_answered = Ý kiến đã được trả lời
    .detail = Ý kiến { $objection } đã được trả lời: { $answer }.

## Yêu cầu xóa dữ liệu

own_data = Không ai tự quyết định về dữ liệu của mình
    .detail = Người nhập chính là chủ thể của dữ liệu này. Hãy để người khác trong văn phòng, hoặc văn phòng cấp trên, nhập.
second_person_needed = Cần người thứ hai quyết định
    .detail = Người đã nhập yêu cầu không được đồng thời quyết định. Hãy để người khác trong văn phòng, hoặc văn phòng cấp trên, quyết định.
erasure_open = Đã có yêu cầu đang xử lý
    .detail = Yêu cầu xóa dữ liệu này đã tiếp nhận ngày { $since } và chưa xử lý xong (mã { $erasure }). Hãy tiếp tục yêu cầu đó.
erasure_unknown = Không có yêu cầu này
    .detail = Không có yêu cầu xóa mang mã { $erasure } về dữ liệu này. Hãy kiểm tra lại cả hai mã.
erasure_wrong_state = Chưa thực hiện được ở bước này
    .detail = Yêu cầu đang ở bước: { $erasure_stage }. Việc này cần bước: { $needed_stage }. Hãy xem lại yêu cầu trước (`soho erasure show`).
already_acknowledged = Đã trả lời
    .detail = Đã trả lời ngày { $day }. Không cần ghi lại.
already_extended = Đã gia hạn
    .detail = Thời hạn đã được gia hạn đến { $until }; nghị định chỉ cho gia hạn một lần. Hãy xóa trước ngày đó, hoặc từ chối và nêu lý do.
extends_nothing = Không gia hạn được gì
    .detail = Thời hạn hiện đến { $due ->
            [none] ngày chưa xác định
           *[other] { $due }
        }. Hãy nêu ngày muộn hơn, hoặc để nguyên.
must_be_kept = Phải lưu giữ
    .detail = Phải lưu giữ loại tài liệu này: { $record_kind }, { $until ->
            [none] khi còn sử dụng hoặc vĩnh viễn
           *[other] đến hết ngày { $until }
        } ({ $article }). Hãy từ chối yêu cầu với lý do này và trả lời người yêu cầu bằng văn bản.
nothing_must_be_kept = Không còn gì phải lưu giữ
    .detail = Theo quy định đang dùng, dữ liệu này không còn phải lưu giữ. Hãy chấp thuận yêu cầu, hoặc nêu lý do khác.

not_the_whole_province = Phải công bố cho toàn tỉnh
    .detail = Văn phòng của { $asker } chỉ công bố số liệu của chính đơn vị mình, không của { $unit } riêng. Hãy ghi đơn vị là { $asker }.
table_unknown = Không có bảng này
    .detail = Không có bảng công bố { $table }. Có các bảng: { $known }.
month_before_table = Tháng ở trước bảng
    .detail = Bảng { $table } được công bố từ tháng { $first }; tháng { $month } ở trước đó.
not_the_month_of_table = Bảng được công bố cho tháng khác
    .detail = Bảng { $table } mỗi năm công bố một lần, cho tháng { $wanted }, về năm trước đó; { $month } là tháng khác.
month_not_over = Tháng chưa hết
    .detail = Số liệu tháng { $month } được chốt ngày { $last }; hãy công bố sau ngày ấy.
already_released = Đã công bố
    .detail = Bảng { $table } của tháng { $month } đã được công bố ngày { $released } và không thay đổi nữa. Điều ghi nhận muộn nằm trong các tháng sau.
publication_unknown = Không có bản công bố này
    .detail = Chưa có bảng { $table } nào được công bố cho tháng { $month }. Danh sách ở /v1/publications.

mandate_needed = Chưa có quyết định kiểm tra
    .detail = Đoàn kiểm tra chỉ xem và làm được những gì quyết định kiểm tra giao, mà chưa có quyết định nào ghi đồng chí trong đoàn. Hãy đề nghị cấp ủy đã ra quyết định ghi vào Sổ Hộ, kèm số và ngày của quyết định.
mandate_expired = Quyết định kiểm tra đã hết hạn
    .detail = Quyết định kiểm tra gần nhất của đồng chí có hiệu lực đến ngày { $last }. Nếu còn kiểm tra tiếp, hãy đề nghị cấp ủy đã ra quyết định ghi quyết định mới. Việc đã làm khi quyết định còn hiệu lực được ghi bù từ văn bản giấy, kèm ngày của văn bản.
mandate_not_yet = Quyết định kiểm tra chưa có hiệu lực
    .detail = Quyết định kiểm tra của đồng chí có hiệu lực từ ngày { $first }, trước ngày ấy không xem hay quyết định gì theo đó được. Hãy chờ đến ngày, hoặc sửa lại ngày của việc đang ghi; nếu ngày của quyết định ghi sai, hãy đề nghị cấp ủy đã ra quyết định ghi lại.
mandate_unknown = Không có quyết định kiểm tra này
    .detail = Không có quyết định kiểm tra { $mandate }, hoặc quyết định không do đơn vị của đồng chí hay đơn vị cấp dưới ban hành. Hãy kiểm tra lại mã trong danh sách quyết định kiểm tra.
mandate_over = Quyết định kiểm tra đã hết hiệu lực
    .detail = Quyết định kiểm tra có hiệu lực đến hết ngày { $last } nên không gia hạn hay kết thúc được nữa. Nếu còn kiểm tra tiếp, hãy ghi quyết định mới.
mandate_too_long = Quá thời gian cho phép
    .detail = Một quyết định kiểm tra có hiệu lực nhiều nhất { $longest } ngày, kể cả gia hạn: ở đây là đến hết ngày { $latest }. Hãy nêu ngày cuối sớm hơn; nếu còn kiểm tra tiếp sau ngày ấy, khi đó hãy ghi quyết định mới.
mandate_backdated = Quyết định kiểm tra lùi ngày
    .detail = Quyết định kiểm tra được ghi, gia hạn và kết thúc từ hôm nay hoặc từ ngày sau, và không trước ngày của văn bản; ở đây là ngày { $first }. Nếu ghi bù từ văn bản giấy, hãy chọn nguồn là văn bản và ghi ngày của văn bản.
mandate_about_nothing = Chưa nêu nội dung kiểm tra
    .detail = Quyết định không nêu vụ việc hay đơn vị nào. Hãy nêu những gì đoàn được kiểm tra.
own_mandate = Không ai tự giao quyền kiểm tra cho mình
    .detail = Đồng chí có tên trong đoàn kiểm tra. Hãy để người khác trong cấp ủy, hoặc cấp ủy cấp trên, ghi hay gia hạn quyết định.
inspection_gives_none = Cấp ủy ra quyết định kiểm tra, không phải đoàn kiểm tra
    .detail = Đồng chí đang làm việc với chức vụ { $office }. Người đi kiểm tra không ghi và không gia hạn quyết định kiểm tra; hãy để chức vụ khác của cấp ủy ghi.
team_member_concerned = Vụ việc có liên quan đến người trong đoàn
    .detail = Vụ việc { $grievance } có liên quan đến { $person } nên người ấy không được kiểm tra vụ việc này. Hãy đưa người ấy ra khỏi đoàn, hoặc đưa vụ việc ra khỏi quyết định này.
