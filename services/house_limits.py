"""The file of an installation with the limits that it sets itself: read at start, and what is wrong with it said."""

from __future__ import annotations

from pathlib import Path

from projections.states import house_limits
from projections.states.house_limits import HouseLimits, HouseLimitsInvalid, Mistake

MISTAKES = {
    Mistake.CLOCK_UNKNOWN: ("không có thời hạn nào tên như vậy; có: {}", "no clock has this name; there are: {}"),
    Mistake.NO_SUCH_CASE: (
        "vào ngày bắt đầu hiệu lực không có thời hạn này cho trường hợp {}",
        "on its first day there is no such clock for {}",
    ),
    Mistake.LIMIT_OF_THE_LAW: (
        "pháp luật đã định thời hạn cho trường hợp {}; mức nội bộ không thay được",
        "the law sets the limit for {}; a house limit does not replace it",
    ),
    Mistake.BEFORE_ITS_DOCUMENT: (
        "có hiệu lực trước ngày của văn bản ({}); mức nội bộ không áp dụng cho những ngày đã qua",
        "it is valid before the day of its document ({}); no limit is set for days that have passed",
    ),
    Mistake.SET_TWICE: (
        "cùng thời hạn, cùng ngày bắt đầu, cùng trường hợp với {}",
        "it sets the same limit on the same day for the same grievances as {}",
    ),
    Mistake.EXTENDS_NOTHING: (
        "mức gia hạn phải dài hơn mức thường ({})",
        "what it may be extended to must be longer than the limit ({})",
    ),
    Mistake.NOT_EXTENDED: (
        "thời hạn này không được gia hạn (trường hợp {})",
        "this clock is not extended by any document ({})",
    ),
}


class HouseLimitsUnusable(Exception):
    """The file cannot be used; says where and why. Nothing was changed."""

    def __init__(self, vietnamese: str, english: str) -> None:
        super().__init__(f"{vietnamese}\n{english}")
        self.vietnamese = vietnamese
        self.english = english


def from_file(path: Path | None) -> HouseLimits:
    """The limits in the file; none without a file. Raises `HouseLimitsUnusable`."""
    if path is None:
        return HouseLimits()
    try:
        return house_limits.read(path.read_bytes())
    except OSError as failure:
        raise HouseLimitsUnusable(
            f"Không đọc được tệp mức nội bộ {path}; chưa có gì bị thay đổi.",
            f"The file of house limits {path} cannot be read ({failure.strerror}). Nothing was changed.",
        ) from failure
    except HouseLimitsInvalid as invalid:
        why = ("{}", "{}") if invalid.mistake is None else MISTAKES[invalid.mistake]
        vietnamese, english = (text.format(invalid.detail) for text in why)
        raise HouseLimitsUnusable(
            f"Tệp mức nội bộ {path} sai ở {invalid.place}: {vietnamese}. Hãy sửa rồi chạy lại; chưa có gì bị thay đổi.",
            f"The file of house limits {path} is wrong at {invalid.place}: {english}. Nothing was changed.",
        ) from invalid
