"""Counter 1 of the phones' door: opens a right, spends it, and after closing says whether it was spent."""

from collections import Counter
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from bening.core.problems import Refused
from bening.core.response import b64u, from_b64u
from bening.core.response.wire import CALLS, JSON, Denied, asked, filled
from bening.crypto.invites import LINK, TYPED
from bening.web.fieldwork.gate import hours, signing, steps
from bening.web.fieldwork.gate.models import Right

PACE = 60  # calls a minute with one secret, in memory only

_calls: Counter[bytes] = Counter()
_minute = 0


def hello(request: HttpRequest) -> HttpResponse:
    """The entry of a right with its proof; writes nothing and never says used or unused."""
    secret = _secret(asked(request.body, ("secret",))["secret"])
    shown = steps.shown()
    right = steps.find(secret)
    # An unknown secret costs the same work on a right that does not exist.
    place = shown.index[right.kid] if right else 0
    fields = {
        "entry": shown.manifest.leaves[place].decode(),
        "index": place,
        "path": [step.hex() for step in steps.path(place)],
        "state": steps.state(right.id if right else "00" * 16),
    }
    reply = _filled(request, fields)
    _known(right)
    return reply


def issue(request: HttpRequest) -> HttpResponse:
    """Spend the right on a blinded value; the same value may ask again for ever."""
    fields = asked(request.body, ("secret", "kid", "blinded"))
    secret, blinded = _secret(fields["secret"]), _bytes(fields["blinded"], 256)
    if steps.closed():
        raise Denied(410, "closed")
    right = _known(steps.find(secret))
    if fields["kid"] != right.kid:
        raise Denied(409, "wrong_key")
    if blinded >= steps.modulus(right.kid):  # no signer could sign it, so the right is not spent on it
        raise Denied(400, "bad_format")
    if not steps.issue(right=right, blinded=blinded):
        raise Denied(409, "right_used")
    if right.issued is None:  # it was spent just now, and the transaction that did it is over
        shown = steps.shown()
        hours.count(
            settings.GATE_HOURS,
            digest=shown.manifest.digest,
            place=shown.index[right.kid],
            now=settings.NOW().astimezone(ZoneInfo(shown.manifest.tz)),
        )
    try:
        signed = signing.sign(bytes.fromhex(right.kid), blinded)
    except signing.NotSigned as away:
        raise Denied(503, "try_later") from away  # the right stays committed to this value
    return _filled(request, {"blind_sig": b64u(signed)})


def used(request: HttpRequest) -> HttpResponse:
    """Whether the right was spent; only after closing, or it could be used to press people."""
    secret = _secret(asked(request.body, ("secret",))["secret"])
    if not steps.closed():
        raise Denied(403, "not_yet")
    return _filled(request, {"used": _known(steps.find(secret)).issued is not None})


def _secret(text: object) -> bytes:
    """The bytes of a link secret or a typed one, unless it calls too often."""
    length = LINK if isinstance(text, str) and len(text) == 22 else TYPED
    secret = _bytes(text, length)
    global _minute
    minute = int(settings.NOW().timestamp()) // 60
    if minute != _minute:
        _minute = minute
        _calls.clear()
    _calls[secret] += 1
    if _calls[secret] > PACE:
        raise Denied(429, "slow_down")
    return secret


def _bytes(text: object, length: int) -> bytes:
    try:
        return from_b64u(text, length=length)
    except Refused as refused:
        raise Denied(400, "bad_format") from refused


def _known(right: Right | None) -> Right:
    if right is None:
        raise Denied(404, "unknown")
    return right


def _filled(request: HttpRequest, fields: dict[str, object]) -> HttpResponse:
    return HttpResponse(filled(fields, CALLS[request.path].reply), content_type=JSON)
