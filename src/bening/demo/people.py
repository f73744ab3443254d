"""The people of the simulated country: unmistakably fictional numbers, Indonesian names, plain facts."""

from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files

import numpy as np

from bening.demo.places import Area, Place

FIRST, LAST = (
    line.split() for line in files("bening.demo").joinpath("data", "names.txt").read_text().splitlines()
)
EXPERT_KINDS = ("bpk", "bpkp", "ombudsman", "jurnalis", "akademisi", "penyuluh", "hipmi", "iwapi")
EXPERTS_EACH = 13  # enough for a provincial key when all sixteen name theirs
EXPERTS_FEW = 30  # for a key of three institutions


@dataclass(frozen=True, slots=True)
class Person:
    """One eligible person: where, of which group, and the cells of the roster row by header."""

    phone: str
    area: str
    group: str
    unit: Place
    cells: dict[str, str]


class Numbers:
    """Fictional mobile numbers 0855-0000-NNNNN, never twice, in no order a list could be suspected for."""

    STEP, SIZE = 48271, 79990  # without a common factor: every number comes once before any comes again

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> str:
        """The next number as people write it."""
        self.count += 1
        return f"0855-0000-{10000 + self.count * self.STEP % self.SIZE:05}"


def people(areas: tuple[Area, ...], seed: int, reference: date) -> list[Person]:
    """Everybody eligible, in the order of areas, groups and units."""
    rng, number = np.random.default_rng([seed, 1]), Numbers()
    made: list[Person] = []
    for area in areas:
        for unit in area.units:
            made += [staff(area, unit, number(), rng, reference, serial) for serial in range(unit.staff)]
            made += [user(area, unit, number(), rng, reference) for _ in range(unit.users)]
        made += [expert(area, number(), rng) for _ in range(EXPERTS_EACH if len(areas) > 3 else EXPERTS_FEW)]
    return made


def name(rng: np.random.Generator) -> str:
    """A plain Indonesian name of two or three words."""
    words = [FIRST[rng.integers(len(FIRST))], LAST[rng.integers(len(LAST))]]
    if rng.random() < 0.3:
        words.insert(1, FIRST[rng.integers(len(FIRST))])
    return " ".join(words)


def day(rng: np.random.Generator, earliest: date, latest: date) -> date:
    """A day between two, both included."""
    return earliest + timedelta(days=int(rng.integers((latest - earliest).days + 1)))


def staff(
    area: Area, unit: Place, phone: str, rng: np.random.Generator, reference: date, serial: int
) -> Person:
    """One eligible member of staff."""
    category = (
        "tenaga_kesehatan"
        if unit.kind == "puskesmas"
        else "guru"
        if unit.code == "opd.01"
        else "administrasi"
    )
    appointed = day(rng, date(reference.year - 25, 1, 1), date(reference.year - 4, 12, 1)).replace(day=1)
    born = day(rng, date(appointed.year - 35, 1, 1), date(appointed.year - 22, 12, 28))
    started = day(rng, appointed, date(reference.year - 3, 12, 28))
    sex = int(rng.integers(1, 3))
    return Person(
        phone,
        area.code,
        "internal",
        unit,
        {
            "nama": name(rng),
            "nip": f"{born:%Y%m%d}{appointed:%Y%m}{sex}{serial % 1000:03}",
            "kode_lokus": unit.code,
            "status": "PNS",
            "jabatan": {"guru": "Guru Ahli Muda", "tenaga_kesehatan": "Perawat Terampil"}.get(
                category, "Pengelola Data"
            ),
            "eselon": "0",
            "kepala_unit": "T",
            "tugas_utama": "Y",
            "tugas_pendukung": "T",
            "kategori": category,
            "mulai_instansi": started.isoformat(),
            "mulai_unit": day(rng, started, date(reference.year - 2, 12, 28)).isoformat(),
            "telepon": phone,
            "email": "",
        },
    )


def user(area: Area, unit: Place, phone: str, rng: np.random.Generator, reference: date) -> Person:
    """One eligible service user, beneficiary or supplier."""
    kind = ("pengguna", "pengguna", "pengguna", "penerima_manfaat", "penyedia")[rng.integers(5)]
    return Person(
        phone,
        area.code,
        "external",
        unit,
        {
            "nama": name(rng),
            "kode_lokus": unit.code,
            "jenis": kind,
            "badan": f"CV {LAST[rng.integers(len(LAST))]} Jaya" if kind == "penyedia" else "",
            "layanan": "pengadaan"
            if kind == "penyedia"
            else "pemeriksaan"
            if unit.kind == "puskesmas"
            else "perizinan",
            "tanggal_layanan": day(
                rng, reference - timedelta(days=330), reference - timedelta(days=120)
            ).isoformat(),
            "perantara": "T",
            "sumber": "kontrak" if kind == "penyedia" else "sistem_layanan",
            "telepon": phone,
            "email": "",
        },
    )


def expert(area: Area, phone: str, rng: np.random.Generator) -> Person:
    """One expert who knows the institution."""
    unit = area.units[0]
    kind = EXPERT_KINDS[rng.integers(len(EXPERT_KINDS))]
    return Person(
        phone,
        area.code,
        "expert",
        unit,
        {
            "nama": name(rng),
            "kode_lokus": unit.code,
            "jenis": kind,
            "badan": f"Lembaga {LAST[rng.integers(len(LAST))]}",
            "jabatan": "Peneliti",
            "telepon": phone,
            "email": "",
        },
    )
