### Bộ quy định đánh giá, xếp loại: tên các mục, mức và kết quả mà người dùng nhìn thấy.

## Các mục của một bộ quy định

section-documents = Văn bản
section-levels = Mức xếp loại
section-marks = Mức đánh giá từng tiêu chí
section-criteria = Tiêu chí
section-score_groups = Nhóm tiêu chí và điểm tối đa
section-score_bands = Mức xếp loại theo tổng điểm
section-conditions = Điều kiện của từng mức
section-grounds = Trường hợp xếp loại không hoàn thành nhiệm vụ
section-derivations = Mức của tổ chức đảng tính từ cấp dưới
section-eligibility = Ai được kiểm điểm, xếp loại
section-caps = Trần hoàn thành xuất sắc
section-deciders = Thẩm quyền quyết định
section-steps = Các bước
section-precedences = Thứ tự trước sau
section-deadlines = Thời hạn
section-forms = Mẫu biểu
section-streaks = Nhiều năm liền
section-retention = Lưu giữ
section-remarks = Nội dung khác

## Độ chắc chắn

certainty-found = đã đọc văn bản
certainty-secondary = theo nguồn gián tiếp
certainty-unverified = chưa kiểm chứng

## Mức xếp loại

level-excellent = Hoàn thành xuất sắc nhiệm vụ
level-good = Hoàn thành tốt nhiệm vụ
level-completed = Hoàn thành nhiệm vụ
level-not_completed = Không hoàn thành nhiệm vụ

## Có xếp loại hay không

outcome-classify = Kiểm điểm và xếp loại
outcome-review_only = Chỉ kiểm điểm, không xếp loại
outcome-not_yet = Chưa kiểm điểm, xếp loại
outcome-exempt = Không thuộc diện kiểm điểm, xếp loại

## Trần tính trên số nào

base-good_only = Số hoàn thành tốt nhiệm vụ
base-good_or_better = Số hoàn thành tốt nhiệm vụ trở lên
