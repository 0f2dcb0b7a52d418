"""A real PostgreSQL as a child process."""

import asyncio
import os
import shutil
import signal
from pathlib import Path

import asyncpg

from services.embedded.accounts import Account
from services.embedded.binaries import postgres_programs
from services.embedded.child import Command, server_environment, spawn, tail
from services.embedded.errors import HomeUnusable, ServerFailed, quoted
from services.embedded.files import sync_folder, write_private
from services.embedded.leftovers import stop_postgres_leftovers
from services.embedded.ports import HOST
from services.embedded.server import Server

MAJOR_VERSION = "18"
ADMIN = "soho_admin"
DATABASE = "soho"
SECRET = f"postgres.{ADMIN}"
INITDB_SECONDS = 120.0
NOT_NOW = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.TooManyConnectionsError,
)
"""What a client meets while the server starts, stops, reads its journal after a crash, or has no place for him."""

# For two cores and 24 GiB, and a load of steady bulk writing with short indexed reads beside it.
SETTINGS: dict[str, str] = {
    "listen_addresses": HOST,
    # Local clients use TCP too; a socket's path is limited to 107 bytes, which a home may exceed.
    "unix_socket_directories": "",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "4GB",
    "random_page_cost": "1.1",
    # Promise 1: nothing acknowledged is lost.
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "wal_compression": "pglz",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    # Compiling costs more than it saves on queries of a few milliseconds.
    "jit": "off",
    "track_io_timing": "off",
    "password_encryption": "scram-sha-256",
    "timezone": "Asia/Ho_Chi_Minh",
    "log_timezone": "Asia/Ho_Chi_Minh",
    "datestyle": "iso, dmy",
    "logging_collector": "on",
    "log_filename": "postgresql-%a.log",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
    "log_checkpoints": "off",
    # The details of an error quote rows, and rows are about people.
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


class PostgresServer(Server):
    """PostgreSQL on `<home>/postgres/data`, with one superuser `soho_admin` and one database `soho`.

    Passwords (scram-sha-256) are needed by everybody; there is no socket. Logs of a week lie in `<home>/logs/postgres`.
    """

    name = "postgres"
    # Fast, then immediate: the next start reads the journal again.
    stop_steps = ((signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0))

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.home.path / "postgres" / "data"

    @property
    def admin_url(self) -> str:
        """The database `soho` as superuser; holds the password."""
        return f"postgresql://{ADMIN}:{self.home.secret(SECRET)}@{HOST}:{self.port}/{DATABASE}"

    async def start(self) -> None:
        """Start it, and make the database when it is missing. Raises as Server.start."""
        await super().start()
        try:
            await self._create_database()
        except BaseException:
            await self.stop()
            raise

    def last_lines(self) -> list[str]:
        """What it said while starting, then the last lines of its own log."""
        newest = max((self.home.logs / "postgres").glob("*.log"), key=lambda file: file.stat().st_mtime, default=None)
        return super().last_lines() + (tail(newest) if newest is not None else [])

    async def _prepare(self) -> None:
        self.programs = await asyncio.to_thread(postgres_programs, self.home)
        self.home.server_folder("postgres")
        self.home.server_folder("logs", "postgres")
        await stop_postgres_leftovers(self.data)
        # No process stands in the folder any more, so these are the number of a process that is gone or by now
        # somebody else's, and a data folder that was never finished.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        shutil.rmtree(self.data.parent / "unfinished", ignore_errors=True)
        if not self.data.exists():
            await self._initialise()
        self._check_data()

    def _check_data(self) -> None:
        try:
            version = (self.data / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            raise HomeUnusable(
                f"Thư mục {self.data} không phải là dữ liệu PostgreSQL nguyên vẹn (thiếu PG_VERSION). "
                "Hãy khôi phục từ bản sao lưu, hoặc chuyển thư mục này đi nơi khác rồi chạy lại.",
                f"{self.data} is no whole PostgreSQL data folder (PG_VERSION is missing). "
                "Restore it from a backup, or move it elsewhere and start again.",
            ) from None
        if version != MAJOR_VERSION:
            raise HomeUnusable(
                f"Dữ liệu trong {self.data} là của PostgreSQL {version}, bản này dùng {MAJOR_VERSION}. "
                "Hãy nâng cấp dữ liệu bằng pg_upgrade, hoặc dùng bản Sổ Hộ cũ.",
                f"The data in {self.data} is of PostgreSQL {version}, this release runs {MAJOR_VERSION}. "
                "Upgrade the data with pg_upgrade, or use the earlier release of Sổ Hộ.",
            )
        if not self.home.has_secret(SECRET):
            raise HomeUnusable(
                f"Có dữ liệu trong {self.data} nhưng thiếu mật khẩu trong secrets.json. Hãy khôi phục tệp đó.",
                f"There is data in {self.data} but secrets.json lacks its password. Restore that file.",
            )

    async def _initialise(self) -> None:
        """Make the data folder beside its place and move it there whole, so that half of one never counts."""
        fresh = self.home.server_folder("postgres", "unfinished")
        password = fresh / "password"
        try:
            write_private(password, self.home.secret(SECRET).encode(), _owner(self.home.account))
            await self._run_initdb(fresh / "data", password)
            self._adopt(fresh / "data")
        finally:
            shutil.rmtree(fresh)

    def _adopt(self, made: Path) -> None:
        with (made / "postgresql.conf").open("a") as settings:
            settings.write("\ninclude '../soho.conf'\n")
            settings.flush()
            os.fsync(settings.fileno())
        made.rename(self.data)
        sync_folder(self.data.parent)

    async def _run_initdb(self, data: Path, password: Path) -> None:
        options = [
            "--auth-host=scram-sha-256",
            "--auth-local=scram-sha-256",
            f"--username={ADMIN}",
            f"--pwfile={password}",
            "--encoding=UTF8",
            # This build has no ICU, and a locale of the machine would change the order of rows with its updates.
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--data-checksums",
            "--no-instructions",
        ]
        initdb = await spawn(
            Command(
                argv=[str(self.programs / "initdb"), "-D", str(data), *options],
                env=server_environment(self.home.path),
                log=self.home.logs / "initdb.log",
                account=self.home.account,
            )
        )
        try:
            code = await asyncio.wait_for(initdb.wait(), INITDB_SECONDS)
        except BaseException:
            await initdb.stop((signal.SIGTERM, 5.0))
            raise
        if code != 0:
            raise ServerFailed(
                f"Không tạo được dữ liệu PostgreSQL (initdb, mã {code}). Nhật ký: {initdb.log}",
                f"The PostgreSQL data could not be made (initdb, exit code {code}).{quoted(initdb.last_lines())}",
            )

    def _command(self, port: int) -> Command:
        settings = {**SETTINGS, "port": str(port), "log_directory": str(self.home.logs / "postgres")}
        lines = "".join(f"{name} = '{_escaped(value)}'\n" for name, value in settings.items())
        text = f"# Written at every start; own settings belong into ALTER SYSTEM, which overrides these.\n{lines}"
        write_private(self.data.parent / "soho.conf", text.encode(), _owner(self.home.account))
        return Command(
            argv=[str(self.programs / "postgres"), "-D", str(self.data)],
            env=server_environment(self.home.path),
            log=self._log_file(),
            death_signal=signal.SIGINT,
            account=self.home.account,
        )

    async def _serves(self, port: int) -> bool:
        try:
            connection = await self._connect(port)
        except NOT_NOW:
            return False
        except asyncpg.InvalidPasswordError as error:
            raise ServerFailed(
                "PostgreSQL không nhận mật khẩu trong secrets.json. Hãy khôi phục đúng tệp của dữ liệu này.",
                "PostgreSQL refuses the password in secrets.json. Restore the file that belongs to this data.",
            ) from error
        await connection.close()
        return True

    async def _create_database(self) -> None:
        connection = await self._connect(self.port)
        try:
            if not await connection.fetchval("select true from pg_database where datname = $1", DATABASE):
                await connection.execute(f"create database {DATABASE}")
        finally:
            await connection.close()

    async def _connect(self, port: int) -> "asyncpg.Connection[asyncpg.Record]":
        return await asyncpg.connect(
            host=HOST,
            port=port,
            user=ADMIN,
            password=self.home.secret(SECRET),
            database="postgres",
            ssl=False,
            timeout=5.0,
        )


def _owner(account: Account) -> tuple[int, int] | None:
    return (account.user, account.group) if account.dropped else None


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")
