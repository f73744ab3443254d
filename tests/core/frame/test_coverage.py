"""A list beside the personnel statistic, and how much of it can be used."""

import pytest

from bening.core.frame import coverage, read_statistic
from bening.core.kinds import Group, Quality
from bening.core.problems import Refused


def codes(checker_, rows):
    """Codes of the findings about the whole list."""
    return [p.code for p in checker_.check(rows).problems if p.place.row is None]


def test_a_list_shorter_than_four_fifths_of_the_statistic_is_named(checker):
    rows = checker().good()
    assert codes(checker(statistic={("dinkes", ""): 3}), rows) == []
    assert codes(checker(statistic={("dinkes", ""): 4}), rows) == ["FRAME-174"]
    assert list(coverage({}, {"a": 80}, {("a", ""): 100})) == []
    ((code, _, words),) = coverage({}, {"a": 79}, {("a", ""): 100})
    assert (code, words) == ("FRAME-174", {"locus": "a", "rows": 79, "people": 100})


def test_a_locus_of_the_statistic_without_a_row_is_short(checker):
    assert codes(checker(statistic={("arsip", ""): 3}), checker().good()) == ["FRAME-174"]


def test_a_kind_that_is_nearly_left_out_is_named():
    """Listed: 90 of 100 people, but one of 20 teachers."""
    statistic = {("a", ""): 100, ("a", "guru"): 20, ("a", "teknis"): 80}
    listed = {("a", "guru"): 1, ("a", "teknis"): 89}
    assert [code for code, _, _ in coverage(listed, {"a": 90}, statistic)] == ["FRAME-175"]
    assert list(coverage(listed | {("a", "guru"): 5}, {"a": 90}, statistic)) == []


def test_few_people_of_a_kind_prove_nothing():
    assert list(coverage({}, {"a": 90}, {("a", ""): 90, ("a", "NON_ASN"): 9})) == []


def test_categories_and_statuses_of_the_same_people_are_not_added_up():
    statistic = {("a", "guru"): 30, ("a", "teknis"): 20, ("a", "PNS"): 40, ("a", "NON_ASN"): 10}
    listed = {("a", kind): number for (_, kind), number in statistic.items()}
    assert list(coverage(listed, {"a": 50}, statistic)) == []
    assert [code for code, _, _ in coverage(listed, {"a": 39}, statistic)] == ["FRAME-174"]


def test_a_statistic_is_read_from_a_table():
    lines = [["Kode lokus", "kategori", "jumlah"], ["dinkes", "", "40"], ["dinkes", "Non ASN", "7"]]
    found = read_statistic(enumerate(lines, 1), file="s.csv")
    assert found == {("dinkes", ""): 40, ("dinkes", "NON_ASN"): 7}


@pytest.mark.parametrize(
    ("lines", "row"), [([["lokus", "n"]], 1), ([["kode_lokus", "kategori", "jumlah"], ["a", "guru", "-"]], 2)]
)
def test_a_statistic_that_cannot_be_read_says_where(lines, row):
    with pytest.raises(Refused, match="FRAME-185") as stop:
        read_statistic(enumerate(lines, 1), file="s.csv")
    assert stop.value.problems[0].place.row == row


def test_quality_counts_what_can_be_reached_and_is_decided(checker):
    """One row with a fixed line only, one whose start is missing, one good."""
    check = checker()
    rows = check.good()
    rows[1] |= {"telepon": "021-5550199"}
    rows[2] |= {"mulai_unit": ""}
    quality = check.check(rows).cleaned.quality["dinkes"]
    assert quality == Quality(rows=3, accepted=3, reachable=2, decided=2, usable=1)
    assert quality.score == pytest.approx(100 / 3)
    assert Quality(rows=4).score is None


def test_an_address_makes_a_fixed_line_good_enough(checker):
    check = checker()
    rows = check.good()
    rows[0] |= {"telepon": "021-5550199"}
    assert check.check(rows).cleaned.quality["dinkes"].reachable == 3


def test_waiting_for_the_staff_list_is_not_the_units_fault(checker):
    check = checker(Group.EXTERNAL, is_staff=lambda staff_id, points: None)
    assert check.check(check.good()).cleaned.quality["dinkes"].score == 100
