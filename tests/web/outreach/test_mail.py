"""Letters to offices and contact persons: a real mail server on loopback, office hours, never twice."""

import socket
from datetime import date, timedelta
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as house
from django.core.management import call_command

from bening.core.kinds import Group
from bening.core.outreach import INSPECTORATE
from bening.web.frame.steps import set_deadline
from bening.web.outreach import steps
from bening.web.outreach.models import Head, Nudge
from bening.web.registry.models import Audit, ContactPerson, Unit
from tests.web.outreach.conftest import HOME, MONDAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


class Box:
    """What came in: recipients and readable text."""

    def __init__(self):
        self.letters = []
        self.down = False

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  the server's word
        if self.down:
            return "451 not now"
        letter = message_from_bytes(envelope.content)
        text = letter.get_payload(decode=True).decode()
        self.letters.append((envelope.rcpt_tos[0], text))
        return "250 taken"


@pytest.fixture
def box(settings):
    """A mail server on loopback, and the house configured for it."""
    held = Box()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    server = Controller(held, hostname="127.0.0.1", port=free)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.hostname, server.port
    settings.EMAIL_URL = f"smtp://127.0.0.1:{settings.EMAIL_PORT}"
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield held
    server.stop()


@pytest.fixture
def addressed(round_, home, post):
    """An office with an e-mail address."""

    def made(key, email):
        return steps.enter_address(by="dewi", round=round_, institution=home, post=key, email=email)

    return made


def test_an_invitation_holds_the_link_and_no_word_about_who_was_drawn(box, addressed, invite, post):
    addressed(post("disdik"), "kepala@disdik.id")
    one = invite("disdik")
    assert steps.send_invitations(invited=[one]) == 1
    to, text = box.letters[0]
    assert to == "kepala@disdik.id"
    assert f"{house.ORIGIN_HALL}/baca/{one.token}" in text
    assert "Kepala Dinas Pendidikan" in text
    assert not Head.objects.get(pk=one.head.pk).unsent


def test_silent_heads_are_reminded_after_three_days_and_the_level_above_told_after_five(
    box, addressed, invite, post, round_, clock
):
    addressed(post("disdik"), "kepala@disdik.id")
    addressed(INSPECTORATE, "inspektorat@ls.id")
    invite("disdik")

    def turn(now):
        return steps.remind_heads(by="worker", round=round_, now=now)

    assert turn(MONDAY + 2 * DAY) == 0
    assert turn(MONDAY + 3 * DAY + timedelta(hours=8)) == 0  # evening in Lampung
    assert turn(MONDAY + 3 * DAY) == 1
    assert turn(MONDAY + 3 * DAY) == 0
    assert "belum dibaca" in box.letters[-1][1]
    token = box.letters[-1][1].split("/baca/")[1].split()[0]
    assert steps.find_link(token).head.unit.code == "disdik"
    assert turn(MONDAY + 5 * DAY) == 0  # Saturday
    assert turn(MONDAY + 7 * DAY) == 1
    to, text = box.letters[-1]
    assert to == "inspektorat@ls.id"
    assert "Kepala Dinas Pendidikan" in text
    assert turn(MONDAY + 14 * DAY) == 0
    assert len(box.letters) == 2
    assert set(Audit.objects.filter(by="worker").values_list("verb", flat=True)) == {
        "remind_head",
        "tell_above_head",
    }


def test_who_acknowledged_hears_nothing_more(box, addressed, invite, post, round_, clock):
    addressed(post("disdik"), "kepala@disdik.id")
    steps.acknowledge(head=invite("disdik").head, now=MONDAY)
    assert steps.remind_heads(by="worker", round=round_, now=MONDAY + 3 * DAY) == 0
    assert box.letters == []


def test_a_server_that_refuses_is_not_asked_again_and_a_list_says_whom_to_call(
    box, addressed, invite, post, round_, clock, enter
):
    addressed(post("disdik"), "kepala@disdik.id")
    head = invite("disdik").head
    box.down = True
    assert steps.remind_heads(by="worker", round=round_, now=MONDAY + 3 * DAY) == 1
    assert steps.remind_heads(by="worker", round=round_, now=MONDAY + 3 * DAY) == 0
    assert Head.objects.get(pk=head.pk).unsent
    page = enter("dewi").get(f"/sosialisasi/{HOME}/pimpinan", headers={"accept-language": "en"})
    assert "please call" in page.content.decode()


def test_contacts_hear_what_they_owe_at_most_once_in_three_days(box, round_, home, clock):
    set_deadline(by="siti", round=round_, group=Group.INTERNAL, due=date(2025, 7, 25))
    ContactPerson.objects.create(institution=home, name="Dewi", email="dewi@ls.id")

    def turn(now):
        return steps.remind_contacts(by="worker", round=round_, now=now)

    assert turn(MONDAY - timedelta(hours=5)) == 0  # before hours
    assert turn(MONDAY) == 2  # the other institution has no contact person: somebody has to call
    assert [to for to, _ in box.letters] == ["dewi@ls.id"]
    assert "serahkan daftar pegawai, paling lambat 25 Juli 2025" in box.letters[0][1]
    assert turn(MONDAY + DAY) == turn(MONDAY + 2 * DAY) == 0
    assert turn(MONDAY + 3 * DAY) == 2
    assert Nudge.objects.filter(institution=home, mailed=True).count() == 2
    assert not Nudge.objects.exclude(institution=home).filter(mailed=True).exists()


def test_without_mail_the_page_says_whom_to_call(round_, home, clock, enter, settings):
    settings.EMAIL_URL = ""
    unit = Unit.objects.get(code="dinkes")
    ContactPerson.objects.create(institution=home, name="Dewi Lestari", phone="+6281200000001")
    ContactPerson.objects.create(institution=home, unit=unit, name="Rina", phone="+6281200000002")
    call_command("remind_contacts")
    page = (
        enter("dewi").get(f"/sosialisasi/{HOME}/kontak", headers={"accept-language": "en"}).content.decode()
    )
    assert "Dewi Lestari" in page
    assert "+6281200000001" in page
    assert "Rina" not in page  # owes nothing
    assert "please call" in page


def test_the_commands_take_a_turn(box, addressed, invite, post, round_, clock, capsys):
    addressed(post("disdik"), "kepala@disdik.id")
    invite("disdik")
    clock(MONDAY + 3 * DAY)
    assert call_command("remind_heads")
    assert not call_command("remind_heads")
    assert len(box.letters) == 1
