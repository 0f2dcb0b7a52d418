"""What lies in deploy/ is what the programs and the embedded servers are."""

import configparser
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from services.cli import PLACES
from services.embedded.binaries import nats_server
from services.embedded.home import Home
from services.embedded.nats import PERMISSIONS
from services.installation import LOGINS
from services.transport import Unprotected, check_database, check_nats
from tests.anything import OURS
from tests.external import Authority
from tests.services.embedded.processes import empty_folder

DEPLOY = Path(__file__).parents[2] / "deploy"
NATS = (DEPLOY / "nats" / "nats.conf").read_text("utf-8")


@pytest.mark.parametrize("user", OURS)
def test_a_user_of_nats_may_say_what_he_may_in_the_embedded_server(user: str) -> None:
    block = NATS.partition(f"user: {user}\n")[2].partition("user:")[0]
    for verb in ("publish", "subscribe"):
        stated = re.search(rf"{verb}: \[(.*?)\]", block, re.DOTALL)
        assert stated is not None
        assert re.findall(r'"([^"]+)"', stated[1]) == PERMISSIONS[user][verb]


def test_nats_server_accepts_its_settings(tmp_path: Path) -> None:
    environment = {f"SOHO_NATS_PASSWORD_{user.upper()}": "secret-of-nobody" for user in OURS}
    environment |= {"SOHO_NATS_NAME": "x", "SOHO_NATS_LISTEN": "127.0.0.1:4222", "SOHO_NATS_STORE": str(tmp_path)}
    with empty_folder() as folder, Home(folder).locked():
        program = nats_server(Home(folder))
        certificate, key = Authority(Home(folder)).certificate("nats")
        environment |= {"SOHO_NATS_CERT_FILE": str(certificate), "SOHO_NATS_KEY_FILE": str(key)}
        checked = subprocess.run(
            [program, "-t", "-c", DEPLOY / "nats" / "nats.conf"], env=environment, capture_output=True, text=True
        )
    assert checked.returncode == 0, checked.stderr


def test_units_of_systemd_start_commands_that_exist() -> None:
    for file, programs in (("soho.service", ["up"]), ("soho@.service", ["follower", "projector", "api"])):
        unit = configparser.ConfigParser(interpolation=None, strict=False)
        unit.read(DEPLOY / "systemd" / file)
        for program in programs:
            assert unit["Service"]["ExecStart"].replace("%i", program).split() == ["/opt/soho/.venv/bin/soho", program]
            assert program in PLACES


COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
SERVICES = COMPOSE["services"]
PROGRAMS = {
    "follower": ("worker", "follower"),
    "projector": ("worker", "follower"),
    "api": ("api", "intake"),
}
"""Program → the login in PostgreSQL and the user of NATS that its addresses name."""


def test_compose_runs_every_program_with_the_addresses_it_needs_as_secrets() -> None:
    for program, (login, user) in PROGRAMS.items():
        service = SERVICES[program]
        assert service["command"] == [program]
        addresses = [f"{user}_nats_url", f"{login}_database_url"]
        assert service["secrets"] == addresses
        assert service["environment"]["SOHO_NATS_URL_FILE"] == f"/run/secrets/{addresses[0]}"
        assert service["environment"]["SOHO_DATABASE_URL_FILE"] == f"/run/secrets/{addresses[1]}"
        assert f"soho_{login}" in LOGINS
        assert user in OURS
    given = SERVICES["setup"]["environment"]
    assert {f"SOHO_PASSWORD_{login.upper()}_FILE" for login in LOGINS} <= set(given)
    assert {"SOHO_OIDC_ISSUER", "SOHO_OIDC_AUDIENCE"} <= set(SERVICES["api"]["environment"])


def test_compose_hands_over_every_secret_that_it_names_and_puts_no_password_into_an_address() -> None:
    assert {Path(secret["file"]).name for secret in COMPOSE["secrets"].values()} == set(COMPOSE["secrets"])
    used = {name for service in SERVICES.values() for name in service.get("secrets", ())}
    assert used == set(COMPOSE["secrets"])
    for service in SERVICES.values():
        for name, value in service["environment"].items():
            assert "://" not in value, name
            if value.startswith("/run/secrets/"):
                assert value.removeprefix("/run/secrets/") in service["secrets"]


def test_the_addresses_shown_in_deploy_are_taken_where_the_authority_lies(tmp_path: Path) -> None:
    """Each is what somebody will copy."""
    (tmp_path / "ca.pem").touch()
    shown = [address for file in ("compose.yaml", "systemd/soho@.service") for address in _shown(DEPLOY / file)]
    assert len(shown) == 4
    for address in shown:
        check = check_nats if address.startswith("tls://") else check_database
        with pytest.raises(Unprotected, match="sslrootcert"):
            check(address)
        check(re.sub(r"/(tls|etc/soho)/ca.pem", f"{tmp_path}/ca.pem", address))


def _shown(file: Path) -> list[str]:
    return re.findall(r"(?:tls|postgresql)://\S+:PASSWORD@\S+", file.read_text("utf-8"))


def test_only_those_who_come_with_tls_and_a_password_reach_postgresql() -> None:
    lines = [line.split() for line in (DEPLOY / "postgres" / "pg_hba.conf").read_text("utf-8").splitlines()]
    rules = [line for line in lines if line and not line[0].startswith("#")]
    assert [(rule[0], rule[-1]) for rule in rules] == [("local", "peer"), ("hostssl", "scram-sha-256")]
    (start,) = SERVICES["postgres"]["command"]
    assert "-c ssl=on" in start
    assert "-c hba_file=/etc/postgres/pg_hba.conf" in start


def test_a_unit_of_systemd_gets_its_addresses_as_credentials() -> None:
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.read(DEPLOY / "systemd" / "soho@.service")
    settings = (DEPLOY / "systemd" / "soho@.service").read_text("utf-8")
    for name in ("nats_url", "database_url"):
        assert f"LoadCredential={name}:/etc/soho/%i.{name}\n" in settings
        assert f"SOHO_{name.upper()}_FILE=%d/{name}" in unit["Service"]["Environment"]
