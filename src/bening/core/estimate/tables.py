"""Columns of a file turned into answers and a frame; what cannot be used is named by row.

Whoever reads the file hands over its columns: words as `Coded`, numbers as float arrays. Nothing here opens
one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bening.core.estimate.cells import BLOCK
from bening.core.estimate.parts import run_starts
from bening.core.estimate.scores import codes_of
from bening.core.estimate.strata import recoded
from bening.core.kinds import (
    MISSING,
    NOT_ASKED,
    Answers,
    Bools,
    Coded,
    Floats,
    Frame,
    Group,
    Ints,
    Item,
    Method,
    Place,
    Problem,
)
from bening.core.problems import Refused

Column = Coded | Floats
KEYS = ("institution", "group", "stratum")
HEADED = 2  # number of the first row of data in a file with one line of names
STRANGE = 253  # stands for a word that is no code of an item, while its column is read
SKIPPED = "-"  # entry of an item the respondent was not routed to; an empty one was asked and not answered


def coded(words: Sequence[str]) -> Coded:
    """A column of words with each kept once, in the order of first appearance."""
    names = tuple(dict.fromkeys(words))
    place = {name: number for number, name in enumerate(names)}
    return Coded(np.fromiter((place[word] for word in words), np.int32, len(words)), names)


def read_frame(
    columns: Mapping[str, Column], *, file: str, first_row: int = HEADED
) -> tuple[Frame, tuple[Problem, ...]]:
    """The frame of a round: institution, group, stratum, population; psu, psus and parent where given.

    Rows whose population is no number from 0 are left out and reported (ESTIMATE-114). Columns that are
    missing refuse the file (ESTIMATE-115).
    """
    _need(columns, (*KEYS, "population"), file)
    population = _numbers(columns["population"])
    psus = _numbers(columns["psus"]) if "psus" in columns else None
    good = population >= 0
    problems = _report(~good, "ESTIMATE-114", columns["population"], file, "population", first_row)
    if psus is not None:
        psus = np.where(np.isnan(psus), 0, psus)
    words = {name: _rows(_words(columns[name]), good) for name in (*KEYS, "psu", "parent") if name in columns}
    return Frame(
        **words,
        population=population[good].astype(np.int64),
        psus=None if psus is None else psus[good].astype(np.int64),
    ), problems


def read_answers(
    method: Method, columns: Mapping[str, Column], frame: Frame, *, file: str, first_row: int = HEADED
) -> tuple[Answers, tuple[Problem, ...]]:
    """The answers of a round: institution, group, stratum, the items; unit, psu and weight where given.

    A row is left out and reported with its reason when its group is unknown (ESTIMATE-105), its stratum (103)
    or PSU (146) is not in the frame, its weight (108), a code (106) or a score (111, 114) cannot be used.
    Columns that are missing refuse the file (ESTIMATE-115).
    """
    items = {item.id: item for item in method.items if item.dimension}
    _need(columns, (*KEYS, *(["psu"] if lists_psus(frame) else []), *items), file)
    words = {name: _words(columns[name]) for name in (*KEYS, "unit", "psu") if name in columns}
    problems = list(_strangers(method, words, frame, file, first_row))
    numbers, scores = {}, {}
    for name, item in items.items():
        scores[name], found = _scores(item, columns[name], file, first_row)
        problems += found
    if "weight" in columns:
        numbers["weight"] = _numbers(columns["weight"])
        bad = ~(np.isfinite(numbers["weight"]) & (numbers["weight"] > 0))
        problems += _report(bad, "ESTIMATE-108", columns["weight"], file, "weight", first_row, word="weight")
    answers = Answers(**words, items=scores, weight=numbers.get("weight"))
    bad_rows = np.unique(
        [problem.place.row - first_row for problem in problems if problem.place.row is not None]
    )
    return (kept(answers, bad_rows) if bad_rows.size else answers), tuple(problems)


def lists_psus(frame: Frame) -> bool:
    """Whether the frame names PSUs: then every row of answers must name its own."""
    return frame.psu is not None and any(frame.psu.names)


def kept(answers: Answers, without: Ints | NDArray[np.float64]) -> Answers:
    """The answers without the rows numbered (from 0)."""
    good = np.ones(len(answers.institution.codes), bool)
    good[np.asarray(without, np.int64)] = False
    return select(answers, good)


def select(answers: Answers, rows: Bools) -> Answers:
    """The answers of some rows (n,)."""

    return replace(
        answers,
        institution=_rows(answers.institution, rows),
        group=_rows(answers.group, rows),
        stratum=_rows(answers.stratum, rows),
        unit=_cut(answers.unit, rows),
        psu=_cut(answers.psu, rows),
        items={name: column[rows] for name, column in answers.items.items()},
        weight=None if answers.weight is None else answers.weight[rows],
    )


def keep_rows(frame: Frame, rows: Bools) -> Frame:
    """The frame of some rows (F,)."""
    return Frame(
        _rows(frame.institution, rows),
        _rows(frame.group, rows),
        _rows(frame.stratum, rows),
        frame.population[rows],
        psu=_cut(frame.psu, rows),
        psus=None if frame.psus is None else frame.psus[rows],
        parent=_cut(frame.parent, rows),
    )


def _cut(column: Coded | None, rows: Bools) -> Coded | None:
    return None if column is None else _rows(column, rows)


def _rows(column: Coded, rows: Bools) -> Coded:
    return Coded(column.codes[rows], column.names)


def _need(columns: Mapping[str, Column], names: Sequence[str], file: str) -> None:
    """Refuse a file without a column it must have."""
    absent = [name for name in names if name not in columns]
    if absent:
        raise Refused(Problem("ESTIMATE-115", Place(file=file), {"columns": ", ".join(absent)}))


def _words(column: Column) -> Coded:
    """A column as words; whole numbers lose their decimals."""
    if isinstance(column, Coded):
        return column
    seen, of = np.unique(column, return_inverse=True)
    return Coded(of.astype(np.int32), tuple(map(_written, seen.tolist())))


def _written(number: float) -> str:
    """A number as a person writes it; nothing for NaN."""
    if np.isnan(number):
        return ""
    return str(int(number)) if number.is_integer() else str(number)


def _numbers(column: Column) -> Floats:
    """A column as numbers; NaN where an entry is empty or none."""
    if not isinstance(column, Coded):
        return column.astype(float)
    return np.array([_number(name) for name in column.names], float)[column.codes]


def _number(text: str) -> float:
    """The number a text stands for; NaN for anything else, infinities included."""
    try:
        value = float(text)
    except ValueError:
        return float("nan")
    return value if np.isfinite(value) else float("nan")


def _report(
    bad: Bools, code: str, column: Column, file: str, name: str, first_row: int, *, word: str = "text"
) -> tuple[Problem, ...]:
    """One problem for each bad row, with the entry as it stands in the file."""
    words = _words(column)
    return tuple(
        Problem(
            code,
            Place(file=file, row=int(row) + first_row, column=name),
            {word: words.names[words.codes[row]]},
        )
        for row in np.flatnonzero(bad)
    )


def _strangers(
    method: Method, words: Mapping[str, Coded], frame: Frame, file: str, first_row: int
) -> tuple[Problem, ...]:
    """Rows of groups the method does not know, and of strata or PSUs the frame does not know."""
    if not len(words["group"].codes):
        return ()
    keys = (*KEYS, "psu") if lists_psus(frame) else KEYS
    heads = run_starts([words[name].codes for name in keys])  # neighbours are alike in a sorted file
    lengths = np.diff(np.append(heads, len(words["group"].codes)))
    group = Coded(words["group"].codes[heads], words["group"].names)
    known = np.array([name in method.groups or name == Group.VISITOR for name in group.names], bool)
    visitor = np.array([name == Group.VISITOR for name in group.names], bool)[group.codes]
    known = known[group.codes]
    lost = known & ~visitor & ~_in_frame(words, frame, heads, KEYS)
    elsewhere = known & ~visitor & ~lost & ~_in_frame(words, frame, heads, keys)

    def rows(bad: Bools) -> Ints:
        return np.flatnonzero(np.repeat(bad, lengths)) if bad.any() else np.zeros(0, np.int64)

    strangers = words["group"]
    problems = [
        Problem(
            "ESTIMATE-105",
            Place(file=file, row=int(row) + first_row, column="group"),
            {
                "group": strangers.names[strangers.codes[row]],
                "method": method.id,
                "known": ", ".join(method.groups),
            },
        )
        for row in rows(~known)
    ]
    problems += [
        Problem(
            code,
            Place(file=file, row=int(row) + first_row, column=named[-1]),
            {name: words[name].names[words[name].codes[row]] for name in named},
        )
        for code, bad, named in (("ESTIMATE-103", lost, KEYS), ("ESTIMATE-146", elsewhere, keys))
        for row in rows(bad)
    ]
    return tuple(problems)


def _in_frame(
    words: Mapping[str, Coded], frame: Frame, rows: NDArray[np.intp], names: Sequence[str]
) -> Bools:
    """Whether what some rows say in the named columns, the first the institution, stands in the frame.

    A row without institution may be anybody's.
    """
    some = {name: Coded(words[name].codes[rows], words[name].names) for name in names}
    ours, theirs = np.zeros(len(rows), np.int64), np.zeros(len(frame.population), np.int64)
    size = 1
    for name in names[1:]:
        listed = getattr(frame, name)
        code = recoded(some[name], listed.names)
        ours = np.where((ours < 0) | (code < 0), -1, ours * len(listed.names) + code)
        theirs = theirs * len(listed.names) + listed.codes
        size *= len(listed.names)
    institution = some[names[0]]
    who = recoded(institution, frame.institution.names)
    own = np.isin(
        np.where((who < 0) | (ours < 0), -1, who * size + ours),
        frame.institution.codes.astype(np.int64) * size + theirs,
    )
    nobody = np.array([name == "" for name in institution.names], bool)[institution.codes]
    found: Bools = own | (nobody & np.isin(ours, theirs))
    return found


def _scores(
    item: Item, column: Column, file: str, first_row: int
) -> tuple[NDArray[np.uint8] | Floats, tuple[Problem, ...]]:
    """The column of one item as codes or scores, and the rows that hold neither."""
    if item.scale == "score":
        scores = _numbers(column)
        empty = np.array([name == "" for name in _words(column).names], bool)[_words(column).codes]
        problems = _report(np.isnan(scores) & ~empty, "ESTIMATE-114", column, file, item.id, first_row)
        outside = _report(
            (scores < 0) | (scores > 100), "ESTIMATE-111", column, file, item.id, first_row, word="score"
        )
        return scores, problems + tuple(replace(one, words={**one.words, "item": item.id}) for one in outside)
    words = _words(column)
    number = {code: place for place, code in enumerate(codes_of(item))} | {"": MISSING, SKIPPED: NOT_ASKED}
    table = np.array([number.get(name, STRANGE) for name in words.names], np.uint8)
    codes = _translated(table, words.codes)
    strange = codes == STRANGE
    if not strange.any():
        return codes, ()
    bad = _report(strange, "ESTIMATE-106", words, file, item.id, first_row, word="answer")
    return codes, tuple(replace(one, words={**one.words, "item": item.id}) for one in bad)


def _translated(table: NDArray[np.uint8], codes: NDArray[np.int32]) -> NDArray[np.uint8]:
    """Codes through a table, in blocks whose places fit the cache."""
    found = np.empty(len(codes), np.uint8)
    for start in range(0, len(codes), BLOCK):
        part = slice(start, start + BLOCK)
        table.take(codes[part], mode="clip", out=found[part])
    return found
