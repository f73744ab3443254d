"""Message -> a row of the list. Pure."""

from bening.web.outreach.channels.base import Message
from bening.web.outreach.channels.visit.settings import Visits

COLUMNS = ("name", "to", "check_code", "phrase", "client", "first_visit", "second_visit", "result")


def render(message: Message, account: Visits) -> tuple[str, ...]:
    """Whom to visit, how the person knows that the visit is genuine, and boxes for what came of it.

    No answers, no history, no code that opens the survey: that is handed over on the tablet.
    """
    words = message.words
    known = (words.get("name", ""), message.to, words["check_code"], words["phrase"], account.client)
    return (*known, "", "", "")
