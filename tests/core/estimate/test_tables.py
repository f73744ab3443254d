"""Columns of files become answers and a frame; what cannot be used is named by row."""

import numpy as np
import pytest

from bening.core.estimate import coded, likert, parts_of, read_answers, read_frame, select
from bening.core.kinds import MISSING, NOT_ASKED, Coded, Group, Item
from bening.core.problems import Refused, say
from tests.core.estimate.rounds import answers, method

ITEMS = (
    Item("q", Group.INTERNAL, "d", scores=(*likert(5), ("98", None))),
    Item("note", Group.INTERNAL, ""),
)
CODES = method({"internal": 1.0}, [("internal", "d", 1.0)], ITEMS)
SCORES = method({"internal": 1.0}, [("internal", "d", 1.0)])


def columns(**more):
    """A good file of three rows, with columns changed or added."""
    table = {
        "institution": ["A"] * 3,
        "group": ["internal"] * 3,
        "stratum": ["s", "s", "t"],
        "q": ["1", "", "5"],
    }
    return {
        name: column if isinstance(column, np.ndarray) else coded(column)
        for name, column in (table | more).items()
    }


def frame_file(**more):
    table = {
        "institution": ["A", "A"],
        "group": ["internal"] * 2,
        "stratum": ["s", "t"],
        "population": ["30", "20"],
    }
    return {name: coded(column) for name, column in (table | more).items()}


FRAME, _ = read_frame(frame_file(), file="frame.csv")


def test_a_good_file_is_read_whole():
    made, problems = read_answers(CODES, columns(unit=["u", "", "u"]), FRAME, file="a.csv")
    assert problems == ()
    assert made.items["q"].tolist() == [0, MISSING, 4]
    assert [made.unit.names[code] for code in made.unit.codes] == ["u", "", "u"]
    assert "note" not in made.items


@pytest.mark.parametrize(
    ("changed", "code", "column"),
    [
        ({"q": ["1", "7", "5"]}, "ESTIMATE-106", "q"),
        ({"stratum": ["s", "x", "t"]}, "ESTIMATE-103", "stratum"),
        ({"group": ["internal", "press", "internal"]}, "ESTIMATE-105", "group"),
        ({"weight": ["1", "0", "2"]}, "ESTIMATE-108", "weight"),
        ({"weight": ["1", "nan", "2"]}, "ESTIMATE-108", "weight"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_left_out(changed, code, column):
    made, (problem,) = read_answers(CODES, columns(**changed), FRAME, file="a.csv")
    assert (problem.code, problem.place.file, problem.place.row, problem.place.column) == (
        code,
        "a.csv",
        3,
        column,
    )
    assert say(problem, "id") != say(problem, "en")
    assert made.items["q"].tolist() == [0, 4]
    assert len(made.stratum.codes) == 2


def test_scores_are_numbers_from_0_to_100():
    table = columns(d=["55.5", "", "1e3"])
    made, (problem,) = read_answers(SCORES, table, FRAME, file="a.csv")
    assert (problem.code, problem.place.row) == ("ESTIMATE-111", 4)
    assert made.items["d"][0] == 55.5
    assert np.isnan(made.items["d"][1])
    _, (problem,) = read_answers(SCORES, columns(d=["55.5", "best", "3"]), FRAME, file="a.csv")
    assert (problem.code, problem.place.row, dict(problem.words)["text"]) == ("ESTIMATE-114", 3, "best")


def test_numbers_already_read_are_taken_as_they_are():
    made, problems = read_answers(
        SCORES, columns(d=np.array([1.5, np.nan, 100.0])), FRAME, file="a.parquet", first_row=1
    )
    assert problems == ()
    assert made.items["d"][2] == 100
    made, _ = read_answers(CODES, columns(q=np.array([1.0, np.nan, 5.0])), FRAME, file="a.parquet")
    assert made.items["q"].tolist() == [0, MISSING, 4]


def test_a_question_not_asked_is_told_from_one_not_answered():
    made, problems = read_answers(CODES, columns(q=["-", "", "5"]), FRAME, file="a.csv")
    assert problems == ()
    assert made.items["q"].tolist() == [NOT_ASKED, MISSING, 4]


def test_long_codes_of_institutions_survive_as_numbers():
    """Seven digits, as statistics offices number regencies and offices."""
    table = columns(institution=np.array([1871010.0] * 3))
    frame, _ = read_frame(frame_file(institution=["1871010"] * 2), file="frame.csv")
    made, problems = read_answers(CODES, table, frame, file="a.parquet")
    assert problems == ()
    assert made.institution.names == ("1871010",)


def test_strata_are_checked_row_by_row_in_a_file_in_any_order():
    table = columns(stratum=["x", "s", "x"])
    _, problems = read_answers(CODES, table, FRAME, file="a.csv")
    assert [(problem.code, problem.place.row) for problem in problems] == [
        ("ESTIMATE-103", 2),
        ("ESTIMATE-103", 4),
    ]


def test_a_row_from_an_unknown_psu_is_named_and_left_out():
    clustered, _ = read_frame(frame_file(psu=["p", "q"], psus=["4", "4"]), file="f.csv")
    table = columns(stratum=["s", "s", "t"], psu=["p", "q", "q"])
    made, (problem,) = read_answers(CODES, table, clustered, file="a.csv")
    assert (problem.code, problem.place.row, problem.place.column) == ("ESTIMATE-146", 3, "psu")
    assert "PSU q" in str(Refused(problem))
    assert len(made.institution.codes) == 2
    with pytest.raises(Refused, match="no column psu"):
        read_answers(CODES, columns(), clustered, file="a.csv")


def test_a_frame_with_an_empty_psu_column_asks_for_none():
    plain, _ = read_frame(frame_file(psu=["", ""]), file="f.csv")
    assert read_answers(CODES, columns(), plain, file="a.csv")[1] == ()


def test_missing_columns_refuse_the_file():
    table = columns()
    del table["stratum"], table["q"]
    with pytest.raises(Refused, match=r"ESTIMATE-115 a\.csv: The file has no column stratum, q"):
        read_answers(CODES, table, FRAME, file="a.csv")
    with pytest.raises(Refused, match="population"):
        read_frame({"institution": coded([]), "group": coded([]), "stratum": coded([])}, file="f.csv")


def test_a_frame_brings_psus_and_parents():
    made, problems = read_frame(
        frame_file(psu=["p", "q"], psus=["4", ""], parent=["z", ""], population=["30", "-2"]),
        file="frame.csv",
    )
    (problem,) = problems
    assert (problem.code, problem.place.row) == ("ESTIMATE-114", 3)
    assert made.population.tolist() == [30]
    assert made.psus.tolist() == [4]
    assert [made.parent.names[code] for code in made.parent.codes] == ["z"]


def test_a_row_without_institution_may_be_shared():
    table = columns(institution=["A", "", ""], stratum=["s", "t", "x"])
    made, (problem,) = read_answers(CODES, table, FRAME, file="a.csv")
    assert (problem.code, problem.place.row) == ("ESTIMATE-103", 4)
    assert made.institution.codes.tolist() == [0, 1]


def test_parts_are_found_in_any_order_of_rows():
    """The same parts and the same people in them, sorted file or not."""
    rng = np.random.default_rng(6)
    rows = [
        ("AB"[rng.integers(2)], "internal", "st"[rng.integers(2)], "uvw"[rng.integers(3)]) for _ in range(60)
    ]
    mixed, _ = parts_of(answers(rows, {"d": np.zeros(60)}))
    counts = {}
    for k, n in enumerate(mixed.n):
        key = tuple(
            getattr(mixed, name).names[getattr(mixed, name).codes[k]]
            for name in ("institution", "stratum", "unit")
        )
        counts[key] = int(n)
    assert counts == {
        key: sum((r[0], r[2], r[3]) == key for r in rows) for key in {(r[0], r[2], r[3]) for r in rows}
    }
    tidy, places = parts_of(answers(sorted(rows), {"d": np.zeros(60)}))
    assert places.order is None
    assert sorted(tidy.n) == sorted(mixed.n)


def test_select_keeps_the_rows_asked_for():
    made = select(
        answers([("A", "internal", "s", "u")] * 3, {"d": np.array([1.0, 2, 3])}),
        np.array([True, False, True]),
    )
    assert made.items["d"].tolist() == [1, 3]
    assert isinstance(made.unit, Coded)
