"""The field as counts: for the agency once a day, for institutions rounded, weekly and late."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from bening.web.fieldwork.gate.models import Right
from bening.web.fieldwork.models import Attempt, Delivery, Feedback
from bening.web.fieldwork.steps import foresee, picture, snapshot
from bening.web.fieldwork.steps.visits import today
from bening.web.registry.models import Institution
from bening.web.registry.steps import grant
from bening.web.sample.models import Stratum

pytestmark = pytest.mark.django_db(databases=["default", "gate"])
PAGES = ("field", "response-rates", "response-rates-file")


@pytest.fixture
def home(settings, tmp_path):
    """A data folder of this test alone."""
    settings.FIELDWORK_FILE = tmp_path / "fieldwork.toml"
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def field(invited, home, settings):
    """Everybody was sent a message; most arrived, three failed, one said no, thirty have answered."""
    rows = list(Delivery.objects.order_by("contact_ref"))
    Delivery.objects.update(state="delivered")
    failed = [row.pk for row in rows[:3]]
    Delivery.objects.filter(pk__in=failed).update(state="failed", kind="person_gone")
    Feedback.objects.create(
        round=invited, kind="refuse", source="web", contact_ref=rows[3].contact_ref, day=settings.NOW().date()
    )
    Attempt.objects.bulk_create(
        Attempt(
            delivery=row, n=1, started_at=settings.NOW(), outcome="accepted", status="delivered",
            status_at=settings.NOW(),
        )
        for row in rows[3:]
    )  # fmt: skip
    answer(row.right for row in rows[4:34])
    return invited


def answer(rights):
    """These rights are used."""
    assert Right.objects.filter(id__in=list(rights)).update(issued=b"x" * 32)


def take(round_, settings, *, days=0):
    """The picture of a day."""
    return snapshot.take_picture(round=round_, now=settings.NOW() + timedelta(days=days))


def test_a_picture_holds_counts_and_nobody(field, settings, home):
    assert take(field, settings)
    found = picture.picture(round=field)
    people = Delivery.objects.count()
    whole = found.whole
    assert (whole.planned, whole.sent, whole.delivered) == (people, people - 3, people - 3)
    assert (whole.undeliverable, whole.refused, whole.issued) == (3, 1, 30)
    assert sum(found.codes[label].get("1.1", 0) for label in found.codes) == 30
    files = "".join(path.read_text() for path in (home / "counts").iterdir())
    for ref, right in Delivery.objects.values_list("contact_ref", "right"):
        assert ref not in files
        assert right not in files


def test_it_is_taken_once_a_day_so_that_no_difference_tells_a_moment(field, settings):
    assert take(field, settings)
    answer(Right.objects.filter(issued=None).values_list("id", flat=True)[:1])
    assert not take(field, settings)
    assert picture.picture(round=field).whole.issued == 30
    assert take(field, settings, days=1)
    assert picture.picture(round=field).whole.issued == 31


def test_without_a_frozen_round_there_is_none(drawn, home, settings):
    assert not take(drawn, settings)
    assert picture.picture(round=drawn) is None


def test_a_channel_of_few_people_does_not_say_how_many_answered(field, settings):
    few = Delivery.objects.order_by("contact_ref")[4:7]
    Delivery.objects.filter(pk__in=[row.pk for row in few]).update(channel="sms")
    take(field, settings)
    assert picture.picture(round=field).channels["sms"].issued is None
    assert picture.picture(round=field).channels["whatsapp"].issued is None  # or it follows by subtraction


def test_the_next_group_and_the_precision_come_from_the_counts(field, settings):
    take(field, settings)
    found = picture.picture(round=field)
    (one,) = foresee.chase(found)
    assert one.group.invited == found.whole.planned
    assert one.channel == "whatsapp"
    (place,) = foresee.precision(found)
    assert place.final.answers > place.now.answers == pytest.approx(30)
    assert place.final.half_width < place.now.half_width


def test_messages_are_priced_by_the_agencys_own_rate(field, settings, home):
    take(field, settings)
    (before,) = picture.spending(picture.picture(round=field))
    assert (before.currency, before.stale) == ("USD", True)
    settings.FIELDWORK_FILE.write_text(
        '[[tariffs]]\nchannel = "whatsapp"\nsince = 2025-01-01\namount="400"\ncurrency="IDR"\nsource="x"\n'
    )
    (after,) = picture.spending(picture.picture(round=field))
    assert (after.currency, after.amount, after.stale) == ("IDR", 400 * after.messages, False)


@pytest.mark.parametrize("role", ["officer", "statistician"])
def test_the_agency_sees_the_pages(client, field, settings, role):
    client.force_login(grant(by="siti", username="x", name="X", role=role))
    for name in PAGES[:2]:
        assert client.get(reverse(name)).status_code == 200  # before the first night
    assert client.get(reverse(PAGES[2])).status_code == 404
    take(field, settings)
    page = client.get(reverse("field"), headers={"accept-language": "en"}).content.decode()
    assert f"30 of {Delivery.objects.count()} invitations" in page
    for name in PAGES:
        assert client.get(reverse(name)).status_code == 200
    for ref in Delivery.objects.values_list("contact_ref", flat=True):
        assert ref not in page


@pytest.mark.parametrize("role", ["interviewer", "trustee", "auditor", "inspectorate", "leader"])
def test_nobody_else_does(client, field, settings, role):
    take(field, settings)
    place = Institution.objects.get(code="kab-x") if role in ("inspectorate", "leader") else None
    client.force_login(grant(by="siti", username="x", name="X", role=role, institution=place))
    assert {client.get(reverse(name)).status_code for name in PAGES} == {403}


def test_the_file_and_the_command_say_the_same(client, field, settings, capsys):
    with pytest.raises(CommandError):
        call_command("response_rates", field.code)
    take(field, settings)
    client.force_login(grant(by="siti", username="x", name="X", role="officer"))
    text = client.get(reverse("response-rates-file")).content.decode()
    call_command("response_rates", field.code)
    assert capsys.readouterr().out == text
    first, *_ = csv.DictReader(io.StringIO(text))
    people = Delivery.objects.count()
    assert int(first["invited"]) == people
    assert (first["I"], first["R"], first["UO"], first["P"]) == ("30", "1", "3", "0")
    assert float(first["rr1"]) == pytest.approx(30 / people, abs=1e-4)


def test_institutions_see_a_rounded_share_weekly_and_two_days_late(client, field, settings):
    take(field, settings)
    place, now = Institution.objects.get(code="kab-x"), settings.NOW()
    assert picture.weekly(round=field, institution=place, now=now)[1] == {}
    assert picture.weekly(round=field, institution=place, now=now + timedelta(days=1))[1] == {}
    late = now + timedelta(days=2)
    share = 100 * 30 / Delivery.objects.count()
    assert picture.weekly(round=field, institution=place, now=late)[1] == {
        "internal": str(5 * round(share / 5))
    }
    client.force_login(grant(by="siti", username="x", name="X", role="inspectorate", institution=place))
    settings.NOW = lambda: late
    page = client.get(reverse("participation"), headers={"accept-language": "en"}).content.decode()
    assert f"Staff: about {5 * round(share / 5)} per cent" in page


def test_within_a_week_an_institution_sees_no_new_figure(field, settings):
    monday = settings.NOW() + timedelta(days=7 - today(field, settings.NOW()).weekday())
    for day in range(7):
        snapshot.take_picture(round=field, now=monday + timedelta(days=day))
        answer(Right.objects.filter(issued=None).values_list("id", flat=True)[:1])
    weeks = json.loads(snapshot.weekly_file(field).read_text())
    assert [one["day"] for one in weeks] == [str(today(field, monday))]


def test_of_fewer_than_twenty_drawn_an_institution_learns_nothing(field, settings):
    Delivery.objects.filter(pk__in=Delivery.objects.order_by("-contact_ref")[19:].values("pk")).delete()
    take(field, settings)
    (week,) = json.loads(snapshot.weekly_file(field).read_text())
    assert week["bands"] == {"kab-x internal": None}


def test_a_reminder_is_judged_by_who_answered_after_it_without_another(field, settings):
    first = list(Delivery.objects.filter(step="invite").order_by("contact_ref"))
    field_ = snapshot.seen(field)
    label = Stratum.objects.get().label
    asked = {row.contact_ref: [("reminder_1", "whatsapp", "delivered")] for row in first[:20]}
    for row in first[:4]:
        asked[row.contact_ref].append(("reminder_2", "sms", "delivered"))
    told = snapshot.Field(field_.labels, {ref: asked.get(ref, []) for ref in field_.labels}, field_.issued)
    assert snapshot.waves(told) == {label: [(20, 16), (4, 0)]}
