"""The tally depends on what was posted, never on the order, and counts everything it leaves out."""

import hashlib
import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.response import Tools, assemble, tally
from bening.core.response.layout import ballot_hash
from bening.core.response.output import subjects
from tests.core.response import stand_ins
from tests.core.response.rounds import entry, manifest

STRATA = [entry("a/1"), entry("a/2"), entry("b/1", merge=("b", "top"))]
RATED = entry("x/1", merge=("x", "top"), about=["dinas-x", "dinas-y", "dinas-z"])
P = {"d": 1, "g": 0, "m": "phone", "w": 1}
PAD = (512, 1024)
KEPT = ("answers", "texts", "codes", "report", "digest")
WRONG = {"1": "", "2": "", "skipped": "required", "extra": "irrelevant"}  # answer -> what is wrong with it


def owner_sign(message):
    """Stands in for ECDSA: the pure tally is lent its verifier, so any pair of functions will do."""
    return hashlib.sha512(message).digest()


TOOLS = Tools(
    verify_token=stand_ins.verify_token,
    verify_owner=lambda point, message, signature: signature == owner_sign(message),
    open_part=stand_ins.unseal,
    check=lambda name, answers, texts: WRONG.get(answers.get("q"), "other"),
    items={"sample": 10},
)


def post(who, one=STRATA[0], *, version=1, answer="1", texts=(), about=None, **changes):
    """A ballot of person `who`."""
    closed = {"a": {"q": answer}, "c": f"{who:016d}", "p": P} | ({"about": about} if one.about else {})
    parts = {
        "kid": bytes.fromhex(one.kid),
        "token": hashlib.sha256(b"%d" % who).digest() + b"\4" + b"k" * 64,
        "signature": stand_ins.NO_SIGNATURE,
        "version": version,
        "closed": closed,
        "texts": list(texts),
        "pad": PAD,
        "seal": stand_ins.seal,
        "sign": owner_sign,
    }
    return assemble(**parts | changes)[0]


def count(bodies, entries=STRATA, leaves=None, tools=TOOLS):
    """The tally's files by name, the report parsed."""
    hashes = [ballot_hash(body[:-64]) for body in bodies] if leaves is None else leaves
    found = dict(zip(KEPT, tally(bodies, hashes, manifest(entries), tools), strict=True))
    return found | {"report": json.loads(found["report"]), "raw": found["report"]}


def totals(bodies, **more):
    """The national totals that are not zero."""
    return {name: number for name, number in count(bodies, **more)["report"]["totals"].items() if number}


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 3), st.sampled_from("123")), max_size=60),
    st.randoms(),
)
def test_files_and_digest_do_not_depend_on_the_order(posts, rng):
    bodies = [post(who, STRATA[who % 3], version=version, answer=answer) for who, version, answer in posts]
    one = count(bodies)
    rng.shuffle(bodies)
    assert count(bodies) == one
    records = [json.loads(line) for line in one["answers"].splitlines()]
    assert all(number >= 10 for number in Counter(record[0] for record in records).values())
    assert len(records) == one["report"]["totals"]["counted"] == len(one["codes"].splitlines())


def test_the_last_version_counts_and_only_it():
    bodies = [post(who) for who in range(10)] + [post(3, version=9, answer="2"), post(3, version=5)]
    found = count(bodies)
    assert found["report"]["totals"]["superseded"] == 2
    assert found["report"]["labels"] == {
        "a/1": {"counted": 10, "received": 10, "sampled": 60, "strata": ["a/1"]}
    }
    answers = Counter(json.loads(line)[1]["q"] for line in found["answers"].splitlines())
    assert answers == {"1": 9, "2": 1}


def test_equal_versions_are_settled_by_the_hash():
    one, other = post(1, version=4, answer="1"), post(1, version=4, answer="2")
    winner = max(one, other, key=lambda body: ballot_hash(body[:-64]))
    crowd = [post(who) for who in range(2, 12)]
    assert count([one, other, *crowd])["answers"] == count([winner, *crowd])["answers"]


def test_an_invalid_last_version_is_not_replaced_by_an_older_one():
    bodies = [post(who) for who in range(11)] + [post(3, version=9, answer="7")]
    found = count(bodies)["report"]
    assert found["totals"]["invalid"] == 1
    assert found["labels"]["a/1"] == {"counted": 10, "received": 11, "sampled": 60, "strata": ["a/1"]}


def spoiled(body, place):
    """A ballot with one byte changed and the owner's signature made anew."""
    head = bytearray(body[:-64])
    head[place] ^= 1
    return bytes(head) + owner_sign(b"bening/owner/v1\0" + bytes(head))


CROWD = [post(who) for who in range(100, 112)]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (spoiled(post(1), 0), "bad_format"),
        (post(1, version=1)[:389] + bytes(4) + post(1)[393:], "bad_format"),
        (spoiled(post(1), 4), "unknown_key"),
        (spoiled(post(1), 133), "bad_token"),
        (post(1)[:-1] + b"x", "bad_owner"),
        (post(100), "duplicate"),
        (post(100, version=2), "superseded"),
        (spoiled(post(1), 393), "unreadable"),
        (spoiled(post(1), 393 + 65 + 512 - 1), "unreadable"),
        (spoiled(post(1), -65), "unreadable"),
        (post(1, closed={"a": {"q": "1"}}), "invalid"),
        (post(1, closed=[]), "invalid"),
        (post(1, answer="9"), "invalid"),
        (post(1, closed={"a": {"q": "1"}, "c": "0" * 16, "p": P | {"w": 9}}), "invalid"),
    ],
)  # fmt: skip
def test_each_fault_is_counted_under_its_name(body, why):
    """With nobody withheld every total is printed."""
    assert totals([*CROWD, body])[why] == 1


def test_a_part_of_four_thousand_brackets_does_not_end_the_tally():
    pad = (4096, 8192)
    nested = (4000).to_bytes(2, "big") + b"[" * 4000
    deep = post(1, pad=pad, seal=lambda block, info: stand_ins.seal(nested.ljust(len(block), b"\0"), info))
    report = tally([deep], [ballot_hash(deep[:-64])], manifest(STRATA, pad=pad), TOOLS)[3]
    assert b'"labels":{}' in report


def test_a_questionnaire_check_that_raises_does_not_end_the_tally():
    def check(name, answers, texts):
        raise RecursionError

    with_bad = Tools(TOOLS.verify_token, TOOLS.verify_owner, TOOLS.open_part, check, TOOLS.items)
    assert "invalid" not in totals([post(1)], tools=TOOLS)
    assert totals(CROWD, tools=with_bad) == {"invalid": 12, "received": 12}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"skipped": 10, "extra": 12}, {"required": 10, "irrelevant": 12}),
        ({"skipped": 10, "extra": 9}, {}),  # the nine would be the difference to the total
        ({"skipped": 15, "extra": 10, "?": 4}, {"required": 15}),
        ({"skipped": 9}, {}),
        ({"skipped": 10}, {"required": 10}),
    ],
)
def test_invalid_answers_are_counted_by_what_is_wrong_if_enough_people_did_it(wrong, told):
    answers = [answer for answer, people in wrong.items() for _ in range(people)]
    found = totals([*CROWD, *(post(who, answer=answer) for who, answer in enumerate(answers))])
    assert found["invalid"] == len(answers)
    assert {name: n for name, n in found.items() if "_" in name} == {
        f"invalid_{kind}": people for kind, people in told.items()
    }


def test_no_kind_of_invalid_answers_gives_a_small_withheld_group_away():
    b1 = [entry("b/1", merge=("b", "top")), entry("a/1")]
    bodies = [post(who, b1[1]) for who in range(12)] + [post(who, b1[0]) for who in range(50, 54)]
    bodies += [post(who, b1[1], answer="skipped") for who in range(60, 75)]
    found = count(bodies, entries=b1)["report"]["totals"]
    assert not [name for name in found if name.startswith("invalid")]


def test_what_the_log_lacks_is_left_out_and_what_it_has_too_much_is_missing():
    leaves = [ballot_hash(body[:-64]) for body in CROWD]
    found = totals([*CROWD, post(1)], leaves=[*leaves, b"\7" * 32])
    assert (found["not_logged"], found["missing"], found["counted"]) == (1, 1, 12)


def test_a_repeated_hash_with_a_broken_signature_is_counted_the_same_in_any_order():
    broken = CROWD[0][:-1] + bytes([CROWD[0][-1] ^ 1])
    assert totals([broken, *CROWD]) == totals([*CROWD, broken])


def test_small_strata_are_merged_before_anything_is_written():
    bodies = [post(who, STRATA[who % 2], texts=[["t", "kata"]] if who == 1 else []) for who in range(12)]
    found = count(bodies)
    assert {json.loads(line)[0] for line in found["answers"].splitlines()} == {"a/merged"}
    assert found["texts"] == b'["a/merged","t","kata"]\n'
    assert found["report"]["labels"]["a/merged"]["strata"] == ["a/1", "a/2"]
    assert found["report"]["withheld"] == ["b/1"]


def test_withheld_answers_appear_nowhere():
    bodies = [post(who, STRATA[2], texts=[["t", "rahasia"]]) for who in range(9)]
    found = count(bodies)
    assert (found["answers"], found["texts"], found["codes"]) == (b"", b"", b"")
    assert found["report"]["withheld"] == ["a/1", "a/2", "b/1"]


def test_no_total_gives_a_small_withheld_group_away():
    """Four people withheld: no printed total differs by them from its printed parts."""
    b1 = [entry("b/1", merge=("b", "top")), entry("a/1")]
    bodies = [post(who, b1[1]) for who in range(12)] + [post(who, b1[0]) for who in range(50, 54)]
    found = count(bodies, entries=b1)["report"]
    assert found["withheld"] == ["b/1"]
    assert {"received", "withheld", "superseded", "invalid", "unreadable"}.isdisjoint(found["totals"])
    assert found["totals"]["counted"] == 12


def test_codes_tell_whether_two_people_were_given_one():
    same = [post(who, closed={"a": {"q": "1"}, "c": "0" * 16, "p": P}) for who in range(12)]
    found = count(same)
    assert found["report"]["totals"]["code_collisions"] == 11
    assert found["codes"] == b"0000000000000000\n" * 12


def test_lines_are_canonical_and_sorted_bytewise():
    bodies = [post(who, answer="12"[who % 2], texts=[["z", f"é{who}"], ["zz", "x"]]) for who in range(12)]
    found = count(bodies)
    for name in ("answers", "texts", "codes"):
        lines = found[name].splitlines()
        assert lines == sorted(lines)
        assert found[name].endswith(b"\n")
    assert found["answers"].splitlines()[0] == b'["a/1",{"q":"1"},{"d":1,"g":0,"m":"phone","w":1}]'
    digests = [hashlib.sha256(found[name]).digest() for name in ("answers", "texts", "codes", "raw")]
    assert found["digest"] == hashlib.sha256(b"".join(digests)).digest()


def test_a_subject_rated_by_few_is_not_told_apart():
    """12 rate x, 9 rate y, 4 rate z: x stays, y and z are written without their subject (13 together)."""
    votes = ["dinas-x"] * 12 + ["dinas-y"] * 9 + ["dinas-z"] * 4
    bodies = [post(who, RATED, about=about) for who, about in enumerate(votes)]
    lines = [json.loads(line) for line in count(bodies, entries=[RATED])["answers"].splitlines()]
    assert Counter(line[3] for line in lines) == {"dinas-x": 12, None: 13}


@given(st.dictionaries(st.sampled_from([None, *"abcdef"]), st.integers(1, 30)))
def test_subjects_told_apart_leave_no_small_rest(counts):
    kept = subjects(counts, 10)
    rest = sum(number for about, number in counts.items() if about not in kept)
    assert all(counts[about] >= 10 for about in kept)
    assert rest == 0 or rest >= 10 or not kept


def test_nothing_in_the_output_tells_token_hash_or_version():
    bodies = [post(who, version=40_000 + who) for who in range(12)]
    written = b"".join(value for value in count(bodies).values() if isinstance(value, bytes))
    for body in bodies:
        for secret in (body[36:68], ballot_hash(body[:-64])):
            assert secret.hex().encode() not in written
            assert secret not in written
        assert str(int.from_bytes(body[389:393], "big")).encode() not in written
