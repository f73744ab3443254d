"""Visits: drawn with a known chance, dealt out, sealed to tablets, gone when the list expires."""

import os
import subprocess
import sys
from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from bening.core import canonical
from bening.core.kinds import VisitOutcome
from bening.core.problems import Refused
from bening.crypto import invites, seal
from bening.web.config import worker
from bening.web.fieldwork.gate import steps as gate
from bening.web.fieldwork.gate.models import Invite, Right
from bening.web.fieldwork.models import Delivery, Feedback, Tablet, Visit, VisitDraw
from bening.web.fieldwork.steps.assign import draw_visits, tend_tablets, waiting
from bening.web.fieldwork.steps.feedback import heed
from bening.web.fieldwork.steps.tablets import INFO, report_lost, want_assignments
from bening.web.fieldwork.steps.visits import enter_result, lines, progress
from bening.web.outreach.models import Suppression
from bening.web.registry.models import Audit
from bening.web.registry.steps import grant
from bening.web.sample.models import Selection

pytestmark = pytest.mark.django_db(databases=["default", "gate"])
SEED = bytes(range(32))


@pytest.fixture
def field(invited, settings):
    """The invited round on its third day, with two interviewers and an officer."""
    for name, role in {"iwan": "interviewer", "ina": "interviewer", "siti": "officer"}.items():
        grant(by="siti", username=name, name=name, role=role)
    now = settings.NOW().replace(year=2025, month=8, day=6, hour=5)
    settings.NOW = lambda: now
    return invited


def drawn(field, settings, **changes):
    words = {"percent": 50, "interviewers": ["iwan", "ina"], "seed": SEED} | changes
    return draw_visits(by="siti", round=field, now=settings.NOW(), **words)


def rights():
    return dict(Delivery.objects.values_list("contact_ref", "right"))


def answered(refs):
    """These people have used their rights."""
    Right.objects.filter(id__in=[rights()[ref] for ref in refs]).update(issued=b"x" * 32)


def tablet_key():
    secret = seal.make()
    return secret, canonical.b64u(seal.public(secret))


def opened(secret, tablet):
    tablet.refresh_from_db()
    return canonical.parse(seal.Opener(secret).open(bytes(tablet.sealed), INFO))


def test_the_draw_leaves_out_who_answered_and_who_said_stop(field, settings):
    refs = sorted(rights())
    answered(refs[:10])
    Delivery.objects.filter(contact_ref=refs[10]).update(reason="opted_out")
    point = Delivery.objects.get(contact_ref=refs[11]).point
    Suppression.objects.create(index=point.index, reason="refuse", source="web", day=settings.NOW())
    assert set(waiting(field)[0]) == set(refs[12:])
    drawn(field, settings, percent=100)
    assert set(Visit.objects.values_list("contact_ref", flat=True)) == set(refs[12:])


def test_every_stratum_is_drawn_with_one_recorded_chance_and_the_draw_repeats(field, settings):
    made = drawn(field, settings)
    people = Counter(
        Selection.objects.filter(contact_ref__in=rights()).values_list("stratum__label", flat=True)
    )
    assert made.counts == {label: [size, -(-size // 2)] for label, size in people.items()}
    first = list(Visit.objects.values_list("contact_ref", "interviewer"))
    assert len(first) == sum(count for _, count in made.counts.values())
    Visit.objects.all().delete()
    VisitDraw.objects.all().delete()
    drawn(field, settings)
    assert list(Visit.objects.values_list("contact_ref", "interviewer")) == first
    assert drawn(field, settings, percent=100).percent == 50  # once a round
    assert len(bytes(made.seed)) == 32


def test_visits_are_dealt_evenly_and_experts_are_not_visited(field, settings):
    drawn(field, settings)
    given = Counter(Visit.objects.values_list("interviewer", flat=True))
    assert max(given.values()) - min(given.values()) <= 1
    Selection.objects.first().stratum.__class__.objects.update(group="expert")
    assert waiting(field) == ({}, {})


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"percent": 0}, "FIELD-141"),
        ({"interviewers": ["siti"]}, "FIELD-142"),
        ({"interviewers": []}, "FIELD-142"),
    ],
)
def test_a_draw_that_makes_no_sense_is_refused(field, settings, words, code):
    with pytest.raises(Refused, match=code):
        drawn(field, settings, **words)


def test_nobody_left_to_visit_is_said(field, settings):
    answered(rights())
    with pytest.raises(Refused, match="FIELD-140"):
        drawn(field, settings)


def test_two_visits_at_most_and_nothing_after_a_final_result(field, settings):
    drawn(field, settings)
    one, two = Visit.objects.all()[:2]
    day = settings.NOW().date()
    first = enter_result(by="iwan", visit=one, outcome=VisitOutcome.NOBODY, day=day)
    assert enter_result(by="iwan", visit=one, outcome=VisitOutcome.NOBODY, day=day) == first
    enter_result(by="iwan", visit=one, outcome=VisitOutcome.AWAY, day=day)
    with pytest.raises(Refused, match="FIELD-143"):
        enter_result(by="iwan", visit=one, outcome=VisitOutcome.REFUSED, day=day)
    enter_result(by="iwan", visit=two, outcome=VisitOutcome.REFUSED, day=day)
    with pytest.raises(Refused, match="FIELD-143"):
        enter_result(by="iwan", visit=two, outcome=VisitOutcome.COMPLETE, day=day)
    assert progress(round=field)[1][2] + progress(round=field)[0][2] == 2
    trail = Audit.objects.filter(verb="enter_visit")
    assert trail.count() == 3
    assert {str(row.detail) for row in trail} == {"{}"}


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        (VisitOutcome.REFUSED, "refuse"),
        (VisitOutcome.NOT_ELIGIBLE, "not_employee"),
        (VisitOutcome.AWAY, None),
    ],
)
def test_who_says_stop_at_the_door_gets_no_message_any_more(field, settings, outcome, kind):
    drawn(field, settings)
    visit = Visit.objects.first()
    enter_result(by="iwan", visit=visit, outcome=outcome, day=settings.NOW().date())
    assert list(Feedback.objects.values_list("kind", "source", "contact_ref")) == (
        [(kind, "visit", visit.contact_ref)] if kind else []
    )
    heed()
    point = Delivery.objects.get(contact_ref=visit.contact_ref).point
    assert Suppression.objects.filter(index=point.index).exists() == bool(kind)


def test_the_list_expires_for_reading_and_for_results(field, settings):
    made = drawn(field, settings)
    visit = Visit.objects.filter(interviewer="iwan").first()
    assert lines(round=field, interviewer="iwan", now=settings.NOW())
    late = settings.NOW() + (made.expires - settings.NOW().date()) + timedelta(days=1)
    settings.NOW = lambda: late
    assert lines(round=field, interviewer="iwan", now=late) == []
    with pytest.raises(Refused, match="FIELD-143"):
        enter_result(by="iwan", visit=visit, outcome=VisitOutcome.AWAY, day=made.expires)


def test_a_tablet_gets_the_open_visits_of_its_interviewer_alone(field, settings):
    drawn(field, settings)
    own = list(Visit.objects.filter(interviewer="iwan"))
    enter_result(by="iwan", visit=own[0], outcome=VisitOutcome.REFUSED, day=settings.NOW().date())
    answered([own[1].contact_ref])
    secret, key = tablet_key()
    tablet = want_assignments(by="iwan", round=field, key=key)
    assert tend_tablets(now=settings.NOW()) == 1
    words = opened(secret, tablet)
    assert [one["number"] for one in words["visits"]] == [visit.number for visit in own[2:]]
    assert words["expires"] == VisitDraw.objects.get().expires.isoformat()
    for one, visit in zip(words["visits"], own[2:], strict=True):
        door = invites.invite_hmac(
            settings.SECRET("pepper"), canonical.from_b64u(one["secret"], length=invites.LINK)
        )
        assert Invite.objects.get(hmac=door).right == visit.right
    assert tend_tablets(now=settings.NOW()) == 0
    told = str(words)
    assert not any(visit.contact_ref in told or visit.right in told for visit in own)


def test_what_lies_in_the_database_opens_nothing_without_the_tablet(field, settings):
    drawn(field, settings)
    _, key = tablet_key()
    tablet = want_assignments(by="iwan", round=field, key=key)
    tend_tablets(now=settings.NOW())
    with pytest.raises(ValueError, match="open"):
        opened(seal.make(), tablet)


def test_a_lost_tablet_opens_nothing_any_more_and_a_new_one_does(field, settings):
    drawn(field, settings)
    _, key = tablet_key()
    before = Invite.objects.count()
    tablet = want_assignments(by="iwan", round=field, key=key)
    tend_tablets(now=settings.NOW())
    count = Visit.objects.filter(interviewer="iwan").count()
    assert Invite.objects.count() == before + count
    report_lost(by="iwan", tablet=tablet)
    tend_tablets(now=settings.NOW())
    assert Invite.objects.count() == before
    assert set(gate.issued(rights().values())) == set()
    with pytest.raises(Refused, match="FIELD-144"):
        want_assignments(by="iwan", round=field, key=key)
    secret, key = tablet_key()
    other = want_assignments(by="iwan", round=field, key=key)
    tend_tablets(now=settings.NOW())
    assert len(opened(secret, other)["visits"]) == count


@pytest.mark.parametrize("key", ["", "x", canonical.b64u(bytes(65)), canonical.b64u(b"\4" + bytes(64))])
def test_a_key_that_is_none_is_refused(field, settings, key):
    drawn(field, settings)
    with pytest.raises(Refused, match="FIELD-144"):
        want_assignments(by="iwan", round=field, key=key)


def test_the_commands_draw_and_tend(field, settings, capsys):
    call_command("draw_visits", field.code, "--percent", "10", "--interviewers", "iwan", "--by", "siti")
    waiting_, drawn_ = map(sum, zip(*VisitDraw.objects.get().counts.values(), strict=True))
    assert capsys.readouterr().out.startswith(f"{drawn_} of {waiting_}, until 2025-08-")
    want_assignments(by="iwan", round=field, key=tablet_key()[1])
    assert "tend_tablets" in worker.TURN
    assert call_command("tend_tablets") == "1"
    assert call_command("tend_tablets") is None


def as_(client, django_user_model, name):
    client.force_login(django_user_model.objects.get(username=name))
    return client


def test_an_interviewer_sees_the_own_list_and_no_other(client, field, settings, django_user_model):
    drawn(field, settings)
    as_(client, django_user_model, "iwan")
    page = client.get(reverse("visits"))
    assert page["Cache-Control"] == "no-store"
    text = page.content.decode()
    own, other = (Visit.objects.filter(interviewer=name) for name in ("iwan", "ina"))
    assert all(reverse("visit", args=[visit.number]) in text for visit in own)
    assert not any(f'{reverse("visit", args=[visit.number])}"' in text for visit in other)
    assert client.get(reverse("visit", args=[own[0].number])).status_code == 200
    assert client.get(reverse("visit", args=[other[0].number])).status_code == 404
    codes = [line.code for line in lines(round=field, interviewer="iwan", now=settings.NOW())]
    assert all(code in text for code in codes)
    assert len(set(codes)) == own.count()


def test_an_officer_sees_counts_and_no_name(client, field, settings, django_user_model):
    drawn(field, settings)
    text = as_(client, django_user_model, "siti").get(reverse("visits")).content.decode()
    assert "iwan" in text
    for line in lines(round=field, interviewer="iwan", now=settings.NOW()):
        assert line.code not in text
        assert line.person.phone not in text
    visit = Visit.objects.first()
    assert client.get(reverse("visit", args=[visit.number])).status_code == 403


def test_a_result_is_entered_on_the_page(client, field, settings, django_user_model):
    drawn(field, settings)
    as_(client, django_user_model, "iwan")
    to = reverse("visit", args=[Visit.objects.filter(interviewer="iwan").first().number])
    assert 'value="2025-08-06"' in client.get(to).content.decode()  # as browsers want it, also in Indonesian
    wrong = client.post(to, {"outcome": "9.9", "day": "2031-01-01"}).content.decode()
    assert 'href="#id_outcome_0"' in wrong
    assert 'href="#id_day"' in wrong
    assert 'value="2031-01-01"' in wrong
    answer = client.post(to, {"outcome": "2.24", "day": "2025-08-05"})
    assert answer.status_code == 302
    visit = Visit.objects.filter(interviewer="iwan").first()
    assert [(row.n, row.outcome) for row in visit.results.all()] == [(1, "2.24")]


def test_the_way_to_the_tablet_and_back(client, field, settings, django_user_model):
    drawn(field, settings)
    as_(client, django_user_model, "iwan")
    text = client.get(reverse("visits")).content.decode()
    assert f"{settings.ORIGIN_CLIENT}/tablet.html#kembali=" in text
    secret, key = tablet_key()
    assert f'value="{key}"' in client.get(reverse("visits"), {"tablet": key}).content.decode()
    assert client.post(reverse("visits-want"), {"key": key}).status_code == 302
    tend_tablets(now=settings.NOW())
    sealed = canonical.b64u(bytes(Tablet.objects.get().sealed))
    assert f"tablet.html#muat={sealed}" in client.get(reverse("visits")).content.decode()
    assert len(opened(secret, Tablet.objects.get())["visits"])
    lost = reverse("visits-lost", args=[Tablet.objects.get().pk])
    as_(client, django_user_model, "ina")
    assert client.post(lost).status_code == 404
    as_(client, django_user_model, "iwan")
    assert client.post(lost).status_code == 302
    assert Tablet.objects.get().lost


def test_the_hall_serves_these_pages_without_the_gates_tables():
    """Who asks the gate runs in the worker: an import of it would bring the hall down."""
    program = "import django; django.setup(); import bening.web.fieldwork.urls.pages"
    told = os.environ | {"DJANGO_SETTINGS_MODULE": "bening.web.config.settings.hall"}
    subprocess.run([sys.executable, "-c", program], env=told, check=True)
