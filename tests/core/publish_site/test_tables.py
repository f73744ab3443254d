"""What may stand in one cell, and how it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.kinds import Bound, Group, Text
from bening.core.publish.tables import Figure, band, classes, colour_step, contributions, show, show_unit
from bening.methods import load

BOUNDS = (
    Bound("rentan", 0.0, Text("Rentan", "Vulnerable"), "red"),
    Bound("waspada", 73.0, Text("Waspada", "Alert"), "yellow"),
    Bound("terjaga", 78.0, Text("TerJAGA", "Guarded"), "green"),
)


def figure(value, se=1.0, lower=None, upper=None, n=100, unit=""):
    return Figure("a", "index", "", "", unit, value, se, lower, upper, n)


def test_a_cell_is_rounded_away_from_certainty():
    """A standard error rounded half up, or limits rounded inward, would come out of this test."""
    cell = show(figure(73.94, se=1.01, lower=71.89, upper=76.01, n=603), least=30, bounds=BOUNDS)
    assert (cell["value"], cell["se"], cell["lower"], cell["upper"], cell["n_band"]) == (
        73.9,
        1.1,
        71.8,
        76.1,
        605,
    )


def test_two_decimals_where_one_would_suggest_another_class():
    assert show(figure(77.97), least=0, bounds=BOUNDS)["value"] == 77.97
    assert show(figure(77.97), least=0)["value"] == 78.0


@pytest.mark.parametrize(("n", "shown"), [(9, False), (10, True)])
def test_below_the_floor_nothing_of_a_number_is_left(n, shown):
    cell = show(figure(70.0, lower=69.0, upper=71.0, n=n), least=10)
    assert cell["shown"] is shown
    if not shown:
        assert [cell[key] for key in ("value", "se", "lower", "upper", "n_band", "step")] == [None] * 6


@pytest.mark.parametrize(("n", "value", "word"), [(9, None, ""), (12, None, "low"), (15, 60.0, "")])
def test_a_unit_shows_nothing_then_a_band_then_a_value(n, value, word):
    cell = show_unit(figure(60.0, se=3.0, lower=54.0, upper=66.0, n=n, unit="u"), average=70.0, least=10)
    assert (cell["value"], cell["band"], cell["se"]) == (value, word, None)


def test_a_band_is_named_only_when_it_is_80_percent_sure():
    """z = 0.84 is the 80 % point of the normal distribution."""
    assert band(figure(70.0 + 0.85 * 4, se=4.0), 70.0) == "high"
    assert band(figure(70.0 + 0.83 * 4, se=4.0), 70.0) == "same"
    assert band(figure(70.0 - 0.85 * 4, se=4.0), 70.0) == "low"
    assert band(figure(10.0, se=None), 70.0) == "same"


def test_the_interval_tells_which_other_classes_are_possible():
    assert classes(figure(73.9, lower=72.1, upper=78.2), BOUNDS) == ("waspada", ["terjaga", "rentan"])
    assert classes(figure(75.0, lower=73.1, upper=77.9), BOUNDS) == ("waspada", [])
    assert classes(figure(75.0), BOUNDS) == ("waspada", [])
    assert classes(figure(75.0), ()) == ("", [])


@given(st.floats(0, 100))
def test_every_score_has_one_of_seven_colours(value):
    assert 1 <= colour_step(value) <= 7


def test_colours_change_at_fixed_scores():
    assert [colour_step(value) for value in (57.9, 58, 69.9, 70, 76, 82, 88)] == [1, 2, 3, 4, 5, 6, 7]


@given(st.data())
def test_contributions_add_up_to_the_distance_from_the_mean(data):
    """RSK-1 with real weights: a forgotten group weight would break it; each part is rounded by 0.05."""
    method = load("spi-2025:illustrative-20-70-10")
    keys = [(d.group.value, d.code) for d in method.dimensions]
    score = st.floats(0, 100)
    own, mean = ({key: data.draw(score) for key in keys} for _ in range(2))
    total = {
        name: sum(method.groups[d.group] * d.weight * side[d.group.value, d.code] for d in method.dimensions)
        for name, side in (("own", own), ("mean", mean))
    }
    parts = contributions(own, mean, method)
    assert sum(part["points"] for part in parts) == pytest.approx(
        total["own"] - total["mean"], abs=0.051 * len(keys)
    )
    assert [part["points"] for part in parts] == sorted(part["points"] for part in parts)


def test_a_dimension_unknown_on_one_side_pulls_nowhere():
    method = load("spi-2025:illustrative-20-70-10")
    key = (Group.INTERNAL.value, "transparency")
    assert contributions({key: 70.0}, {}, method) == []
