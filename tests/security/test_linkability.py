"""Who answered what cannot be worked out from what the counters keep; bad designs show that the attack works.

The full size is `make security` (bench/security): 120 strata and 14 days instead of the few of these tests.
"""

import os
from pathlib import Path

import pytest

from bench.security import evidence, link
from bench.security.interviews import Field
from bench.security.linker import attack

STRATA, EACH = 10, 30


@pytest.fixture(scope="module")
def evening():
    """One day of a small round: what lies there before the night, and after it."""
    with link.ground(STRATA, EACH) as (counters, kids):  # clusters of its own: other tests have nights too
        done = Field(counters, kids, each=EACH, days=1).run(lambda day: None)
        before = evidence.taken(counters)
        counters.night()
        after = evidence.taken(counters, {evidence.sizes(counters)[-1]: 0})
        yield done, before, after


@pytest.mark.slow
def test_before_the_night_the_order_of_rows_tells_nearly_everything(evening):
    """Blind tokens and two clusters alone are not enough: this is why the night writes everything anew."""
    done, before, _ = evening
    assert attack(before, link.true(done)).share > 0.9


@pytest.mark.slow
def test_after_the_night_the_best_of_all_guesses_is_luck(evening):
    done, _, after = evening
    found = attack(after, link.true(done))
    assert found.people == len(done) == STRATA * 18
    assert found.modules > 50
    assert found.hits <= found.far + 3, found


@pytest.mark.slow
def test_the_attacker_looks_everywhere(evening):
    """Rows, files, change log with its times, book and public log are all among the sources."""
    _, before, after = evening
    sources = {*before.rights, *before.tokens, *after.rights, *after.tokens}
    words = (
        "xmin",
        "ctid",
        "toast",
        "signer's book",
        "change log of box",
        "commit times of hall",
        "log/leaves",
    )
    assert [word for word in words if not any(word in source for source in sources)] == []
    for name in ("issued in commit times of hall", "h in commit times of box"):
        assert name in {*before.rights, *before.tokens}
        assert name not in {*after.rights, *after.tokens}, "the change log still tells when"


@pytest.mark.slow
def test_access_logs_of_both_doors_tell_everything(evening):
    """Which is why neither door writes one; live recording of both is the threat that only sealing meets."""
    done, before, _ = evening
    bare = evidence.Loot(before.strata_of_rights, before.strata_of_tokens)
    assert attack(bare, link.true(done), extra={"times": link.seen(done)}).share > 0.9


@pytest.mark.slow
def test_one_database_with_one_transaction_tells_everything():
    assert link.naive(120, 4, data=Path(os.environ["DATA_DIR"])) == 1.0
