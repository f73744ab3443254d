"""Links without an account: 128 random bits in the address, their digest in the table."""

import hashlib
from datetime import date

from django.conf import settings

from bening.crypto.invites import link_text, new_secret
from bening.web.outreach.models import Head, Link
from bening.web.registry.models import Round, Unit


def new_link(*, round: Round, day: date, head: Head | None = None, unit: Unit | None = None) -> str:
    """A fresh token for the page of a head or the notice of a unit; it is shown once and not kept."""
    token = link_text(new_secret())
    Link.objects.create(round=round, digest=digest_of(token), head=head, unit=unit, made=day)
    return token


def find_link(token: str) -> Link | None:
    """The link of a token while its round runs; looked up by digest, so that no comparison tells anything."""
    rows = Link.objects.select_related("round", "head__institution", "head__unit", "unit__institution")
    link = rows.filter(digest=digest_of(token)).first()
    if link is None or settings.NOW().date() > link.round.closes:
        return None
    return link


def digest_of(token: str) -> str:
    """All that is stored of a token. A plain hash: 128 random bits need no key against guessing."""
    return hashlib.sha256(b"bening/outreach/link/v1\0" + token.encode()).hexdigest()


def address(token: str) -> str:
    """The address that opens the page."""
    return f"{settings.ORIGIN_HALL}/baca/{token}"
