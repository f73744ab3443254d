"""Design-based estimates against R survey (EST-1 to EST-13).

References: R 4.2.2, survey 4.1.1. `d <- svydesign(id, strata, weights, fpc, data)`, `svymean`, `svyby`,
`svyratio`, `svycontrast`, `svyciprop`; the tables of `data(api)` are not shipped (`public_tables.py`) and
these tests are skipped without them.
"""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bening.core.estimate import (
    Year,
    beta,
    change,
    composite,
    design,
    effective,
    index,
    logit_t,
    paired_covariance,
    proportion,
    student_t,
    taylor,
)
from bening.core.estimate.variance import spread
from tests.core.estimate.rounds import answers, frame, method, row
from tests.oracles.public_tables import TABLES

HERE = Path(__file__).parent
CASES = {case["id"]: case for case in json.loads((HERE / "01_design_based.json").read_text())["cases"]}
API = CASES["api_published"]["expected"]
PEOPLE = CASES["synthetic_institution"]
GROUPS = {"I": "internal", "E": "external", "X": "expert"}


def table(name):
    """A table of the api data as columns."""
    path = TABLES / f"{name}.csv"
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    rows = list(csv.DictReader(path.read_text().splitlines()))
    return {key: np.array([line[key] for line in rows]) for key in rows[0]}


def number(column):
    return np.array([np.nan if text in ("NA", "") else float(text) for text in column])


@pytest.fixture
def stratified():
    data = table("apistrat")
    made = design(len(data["pw"]), stratum=data["stype"], population=number(data["fpc"]))
    return data, number(data["pw"]), made


@pytest.fixture
def clusters():
    data = table("apiclus1")
    made = design(len(data["pw"]), psu=data["dnum"], population=number(data["fpc"]))
    return data, number(data["pw"]), made


def test_stratified_mean_equals_svymean(stratified):
    """svymean(~api00, d, deff = TRUE), confint(). Catches: fpc or strata left out, n instead of n − 1, a deff
    (EST-13) against sampling with replacement."""
    data, weight, made = stratified
    found, expected = taylor(number(data["api00"]), weight, made), API["apistrat_mean"]
    assert_allclose(found.value, expected["est"], rtol=1e-7)
    assert_allclose(found.fpc**0.5, expected["se"], rtol=1e-7)
    assert found.df == expected["df"]
    assert_allclose(student_t(found.value, found.fpc**0.5, found.df), expected["ci_t"], rtol=1e-7)
    assert_allclose(found.deff, expected["deff"], rtol=1e-7)


@pytest.mark.parametrize(
    ("column", "case", "key"),
    [
        ("stype", "apistrat_by_stype", "stype"),
        ("awards", "apistrat_by_awards", "g"),
    ],
)
def test_domains_equal_svyby(stratified, column, case, key):
    """svyby(~api00, ~stype, d, svymean). Catches: rows dropped before the strata are counted."""
    data, weight, made = stratified
    for line in API[case]:
        found = taylor(number(data["api00"]), weight, made, data[column] == line[key])
        assert_allclose([found.value, found.fpc**0.5], [line["est"], line["se"]], rtol=1e-7)


def test_one_stage_clusters_equal_svymean(clusters):
    """svydesign(id = ~dnum, fpc = ~fpc). Catches: persons taken for primary units."""
    data, weight, made = clusters
    found = taylor(number(data["api00"]), weight, made)
    assert_allclose([found.value, found.fpc**0.5, found.df], list(API["apiclus1_mean"].values()), rtol=1e-7)


def test_two_stages_add_the_second():
    """svydesign(id = ~dnum + snum, fpc = ~fpc1 + fpc2), and without fpc the ultimate clusters. Catches:
    second stage left out, its factor f_h forgotten, or kept where a repetition is meant (EST-3)."""
    data = table("apiclus2")
    made = design(
        len(data["pw"]),
        psu=data["dnum"],
        population=number(data["fpc1"]),
        psu_population=number(data["fpc2"]),
    )
    found = taylor(number(data["api00"]), number(data["pw"]), made)
    expected = API["apiclus2_twostage_mean"]
    assert_allclose([found.value, found.fpc**0.5, found.df], list(expected.values()), rtol=1e-7)
    assert_allclose(found.repeat**0.5, API["apiclus2_ultimate_cluster_wr"]["se"], rtol=1e-7)


def test_a_ratio_is_a_mean_of_ratios_of_totals(stratified):
    """svyratio(~api.stu, ~enroll, d) with its total of enrolment. Catches: influence of the ratio without its
    denominator. A ratio is Σw·y/Σw·x: weights w·x and scores y/x give it."""
    data, weight, made = stratified
    enroll = number(data["enroll"])
    assert_allclose((weight * enroll).sum(), API["apistrat_total_enroll"]["est"], rtol=1e-7)
    z = weight * enroll
    found = spread(made, z[:, None], z[:, None] ** 2, np.ones((200, 1)), np.zeros(200, int), np.zeros(1, int))
    assert_allclose(found.fpc[0, 0] ** 0.5, API["apistrat_total_enroll"]["se"], rtol=1e-7)


def test_intervals_of_a_share_equal_svyciprop(clusters):
    """svyciprop(~I(sch.wide == "Yes"), d, method = "logit" | "beta" | "mean"). Catches: n where n_eff
    belongs, df of the persons instead of the 15 districts, Clopper–Pearson without the correction of the df
    (EST-6, 7)."""
    data, weight, made = clusters
    if "sch.wide" not in data:
        expected = API["apiclus1_prop_schwide_mean"]
        se = (expected["ci"][1] - expected["est"]) / float(student_t(0.0, 1.0, 14)[1])
        share = expected["est"]
    else:
        found = taylor((data["sch.wide"] == "Yes").astype(float), weight, made)
        share, se = found.value, found.fpc**0.5
    n = API["apiclus1_prop_n"]
    logit = np.array(logit_t(100 * share, 100 * se, 14)) / 100
    assert_allclose(logit, API["apiclus1_prop_schwide_logit"]["ci"], rtol=1e-7)
    limits = beta(share, effective(share, se, n, 14))
    assert_allclose(limits, API["apiclus1_prop_schwide_beta"]["ci"], rtol=1e-7)


@pytest.mark.parametrize("kept", ["strat", "strat_nofpc", "clus1", "clus2", "clus2_wr"])
def test_every_mean_of_the_api_tables_equals_r(kept):
    """svymean and svyby of api00 and meals in each design of r-survey/oracle_api.csv; enrolment has gaps
    (na.rm). Catches: a missing answer that shrinks n_h, awards as a filter, fpc in a design without."""
    data = table("api" + kept.split("_")[0])
    named = {
        "strat": {"stratum": data["stype"]},
        "clus1": {"psu": data["dnum"]},
        "clus2": {"psu": data["dnum"]},
    }
    sizes = {"population": number(data["fpc1" if "clus2" in kept else "fpc"])} if "_" not in kept else {}
    if kept == "clus2":
        sizes["psu_population"] = number(data["fpc2"])
    made = design(len(data["pw"]), **named[kept.split("_")[0]], **sizes)
    weight, seen = number(data["pw"]), 0
    for line in csv.DictReader((HERE / "r_survey_api.csv").read_text().splitlines()):
        if line["case"] != kept or not line["stat"].startswith("mean"):
            continue
        by = line["stat"].removeprefix("mean_by_") if "_by_" in line["stat"] else None
        if line["stat"] == "mean_subset_YesE":
            domain = (data["awards"] == "Yes") & (data["stype"] == "E")
        else:
            domain = None if by is None else data[by] == line["domain"]
        y = number(data["api00" if by or domain is not None else line["domain"]])
        found = taylor(y, weight, made, domain)
        assert_allclose([found.value, found.fpc**0.5], [float(line["est"]), float(line["se"])], rtol=1e-9)
        seen += 1
    assert seen == 9


def institution():
    """The synthetic institution as answers and frame, with sex as the unit."""
    rows = [
        (("A", GROUPS[p["src"]], p["stratum"], "male" if p["male"] else "female"), p["y"])
        for p in PEOPLE["data"]
    ]
    strata = {("A", GROUPS[p["src"]], p["stratum"]): p["N"] for p in PEOPLE["data"]}
    parts = [(group, "d", 1.0) for group in GROUPS.values()]
    return index(
        method({"internal": 0.5, "external": 0.3, "expert": 0.2}, parts),
        answers([where for where, _ in rows], {"d": [y for _, y in rows]}),
        frame([(*where, people) for where, people in strata.items()]),
    )


def test_three_groups_equal_three_designs():
    """svymean(~y, subset design of each source) with fpc. Catches: one design for all sources, weights that
    are not N/n, a df across sources."""
    made = institution()
    for source, group in GROUPS.items():
        expected = PEOPLE["expected"][f"mean_{source}"]
        found = row(made, "group", group=group)
        assert_allclose([found["estimate"], found["se"], found["df"]], list(expected.values()), rtol=1e-9)


def test_the_composite_equals_svycontrast():
    """svycontrast(by source, c(I = .5, E = .3, X = .2)); Satterthwaite df. Catches: pooled rows instead of
    independent samples, a² forgotten, rounded df, a t interval where logit-t is due (EST-5, EST-6)."""
    expected, found = PEOPLE["expected"]["composite"], row(institution())
    assert_allclose(
        [found["estimate"], found["se"], found["df"]],
        [expected["est"], expected["se"], expected["satterthwaite_df"]],
        rtol=1e-9,
    )
    assert_allclose([found["lower"], found["upper"]], expected["ci_logit"], rtol=1e-9)
    assert_allclose(student_t(found["estimate"], found["se"], found["df"]), expected["ci_t"], rtol=1e-9)


def test_a_domain_keeps_everybody_in_its_strata():
    """svymean(~y, subset(d, male == 1)). Catches: filtering first, which R's naive twin shows as 2.268762
    (EST-9). The df are the smaller ones, 19 inside the domain, not 37."""
    expected = PEOPLE["expected"]["domain_male_internal"]
    found = row(institution(), "group", unit="male", group="internal")
    assert_allclose([found["estimate"], found["se"]], list(expected.values()), rtol=1e-9)
    assert found["df"] == 19
    wrong = PEOPLE["expected"]["domain_male_internal_WRONG_subset_first_nofpc"]["se"]
    assert abs(found["se"] - wrong) > 0.05


def test_a_lonely_stratum_is_adjusted_not_removed():
    """options(survey.lonely.psu = "adjust"); svymean. Catches: "remove", which is too small (EST-10)."""
    case = CASES["lonely_psu"]
    w, y = (np.array([line[key] for line in case["data"]], float) for key in ("w", "y"))
    found = taylor(y, w, design(6, stratum=[line["st"] for line in case["data"]]))
    expected = case["expected"]["adjust"]
    assert_allclose([found.value, found.fpc**0.5, found.df], list(expected.values()), rtol=1e-9)
    assert found.flags == {"lonely_adjusted"}


def test_change_uses_the_overlap_of_the_two_years():
    """Both years stacked, person as PSU: svyby(~y, ~yr, d, svymean, covmat = TRUE), svycontrast(c(−1, 1)).
    Catches: two years taken for independent (2.430808), absent persons dropped from a stratum (EST-11)."""
    case = CASES["year_over_year_overlap"]
    people = sorted({(line["st"], line["pid"]) for line in case["data"]})
    place = {person: number for number, person in enumerate(people)}
    z, found = {}, {}
    for year in sorted({line["yr"] for line in case["data"]}):
        inside = [line for line in case["data"] if line["yr"] == year]
        y, w = np.full(len(people), np.nan), np.ones(len(people))
        for line in inside:
            y[place[line["st"], line["pid"]]], w[place[line["st"], line["pid"]]] = line["y"], line["w"]
        found[year] = taylor(y, w, design(len(people), stratum=[st for st, _ in people]))
        z[year] = found[year].influence
    first, second = found.values()
    stratum = np.unique([st for st, _ in people], return_inverse=True)[1]
    covariance = paired_covariance(*z.values(), stratum)
    made = change(
        "A",
        *(Year(one.value, one.repeat, one.df, one.n) for one in (first, second)),
        same_method=True,
        covariance=covariance,
    )
    expected = case["expected"]
    assert_allclose(covariance, expected["vcov"][0][1], rtol=1e-9)
    assert_allclose([made.value, made.se], [expected["change"], expected["se_change"]], rtol=1e-9)


def test_a_share_of_nobody_and_of_everybody_has_limits():
    """0 of 50 by qbeta(0.975, 1, 50) (Korn & Graubard 1998). Catches: an interval of width 0 at the edge
    (EST-7)."""
    made = design(50)
    none, everybody = (proportion(np.full(50, x), np.ones(50), made) for x in (0.0, 1.0))
    upper = 100 * (1 - 0.025 ** (1 / 50))
    assert_allclose([none.lower, none.upper], [0, upper], rtol=1e-12)
    assert_allclose([everybody.lower, everybody.upper], [100 - upper, 100], rtol=1e-12)
    assert none.flags == {"zero_variance"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "line", CASES["small_n_interval_coverage"]["expected"], ids=lambda line: f"n={line['n']}"
)
def test_coverage_at_small_n_is_that_of_the_study(line):
    """40,000 samples of 100·Beta(4.5, 1.5), mean 75. Catches: z for t, logit limits around the wrong
    middle."""
    rng = np.random.default_rng(7)
    y = 100 * rng.beta(4.5, 1.5, (40_000, line["n"]))
    value, se = y.mean(axis=1), y.std(axis=1, ddof=1) / line["n"] ** 0.5
    for limits, key in ((logit_t, "cov_logit_t"), (student_t, "cov_t")):
        lower, upper = limits(value, se, np.full(40_000, line["n"] - 1.0))
        assert_allclose(((lower < 75) & (upper > 75)).mean(), line[key], atol=0.006)
    assert_allclose((upper > 100).mean(), line["share_t_upper_above_100"], atol=0.006)


@pytest.mark.slow
def test_coverage_of_the_composite_is_that_of_the_study():
    """Three beta sources of 40, 24 and 10 with weights 0.5, 0.3, 0.2. Catches: df of one source, or of the
    sum."""
    rng = np.random.default_rng(8)
    shapes = ((40, 4.5, 1.5), (24, 6.0, 1.5), (10, 3.0, 1.5))
    samples = [100 * rng.beta(a, b, (20_000, n)) for n, a, b in shapes]
    value = np.stack([y.mean(axis=1) for y in samples], axis=1)
    variance = np.stack([y.var(axis=1, ddof=1) / y.shape[1] for y in samples], axis=1)
    df = np.broadcast_to([n - 1.0 for n, _, _ in shapes], value.shape)
    made = composite(np.array([0.5, 0.3, 0.2]), value, variance, df)
    truth = 100 * sum(a * p / (p + q) for a, (_, p, q) in zip((0.5, 0.3, 0.2), shapes, strict=True))
    for limits, key in ((logit_t, "logit_t"), (student_t, "t")):
        lower, upper = limits(made.value, made.variance**0.5, made.df)
        coverage = ((lower < truth) & (upper > truth)).mean()
        assert_allclose(coverage, CASES["composite_coverage"]["expected"][key], atol=0.006)
