"""Letters are printed once, confirmed by a person, closed at the gate when lost, found again by code."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from bening.core.kinds import ContactKind
from bening.core.problems import Refused
from bening.crypto import fields, invites
from bening.web.fieldwork.gate.models import Invite, Right
from bening.web.fieldwork.models import Attempt, Batch, CheckCode, Delivery
from bening.web.fieldwork.steps.follow import follow
from bening.web.fieldwork.steps.letters import letter_returned, post_letters, print_letters, void_letters
from bening.web.frame.models import Contact, ContactPoint
from bening.web.outreach.models import Suppression
from bening.web.registry.models import Audit, Round
from bening.web.sample.models import Selection

pytestmark = pytest.mark.django_db(databases=["default", "gate"])
MANY = 3


@pytest.fixture
def waiting(invited, settings):
    """Three people whose telephone is dead and whose address the agency holds: letters wait for them."""
    Round.objects.update(closes=settings.NOW().date() + timedelta(40))
    rows = list(Delivery.objects.order_by("id")[:MANY])
    for row in rows:
        person = Contact.objects.get(ref=row.contact_ref)
        address = f"Orang {row.pk}\nJalan Melati 1"
        ContactPoint.objects.create(
            contact=person,
            kind=ContactKind.POSTAL,
            value=fields.encrypt(settings.SECRET("fields"), address, field="frame.point"),
            index=fields.blind_index(settings.SECRET("index"), address, field="frame.point"),
        )
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(state="failed", kind="contact_dead")
    follow(now=settings.NOW())
    return invited


def letters():
    return Delivery.objects.filter(channel="letter").order_by("id")


def printed(round_, settings):
    made = print_letters(by="siti", round=round_, now=settings.NOW() + timedelta(seconds=1))
    assert made is not None
    return made


def test_a_dead_telephone_leads_to_a_letter_that_is_printed_once(waiting, settings):
    before = Invite.objects.count()
    batch, file = printed(waiting, settings)
    assert file.startswith(b"%PDF")
    assert (batch.letters.count(), batch.state, len(batch.doors)) == (MANY, "printed", 2 * MANY)
    assert Invite.objects.count() == before + 2 * MANY  # a code to scan and one to type
    assert set(letters().values_list("state", flat=True)) == {"accepted"}
    assert Attempt.objects.filter(delivery__channel="letter", outcome="accepted").count() == MANY
    assert print_letters(by="siti", round=waiting, now=settings.NOW()) is None
    assert batch.locus == Selection.objects.first().stratum.label


def test_the_post_has_them_and_nobody_can_void_them_any_more(waiting, settings):
    batch, _ = printed(waiting, settings)
    post_letters(by="siti", batch=batch)
    batch.refresh_from_db()
    assert (batch.state, batch.doors) == ("posted", [])
    assert set(letters().values_list("state", flat=True)) == {"sent"}
    for step in (post_letters, void_letters):
        with pytest.raises(Refused, match="FIELD-165"):
            step(by="siti", batch=batch)


def test_lost_letters_open_nothing_and_wait_to_be_printed_again(waiting, settings):
    before = set(Invite.objects.values_list("hmac", flat=True))
    batch, _ = printed(waiting, settings)
    void_letters(by="siti", batch=batch)
    assert {bytes(one) for one in Invite.objects.values_list("hmac", flat=True)} == {
        bytes(one) for one in before
    }
    again, _ = printed(waiting, settings)
    assert (again.number, again.letters.count()) == (2, MANY)
    assert set(letters().values_list("attempts", flat=True)) == {2}


def test_a_letter_that_came_back_is_found_by_its_check_code(waiting, settings):
    batch, _ = printed(waiting, settings)
    post_letters(by="siti", batch=batch)
    row = letters()[0]
    known = CheckCode.objects.get(contact_ref=row.contact_ref)
    code = invites.check_code(settings.SECRET("check"), row.contact_ref, waiting.code, known.counter)
    assert letter_returned(by="siti", round=waiting, code=code.lower())
    row.refresh_from_db()
    assert (row.state, row.kind) == ("failed", "contact_dead")
    assert not letter_returned(by="siti", round=waiting, code=code)
    assert not letter_returned(by="siti", round=waiting, code="nonsense")
    assert not any(row.contact_ref in str(audit.detail) for audit in Audit.objects.all())


def test_no_letter_for_who_has_answered_or_said_stop(waiting, settings):
    first, second, third = letters()
    Right.objects.filter(pk=first.right).update(issued=b"x" * 32)
    Suppression.objects.create(
        index=bytes(second.point.index), reason="stop", source="web", day=settings.NOW().date()
    )
    batch, _ = printed(waiting, settings)
    assert [row.pk for row in batch.letters.all()] == [third.pk]
    assert list(letters().values_list("reason", flat=True)) == ["issued", "opted_out", ""]


def test_the_file_is_new_and_for_its_owner_alone(waiting, settings, tmp_path):
    now = settings.NOW() + timedelta(seconds=1)
    settings.NOW = lambda: now
    out = tmp_path / "surat.pdf"
    call_command("letters", "print", waiting.code, "--by", "siti", "--out", str(out))
    assert out.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        call_command("letters", "print", waiting.code, "--by", "siti", "--out", str(out))
    other = tmp_path / "lagi.pdf"
    with pytest.raises(CommandError, match="no letter waits"):
        call_command("letters", "print", waiting.code, "--by", "siti", "--out", str(other))
    assert not other.exists()
    call_command("letters", "posted", waiting.code, "--by", "siti", "--batch", "1")
    assert Batch.objects.get().state == "posted"
