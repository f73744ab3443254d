"""The files of deploy/ keep what the design says: who is told what, and what nobody writes down."""

import re
from pathlib import Path

import pytest

from bening.cli import PROGRAMS
from bening.web.config import postgres, roles, wsgi_client

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
ENVIRONMENTS = sorted((DEPLOY / "env").rglob("*.env"))
SERVERS = [path for path in sorted((DEPLOY / "nginx").glob("*.conf")) if "server {" in path.read_text()]
NO_NETWORK = ("box", "cek", "gate", "nightly-box", "nightly-gate", "nightly-signer", "signer")
MAY_KNOW = {  # process -> databases it is told of
    "hall": {"DATABASE_URL"},
    "cek": {"DATABASE_URL"},
    "worker": {"DATABASE_URL", "GATE_DATABASE_URL"},
    "gate": {"GATE_DATABASE_URL"},
    "nightly-gate": {"GATE_DATABASE_URL"},
    "box": {"BOX_DATABASE_URL"},
    "nightly-box": {"BOX_DATABASE_URL"},
}


def settings_of(path):
    """Name and value."""
    return dict(line.split("=", 1) for line in path.read_text().splitlines() if line)


@pytest.mark.parametrize("path", ENVIRONMENTS, ids=lambda path: f"{path.parent.name} {path.stem}")
def test_a_process_is_told_of_its_own_database_under_its_own_role(path):
    told = settings_of(path)
    assert {name for name in told if name in postgres.URLS.values()} == MAY_KNOW[path.stem]
    known = {role for grants in roles.GRANTS.values() for role in grants} | set(roles.NIGHTLY.values())
    for name in MAY_KNOW[path.stem]:
        role = re.match(r"postgresql://(\w+)@", told[name])[1]
        assert role in known | {"bening_hall"}
        wanted = path.stem.removeprefix("nightly-")
        assert role in ("bening_hall", "bening_sender") or wanted in role
        assert ("nightly" in role) == ("nightly" in path.stem)


@pytest.mark.parametrize("path", ENVIRONMENTS, ids=lambda path: f"{path.parent.name} {path.stem}")
def test_every_setting_is_a_documented_one_and_secrets_lie_in_a_folder_of_the_process(path):
    page = (DEPLOY.parent / "docs" / "settings.md").read_text()
    told = settings_of(path)
    assert [name for name in told if f"| `{name}` |" not in page] == []
    assert told["SECRETS_DIR"] == f"/etc/bening/secrets/{path.stem}"
    assert told["DEPLOYMENT"] == path.parent.name


def test_both_sides_of_the_split_stand_under_different_hosts():
    told = settings_of(DEPLOY / "env" / "split" / "gate.env")
    hosts = [told[name].rpartition("//")[2].split(".", 1)[1] for name in ("ORIGIN_GATE", "ORIGIN_BOX")]
    assert len(set(hosts)) == 2


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_unit_starts_what_there_is_as_a_user_of_its_own(path):
    text = path.read_text()
    line = re.search(r"^ExecStart=/opt/bening/bin/(.*)$", text, re.MULTILINE)[1].split()
    wsgi = line[-1].rpartition(".")[2]
    assert (line[0] == "bening" and line[1] in PROGRAMS) or (
        line[0] == "gunicorn" and (Path(roles.__file__).parent / f"{wsgi}.py").exists()
    )
    name = path.stem.removeprefix("bening-")
    assert re.search(r"^User=(bening-[a-z-]+)$", text, re.MULTILINE)
    alone = "PrivateNetwork=yes" in text and "RestrictAddressFamilies=AF_UNIX\n" in text
    assert alone == (name in NO_NETWORK)


def test_clusters_are_told_to_forget_as_the_embedded_ones_are():
    lines = (DEPLOY / "postgres" / "quiet.conf").read_text().splitlines()
    told = dict(line.split(" = ") for line in lines if " = " in line)
    assert told == postgres.QUIET | {"listen_addresses": "''"}


def test_every_role_may_be_entered_by_one_user_and_no_user_has_both_sides():
    lines = (DEPLOY / "postgres" / "pg_ident.conf").read_text().splitlines()
    pairs = [line.split()[1:] for line in lines if line.startswith("bening ")]
    counters = {role for grants in roles.GRANTS.values() for role in grants} | set(roles.NIGHTLY.values())
    for role in counters:
        assert len([user for user, mapped in pairs if mapped == role]) == 1, role
    for user in {user for user, _ in pairs}:
        sides = {"box" in role for mapped, role in pairs if mapped == user}
        assert len(sides) == 1, user


@pytest.mark.parametrize("path", SERVERS, ids=lambda path: path.stem)
def test_no_web_server_writes_down_a_visitor(path):
    text = path.read_text()
    assert "access_log off;" in text
    assert "access_log /" not in text
    assert re.findall(r"error_log \S+ (\w+);", text) == ["crit"]
    forwarded = re.findall(r"bening-(\w+)/http;.*?X-Forwarded-For (\S+);", text, re.DOTALL)
    assert all(value == '""' for process, value in forwarded if process != "hall")


@pytest.mark.parametrize("name", ["one-machine", "split"])
def test_the_publisher_sends_the_headers_that_the_house_sends(name):
    text = (DEPLOY / "nginx" / f"respondent-headers.{name}.conf").read_text()
    shape = re.sub(r"connect-src [^;]*", "connect-src", wsgi_client.policy())
    assert shape in re.sub(r"connect-src [^;]*", "connect-src", text)
    told = settings_of(DEPLOY / "env" / name / "gate.env")
    calls = " ".join(told[origin] for origin in ("ORIGIN_GATE", "ORIGIN_BOX", "ORIGIN_CHECK"))
    assert f"connect-src 'self' {calls};" in text
