"""A small round in the tables, made by the real steps; only frozen lists of people are written directly."""

import hashlib
from datetime import date
from itertools import count
from pathlib import Path

import numpy as np
from django.conf import settings

from bening.core.kinds import ContactKind, Group, SampleDesign, Verdict
from bening.core.questionnaire import load as load_form
from bening.core.questionnaire import relevant
from bening.crypto import fields
from bening.web.frame.models import Contact, ContactPoint, Roster
from bening.web.questionnaire.steps import freeze_instrument
from bening.web.registry.models import Institution, Unit
from bening.web.registry.steps import list_institutions, list_units, open_round
from bening.web.response.models import Label, Reply, Tally
from bening.web.sample.steps import commit_seed, draw_sample, save_design

WORDS = ("name", "agency", "agency_short", "survey", "sender", "hotline")
FORMS = Path(__file__).parents[1] / "instruments"
_numbers = count(1)


def make_round(code="uji-2025", **changes):
    """A round of edition 2025."""
    facts = {
        "edition": "2025",
        "profile": "equal-thirds",
        "opens": date(2025, 8, 4),
        "closes": date(2025, 8, 29),
    }
    facts |= {"reference": date(2025, 8, 4), "words": dict.fromkeys(WORDS, "Badan Contoh")}
    return open_round(by="siti", code=code, **facts | changes)


def make_places(round_, units, *, province="18", kind="regency"):
    """Institutions with their loci: {"kab-x": ["dinkes", …]}."""
    rows = [
        {"code": code, "name": f"Kabupaten {code}", "kind": kind, "province": province, "size": "kecil"}
        for code in units
    ]
    list_institutions(by="siti", round=round_, rows=rows)
    list_units(
        by="siti",
        round=round_,
        rows=[unit_row(code, unit) for code, names in units.items() for unit in names],
    )


def unit_row(institution, unit, **changes):
    """A row of units.csv."""
    row = {
        "institution": institution,
        "code": unit,
        "name": f"Dinas {unit}",
        "kind": "office",
        "echelon": "2",
    }
    return row | {"parent": "", "locus": "Y"} | changes


def make_people(round_, institution, group, units):
    """A frozen list with so many eligible people in each unit; `None` for people without a unit."""
    place = Institution.objects.get(code=institution)
    roster = Roster.objects.create(
        round=round_,
        institution=place,
        group=group,
        version=1,
        source="x",
        extracted=date(2025, 6, 30),
        state="frozen",
        digest=hashlib.sha256(f"{round_.code}{institution}{group}".encode()).hexdigest(),
        received=settings.NOW(),
        rules="0" * 64,
        rows=sum(units.values()),
        accepted=sum(units.values()),
    )
    known = {unit.code: unit for unit in Unit.objects.filter(institution=place)}
    listed = [unit for unit, size in units.items() for _ in range(size)]
    contacts = Contact.objects.bulk_create(
        Contact(
            roster=roster,
            ref=hashlib.sha256(f"{roster.digest}{row}".encode()).hexdigest()[:32],
            row=row,
            unit=known.get(unit),
            verdict=Verdict.ELIGIBLE,
            name=fields.encrypt(settings.SECRET("fields"), "X", field="frame.name"),
        )
        for row, unit in enumerate(listed, 2)
    )
    ContactPoint.objects.bulk_create(
        phone(contact, f"+62812{next(_numbers):06d}7777") for contact in contacts
    )
    return contacts


def phone(contact, number):
    """A telephone of a person."""
    return ContactPoint(
        contact=contact,
        kind=ContactKind.PHONE,
        value=fields.encrypt(settings.SECRET("fields"), number, field="frame.point"),
        index=fields.blind_index(settings.SECRET("index"), number, field="frame.point"),
    )


def make_draw(round_, groups, *, seed=bytes(range(32)), reserve=False):
    """A design, a commitment by one person, the draw by another."""
    save_design(by="ratna", round=round_, design=SampleDesign(groups, reserve))
    commit_seed(by="ratna", round=round_, seed=seed)
    return draw_sample(by="siti", round=round_)


def make_forms(round_):
    """Three short questionnaires, frozen."""
    return {
        g: freeze_instrument(by="ratna", round=round_, data=(FORMS / f"{g}.json").read_bytes())
        for g in list(Group)[:3]
    }


def answers(form, rng, *, shift=0.0):
    """Somebody's answers to the questions that were shown to them; `shift` leans to the good end of each."""
    given = {}
    for question in form.questions:
        if question.choices and question.id in relevant(form, given):
            better = sorted(
                question.choices, key=lambda choice: choice.score if choice.score is not None else -1
            )
            place = int(np.clip(rng.normal(0.6 + shift, 0.3), 0, 0.99) * len(better))
            given[question.id] = better[place].code
    return given


def make_tally(round_, rows, *, seed=1):
    """Labels with their replies: (label, group, institution, unit, persons, answers)."""
    forms, rng = (
        {g: load_form(bytes(row.body)) for g, row in make_forms(round_).items()},
        np.random.default_rng(seed),
    )
    tally = Tally.objects.create(round=round_, digest="a" * 64, manifest="b" * 64)
    for label, group, institution, unit, population, n in rows:
        place = Institution.objects.filter(code=institution).first()
        shift = 0.02 * (sum(institution.encode()) % 10) - 0.1
        row = Label.objects.create(
            tally=tally,
            label=label,
            group=group,
            institution=place,
            strata=[label.removesuffix("/merged")],
            unit=Unit.objects.filter(institution=place, code=unit).first(),
            population=population,
            sampled=2 * n,
            issued=n,
            reissued=0,
            counted=n,
        )
        Reply.objects.bulk_create(
            Reply(label=row, place=place, answers=answers(forms[group], rng, shift=shift), paradata={"d": 3})
            for place in range(1, n + 1)
        )
    return tally
