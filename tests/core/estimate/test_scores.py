"""From answers to scores (IDX-1, EST-4)."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from bening.core.estimate import by_indicator, coded, codes_of, encode, gaps, index, likert, normalise
from bening.core.estimate.scores import dimension_score, dimensions, scorer, scorers
from bening.core.kinds import MISSING, NOT_ASKED, Family, Group, Indicator, Item, Measure
from bening.core.problems import Refused
from tests.core.estimate.rounds import WORD, answers, frame, method, row
from tests.oracles import naive

ITEM = Item("q", Group.INTERNAL, "d", scores=(("98", None), *likert(5, reverse=True)))


def test_goalposts_are_fixed_and_100_is_best():
    """IDX-1; the income index of the HDI notes in logarithms: ln(x/100)/ln(75000/100)."""
    assert_allclose(normalise(np.array([20, 52.5, 85]), 20, 85), [0, 50, 100])
    assert_allclose(normalise(20, 20, 85, reverse=True), 100)
    assert_allclose(normalise(np.log(3_840), np.log(100), np.log(75_000)), 55.1, atol=0.05)
    with pytest.raises(Refused, match="ESTIMATE-110"):
        normalise(5, 3, 3)


@given(st.integers(2, 11))
def test_likert_scores_run_in_equal_steps(categories):
    forward, back = likert(categories), likert(categories, reverse=True)
    assert [code for code, _ in forward] == [str(c) for c in range(1, categories + 1)]
    assert (forward[0][1], forward[-1][1]) == (0, 100)
    assert_allclose(np.diff([score for _, score in forward]), 100 / (categories - 1))
    assert_allclose([a + b for (_, a), (_, b) in zip(forward, back, strict=True)], 100)


def test_codes_with_a_score_come_first():
    assert codes_of(ITEM) == ("1", "2", "3", "4", "5", "98")
    assert encode(ITEM, ["5", "98", "", "1"]).tolist() == [4, 5, MISSING, 0]
    with pytest.raises(Refused, match="ESTIMATE-106"):
        encode(ITEM, ["6"])


def test_scores_outside_the_scale_are_refused():
    with pytest.raises(Refused, match="ESTIMATE-111"):
        scorer(Item("q", Group.INTERNAL, "d", scores=(("1", 101.0),)), np.zeros(1, np.uint8))
    with pytest.raises(Refused, match="ESTIMATE-111"):
        scorer(Item("q", Group.INTERNAL, "d", scale="score"), np.array([-0.5]))


def test_numbers_in_place_of_codes_are_not_guessed():
    with pytest.raises(TypeError):
        dimension_score([scorer(ITEM, np.array([1.0, 2.0]))], slice(0, 2))


def test_every_dimension_needs_a_column():
    made = method({"internal": 1.0}, [("internal", "d", 1.0), ("internal", "e", 0.0)], (ITEM,))
    assert dimensions(made, Group.INTERNAL) == ("d", "e")
    with pytest.raises(Refused, match="ESTIMATE-112"):
        scorers(made, Group.INTERNAL, {"q": np.zeros(1, np.uint8)})


@given(
    st.lists(
        st.lists(st.sampled_from((0, 1, 2, 3, 4, 5, MISSING, NOT_ASKED)), min_size=3, max_size=3), min_size=1
    )
)
def test_half_of_the_items_asked_must_be_answered(rows):
    """EST-4 against the literal twin; "do not know" is no answer, "not asked" is no question."""
    columns = np.array(rows, np.uint8).T
    score, counts = dimension_score([scorer(ITEM, column) for column in columns], slice(0, len(rows)))
    turned, _ = dimension_score([scorer(ITEM, column) for column in columns], np.arange(len(rows))[::-1])
    word = {MISSING: "missing", NOT_ASKED: "not asked", 5: "missing"}
    for k, answered in enumerate(rows):
        literal = naive.dimension_score([word.get(code, 100 - 25 * code) for code in answered])
        assert counts[k] == (literal is not None)
        assert_allclose(score[k], 0 if literal is None else float(literal))
    assert (turned[::-1] == score).all()


def test_indicators_are_estimated_like_dimensions():
    """IDX-2: item to indicator to dimension; two indicators share the weight of their dimension."""
    items = [
        Item(q, Group.INTERNAL, d, i, "score")
        for q, d, i in (("a", "d", "i"), ("b", "d", "i"), ("c", "d", "j"), ("e", "", "k"))
    ]
    made = method({"internal": 1.0}, [("internal", "d", 1.0)], tuple(items))
    named = tuple(
        Indicator(code, Group.INTERNAL, "d", Family.RISK, Measure.PERCEPTION, WORD)
        for code in ("i", "j", "k")
    )
    finer = by_indicator(replace(made, indicators=named))
    assert [(part.code, part.weight) for part in finer.dimensions] == [("i", 0.5), ("j", 0.5)]
    scores = {"a": [40.0, 60, 80], "b": [60.0, 80, 100], "c": [10.0, 20, 30], "e": [0.0, 0, 0]}
    found = index(
        finer, answers([("A", "internal", "s", "")] * 3, scores), frame([("A", "internal", "s", 9)])
    )
    assert row(found, "dimension", group="internal", dimension="i")["estimate"] == 70
    assert row(found, "dimension", group="internal", dimension="j")["estimate"] == 20


def test_gaps_count_those_who_were_asked():
    """EST-4: of four asked one would rather not say and one left it blank; who was not asked is no gap."""
    made = method({"internal": 1.0}, [("internal", "d", 1.0)], (ITEM,))
    codes = np.append(encode(ITEM, ["1", "98", "", "3"]), NOT_ASKED).astype(np.uint8)
    table = answers([("A", "internal", "s", "")] * 5, {"q": codes})
    (gap,) = gaps(made, table)
    assert (gap.institution, gap.item, gap.asked, gap.declined, gap.blank, gap.rate) == (
        "A",
        "q",
        4,
        1,
        1,
        50,
    )
    assert gaps(made, replace(table, group=coded(["external"] * 5))) == ()
