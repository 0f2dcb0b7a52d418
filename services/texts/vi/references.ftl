### Cách gọi hộ, nhóm hộ, con người trong câu, và những việc tự hết thời hạn.

household = hộ { $name }
household-unnamed = hộ có mã …{ $id }
group = nhóm hộ { $name }
group-unnamed = nhóm hộ có mã …{ $id }
person-unnamed = đảng viên có mã …{ $id }
unit-unnamed = đơn vị có mã …{ $id }

assignment-over = Từ ngày { $day }: { $member } thôi phụ trách { $target } vì đã hết thời hạn được phân công.
status-over = Từ ngày { $day }: { $person } không còn ở trạng thái { $status } vì đã hết thời hạn.
acting-over = Từ ngày { $day }: { $person } thôi phụ trách thay chức vụ { $office } ở { $unit } vì đã hết thời hạn.
