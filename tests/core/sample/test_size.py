"""Sizes and invitations: what holds for all numbers."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.problems import Refused
from bening.core.sample import invitations, mean_size, proportion_size, response_rate_expected


@given(st.floats(0.5, 20), st.integers(1, 10**6), st.floats(1, 40))
def test_a_planned_size_gives_the_half_width_it_was_planned_for(half, population, sd):
    n = mean_size(half, population, sd=sd)
    assert n <= population
    reached = 1.959963984540054 * sd * math.sqrt(1 / n - 1 / population)
    assert reached == pytest.approx(half, rel=1e-6)


@given(st.floats(0.01, 0.3), st.integers(2, 10**6))
def test_a_proportion_is_planned_so_that_its_margin_comes_out(margin, population):
    n = proportion_size(margin, population)
    reached = 1.959963984540054 * math.sqrt(0.25 / n * (population - n) / (population - 1))
    assert reached == pytest.approx(margin, rel=1e-6)


@given(st.integers(1, 500), st.integers(1, 5000), st.floats(0.05, 1))
def test_invitations_bring_the_answers_or_ask_everybody(answers, population, response):
    people = invitations(answers, population, response=response)
    assert people == population or people * response >= answers - 1e-6
    assert people <= population
    assert people == population or (people - 1) * response < answers


def test_own_history_outweighs_the_type_as_it_grows():
    assert response_rate_expected(0, 0, kind_rate=0.4) == pytest.approx(0.4)
    assert response_rate_expected(100, 1000, kind_rate=0.9) == pytest.approx(109 / 1010)
    assert response_rate_expected(0, 5000, kind_rate=0.3) == 0.1


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("SAMPLE-101", lambda: mean_size(0, 100, sd=10)),
        ("SAMPLE-101", lambda: proportion_size(-0.05, 100)),
        ("SAMPLE-102", lambda: mean_size(2, 0, sd=10)),
        ("SAMPLE-104", lambda: invitations(10, 100, response=0)),
        ("SAMPLE-104", lambda: response_rate_expected(5, 4, kind_rate=0.5)),
    ],
)
def test_impossible_plans_are_refused_in_words(code, call):
    with pytest.raises(Refused) as refusal:
        call()
    assert [problem.code for problem in refusal.value.problems] == [code]
