"""Whether visits can be made."""

from bening.web.outreach.channels.base import Health
from bening.web.outreach.channels.visit.settings import Visits, check


def health(account: Visits) -> Health:
    """The tablet's address, checked."""
    wrong = check(account)
    return Health(ok=not wrong, notes=wrong)
