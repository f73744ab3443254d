"""Small lists that nothing is wrong with, and the checker set up for them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import pytest

from bening.core.frame import Cleaned, Terms, clean
from bening.core.kinds import Candidate, Eligibility, Group, Place, Problem, Submission
from bening.files import phones
from bening.methods import load

Cells = dict[str, str]
GOOD: dict[Group, list[Cells]] = {
    Group.INTERNAL: [
        {
            "nama": name, "nip": nip, "kode_lokus": "dinkes", "status": status, "jabatan": "Perawat",
            "eselon": "0", "kepala_unit": head, "tugas_utama": "Y", "tugas_pendukung": "T",
            "kategori": "tenaga_kesehatan", "mulai_instansi": start, "mulai_unit": "2021-03-01",
            "telepon": phone, "email": email,
        }
        for name, nip, status, head, start, phone, email in (
            ("Ayu Lestari", "198501012010012001", "PNS", "Y", "2012-05-01", "081200000017", "ayu@contoh.id"),
            ("Budi Santoso", "199002022019221002", "PPPK", "T", "2019-02-01", "+62 812-0000-0042", ""),
            ("Citra Dewi", "", "NON_ASN", "T", "2018", "6281200000077", "citra@contoh.id"),
        )
    ],
    Group.EXTERNAL: [
        {
            "nama": name, "kode_lokus": "dinkes", "jenis": kind, "badan": body, "layanan": "perizinan",
            "tanggal_layanan": day, "perantara": "T", "sumber": "buku_tamu", "telepon": phone, "email": "",
        }
        for name, kind, body, day, phone in (
            ("Dedi Irawan", "pengguna", "", "2024-03-05", "081300000011"),
            ("Eka Putri", "penyedia", "CV Maju", "2024-01-20", "081300000055"),
        )
    ],
    Group.EXPERT: [
        {
            "nama": "Fajar Hakim", "jabatan": "Auditor", "jenis": "bpk", "badan": "BPK", "pensiun": "",
            "eselon_terakhir": "", "telepon": "081400000031", "email": "",
        }
    ],
}  # fmt: skip
TITLES = frozenset({"perawat", "guru ahli muda", "bidan"})


@dataclass
class Judged:
    """A judged list with its people."""

    cleaned: Cleaned
    people: list[tuple[Candidate, Eligibility]]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem."""
        return self.cleaned.problems

    @property
    def rows(self) -> int:
        """Rows of the list."""
        return self.cleaned.rows


@dataclass
class Checker:
    """Judges a list of the 2024 edition against 29 July 2024, extracted on 1 May."""

    group: Group = Group.INTERNAL
    edition: str = "2024"
    reference: date = date(2024, 7, 29)
    is_staff: Callable[..., bool | None] = lambda staff_id, points: False
    elsewhere: Callable[..., str | None] | None = None
    statistic: dict[tuple[str, str], int] = field(default_factory=dict)

    def good(self) -> list[Cells]:
        """Rows without a fault."""
        return [dict(cells) for cells in GOOD[self.group]]

    def check(self, rows: list[Cells], declared: dict[str, int] | None = None) -> Judged:
        """The rows as a sheet below a line of headers."""
        headers = list(GOOD[self.group][0])
        lines = [headers, *([cells[header] for header in headers] for cells in rows)]
        return self.sheet(lines, declared if declared is not None else {"": len(rows)})

    def sheet(self, lines: Sequence[Sequence[str]], declared: dict[str, int]) -> Judged:
        """Any lines, numbered from 1."""
        method = load(f"spi-{self.edition}:equal-thirds")
        terms = Terms(
            method, self.group, {"dinkes": 2}, self.reference, phones.parse, self.is_staff, titles=TITLES,
            elsewhere=self.elsewhere, statistic=self.statistic,
        )  # fmt: skip
        said = Submission(
            "kab-x", self.group, "SIMPEG", date(2024, 5, 1), "A", "B", "C", "tidak ada", declared
        )
        numbered = list(enumerate(lines, 1))
        people: list[tuple[Candidate, Eligibility]] = []
        cleaned = clean(
            numbered, terms=terms, submission=said, place=Place("daftar.xlsx", "Data"),
            take=lambda who, verdict: people.append((who, verdict)),
        )  # fmt: skip
        return Judged(cleaned, people)


@pytest.fixture
def checker() -> type[Checker]:
    """The class, to be called with a group."""
    return Checker
