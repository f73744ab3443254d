"""Whether texts can be sent: interfaces for this differ too much to ask for more."""

from bening.web.outreach.channels.base import Health
from bening.web.outreach.channels.sms.settings import Sms, check


def health(account: Sms) -> Health:
    """What stands in the table, checked; nothing is sent."""
    wrong = check(account)
    return Health(ok=not wrong, notes=wrong)
