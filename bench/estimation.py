"""Speed and memory of the estimates: the whole job from Parquet to every number, beside a measured floor.

Each figure is measured in a process of its own, after its imports; the peak is that of the process. The best
of several runs counts, as other work on the machine only adds.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from bench.rounds import ITEMS, NULL, made, method
from bening.core.estimate import Distance, Margin, index_replicates, influences, read_frame, to_margins
from bening.core.kinds import Estimates
from bening.outside import engines, sheets
from bening.outside.engines import memory
from bening.outside.engines.task import Task

SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
MANY = 10_000_000
RUNS = 5
BLOCK = 32_768
REPLICATES = 1000
NUMBERS = ("estimate", "se", "df", "lower", "upper", "se_repeat", "n_eff", "population")
NAMES = ("institution", "unit", "level", "group", "dimension")
BARS = {
    "estimate_1m_ratio_floor": "≤ 2.5",
    "estimate_1m_peak_mb": "≤ 600",
    "estimate_10m_duckdb_peak_mb": "≤ 1,000",
    "bootstrap_1000_cpu_s": "≤ 5",
    "raking_650_cpu_s": "≤ 0.1",
    "engines_worst_relative": "≤ 1e-10",
}


def measure() -> dict[str, float | int | str]:
    """Every figure of one run."""
    figures: dict[str, float | int | str] = {}
    floors = []
    for name, rows in SIZES.items():
        made(rows)
        runs = []
        for _ in range(RUNS):
            runs.append(child("job", rows))
            if rows == SIZES["1m"]:
                floors.append(child("floor", rows))
        for key in ("s", "cpu_s", "peak_mb"):
            figures[f"estimate_{name}_{key}"] = min(run[key] for run in runs)
    figures["estimate_growth_100k_to_1m"] = figures["estimate_1m_s"] / figures["estimate_100k_s"]
    figures["estimate_floor_decode_s"] = min(run["decode"] for run in floors)
    figures["estimate_floor_pass_s"] = min(run["pass"] for run in floors)
    floor = figures["estimate_floor_decode_s"] + figures["estimate_floor_pass_s"]
    figures["estimate_1m_ratio_floor"] = figures["estimate_1m_s"] / floor
    boot = [child("bootstrap", SIZES["1m"]) for _ in range(2)]
    figures["bootstrap_1000_cpu_s"] = min(run["cpu_s"] for run in boot)
    figures["raking_650_cpu_s"] = min(child("raking", SIZES["1m"])["cpu_s"] for _ in range(RUNS))
    figures["engines_worst_relative"] = child("engines", SIZES["10k"])["worst"]
    made(MANY)
    many = child("duckdb", MANY)
    figures["estimate_10m_duckdb_s"] = many["s"]
    figures["estimate_10m_duckdb_peak_mb"] = many["peak_mb"]
    if shutil.which("Rscript") is None:
        print("estimate_1m_ratio_r is left out: there is no Rscript on this machine")
    return figures


def child(what: str, rows: int) -> dict[str, float]:
    """One measurement in a fresh process."""
    line = [sys.executable, "-W", "ignore", "-m", "bench.estimation", what, str(rows)]
    print(f"  {what} {rows:,} rows …", file=sys.stderr, flush=True)
    said = subprocess.run(line, capture_output=True, text=True, check=False)
    if said.returncode:
        raise RuntimeError(said.stderr)
    found: dict[str, float] = json.loads(said.stdout.splitlines()[-1])
    return found


def peak_mb() -> float:
    """The most memory this process ever held, MB; counted from its own start, not from its parent's."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def task(rows: int, engine: str, scratch: str) -> Task:
    """The job as the program gives it to an engine, the frame read."""
    answers, strata = made(rows)
    frame, _ = read_frame(
        sheets.whole(strata, ("institution", "group", "stratum", "population")).columns, file=""
    )
    return Task(method(), answers, frame, {}, engine, Path(scratch), _none)


def _none(problems: Any) -> None:
    """The made-up files have no bad rows."""
    if list(problems):
        raise RuntimeError("a made-up row was rejected")


def timed(work: Callable[[], Any]) -> dict[str, float]:
    """Seconds, CPU seconds and peak of some work."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return {"s": time.perf_counter() - wall, "cpu_s": time.process_time() - cpu, "peak_mb": peak_mb()}


def job(rows: int, engine: str = "numpy") -> dict[str, float]:
    """Parquet and frame to all estimates."""
    method()
    with tempfile.TemporaryDirectory() as scratch:
        return timed(lambda: engines.estimate(task(rows, engine, scratch)))


def duckdb(rows: int) -> dict[str, float]:
    """The same out of core."""
    return job(rows, "duckdb")


def floor(rows: int) -> dict[str, float]:
    """What cannot be avoided: the file decoded to a byte an answer, and one pass over it in cached blocks."""
    answers, _ = made(rows)
    start = time.perf_counter()
    table = pl.read_parquet(answers).with_columns(pl.col(ITEMS).fill_null(NULL))
    items = [table[item].to_numpy() for item in ITEMS]
    decoded = time.perf_counter() - start
    keys = [table[name].to_physical().to_numpy() for name in ("group", "institution", "stratum", "unit")]
    start = time.perf_counter()
    one_pass(items, keys)
    return {"decode": decoded, "pass": time.perf_counter() - start}


def one_pass(items: list[Any], keys: list[Any]) -> None:
    """Scores of six dimensions of five items through a table, summed over runs of equal keys."""
    table, given = np.zeros(256), np.zeros(256, np.uint8)
    table[1:6], given[1:6] = range(0, 101, 25), 1
    change = np.zeros(len(keys[0]), bool)
    for key in keys:
        change[1:] |= key[1:] != key[:-1]
    for first in range(0, len(change), BLOCK):
        block = slice(first, first + BLOCK)
        heads = np.append(0, np.flatnonzero(change[block][1:]) + 1)
        for d in range(0, len(items), 5):
            codes = [item[block] for item in items[d : d + 5]]
            total = sum(table.take(each, mode="clip") for each in codes)
            count = sum(given.take(each, mode="clip") for each in codes)
            np.add.reduceat(total / np.maximum(count, 1), heads)
            np.add.reduceat(count > 0, heads, dtype=np.int64)


def bootstrap(rows: int) -> dict[str, float]:
    """A thousand replicates of every index, from the answers in memory."""
    with tempfile.TemporaryDirectory() as scratch:
        work = task(rows, "numpy", scratch)
        answers = memory.answers(work)
        return timed(
            lambda: index_replicates(influences(work.method, answers, work.frame), b"bench", draws=REPLICATES)
        )


def raking(rows: int) -> dict[str, float]:
    """Two margins of 650 institutions met by raking."""
    rng = np.random.default_rng(3)
    of = np.sort(rng.integers(0, 650, rows))
    margins = []
    for name, classes in (("sex", 2), ("age", 5)):
        people = rng.integers(200, 900, (650, classes)).astype(float)
        people *= 5000 / people.sum(axis=1, keepdims=True)
        margins.append(Margin(name, rng.integers(0, classes, rows), people))
    base = rng.uniform(1, 3, rows)
    return timed(lambda: to_margins(base, of, margins, distance=Distance.RAKING))


def all_engines(rows: int) -> dict[str, float]:
    """The largest relative difference between any number of any engine and NumPy's."""
    names = ["duckdb", "ibis:duckdb://"] + ["ibis:pyspark://"] * (shutil.which("java") is not None)
    worst = 0.0
    with tempfile.TemporaryDirectory() as scratch:
        ours = laid_out(engines.estimate(task(rows, "numpy", scratch)))
        for name in names:
            theirs = laid_out(engines.estimate(task(rows, name, scratch)))
            if ours.keys() != theirs.keys():
                raise RuntimeError(f"{name} has other rows than NumPy")
            pairs = np.array([[ours[key], theirs[key]] for key in ours])
            a, b = pairs[:, 0], pairs[:, 1]
            if (np.isnan(a) != np.isnan(b)).any():
                raise RuntimeError(f"{name} lacks other numbers than NumPy")
            worst = max(worst, float(np.nanmax(np.abs(a - b) / np.maximum(np.abs(a), 1e-9))))
    return {"worst": worst}


def laid_out(found: Estimates) -> dict[tuple[str, ...], list[float]]:
    """The numbers of each row by its names."""
    columns = [getattr(found, name) for name in NAMES]
    keys = zip(*([column.names[code] for code in column.codes] for column in columns), strict=True)
    return dict(zip(keys, np.stack([getattr(found, name) for name in NUMBERS], axis=1).tolist(), strict=True))


WORK = {
    "job": job,
    "floor": floor,
    "bootstrap": bootstrap,
    "raking": raking,
    "engines": all_engines,
    "duckdb": duckdb,
}

if __name__ == "__main__":
    print(json.dumps(WORK[sys.argv[1]](int(sys.argv[2]))))
