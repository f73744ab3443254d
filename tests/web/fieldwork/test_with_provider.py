"""The whole way: real worker processes, the real emulator, real HTTP both ways, and a kill in the middle."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connections
from psycopg.conninfo import make_conninfo

from bening.web.fieldwork.models import Delivery
from bening.web.fieldwork.steps.invite import NotSendable, invite, ready
from bening.web.frame import steps as frame
from bening.web.outreach.models import Sender, WebhookRaw
from bening.web.outreach.steps import open_sender
from bening.web.registry.models import Round
from tests.security.world import free_port

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "gate"], transaction=True)]
CLI = [sys.executable, "-m", "bening.cli"]


class Emulator:
    """The provider as a process of its own."""

    def __init__(self, folder, webhook, secrets):
        self.url = f"http://127.0.0.1:{free_port()}"
        words = [
            "--port",
            self.url.rsplit(":", 1)[1],
            "--db",
            str(folder / "emulator.sqlite3"),
            "--webhook",
            webhook,
        ]
        words += ["--rate", "0", "--tier", "0", "--no-magic", "--speed", "10"]
        for name in ("app-secret", "verify"):
            option = "--verify-token-file" if name == "verify" else f"--{name}-file"
            words += [option, str(secrets / f"whatsapp-{name}")]
        words += ["--token-file", str(secrets / "whatsapp-token")]
        self.process = subprocess.Popen([*CLI, "emulator", *words], stdout=subprocess.DEVNULL)
        until(lambda: self.ask("GET", "/_emu/clock"))

    def ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        try:
            with urllib.request.urlopen(
                urllib.request.Request(self.url + path, data, method=method), timeout=30
            ) as page:
                text = page.read().decode()
        except ConnectionError:
            return None
        except urllib.error.URLError:
            return None
        return [json.loads(line) for line in text.splitlines()]

    def accepted(self):
        """How many messages each number got, from the provider's own ledger."""
        return Counter(row["to"] for row in self.ask("GET", "/_emu/ledger"))


def until(true, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := true():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")


@pytest.fixture
def emulator(tmp_path, settings, live_server):
    """Running, with the house's webhook address, and the house told where it is."""
    made = Emulator(tmp_path, f"{live_server.url}/hook/whatsapp/", settings.SECRETS_DIR)
    settings.WHATSAPP_BASE_URL, settings.SENDER_RATE = made.url, 60.0
    settings.WHATSAPP_PNID, settings.WHATSAPP_WABA = "100000000000001", "200000000000002"
    yield made
    made.process.terminate()
    made.process.wait(10)


@pytest.fixture
def worker(tmp_path, settings, emulator):
    """`worker()` starts one on the databases of this test; its clock is a file of this test."""
    running = []
    urls = {"DATABASE_URL": "default", "GATE_DATABASE_URL": "gate", "BOX_DATABASE_URL": "box"}
    environment = os.environ | {
        "DATA_DIR": str(tmp_path), "SECRETS_DIR": str(settings.SECRETS_DIR), "DEPLOYMENT": "demo",
        "WHATSAPP_BASE_URL": emulator.url, "WHATSAPP_PNID": settings.WHATSAPP_PNID,
        "WHATSAPP_WABA": settings.WHATSAPP_WABA, "SENDER_RATE": "60",
        **{name: url_of(alias) for name, alias in urls.items()},
    }  # fmt: skip

    def start(*only):
        words = [word for name in only or ("fold_webhooks", "janitor", "send") for word in ("--only", name)]
        running.append(subprocess.Popen([*CLI, "worker", *words], env=environment))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.wait()


def url_of(alias):
    """Where a test database is."""
    words = connections[alias].settings_dict
    parts = {
        "host": words["HOST"],
        "port": words["PORT"],
        "user": words["USER"],
        "password": words["PASSWORD"],
    }
    return make_conninfo(dbname=words["NAME"], **{name: value for name, value in parts.items() if value})


def approved(emulator, round_):
    """The template is submitted, not sendable while nobody has looked at it, and approved in time."""
    with pytest.raises(NotSendable):
        ready(round_)
    emulator.ask("POST", "/_emu/clock/advance", {"seconds": 600})
    ready(round_)


def numbers():
    """The telephones of everybody invited."""
    points = list(Delivery.objects.values_list("point_id", flat=True))
    return sorted(number.lstrip("+") for number in frame.reach(points=points).values())


def jump(tmp_path, **by):
    """Move the clock of the house."""
    part = tmp_path / ".clock"
    part.write_text(str(timedelta(**by).total_seconds()))
    part.replace(tmp_path / "clock")


def states():
    return Counter(Delivery.objects.values_list("state", flat=True))


def test_everybody_gets_exactly_one_message(frozen, emulator, worker, settings):
    """An older round whose queue is empty keeps its sender, and is passed over."""
    older = Round.objects.create(
        code="lama", edition="2024", profile="x", opens="2024-1-1", closes="2024-1-2", reference="2024-1-1"
    )
    open_sender(round=older, channel="whatsapp", rate=60, now=settings.NOW())
    approved(emulator, frozen)
    many = invite(by="siti", round=frozen, now=settings.NOW())
    worker()
    until(lambda: states() == {"delivered": many})
    got = emulator.accepted()
    assert sorted(got) == numbers()
    assert set(got.values()) == {1}
    assert not Delivery.objects.filter(possible_duplicate=True).exists()


def test_a_worker_that_is_killed_twice_sends_nobody_a_second_message(
    frozen, emulator, worker, settings, tmp_path
):
    """Two requests in five hang before it is taken, so that every kill finds some on the wire."""
    approved(emulator, frozen)
    many = invite(by="siti", round=frozen, now=settings.NOW())
    emulator.ask("PATCH", "/_emu/chaos", {"p_timeout_before_accept": 0.4, "hang_s": 200})
    for turn in (1, 2):
        before = sum(emulator.accepted().values())
        process = worker()
        until(lambda least=before: sum(emulator.accepted().values()) > least or states()["sending"])
        process.kill()
        process.wait()
        if turn == 1:
            jump(tmp_path, seconds=130)  # the leases of the dead end
            emulator.ask("PATCH", "/_emu/chaos", {"profile": "calm"})
    jump(tmp_path, seconds=270)
    worker()
    until(lambda: not {"queued", "leased", "sending"} & set(states()))
    emulator.ask("POST", "/_emu/flush", {})
    until(lambda: not WebhookRaw.objects.filter(folded_at=None).exists())
    lost = states()["unknown"]
    assert lost
    assert states()["delivered"] == sum(emulator.accepted().values()) == many - lost
    jump(tmp_path, hours=2)  # the grace of what nobody reported
    until(lambda: states() == {"delivered": many})
    got = emulator.accepted()
    assert sorted(got) == numbers()
    assert set(got.values()) == {1}
    assert Delivery.objects.filter(possible_duplicate=True).count() == lost


def test_a_token_that_expires_in_the_middle_charges_nobody(frozen, emulator, worker, settings):
    approved(emulator, frozen)
    many = invite(by="siti", round=frozen, now=settings.NOW())
    emulator.ask("PATCH", "/_emu/chaos", {"permissions": []})
    worker()
    until(lambda: Sender.objects.exclude(paused="").exists())
    until(lambda: states() == {"queued": many})
    assert Sender.objects.get().paused.startswith("stop_channel")
    assert not Delivery.objects.exclude(attempts=0).exists()
    emulator.ask("PATCH", "/_emu/chaos", {"profile": "calm"})
    Sender.objects.update(paused="")
    until(lambda: states() == {"delivered": many})
    assert set(emulator.accepted().values()) == {1}
