"""As whom the servers run.

PostgreSQL refuses to run as root, and neither server needs root's rights. An ordinary user runs both as himself.
For root they run as `nobody`: a dedicated number without an account would keep them further apart from other
services, but initdb refuses a user id that has no passwd entry ("could not look up effective user ID"), and
creating accounts on somebody's machine is not ours to do.
"""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from services.embedded.errors import HomeUnusable

UNPRIVILEGED_USER = "nobody"


@dataclass(frozen=True, slots=True)
class Account:
    """The user and group the servers run as; `dropped` when they differ from the caller's (the caller is root)."""

    user: int
    group: int
    dropped: bool

    def may_pass(self, folder: Path) -> bool:
        """Whether the mode bits of one folder let this account pass through it."""
        status = folder.stat()
        if status.st_uid == self.user:
            return bool(status.st_mode & stat.S_IXUSR)
        if status.st_gid == self.group:
            return bool(status.st_mode & stat.S_IXGRP)
        return bool(status.st_mode & stat.S_IXOTH)


def server_account() -> Account:
    """The account for both servers: the caller's own, or `nobody` when the caller is root.

    Raises HomeUnusable when the machine has no user `nobody`.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), dropped=False)
    try:
        entry = pwd.getpwnam(UNPRIVILEGED_USER)
    except KeyError:
        raise HomeUnusable(
            "Máy này không có tài khoản `nobody`, mà máy chủ không được chạy bằng quyền root. "
            "Hãy chạy Sổ Hộ bằng một tài khoản thường.",
            "This machine has no user `nobody`, and the servers must not run as root. Run Sổ Hộ as an ordinary user.",
        ) from None
    return Account(entry.pw_uid, entry.pw_gid, dropped=True)


def require_reachable(folder: Path, account: Account) -> None:
    """Refuse a folder that the account cannot reach because a parent is closed; no parent's mode is ever changed."""
    for parent in reversed(folder.parents):
        if not account.may_pass(parent):
            raise HomeUnusable(
                f"Thư mục dữ liệu {folder} nằm trong {parent}, nơi tài khoản `{UNPRIVILEGED_USER}` của máy chủ "
                "không vào được. Hãy đặt SOHO_HOME ở nơi khác (ví dụ /var/lib/soho) hoặc chạy bằng tài khoản thường.",
                f"The data folder {folder} lies in {parent}, which the servers' account `{UNPRIVILEGED_USER}` cannot "
                "enter. Set SOHO_HOME elsewhere (for example /var/lib/soho) or run as an ordinary user.",
            )
