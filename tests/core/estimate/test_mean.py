"""Means and shares of one sample, and the intervals around them (EST-1, 2, 3, 6, 7, 8, 9, 12)."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from bening.core.estimate import (
    at_most,
    beta,
    chance_below,
    chances,
    design,
    effective,
    interval,
    logit_t,
    mean,
    none_of,
    payments,
    prevalence,
    proportion,
    satterthwaite,
    silence,
    student_t,
    taylor,
    variance_of,
    witnessed,
)
from bening.core.kinds import Bound, Measure
from bening.core.problems import Refused
from tests.core.estimate.rounds import WORD
from tests.oracles import naive

SCORES = st.lists(st.integers(0, 1000).map(lambda x: x / 10), min_size=2, max_size=12)
BOUNDS = (Bound("low", 0, WORD, "red"), Bound("mid", 73, WORD, "yellow"), Bound("high", 78, WORD, "green"))


@given(SCORES, st.data())
def test_the_mean_is_the_literal_one(y, data):
    """Twin of EST-1 and EST-2 with weights and two strata."""
    n = len(y)
    w = data.draw(st.lists(st.integers(1, 9), min_size=n, max_size=n))
    stratum = data.draw(st.lists(st.sampled_from("st"), min_size=n, max_size=n))
    population = {label: stratum.count(label) + 3 for label in "st"}
    made = design(n, stratum=stratum, population=np.array([population[s] for s in stratum]))
    found = taylor(np.array(y), np.array(w, float), made)
    exact = [Fraction(str(value)) for value in y]
    m = naive.weighted_mean(exact, w)
    people = [naive.Person("", "", s, "", "", None) for s in stratum]
    z = [a * (b - m) / sum(w) for a, b in zip(w, exact, strict=True)]
    with_fpc, without, df = naive.variance(people, z, [True] * n, population, {}, {})
    assert_allclose(
        [found.value, found.fpc, found.repeat], [float(m), float(with_fpc), float(without)], atol=1e-9
    )
    assert found.df == df


@given(SCORES, st.data())
def test_a_domain_of_everybody_changes_nothing(y, data):
    """Property 2 (EST-9); and what lies outside the domain only counts, whatever its score."""
    made, w = design(len(y)), np.ones(len(y))
    whole = taylor(np.array(y), w, made, np.ones(len(y), bool))
    assert_allclose(
        [whole.value, whole.fpc], [taylor(np.array(y), w, made).value, taylor(np.array(y), w, made).fpc]
    )
    inside = np.array(data.draw(st.lists(st.booleans(), min_size=len(y), max_size=len(y))))
    inside[0] = True
    other = np.where(inside, y, 50.0)
    first, second = (taylor(np.array(scores), w, made, inside) for scores in (y, other))
    assert_allclose([first.value, first.fpc, first.df], [second.value, second.fpc, second.df], atol=1e-9)


def test_nobody_in_a_domain_is_an_error():
    with pytest.raises(Refused, match="ESTIMATE-101"):
        taylor(np.ones(3), np.ones(3), design(3), np.zeros(3, bool))
    with pytest.raises(Refused, match="ESTIMATE-101"):
        design(0)


def test_what_is_no_score_weight_or_event_is_refused():
    with pytest.raises(Refused, match="ESTIMATE-111"):
        mean(np.array([50.0, 101.0]), np.ones(2), design(2))
    with pytest.raises(Refused, match="ESTIMATE-108"):
        mean(np.array([50.0, 51.0]), np.array([1.0, 0.0]), design(2))
    with pytest.raises(Refused, match="ESTIMATE-111"):
        proportion(np.array([1.0, 2.0]), np.ones(2), design(2))
    with pytest.raises(Refused, match="ESTIMATE-104"):
        design(3, population=np.full(3, 2))


def test_one_answer_has_a_value_and_no_error():
    """EST-1."""
    made = mean(np.array([70.0]), np.ones(1), design(1, population=np.array([9])))
    assert (made.value, made.se, made.df, made.lower, made.flags) == (70, None, None, None, {"no_interval"})


def test_everybody_is_certain_this_year():
    made = mean(np.array([70.0, 80]), np.ones(2), design(2, population=np.array([2, 2])))
    assert (made.se, made.lower, made.upper) == (0, 75, 75)
    assert made.flags == {"fpc"}


def test_equal_scores_are_not_certain():
    made = mean(np.full(9, 70.0), np.ones(9), design(9, population=np.full(9, 90)))
    assert made.se is None
    assert made.flags == {"zero_variance", "no_interval"}


def test_the_second_stage_of_a_lone_person_is_flagged():
    """EST-3: one person from a PSU of five adds nothing at the second stage, and says so."""
    made = design(5, psu=list("aabbc"), population=np.full(5, 9), psu_population=np.array([4, 4, 6, 6, 5]))
    assert taylor(np.array([1.0, 2, 3, 5, 8]), np.ones(5), made).flags == {"lonely_adjusted"}


def test_a_cluster_counts_once_however_many_answer_in_it():
    """EST-9: a domain reached in two of five PSUs has one degree of freedom, with four people in it."""
    made = design(10, psu=list("aabbccddee"))
    inside = np.array([True] * 4 + [False] * 6)
    assert taylor(np.arange(10.0), np.ones(10), made, inside).df == 1
    assert taylor(np.arange(10.0), np.ones(10), made).df == 4


@given(st.floats(1, 99), st.floats(0.01, 30), st.floats(4, 400))
def test_logit_limits_stay_inside_and_around_the_value(value, se, df):
    """EST-6: no limit beyond 0 or 100; near the middle it is the t interval."""
    lower, upper = logit_t(value, se, df)
    assert 0 <= lower < value < upper <= 100
    if abs(value - 50) < 1 and se < 0.05:
        assert_allclose([lower, upper], student_t(value, se, df), atol=0.01)


def test_interval_follows_the_rules_for_its_cases():
    """EST-6, EST-7: inner value, edge, census, too few df, unknown se."""
    value = np.array([75.0, 100.0, 75.0, 75.0, 75.0])
    se = np.array([2.0, np.nan, 0.0, 2.0, np.nan])
    df = np.array([20.0, 20.0, 1.0, 3.9, 20.0])
    lower, upper, none = interval(value, se, df, np.full(5, 21.0))
    assert_allclose([lower[0], upper[0]], logit_t(75, 2, 20))
    assert_allclose([lower[1], upper[1]], [100 * 0.025 ** (1 / 21), 100])
    assert (lower[2], upper[2]) == (75, 75)
    assert none.tolist() == [False, False, False, True, True]


def test_beta_limits_of_a_simple_sample_are_clopper_pearson():
    """7 of 20, R binom.test(7, 20)$conf.int: 0.1539092, 0.5921885. Simple random: n* is n."""
    share = 7 / 20
    se = (share * (1 - share) / 20) ** 0.5
    assert_allclose(effective(share, se, 20, 19), 20, rtol=1e-12)
    assert_allclose(beta(share, 20.0), [0.1539092, 0.5921885], atol=1e-7)


def test_none_of_many_is_the_rule_of_three():
    assert_allclose(none_of(200), 1 - 0.05 ** (1 / 200))
    assert abs(none_of(1000) - 3 / 1000) < 1e-4


@given(st.floats(5, 95), st.floats(0.2, 10), st.floats(4, 200), st.floats(0, 20))
def test_chances_of_the_classes_sum_to_one(value, se, df, deduction):
    """EST-8; a value on the bound has even chances; a deduction moves the bound up."""
    found = chances(value, se, df, BOUNDS, deduction)
    assert_allclose(sum(found.values()), 1)
    assert all(chance >= 0 for chance in found.values())
    assert_allclose(chance_below(value, se, df, value), 0.5)
    assert chances(value, se, df, BOUNDS, 0)["low"] <= found["low"] + 1e-12


def test_no_chance_without_an_error():
    with pytest.raises(Refused, match="ESTIMATE-113"):
        chance_below(75, 0, 20, 73)
    assert (chance_below(75, 2, 20, 104), chance_below(75, 2, 20, 0)) == (1, 0)


def test_degrees_of_freedom_of_equal_parts_add():
    """EST-5: k groups alike have k times the df; a part of 0 brings none."""
    assert_allclose(satterthwaite(np.array([2.0, 2, 2]), np.array([9.0, 9, 9])), 27)
    assert_allclose(satterthwaite(np.array([2.0, 0]), np.array([9.0, 4])), 9)
    assert_allclose(
        float(naive.satterthwaite([(Fraction(2), 9), (Fraction(3), 4)])),
        satterthwaite(np.array([2.0, 3]), np.array([9.0, 4])),
    )


def test_prevalence_counts_only_people_with_a_contact():
    """EST-12: 4 payers of 40 contacts are 10 %, however many had none; everybody stays in the design."""
    event = np.zeros(100)
    event[:4] = 1
    contact = np.arange(100) < 40
    made = prevalence(event, contact, np.ones(100), design(100, population=np.full(100, 1000)))
    assert (made.value, made.n, made.method) == (10, 40, Measure.BRIBE_16_5_1)
    assert_allclose(
        made.se,
        taylor(100 * event, np.ones(100), design(100, population=np.full(100, 1000)), contact).fpc ** 0.5,
    )
    seen = witnessed(event, np.ones(100), design(100))
    assert (seen.value, seen.n, seen.method) == (4, 100, Measure.WITNESSED_EVER)


def test_few_contacts_and_other_measures_are_refused():
    contact = np.arange(100) < 29
    with pytest.raises(Refused, match="ESTIMATE-120"):
        prevalence(np.zeros(100), contact, np.ones(100), design(100))
    with pytest.raises(Refused, match="ESTIMATE-124"):
        witnessed(np.zeros(100), np.ones(100), design(100), Measure.EXPERIENCE_12M)


def test_nobody_reported_has_an_upper_limit_by_the_sibling():
    """EST-7: n* is the number of contacts over the design effect of a sibling item."""
    made = prevalence(np.zeros(100), np.arange(100) < 60, np.ones(100), design(100), sibling_deff=1.5)
    assert (made.value, made.lower, made.n_eff) == (0, 0, 40)
    assert_allclose(made.upper, 100 * (1 - 0.025 ** (1 / 40)))
    assert_allclose(at_most(made), 100 * (1 - 0.05 ** (1 / 40)))


def test_silence_is_reported_beside():
    declined = np.where(np.arange(60) < 6, 1.0, 0.0)
    assert silence(declined, np.ones(60, bool), np.ones(60), design(60)).value == 10


def test_payments_are_those_of_payers():
    times = np.array([1, 2, 3, 4, 5, 3, np.nan, np.nan])
    made = payments(times, ~np.isnan(times), np.ones(8), design(8))
    assert (made.value, made.n) == (3, 6)
    assert_allclose((made.lower, made.upper), student_t(3.0, made.se, 5))
    single = payments(times, times == 1, np.ones(8), design(8))
    assert (single.se, single.flags) == (None, {"no_interval"})


def test_variance_of_influences_is_the_variance_of_their_mean():
    y, made = np.array([40.0, 60, 75, 90]), design(4, population=np.full(4, 10))
    found = taylor(y, np.ones(4), made)
    assert_allclose(variance_of(found.influence, made), (found.fpc, found.repeat))
