"""The draw: secret, repeatable, fair (SMP-7)."""

import hashlib
import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.problems import Refused
from bening.core.sample import commitment, draw, draw_systematic

SEED = bytes(range(32))
refs = st.lists(st.text("abcdefghij0123456789", min_size=1, max_size=8), min_size=1, max_size=30, unique=True)


@given(refs, st.data(), st.binary(min_size=32, max_size=32))
def test_the_draw_is_the_order_of_hashes(people, data, seed):
    n = data.draw(st.integers(0, len(people)))
    (found,) = draw({"metro/int": people}, {"metro/int": n}, seed)
    ordered = sorted(
        people, key=lambda ref: hashlib.sha256(seed + b"\0metro/int\0" + ref.encode()).hexdigest()
    )
    assert list(found.drawn + found.reserve) == ordered
    assert len(found.drawn) == n


def test_the_draw_of_a_known_seed_never_changes():
    (found,) = draw({"a": ["x", "y", "z"]}, {"a": 2}, bytes(32))
    assert (found.drawn, found.reserve) == (("y", "x"), ("z",))
    assert commitment(bytes(32)) == "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"


@given(refs, refs)
def test_neither_row_order_nor_stratum_order_changes_the_draw(first, second):
    sampled = {"a": len(first) // 2, "b": len(second) // 3}
    one = draw({"a": first, "b": second}, sampled, SEED)
    other = draw({"b": second[::-1], "a": sorted(first)}, sampled, SEED)
    assert one == other


def test_each_person_is_drawn_equally_often():
    people = [f"p{i}" for i in range(12)]
    counts = dict.fromkeys(people, 0)
    for k in range(3000):
        for ref in draw({"a": people}, {"a": 5}, hashlib.sha256(k.to_bytes(4)).digest())[0].drawn:
            counts[ref] += 1
    expected, sd = 3000 * 5 / 12, (3000 * 5 / 12 * 7 / 12) ** 0.5
    assert all(abs(count - expected) < 4.5 * sd for count in counts.values())


def test_the_same_person_in_two_strata_has_independent_luck():
    people = [f"p{i}" for i in range(40)]
    a, b = draw({"a": people, "b": people}, {"a": 20, "b": 20}, SEED)
    assert set(a.drawn) != set(b.drawn)


@given(st.integers(1, 60), st.data(), st.binary(min_size=32, max_size=32))
def test_a_systematic_draw_spreads_over_the_implicit_keys(size, data, seed):
    n = data.draw(st.integers(0, size))
    rows = [((f"{i // 7:02}",), f"p{i}") for i in range(size)]
    (found,) = draw_systematic({"a": rows}, {"a": n}, seed)
    assert len(found.drawn) == n
    assert set(found.drawn) | set(found.reserve) == {ref for _, ref in rows}
    for key in {key for key, _ in rows}:
        people = [ref for other, ref in rows if other == key]
        share = n * len(people) / size
        assert abs(len(set(found.drawn) & set(people)) - share) < 1 + 1e-9


@given(st.integers(1, 40), st.data(), st.binary(min_size=32, max_size=32))
def test_a_systematic_draw_walks_from_its_start_in_equal_steps(size, data, seed):
    n = data.draw(st.integers(1, size))
    rows = [((f"{i:03}",), f"p{i:03}") for i in range(size)]
    step = Fraction(size, n)
    start = Fraction(int(hashlib.sha256(seed + b"\1" + b"a").hexdigest()[:16], 16), 2**64) * step
    wanted = {f"p{math.floor(start + i * step):03}" for i in range(n)}
    assert set(draw_systematic({"a": rows}, {"a": n}, seed)[0].drawn) == wanted


@given(refs, st.data())
def test_a_systematic_draw_ignores_row_order_and_keeps_hash_order(people, data):
    n = data.draw(st.integers(0, len(people)))
    rows = [((str(len(ref)),), ref) for ref in people]
    one = draw_systematic({"a": rows}, {"a": n}, SEED)
    assert one == draw_systematic({"a": rows[::-1]}, {"a": n}, SEED)
    whole = draw({"a": people}, {"a": len(people)}, SEED)[0].drawn
    assert one[0].drawn == tuple(ref for ref in whole if ref in one[0].drawn)


def test_a_systematic_draw_takes_each_person_equally_often():
    rows = [((f"{i // 5}",), f"p{i}") for i in range(10)]
    counts = dict.fromkeys((ref for _, ref in rows), 0)
    for k in range(3000):
        for ref in draw_systematic({"a": rows}, {"a": 4}, hashlib.sha256(k.to_bytes(4)).digest())[0].drawn:
            counts[ref] += 1
    assert all(abs(count - 1200) < 4.5 * (3000 * 0.4 * 0.6) ** 0.5 for count in counts.values())


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("SAMPLE-110", lambda: draw({"a": ["x"]}, {"a": 1}, b"short")),
        ("SAMPLE-110", lambda: commitment(b"short")),
        ("SAMPLE-111", lambda: draw({"a": ["x"]}, {"b": 1}, SEED)),
        ("SAMPLE-112", lambda: draw({"A\0": ["x"]}, {"A\0": 1}, SEED)),
        ("SAMPLE-113", lambda: draw({"a": ["x", "x"]}, {"a": 1}, SEED)),
        ("SAMPLE-114", lambda: draw_systematic({"a": [((), "x")]}, {"a": 2}, SEED)),
    ],
)
def test_a_draw_that_could_not_be_repeated_is_refused(code, call):
    with pytest.raises(Refused) as refusal:
        call()
    assert refusal.value.problems[0].code == code
