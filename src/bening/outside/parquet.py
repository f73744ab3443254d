"""Parquet in and out through Polars, which reads and writes and never adds anything up.

Sums over narrow integers wrap silently there (100 + 90 + 80 = 14 in UInt8), and arithmetic has one home:
NumPy.
"""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import numpy as np
import polars as pl

from bening.core.estimate import coded
from bening.core.estimate.tables import Column
from bening.core.kinds import Coded, Place, Problem
from bening.core.problems import Refused
from bening.outside.sheets import BATCH, KEYS, Sheet

EMPTY = 255
BYTES = (*map(str, range(EMPTY)), "")  # words of the numbers of one byte, the last for an absent one
FIRST = 1  # rows of a Parquet file have no heading above them


def whole(path: Path, names: Collection[str], numbers: Collection[str]) -> Sheet:
    """Those of the named columns that the file has."""
    return _sheet(pl.read_parquet(path, columns=_there(path, names)), numbers, FIRST)


def batches(path: Path, names: Collection[str], numbers: Collection[str]) -> Iterator[Sheet]:
    """The same in batches."""
    lazy = pl.scan_parquet(path).select(_there(path, names))
    rows = int(lazy.select(pl.len()).collect().item())
    for start in range(0, rows, BATCH):
        yield _sheet(lazy.slice(start, BATCH).collect(), numbers, start + FIRST)


def write(path: Path, columns: Mapping[str, object], label: str) -> None:
    """A table as Parquet; the label of the weights stands in its metadata too."""
    pl.DataFrame(columns).write_parquet(path, metadata={"method_label": label})


def write_words(path: Path, columns: Mapping[str, Coded]) -> None:
    """A table of words as Parquet."""
    words = {name: pl.Series(column.names, dtype=pl.String)[column.codes] for name, column in columns.items()}
    pl.DataFrame(words).write_parquet(path)


def _there(path: Path, names: Collection[str]) -> list[str]:
    """Those of the named columns that the file has; ESTIMATE-144: it is no Parquet file."""
    try:
        return [name for name in pl.read_parquet_schema(path) if name in names]
    except pl.exceptions.PolarsError as bad:
        raise Refused(Problem("ESTIMATE-144", Place(file=path.name), {"why": str(bad)})) from bad


def _sheet(table: pl.DataFrame, numbers: Collection[str], first_row: int) -> Sheet:
    """Every column as numbers, as answer codes of one byte, or as words."""
    kinds = table.schema
    bytes_ = [name for name in kinds if kinds[name] == pl.UInt8 and name not in (*KEYS, *numbers)]
    highest = table.select(pl.col(bytes_).max()).row(0) if bytes_ else ()
    narrow = [name for name, most in zip(bytes_, highest, strict=True) if most != EMPTY]
    table = table.with_columns(pl.col(narrow).fill_null(EMPTY))
    columns: dict[str, Column] = {}
    for name, kind in kinds.items():
        if name in narrow:
            columns[name] = Coded(table[name].to_numpy(), BYTES)
        elif kind.is_float() or (name in numbers and kind.is_numeric()):
            columns[name] = table[name].cast(pl.Float64).to_numpy()
        else:
            columns[name] = _words(table[name])
    return Sheet(columns, table.height, first_row, {})


def _words(values: pl.Series) -> Coded:
    """A column as words, each kept once; an absent entry is the empty word."""
    kept = values if isinstance(values.dtype, pl.Categorical) else _once(values)
    physical = kept.to_physical()
    absent = int(physical.max() or 0) + 1  # type: ignore[arg-type]  # whole numbers
    codes = (physical.cast(pl.UInt32).fill_null(absent) if kept.null_count() else physical).to_numpy()
    heads = np.flatnonzero(np.append(len(codes) > 0, codes[1:] != codes[:-1]))  # few where rows are sorted
    there, first = np.unique(codes[heads], return_index=True)
    words = coded(kept[heads[first]].cast(pl.String).fill_null("").to_list())
    place = np.zeros(absent + 1, np.int32)
    place[there] = words.codes
    return Coded(place[codes], words.names)


def _once(values: pl.Series) -> pl.Series:
    """A column with each of its words kept once."""
    words = values.cast(pl.String).fill_null("")
    return words.cast(pl.Enum(words.unique(maintain_order=True)))
