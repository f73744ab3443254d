"""A regency whose loci have units inside them, a list of staff by category, accounts; a city beside it."""

from datetime import UTC, date, datetime

import pytest
from django.conf import settings

from bening.core.kinds import Group, Verdict
from bening.web.frame.models import Contact, Roster
from bening.web.outreach import steps
from bening.web.registry.models import Institution, Round, Unit
from bening.web.registry.steps import grant, list_institutions, list_units, open_round

HOME, OTHER = "lampung-selatan", "metro"
MONDAY = datetime(2025, 7, 21, 2, 30, tzinfo=UTC)  # 09.30 in Lampung
UNITS = (
    # code, name, kind, above, locus
    ("dinkes", "Dinas Kesehatan", "office", "", "Y"),
    ("pkm-1", "Puskesmas Way Urang", "puskesmas", "dinkes", "Y"),
    ("disdik", "Dinas Pendidikan", "office", "", "Y"),
    ("sd-1", "SDN 1 Kalianda", "school", "disdik", ""),
    ("pasar", "UPT Pasar", "service", "", ""),
)
# eligible staff by locus and category
STAFF = {
    ("dinkes", "administrasi"): 10,
    ("pkm-1", "tenaga_kesehatan"): 30,
    ("disdik", "guru"): 50,
    ("disdik", "administrasi"): 10,
}


@pytest.fixture
def round_(db) -> Round:
    """Fieldwork in August 2025; three loci in the regency."""
    made = open_round(
        by="siti", code="lampung-2025", edition="2025", profile="illustrative-20-70-10",
        opens=date(2025, 8, 1), closes=date(2025, 8, 31), reference=date(2025, 7, 30),
        words={
            "name": "SPI Lampung 2025", "agency": "Komisi Integritas Contoh", "agency_short": "KIC",
            "survey": "Survei Penilaian Integritas", "sender": "+62 811-0000-0000",
            "hotline": "0800-000-0000",
        },
    )  # fmt: skip
    names = {HOME: ("Kabupaten Lampung Selatan", "regency"), OTHER: ("Kota Metro", "city")}
    list_institutions(
        by="siti",
        round=made,
        rows=[
            {"code": code, "name": name, "kind": kind, "province": "18", "size": ""}
            for code, (name, kind) in names.items()
        ],
    )
    rows = [(HOME, *unit) for unit in UNITS]
    rows.append((OTHER, "rsud", "RSUD Ahmad Yani", "rsud", "", "Y"))
    keys = ("institution", "code", "name", "kind", "parent", "locus")
    list_units(
        by="siti", round=made, rows=[dict(zip(keys, row, strict=True)) | {"echelon": "2"} for row in rows]
    )
    for username, role, place, unit in (
        ("siti", "officer", None, None),
        ("wayan", "auditor", None, None),
        ("dewi", "inspectorate", HOME, None),
        ("mira", "inspectorate", OTHER, None),
        ("agus", "leader", HOME, None),
        ("rina", "unit_contact", HOME, "dinkes"),
    ):
        where = Institution.objects.get(code=place) if place else None
        part = Unit.objects.get(institution=where, code=unit) if unit else None
        grant(by="siti", username=username, name=username, role=role, institution=where, unit=part)
    return made


@pytest.fixture
def home(round_) -> Institution:
    return Institution.objects.get(code=HOME)


@pytest.fixture
def staff(round_, home) -> Roster:
    """The list of staff, accepted."""
    roster = Roster.objects.create(
        round=round_, institution=home, group=Group.INTERNAL, version=1, digest="d", source="x",
        extracted=round_.reference, state="accepted", rows=sum(STAFF.values()), accepted=sum(STAFF.values()),
        received=settings.NOW(), rules="r",
    )  # fmt: skip
    units = {unit.code: unit for unit in Unit.objects.filter(institution=home)}
    people = [(code, category) for (code, category), n in STAFF.items() for _ in range(n)]
    Contact.objects.bulk_create(
        Contact(
            roster=roster, ref=f"r{n}", row=n, unit=units[code], category=category,
            verdict=Verdict.ELIGIBLE, name=b"",
        )
        for n, (code, category) in enumerate(people, 2)
    )  # fmt: skip
    return roster


@pytest.fixture
def clock(settings):
    """The house's clock, set by hand."""

    def moved(at: datetime) -> datetime:
        settings.NOW = lambda: at
        return at

    moved(MONDAY)
    return moved


@pytest.fixture
def places(round_, home):
    def read():
        return steps.places(round=round_, institution=home)

    return read


@pytest.fixture
def post(home):
    """The key of a unit's head."""
    return lambda code: str(Unit.objects.get(institution=home, code=code).pk)


@pytest.fixture
def invite(round_, home, post, clock):
    """The head and token of one office."""

    def made(code: str, now=MONDAY):
        return steps.invite_office(by="dewi", round=round_, institution=home, post=post(code), now=now)[0]

    return made


@pytest.fixture
def enter(client):
    """Somebody signed in."""

    def signed(username: str):
        client.post("/masuk", {"username": username})
        return client

    return signed
