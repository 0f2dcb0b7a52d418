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
