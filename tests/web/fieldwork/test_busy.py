"""The agency's page of busy hours: what the gate's night kept, taken over by the worker, shown by group."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from bening.web.fieldwork.gate.models import Hour
from bening.web.fieldwork.models import BusyHour, Manifest
from bening.web.fieldwork.steps.busy import pull_hours
from bening.web.registry.models import Audit
from bening.web.registry.steps import grant

pytestmark = pytest.mark.django_db(databases=["default", "gate"])


@pytest.fixture
def label(frozen):
    """A stratum of the frozen round, with a morning that the gate kept."""
    label, kid = next(iter(Manifest.objects.get(round=frozen).keys.items()))
    for hour, count in ((8, 10), (9, 25)):
        slot = f"2025-08-04T{hour:02}"
        Hour.objects.create(id=kid + slot, kid=kid, slot=slot, count=count)
    return label


def test_hours_are_taken_over_once(label):
    assert pull_hours() == 2
    assert pull_hours() == 0
    assert set(BusyHour.objects.values_list("label", "slot", "count")) == {
        (label, "2025-08-04T08", 10),
        (label, "2025-08-04T09", 25),
    }
    assert Audit.objects.filter(verb="pull_hours").count() == 1


def test_a_day_that_comes_later_is_added(label):
    pull_hours()
    kid = Hour.objects.values_list("kid", flat=True).first()
    Hour.objects.create(id=f"{kid}2025-08-05T10", kid=kid, slot="2025-08-05T10", count=11)
    assert pull_hours() == 1


def test_hours_of_keys_that_no_round_has_are_left_alone(frozen):
    Hour.objects.create(id="f" * 64 + "2025-08-04T08", kid="f" * 64, slot="2025-08-04T08", count=10)
    assert pull_hours() == 0


def test_neither_database_takes_a_cell_below_ten(label, frozen):
    with pytest.raises(IntegrityError, match="hour_of_ten_or_more"), transaction.atomic(using="gate"):
        Hour.objects.create(id="x", kid="y", slot="2025-08-04T10", count=9)
    with pytest.raises(IntegrityError, match="busy_hour_of_ten_or_more"), transaction.atomic():
        BusyHour.objects.create(round=frozen, label=label, slot="2025-08-04T10", count=9)


@pytest.mark.parametrize("role", ["statistician", "auditor", "trustee", "interviewer"])
def test_nobody_but_officers_sees_the_page(client, label, role):
    client.force_login(grant(by="siti", username="x", name="X", role=role))
    assert client.get(reverse("busy-hours")).status_code in (403, 404)


def test_an_officer_sees_groups_and_shares_and_no_person(client, label):
    client.force_login(grant(by="siti", username="siti", name="Siti", role="officer"))
    assert "jam" in client.get(reverse("busy-hours")).content.decode().lower()
    pull_hours()
    page = client.get(reverse("busy-hours")).content.decode()
    assert "35" in page
    assert "100 %" in page
