"""No combination of facts allows a stronger promise than it has earned."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.fieldwork import VERSION, earned, has_holders, marked, overclaims, shown, weaker
from bening.core.kinds import Claim, Standing

BEST = Standing("split", trustees=5, needed=3, recorded=True, overlaps=())
STRENGTH = list(Claim)

standings = st.builds(
    Standing,
    split=st.sampled_from(["demo", "one-machine", "split", "other", ""]),
    trustees=st.integers(0, 6),
    needed=st.integers(0, 6),
    recorded=st.booleans(),
    overlaps=st.lists(st.sampled_from(["same_host", "both_secrets"]), max_size=2).map(tuple),
)


@pytest.mark.parametrize(
    ("changes", "claim"),
    [
        ({}, Claim.FULL),
        ({"split": "one-machine"}, Claim.ONE_OPERATOR),
        ({"split": "one-machine", "recorded": False}, Claim.APART),
        ({"split": "one-machine", "trustees": 1, "needed": 1}, Claim.APART),
        ({"split": "one-machine", "needed": 6}, Claim.APART),
        ({"overlaps": ("same_host",)}, Claim.ONE_OPERATOR),
        ({"recorded": False}, Claim.APART),
        ({"split": "demo"}, Claim.NONE),
        ({"split": "anything"}, Claim.NONE),
    ],
)
def test_each_fact_costs_what_hangs_on_it(changes, claim):
    assert earned(replace(BEST, **changes)) is claim


@given(standings)
def test_nobody_claims_more_than_the_facts_allow(standing):
    """Written from the other side: what each claim needs, checked for every combination."""
    claim = earned(standing)
    if STRENGTH.index(claim) >= STRENGTH.index(Claim.APART):
        assert standing.split in ("one-machine", "split")
    if STRENGTH.index(claim) >= STRENGTH.index(Claim.ONE_OPERATOR):
        assert standing.recorded
        assert standing.trustees >= standing.needed >= 2
        assert has_holders(standing)
    if claim is Claim.FULL:
        assert standing.split == "split"
        assert not standing.overlaps
        assert overclaims(standing) == []


@given(standings)
def test_a_split_without_fault_is_the_whole_promise_and_any_fault_is_named(standing):
    if standing.split == "split":
        assert (earned(standing) is Claim.FULL) == (overclaims(standing) == [])
        assert set(standing.overlaps) <= set(overclaims(standing))


def test_a_demo_and_one_machine_claim_nothing_too_much_and_an_unknown_split_does():
    assert overclaims(replace(BEST, split="demo", overlaps=("same_host",))) == []
    assert overclaims(replace(BEST, split="one-machine", recorded=False)) == []
    assert overclaims(replace(BEST, split="Split")) == ["unknown_split"]


@pytest.mark.parametrize("claim", Claim)
def test_a_mark_carries_claim_and_version_of_the_wording(claim):
    assert marked(claim) == f"{VERSION}/{claim}"
    assert shown(marked(claim)) is claim


def test_what_is_no_mark_is_no_claim():
    assert shown("2026.1/everything") is Claim.NONE
    assert shown("") is Claim.NONE


@given(st.sampled_from(Claim), st.sampled_from(Claim))
def test_the_weaker_counts(one, other):
    assert STRENGTH.index(weaker(one, other)) == min(STRENGTH.index(one), STRENGTH.index(other))
