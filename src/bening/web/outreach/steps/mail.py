"""E-mail to offices and contact persons where there is a mail server; elsewhere paper and telephone."""

from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

from bening.web.outreach.steps.texts import material


def has_mail() -> bool:
    """Whether this installation can send e-mail."""
    return bool(settings.EMAIL_URL)


def send_letter(name: str, *, to: str, language: str, filled: dict[str, str]) -> bool:
    """Send one of the letters of the texts; False if it surely or possibly did not go out.

    It is not tried again: two letters harm less than a loop, and a list shows whom to call.
    """
    if not has_mail():
        return False
    letter: dict[str, Any] = material(name, language, filled)
    message = EmailMessage(letter["subject"], "\n\n".join(letter["body"]) + "\n", to=[to])
    try:
        return message.send() == 1
    except (SMTPException, OSError):
        return False
