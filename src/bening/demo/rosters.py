"""Roster workbooks as inspectorates hand them over, with faults planted that the generator remembers."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from openpyxl import Workbook

from bening.demo.people import Person, name

HEADERS = {
    "internal": (
        "nama",
        "nip",
        "kode_lokus",
        "status",
        "jabatan",
        "eselon",
        "kepala_unit",
        "tugas_utama",
        "tugas_pendukung",
        "kategori",
        "mulai_instansi",
        "mulai_unit",
        "telepon",
        "email",
    ),
    "external": (
        "nama",
        "kode_lokus",
        "jenis",
        "badan",
        "layanan",
        "tanggal_layanan",
        "perantara",
        "sumber",
        "telepon",
        "email",
    ),
    "expert": (
        "nama",
        "kode_lokus",
        "jenis",
        "badan",
        "jabatan",
        "pensiun",
        "eselon_terakhir",
        "telepon",
        "email",
    ),
}
EXTRACTED = 100  # days before the reference date that lists were drawn from the source system

Cells = dict[str, str]
Spoil = Callable[[Cells, date], Cells]


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault the house must find: file, row and code."""

    file: str
    row: int
    code: str


def months_before(day: date, months: int) -> str:
    """A day about that many months earlier."""
    return (day - timedelta(days=31 * months)).isoformat()


SPOILS: dict[str, tuple[tuple[str, Spoil], ...]] = {
    "internal": (
        ("FRAME-110", lambda cells, ref: {**cells, "telepon": "", "email": ""}),
        ("FRAME-112", lambda cells, ref: {**cells, "telepon": "12345"}),
        ("FRAME-114", lambda cells, ref: {**cells, "telepon": "6.28123E+12"}),
        ("FRAME-120", lambda cells, ref: {**cells, "kode_lokus": "opd.99"}),
        ("FRAME-122", lambda cells, ref: {**cells, "status": ""}),
        ("FRAME-123", lambda cells, ref: {**cells, "nip": "1985"}),
        ("FRAME-133", lambda cells, ref: {**cells, "mulai_unit": (ref + timedelta(days=40)).isoformat()}),
    ),
    "external": (
        ("FRAME-140", lambda cells, ref: {**cells, "tanggal_layanan": months_before(ref, 20)}),
        ("FRAME-141", lambda cells, ref: {**cells, "perantara": "Y"}),
        ("FRAME-110", lambda cells, ref: {**cells, "telepon": "", "email": ""}),
    ),
    "expert": (),
}


def write_rosters(folder: Path, people: list[Person], *, seed: int, reference: date) -> list[Planted]:
    """One workbook an institution and group; what was planted in them."""
    folder.mkdir(parents=True, exist_ok=True)
    lists: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for person in people:
        lists[person.area, person.group].append(person)
    rng = np.random.default_rng([seed, 3])
    planted = []
    for (area, group), members in lists.items():
        file = f"{area}.{group}.xlsx"
        rows, faults = spoiled(file, group, members, rng, reference)
        write(folder / file, group, rows, submission(area, group, len(rows), reference))
        planted += faults
    return planted


def spoiled(
    file: str, group: str, members: list[Person], rng: np.random.Generator, reference: date
) -> tuple[list[Cells], list[Planted]]:
    """The rows of a list with faulty ones and one exact duplicate put among them, and where they are."""
    good = [person.cells for person in members]
    faulty = [
        (
            code,
            spoil(
                {**good[0], "nama": name(rng), "nip": stranger(i), "telepon": f"0855-0000-9{i:04}"}, reference
            ),
        )
        for i, (code, spoil) in enumerate(SPOILS[group])
    ]
    rows: list[tuple[str, Cells]] = [("", cells) for cells in good]
    if group == "internal":  # a letter for the first zero: read as meant and marked, the person stays
        rows[1] = ("FRAME-116", {**good[1], "telepon": "O" + good[1]["telepon"][1:]})
    for code, cells in faulty:
        rows.insert(int(rng.integers(1, len(rows))), (code, cells))
    if group == "internal":
        rows.append(("FRAME-101", good[len(good) // 2]))
    planted = [Planted(file, place, code) for place, (code, _) in enumerate(rows, 2) if code]
    return [cells for _, cells in rows], planted


def stranger(serial: int) -> str:
    """A well-formed staff number that nobody else has."""
    return f"198501012010011{900 + serial}"


def submission(area: str, group: str, rows: int, reference: date) -> list[tuple[str, str]]:
    """The submission sheet without which a list is returned."""
    return [
        ("instansi", area),
        ("kelompok", {"external": "eksternal", "expert": "eksper"}.get(group, group)),
        ("sistem_sumber", "SIMPEG" if group == "internal" else "Register layanan"),
        ("tanggal_ekstraksi", (reference - timedelta(days=EXTRACTED)).isoformat()),
        ("disusun_oleh", "Subbagian Umum"),
        ("diperiksa_oleh", "Inspektur Pembantu"),
        ("kontak", "inspektorat@contoh.example"),
        ("jumlah_baris", str(rows)),
        ("kekurangan", "tidak ada"),
        ("pernyataan", "Y"),
    ]


def write(path: Path, group: str, rows: list[Cells], sheet: list[tuple[str, str]]) -> None:
    """A workbook as an office program would save it: every cell text, so that no digit is lost."""
    book = Workbook(write_only=True)
    data = book.create_sheet("Data")
    data.append(list(HEADERS[group]))
    for cells in rows:
        data.append([cells.get(header, "") for header in HEADERS[group]])
    intro = book.create_sheet("Pengantar")
    for pair in sheet:
        intro.append(list(pair))
    part = path.with_suffix(".part")
    book.save(part)
    part.rename(path)
