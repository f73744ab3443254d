"""Two institutions that must never see each other, with canaries of the locked rooms planted in both."""

from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import URLPattern

from bening.core.kinds import ContactKind, Group, GroupDesign
from bening.crypto import fields
from bening.web.fieldwork.models import Delivery, Visit, VisitDraw, Wave
from bening.web.frame import steps as frame
from bening.web.frame.models import Contact, ContactPoint, Question, Roster, Upload
from bening.web.frame.steps.states import ASKED
from bening.web.frame.steps.uploads import said_of
from bening.web.outreach.models import Meeting
from bening.web.outreach.steps.links import new_link
from bening.web.registry.models import ContactPerson, Institution, Role, Round, Service, Unit
from bening.web.registry.steps import grant, invite_person
from bening.web.sample.models import Selection, Stratum
from tests.web.small import make_draw, make_forms, make_people, make_places, make_round

OWN, FOREIGN = "kab-a", "kab-b"
AGENCY, LOCAL = Role.AGENCY, Role.LOCAL
DESIGN = {Group.INTERNAL: GroupDesign(by="locus", answers=25, total=0, response=0.58, sd=15.0)}
SAMPLED = 7919  # planted as the number drawn of every stratum: no page for an institution may say it
REF = "kenari{:026}"
MESSAGE = "wamid.KENARI"
NAME = "KENARI {} {}"


@dataclass(frozen=True, slots=True)
class World:
    """The round, and for each institution one of everything an address can name."""

    round: Round
    things: dict[str, SimpleNamespace]  # by code of the institution
    secrets: tuple[str, ...]  # of sample and fieldwork: nobody at an institution sees them


def build() -> World:
    """Everything, made by the real steps where one exists."""
    row = make_round()
    make_places(row, {code: ["opd.01", "opd.02"] for code in (OWN, FOREIGN)})
    for code in (OWN, FOREIGN):
        make_people(row, code, Group.INTERNAL, {"opd.01": 70, "opd.02": 65})
        make_people(row, code, Group.EXTERNAL, {"opd.01": 3})
    Roster.objects.filter(group=Group.EXTERNAL).update(state="submitted")
    make_forms(row)
    make_draw(row, DESIGN)
    secrets = plant(row)
    people()
    return World(row, {code: thing(row, code) for code in (OWN, FOREIGN)}, secrets)


def plant(round_: Round) -> tuple[str, ...]:
    """Canaries: references, numbers drawn, messages sent, names of people."""
    Stratum.objects.update(population=99991, sampled=SAMPLED)
    wave = Wave.objects.create(
        round=round_, step="invite", channel="whatsapp", starts=settings.NOW(), ends=settings.NOW(),
        approved_by="siti",
    )  # fmt: skip
    refs = []
    for n, selection in enumerate(Selection.objects.order_by("id")):
        ref = REF.format(n)
        Contact.objects.filter(ref=selection.contact_ref).update(ref=ref)
        Selection.objects.filter(pk=selection.pk).update(contact_ref=ref)
        refs.append(ref)
    Delivery.objects.create(
        wave=wave, key="k" * 32, channel="whatsapp", step="invite", due_at=settings.NOW(),
        contact_ref=refs[0], not_after=settings.NOW(), right="r" * 32, state="delivered", provider_id=MESSAGE,
    )  # fmt: skip
    VisitDraw.objects.create(
        round=round_, seed=bytes(32), counts={}, percent=50, expires=settings.NOW().date(), by="siti"
    )
    Visit.objects.create(
        round=round_, number=1, contact_ref=refs[0], right="r" * 32, interviewer="interviewer"
    )
    for contact in Contact.objects.select_related("roster__institution", "unit"):
        name = NAME.format(contact.roster.institution.code, contact.unit.code)
        Contact.objects.filter(pk=contact.pk).update(
            name=fields.encrypt(settings.SECRET("fields"), name, field="frame.name")
        )
    return ("kenari0", MESSAGE, str(SAMPLED), "7.919", "7,919", "7 919", "7\u00a0919")


def people() -> None:
    """One account a role of the agency; at each institution one a local role, and a contact person more."""
    for name in AGENCY:
        grant(by="siti", username=name, name=name, role=name)
    for code in (OWN, FOREIGN):
        place = Institution.objects.get(code=code)
        for name in LOCAL:
            unit = Unit.objects.get(institution=place, code="opd.01") if name == "unit_contact" else None
            grant(
                by="siti", username=f"{name}.{code}", name=f"{name} {code}", role=name, institution=place,
                unit=unit,
            )  # fmt: skip


def thing(round_: Round, code: str) -> SimpleNamespace:
    """One of everything of an institution."""
    place, now = Institution.objects.get(code=code), settings.NOW()
    units = Unit.objects.filter(institution=place).order_by("code")
    invitation, _ = invite_person(
        by="dewi", giver="officer", name=f"KENARI tamu {code}", role="leader", institution=place
    )
    roster = Roster.objects.get(institution=place, group=Group.EXTERNAL)
    secret = settings.SECRET("fields")
    return SimpleNamespace(
        institution=place,
        unit=units[0],
        neighbour=units[1],
        user=User.objects.get(username=f"leader.{code}"),
        role=Role.objects.get(user__username=f"leader.{code}"),
        invitation=invitation,
        contact=ContactPerson.objects.create(
            institution=place, unit=units[0], name=f"KENARI kontak {code}", phone="+628129999000"
        ),
        service=Service.objects.create(unit=units[0], name=f"Layanan {code}"),
        question=Question.objects.create(
            roster=roster,
            unit=units[0],
            due=now.date() + timedelta(days=3),
            asked=now,
            asked_by="siti",
            to=fields.encrypt(secret, "Rina", field=ASKED),
            words=fields.encrypt(secret, f"KENARI tanya {code}", field=ASKED),
        ),
        meeting=Meeting.objects.create(
            round=round_,
            institution=place,
            day=now.date(),
            place="Aula",
            chair="Sekda",
            agenda="KENARI rapat",
        ),
        token=new_link(round=round_, day=now.date(), unit=units[0]),
        upload=Upload.objects.create(
            key=f"{code}0".replace("-", "").ljust(32, "0"),
            round=round_,
            institution=place,
            group=Group.INTERNAL,
            digest="d" * 64,
            size=4,
            received=now,
            by="dewi",
            said=said_of("KENARI.csv", {}),
            state="queued",
        ),
        phones=phones(place),
    )


def phones(place: Institution) -> list[str]:
    """The numbers on an institution's lists."""
    points = ContactPoint.objects.filter(contact__roster__institution=place, kind=ContactKind.PHONE)
    return list(frame.reach(points=list(points.values_list("id", flat=True))).values())


def routes(resolver):
    """Every pattern of an address book."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from routes(entry)
