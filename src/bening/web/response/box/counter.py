"""Counter 2 of the phones' door: takes sealed ballots against a receipt."""

import re

from django.http import HttpRequest, HttpResponse

from bening.core.kinds import Ballot, Entry
from bening.core.problems import Refused
from bening.core.response import b64u, ballot_hash, from_b64u, split
from bening.core.response.keep_last import signed_by_owner
from bening.core.response.layout import OWNER
from bening.core.response.wire import CALLS, JSON, Denied, asked, filled
from bening.crypto import blind, owner
from bening.web.response.box import steps
from bening.web.response.box.steps import Outcome

HASH = re.compile(r"[0-9a-f]{64}")
STATUS = {Outcome.STORED: 201, Outcome.KNOWN: 200}


def ballot(request: HttpRequest) -> HttpResponse:
    """Verify, store, answer with hash and receipt: a receipt given means a ballot stored."""
    body, shown = request.body, steps.shown()
    if steps.closed():
        raise Denied(410, "closed")
    try:
        posted = split(body, shown.manifest.pad)
    except Refused as refused:
        raise Denied(400, "bad_format") from refused
    verified(posted, body, shown.entries.get(posted.kid))
    outcome = steps.keep(ballot=posted, body=body)
    if outcome is Outcome.OLDER:
        raise Denied(409, "older_version")
    if outcome is Outcome.FULL:
        raise Denied(429, "slow_down")
    h = ballot_hash(body[:-OWNER])
    fields = {"h": h.hex(), "receipt": b64u(steps.receipt(h))}
    return HttpResponse(filled(fields, CALLS[request.path].reply), status=STATUS[outcome], content_type=JSON)


def proof(request: HttpRequest) -> HttpResponse:
    """Where a ballot stands in the published log; the phone checks the path against a witness's root."""
    fields = asked(request.body, ("h", "size"))
    size = fields["size"]
    if not isinstance(fields["h"], str) or not HASH.fullmatch(fields["h"]):
        raise Denied(400, "bad_format")
    if not (size is None or (type(size) is int and size > 0)):
        raise Denied(400, "bad_format")
    found = steps.proof(h=bytes.fromhex(fields["h"]), size=size)
    if found is None:
        raise Denied(404, "not_logged_yet")
    reply = {
        "index": found.place,
        "size": found.size,
        "path": [step.hex() for step in found.path],
        "checkpoint": found.checkpoint,
    }
    return HttpResponse(filled(reply, CALLS[request.path].reply), content_type=JSON)


def verified(posted: Ballot, body: bytes, entry: Entry | None) -> None:
    """The checks a ballot must pass before the database is asked."""
    if entry is None:
        raise Denied(404, "unknown_key")
    if not blind.verify(from_b64u(entry.n, length=256), posted.token, posted.signature):
        raise Denied(403, "bad_token")
    if not signed_by_owner(posted, body, owner.verify):
        raise Denied(403, "bad_owner")
