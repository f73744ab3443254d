"""Calibration, trimming and Kish against R survey (WGT-3 to WGT-6).

References: R 4.2.2, survey 4.1.1: `calibrate(d, ~sex + pos, population, calfun = "linear" | "raking" |
"logit", bounds = c(0.6, 1.5))`, `rake`, `postStratify`, `trimWeights(w, upper = 25, strict = TRUE)`.
"""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bening.core.estimate import (
    Bounds,
    Distance,
    Margin,
    calibrate,
    calibration_influence,
    design,
    kish,
    to_margins,
    trim,
    variance_of,
)
from tests.oracles.public_tables import TABLES

HERE = Path(__file__).parent
CASES = {
    case["id"]: case["expected"]
    for case in json.loads((HERE / "02_nonresponse_weighting.json").read_text())["cases"]
}
CASE = CASES["synthetic_24"]
POSITION = np.array([line["pos"] for line in CASE["data"]])
MALE = np.array([line["sex"] == "m" for line in CASE["data"]])
BASE, Y = (np.array([line[key] for line in CASE["data"]], float) for key in ("d", "y"))
X = np.column_stack([np.ones(24), POSITION == "health", POSITION == "teacher", MALE]).astype(float)
TOTALS = np.array([350.0, 70, 240, 160])
LIMITS = Bounds(*CASE["logit_bounds"])


def weights(distance):
    made = calibrate(BASE, X, TOTALS, distance=distance, bounds=LIMITS)
    assert made.reached.all()
    return made.weight


@pytest.mark.parametrize("distance", list(Distance))
def test_weights_equal_calibrate(distance):
    """calibrate(…, calfun). Catches: F and F' of two distances mixed, a stop before the totals are met."""
    assert_allclose(weights(distance), CASE[f"{distance.value}_w"], atol=1e-8, rtol=0)


def test_raking_through_margins_equals_rake():
    """rake(d, list(~pos, ~sex), …). Catches: classes lost when rows are summed to the
    cross-classification."""
    margins = [
        Margin(
            "position",
            np.array([("teacher", "health", "admin").index(p) for p in POSITION]),
            np.array([[240.0, 70, 40]]),
        ),
        Margin("sex", np.where(MALE, 0, 1), np.array([[160.0, 190]])),
    ]
    made, dropped = to_margins(BASE, np.zeros(24, int), margins, distance=Distance.RAKING)
    assert_allclose(made, CASE["raking_w"], atol=1e-8, rtol=0)
    assert dropped == ()


@pytest.mark.parametrize(("distance", "case"), [(Distance.LINEAR, "mean_lin"), (Distance.LOGIT, "mean_lg")])
def test_variance_uses_calibration_residuals(distance, case):
    """svymean(~y, calibrated design). Catches: residuals left out, B with the calibrated weights (WGT-4)."""
    weight = weights(distance)
    value = (weight * Y).sum() / weight.sum()
    variance = variance_of(calibration_influence(Y, weight, BASE, X), design(24))[1]
    assert_allclose([value, variance**0.5], CASE[case], atol=1e-8, rtol=0)


def test_raking_mean_is_exact_and_its_error_close():
    """svymean(~y, rake(…)): R takes residuals margin by margin, so the SE agrees within 2 % only (WGT-4)."""
    weight = weights(Distance.RAKING)
    value, se = CASE["mean_rk"]
    assert_allclose((weight * Y).sum() / weight.sum(), value, atol=1e-8, rtol=0)
    found = variance_of(calibration_influence(Y, weight, BASE, X), design(24))[1] ** 0.5
    assert_allclose(found, se, rtol=0.02)
    assert_allclose(found, 1.339283, atol=1e-6)


def test_trimming_equals_trim_weights_strict():
    """trimWeights(w, upper = 25, strict = TRUE). Catches: excess spread in proportion, one round only
    (WGT-6)."""
    made = trim(BASE, 25)
    assert_allclose(made.weight, CASE["trim_upper25_strict_w"], atol=1e-8, rtol=0)
    assert made.unplaced == 0
    assert_allclose(made.moved, 30 / 300, rtol=1e-12)


def test_kish_effect():
    """n Σw²/(Σw)². Catches: the variance of weights with n − 1 (WGT-5)."""
    assert_allclose(kish(BASE), [CASE["kish_deff"], CASE["kish_neff"]], atol=1e-8, rtol=0)


@pytest.fixture
def clusters():
    """R's apiclus1 with its design; skipped without the public table."""
    path = TABLES / "apiclus1.csv"
    if not path.exists():
        pytest.skip("apiclus1.csv is not here")
    rows = list(csv.DictReader(path.read_text().splitlines()))
    data = {key: np.array([line[key] for line in rows]) for key in rows[0]}
    sizes = data["fpc"].astype(float)
    return data, data["pw"].astype(float), design(len(rows), psu=data["dnum"], population=sizes)


def mean_after(y, weight, base, x, made):
    value = (weight * y).sum() / weight.sum()
    return [value, variance_of(calibration_influence(y, weight, base, x), made)[0] ** 0.5]


def test_greg_with_a_number_equals_calibrate(clusters):
    """calibrate(dclus1, ~stype + api99, c(6194, 755, 1018, 3914069)). Catches: numeric columns taken for
    classes, a calibration that is only right for one-stage persons."""
    data, base, made = clusters
    expected = CASES["apiclus1_calibration_published"]["apiclus1_greg_api99"]
    x = np.column_stack(
        [np.ones(len(base)), data["stype"] == "H", data["stype"] == "M", data["api99"].astype(float)]
    )
    weight = calibrate(base, x, np.array(list(expected["pop"].values())), distance=Distance.LINEAR).weight
    assert_allclose([(weight / base).min(), (weight / base).max()], expected["gw_range"], rtol=1e-6)
    found = mean_after(data["api00"].astype(float), weight, base, x, made)
    assert_allclose(found, [expected["mean"], expected["se"]], rtol=1e-6)


def test_one_margin_is_post_stratification(clusters):
    """postStratify(dclus1, ~stype, pop.types). Catches: weights of the sample instead of the frame's
    counts."""
    data, base, made = clusters
    kinds = np.array(["E", "H", "M"])
    margin = Margin("type", np.searchsorted(kinds, data["stype"]), np.array([[4421.0, 755, 1018]]))
    weight, _ = to_margins(base, np.zeros(len(base), int), [margin], distance=Distance.LINEAR)
    x = (data["stype"][:, None] == kinds).astype(float)
    expected = CASES["apiclus1_calibration_published"]["apiclus1_poststrat"]
    found = mean_after(data["api00"].astype(float), weight, base, x, made)
    assert_allclose(found, [expected["mean"], expected["se"]], rtol=1e-6)
