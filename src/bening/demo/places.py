"""Lampung: one province, 15 regencies and cities, their units; Lampung Selatan with its 36 loci."""

from dataclasses import dataclass, field

PROVINCE = "18"


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of the simulated country; `staff` and `users` are the eligible people to make for it."""

    code: str
    name: str
    kind: str
    echelon: int = 0
    parent: str = ""
    locus: bool = True
    staff: int = 0
    users: int = 0


@dataclass(frozen=True, slots=True)
class Area:
    """An institution with the true mean of its internal and external opinions (index points)."""

    code: str
    name: str
    kind: str
    internal: float
    external: float
    units: tuple[Place, ...] = field(default=())
    size: str = "sedang"


OFFICES = (
    "Dinas Pendidikan",
    "Dinas Kesehatan",
    "Dinas Pekerjaan Umum",
    "Dinas Sosial",
    "Dinas Perhubungan",
    "Dinas Kependudukan dan Catatan Sipil",
    "Dinas Penanaman Modal dan Pelayanan Terpadu",
    "Dinas Pertanian",
    "Dinas Lingkungan Hidup",
    "Dinas Perdagangan dan Perindustrian",
    "Badan Kepegawaian Daerah",
    "Badan Perencanaan Pembangunan Daerah",
    "Badan Pendapatan Daerah",
    "Badan Keuangan dan Aset Daerah",
    "Sekretariat Daerah",
    "Inspektorat",
)
HEALTH_CENTRES = (
    "Kalianda",
    "Natar",
    "Jati Agung",
    "Tanjung Bintang",
    "Tanjung Sari",
    "Katibung",
    "Merbau Mataram",
    "Way Sulan",
    "Sidomulyo",
    "Candipuro",
    "Way Panji",
    "Palas",
    "Sragi",
    "Ketapang",
    "Bakauheni",
    "Penengahan",
    "Rajabasa",
    "Banjar Agung",
    "Karang Anyar",
    "Hajimena",
)
SCHOOLS = (
    "SDN 1 Kalianda",
    "SDN 2 Natar",
    "SDN 1 Sidomulyo",
    "SMPN 1 Kalianda",
    "SMPN 2 Natar",
    "SMPN 1 Katibung",
    "SMPN 1 Ketapang",
    "SDN 3 Jati Agung",
)
AREAS = (
    ("prov-lampung", "Provinsi Lampung", "province", 76.0, 74.5),
    ("kab-lampung-barat", "Kabupaten Lampung Barat", "regency", 80.0, 78.5),
    ("kab-tanggamus", "Kabupaten Tanggamus", "regency", 75.0, 73.0),
    ("kab-lampung-selatan", "Kabupaten Lampung Selatan", "regency", 80.0, 78.5),
    ("kab-lampung-timur", "Kabupaten Lampung Timur", "regency", 70.0, 67.0),
    ("kab-lampung-tengah", "Kabupaten Lampung Tengah", "regency", 73.0, 69.5),
    ("kab-lampung-utara", "Kabupaten Lampung Utara", "regency", 72.0, 72.0),
    ("kab-way-kanan", "Kabupaten Way Kanan", "regency", 79.0, 77.0),
    ("kab-tulang-bawang", "Kabupaten Tulang Bawang", "regency", 79.0, 78.5),
    ("kab-pesawaran", "Kabupaten Pesawaran", "regency", 78.0, 75.5),
    ("kab-pringsewu", "Kabupaten Pringsewu", "regency", 85.0, 86.0),
    ("kab-mesuji", "Kabupaten Mesuji", "regency", 76.0, 74.0),
    ("kab-tulang-bawang-barat", "Kabupaten Tulang Bawang Barat", "regency", 78.0, 77.5),
    ("kab-pesisir-barat", "Kabupaten Pesisir Barat", "regency", 80.0, 81.0),
    ("kota-bandar-lampung", "Kota Bandar Lampung", "city", 72.0, 70.0),
    ("kota-metro", "Kota Metro", "city", 84.0, 84.0),
)
HOME = "kab-lampung-selatan"  # the regency of the starting case
SMALL = ("prov-lampung", HOME, "kota-metro")
EXPERTS = 70.0  # true mean of the experts' opinions, shared by the province


def country(scale: str) -> tuple[Area, ...]:
    """The areas of a scale: `lampung` has all sixteen, `small` three with fewer loci."""
    rows = [row for row in AREAS if scale == "lampung" or row[0] in SMALL]
    return tuple(
        Area(*row, units=home_units(scale) if row[0] == HOME else other_units(row[0], scale)) for row in rows
    )


def home_units(scale: str) -> tuple[Place, ...]:
    """Lampung Selatan: 16 offices and 20 health centres listed, schools under the education office."""
    offices, centres = (16, 20) if scale == "lampung" else (4, 2)
    users = 20 if scale == "lampung" else 70
    made = [
        Place(f"opd.{i:02}", name, "office", echelon=2, staff=88 - i, users=users)
        for i, name in enumerate(OFFICES[:offices], 1)
    ]
    made += [
        Place(
            f"pkm.{i:02}",
            f"Puskesmas {name}",
            "puskesmas",
            echelon=4,
            parent="opd.02",
            staff=66 + i % 8,
            users=users,
        )
        for i, name in enumerate(HEALTH_CENTRES[:centres], 1)
    ]
    made += [
        Place(f"skl.{i:02}", name, "school", parent="opd.01", locus=False)
        for i, name in enumerate(SCHOOLS, 1)
    ]
    return tuple(made)


def other_units(code: str, scale: str) -> tuple[Place, ...]:
    """Six loci: four offices and two health centres; a province has no health centres of its own."""
    kinds = ["office"] * 6 if code.startswith("prov") else ["office"] * 4 + ["puskesmas"] * 2
    names = (
        [*OFFICES[:6]] if code.startswith("prov") else [*OFFICES[:4], "Puskesmas Utara", "Puskesmas Selatan"]
    )
    staff = 96 if scale == "lampung" else 70
    return tuple(
        Place(
            f"{'opd' if kind == 'office' else 'pkm'}.{i:02}",
            name,
            kind,
            echelon=2 if kind == "office" else 4,
            parent="" if kind == "office" else "opd.02",
            staff=staff - 3 * i,
            users=84,
        )
        for i, (kind, name) in enumerate(zip(kinds, names, strict=True), 1)
    )
