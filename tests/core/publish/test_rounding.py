"""DSC-2, DSC-9 and EST-8: one rounding at the end, and never towards certainty."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.kinds import Bound, Text
from bening.core.problems import Refused
from bening.core.publish import (
    class_of,
    classify,
    round_limits,
    round_n,
    round_score,
    round_up,
    show_participation,
    show_percentage,
    show_score,
)


def bounds(**lowers):
    return tuple(Bound(code, lower, Text(code, code), "red") for code, lower in lowers.items())


NOW = bounds(rentan=0, waspada=73, terjaga=78)
BEFORE = bounds(sangat_rentan=0, rentan=68, waspada=73.7, terjaga=77.5)


@pytest.mark.parametrize(
    ("score", "name"),
    [(0, "rentan"), (72.99, "rentan"), (72.996, "waspada"), (73.00, "waspada"), (77.97, "waspada"),
     (77.99, "waspada"), (77.994999, "waspada"), (77.995, "terjaga"), (78.00, "terjaga"), (100, "terjaga")],
)  # fmt: skip
def test_the_class_is_read_from_the_score_rounded_once_to_two_decimals(score, name):
    assert classify(score, NOW).code == name


@pytest.mark.parametrize(
    ("score", "name"),
    [(67.99, "sangat_rentan"), (68.00, "rentan"), (73.69, "rentan"), (73.70, "waspada"),
     (77.49, "waspada"), (77.50, "terjaga")],
)  # fmt: skip
def test_the_gaps_between_printed_bounds_of_2021_belong_to_the_lower_class(score, name):
    assert classify(score, BEFORE).code == name


def test_an_edition_without_classes_has_none():
    assert classify(50.0, ()) is None


def test_half_a_hundredth_rounds_up_as_it_is_printed_not_as_it_is_stored():
    """2.675 is stored as 2.67499…; rounding the stored binary value would give 2.67."""
    assert round_score(2.675) == Decimal("2.68")


@pytest.mark.parametrize(
    ("score", "printed"),
    [
        (77.97, "77.97"),
        (77.949, "77.9"),
        (77.95, "77.95"),
        (72.996, "73.0"),
        (72.994, "72.99"),
        (75.634767, "75.6"),
    ],
)
def test_two_decimals_appear_only_where_one_would_suggest_another_class(score, printed):
    assert str(show_score(score, NOW)) == printed


def test_without_classes_a_score_has_one_decimal():
    assert str(show_score(77.97)) == "78.0"


def test_a_fall_too_small_to_print_has_no_minus_sign():
    assert str(show_score(-0.04)) == "0.0"


@given(st.floats(0, 100))
def test_a_reader_finds_the_class_of_the_computed_score_from_the_printed_one(score):
    printed = float(show_score(score, NOW))
    assert classify(printed, NOW) == classify(score, NOW)
    assert abs(printed - score) <= 0.05 + 1e-9


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_printed_interval_holds_the_computed_one(one, other):
    """Section 12, 11 (c)."""
    lower, upper = sorted((one, other))
    shown = round_limits(lower, upper)
    assert float(shown[0]) <= lower <= upper <= float(shown[1])
    assert float(shown[1] - shown[0]) < upper - lower + 0.2 + 1e-9


@given(st.floats(0, 50))
def test_a_standard_error_is_never_printed_too_small(se):
    assert se <= float(round_up(se)) < se + 0.1000001


@given(st.integers(0, 100_000))
def test_respondents_are_shown_to_the_nearest_five(n):
    assert round_n(n) % 5 == 0
    assert abs(round_n(n) - n) <= 2


@pytest.mark.parametrize(
    ("percentage", "n", "printed"),
    [(4.6, 49, "< 5"), (4.6, 50, "5"), (5.0, 30, "5"), (95.0, 30, "95"), (95.2, 49, "> 95"),
     (100.0, 50, "100"), (37.5, 12, "38"), (0.0, 12, "< 5")],
)  # fmt: skip
def test_percentages_are_whole_and_small_groups_name_no_extreme(percentage, n, printed):
    assert show_percentage(percentage, n) == printed


@pytest.mark.parametrize("nothing", [float("nan"), float("inf")])
def test_a_missing_value_is_refused_not_printed(nothing):
    with pytest.raises(Refused, match="PUBLISH-102"):
        show_score(nothing)


def test_bounds_out_of_order_are_refused():
    with pytest.raises(Refused, match="PUBLISH-103"):
        classify(70.0, bounds(terjaga=78, waspada=73))


@given(st.integers(0, 10_000))
def test_a_class_begins_exactly_at_its_lower_end(hundredths):
    score = Decimal(hundredths) / 100
    reached = sum(score >= Decimal(str(bound.lower)) for bound in BEFORE)
    assert class_of(score, BEFORE) == BEFORE[reached - 1]
    assert class_of(score, ()) is None


@pytest.mark.parametrize(
    ("answered", "sampled", "shown"),
    [(19, 19, None), (4, 20, "< 25"), (5, 20, "30"), (11, 20, "60"), (60, 100, "60"), (90, 100, "90"),
     (91, 100, "> 90")],
)  # fmt: skip
def test_an_institution_sees_participation_in_steps_and_never_of_a_few(answered, sampled, shown):
    assert show_participation(answered, sampled, {}) == shown


@given(st.integers(20, 400))
def test_participation_as_shown_never_gives_the_count(sampled):
    """DSC-9: at least two counts share each figure; from 80 on it is within two and a half points."""
    shown = [show_participation(n, sampled, {}) for n in range(sampled + 1)]
    assert min(Counter(shown).values()) > 1
    for n, figure in enumerate(shown):
        if sampled >= 80:
            assert figure in ("< 25", "> 90") or abs(int(figure) - 100 * n / sampled) <= 2.5
