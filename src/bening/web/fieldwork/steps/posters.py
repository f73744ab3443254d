"""The poster at a counter: who asks, what happens, and the code that leads to the form."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from bening.web.fieldwork.models import Doorway
from bening.web.outreach.steps.paper import printed, qr
from bening.web.outreach.steps.prints import common


def address(doorway: Doorway) -> str:
    """What the printed code says: it names a unit and is no secret."""
    return f"{settings.ORIGIN_CHECK}/cek/daftar/{doorway.token}"


def poster(doorway: Doorway, language: str) -> bytes:
    """The poster of a unit as PDF."""
    with translation.override(language):
        title = gettext("Poster for users of a service")
        there = address(doorway)
        points = [
            (gettext("Scan the code"), gettext("Type your mobile number and the service you used. No name.")),
            (
                gettext("Wait for the link"),
                gettext("It comes to your number with the next messages of the survey, not at once."),
            ),
            (
                gettext("Answer alone"),
                gettext("Voluntary, on your own phone. Nobody here learns who registered."),
            ),
        ]
        data = common(doorway.round, language, title) | {
            "headline": gettext("Did you use a service here?"),
            "points": [{"head": head, "text": text} for head, text in points],
            "qr": qr(there),
            "qr_words": str(doorway.unit),
            "qr_typed": there.split("//")[-1],
        }
        return printed("poster", data)
