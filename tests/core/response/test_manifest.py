"""A manifest says one thing, and says it in one way."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bening.core.canonical import dump, parse
from bening.core.problems import Refused
from bening.core.response import b64u, closing, entry_bytes, parse_entry, public_keys
from bening.core.response.manifest import SUITE, load, weeks
from tests.core.response import stand_ins
from tests.core.response.rounds import FACTS, entry, frozen, manifest, root

THREE = [entry("a/1"), entry("a/2"), entry("b/1", merge=("b", "top"), about=["dinas-x", "dinas-y"])]


def test_a_frozen_manifest_is_read_back_whatever_the_order_of_its_entries():
    header, lines = frozen(THREE)
    assert frozen(THREE[::-1]) == (header, lines)
    shown = load(header, lines, root)
    assert shown.entries == tuple(sorted(THREE, key=lambda one: one.kid))
    assert shown.root == root(shown.leaves).hex()
    assert [parse_entry(leaf) for leaf in shown.leaves] == list(shown.entries)


@pytest.mark.parametrize("split", ["demo", "one-machine", "split"])
@pytest.mark.parametrize("weaker", [{"hpke": "none"}, {"blind": "none"}, {"rsa": 1024}])
def test_there_is_one_suite_and_no_weaker_one_anywhere(split, weaker):
    header, lines = frozen(THREE, split=split)
    assert load(header, lines, root).suite == SUITE
    other = dump(parse(header) | {"suite": SUITE | weaker})
    with pytest.raises(Refused, match="BALLOT-113"):
        load(other, lines, root)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"round": "Uji 2026"}, "round"),
        ({"closes": date(2025, 12, 31)}, "closes"),
        ({"tz": "Asia / Jakarta"}, "tz"),
        ({"tally_pk": bytes(64)}, "tally_pk"),
        ({"pad": (513, 1024)}, "pad"),
        ({"instruments": {"sample": "short"}}, "instruments"),
        ({"origins": {"client": "x"}}, "origins"),
        ({"log": FACTS["log"] | {"receipt": "x"}}, "log"),
        ({"split": "none"}, "split"),
        ({"claim": "2026.1/whole"}, "claim"),
        ({"claim": "2026.1/apart"}, "claim"),  # a demo promises nothing
        ({"split": "one-machine", "claim": "2026.1/full"}, "claim"),
    ],
)
def test_each_wrong_field_of_the_header_is_named(wrong, field):
    with pytest.raises(Refused, match=f"BALLOT-112 .*{field}"):
        frozen(THREE, **wrong)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"stratum": "A"}, "stratum"),
        ({"stratum": "a/merged"}, "stratum"),
        ({"label": {"id": "x", "en": ""}}, "label"),
        ({"label": {"id": "x" * 7000, "en": "x"}}, "length"),
        ({"group": "staff"}, "group"),
        ({"modulus": b"\x7f" + bytes(255)}, "n"),
        ({"sampled": 0}, "sampled"),
        ({"merge": ()}, "merge"),
        ({"about": ["x", "x"]}, "about"),
        ({"about": []}, "about"),
        ({"instrument": "other"}, "instrument"),
    ],
)
def test_each_wrong_field_of_an_entry_is_named(wrong, field):
    with pytest.raises(Refused, match=f"BALLOT-110 .*{field}"):
        frozen([entry(**wrong)])


@pytest.mark.parametrize(
    "merges",
    [
        {"a/1": ("a", "top"), "a/2": ("a", "other")},          # a label with two parents
        {"a/1": ("a", "top"), "b/1": ("b", "summit")},         # two tops
        {"a/1": ("a/2", "top"), "a/2": ("a", "top")},          # a label that is also a stratum
        {"a/1": ("a/merged", "top")},                          # a name kept for merged groups
        {"a/1": ("a", "b", "a")},                              # a circle
    ],
)  # fmt: skip
def test_merge_labels_that_form_no_tree_are_refused(merges):
    with pytest.raises(Refused, match="BALLOT-111"):
        frozen([entry(stratum, merge=merge) for stratum, merge in merges.items()])


def test_small_keys_are_refused_and_a_census_needs_more():
    assert manifest([entry(sampled=30)])
    for small in ({"sampled": 29}, {"sampled": 59, "census": True}):
        with pytest.raises(Refused, match="BALLOT-115"):
            frozen([entry(**small)])


def test_one_stratum_stands_once():
    with pytest.raises(Refused, match="BALLOT-114"):
        frozen([entry(), entry()])


def test_every_flipped_byte_of_the_list_is_noticed():
    header, lines = frozen(THREE)
    for place in range(0, len(lines), 7):
        spoiled = lines[:place] + bytes([lines[place] ^ 1]) + lines[place + 1 :]
        with pytest.raises(Refused):
            load(header, spoiled, root)
    for cut in (lines[:-1], lines + b"\n", b"", lines + lines.split(b"\n")[0] + b"\n"):
        with pytest.raises(Refused):
            load(header, cut, root)


def test_an_entry_with_a_field_more_or_less_or_of_another_type_is_refused():
    raw = parse(entry_bytes(entry()))
    for wrong in (
        raw | {"x": 1},
        {k: v for k, v in raw.items() if k != "about"},
        raw | {"sampled": True},
        [],
    ):
        with pytest.raises(Refused, match="BALLOT-110"):
            parse_entry(dump(wrong))


def test_a_round_closes_when_its_last_day_is_over_in_its_own_zone():
    shown = manifest(THREE)
    zone = ZoneInfo(shown.tz)
    assert closing(shown, zone) == datetime(2026, 2, 1, tzinfo=zone)
    assert closing(shown, zone).utctimetuple()[:5] == (2026, 1, 31, 17, 0)


@pytest.mark.parametrize(
    ("closes", "count"), [(date(2026, 1, 1), 1), (date(2026, 1, 7), 1), (date(2026, 1, 8), 2)]
)
def test_weeks_are_counted_from_the_first_day(closes, count):
    assert weeks(manifest(THREE, closes=closes)) == count


def test_public_keys_come_by_label_and_a_damaged_list_is_refused():
    one = stand_ins.modulus("a/1")
    line = dump({"n": b64u(one), "stratum": "a/1"}) + b"\n"
    assert public_keys(line) == {"a/1": one}
    assert public_keys(b"") == {}
    for bad in (line[:-3], b"[]\n", line.replace(b'"n"', b'"m"'), line.replace(b"stratum", b"label")):
        with pytest.raises(Refused, match="BALLOT-170"):
            public_keys(bad)
