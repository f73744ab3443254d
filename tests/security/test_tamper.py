"""No change to a message or file passes in silence: somebody refuses it, or a counter of the tally tells."""

import pytest

from bench.security import tamper
from tests.security.world import entries, world


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    """Every attack, once."""
    strata = ("lampung/kota/a", "lampung/kota/b")
    with world(tmp_path_factory.mktemp("tamper") / "r", strata) as counters:
        kids = [entry.kid for entry in entries(strata)]
        yield tamper.attacks(counters, kids, tmp_path_factory.mktemp("desk"))


@pytest.mark.slow
def test_no_change_is_accepted_in_silence(cases):
    assert [case.name for case in cases if not case.noticed] == []
    assert len(cases) > 150


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("ballot: version flipped (1)", "box: 403 bad_owner"),
        ("ballot: moved to another stratum", "box: 403 bad_token"),
        ("ballot: another's token with an insider's own key", "box: 403 bad_token"),
        ("ballot: replayed", "box: 200, nothing stored"),
        ("insider: another's sealed parts under the own token", "tally: unreadable"),
        ("export: ballot dropped", "tally: missing +1"),
        ("export: ballot twice", "tally: duplicate +1"),
        ("export: ballot added that was never logged", "tally: not_logged +1"),
        ("export: ballot and leaf dropped", "log check: BALLOT-133"),
        ("log rewritten with its own key after a witness saw it", "witness: BALLOT-133"),
        ("log rewritten with its own key before any witness saw it", "phone: a receipt without its leaf"),
        ("questionnaire flipped (0)", "tally: BALLOT-131"),
        ("answers.jsonl: flipped before the import", "import: BALLOT-150"),
    ],
)
def test_each_is_noticed_by_the_one_who_can(cases, name, who):
    assert {case.name: case.noticed for case in cases}[name] == who
