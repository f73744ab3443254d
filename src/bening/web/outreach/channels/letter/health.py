"""Whether letters can be printed."""

from bening.web.outreach.channels.base import Health
from bening.web.outreach.channels.letter.settings import Paper, check


def health(account: Paper) -> Health:
    """The address on the page, checked."""
    wrong = check(account)
    return Health(ok=not wrong, notes=wrong)
