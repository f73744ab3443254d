"""Users of a service register themselves: apart from every sample, once a number, told nothing about it."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User

from bening.core.kinds import Group
from bening.core.problems import Refused
from bening.web.config.settings import cek
from bening.web.fieldwork.gate.models import Right
from bening.web.fieldwork.models import Delivery, Doorway, Manifest, Registration, Wave
from bening.web.fieldwork.steps import register as steps
from bening.web.fieldwork.steps.freeze import freeze_round
from bening.web.fieldwork.steps.invite import invite
from bening.web.fieldwork.steps.remind import remind
from bening.web.fieldwork.steps.waves import strata
from bening.web.fieldwork.views import public, register
from bening.web.frame import hatch
from bening.web.frame.models import Contact, Roster
from bening.web.frame.steps import eligible
from bening.web.outreach.steps import suppress
from bening.web.questionnaire.steps import freeze_instrument
from bening.web.registry.models import Institution, Unit
from bening.web.registry.steps import grant
from bening.web.sample.models import Stratum
from bening.web.sample.steps import redraw
from tests.web.fieldwork.conftest import make_keys
from tests.web.small import FORMS, phone

pytestmark = pytest.mark.django_db(databases=["default", "gate"])
NEW = "0812 9999 0001"
DAY = datetime(2025, 8, 5, 3, tzinfo=UTC)


@pytest.fixture
def form(drawn):
    """The questionnaire of service users, for visitors."""
    text = json.loads((FORMS / "external.json").read_text()) | {"name": "visitor", "group": "visitor"}
    return freeze_instrument(by="ratna", round=drawn, data=json.dumps(text).encode())


@pytest.fixture
def doorway(drawn, form, settings):
    """A frozen round in which users of one unit may register, on its second day."""
    settings.NOW = lambda: DAY
    unit = Unit.objects.get(code="opd.01")
    row = steps.declare(by="siti", round=drawn, unit=unit, quota=30, expected=400)
    make_keys(drawn, settings)
    freeze_round(by="siti", round=drawn)
    return row


@pytest.fixture
def come(client, settings, monkeypatch, doorway):
    """Fill in the form."""
    settings.ROOT_URLCONF = "bening.web.config.urls_cek"
    settings.MIDDLEWARE = cek.MIDDLEWARE
    monkeypatch.setattr(register.time, "sleep", lambda _: None)
    monkeypatch.setattr(register, "limit", public.Buckets(100))

    def came(number=NEW, **changes):
        filled = {"number": number, "service": "KTP", "month": f"{settings.NOW():%Y-%m}", "consent": "on"}
        return client.post(
            f"/cek/daftar/{doorway.token}?bahasa=en", filled | changes, REMOTE_ADDR="192.0.2.1"
        )

    return came


def known_number():
    """A number on the institution's list."""
    contact = Contact.objects.filter(roster__group=Group.INTERNAL).earliest("id")
    phone(contact, "+6281277770001").save()
    return "0812 7777 0001"


def test_a_known_and_a_new_number_are_told_the_same(come, client):
    pages = []
    for number in (known_number(), NEW, NEW):
        answer = come(number)
        assert answer.status_code == 302
        assert answer.cookies == {}
        pages.append((answer.headers["Location"], client.get(answer.headers["Location"]).content))
    assert len(set(pages)) == 1
    assert Registration.objects.count() == 2


def test_one_number_is_one_contact_however_it_is_written(come, settings):
    for number in ("081299990001", "+62 812-9999-0001", "62812 9999 0001"):
        come(number)
    steps.take_turn(now=settings.NOW())
    row = Registration.objects.get()
    assert (row.state, row.number) == ("taken", None)
    contact = Contact.objects.get(ref=row.contact_ref)
    assert (contact.roster.group, contact.roster.source) == ("visitor", "daftar_mandiri")


def test_who_is_on_a_list_keeps_only_the_right_of_the_sample(come, settings):
    come(known_number())
    steps.take_turn(now=settings.NOW())
    assert not Registration.objects.exists()
    assert not Roster.everything.filter(group=Group.VISITOR).exists()


def test_who_said_stop_and_who_comes_after_the_quota_leave_nothing(come, doorway, settings):
    come()
    index = bytes(Registration.objects.get().index)
    suppress(indexes=[index], reason="refuse", source="web", day=settings.NOW().date())
    for n in range(31):
        come(f"0813 5555 {n:04}")
    steps.take_turn(now=settings.NOW())
    assert Registration.objects.count() == doorway.quota
    assert not Registration.objects.filter(index=index).exists()
    assert {row[1:] for row in steps.counted(round=doorway.round)} == {(30, 30)}


def test_links_wait_for_the_next_wave(come, doorway, settings):
    now = settings.NOW()
    invite(by="siti", round=doorway.round, now=now)
    steps.take_turn(now=now)
    drawn = Right.objects.count()
    come()
    steps.take_turn(now=now)
    ref = Registration.objects.get().contact_ref
    assert not Delivery.objects.filter(contact_ref=ref).exists()
    later = now + timedelta(days=5)
    remind(by="siti", round=doorway.round, step="reminder_1", now=later)
    assert not Delivery.objects.filter(contact_ref=ref).exists()
    steps.take_turn(now=later)
    steps.take_turn(now=later)
    row = Delivery.objects.get(contact_ref=ref)
    assert (row.step, row.channel, row.state) == ("invite", "whatsapp", "queued")
    kid = Manifest.objects.get().keys[doorway.label]
    assert Right.objects.get(id=row.right).kid == kid
    assert Right.objects.count() == drawn + 1
    assert Registration.objects.get().state == "done"


def test_a_crash_before_the_gate_knows_is_healed_by_the_next_turn(come, doorway, settings, monkeypatch):
    now = settings.NOW()
    come()
    steps.sift(now=now)
    invite(by="siti", round=doorway.round, now=now)
    steps.hand_out(now=now)
    right = Delivery.objects.get(contact_ref=Registration.objects.get().contact_ref).right
    assert not Right.objects.filter(id=right).exists()
    assert steps.take_turn(now=now) == 1
    assert Right.objects.filter(id=right).exists()


def test_after_the_last_wave_nobody_is_taken_any_more(come, doorway, settings, client):
    now = settings.NOW()
    Wave.objects.create(
        round=doorway.round, step="reminder_3", channel="whatsapp", starts=now, ends=now, approved_by="x"
    )
    steps.take_turn(now=now)
    assert come().status_code == 400
    assert "Registration is closed" in client.get(f"/cek/daftar/{doorway.token}?bahasa=en").content.decode()
    assert not Registration.objects.exists()


def test_visitors_are_a_stratum_of_their_own_that_no_draw_knows(come, doorway, settings):
    come()
    steps.take_turn(now=settings.NOW())
    row = Stratum.objects.get(group=Group.VISITOR)
    assert (row.label, row.sampled, row.census) == ("kab-x/visitor/opd.01", 30, False)
    ref = Registration.objects.get().contact_ref
    assert ref not in strata(doorway.round)
    assert ref not in {person.ref for person in eligible(round=doorway.round)}
    entry = json.loads(
        next(
            line
            for line in (settings.CLIENT_DIR / "m/manifest.jsonl").read_text().splitlines()
            if "visitor/opd" in line
        )
    )
    assert (entry["group"], entry["sampled"], entry["census"]) == ("visitor", 30, False)
    assert entry["merge"] == ["kab-x/visitor", "18/visitor", "national"]
    place = Institution.objects.get()
    shown = hatch.board(round=doorway.round, institution=place)
    assert {count.group for counts in shown.values() for count in counts} == {Group.INTERNAL}


def test_the_draw_is_repeated_alike_with_visitors_in_the_round(doorway, settings):
    settings.NOW = lambda: DAY + timedelta(days=400)
    assert redraw(by="arif", round=doorway.round).differing == ()


def test_what_may_be_declared(drawn, form, settings):
    unit = Unit.objects.get(code="opd.01")
    for quota, expected in ((29, 400), (400, 400)):
        with pytest.raises(Refused, match="FIELD-171"):
            steps.declare(by="siti", round=drawn, unit=unit, quota=quota, expected=expected)
    form.delete()
    with pytest.raises(Refused, match="FIELD-172"):
        steps.declare(by="siti", round=drawn, unit=unit, quota=30, expected=400)


def test_nothing_is_declared_once_the_round_is_frozen(frozen):
    with pytest.raises(Refused, match="FIELD-170"):
        steps.declare(by="siti", round=frozen, unit=Unit.objects.get(code="opd.01"), quota=30, expected=400)


def test_bad_entries_lose_nothing_and_many_from_one_network_wait(come, monkeypatch):
    page = come("0721 123", service="Puskesmas KENARI")
    assert page.status_code == 400
    assert "Puskesmas KENARI" in page.content.decode()
    assert come(consent="").status_code == 400
    assert come(month="2001-01").status_code == 400
    monkeypatch.setattr(register, "limit", public.Buckets(1))
    assert [come().status_code, come("0812 9999 0002").status_code] == [302, 429]
    assert Registration.objects.count() == 1


def test_an_unknown_code_leads_nowhere(come, client):
    assert client.get("/cek/daftar/ABCDEFGHJK").status_code == 404


def test_number_and_service_are_encrypted_and_only_services_are_shown(come, doorway):
    come(service="KTP KENARI")
    row = Registration.objects.get()
    assert b"KENARI" not in bytes(row.service)
    assert b"9999" not in bytes(row.number)
    assert steps.services(round=doorway.round) == ["KTP KENARI"]
    assert {field.name for field in Registration._meta.fields} == {
        "id", "doorway", "round", "index", "number", "service", "state", "contact_ref", "day",
    }  # fmt: skip


def test_the_officer_declares_a_unit_and_prints_its_poster(drawn, form, client):
    grant(by="siti", username="officer", name="Officer", role="officer")
    client.force_login(User.objects.get(username="officer"))
    unit = Unit.objects.get(code="opd.01")
    assert client.post("/pendaftar", {"unit": unit.pk, "quota": 29, "expected": 100}).status_code == 400
    assert client.post("/pendaftar", {"unit": unit.pk, "quota": 40, "expected": 100}).status_code == 302
    row = Doorway.objects.get()
    assert row.unit.name in client.get("/pendaftar").content.decode()
    assert client.get(f"/pendaftar/{row.token}/poster.pdf").content.startswith(b"%PDF")
