"""Hours in which many of a group answered are counted in memory; a small number never reaches a disk."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bening.web.fieldwork.gate import hours
from tests.security.world import entries, world

pytestmark = pytest.mark.skipif(not os.path.ismount("/dev/shm"), reason="no file system here is memory")  # noqa: S108
STRATA = ("lampung/kota/a", "lampung/kota/b")
DAY, AFTER = date(2026, 1, 20), date(2026, 1, 21)
MANY, FEW = 12, 9
NOON = datetime(2026, 1, 20, 12, tzinfo=UTC)
ONE_WORKER = """
import sys; from datetime import UTC, datetime; from pathlib import Path
from bening.web.fieldwork.gate import hours
for _ in range(400):
    hours.count(Path(sys.argv[1]), digest="a" * 64, place=3, now=datetime(2026, 1, 20, 12, tzinfo=UTC))
"""


@pytest.fixture
def memory(tmp_path):
    """A folder in memory."""
    folder = Path("/dev/shm") / f"bening-test-{os.getpid()}"  # noqa: S108
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def evening(tmp_path_factory):
    """Twelve of one group and nine of another answered at noon; some asked twice."""
    with world(tmp_path_factory.mktemp("hours") / "r", STRATA) as counters:
        counters.kids = [entry.kid for entry in entries(STRATA)]
        for kid, people in zip(counters.kids, (MANY, FEW), strict=True):
            for phone in counters.crowd([kid] * people):
                phone.hello(counters.gate_line)
                assert phone.issue(counters.gate_line)[0] == phone.issue(counters.gate_line)[0] == 200
        yield counters


def on_disk(counters, kid):
    """Whether any file of the clusters or of the gate's folder names an hour of this group."""
    counters.run("gate", "CHECKPOINT")
    mark = f"{kid}{DAY}".encode()
    folders = (counters.data / "postgres", counters.folder)
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return any(mark in path.read_bytes() for path in files if path.exists())


@pytest.mark.slow
def test_a_cell_of_nine_is_never_on_a_disk(evening):
    assert len(list(evening.memory.iterdir())) == 1
    evening.night("gate")  # the day is not over yet
    assert evening.rows("gate", "SELECT * FROM gate_hour") == []
    evening.clock(AFTER)
    evening.night("gate")
    large, small = evening.kids
    assert evening.rows("gate", "SELECT kid, slot, count FROM gate_hour") == [(large, f"{DAY}T12", MANY)]
    assert list(evening.memory.iterdir()) == []
    assert on_disk(evening, large)
    assert not on_disk(evening, small)


@pytest.mark.slow
def test_a_machine_that_stops_loses_a_day_of_statistics_and_nothing_else(evening):
    evening.clock(AFTER)
    people = evening.crowd(evening.kids[:1] * MANY)
    for phone in people:
        phone.hello(evening.gate_line)
        assert phone.issue(evening.gate_line)[0] == 200
    before = evening.rows("gate", "SELECT count(*) FROM gate_hour")
    evening.kill("gate")
    shutil.rmtree(evening.memory)
    evening.start("gate")
    evening.clock(date(2026, 1, 22))
    evening.night("gate")
    assert evening.rows("gate", "SELECT count(*) FROM gate_hour") == before
    assert all(phone.issue(evening.gate_line)[0] == 200 for phone in people)


def test_workers_of_one_gate_count_together(memory):
    line = [sys.executable, "-c", ONE_WORKER, str(memory)]
    workers = [subprocess.Popen(line) for _ in range(3)]
    assert [worker.wait() for worker in workers] == [0, 0, 0]
    [(day, path)] = hours.over(memory, digest="a" * 64, now=NOON.replace(day=21))
    assert (day, hours.whole(path)) == (str(DAY), {(3, 12): 1200})


def test_a_folder_on_a_disk_is_not_used(tmp_path):
    if hours.in_memory(tmp_path):
        pytest.skip("the temporary folder is memory itself")
    hours.count(tmp_path / "hours", digest="a" * 64, place=0, now=NOON)
    assert not (tmp_path / "hours").exists()


def test_files_of_another_round_are_removed_unread(memory):
    hours.count(memory, digest="b" * 64, place=0, now=NOON)
    assert list(hours.over(memory, digest="a" * 64, now=NOON.replace(day=21))) == []
    assert list(memory.iterdir()) == []
