"""Two worlds that differ in one person look the same from inside an institution, byte for byte.

Who was drawn differs, then who has answered. Every address of the hall is read by an inspectorate, a leader
and a contact person; what they get must be equal. The agency's page must differ, or the test would be blind.
"""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from bening.web.fieldwork.gate.models import Right
from bening.web.fieldwork.models import CheckCode, Delivery
from bening.web.fieldwork.steps.snapshot import picture_file, take_picture, weekly_file
from bening.web.frame.models import Contact
from bening.web.registry.models import Institution, Unit
from bening.web.registry.steps import grant
from bening.web.sample.models import Selection
from tests.house.world import routes

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "gate"])]
OWN = {"code": "kab-x", "unit": "opd.01", "word": "opd.01", "group": "internal", "provider_id": "lembaga"}
ANY = {
    "number": 1, "other_number": 1, "pk": 1, "tablet": 1, "version": 1, "name": "internal",
    "other": "external", "file": "preview.html", "table": "contacts", "tier": "2", "form": "xlsx",
    "key": "x", "token": "x", "uidb36": "1",
}  # fmt: skip
HALL = "bening.web.config.urls"
ROUND = {"round": {"code": "uji-2025"}}
DICE = ("mfa_add_webauthn", "mfa_activate_totp")  # new random numbers of a second factor at every request
FRESH = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken": "[^"]+"|nonce="[^"]+"')
LOCAL = ("inspectorate", "unit_contact", "leader")


@pytest.fixture
def world(invited, settings, tmp_path):
    """Half of the drawn have answered; a week's figure is written; the clock stands three days later."""
    settings.FIELDWORK_FILE = tmp_path / "fieldwork.toml"
    settings.DATA_DIR = tmp_path
    now = settings.NOW()
    settings.NOW = lambda: now + timedelta(days=3)
    Delivery.objects.update(state="delivered")
    place = Institution.objects.get(code="kab-x")
    for name in LOCAL:
        unit = Unit.objects.get(institution=place, code="opd.01") if name == "unit_contact" else None
        grant(by="siti", username=name, name=name, role=name, institution=place, unit=unit)
    grant(by="siti", username="officer", name="officer", role="officer")
    half = Right.objects.order_by("id").values_list("id", flat=True)
    Right.objects.filter(id__in=list(half[: half.count() // 2])).update(issued=b"x" * 32)
    count(invited, now)
    return invited, now, {name: browser_of(name) for name in (*LOCAL, "officer")}


def browser_of(username):
    """Signed in before anything is compared: pages about access show the day of the last time."""
    client = Client(raise_request_exception=False, headers={"accept-language": "id"})
    client.force_login(User.objects.get(username=username))
    return client


def count(round_, now):
    """The worker's night, from the beginning."""
    for path in (picture_file(round_), weekly_file(round_)):
        path.unlink(missing_ok=True)
    assert take_picture(round=round_, now=now)


def pages(clients, username):
    """Everything somebody gets from every address of the hall: status, place to go to, bytes."""
    client = clients[username]
    kept = {name: morsel.value for name, morsel in client.cookies.items()}
    found = {}
    for entry in routes(get_resolver(HALL)):
        if entry.name in DICE:
            continue
        names = list(entry.pattern.converters) or sorted(entry.pattern.regex.groupindex)
        words = {name: OWN.get(name, ANY.get(name, "x")) for name in names}
        path = reverse(entry.name, kwargs=words | ROUND.get(entry.name, {}), urlconf=HALL)
        with transaction.atomic():
            answer = client.get(path)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(True)
        client.cookies.clear()
        for name, value in kept.items():
            client.cookies[name] = value
        found[path] = (answer.status_code, answer.headers.get("Location", ""), plain(body))
    return found


def plain(body):
    """Without what is new at each request; workbooks by their members, whose wrapping holds a time."""
    if body[:2] == b"PK":
        archive = zipfile.ZipFile(io.BytesIO(body))
        names = [name for name in archive.namelist() if not name.startswith("docProps/")]
        return b"".join(archive.read(name) for name in names)
    return FRESH.sub(b"", body)


def seen(clients):
    """What everybody at the institution gets."""
    return {name: pages(clients, name) for name in LOCAL}


def differences(first, second):
    return [(who, path) for who in first for path in first[who] if first[who][path] != second[who][path]]


def test_the_walk_itself_is_repeatable_and_reaches_pages(world):
    _, _, clients = world
    first = seen(clients)
    assert differences(first, seen(clients)) == []
    for who in LOCAL:
        assert sum(status == 200 for status, _, _ in first[who].values()) > 5, who
    assert first["leader"]["/partisipasi"][0] == first["inspectorate"]["/partisipasi"][0] == 200
    assert b"55" in first["leader"]["/partisipasi"][2] or b"50" in first["leader"]["/partisipasi"][2]


def test_who_has_answered_shows_nowhere_in_an_institution(world):
    """One person more has answered."""
    round_, now, clients = world
    before, agency = seen(clients), pages(clients, "officer")["/lapangan"]
    one = Right.objects.filter(issued=None).order_by("id").first()
    Right.objects.filter(id=one.id).update(issued=b"x" * 32)
    count(round_, now)
    assert differences(before, seen(clients)) == []
    assert pages(clients, "officer")["/lapangan"] != agency


def test_who_answered_instead_of_whom_shows_nowhere_in_an_institution(world):
    """The number is the same, the people are not."""
    round_, now, clients = world
    before = seen(clients)
    used = Right.objects.exclude(issued=None).order_by("id").first()
    open_ = Right.objects.filter(issued=None).order_by("id").first()
    Right.objects.filter(id=used.id).update(issued=None)
    Right.objects.filter(id=open_.id).update(issued=b"x" * 32)
    count(round_, now)
    assert differences(before, seen(clients)) == []


def test_who_was_drawn_shows_nowhere_in_an_institution(world):
    """Another person of the same unit was drawn and invited instead."""
    round_, now, clients = world
    before = seen(clients)
    drawn = Selection.objects.filter(drawn=True).order_by("contact_ref").first().contact_ref
    known = set(Selection.objects.values_list("contact_ref", flat=True))
    spare = Selection.objects.filter(drawn=False).order_by("contact_ref").first()
    other = spare.contact_ref if spare else Contact.objects.exclude(ref__in=known).earliest("ref").ref
    if spare:
        Selection.objects.filter(pk=spare.pk).update(contact_ref="-")
    Selection.objects.filter(contact_ref=drawn).update(contact_ref=other)
    if spare:
        Selection.objects.filter(contact_ref="-").update(contact_ref=drawn)
    for model in (Delivery, CheckCode):
        assert model.objects.filter(contact_ref=drawn).update(contact_ref=other)
    count(round_, now)
    assert differences(before, seen(clients)) == []
