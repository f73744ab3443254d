"""Keys: nobody's key is shared by too few (SMP-4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.kinds import Stratum
from bening.core.problems import Refused
from bening.core.sample import allocate, token_keys
from bening.core.sample.keys import stands


@st.composite
def provinces(draw):
    """Institutions of a province, each with units of all sizes and one large office."""
    rows = []
    for house in range(draw(st.integers(1, 4))):
        merge = (f"lpg/{house}/int", "lpg/int", "int")
        rows.append(Stratum(f"lpg/{house}/int/office", 300, 10, 0.4, 12.0, merge))
        for unit in range(draw(st.integers(1, 6))):
            people, response = draw(st.integers(1, 150)), draw(st.floats(0.15, 1))
            rows.append(Stratum(f"lpg/{house}/int/{unit}", people, 10, response, 12.0, merge))
    return rows


@given(provinces())
def test_every_key_is_shared_by_enough_people(rows):
    keys = token_keys(rows)
    assert sum(key.population for key in keys) == sum(row.population for row in rows)
    for plan, key in zip(allocate(keys, sum(key.answers for key in keys)), keys, strict=True):
        assert plan.sampled >= 30
        assert plan.sampled * key.response >= 15 - 1e-6
        assert plan.population >= 60 or not plan.census


@given(provinces(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_key(rows, chance):
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert [(key.code, key.population, key.answers) for key in token_keys(shuffled)] == [
        (key.code, key.population, key.answers) for key in token_keys(rows)
    ]


def unit(name, people, merge=("metro/int", "lpg/int")):
    return Stratum(f"metro/int/{name}", people, 10, 0.5, 12.0, merge)


def test_large_units_keep_their_own_key():
    keys = token_keys([unit("school", 80), unit("office", 200)])
    assert [key.code for key in keys] == ["metro/int/office", "metro/int/school"]
    assert [key.answers for key in keys] == [15, 15]


def test_small_units_share_a_key_of_their_parent():
    keys = token_keys([unit("a", 20), unit("b", 25), unit("office", 200)])
    assert [(key.code, key.population) for key in keys] == [
        ("metro/int/office", 200),
        ("metro/int/other", 45),
    ]
    assert keys[1].merge == ("metro/int", "lpg/int")


def test_a_lone_small_unit_takes_in_its_smallest_sibling_and_stays_in_the_institution():
    keys = token_keys([unit("a", 20), unit("school", 70), unit("office", 200)])
    assert [(key.code, key.population) for key in keys] == [
        ("metro/int/office", 200),
        ("metro/int/other", 90),
    ]


def test_a_pooled_key_has_the_mean_rate_and_the_pooled_spread():
    small = Stratum("metro/int/a", 20, 10, 0.8, 10.0, ("metro/int",))
    large = Stratum("metro/int/b", 40, 12, 0.5, 20.0, ("metro/int",))
    (key,) = token_keys([small, large, unit("office", 10, ("metro/int",))])
    assert key.response == pytest.approx((20 * 0.8 + 40 * 0.5 + 10 * 0.5) / 70)
    assert key.sd == pytest.approx(((20 * 100 + 40 * 400 + 10 * 144) / 70) ** 0.5)


def test_a_list_of_sixty_may_be_asked_whole_and_one_of_fifty_nine_may_not():
    asked = [Stratum("metro/int/a", n, n, 1.0, 12.0, ("metro/int",)) for n in (59, 60)]
    assert [stands(stratum) for stratum in asked] == [False, True]
    assert allocate(asked[1:], 60)[0].census


def test_experts_of_one_institution_are_pooled_with_those_of_the_province():
    rows = [Stratum(f"{name}/exp", 12, 10, 0.6, 10.0, ("lpg/exp", "exp")) for name in "abcdefg"]
    (key,) = token_keys(rows)
    assert (key.code, key.population, key.merge) == ("lpg/exp/other", 84, ("lpg/exp", "exp"))


def test_a_whole_institution_never_takes_in_another_one():
    other = Stratum("lpg/jabung/int/office", 300, 10, 0.4, 12.0, ("jabung/int", "lpg/int"))
    with pytest.raises(Refused, match="SAMPLE-108"):
        token_keys([unit("a", 12), unit("b", 10), other])


def test_a_stratum_without_a_large_enough_parent_is_refused():
    with pytest.raises(Refused, match="SAMPLE-108"):
        token_keys([unit("a", 12)])


def test_parents_must_form_a_tree():
    with pytest.raises(Refused, match="SAMPLE-109"):
        token_keys([unit("a", 12, ("metro/int", "lpg/int")), unit("b", 12, ("metro/int", "jbr/int"))])
