"""`bening estimate`: the index and its margins from a file of answers and a file of the frame.

Ends with 0 when the estimates are written, also when rows were left out (rejected.csv names them), with 1
when the work was refused, and with 2 when the command was not understood.
"""

import argparse
import hashlib
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter
from typing import Any

import bening
from bening.core.estimate import index_replicates, influences, read_frame
from bening.core.estimate.tables import Column
from bening.core.kinds import Coded, Estimates, Method
from bening.core.problems import Refused, refuse
from bening.methods import load
from bening.methods.own import read, with_items
from bening.outside import engines, places, results, sheets
from bening.outside.engines import memory
from bening.outside.engines.task import Task
from bening.outside.rejected import Rejected

FRAME = ("institution", "group", "stratum", "population", "psu", "psus", "parent", "type")


@dataclass
class Progress:
    """Says on the screen what is being done and how long the last thing took."""

    since: float = field(default_factory=perf_counter)

    def __call__(self, what: str) -> None:
        print(f"{perf_counter() - self.since:7.1f} s  {what}", file=sys.stderr)


def main(words: Sequence[str]) -> int:
    """Run the program."""
    options = parser().parse_args(words)
    for path in (options.answers, options.frame):
        if not path.is_file():
            parser().error(f"there is no file {path}")
    if not engines.is_engine(options.engine):
        parser().error(f"--engine is numpy, duckdb or ibis:URL, not {options.engine}")
    try:
        run(options)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


def parser() -> argparse.ArgumentParser:
    """What can be said to the program."""
    made = argparse.ArgumentParser(prog="bening estimate", description=__doc__)
    made.add_argument(
        "--method", required=True, metavar="ID|FILE", help="a known method, or a TOML file with one"
    )
    made.add_argument(
        "--answers", required=True, type=Path, metavar="FILE", help="CSV or Parquet, a row a person"
    )
    made.add_argument(
        "--frame", required=True, type=Path, metavar="FILE", help="CSV or Parquet, a row a stratum"
    )
    made.add_argument("--out", required=True, type=Path, metavar="DIR", help="where the results go")
    made.add_argument("--engine", default="numpy", metavar="NAME", help="numpy (default), duckdb or ibis:URL")
    made.add_argument(
        "--replicates",
        default=0,
        type=natural,
        metavar="N",
        help="also draw N bootstrap replicates of every index",
    )
    return made


def natural(text: str) -> int:
    """A number from 0."""
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def run(options: argparse.Namespace) -> None:
    """Estimate and write everything."""
    tell = Progress()
    method = method_of(options.method)
    if options.replicates and options.engine != "numpy":
        raise refuse("ESTIMATE-141", engine=options.engine)
    digests = {name: digest_of(getattr(options, name)) for name in ("answers", "frame")}
    seed = hashlib.sha256("\0".join((*digests.values(), method.digest)).encode()).digest()
    options.out.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="bening-") as scratch,
        Rejected(options.out / "rejected.csv") as rejected,
    ):
        tell(f"reading {options.frame.name} and {options.answers.name}, engine {options.engine}")
        task = task_of(options, method, Path(scratch), rejected)
        made, drawn = estimated(task, seed, options.replicates)
    columns = results.table(made)
    tell(f"{len(columns['n']):,} estimates; ranks")
    ranked = places.rank_table(made, seed)
    tell(f"writing to {options.out}")
    write(options.out, columns, ranked, drawn, method.id)
    origin = provenance(options, method, made, digests) | {
        "seed": seed.hex(),
        "rejected_rows": rejected.rows,
        "estimates_sha256": results.digest(columns),
    }
    results.put(options.out / "provenance.json", results.document(origin))
    tell("done" if not rejected.rows else f"done; {rejected.rows:,} rows were left out, see rejected.csv")


def provenance(
    options: argparse.Namespace, method: Method, made: Estimates, digests: Mapping[str, str]
) -> dict[str, Any]:
    """What the numbers were made from and by, and what is not among them."""
    return {
        "program": "bening estimate",
        "version": bening.__version__,
        "method": {
            "id": method.id,
            "digest": method.digest,
            "label": results.label(made),
            "official": method.official,
        },
        "inputs": {
            name: {"file": getattr(options, name).name, "sha256": digest} for name, digest in digests.items()
        },
        "engine": options.engine,
        "replicates": options.replicates,
        "status": made.status,
        "missing": [asdict(one) for one in made.missing],
        "uncovered": [asdict(one) for one in made.uncovered],
    }


def method_of(text: str) -> Method:
    """A method by its id or from a file; one by id knows no questions: each element is a column of scores."""
    return read(Path(text).read_bytes()) if Path(text).is_file() else with_items(load(text))


def digest_of(path: Path) -> str:
    """SHA-256 of a file, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def task_of(options: argparse.Namespace, method: Method, scratch: Path, rejected: Rejected) -> Task:
    """The work for an engine; rows of the frame that cannot be used are reported."""
    sheet = sheets.whole(options.frame, FRAME)
    frame, problems = read_frame(sheet.columns, file=options.frame.name, first_row=sheet.first_row)
    rejected(sheets.usable(sheet, problems)[0])
    return Task(method, options.answers, frame, types(sheet.columns), options.engine, scratch, rejected)


def types(columns: dict[str, Column]) -> dict[str, str]:
    """The type of each institution where the frame has that column; two for one are ESTIMATE-145."""
    found: dict[str, str] = {}
    who, what = columns["institution"], columns.get("type")
    if not isinstance(who, Coded) or not isinstance(what, Coded):
        return found
    for institution, kind in sorted(
        {(who.names[a], what.names[b]) for a, b in zip(who.codes, what.codes, strict=True)}
    ):
        if found.setdefault(institution, kind) != kind:
            raise refuse("ESTIMATE-145", institution=institution, one=found[institution], other=kind)
    return found


def estimated(task: Task, seed: bytes, replicates: int) -> tuple[Estimates, results.Columns | None]:
    """The estimates, and where asked for what the replicates of each index say."""
    if not replicates:
        return engines.estimate(task), None
    answers = memory.answers(task)
    made = memory.of(task, answers)
    drawn = index_replicates(influences(task.method, answers, task.frame), seed, draws=replicates)
    return made, places.replicate_table(made, drawn)


def write(
    out: Path, columns: results.Columns, ranked: results.Columns, drawn: results.Columns | None, method: str
) -> None:
    """Every table; Parquet where the extra for it is installed."""
    results.write(out, "estimates.csv", columns)
    results.write_json(out, columns, method)
    if find_spec("polars"):
        results.write_parquet(out, columns)
    results.write(out, "ranks.csv", ranked)
    if drawn is not None:
        results.write(out, "bootstrap.csv", drawn)
