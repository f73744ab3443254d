"""Drivers by hand and the default risk table (RSK-1, 2; ISO 31010:2019 B.10.3 describes such matrices)."""

import json
from pathlib import Path

import pytest

from bening.core.estimate.risk import drivers, level_of, product_table

CASES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parent / "09_risk_and_drivers.json").read_text())["cases"]
}


def test_contributions_by_hand():
    """Catches: contributions to the index in place of to the difference, weights normalised again."""
    given, wanted = (CASES["exact_linear_contributions"][part] for part in ("input", "expected"))
    found = drivers(given["weights"], given["scores"], given["reference"])
    assert found == pytest.approx(wanted["contributions"], abs=1e-12)
    assert found.sum() == pytest.approx(wanted["index"] - wanted["reference_index"], abs=1e-12)
    assert found.sum() == pytest.approx(wanted["sum"], abs=1e-12)


def test_levels_of_the_default_table():
    """Catches: bounds one too high, likelihood and impact added."""
    case = CASES["risk_levels_5x5"]
    table = product_table([first for first, _ in case["input"]["levels"].values()])
    for cell, wanted in case["expected"].items():
        likelihood, impact = (int(part) for part in cell.strip("()").split(","))
        assert level_of(likelihood, impact, table) == wanted
    assert len(table) == 25
