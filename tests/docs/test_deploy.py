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
from tests.services.embedded.processes import empty_folder

DEPLOY = Path(__file__).parents[2] / "deploy"
NATS = (DEPLOY / "nats" / "nats.conf").read_text("utf-8")


@pytest.mark.parametrize("user", PERMISSIONS)
def test_a_user_of_nats_may_say_what_he_may_in_the_embedded_server(user: str) -> None:
    block = NATS.partition(f"user: {user}\n")[2].partition("user:")[0]
    for verb in ("publish", "subscribe"):
        stated = re.search(rf"{verb}: \[(.*?)\]", block, re.DOTALL)
        assert stated is not None
        assert re.findall(r'"([^"]+)"', stated[1]) == PERMISSIONS[user][verb]


def test_nats_server_accepts_its_settings(tmp_path: Path) -> None:
    environment = {f"SOHO_NATS_PASSWORD_{user.upper()}": "secret-of-nobody" for user in PERMISSIONS}
    environment |= {"SOHO_NATS_NAME": "x", "SOHO_NATS_LISTEN": "127.0.0.1:4222", "SOHO_NATS_STORE": str(tmp_path)}
    with empty_folder() as folder:
        program = nats_server(Home(folder))
        checked = subprocess.run(
            [program, "-t", "-c", DEPLOY / "nats" / "nats.conf"], env=environment, capture_output=True, text=True
        )
    assert checked.returncode == 0, checked.stderr


def test_units_of_systemd_start_commands_that_exist() -> None:
    for file, programs in (("soho.service", ["up"]), ("soho@.service", ["follower", "projector", "api"])):
        unit = configparser.ConfigParser(interpolation=None)
        unit.read(DEPLOY / "systemd" / file)
        for program in programs:
            assert unit["Service"]["ExecStart"].replace("%i", program).split() == ["/opt/soho/.venv/bin/soho", program]
            assert program in PLACES


def test_compose_runs_every_program_with_the_login_and_the_settings_it_needs() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]
    for program, login in (("follower", "soho_worker"), ("projector", "soho_worker"), ("api", "soho_api")):
        assert services[program]["command"] == [program]
        assert f"//{login}:" in services[program]["environment"]["SOHO_DATABASE_URL"]
    given = services["setup"]["environment"]
    assert {f"SOHO_PASSWORD_{login.upper()}" for login in LOGINS} <= set(given)
