"""Tablets that want assignments. The hall takes the wish and hands on what it cannot read (`assign`)."""

from django.db import transaction

from bening.core import canonical
from bening.core.problems import Refused, refuse
from bening.crypto import seal
from bening.web.fieldwork.models import Tablet
from bening.web.registry.models import Round
from bening.web.registry.steps import record

INFO = b"bening/tablet/v1\0"
POINT = 65  # bytes of an uncompressed point


@transaction.atomic
def want_assignments(*, by: str, round: Round, key: str) -> Tablet:
    """An interviewer wants the open visits on a tablet, named by its public key in base64url (FIELD-144)."""
    tablet, new = Tablet.objects.get_or_create(round=round, interviewer=by, key=point(key))
    if tablet.lost:
        raise refuse("FIELD-144")  # what was reported lost stays locked out
    if not new:
        Tablet.objects.filter(pk=tablet.pk).update(wanted=True, sealed=None)
    record(by=by, verb="want_assignments", on=round.code)
    return tablet


def point(text: str) -> bytes:
    """The tablet's public key, if it is one to which something can be sealed."""
    try:
        key = canonical.from_b64u(text, length=POINT)
        seal.seal(b"", INFO, key=key)
    except (Refused, ValueError) as wrong:
        raise refuse("FIELD-144") from wrong
    return key


@transaction.atomic
def report_lost(*, by: str, tablet: Tablet) -> None:
    """A tablet is gone: what it was given opens nothing any more once the worker has taken its turn."""
    if not tablet.lost:
        Tablet.objects.filter(pk=tablet.pk).update(lost=True, wanted=False, sealed=None)
        record(by=by, verb="report_tablet_lost", on=tablet.round.code)
