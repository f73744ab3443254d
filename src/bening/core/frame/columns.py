"""The columns of a roster by group. SPI's own workbook is not public: these headers are ours."""

import difflib
from collections.abc import Mapping, Sequence

from bening.core.kinds import Cell, Column, Fact, Group, Method, Place, Problem, Text
from bening.core.problems import Refused

CATEGORIES = ("guru", "tenaga_kesehatan", "pelayanan", "administrasi", "teknis", "lainnya")
SOURCES = ("buku_tamu", "sistem_layanan", "kontrak", "daftar_mandiri")
YES_NO = ("Y", "T")
ECHELONS = ("0", "1", "2", "3", "4")
GROUP_WORDS = {
    "internal": Group.INTERNAL,
    "eksternal": Group.EXTERNAL,
    "external": Group.EXTERNAL,
    "eksper": Group.EXPERT,
    "ekspert": Group.EXPERT,
    "ahli": Group.EXPERT,
    "expert": Group.EXPERT,
}

NAME = Column("nama", Fact.NAME, Cell.TEXT, True, Text("Nama lengkap", "Full name"))
CONTACT = (
    Column("telepon", Fact.PHONE, Cell.PHONE, False,
           Text("Nomor ponsel sebagai teks, misalnya 0812…", "Mobile number as text, such as 0812…")),
    Column("email", Fact.EMAIL, Cell.EMAIL, False, Text("Alamat surel", "E-mail address")),
)  # fmt: skip
INTERNAL = (
    NAME,
    Column("nip", Fact.STAFF_ID, Cell.STAFF_ID, False,
           Text("18 angka, untuk PNS dan PPPK", "18 digits, for PNS and PPPK")),
    Column("kode_lokus", Fact.LOCUS, Cell.LOCUS, True, Text("Unit tempat bekerja", "Unit of work")),
    Column("status", Fact.STATUS, Cell.CODE, True, Text("Status kepegawaian", "Employment status")),
    Column("jabatan", Fact.TITLE, Cell.TEXT, True, Text("Nama jabatan", "Job title")),
    Column("eselon", Fact.ECHELON, Cell.ECHELON, True,
           Text("Eselon jabatan; 0 bila tidak ada", "Echelon of the post; 0 for none"), ECHELONS),
    Column("kepala_unit", Fact.IS_HEAD, Cell.YES_NO, True,
           Text("Pimpinan tertinggi unit ini?", "Head of this unit?"), YES_NO),
    Column("tugas_utama", Fact.MAIN_FUNCTION, Cell.YES_NO, True,
           Text("Menjalankan tugas utama unit?", "Does the main work of the unit?"), YES_NO),
    Column("tugas_pendukung", Fact.GENERAL_SUPPORT, Cell.YES_NO, True,
           Text("Tugas pendukung umum, misalnya pramusaji?", "General support, such as catering?"), YES_NO),
    Column("kategori", Fact.CATEGORY, Cell.CODE, True,
           Text("Kategori pegawai", "Staff category"), CATEGORIES),
    Column("mulai_instansi", Fact.START_INSTITUTION, Cell.DATE, True,
           Text("Mulai bekerja di instansi ini", "Start in this institution")),
    Column("mulai_unit", Fact.START_UNIT, Cell.DATE, True,
           Text("Mulai bekerja di unit ini", "Start in this unit")),
    *CONTACT,
)  # fmt: skip
EXTERNAL = (
    NAME,
    Column("kode_lokus", Fact.LOCUS, Cell.LOCUS, True, Text("Unit yang melayani", "Unit that served")),
    Column("jenis", Fact.KIND, Cell.CODE, True, Text("Jenis responden", "Kind of respondent")),
    Column("badan", Fact.ORGANISATION, Cell.TEXT, False,
           Text("Nama badan usaha atau mitra", "Name of the company or partner")),
    Column("layanan", Fact.SERVICE, Cell.TEXT, True, Text("Layanan yang diterima", "Service received")),
    Column("tanggal_layanan", Fact.LAST_CONTACT, Cell.DATE, True,
           Text("Tanggal layanan atau transaksi terakhir", "Date of the last service or transaction")),
    Column("perantara", Fact.VIA_BROKER, Cell.YES_NO, True,
           Text("Lewat calo atau biro jasa?", "Through a broker?"), YES_NO),
    Column("sumber", Fact.SOURCE, Cell.CODE, True, Text("Asal data", "Where the entry comes from"), SOURCES),
    *CONTACT,
)  # fmt: skip
EXPERT = (
    NAME,
    Column("kode_lokus", Fact.LOCUS, Cell.LOCUS, False,
           Text("Unit yang paling dikenal, bila ada", "Unit known best, if any")),
    Column("jabatan", Fact.TITLE, Cell.TEXT, False, Text("Nama jabatan", "Job title")),
    Column("jenis", Fact.KIND, Cell.CODE, True, Text("Jenis eksper", "Kind of expert")),
    Column("badan", Fact.ORGANISATION, Cell.TEXT, True, Text("Lembaga asal", "Organisation")),
    Column("pensiun", Fact.RETIRED_ON, Cell.DATE, False, Text("Tanggal pensiun", "Date of retirement")),
    Column("eselon_terakhir", Fact.FORMER_ECHELON, Cell.ECHELON, False,
           Text("Eselon terakhir sebelum pensiun", "Last echelon before retirement"), ECHELONS),
    *CONTACT,
)  # fmt: skip
BY_GROUP: Mapping[Group, tuple[Column, ...]] = {
    Group.INTERNAL: INTERNAL,
    Group.EXTERNAL: EXTERNAL,
    Group.EXPERT: EXPERT,
}


def columns(group: Group, method: Method) -> tuple[Column, ...]:
    """The columns of a group's roster, with the codes that this edition admits."""
    admitted = tuple(method.kinds.get(group, ()))
    return tuple(
        Column(c.header, c.fact, c.cell, c.required, c.note, admitted)
        if c.fact in (Fact.STATUS, Fact.KIND)
        else c
        for c in BY_GROUP[group]
    )


def plain(header: str) -> str:
    """A header as it is compared: small letters, one underscore for blanks and hyphens."""
    return "_".join(header.casefold().replace("-", " ").replace("_", " ").split())


def match(headers: Sequence[str], wanted: tuple[Column, ...], place: Place) -> dict[Fact, int]:
    """The position of each column; refuses a missing, doubled or unknown header (FRAME-183)."""
    names = [plain(header) for header in headers]
    known = {column.header: column for column in wanted}
    found = [*wrong_headers(headers, names, known, place)]
    found += [
        fault(column.header, ("tidak ada", "is missing"), "-", place)
        for column in wanted
        if column.required and column.header not in names
    ]
    if found:
        raise Refused(*group_mixed_up(names, wanted, place), *found)
    return {known[name].fact: index for index, name in enumerate(names) if name}


def wrong_headers(
    headers: Sequence[str], names: list[str], known: Mapping[str, Column], place: Place
) -> list[Problem]:
    """Headers that are not known or stand twice, each with the nearest known one."""
    found = []
    for index, name in enumerate(names):
        if not name or (name in known and name not in names[:index]):
            continue
        near = ", ".join(difflib.get_close_matches(name, known, 1)) or "-"
        why = ("dobel", "stands twice") if name in known else ("tidak dikenal", "is not known")
        where = Place(place.file, place.sheet, place.row, letter(index))
        found.append(fault(headers[index][:40], why, near, where))
    return found


def fault(header: str, why: tuple[str, str], near: str, place: Place) -> Problem:
    """FRAME-183 for one header, with the reason in both languages."""
    return Problem("FRAME-183", place, {"header": header, "fault": why[0], "fault_en": why[1], "near": near})


def group_mixed_up(names: list[str], wanted: tuple[Column, ...], place: Place) -> list[Problem]:
    """Whether the sheet is that of another group (FRAME-151)."""
    mine = {column.header for column in wanted}
    for group, others in BY_GROUP.items():
        theirs = {column.header for column in others if column.required}
        if theirs <= set(names) and not theirs <= mine:
            return [Problem("FRAME-151", place, {"group": group.value})]
    return []


def letter(index: int) -> str:
    """The letter of a spreadsheet column, counted from 0."""
    first, last = divmod(index, 26)
    return (letter(first - 1) if first else "") + chr(65 + last)
