"""QLT-9: leads for people to read, never a deduction."""

from dataclasses import fields
from math import nan

import numpy as np
import pytest

from bening.core.kinds import Agreement, Evidence, Group, PublicationStatus, Signal, SignalFamily
from bening.core.quality import (
    INNOCENT,
    MISSING,
    agreeing,
    card,
    common_answers,
    flagged,
    institution_flagged,
    rarity,
    sample_status,
    sentence,
)


def unit(name, p, **other):
    numbers = {"n": 14, "observed": 0.8, "expected": 0.4, "sd": 0.02, "z": 20.0, "covariance_p": 0.5} | other
    return Agreement(unit=name, p=p, **numbers)


def test_units_are_flagged_at_one_percent_false_discoveries():
    found = [unit("a", 1e-6), unit("b", 0.008), unit("c", 0.4), unit("d", nan, reason="unit_too_small")]
    assert flagged(found) == pytest.approx({"a": 3e-6})
    assert set(flagged(found, level=0.05)) == {"a", "b"}


def test_an_institution_needs_two_families_that_differ():
    agreement = Signal(SignalFamily.AGREEMENT, 1e-6)
    assert not institution_flagged([agreement, agreement])
    assert institution_flagged([agreement, Signal(SignalFamily.TOLD, 0.001)])
    assert agreeing([agreement, Signal(SignalFamily.TOLD, 0.02)]) == {SignalFamily.AGREEMENT}


def test_signals_that_are_missing_never_agree():
    assert agreeing([Signal(SignalFamily.TIMING, nan)]) == frozenset()


def test_the_card_names_what_was_not_available():
    codes = np.tile([0, 1, 2, 3, 4, 0, 1, 2, 3, 4], (14, 1))
    signals = [Signal(SignalFamily.AGREEMENT, 1e-6), Signal(SignalFamily.TOLD, nan)]
    record = card(unit("a", 1e-6), 3e-6, codes=codes, signals=signals, method="spi-2025:equal-thirds")
    assert record.signals == (signals[0],)
    assert SignalFamily.TOLD in record.unavailable
    assert SignalFamily.AGREEMENT not in record.unavailable
    assert record.near == (14, 14, 9, 10)
    assert record.coached_least == pytest.approx(((0.8 - 1.645 * 0.02 - 0.4) / 0.45) ** 0.5)


def test_where_chance_alone_explains_agreement_the_card_states_no_share():
    found = unit("a", 1e-6, expected=0.9, observed=0.95)
    assert card(found, 1e-6, codes=np.ones((6, 6), dtype=int), signals=[], method="m").coached_least is None


def test_a_card_holds_no_points_to_take_off():
    """No deduction without people: nothing on the card is in index points."""
    assert not {"deduction", "points", "correction", "status"} & {field.name for field in fields(Evidence)}


def test_the_comparison_counts_people_near_the_most_common_answers():
    codes = np.tile(np.arange(30) % 5, (14, 1))
    codes[:3] = 4 - codes[:3]
    codes[3, :3] = MISSING
    assert common_answers(codes) == (11, 14, 27, 30)


def test_the_sentence_speaks_both_languages_and_never_overstates():
    codes = np.tile(np.arange(30) % 5, (14, 1))
    codes[:3] = 4 - codes[:3]
    record = card(unit("a", 5e-5), 1e-4, codes=codes, signals=[], method="m")
    text = sentence(record, 5e-5)
    assert text.en.startswith("11 of 14 people")
    assert text.en.endswith("fewer than 1 of 10 000 units.")
    assert text.id.startswith("11 dari 14 orang")
    assert all(one.id and one.en for one in INNOCENT)


@pytest.mark.parametrize(("p", "one_in"), [(0.09, 10), (5e-5, 10_000), (1e-4, 1000), (1e-12, 1_000_000)])
def test_rarity_is_rounded_towards_the_more_common(p, one_in):
    assert rarity(p) == one_in
    assert p < 1 / one_in


@pytest.mark.parametrize(
    ("internal", "external", "expert", "status"),
    [(20, 10, 0, "insufficient_sample"), (20, 5, 4, "insufficient_sample"), (20, 9, 1, "published")],
)
def test_too_few_answers_or_a_missing_source_is_insufficient(internal, external, expert, status):
    answers = {Group.INTERNAL: internal, Group.EXTERNAL: external, Group.EXPERT: expert}
    required = (Group.INTERNAL, Group.EXTERNAL, Group.EXPERT)
    assert sample_status(answers, required) is PublicationStatus(status)
