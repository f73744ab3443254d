"""A round with two institutions, and rosters handed over for them."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bening.core.kinds import Group
from bening.files import writer
from bening.web.frame.models import Roster, Upload
from bening.web.frame.steps import Parcel, check_upload, load_roster, receive
from bening.web.registry.models import Institution, Round, Unit
from bening.web.registry.steps import grant, list_institutions, list_units, open_round

PEOPLE = (
    ("siti", "officer", None, None),
    ("ratna", "statistician", None, None),
    ("wayan", "auditor", None, None),
    ("dewi", "inspectorate", "kab-x", None),
    ("mira", "inspectorate", "kab-y", None),
    ("rina", "unit_contact", "kab-x", "dinkes"),
    ("agus", "leader", "kab-x", None),
)
WORDS = ("name", "agency", "agency_short", "survey", "sender", "hotline")
Cells = dict[str, str]
ROWS: dict[Group, list[Cells]] = {
    Group.INTERNAL: [
        {
            "nama": f"Pegawai {letter}", "nip": f"1985010120100120{i:02}", "kode_lokus": "dinkes",
            "status": "PNS", "jabatan": "Perawat", "eselon": "0", "kepala_unit": "T",
            "tugas_utama": "Y", "tugas_pendukung": "T", "kategori": "tenaga_kesehatan",
            "mulai_instansi": f"201{i}-05-01", "mulai_unit": "2021-03-01",
            "telepon": f"08120000{i}0{i}1", "email": f"p{i}@contoh.id",
        }
        for i, letter in enumerate("abcd")
    ],
    Group.EXTERNAL: [
        {
            "nama": f"Warga {letter}", "kode_lokus": "dinkes", "jenis": "pengguna", "badan": "",
            "layanan": "rujukan", "tanggal_layanan": f"2025-0{i + 1}-10", "perantara": "T",
            "sumber": "buku_tamu",
            "telepon": f"08130000{i}0{i}2", "email": "",
        }
        for i, letter in enumerate("abc")
    ],
    Group.EXPERT: [
        {
            "nama": "Eksper a", "jabatan": "", "jenis": "bpk", "badan": "BPK", "pensiun": "",
            "eselon_terakhir": "", "telepon": "081400000003", "email": "",
        }
    ],
}  # fmt: skip


@pytest.fixture
def round_(db) -> Round:
    """Edition 2025, counted to 1 August 2025, two institutions with one locus each."""
    row = open_round(
        by="siti", code="r1", edition="2025", profile="equal-thirds", opens=date(2025, 8, 1),
        closes=date(2025, 8, 31), reference=date(2025, 8, 1), words=dict.fromkeys(WORDS, "x"),
    )  # fmt: skip
    place = {"kind": "regency", "province": "18", "size": "sedang"}
    rows = [{"code": code, "name": f"Kabupaten {code[-1].upper()}", **place} for code in ("kab-x", "kab-y")]
    list_institutions(by="siti", round=row, rows=rows)
    unit = {"name": "Dinas", "kind": "office", "echelon": "2", "parent": ""}
    units = [
        {"institution": code, "code": name, "locus": listed, **unit}
        for code in ("kab-x", "kab-y")
        for name, listed in (("dinkes", "Y"), ("arsip", ""))
    ]
    list_units(by="siti", round=row, rows=units)
    return row


def roster_file(
    group: Group, rows: list[Cells], institution: str = "kab-x", titles: list[str] | None = None, **notes: str
) -> bytes:
    """A filled workbook; `titles` replaces its headers, `notes` lines of its submission sheet."""
    said = {
        "instansi": institution, "kelompok": group.value, "sistem_sumber": "SIMPEG",
        "tanggal_ekstraksi": "2025-06-30", "disusun_oleh": "Rahasia Satu", "diperiksa_oleh": "B",
        "kontak": "C",
        "jumlah_baris": str(len(rows)), "kekurangan": "tidak ada", "pernyataan": "Y",
    } | notes  # fmt: skip
    headers = list(ROWS[group][0])
    data = [titles or headers, *([cells[header] for header in headers] for cells in rows)]
    return writer.workbook({"Data": data, "Pengantar": [[key, value] for key, value in said.items()]})


@pytest.fixture
def make() -> Callable[..., bytes]:
    """`roster_file`."""
    return roster_file


@pytest.fixture
def good() -> Callable[[Group], list[Cells]]:
    """Rows of a group without a fault."""
    return lambda group: json.loads(json.dumps(ROWS[group]))


@pytest.fixture
def load(round_) -> Callable[..., Roster]:
    """Hand over rows as a file."""

    def hand_over(
        group: Group, rows: list[Cells], institution: str = "kab-x", data: bytes | None = None
    ) -> Roster:
        return load_roster(
            by="dewi", round=round_, institution=Institution.objects.get(code=institution), group=group,
            data=data or roster_file(group, rows, institution), name=f"{institution}.{group}.xlsx",
            now=settings.NOW(),
        )  # fmt: skip

    return hand_over


@pytest.fixture
def people(round_) -> None:
    """One account a role."""
    for username, role, institution, unit in PEOPLE:
        where = Institution.objects.get(code=institution) if institution else None
        part = Unit.objects.get(institution=where, code=unit) if unit else None
        grant(by="siti", username=username, name=username.title(), role=role, institution=where, unit=part)


@pytest.fixture
def desk(people) -> Callable[[str], Client]:
    """The browser of somebody who signed in; pages come in English."""

    def signed_in(username: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.post("/masuk", {"username": username})
        return client

    return signed_in


@pytest.fixture
def upload(desk) -> Callable[..., str]:
    """A file uploaded through the page of a group; where the browser is led."""

    def sent(data: bytes, group: Group = Group.INTERNAL, *, name: str = "a.xlsx", who: str = "dewi") -> str:
        code = "kab-y" if who == "mira" else "kab-x"
        page = desk(who).post(
            f"/daftar/{code}/{group.value}/unggah", {"file": SimpleUploadedFile(name, data)}
        )
        assert page.status_code == 302, page.content.decode()
        return page["Location"]

    return sent


@pytest.fixture
def arrived(round_) -> Callable[..., Upload]:
    """A file received, not checked yet."""

    def kept(data: bytes, group: Group = Group.INTERNAL, *, name: str = "a.xlsx") -> Upload:
        parcel = Parcel(name)
        parcel.add(data)
        parcel.close()
        try:
            return receive(
                by="dewi", round=round_, institution=Institution.objects.get(code="kab-x"), group=group,
                parcel=parcel, now=settings.NOW(),
            )  # fmt: skip
        finally:
            parcel.drop()

    return kept


@pytest.fixture
def check() -> Callable[..., Upload | None]:
    """The worker's turn."""
    return lambda: check_upload(now=settings.NOW())
