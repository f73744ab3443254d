"""Files of a made-up national round for the benches: 650 institutions, 30 items, sorted by stratum."""

import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow
import pyarrow.parquet

from bening.core.kinds import Method
from bening.methods.own import read

INSTITUTIONS = 650
GROUPS = {"internal": 0.55, "external": 0.35, "expert": 0.10}
STRATA = {"internal": 3, "external": 2, "expert": 1}
UNITS = 12  # of insiders
DIMENSIONS = 6
ITEMS = [f"q{number:02}" for number in range(1, 31)]
SEED = 7
PIECE = 250_000  # rows written at a time, as the usual writers do
VERSION = 2  # of what is written below
NULL = 255


@cache
def method() -> Method:
    """Six dimensions of five items in each group."""
    dimensions = "\n".join(
        f"[dimensions.{group}]\n" + "\n".join(f'd{d} = "1/{DIMENSIONS}"' for d in range(DIMENSIONS))
        for group in GROUPS
    )
    items = "\n".join(
        f'[[items]]\nid = "{item}"\ngroup = "{group}"\ndimension = "d{place // 5}"\n'
        'scores = {"1" = 0, "2" = 25, "3" = 50, "4" = 75, "5" = 100}'
        for group in GROUPS
        for place, item in enumerate(ITEMS)
    )
    head = '[profile]\nname = "bench"\nofficial = false\nlabel = {id = "Bobot uji", en = "Bench weights"}\n'
    groups = '[groups]\ninternal = "1/2"\nexternal = "3/10"\nexpert = "1/5"\n'
    return read(f'{head}{groups}{dimensions}\n[rules]\nmissing = "withhold"\n{items}'.encode())


def made(rows: int) -> tuple[Path, Path]:
    """Answers and frame of about so many rows, made once."""
    folder = Path(tempfile.gettempdir()) / f"bening-bench-{VERSION}-{SEED}-{rows}"
    answers, frame = folder / "answers.parquet", folder / "frame.csv"
    if not frame.exists():
        folder.mkdir(exist_ok=True)
        strata = written(answers, rows)
        strata.write_csv(folder / ".frame")
        (folder / ".frame").replace(frame)
    return answers, frame


def written(path: Path, rows: int) -> pl.DataFrame:
    """Write the answers piece by piece; gives the frame that belongs to them."""
    strata, writer = [], None
    for piece in pieces(rows):
        table = pyarrow.table(piece)
        writer = writer or pyarrow.parquet.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table)
        keys = {name: piece[name].to_pylist() for name in ("institution", "group", "stratum")}
        strata.append(pl.DataFrame(keys).group_by("institution", "group", "stratum").len())
    if writer is not None:
        writer.close()
    frame = pl.concat(strata).with_columns(population=pl.col("len") * 3 + 10).drop("len")
    return frame.sort("group", "institution", "stratum")


def pieces(rows: int) -> Iterator[dict[str, pyarrow.Array]]:
    """Columns of some institutions of one group, sorted by institution, stratum and unit."""
    rng = np.random.default_rng(SEED)
    for group, share in GROUPS.items():
        each = rows * share / INSTITUTIONS
        step = min(INSTITUTIONS, max(1, int(PIECE / each)))
        for first in range(0, INSTITUTIONS, step):
            n = np.maximum(rng.poisson(each, min(step, INSTITUTIONS - first)), 4)
            who = np.repeat(np.arange(len(n)), n)
            unit = rng.integers(0, UNITS, len(who)) if group == "internal" else np.full(len(who), UNITS)
            inside = unit // 4 if group == "internal" else rng.integers(0, STRATA[group], len(who))
            order = np.lexsort((unit, inside, who))
            who, unit, inside = who[order], unit[order], inside[order]
            yield {
                "institution": words([f"i{k:03}" for k in range(INSTITUTIONS)], who + first),
                "group": words(list(GROUPS), np.full(len(who), list(GROUPS).index(group))),
                "stratum": words([f"s{k}" for k in range(3)], inside),
                "unit": words([*(f"u{k:02}" for k in range(UNITS)), ""], unit),
            } | {item: codes(who + first, rng) for item in ITEMS}


def words(names: list[str], at: np.ndarray) -> pyarrow.Array:
    """A column of words, each kept once."""
    return pyarrow.DictionaryArray.from_arrays(pyarrow.array(at.astype(np.int32)), pyarrow.array(names))


def codes(who: np.ndarray, rng: np.random.Generator) -> pyarrow.Array:
    """Answers 1–5 of one item, better in some institutions than in others; three in a hundred are missing."""
    level = np.linspace(0.3, 0.7, 11)[who * 37 % 11]
    steps = np.clip(
        np.round(np.linspace(0, 1, 256)[None, :] * 4 + 2 * np.linspace(0.3, 0.7, 11)[:, None]), 1, 5
    )
    drawn = rng.integers(0, 256, len(who), dtype=np.uint8)
    found = steps.astype(np.uint8)[np.searchsorted(np.linspace(0.3, 0.7, 11), level), drawn]
    return pyarrow.array(found, mask=drawn < 8)
