"""Every fault of a row is found at its cell, and nothing else is."""

import pytest

from bening.core.kinds import ContactKind, Group, Verdict
from bening.core.problems import CATALOGUE, say

LETTERS = "ABCDEFGHIJKLMNOP"


def found(cleaned):
    """Code, row and column of every problem."""
    return [(p.code, p.place.row, p.place.column.partition(" ")[2]) for p in cleaned.problems]


@pytest.mark.parametrize("group", [Group.INTERNAL, Group.EXTERNAL, Group.EXPERT])
def test_a_clean_list_is_not_accused(checker, group):
    check = checker(group)
    cleaned = check.check(check.good())
    head = [("FRAME-160", 2, "")] if group == Group.INTERNAL else []
    assert [(code, row, "") for code, row, _ in found(cleaned)] == head
    assert len(cleaned.people) == cleaned.rows == len(check.good())


INTERNAL = [
    ({"telepon": "", "email": ""}, "FRAME-110", "telepon"),
    ({"telepon": ""}, "FRAME-111", "telepon"),
    ({"telepon": "12345"}, "FRAME-112", "telepon"),
    ({"telepon": "021-5550199"}, "FRAME-113", "telepon"),
    ({"telepon": "6.28123E+12"}, "FRAME-114", "telepon"),
    ({"telepon": "081200000091/081300000092"}, "FRAME-115", "telepon"),
    ({"telepon": "O81200000093"}, "FRAME-116", "telepon"),
    ({"email": "citra@gmial.com"}, "FRAME-117", "email"),
    ({"email": "citra at contoh"}, "FRAME-117", "email"),
    ({"nama": ""}, "FRAME-119", "nama"),
    ({"kode_lokus": "dinkess"}, "FRAME-120", "kode_lokus"),
    ({"jabatan": "Perawatt"}, "FRAME-121", "jabatan"),
    ({"status": ""}, "FRAME-122", "status"),
    ({"status": "magang"}, "FRAME-122", "status"),
    ({"kategori": "dukun"}, "FRAME-125", "kategori"),
    ({"mulai_unit": "kemarin"}, "FRAME-125", "mulai_unit"),
    ({"tugas_pendukung": ""}, "FRAME-126", "tugas_pendukung"),
    ({"mulai_instansi": ""}, "FRAME-130", "mulai_instansi"),
    ({"mulai_unit": "2015-01-01"}, "FRAME-131", "mulai_unit"),
    ({"mulai_instansi": "2021", "mulai_unit": "2023"}, "FRAME-132", "mulai_unit"),
    ({"status": "pengguna"}, "FRAME-151", "status"),
    ({"tugas_pendukung": "Y"}, "FRAME-160", "tugas_pendukung"),
    ({"mulai_unit": "2023-12-01"}, "FRAME-161", "mulai_unit"),
]


@pytest.mark.parametrize(("cells", "code", "column"), INTERNAL, ids=[code for _, code, _ in INTERNAL])
def test_a_fault_of_a_staff_row_is_found_at_its_cell(checker, cells, code, column):
    check = checker(Group.INTERNAL)
    rows = check.good()
    clean = found(check.check(rows))
    rows[2] |= cells
    assert set(found(check.check(rows))) - set(clean) == {(code, 4, column)}


@pytest.mark.parametrize(
    ("nip", "why"),
    [
        ("", "kosong"),
        ("1985010120100120", "bukan 18 angka"),
        ("19850101201001200O", "bukan 18 angka"),
        ("1.98501012010011E+17", "bukan teks"),
        ("198513012010012001", "bukan tanggal"),
        ("198501012010132001", "tahun dan bulan"),
        ("198501012010013001", "angka 15"),
    ],
)
def test_a_wrong_staff_number_says_which_digits(checker, nip, why):
    check = checker(Group.INTERNAL)
    rows = check.good()
    rows[0]["nip"] = nip
    (fault,) = [p for p in check.check(rows).problems if p.code == "FRAME-123"]
    assert fault.place.row == 2
    assert why in say(fault, "id")


def test_contract_staff_have_no_month_in_their_number(checker):
    """Digits 13 and 14 of a PPPK number are not a month."""
    check = checker(Group.INTERNAL)
    rows = check.good()
    assert rows[1]["nip"][12:14] == "22"
    assert rows[1]["status"] == "PPPK"
    assert "FRAME-123" not in [p.code for p in check.check(rows).problems]


def test_a_start_before_the_appointment_is_a_contradiction_and_a_later_one_is_not(checker):
    check = checker(Group.INTERNAL)
    rows = check.good()
    rows[0]["mulai_instansi"] = "2009-12-31"
    assert ("FRAME-124", 2, "mulai_instansi") in found(check.check(rows))
    rows[0]["mulai_instansi"] = "2010-01-01"
    assert "FRAME-124" not in [p.code for p in check.check(rows).problems]


EXTERNAL = [
    ({"tanggal_layanan": "2023-07-28"}, "FRAME-140", "tanggal_layanan"),
    ({"perantara": "Y"}, "FRAME-141", "perantara"),
    ({"tanggal_layanan": ""}, "FRAME-142", "tanggal_layanan"),
    ({"layanan": ""}, "FRAME-142", "layanan"),
    ({"tanggal_layanan": "2024-05-02"}, "FRAME-133", "tanggal_layanan"),
    ({"jenis": "PNS"}, "FRAME-150", "jenis"),
    ({"jenis": "penerima_manfaat"}, "FRAME-125", "jenis"),
    ({"badan": ""}, "FRAME-126", "badan"),
    ({"tanggal_layanan": "2023"}, "FRAME-132", "tanggal_layanan"),
]


@pytest.mark.parametrize(("cells", "code", "column"), EXTERNAL, ids=[code for _, code, _ in EXTERNAL])
def test_a_fault_of_a_user_row_is_found_at_its_cell(checker, cells, code, column):
    check = checker(Group.EXTERNAL)
    rows = check.good()
    rows[1] |= cells
    assert set(found(check.check(rows))) == {(code, 3, column)}


def test_a_start_after_the_reference_date_is_refused(checker):
    check = checker(Group.INTERNAL)
    rows = check.good()
    rows[2] |= {"mulai_instansi": "2024-07-30", "mulai_unit": "2024-07-30"}
    cleaned = check.check(rows)
    assert {("FRAME-133", 4, "mulai_instansi"), ("FRAME-133", 4, "mulai_unit")} <= set(found(cleaned))
    assert [who.row for who, _ in cleaned.people] == [2, 3]


def test_an_unusable_address_stops_only_who_has_nothing_else(checker):
    check = checker(Group.INTERNAL)
    rows = check.good()
    rows[2] |= {"telepon": "", "email": "citra@gmial.com"}
    cleaned = check.check(rows)
    assert {"FRAME-110", "FRAME-117"} <= {p.code for p in cleaned.problems}
    assert [who.row for who, _ in cleaned.people] == [2, 3]


def test_staff_on_a_list_of_users_are_not_accepted(checker):
    check = checker(
        Group.EXTERNAL, is_staff=lambda staff_id, points: (ContactKind.PHONE, "+6281300000055") in points
    )
    cleaned = check.check(check.good())
    assert [code for code, _, _ in found(cleaned)] == ["FRAME-150"]
    assert [who.row for who, _ in cleaned.people] == [2]


def test_without_a_staff_list_users_stay_undecided_and_nobody_is_blamed(checker):
    check = checker(Group.EXTERNAL, is_staff=lambda staff_id, points: None)
    cleaned = check.check(check.good())
    assert found(cleaned) == []
    assert {(v.verdict, v.unknown) for _, v in cleaned.people} == {(Verdict.UNDECIDED, ("not_staff",))}


def test_numbers_come_out_in_one_writing(checker):
    cleaned = checker(Group.INTERNAL).check(checker(Group.INTERNAL).good())
    numbers = [value for who, _ in cleaned.people for kind, value in who.points if kind == ContactKind.PHONE]
    assert numbers == ["+6281200000017", "+6281200000042", "+6281200000077"]


def test_the_head_of_a_sampled_office_is_accepted_but_not_eligible(checker):
    (head, *others) = [verdict for _, verdict in checker().check(checker().good()).people]
    assert (head.verdict, head.failed) == (Verdict.INELIGIBLE, ("not_head_echelon2",))
    assert {verdict.verdict for verdict in others} == {Verdict.ELIGIBLE}


def test_a_retired_expert_without_a_date_is_asked_for_it(checker):
    check = checker(Group.EXPERT, edition="2025")
    rows = check.good()
    rows[0] |= {"jenis": "pensiunan", "eselon_terakhir": "II.b"}
    assert found(check.check(rows)) == [("FRAME-126", 2, "pensiun")]


def test_every_problem_speaks_both_languages_and_names_its_cell(checker):
    check = checker(Group.INTERNAL)
    for cells, code, column in INTERNAL:
        rows = check.good()
        rows[2] |= cells
        (problem,) = [p for p in check.check(rows).problems if (p.code, p.place.row) == (code, 4)]
        index = list(rows[2]).index(column)
        for language, row in (("id", "baris 4"), ("en", "row 4")):
            assert say(problem, language).startswith(f"{code} daftar.xlsx, Data, {row}, ")
            assert f" {LETTERS[index]} {column}: " in say(problem, language)
        assert CATALOGUE[code].remedy.id
