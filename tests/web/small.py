"""A small round in the tables, made by the real steps; only the frozen lists of people are written directly."""

import hashlib
from datetime import date
from itertools import count
from pathlib import Path

from django.conf import settings

from bening.core.kinds import ContactKind, Group, Verdict
from bening.crypto import fields
from bening.web.frame.models import Contact, ContactPoint, Roster
from bening.web.frame.steps.load import NAME, POINT
from bening.web.questionnaire.steps import freeze_instrument
from bening.web.registry.models import Institution, Round, Unit
from bening.web.registry.steps import list_institutions, list_units, open_round

WORDS = ("name", "agency", "agency_short", "survey", "sender", "hotline")
FORMS = Path(__file__).parents[2] / "src/bening/demo/data/instruments"
_numbers = count(1)


def make_round(code="r1", **changes):
    """A round of edition 2025."""
    facts = {"edition": "2025", "profile": "equal-thirds", "opens": date(2025, 8, 4), "closes": date(2025, 8, 29)}
    facts |= {"reference": date(2025, 8, 4), "words": dict.fromkeys(WORDS, "Badan Contoh")}
    return open_round(by="siti", code=code, **facts | changes)


def make_places(round_, units, *, province="18", kind="regency"):
    """Institutions with their loci: {"kab-x": ["dinkes", …]}."""
    rows = [
        {"code": code, "name": f"Kabupaten {code}", "kind": kind, "province": province, "size": "kecil"} for code in units
    ]
    list_institutions(by="siti", round=round_, rows=rows)
    list_units(by="siti", round=round_, rows=[unit_row(code, unit) for code, names in units.items() for unit in names])


def unit_row(institution, unit, **changes):
    """A row of units.csv."""
    row = {"institution": institution, "code": unit, "name": f"Dinas {unit}", "kind": "office", "echelon": "2"}
    return row | {"parent": "", "locus": "Y"} | changes


def make_people(round_, institution, group, units):
    """A frozen list with so many eligible people in each unit; `None` for people without a unit."""
    place = Institution.objects.get(code=institution)
    roster = Roster.objects.create(
        round=round_, institution=place, group=group, version=1, source="x", extracted=date(2025, 6, 30), state="frozen",
        digest=hashlib.sha256(f"{round_.code}{institution}{group}".encode()).hexdigest(), received=settings.NOW(),
        rules="0" * 64, rows=sum(units.values()), accepted=sum(units.values()),
    )  # fmt: skip
    known = {unit.code: unit for unit in Unit.objects.filter(institution=place)}
    listed = [unit for unit, size in units.items() for _ in range(size)]
    contacts = Contact.objects.bulk_create(
        Contact(
            roster=roster, ref=hashlib.sha256(f"{roster.digest}{row}".encode()).hexdigest()[:32], row=row,
            unit=known.get(unit), verdict=Verdict.ELIGIBLE, name=fields.encrypt(settings.SECRET("fields"), "X", field=NAME),
        )
        for row, unit in enumerate(listed, 2)
    )  # fmt: skip
    ContactPoint.objects.bulk_create(phone(contact, f"+62812{next(_numbers):06d}7777") for contact in contacts)
    return contacts


def phone(contact, number):
    """A telephone of a person."""
    return ContactPoint(
        contact=contact, kind=ContactKind.PHONE, value=fields.encrypt(settings.SECRET("fields"), number, field=POINT),
        index=fields.blind_index(settings.SECRET("index"), number, field=POINT),
    )  # fmt: skip


def make_forms(round_):
    """The demo's three questionnaires, frozen."""
    return {g: freeze_instrument(by="ratna", round=round_, data=(FORMS / f"{g}.json").read_bytes()) for g in list(Group)[:3]}
