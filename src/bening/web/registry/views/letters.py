"""An invitation on its way: as an e-mail, or as a page to print."""

import smtplib

from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, gettext_noop
from segno import make_qr

from bening.web.registry.models import Invitation
from bening.web.registry.steps import link
from bening.web.ui.templatetags.parts import role_word

USES = {
    "officer": gettext_noop(
        "You open the round, watch the lists and messages, and release what is published."
    ),
    "statistician": gettext_noop("You draw the sample, compute the index and check what is released."),
    "interviewer": gettext_noop("You visit the people assigned to you."),
    "trustee": gettext_noop("You keep one share of the key that opens the answers after the survey."),
    "auditor": gettext_noop("You read the record of who did what and check that it is whole."),
    "inspectorate": gettext_noop(
        "You hand over the lists of your institution, correct them and brief its units."
    ),
    "unit_contact": gettext_noop("You give and correct the list of your unit and brief its people."),
    "leader": gettext_noop(
        "You read the released result of your institution and follow what is done about it."
    ),
    "": gettext_noop(
        "Your account was reset. You choose a new password and a new second factor; your roles stay."
    ),
}


def send_letter(invitation: Invitation, code: str) -> bool:
    """Send it to the address it names; whether the mail server took it."""
    words = {
        "name": invitation.name,
        "role": place_words(invitation),
        "use": gettext(USES[invitation.role]),
        "link": link(code),
        "code": code,
        "until": date_format(timezone.localdate(invitation.expires), "j F Y"),
    }
    text = gettext(
        "{name},\n\n"
        "you are invited to Bening: {role}.\n{use}\n\n"
        "Open this link and choose a user name and a password:\n{link}\n\n"
        "If the link does not open, go to the address before the # and type this code: {code}\n\n"
        "It works once, until {until}. Pass it on to nobody. If you did not expect it, delete it."
    )
    try:
        return bool(
            send_mail(gettext("Invitation to Bening"), text.format(**words), None, [invitation.email])
        )
    except (OSError, smtplib.SMTPException):
        return False


def letter(request: HttpRequest, invitation: Invitation, code: str, *, unsent: bool = False) -> HttpResponse:
    """One page to print and hand over; the code is shown this once."""
    words = {
        "invitation": invitation,
        "role_words": place_words(invitation),
        "use": gettext(USES[invitation.role]),
        "code": code,
        "address": f"{settings.ORIGIN_HALL}{reverse('arrive')}",
        "drawing": mark_safe(make_qr(link(code)).svg_inline(scale=5, border=4, light="#ffffff")),  # noqa: S308
        "unsent": unsent,
    }
    return render(request, "registry/access_letter.html", words)


def place_words(invitation: Invitation) -> str:
    """The role and where it holds, as people say it."""
    parts = (role_word(invitation.role), invitation.unit, invitation.institution)
    return ", ".join(str(part) for part in parts if part) or gettext("back into your account")
