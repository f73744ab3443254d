"""Whether the mail server answers and lets us in."""

import smtplib

from bening.web.outreach.channels.base import Health
from bening.web.outreach.channels.email.send import backend
from bening.web.outreach.channels.email.settings import Mail


def health(account: Mail) -> Health:
    """Opens a line, says nothing, and closes it."""
    line = backend(account)
    try:
        line.open()
    except (smtplib.SMTPException, OSError) as error:
        return Health(ok=False, notes=(type(error).__name__,))
    line.close()
    return Health(ok=True)
