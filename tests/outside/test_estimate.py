"""`bening estimate` from files to files, as an outsider runs it."""

import hashlib
import json
import subprocess
import sys

import numpy as np
import polars as pl
import pytest

from bening.core.estimate import index, read_answers, read_frame
from bening.methods.own import read as read_method
from bening.outside import sheets
from bening.outside.estimate import main
from tests.outside import rounds

FIRST = [
    "institution",
    "unit",
    "level",
    "group",
    "dimension",
    "estimate",
    "se",
    "df",
    "lower",
    "upper",
    "n",
    "population",
]


@pytest.fixture
def words(tmp_path):
    return rounds.files(tmp_path)


def replaced(words, name, value):
    """The same words with another value behind one of them."""
    place = words.index(name) + 1
    return [*words[:place], str(value), *words[place + 1 :]]


def test_the_files_say_what_the_core_computes(tmp_path, words):
    rows, _ = rounds.estimated(tmp_path, words)
    assert list(rows[0])[:12] == FIRST
    method = read_method((tmp_path / "method.toml").read_bytes())
    frame, _ = read_frame(
        sheets.whole(tmp_path / "frame.csv", ("institution", "group", "stratum", "population")).columns,
        file="",
    )
    names = (*sheets.KEYS, *{item.id for item in method.items})
    answers, problems = read_answers(
        method, sheets.whole(tmp_path / "answers.csv", names).columns, frame, file=""
    )
    assert problems == ()
    expected = index(method, answers, frame)
    shown = [float(row["estimate"]) for row in rows if (row["level"], row["unit"]) == ("index", "")]
    whole = (expected.level.codes == 0) & (expected.unit.codes == 0)
    assert shown == pytest.approx(expected.estimate[whole].tolist(), rel=1e-12)
    assert {row["level"] for row in rows} == {"index", "group", "dimension"}


def test_csv_json_and_parquet_hold_the_same_numbers_and_the_label(tmp_path, words):
    assert main([*words, "--out", str(tmp_path / "o")]) == 0
    rows = rounds.read(tmp_path / "o" / "estimates.csv")
    body = json.loads((tmp_path / "o" / "estimates.json").read_text())
    table = pl.read_parquet(tmp_path / "o" / "estimates.parquet")
    assert [row["estimate"] for row in rows] == [repr(row["estimate"]) for row in body["estimates"]]
    assert table["estimate"].to_list() == [row["estimate"] for row in body["estimates"]]
    assert (
        pl.read_parquet_metadata(tmp_path / "o" / "estimates.parquet")["method_label"]
        == "Bobot uji / Test weights"
    )
    for name in ("estimates.csv", "ranks.csv"):
        assert {row["method_label"] for row in rounds.read(tmp_path / "o" / name)} == {
            "Bobot uji / Test weights"
        }
    assert body["label"] == "Bobot uji / Test weights"


def test_provenance_names_every_input_by_its_digest(tmp_path, words):
    _, origin = rounds.estimated(tmp_path, words)
    for name in ("answers", "frame"):
        data = (tmp_path / f"{name}.csv").read_bytes()
        assert origin["inputs"][name] == {"file": f"{name}.csv", "sha256": hashlib.sha256(data).hexdigest()}
    assert (origin["engine"], origin["replicates"], origin["rejected_rows"]) == ("numpy", 0, 0)
    assert len(origin["seed"]) == len(origin["estimates_sha256"]) == len(origin["method"]["digest"]) == 64


def test_the_order_of_the_rows_changes_nothing(tmp_path, words):
    rows, origin = rounds.estimated(tmp_path, words)
    turned = rounds.write(tmp_path / "turned.csv", rounds.answers()[::-1])
    again, other = rounds.estimated(tmp_path, replaced(words, "--answers", turned))
    assert origin["estimates_sha256"] == other["estimates_sha256"]
    assert [row["institution"] for row in rows] == [row["institution"] for row in again]


def test_ranks_hold_the_place_and_its_set(tmp_path, words):
    assert main([*words, "--out", str(tmp_path / "o")]) == 0
    ranks = rounds.read(tmp_path / "o" / "ranks.csv")
    assert [int(row["rank"]) for row in ranks] == [1, 2, 3, 4, 5, 6]
    assert all(int(row["rank_lower"]) <= int(row["rank"]) <= int(row["rank_upper"]) for row in ranks)
    assert sum(float(row["p_top3"]) for row in ranks) == pytest.approx(3)


def test_rows_that_cannot_be_used_are_named_and_left_out(tmp_path, capsys):
    rows = rounds.answers()
    internal = [place for place, row in enumerate(rows) if row["group"] == "internal"][:4]
    rows[internal[0]]["q1"] = "7"
    rows[internal[1]]["stratum"] = "attic"
    rows[internal[2]]["service"] = "101"
    rows[internal[3]]["group"] = "press"
    good = [row for place, row in enumerate(rows) if place not in internal]
    words = rounds.files(tmp_path, rows)
    out = tmp_path / "o"
    assert main([*words, "--out", str(out)]) == 0
    found = rounds.read(out / "rejected.csv")
    assert [(row["file"], int(row["row"]), row["code"]) for row in found] == [
        ("answers.csv", place + 2, code)
        for place, code in sorted(
            zip(internal, ("ESTIMATE-106", "ESTIMATE-103", "ESTIMATE-111", "ESTIMATE-105"), strict=True)
        )
    ]
    assert all(row["reason"] and row["alasan"] != row["reason"] for row in found)
    assert f"answers.csv, row {internal[0] + 2}, column q1" in capsys.readouterr().err
    expected, _ = rounds.estimated(tmp_path, rounds.files(tmp_path, good))
    assert rounds.read(out / "estimates.csv") == expected


@pytest.mark.parametrize("engine", ["numpy", "duckdb"])
def test_a_row_cut_short_is_named_and_left_out(tmp_path, words, engine):
    expected, _ = rounds.estimated(tmp_path, words, "--engine", engine)
    with (tmp_path / "answers.csv").open("a") as file:
        file.write("1871000,internal,a\n")
    assert main([*words, "--out", str(tmp_path / "o"), "--engine", engine]) == 0
    (found,) = rounds.read(tmp_path / "o" / "rejected.csv")
    assert (found["code"], int(found["row"])) == ("ESTIMATE-143", len(rounds.answers()) + 2)
    assert len(rounds.read(tmp_path / "o" / "estimates.csv")) == len(expected)


def test_a_frame_row_without_population_is_named(tmp_path):
    strata = rounds.frame()
    strata[-1]["population"] = "many"
    words = rounds.files(tmp_path, strata=strata)
    assert main([*words, "--out", str(tmp_path / "o")]) == 0
    files = {(row["file"], row["code"]) for row in rounds.read(tmp_path / "o" / "rejected.csv")}
    assert files == {("frame.csv", "ESTIMATE-114"), ("answers.csv", "ESTIMATE-103")}


def test_refusals_end_with_one_and_say_why(tmp_path, words, capsys):
    out = ["--out", str(tmp_path / "o")]
    cases = {
        "METHOD-100": [*replaced(words, "--method", "spi-1999:best"), *out],
        "ESTIMATE-141": [*words, *out, "--engine", "duckdb", "--replicates", "5"],
        "ESTIMATE-115": [*replaced(words, "--answers", tmp_path / "frame.csv"), *out],
        "ESTIMATE-144": [*replaced(words, "--answers", tmp_path / "latin.csv"), *out],
    }
    (tmp_path / "latin.csv").write_bytes("institution,grôup\n".encode("latin-1"))
    for code, line in cases.items():
        assert main(line) == 1
        assert code in capsys.readouterr().err
    assert not (tmp_path / "o" / "estimates.csv").exists()


@pytest.mark.parametrize("engine", ["numpy", "duckdb"])
def test_files_without_an_answer_or_a_column_are_refused(tmp_path, words, capsys, engine):
    out = ["--out", str(tmp_path / "o"), "--engine", engine]
    head = (tmp_path / "answers.csv").read_text().splitlines()[0]
    (tmp_path / "empty.csv").write_text(head + "\n")
    assert main([*replaced(words, "--answers", tmp_path / "empty.csv"), *out]) == 1
    assert "ESTIMATE-101" in capsys.readouterr().err
    table = pl.read_csv(tmp_path / "answers.csv", infer_schema=False).drop("q3")
    table.write_parquet(tmp_path / "short.parquet")
    assert main([*replaced(words, "--answers", tmp_path / "short.parquet"), *out]) == 1
    assert "ESTIMATE-115 short.parquet: The file has no column q3" in capsys.readouterr().err


@pytest.mark.parametrize("more", [["--engine", "abacus"], ["--engine", "ibis"], ["--replicates", "-1"]])
def test_a_command_not_understood_ends_with_two(tmp_path, words, more):
    with pytest.raises(SystemExit) as ended:
        main([*words, "--out", str(tmp_path / "o"), *more])
    assert ended.value.code == 2
    with pytest.raises(SystemExit) as ended:
        main([*replaced(words, "--answers", tmp_path / "none.csv"), "--out", str(tmp_path / "o")])
    assert ended.value.code == 2


def test_a_missing_extra_is_named(tmp_path, words, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    monkeypatch.delitem(sys.modules, "bening.outside.engines.duck", raising=False)
    assert main([*words, "--out", str(tmp_path / "o"), "--engine", "duckdb"]) == 1
    assert (
        'ESTIMATE-140 The library duckdb is not installed. Install it with: pip install "bening[scale]"'
        in capsys.readouterr().err
    )


def test_a_csv_needs_numpy_and_scipy_and_nothing_else(tmp_path, words):
    """What `pip install bening` brings: neither the extras nor the framework of the house."""
    absent = ("polars", "pyarrow", "duckdb", "ibis", "pandas", "django", "cryptography")
    program = (
        f"import sys; sys.modules.update(dict.fromkeys({absent})); "
        "from bening.cli import main; sys.exit(main())"
    )
    line = [sys.executable, "-c", program, "estimate", *words, "--out", str(tmp_path / "o")]
    said = subprocess.run(line, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    names = {path.name for path in (tmp_path / "o").iterdir()}
    assert names == {"estimates.csv", "estimates.json", "ranks.csv", "rejected.csv", "provenance.json"}
    table = pl.read_csv(tmp_path / "answers.csv", infer_schema=False)
    table.write_parquet(tmp_path / "answers.parquet")
    line[line.index("--answers") + 1] = str(tmp_path / "answers.parquet")
    said = subprocess.run(line, capture_output=True, text=True, check=False)
    assert said.returncode == 1
    assert 'pip install "bening[parquet]"' in said.stderr


def test_a_known_method_takes_a_column_of_scores_for_each_element(tmp_path):
    from_file = tmp_path / "frame.csv"
    rounds.write(
        from_file,
        [
            {"institution": "A", "group": g, "stratum": "s", "population": 100}
            for g in ("internal", "external", "expert")
        ],
    )
    elements = {
        "internal": ["transparency", "duty", "influence", "budget", "procurement", "hr", "outreach"],
        "external": ["service", "prevention", "staff"],
        "expert": ["procedure", "policy", "authority", "power", "special", "bribery", "public_interest"],
    }
    names = [name for group in elements.values() for name in group]
    rows = [
        {"institution": "A", "group": group, "stratum": "s"}
        | {name: 60 + k if name in own else "" for name in names}
        for group, own in elements.items()
        for k in range(12)
    ]
    rounds.write(tmp_path / "answers.csv", rows)
    words = [
        "--method",
        "spi-2025:equal-thirds",
        "--answers",
        str(tmp_path / "answers.csv"),
        "--frame",
        str(from_file),
    ]
    made, _ = rounds.estimated(tmp_path, words)
    assert float(made[0]["estimate"]) == pytest.approx(65.5)


def test_replicates_agree_with_taylor(tmp_path, words):
    assert main([*words, "--out", str(tmp_path / "o"), "--replicates", "4000"]) == 0
    rows = rounds.read(tmp_path / "o" / "bootstrap.csv")
    assert {row["replicates"] for row in rows} == {"4000"}
    for row in rows:
        assert float(row["se_bootstrap"]) == pytest.approx(float(row["se"]), rel=0.08)
        assert float(row["lower_bootstrap"]) < float(row["estimate"]) < float(row["upper_bootstrap"])


def test_types_in_the_frame_say_who_lends_a_variance(tmp_path, capsys):
    """An institution whose experts all agree borrows from institutions of its own type only."""
    rows = rounds.answers()
    for row in rows:
        if row["group"] == "expert" and row["institution"] == "1871005":
            row["policy"] = "50"
    strata = [
        row | {"type": "ministry" if row["institution"] in ("1871004", "1871005") else "city"}
        for row in rounds.frame()
    ]
    words = rounds.files(tmp_path, rows, strata)

    def borrowed(made):
        return next(
            float(r["se"])
            for r in made
            if (r["institution"], r["group"], r["level"]) == ("1871005", "expert", "group")
        )

    own = borrowed(rounds.estimated(tmp_path, words)[0])
    rounds.write(tmp_path / "frame.csv", rounds.frame())
    assert own != pytest.approx(borrowed(rounds.estimated(tmp_path, words)[0]))
    strata[0]["type"] = "village"
    rounds.write(tmp_path / "frame.csv", strata)
    assert main([*words, "--out", str(tmp_path / "o")]) == 1
    assert "ESTIMATE-145" in capsys.readouterr().err


def test_two_stages_are_read_from_the_frame(tmp_path):
    rng = np.random.default_rng(2)
    rows = [
        {
            "institution": "A",
            "group": "internal",
            "stratum": "s",
            "psu": f"p{p}",
            "d": round(float(rng.uniform(30, 90)), 2),
        }
        for p in range(5)
        for _ in range(4)
    ]
    strata = [
        {
            "institution": "A",
            "group": "internal",
            "stratum": "s",
            "psu": f"p{p}",
            "population": 20 + p,
            "psus": 30,
        }
        for p in range(5)
    ]
    rounds.write(tmp_path / "answers.csv", rows)
    rounds.write(tmp_path / "frame.csv", strata)
    (tmp_path / "m.toml").write_text(
        '[profile]\nname = "m"\nofficial = false\nlabel = {id = "a", en = "b"}\n[groups]\ninternal = "1"\n'
        '[dimensions.internal]\nd = "1"\n[rules]\nmissing = "withhold"\n'
    )
    words = [
        "--method",
        str(tmp_path / "m.toml"),
        "--answers",
        str(tmp_path / "answers.csv"),
        "--frame",
        str(tmp_path / "frame.csv"),
    ]
    made, _ = rounds.estimated(tmp_path, words)
    assert (made[0]["df"], made[0]["n"], float(made[0]["population"])) == ("4.0", "20", 660.0)
