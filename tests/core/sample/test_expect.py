"""Expected precision and publishability (SMP-6)."""

import math

import numpy as np
import pytest

from bening.core.kinds import Allocation, Stratum
from bening.core.problems import Refused
from bening.core.sample import allocate, expect, expect_index


def plan(people, sampled, *, response=0.5, sd=14.0):
    strata = [Stratum(f"m/{i}", n, 10, response, sd, ("m",)) for i, n in enumerate(people)]
    return strata, [
        Allocation(f"m/{i}", n, s, s == n) for i, (n, s) in enumerate(zip(people, sampled, strict=True))
    ]


def test_half_widths_are_those_a_simulated_survey_gets():
    strata, plans = plan([400, 200], [120, 60])
    found = expect_index([(1.0, strata, plans)], code="m", deff=1.0)
    rng = np.random.default_rng(3)
    means = (
        rng.normal(70, 14 / math.sqrt(60), 40_000) * 2 / 3 + rng.normal(70, 14 / math.sqrt(30), 40_000) / 3
    )
    assert found.se == pytest.approx(means.std(), rel=0.02)
    assert found.half_width == pytest.approx(1.987 * found.se, rel=1e-3)  # t with 88 degrees of freedom


def test_an_index_adds_the_variances_of_its_groups():
    inside, outside = plan([400], [100]), plan([1000], [60])
    a, b = (expect_index([(1.0, *part)], code="g") for part in (inside, outside))
    both = expect_index([(0.7, *inside), (0.3, *outside)], code="i")
    assert both.se**2 == pytest.approx(0.49 * a.se**2 + 0.09 * b.se**2)
    assert min(a.df, b.df) < both.df <= a.df + b.df
    assert both.answers == 80


def test_chance_to_be_shown_is_a_binomial_tail():
    strata, plans = plan([300], [20])
    (found,) = expect(strata, plans)
    assert found.shown
    assert found.chance == pytest.approx(sum(math.comb(20, k) for k in range(10, 21)) / 2**20)


def test_one_withheld_unit_takes_another_with_it():
    strata, plans = plan([100, 100, 100], [12, 40, 60])
    assert [found.shown for found in expect(strata, plans)] == [False, False, True]


def test_withheld_units_that_are_enough_together_take_no_other():
    strata, plans = plan([100, 100, 100], [12, 14, 60])
    assert [found.shown for found in expect(strata, plans)] == [False, False, True]


def test_a_census_needs_twenty():
    strata, plans = plan([36, 38, 100], [36, 30, 60])
    assert [found.shown for found in expect(strata, plans)] == [False, False, True]


def test_no_half_width_from_a_handful():
    strata, plans = plan([100], [8])
    (found,) = expect(strata, plans)
    assert found.half_width is None


def test_a_larger_plan_is_more_precise():
    strata = [Stratum(f"m/{i}", 300, 10, 0.5, 14.0, ("m",)) for i in range(4)]
    halves = [expect_index([(1.0, strata, allocate(strata, n))], code="m").half_width for n in (60, 120, 240)]
    assert halves == sorted(halves, reverse=True)


def test_plans_must_match_their_strata():
    _, plans = plan([100], [30])
    with pytest.raises(Refused, match="SAMPLE-111"):
        expect([], plans)
