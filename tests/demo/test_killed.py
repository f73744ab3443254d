"""A demo that is killed goes on to a correct release: nobody is invited or counted twice."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from bening.demo.stages import ROUND

PORT = 18900
PATIENCE = 600


def start(folder):
    command = [sys.executable, "-m", "bening.cli", "demo", "--exit", "--scale", "small"]
    command += ["--dir", folder, "--port", str(PORT)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )


def state(folder):
    path = Path(folder) / "demo.json"
    return json.loads(path.read_text()) if path.exists() else {"stages": {}}


def wait_for(condition, process):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert process.poll() is None, process.stdout.read()
        assert time.monotonic() < end, "nothing moved"
        time.sleep(0.05)


def kill_when(folder, condition, later=0.0):
    process = start(folder)
    wait_for(condition, process)
    time.sleep(later)
    process.kill()
    process.communicate()


def accepted():
    try:
        with urllib.request.urlopen(f"http://localhost:{PORT + 6}/_emu/ledger?summary=1") as reply:
            return json.load(reply)["accepted"]
    except OSError:
        return 0


@pytest.fixture
def folder(tmp_path):
    yield str(tmp_path / "demo")
    wait_until_quiet(tmp_path)


def wait_until_quiet(tmp_path):
    """Children end by themselves once their conductor is gone."""
    end = time.monotonic() + 60
    while alive(tmp_path) and time.monotonic() < end:
        time.sleep(0.5)
    assert alive(tmp_path) == []


def alive(tmp_path):
    """Processes whose words or environment name this demo's folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            words = (path / "cmdline").read_bytes() + (path / "environ").read_bytes()
        except OSError:
            continue
        if str(tmp_path).encode() in words and int(path.name) != os.getpid():
            found.append((path / "cmdline").read_bytes().replace(b"\0", b" ").decode()[:120])
    return found


@pytest.mark.slow
@pytest.mark.xdist_group("demo")
@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for left-over processes in /proc")
def test_a_demo_killed_twice_ends_in_a_correct_release(folder, tmp_path):
    """Once in the middle of sending, once in the middle of answering; kill -9 of the conductor each time."""
    kill_when(folder, lambda: accepted() > 300)
    wait_until_quiet(tmp_path)
    kill_when(folder, lambda: "real phones" in state(folder)["stages"], later=2.0)
    wait_until_quiet(tmp_path)
    last = start(folder)
    said, _ = last.communicate(timeout=PATIENCE)
    assert last.returncode == 0, said

    figures = state(folder)["figures"]
    assert figures["messages"] == figures["invited"] > 1000
    assert figures["counted"] + figures["withheld"] == figures["answers"] > 500
    assert 0 <= figures["withheld"] < 10
    index = json.loads((Path(folder) / "release" / "index.json").read_text())
    assert len(index["institutions"]) == 3
    assert all(row["lower"] < row["estimate"] < row["upper"] for row in index["institutions"])
    counts = json.loads((Path(folder) / "counts" / f"{ROUND}.json").read_text())["labels"]
    assert sum(row["issued"] for row in counts.values()) == figures["answers"]
