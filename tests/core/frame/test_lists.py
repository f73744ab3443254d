"""What only a whole list shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.frame.listing import plain_name
from bening.core.kinds import Group
from bening.core.problems import Refused


def codes(cleaned, *rows):
    """Codes of the problems in some rows (of the whole list when none is named)."""
    return [p.code for p in cleaned.problems if (p.place.row in rows if rows else p.place.row is None)]


def test_the_same_staff_number_twice_is_one_person(checker):
    check = checker()
    rows = [*check.good(), check.good()[0] | {"nama": "Nama Lain", "telepon": "081299999991", "email": ""}]
    cleaned = check.check(rows)
    assert codes(cleaned, 5) == ["FRAME-101", "FRAME-160"]
    assert [who.row for who, _ in cleaned.people] == [2, 3, 4]


def test_the_same_name_and_number_twice_is_one_person(checker):
    check = checker(Group.EXTERNAL)
    rows = [*check.good(), check.good()[0] | {"nama": "DEDI IRAWAN, S.H.", "telepon": "+6281300000011"}]
    cleaned = check.check(rows)
    assert codes(cleaned, 4) == ["FRAME-101"]
    assert dict(cleaned.problems[-1].words)["other"] == 2


def test_the_same_name_in_one_unit_may_be_one_person(checker):
    check = checker(Group.EXTERNAL)
    cleaned = check.check([*check.good(), check.good()[0] | {"telepon": "081300000099"}])
    assert codes(cleaned, 4) == ["FRAME-102"]
    assert len(cleaned.people) == 3


def test_a_number_of_two_people_is_a_doubt_and_of_three_a_shared_one(checker):
    check = checker(Group.EXTERNAL)
    others = [check.good()[0] | {"nama": name} for name in ("Gita Sari", "Hana Putri")]
    assert codes(check.check([*check.good(), others[0]]), 2, 4) == ["FRAME-102"]
    assert codes(check.check([*check.good(), *others]), 2, 4, 5) == ["FRAME-103"] * 3


def test_the_heads_number_on_a_staff_row_is_shared(checker):
    check = checker()
    rows = check.good()
    rows[2]["telepon"] = rows[0]["telepon"]
    assert codes(check.check(rows), 4) == ["FRAME-103"]


def test_numbers_that_count_upward_are_marked_once(checker):
    check = checker(Group.EXTERNAL)
    rows = [
        check.good()[0] | {"nama": f"Orang {'abcdefgh'[i]}", "telepon": f"08130000{i:04}"} for i in range(6)
    ]
    assert codes(check.check(rows), *range(2, 8)) == ["FRAME-103"]
    rows[2]["telepon"] = "081311112222"
    assert codes(check.check(rows), *range(2, 8)) == []


def test_one_service_date_for_nearly_all_is_a_finding_about_the_unit(checker):
    check = checker(Group.EXTERNAL)
    rows = [
        check.good()[0] | {"nama": f"Orang {'abcdefghij'[i]}", "telepon": f"0813000{i}0{i}7"}
        for i in range(10)
    ]
    assert codes(check.check(rows)) == ["FRAME-134"]
    assert codes(check.check(rows[:9])) == []


def test_rows_are_compared_with_the_declared_counts(checker):
    check = checker(Group.EXTERNAL)
    assert codes(check.check(check.good(), {"dinkes": 2, "": 2})) == []
    cleaned = check.check(check.good(), {"dinkes": 3, "": 2})
    assert codes(cleaned) == ["FRAME-171"]
    assert cleaned.problems[0].words == {"locus": "dinkes", "rows": 2, "declared": 3}


def test_a_locus_without_rows_is_named(checker):
    check = checker(Group.EXTERNAL)
    cleaned = check.check([check.good()[0] | {"kode_lokus": "dinkess"}])
    assert "FRAME-172" in codes(cleaned)


def test_a_sheet_without_rows_is_refused(checker):
    check = checker()
    for lines in ([], [["", ""]], [list(check.good()[0])]):
        with pytest.raises(Refused, match="FRAME-182"):
            check.sheet(lines, {"": 0})


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda headers: [h for h in headers if h != "status"], '"status" is missing'),
        (lambda headers: [*headers, "status"], '"status" stands twice'),
        (lambda headers: ["Nomor KTP", *headers], '"Nomor KTP" is not known'),
        (
            lambda headers: [h.replace("mulai_unit", "mulai_unti") for h in headers],
            "the nearest is mulai_unit",
        ),
    ],
)
def test_wrong_columns_are_refused_with_every_header_named(checker, spoil, sentence):
    check = checker()
    headers = spoil(list(check.good()[0]))
    with pytest.raises(Refused) as stop:
        check.sheet([headers, ["x"] * len(headers)], {"": 1})
    assert {p.code for p in stop.value.problems} == {"FRAME-183"}
    assert sentence in str(stop.value)


def test_headers_may_be_written_with_capitals_and_blanks(checker):
    check = checker(Group.EXTERNAL)
    row = check.good()[0]
    cleaned = check.sheet([[h.replace("_", " ").upper() for h in row], list(row.values())], {"": 1})
    assert len(cleaned.people) == 1


def test_the_sheet_of_another_group_is_recognised(checker):
    row = checker(Group.EXTERNAL).good()[0]
    with pytest.raises(Refused) as stop:
        checker(Group.INTERNAL).sheet([list(row), list(row.values())], {"": 1})
    first = stop.value.problems[0]
    assert (first.code, first.words["group"]) == ("FRAME-151", "external")


@given(st.text(alphabet="abc .,'-", max_size=12), st.sampled_from([", S.Pd.", ", M.Si", ""]))
def test_degrees_capitals_and_dots_do_not_make_another_person(name, degree):
    bare = name.replace(",", "")
    assert plain_name(bare) == plain_name(bare.upper() + degree)


def test_staff_of_another_institution_are_marked_where_they_are_found(checker):
    check = checker(elsewhere=lambda keys: "kab-y" if ("id", "199002022019221002") in keys else None)
    cleaned = check.check(check.good())
    assert codes(cleaned, 3) == ["FRAME-152"]
    assert len(cleaned.people) == 3


def test_more_findings_than_anybody_reads_are_counted_and_not_kept(checker, monkeypatch):
    monkeypatch.setattr("bening.core.frame.check.MOST", 3)
    check = checker(Group.EXTERNAL)
    rows = [row | {"telepon": "12345"} for row in check.good() * 3]
    problems = check.check(rows).problems
    assert [p.code for p in problems if p.place.row] == ["FRAME-112"] * 3
    assert [(p.words["told"], p.words["more"]) for p in problems if p.code == "FRAME-184"] == [(3, 3 + 4)]


def test_names_of_the_rows_with_problems_go_with_their_units(checker):
    check = checker(Group.EXTERNAL)
    rows = check.good()
    rows[1]["telepon"] = rows[0]["telepon"]
    assert check.check(rows).cleaned.units == {3: "dinkes"}
