"""The data folder of one installation: who owns it, its lock, its passwords, and what runs on it now.

    soho.lock       marks the folder as ours and is held by the running supervisor
    secrets.json    passwords, made once
    ports.json      ports chosen at the first start
    runtime.json    ports and processes while running
    logs/           one file for each child process
    postgres/ nats/ the servers' data, theirs alone
    binaries/       copies of the servers, only when root runs them as somebody else

When root runs the servers as another account, the folder itself stays root's and only `postgres/`, `nats/` and their
log folders are that account's: a server that was broken into can neither read the passwords of the other one nor
plant a link that root would follow.
"""

import contextlib
import fcntl
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import msgspec
import platformdirs

from services.embedded.accounts import Account, require_reachable, server_account
from services.embedded.errors import HomeInUse, HomeUnusable, NotRunning
from services.embedded.files import write_private
from services.embedded.marks import ProcessMark

LOCK = "soho.lock"
PASSWORD_BYTES = 24


class Runtime(msgspec.Struct, frozen=True):
    """What runs on a home: the supervisor, the servers' ports on 127.0.0.1, and every child process by name."""

    supervisor: ProcessMark
    nats_port: int
    postgres_port: int
    processes: dict[str, ProcessMark]


def default_home() -> Path:
    """Where an installation keeps its data: SOHO_HOME, else /var/lib/soho for root, else the user's data folder."""
    named = os.environ.get("SOHO_HOME")
    if named:
        return Path(named)
    if os.geteuid() == 0:
        return Path("/var/lib/soho")
    return Path(platformdirs.user_data_dir("soho"))


class Home:
    """The data folder. Nothing is touched before `locked()`; reading `runtime()` needs no lock."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = (path or default_home()).expanduser().resolve()
        self.account: Account = server_account()
        self._lock: int | None = None

    @property
    def logs(self) -> Path:
        """Where each child process's output goes, as `<name>.log`."""
        return self.path / "logs"

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Make the folder ready and hold it against every other supervisor.

        Raises HomeInUse when another one holds it, HomeUnusable when the folder cannot be ours.
        """
        try:
            self._create()
            self._hold()
        except PermissionError as error:
            raise self._belongs_to_another() from error
        try:
            self._arrange()
            yield
        finally:
            self._release()

    def server_folder(self, *parts: str) -> Path:
        """A folder below the home that belongs to the servers' account alone (0700), created when missing."""
        folder = self.path.joinpath(*parts)
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.account.dropped:
            os.chown(folder, self.account.user, self.account.group)
        folder.chmod(0o700)
        return folder

    def secret(self, name: str) -> str:
        """The password kept under `name` (letters and digits only), made at the first request while the home is held.

        Raises NotRunning when it was never made and this process does not hold the home.
        """
        known = self._read("secrets.json")
        if name not in known:
            if self._lock is None:
                raise self._not_running()
            known[name] = secrets.token_hex(PASSWORD_BYTES)
            write_private(self.path / "secrets.json", msgspec.json.encode(known))
        return str(known[name])

    def has_secret(self, name: str) -> bool:
        """Whether a password is kept under `name`."""
        return name in self._read("secrets.json")

    def remembered_port(self, server: str) -> int | None:
        """The port the server had at its last start."""
        port = self._read("ports.json").get(server)
        return port if isinstance(port, int) else None

    def remember_port(self, server: str, port: int) -> None:
        """Keep the port for the next start, so that addresses people wrote down stay valid."""
        write_private(self.path / "ports.json", msgspec.json.encode({**self._read("ports.json"), server: port}))

    def write_runtime(self, runtime: Runtime) -> None:
        """Tell other terminals what is running here."""
        write_private(self.path / "runtime.json", msgspec.json.encode(runtime))

    def clear_runtime(self) -> None:
        """Nothing runs here any more."""
        (self.path / "runtime.json").unlink(missing_ok=True)

    def runtime(self) -> Runtime:
        """What is running on this home, for any process that may read it.

        Raises NotRunning when nothing is or the supervisor that wrote it is gone, HomeUnusable when the home belongs
        to somebody else.
        """
        try:
            runtime = msgspec.json.decode((self.path / "runtime.json").read_bytes(), type=Runtime)
        except PermissionError as error:
            raise self._belongs_to_another() from error
        except (FileNotFoundError, NotADirectoryError, msgspec.DecodeError) as error:
            raise self._not_running() from error
        if not runtime.supervisor.alive():
            raise self._not_running()
        return runtime

    def _create(self) -> None:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (self.path / LOCK).exists() and any(self.path.iterdir()):
            raise HomeUnusable(
                f"{self.path} đã có dữ liệu khác, không phải thư mục của Sổ Hộ. "
                "Hãy đặt SOHO_HOME tới một thư mục trống.",
                f"{self.path} holds something else and is no folder of Sổ Hộ. Set SOHO_HOME to an empty folder.",
            )
        owner = self.path.stat().st_uid
        if owner != os.geteuid() and (self.path / LOCK).exists():
            raise self._belongs_to_another()
        if self.account.dropped:
            require_reachable(self.path, self.account)

    def _hold(self) -> None:
        descriptor = os.open(self.path / LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 32).decode() or "?"
            os.close(descriptor)
            raise HomeInUse(
                f"Sổ Hộ đang chạy trên {self.path} (tiến trình {holder}). Hãy dùng bản đang chạy (`soho state`), "
                f"hoặc dừng nó (Ctrl-C, hay `kill {holder}`) rồi chạy lại, hoặc đặt SOHO_HOME tới thư mục khác.",
                f"Sổ Hộ is already running on {self.path} (process {holder}). Use the running one (`soho state`), "
                f"or stop it (Ctrl-C, or `kill {holder}`) and start again, or set SOHO_HOME to another folder.",
            ) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        self._lock = descriptor

    def _arrange(self) -> None:
        for folder in (self.path, self.logs):
            folder.mkdir(exist_ok=True)
            if self.account.dropped:
                os.chown(folder, os.geteuid(), self.account.group)
            folder.chmod(0o710 if self.account.dropped else 0o700)

    def _release(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _read(self, name: str) -> dict[str, str | int]:
        try:
            return msgspec.json.decode((self.path / name).read_bytes(), type=dict[str, str | int])
        except FileNotFoundError:
            return {}
        except PermissionError as error:
            raise self._belongs_to_another() from error
        except msgspec.DecodeError as error:
            raise HomeUnusable(
                f"Tệp {self.path / name} bị hỏng. Hãy khôi phục tệp này từ bản sao lưu.",
                f"The file {self.path / name} is damaged. Restore it from a backup.",
            ) from error

    def _belongs_to_another(self) -> HomeUnusable:
        return HomeUnusable(
            f"Thư mục dữ liệu {self.path} thuộc tài khoản khác. Hãy chạy bằng tài khoản đó, "
            "hoặc đặt SOHO_HOME tới thư mục của mình.",
            f"The data folder {self.path} belongs to another user. Run as that user, "
            "or set SOHO_HOME to a folder of your own.",
        )

    def _not_running(self) -> NotRunning:
        return NotRunning(
            f"Sổ Hộ chưa chạy trên {self.path}. Hãy chạy `soho up`, hoặc đặt SOHO_HOME tới đúng thư mục.",
            f"Sổ Hộ is not running on {self.path}. Run `soho up`, or set SOHO_HOME to the right folder.",
        )
