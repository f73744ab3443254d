"""Forty kinds of fault in lists otherwise clean: each is found at its cell, nobody else is accused."""

import pytest

from bening.core.kinds import Group
from bening.files import reader, writer

Planted = tuple[
    str, dict[str, str], set[tuple[str, str]]
]  # name, changed cells, (code, column) found on the row
INTERNAL: list[Planted] = [
    ("no contact at all", {"telepon": "", "email": ""}, {("FRAME-110", "telepon")}),
    ("the only address is broken", {"telepon": "", "email": "x@"},
     {("FRAME-111", "telepon"), ("FRAME-117", "email"), ("FRAME-110", "email")}),
    ("an address only", {"telepon": ""}, {("FRAME-111", "telepon")}),
    ("too few digits", {"telepon": "0812345"}, {("FRAME-112", "telepon")}),
    ("a foreign number", {"telepon": "+1 212 555 0100"}, {("FRAME-112", "telepon")}),
    ("words for a number", {"telepon": "tidak ada"}, {("FRAME-112", "telepon")}),
    ("a fixed line", {"telepon": "021-5550199"}, {("FRAME-113", "telepon")}),
    ("digits lost by the spreadsheet", {"telepon": "6.28123E+12"}, {("FRAME-114", "telepon")}),
    ("two numbers in a cell", {"telepon": "081299990001 / 081399990002"}, {("FRAME-115", "telepon")}),
    ("a letter among digits", {"telepon": "O81288880093"}, {("FRAME-116", "telepon")}),
    ("a mistyped domain", {"email": "a@gmial.com"}, {("FRAME-117", "email")}),
    ("no address at all", {"email": "a at contoh"}, {("FRAME-117", "email")}),
    ("no name", {"nama": ""}, {("FRAME-119", "nama")}),
    ("an unknown locus", {"kode_lokus": "dinkess"}, {("FRAME-120", "kode_lokus")}),
    ("a title not in the list", {"jabatan": "Perawatt"}, {("FRAME-121", "jabatan")}),
    ("no status", {"status": ""}, {("FRAME-122", "status")}),
    ("an unknown status", {"status": "magang"}, {("FRAME-122", "status")}),
    ("no staff number", {"nip": "", "status": "PPPK"}, {("FRAME-123", "nip")}),
    ("a staff number too short", {"nip": "1985010120100120"}, {("FRAME-123", "nip")}),
    ("a staff number without a birth date", {"nip": "198513012010012001"}, {("FRAME-123", "nip")}),
    ("a staff number without a sex", {"nip": "198501012010013001"}, {("FRAME-123", "nip")}),
    ("in office before the appointment", {"mulai_instansi": "2009-12-31"}, {("FRAME-124", "mulai_instansi")}),
    ("an unknown category", {"kategori": "dukun"}, {("FRAME-125", "kategori")}),
    ("a date that is none", {"mulai_unit": "31/02/2020"}, {("FRAME-125", "mulai_unit")}),
    ("no answer about duties", {"tugas_utama": ""}, {("FRAME-126", "tugas_utama")}),
    ("no start in the institution", {"mulai_instansi": ""}, {("FRAME-130", "mulai_instansi")}),
    ("in the unit before the institution", {"mulai_unit": "2010-01-15"}, {("FRAME-131", "mulai_unit")}),
    ("a year too vague", {"mulai_unit": "2023"}, {("FRAME-132", "mulai_unit")}),
    ("a start in the future", {"mulai_unit": "2024-08-01"},
     {("FRAME-133", "mulai_unit"), ("FRAME-161", "mulai_unit")}),
    ("a user among staff", {"status": "pengguna"}, {("FRAME-151", "status")}),
    ("general support", {"tugas_pendukung": "Y"}, {("FRAME-160", "tugas_pendukung")}),
    ("new in the unit", {"mulai_unit": "2023-12-01"}, {("FRAME-161", "mulai_unit")}),
]  # fmt: skip
EXTERNAL: list[Planted] = [
    ("served too long ago", {"tanggal_layanan": "2023-07-28"}, {("FRAME-140", "tanggal_layanan")}),
    ("served through a broker", {"perantara": "Y"}, {("FRAME-141", "perantara")}),
    ("no service", {"layanan": ""}, {("FRAME-142", "layanan")}),
    ("served after the list was made", {"tanggal_layanan": "2024-06-01"}, {("FRAME-133", "tanggal_layanan")}),
    ("staff among users", {"jenis": "PNS"}, {("FRAME-150", "jenis")}),
    ("a supplier without a firm", {"jenis": "penyedia"}, {("FRAME-126", "badan")}),
]
PAIRED: list[Planted] = [  # beside the first clean row
    ("the same staff number", {"nip": "{nip}"}, {("FRAME-101", "nama")}),
    ("the same name in the unit", {"nama": "{nama}"}, {("FRAME-102", "nama")}),
    ("the number of another", {"telepon": "{telepon}"}, {("FRAME-102", "telepon")}),
]
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def word(number: int) -> str:
    """A different name for every row: the comparison of names knows letters alone."""
    return f"Orang {LETTERS[number // 26]}{LETTERS[number % 26]}{LETTERS[number * 7 % 26]}"


def clean_row(base: dict[str, str], number: int) -> dict[str, str]:
    """A clean row: no name, number, address or date in common with its neighbours."""
    own = {
        "nama": word(number),
        "telepon": f"0812{number * 37 % 1000:03}0{number:04}",
        "email": f"o{number}@contoh.id",
    }
    if "nip" in base:
        own |= {
            "nip": f"19850101201001{1 + number % 2}{number:03}", "status": "PNS", "kepala_unit": "T",
            "mulai_instansi": f"2012-{1 + number % 12:02}-{1 + number % 28:02}", "mulai_unit": "2021-03-01",
        }  # fmt: skip
    else:
        own |= {
            "tanggal_layanan": f"2024-0{1 + number % 4}-{1 + number % 28:02}",
            "jenis": "pengguna",
            "badan": "",
        }
    return base | own


def sheet(base: dict[str, str], planted: list[Planted], paired: list[Planted]):
    """Clean rows with a planted one between each two; what must be found, by row of the sheet."""
    rows = [clean_row(base, 0)]
    expected = set()
    for _, cells, found in [*planted, *paired]:
        rows.append(clean_row(base, len(rows)) | {k: v.format(**rows[0]) for k, v in cells.items()})
        expected |= {(code, len(rows) + 1, column) for code, column in found}
        rows.append(clean_row(base, len(rows)))
    return rows, expected


def found(problems) -> set[tuple[str, int | None, str]]:
    """Code, row and header of every problem."""
    return {(p.code, p.place.row, p.place.column.partition(" ")[2]) for p in problems}


GROUPS = [(Group.INTERNAL, INTERNAL, PAIRED), (Group.EXTERNAL, EXTERNAL, [])]


def test_forty_kinds_are_planted():
    assert len(INTERNAL) + len(EXTERNAL) + len(PAIRED) >= 40


@pytest.mark.parametrize(("group", "planted", "paired"), GROUPS)
def test_every_planted_fault_is_found_at_its_cell_and_nobody_else_is_accused(checker, group, planted, paired):
    check = checker(group)
    rows, expected = sheet(check.good()[0], planted, paired)
    assert found(check.check(rows).problems) == expected


@pytest.mark.parametrize(("group", "planted", "paired"), GROUPS)
def test_the_same_faults_are_found_in_a_real_workbook(checker, group, planted, paired):
    """Written, sent through the gate and parsed in the limited process."""
    check = checker(group)
    rows, expected = sheet(check.good()[0], planted, paired)
    headers = list(rows[0])
    book = writer.workbook({"Data": [headers, *([row[header] for header in headers] for row in rows)]})
    lines = [line.cells for line in reader.read(book, name="daftar.xlsx")]
    assert found(check.sheet(lines, {"": len(rows)}).problems) == expected


@pytest.mark.parametrize(("name", "cells", "wanted"), INTERNAL, ids=[name for name, _, _ in INTERNAL])
def test_each_fault_alone_is_found_and_nothing_else(checker, name, cells, wanted):
    check = checker(Group.INTERNAL)
    base = check.good()[0]
    rows = [clean_row(base, number) for number in range(5)]
    assert check.check(rows).problems == ()
    rows[3] |= cells
    assert found(check.check(rows).problems) == {(code, 5, column) for code, column in wanted}
