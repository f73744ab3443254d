"""Files of a made-up round, as somebody outside would hold them, and what the program makes of them."""

import csv
import json

import numpy as np

from bening.outside.estimate import main

METHOD = """
[profile]
name = "uji"
official = false
label = {id = "Bobot uji", en = "Test weights"}

[groups]
internal = "1/2"
external = "3/10"
expert = "1/5"

[dimensions.internal]
budget = "1/3"
hr = "2/3"

[dimensions.external]
service = "1"

[dimensions.expert]
policy = "1"

[rules]
missing = "withhold"
"""
SCORES = {"1": 100, "2": 90, "3": 80, "4": 33.3}  # three of them wrap around in eight bits
SHAPES = {"q1": "budget", "q2": "budget", "q3": "budget", "q4": "hr", "q5": "hr"}
HEAD = ("institution", "group", "stratum", "unit", "q1", "q2", "q3", "q4", "q5", "service", "policy")


def items():
    """The items: five coded questions for insiders, one score each for the others."""
    table = ", ".join(f'"{code}" = {points}' for code, points in SCORES.items())
    coded = [
        f'[[items]]\nid = "{q}"\ngroup = "internal"\ndimension = "{d}"\n'
        f'scores = {{{table}}}\nunscored = ["8"]\n'
        for q, d in SHAPES.items()
    ]
    scored = [
        f'[[items]]\nid = "{d}"\ngroup = "{g}"\ndimension = "{d}"\nscale = "score"\n'
        for g, d in (("external", "service"), ("expert", "policy"))
    ]
    return "\n".join(coded + scored)


def respondent(who, group, stratum, unit, rng):
    """One row: gaps, refusals and questions that were not asked."""
    row = dict.fromkeys(HEAD, "") | {"institution": who, "group": group, "stratum": stratum, "unit": unit}
    if group == "internal":
        shares = [0.35, 0.25, 0.15, 0.1, 0.05, 0.05, 0.05]
        row |= {q: rng.choice(["1", "2", "3", "4", "8", "", "-"], p=shares) for q in SHAPES}
    else:
        name = "service" if group == "external" else "policy"
        row[name] = "" if rng.random() < 0.1 else repr(round(float(rng.uniform(0, 100)), 3))
    return row


def answers(seed=1, institutions=6, sharing=2):
    """Insiders of two strata and four units, users, and experts that the first institutions share."""
    rng = np.random.default_rng(seed)
    rows = []
    for k in range(institutions):
        who = f"18710{k:02}"
        for stratum in ("a", "b"):
            rows += [
                respondent(who, "internal", stratum, f"{stratum}{u}", rng)
                for u in range(2)
                for _ in range(rng.integers(2, 9))
            ]
        rows += [respondent(who, "external", "users", "", rng) for _ in range(rng.integers(3, 12))]
        shared = k < sharing
        if not (shared and k):
            rows += [
                respondent("" if shared else who, "expert", f"x{k}", "", rng)
                for _ in range(rng.integers(2, 7))
            ]
    rows.append(dict.fromkeys(HEAD, "") | {"institution": "1871000", "group": "visitor", "stratum": "door"})
    rng.shuffle(rows)
    return rows


def frame(institutions=6, sharing=2):
    """One row a stratum; some institutions lean on the experts of the first."""
    rows = []
    for k in range(institutions):
        who = f"18710{k:02}"
        rows += [(who, "internal", "a", 40), (who, "internal", "b", 17), (who, "external", "users", 5000)]
        rows.append((who, "expert", "x0" if k < sharing else f"x{k}", 0 if 0 < k < sharing else 9))
    return [dict(zip(("institution", "group", "stratum", "population"), row, strict=True)) for row in rows]


def write(path, rows):
    """Rows as CSV."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def files(folder, rows=None, strata=None):
    """The three files; gives the words that name them."""
    method = folder / "method.toml"
    method.write_text(METHOD + items(), encoding="utf-8")
    write(folder / "answers.csv", rows or answers())
    write(folder / "frame.csv", strata or frame())
    return [
        "--method",
        str(method),
        "--answers",
        str(folder / "answers.csv"),
        "--frame",
        str(folder / "frame.csv"),
    ]


def read(path):
    """A CSV as rows."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def estimated(folder, words, *more):
    """Run the program into a new folder: rows of the estimates, provenance."""
    out = folder / f"out{len(list(folder.iterdir()))}"
    assert main([*words, "--out", str(out), *more]) == 0
    return read(out / "estimates.csv"), json.loads((out / "provenance.json").read_text())
