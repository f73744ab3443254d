"""What an interview costs the counters, and how fast and in how much memory a national box is tallied.

An interview is hello, issue, ballot and receipt over HTTP. It costs the processor time of gate, box and
signer, all their parts added up, divided by the interviews; PostgreSQL is counted apart. The tally is
`bening tally` on a made-up export (`bench.sealed`), in a process of its own.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.sealed import made
from bening.core.response import LogLeaf
from bening.outside import tally
from bening.outside.tally import Records
from tests.security.phone import Phone
from tests.security.world import World, entries, world

Figures = dict[str, float | int | str]

INTERVIEWS, WARM = 600, 60
THREADS = 4
STRATA, EACH = 2_000, 300
TICK = os.sysconf("SC_CLK_TCK")
BARS = {
    "interview_server_cpu_ms": "at most 10 (gate, box and signer)",
    "interview_database_cpu_ms": "PostgreSQL beside them",
    "tally_ballots": "tallied",
    "tally_ballots_per_core_s": "at least 1,000",
    "tally_600k_peak_mb": "at most 1,000",
}


def measure() -> Figures:
    """Both."""
    return interviews(INTERVIEWS) | tallied(STRATA, EACH)


def interviews(count: int) -> Figures:
    """Processor time of the counters an interview, in ms."""
    strata = ("lampung/kota/a", "lampung/kota/b")
    with tempfile.TemporaryDirectory(prefix="bening-ballots-") as folder:
        os.environ.setdefault("DATA_DIR", folder)  # the clusters live and die with this folder
        with world(Path(folder) / "r", strata, data=Path(folder) / "data") as counters:
            people = counters.crowd([entry.kid for entry in entries(strata)] * (count // 2 + WARM))
            answered(counters, people[: 2 * WARM])
            servers, database = processes(counters)
            before = cpu(servers), cpu(database)
            answered(counters, people[2 * WARM :])
            spent = cpu(servers) - before[0], cpu(database) - before[1]
    done = len(people) - 2 * WARM
    return {
        "interview_server_cpu_ms": 1000 * spent[0] / done,
        "interview_database_cpu_ms": 1000 * spent[1] / done,
    }


def answered(counters: World, people: Iterable[Phone]) -> None:
    """hello, issue, ballot for everybody."""

    def interview(phone: Phone) -> None:
        phone.hello(counters.gate_line)
        assert phone.issue(counters.gate_line)[0] == 200
        status, said = phone.post(counters.box_line, phone.ballot({"gift": "no"}))
        assert status == 201, said

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(interview, people))


def processes(counters: World) -> tuple[list[int], list[int]]:
    """The counters with their workers, and the clusters with theirs."""
    servers = [pid for child in counters.children.values() for pid in family(child.pid)]
    names = ("hall", "box")
    heads = [counters.data / "postgres" / name / "postmaster.pid" for name in names]
    database = [pid for head in heads for pid in family(int(head.read_text().split()[0]))]
    return servers, database


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    below = [int(word) for task in tasks for word in (task / "children").read_text().split()]
    return [pid, *(found for child in below for found in family(child))]


def cpu(pids: Iterable[int]) -> float:
    """Seconds of processor time they have used, in user and in system mode."""
    words = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(word[11]) + int(word[12]) for word in words) / TICK


def tallied(strata: int, each: int) -> Figures:
    """Speed and peak memory of the tally of so many ballots."""
    export = made(strata, each)
    line = [sys.executable, "-m", "bench.ballots", *export.words()]
    print(f"  tally of {strata * each:,} ballots …", file=sys.stderr, flush=True)
    said = subprocess.run(line, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
    seconds, peak = map(float, said[-1].split())
    figures: Figures = {"tally_ballots": strata * each, "tally_ballots_per_core_s": strata * each / seconds}
    return figures | {f"tally_{strata * each // 1000}k_peak_mb": peak}


def child(words: list[str]) -> None:
    """`bening tally` in this process; the last line is its processor time in s and its peak in MB."""
    with tempfile.TemporaryDirectory() as folder:
        assert tally.main([*words, "--out", folder]) == 0
        totals = json.loads((Path(folder) / "report.json").read_bytes())["totals"]
    assert totals.get("counted") == len(Records(Path(words[1]) / "leaves.bin", LogLeaf.SIZE)), totals
    lines = Path("/proc/self/status").read_text().splitlines()
    peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    print(time.process_time(), peak)


if __name__ == "__main__":
    child(sys.argv[1:])
