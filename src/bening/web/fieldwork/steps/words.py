"""What a message says to one person: the round's words, the check code, the phrase, and the ways in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

from bening.core.questionnaire import load
from bening.crypto import invites
from bening.web.fieldwork.models import CheckCode, Delivery
from bening.web.outreach.channels.base import Message
from bening.web.outreach.channels.texts import opens
from bening.web.questionnaire.models import Instrument
from bening.web.registry.models import Round

CODED = ("reminder_1",)  # steps that also carry a code to type
CODED_CHANNELS = ("letter",)


@dataclass(frozen=True, slots=True)
class Ways:
    """The secrets of one message, in hand only until it has gone out."""

    link: bytes | None
    typed: bytes | None

    def hmacs(self, pepper: bytes) -> list[bytes]:
        """All that the gate learns of them."""
        return [invites.invite_hmac(pepper, secret) for secret in (self.link, self.typed) if secret]


def ways(row: Delivery) -> Ways:
    """Fresh secrets for one message; the closing notice opens nothing."""
    typed = row.step in CODED or row.channel in CODED_CHANNELS
    return Ways(invites.new_secret() if opens(row.step) else None, invites.typed_secret() if typed else None)


def authored(round: Round) -> dict[str, str]:
    """The words that are the same in every message of a round."""
    return {
        "agency": round.agency,
        "agency_short": round.agency_short,
        "survey": f"{round.survey} {round.opens.year}",
        "check": settings.ORIGIN_CHECK.split("//")[-1] + "/cek",
        "hotline": round.hotline,
    }


def fixed_words(round: Round) -> dict[str, str]:
    """What every message of the round says alike: one text for all, whatever they will be asked."""
    digests = Instrument.objects.filter(round=round).values_list("digest", flat=True)
    with translation.override("id"):
        closes = date_format(round.closes, "j F Y")
    return {**authored(round), "minutes": str(max(map(minutes, digests))), "closes": closes}


@cache
def minutes(digest: str) -> int:
    """How long a frozen questionnaire takes; read once a process, because every block of messages says it."""
    form = Instrument.objects.filter(digest=digest)[0]
    return load(bytes(form.body)).minutes


def codes_of(round: Round, refs: Iterable[str]) -> dict[str, str]:
    """The check codes of these people, derived again from the key."""
    key = settings.SECRET("check")
    rows = CheckCode.objects.filter(round=round, contact_ref__in=list(refs))
    counters = rows.values_list("contact_ref", "counter")
    return {ref: invites.check_code(key, ref, round.code, counter) for ref, counter in counters}


def message(row: Delivery, to: str, *, code: str, ways: Ways, fixed: Mapping[str, str]) -> Message:
    """The message of one row, in the round's first language."""
    words = {**fixed, "check_code": code, "phrase": invites.phrase(settings.SECRET("phrase"), code)}
    if ways.typed:
        words["entry_code"] = invites.typed_code(ways.typed)
    return Message(
        key=row.key,
        attempt=row.attempts,
        step=row.step,
        language="id",
        to=to,
        words=words,
        secret=invites.link_text(ways.link) if ways.link else "",
    )
