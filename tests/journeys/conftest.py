"""One small demo for all journeys: the real command, its processes, and a Chromium in front of them."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from bening.demo import phones, places
from bening.demo.people import people
from bening.demo.run import SEED
from bening.demo.stages import OPENS

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
DOORS = ("hall", "client", "gate", "box", "check", "release", "emulator")
PHONE = {"width": 360, "height": 740}


@dataclass
class Country:
    """A demo that serves: where its doors are, and a phone whose owner has not answered."""

    folder: Path
    port: int
    number: str

    def door(self, name: str) -> str:
        """The address of a door."""
        return f"http://localhost:{self.port + DOORS.index(name)}"

    @property
    def environment(self) -> dict[str, str]:
        """The settings its processes run under."""
        origins = {f"ORIGIN_{name.upper()}": self.door(name) for name in DOORS[:-1]}
        return {**os.environ, **origins, "DATA_DIR": str(self.folder), "DEPLOYMENT": "demo"}


def free_ports(count: int) -> int:
    """The first of so many free ports in a row."""
    for first in range(18400, 18900, count):
        try:
            for port in range(first, first + count):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        return first
    raise AssertionError("no free ports")


@contextmanager
def settled(folder: Path) -> Iterator[Country]:
    """`bening demo --scale small`, up to the point where it serves; it ends with the block."""
    port = free_ports(len(DOORS))
    words = ["demo", "--scale", "small", "--dir", str(folder), "--port", str(port)]
    program = [sys.executable, "-m", "bening.cli", *words]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as demo:
        assert demo.stdout
        try:
            said = []
            for line in demo.stdout:
                said.append(line)
                if "Ctrl-C ends" in line:
                    break
            found = re.search(r"/phones/(\d+)", "".join(said))
            assert found, "".join(said)
            yield Country(folder, port, found[1])
        finally:
            demo.send_signal(signal.SIGTERM)
            demo.stdout.read()


def unanswered(country: Country) -> dict[str, list[str]]:
    """Links of people who did not want to answer, by group, without the one that the demo names."""
    everybody = people(places.country("small"), SEED, OPENS)
    known = dict(phones.by_number(everybody, [{}] * len(everybody)))
    simulated = phones.Phones(phones.Round({}, "", "", ""), known, SEED)
    found: dict[str, list[str]] = {}
    for number, link in sorted(phones.links(country.door("emulator")).items()):
        if number != country.number and not simulated.willing(number):
            found.setdefault(known[number][0].group, []).append(link)
    return found


@pytest.fixture(scope="session")
def country(tmp_path_factory):
    """One demo for all; no browser, no demo."""
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    with settled(tmp_path_factory.mktemp("country") / "demo") as served:
        yield served


@pytest.fixture(scope="session")
def fresh(country):
    """A link that nobody has used: `fresh(group)`, another one each time."""
    links = unanswered(country)
    return lambda group: links[group].pop(0)


@pytest.fixture(scope="session")
def chromium():
    """One browser; each person has a window of their own."""
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def window(chromium):
    """A fresh window: its language, its width."""
    opened = []

    def fresh(language: str = "id-ID", base_url: str | None = None, **size: int) -> Page:
        viewport = {"width": 1280, "height": 900} | size
        context = chromium.new_context(locale=language, viewport=viewport, base_url=base_url)
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        return page

    yield fresh
    for context in opened:
        context.close()


def sound(page: Page) -> None:
    """No accessibility violation, nothing wider than the screen."""
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found] == [], page.url
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url
