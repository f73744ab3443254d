"""The smallest groups of respondents that every sum is made of.

A part is everybody of one institution, group, stratum, PSU and unit. Rows are brought into the order of the
parts once; a file that is sorted already is only looked at.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bening.core.kinds import Answers, Coded, Ints
from bening.core.problems import refuse

LEVELS = ("group", "institution", "stratum", "psu", "unit")  # order of sorting, outermost first


@dataclass(frozen=True, slots=True)
class Parts:
    """P distinct parts in sorted order, as they also come out of a GROUP BY over the five columns."""

    group: Coded
    institution: Coded
    stratum: Coded
    psu: Coded
    unit: Coded
    n: Ints  # (P,) respondents


@dataclass(frozen=True, slots=True)
class Rows:
    """Where the rows of each part are: `order` (n,) sorts the answers (None: they are sorted already)."""

    order: NDArray[np.intp] | None
    starts: NDArray[np.intp]  # (P + 1,) first row of each part in that order, and the end


def parts_of(answers: Answers) -> tuple[Parts, Rows]:
    """The parts of a table of answers and the rows behind each; no answer at all is ESTIMATE-101."""
    columns = [_column(answers, level) for level in LEVELS]
    size = len(columns[0].codes)
    if size == 0:
        raise refuse("ESTIMATE-101", what="–")
    heads = run_starts([column.codes for column in columns])
    lengths = np.diff(np.append(heads, size))
    keys = _keys([Coded(column.codes[heads], column.names) for column in columns])
    if np.all(np.diff(keys) > 0):
        order, firsts = None, heads
    else:
        rowwise = np.repeat(keys, lengths)
        order = np.argsort(rowwise, kind="stable")
        heads = np.flatnonzero(np.diff(rowwise[order], prepend=-1))
        lengths, firsts = np.diff(np.append(heads, size)), order[heads]
    named = {
        level: Coded(column.codes[firsts], column.names)
        for level, column in zip(LEVELS, columns, strict=True)
    }
    return Parts(**named, n=lengths.astype(np.int64)), Rows(order, np.append(heads, size))


def _column(answers: Answers, level: str) -> Coded:
    """A column of the answers; where units or PSUs are not given, everybody carries the empty name."""
    column: Coded | None = getattr(answers, level)
    return column or Coded(np.zeros(len(answers.institution.codes), np.int32), ("",))


def run_starts(columns: list[NDArray[np.int32]]) -> NDArray[np.intp]:
    """Rows on which any column differs from the row before."""
    change = np.zeros(len(columns[0]), bool)
    change[0] = True
    for codes in columns:
        change[1:] |= codes[1:] != codes[:-1]
    return np.flatnonzero(change)


def _keys(columns: list[Coded]) -> Ints:
    """One integer a row that sorts like the columns together, renumbered before it could overflow."""
    key, bound = np.zeros(len(columns[0].codes), np.int64), 1
    for column in columns:
        if bound * len(column.names) > 2**62:
            seen, key = np.unique(key, return_inverse=True)
            bound = len(seen)
        key = key * len(column.names) + column.codes
        bound *= len(column.names)
    return key
