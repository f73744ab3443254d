"""Nobody can show or see that somebody answered twice: what is public differs by one leaf and one total."""

import json

import pytest

from bench.security.desk import Desk
from tests.security.world import entries, world

STRATA = ("lampung/kota/a",)


@pytest.fixture(scope="module")
def before_and_after(tmp_path_factory):
    """Twelve people; the tally's files, the log, and what the box said, before and after a second ballot."""
    folder = tmp_path_factory.mktemp("desk")
    with world(tmp_path_factory.mktemp("again") / "r", STRATA) as made:
        phones = made.crowd([entries(STRATA)[0].kid] * 12)
        for at, phone in enumerate(phones):
            phone.hello(made.gate_line)
            assert phone.issue(made.gate_line)[0] == 200
            first = phone.post(made.box_line, phone.ballot({"gift": "no"}, [["story", f"kata {at}"]]))
        desk, sides = Desk(made, folder), []
        for turn in ("before", "after"):
            if turn == "after":
                phone.version += 700
                again = phone.post(made.box_line, phone.ballot({"gift": "no"}, [["story", "kata 11"]]))
            made.night("box")
            made.run_program("box", "export", str(folder / turn), "--settings", "box")
            counted = desk.count(folder / turn)
            files = {path.name: path.read_bytes() for path in counted.folder.iterdir()}
            sides.append((files, (folder / turn / "leaves.bin").read_bytes()))
        proof = made.box_line.ask("/b/proof", h=first[1]["h"], size=None)
        yield sides, first, again, proof


@pytest.mark.slow
def test_after_a_second_answer_the_published_files_differ_in_one_total(before_and_after):
    ((old, _), (new, _)), *_ = before_and_after
    assert {name: old[name] for name in old if name != "report.json"} == {
        name: new[name] for name in new if name != "report.json"
    }
    reports = [json.loads(files["report.json"]) for files in (old, new)]
    assert [report["totals"].pop("superseded") for report in reports] == [0, 1]
    assert reports[0] == reports[1]


@pytest.mark.slow
def test_after_a_second_answer_the_log_has_one_leaf_more_and_it_looks_like_any_other(before_and_after):
    ((_, old), (_, new)), *_ = before_and_after
    assert len(new) == len(old) + 33
    assert new.startswith(old)
    assert new[-33:-32] == b"\1"


@pytest.mark.slow
def test_the_receipt_of_the_first_answer_stays_good_and_the_seconds_says_the_same(before_and_after):
    """Whoever demands the receipt of the answer he dictated is shown one, whatever was sent later."""
    _, first, again, (status, proof) = before_and_after
    assert (first[0], again[0], status) == (201, 201, 200)
    assert first[1].keys() == again[1].keys() == {"h", "receipt", "pad"}
    assert len(proof["path"]) > 0
