"""Whichever engine makes the two grouped sums, the numbers are the same."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from bening.outside.estimate import main
from tests.outside import rounds

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")  # ibis 12 on duckdb 2
CLOSE = 1e-10
LOCAL = ["duckdb", "ibis:duckdb://"]
NUMBERS = ("estimate", "se", "df", "lower", "upper", "n", "population", "n_eff", "se_repeat", "df_repeat")
WORDS = ("institution", "unit", "level", "group", "dimension", "flags", "method_label")


def same(made, expected):
    """Every row of one file of estimates agrees with the row of the other."""
    assert [[row[name] for name in WORDS] for row in made] == [
        [row[name] for name in WORDS] for row in expected
    ]
    for name in NUMBERS:
        assert [row[name] == "" for row in made] == [row[name] == "" for row in expected]
        ours, theirs = ([float(row[name] or 0) for row in rows] for rows in (made, expected))
        np.testing.assert_allclose(ours, theirs, rtol=CLOSE, atol=CLOSE)


def parquet(folder, words, change):
    """The same words with the answers as Parquet, after some change of their columns."""
    table = change(pl.read_csv(folder / "answers.csv", infer_schema=False))
    table.write_parquet(folder / "answers.parquet")
    return [word.replace("answers.csv", "answers.parquet") for word in words]


def narrow(table):
    """Codes as small whole numbers and scores as floats with NaN, as statistics programs save them."""
    scores = [
        pl.col(name).cast(pl.Float64, strict=False).fill_null(float("nan")) for name in ("service", "policy")
    ]
    codes = [pl.col(q).replace("-", "").cast(pl.UInt8, strict=False) for q in rounds.SHAPES]
    institution = pl.col("institution").cast(pl.Int64, strict=False)
    return table.with_columns(*scores, *codes, institution)


def dictionary(table):
    """Words kept once each."""
    return table.with_columns(
        pl.col(name).cast(pl.Categorical) for name in ("institution", "group", "stratum", "unit")
    )


@pytest.mark.parametrize("engine", LOCAL)
@pytest.mark.parametrize("change", [None, pl.DataFrame.clone, narrow, dictionary])
def test_engines_agree_on_the_same_file(tmp_path, engine, change):
    words = rounds.files(tmp_path)
    words = words if change is None else parquet(tmp_path, words, change)
    expected, origin = rounds.estimated(tmp_path, words)
    made, other = rounds.estimated(tmp_path, words, "--engine", engine)
    same(made, expected)
    assert other["estimates_sha256"] == origin["estimates_sha256"]
    assert other["seed"] == origin["seed"]


@pytest.mark.parametrize("engine", LOCAL)
def test_engines_agree_with_final_weights_and_rows_in_clusters(tmp_path, engine):
    rng = np.random.default_rng(5)
    rows = [
        row | {"psu": f"p{rng.integers(3)}", "weight": f"{rng.uniform(1, 4):.3f}"}
        for row in rounds.answers(2, sharing=0)
    ]
    strata = [row | {"psu": f"p{p}"} for row in rounds.frame(sharing=0) for p in range(3)]
    words = rounds.files(tmp_path, rows, strata)
    same(rounds.estimated(tmp_path, words, "--engine", engine)[0], rounds.estimated(tmp_path, words)[0])


@pytest.mark.parametrize("engine", LOCAL)
def test_engines_name_the_rows_of_a_psu_that_the_frame_does_not_list(tmp_path, engine):
    """Clusters of insiders and users beside experts whom institutions share."""
    rng = np.random.default_rng(6)
    rows = [
        row | {"psu": "" if row["group"] == "expert" else f"p{rng.integers(3)}"} for row in rounds.answers(4)
    ]
    rows[0]["psu"], rows[5]["psu"] = "p9", ""
    strata = [
        row | {"psu": psu}
        for row in rounds.frame()
        for psu in ([""] if row["group"] == "expert" else [f"p{p}" for p in range(3)])
    ]
    words = parquet(tmp_path, rounds.files(tmp_path, rows, strata), pl.DataFrame.clone)
    expected, origin = rounds.estimated(tmp_path, words)
    assert origin["rejected_rows"] == 2
    same(rounds.estimated(tmp_path, words, "--engine", engine)[0], expected)
    for made in tmp_path.glob("out*/rejected.csv"):
        named = [(row["row"], row["column"], row["code"]) for row in rounds.read(made)]
        assert named == [("1", "psu", "ESTIMATE-146"), ("6", "psu", "ESTIMATE-146")]


@pytest.mark.parametrize("engine", LOCAL)
@pytest.mark.parametrize("change", [None, pl.DataFrame.clone, narrow])
def test_engines_leave_out_and_name_the_same_rows(tmp_path, engine, change):
    rows = [row | {"weight": "1.5"} for row in rounds.answers(3)]
    internal = [row for row in rows if row["group"] == "internal"]
    internal[0]["q1"], internal[1]["stratum"], internal[2]["service"] = "7", "attic", "101"
    internal[3]["weight"], internal[4]["weight"], internal[5]["group"] = "0", "", "press"
    words = rounds.files(tmp_path, rows)
    words = words if change is None else parquet(tmp_path, words, change)
    outs = [tmp_path / "one", tmp_path / "other"]
    assert [
        main([*words, "--out", str(out), "--engine", e])
        for out, e in zip(outs, ("numpy", engine), strict=True)
    ] == [0, 0]
    rejected = [rounds.read(out / "rejected.csv") for out in outs]
    assert len(rejected[0]) == 6
    assert rejected[0] == rejected[1]
    same(*(rounds.read(out / "estimates.csv") for out in reversed(outs)))


@pytest.mark.parametrize("engine", ["numpy", *LOCAL])
def test_three_high_scores_do_not_wrap_around(tmp_path, engine):
    """100, 90 and 80 in eight bits add up to 14: their mean would be 4.67."""
    rows = [
        dict.fromkeys(rounds.HEAD, "")
        | {
            "institution": who,
            "group": "internal",
            "stratum": "a",
            "q1": "1",
            "q2": "2",
            "q3": "3",
            "q4": "4",
            "q5": "4",
        }
        for who in ("A", "B")
        for _ in range(3)
    ]
    strata = [{"institution": who, "group": "internal", "stratum": "a", "population": 9} for who in "AB"]
    words = parquet(tmp_path, rounds.files(tmp_path, rows, strata), narrow_codes)
    made, _ = rounds.estimated(tmp_path, words, "--engine", engine)
    means = {row["dimension"]: float(row["estimate"]) for row in made if row["level"] == "dimension"}
    assert means == {"budget": 90.0, "hr": 33.3}
    assert {row["flags"] for row in made if row["level"] == "dimension"} == {"zero_variance no_interval"}


def narrow_codes(table):
    return table.with_columns(pl.col(q).cast(pl.UInt8) for q in rounds.SHAPES)


@pytest.mark.parametrize("engine", ["numpy", *LOCAL])
def test_a_cell_of_one_and_a_cell_of_equals_say_so(tmp_path, engine):
    """No variance is invented: one answer has none, and equal answers borrow or go without."""
    rows = [row for row in rounds.answers(4) if row["group"] == "external"]
    seen = set()
    kept = []
    for row in rows:
        if row["institution"] == "1871000" and row["institution"] in seen:
            continue
        seen.add(row["institution"])
        kept.append(
            row | {"service": "70" if row["institution"] in ("1871000", "1871001") else row["service"]}
        )
    words = rounds.files(tmp_path, kept)
    made, _ = rounds.estimated(tmp_path, words, "--engine", engine)
    by = {row["institution"]: row for row in made if row["level"] == "group" and not row["unit"]}
    assert (by["1871000"]["se"], by["1871000"]["flags"]) == ("", "no_interval")
    assert by["1871001"]["flags"] == "pooled_variance zero_variance"
    assert float(by["1871001"]["se"]) > 0


def test_an_engine_that_stops_is_refused_with_its_own_words(tmp_path, capsys):
    words = rounds.files(tmp_path)
    (tmp_path / "answers.parquet").write_bytes(b"PAR1 is not enough")
    broken = [word.replace("answers.csv", "answers.parquet") for word in words]
    for engine, code in (
        ("numpy", "ESTIMATE-144"),
        ("duckdb", "ESTIMATE-142"),
        ("ibis:duckdb://", "ESTIMATE-142"),
    ):
        assert main([*broken, "--out", str(tmp_path / "o"), "--engine", engine]) == 1
        assert code in capsys.readouterr().err


def test_the_extra_pins_the_sql_library_that_ibis_can_use():
    """With sqlglot 30.18 the statements of ibis 12 for tables and views are broken."""
    extras = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"][
        "optional-dependencies"
    ]
    assert "sqlglot<30.18" in extras["scale"]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java")
def test_spark_agrees_on_the_same_file(tmp_path):
    """In a process of its own: the virtual machine of Spark stays until the process ends."""
    words = parquet(tmp_path, rounds.files(tmp_path), narrow)
    expected, _ = rounds.estimated(tmp_path, words)
    out = tmp_path / "spark"
    line = [
        sys.executable,
        "-m",
        "bening.cli",
        "estimate",
        *words,
        "--out",
        str(out),
        "--engine",
        "ibis:pyspark://",
    ]
    said = subprocess.run(line, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr[-2000:]
    same(rounds.read(out / "estimates.csv"), expected)
