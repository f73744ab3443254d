"""A round with two institutions, one account a role, and lists that are handed over in any state."""

from datetime import date

import pytest
from django.conf import settings

from bening.core.kinds import Group, Severity, Verdict
from bening.web.frame.models import Contact, Fault, Roster
from bening.web.registry.models import Institution, Locus, Round, Unit
from bening.web.registry.steps import grant, list_institutions, list_units, open_round
from tests.web.publish.conftest import figures, site  # noqa: F401  fixtures: the content of a release

HOME, OTHER = "lampung-selatan", "metro"
LOCI = {"dinkes": "Dinas Kesehatan", "disdik": "Dinas Pendidikan"}
PEOPLE = (
    ("siti", "officer", None, None),
    ("ratna", "statistician", None, None),
    ("wayan", "auditor", None, None),
    ("dewi", "inspectorate", HOME, None),
    ("mira", "inspectorate", OTHER, None),
    ("agus", "leader", HOME, None),
    ("rina", "unit_contact", HOME, "dinkes"),
)


@pytest.fixture
def round_(db) -> Round:
    """Fieldwork from 1 to 31 August 2025; two loci in one regency, one in a city."""
    made = open_round(
        by="siti", code="lampung-2025", edition="2025", profile="illustrative-20-70-10",
        opens=date(2025, 8, 1), closes=date(2025, 8, 31), reference=date(2025, 7, 30),
        words={
            "name": "SPI Lampung 2025", "agency": "Komisi Contoh", "agency_short": "KC", "survey": "SPI",
            "sender": "+62 811-0000-0000", "hotline": "0800-000-0000",
        },
    )  # fmt: skip
    names = {HOME: ("Kabupaten Lampung Selatan", "regency"), OTHER: ("Kota Metro", "city")}
    list_institutions(
        by="siti", round=made,
        rows=[
            {"code": code, "name": name, "kind": kind, "province": "18", "size": ""}
            for code, (name, kind) in names.items()
        ],
    )  # fmt: skip
    rows = [(HOME, code, name, "Y") for code, name in LOCI.items()]
    rows += [(HOME, "sd-1", "SDN 1 Kalianda", ""), (OTHER, "rsud", "RSUD Ahmad Yani", "Y")]
    list_units(
        by="siti", round=made,
        rows=[
            {
                "institution": institution, "code": code, "name": name, "kind": "office", "echelon": "2",
                "parent": "", "locus": locus,
            }
            for institution, code, name, locus in rows
        ],
    )  # fmt: skip
    for username, role, institution, unit in PEOPLE:
        where = Institution.objects.get(code=institution) if institution else None
        part = Unit.objects.get(institution=where, code=unit) if unit else None
        grant(by="siti", username=username, name=username.title(), role=role, institution=where, unit=part)
    return made


@pytest.fixture
def hand_over(round_):
    """A list with rows by unit: how many are eligible, undecided, in error."""

    def made(
        group: Group, rows: dict[str, tuple[int, int, int]], *, institution=HOME, state="frozen"
    ) -> Roster:
        place = Institution.objects.get(code=institution)
        total = sum(eligible + undecided for eligible, undecided, _ in rows.values())
        roster = Roster.objects.create(
            round=round_, institution=place, group=group, version=1, digest=f"{group}{institution}",
            source="x", extracted=round_.reference, state=state, rows=total, accepted=total,
            received=settings.NOW(), rules="r",
        )  # fmt: skip
        number = 1
        for code, (eligible, undecided, wrong) in rows.items():
            unit = Unit.objects.filter(institution=place, code=code).first()
            for verdict, count in ((Verdict.ELIGIBLE, eligible), (Verdict.UNDECIDED, undecided)):
                Contact.objects.bulk_create(
                    Contact(
                        roster=roster, ref=f"{group}{institution}{n}", row=n, unit=unit, verdict=verdict,
                        unknown=[] if verdict == Verdict.ELIGIBLE else ["tenure"], name=b"",
                    )
                    for n in range(number, number + count)
                )  # fmt: skip
                number += count
            Fault.objects.bulk_create(
                Fault(roster=roster, code=code, severity=Severity.ERROR, row=n, words=b"", unit=unit)
                for n in range(number, number + wrong)
                for code in ("FRAME-110", "FRAME-119")  # two errors in a row are still one row
            )
            number += wrong
        return roster

    return made


@pytest.fixture
def full(hand_over):
    """Everything handed over by the regency: one locus complete, one with three rows to mend."""
    hand_over(Group.INTERNAL, {"dinkes": (1200, 0, 0), "disdik": (8, 1, 2)})
    hand_over(Group.EXTERNAL, {"dinkes": (7, 0, 0), "disdik": (6, 0, 0)})
    hand_over(Group.EXPERT, {"": (5, 0, 0)})


@pytest.fixture
def page_of(client, round_):
    """What somebody sees after one click at the door."""

    def seen(username: str, language: str = "en") -> str:
        client.post("/masuk", {"username": username})
        page = client.get("/", headers={"accept-language": language})
        assert page.status_code == 200
        return page.content.decode()

    return seen


@pytest.fixture
def many(round_, hand_over):
    """Thirty more loci in the regency, each with a row on the staff list."""
    place = Institution.objects.get(code=HOME)
    units = Unit.objects.bulk_create(
        Unit(institution=place, code=f"pkm-{n}", name=f"Puskesmas {n}", kind="puskesmas") for n in range(30)
    )
    Locus.objects.bulk_create(Locus(round=round_, unit=unit) for unit in units)
    hand_over(Group.INTERNAL, {unit.code: (1, 0, 0) for unit in units})
