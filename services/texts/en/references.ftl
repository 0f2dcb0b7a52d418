### How households, groups and people are called in a sentence, and what ends by itself when its time is over.

household = the household of { $name }
household-unnamed = the household with the id …{ $id }
group = the group { $name }
group-unnamed = the group with the id …{ $id }
person-unnamed = the member with the id …{ $id }
unit-unnamed = the unit with the id …{ $id }

assignment-over = From { $day }: { $member } is no longer responsible for { $target }, since the time of the assignment is over.
status-over = From { $day }: the status of { $person } is no longer { $status }, since its time is over.
acting-over = From { $day }: { $person } no longer acts in the office ({ $office }) in { $unit }, since the time is over.
