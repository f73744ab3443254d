"""The body of a webhook and its signature. Pure: the courier carries it."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from bening.emulator.account import Identity
from bening.emulator.chaos import Chance, Knobs
from bening.emulator.faults import webhook_error

# Fields that tell of a person, and therefore name the number that person wrote to.
PERSONAL = ("user_preferences", "user_id_update")


@dataclass(frozen=True, slots=True)
class News:
    """One row of the outbox with what its message contributes."""

    id: int
    kind: str
    name: str
    at: float
    tries: int
    code: int | None
    value: str
    ordinal: int
    wamid: str
    number: str
    callback: str
    category: str

    @property
    def identity(self) -> tuple[object, ...]:
        """What the dice of a batch are keyed by: what is told, since the number of the row is an accident."""
        return (self.wamid, self.value, self.name, self.tries)


@dataclass(frozen=True, slots=True)
class Parcel:
    body: bytes
    signature: str
    flaw: str  # empty when the destination is expected to take it


OTHER_KINDS = ("sms", "mail")


def signature(secret: bytes, body: bytes) -> str:
    return "sha256=" + hmac.new(secret, body, sha256).hexdigest()


def parcel(
    news: Sequence[News],
    identity: Identity,
    knobs: Knobs,
    dice: Chance,
    *,
    secret: bytes,
    corrupt: bool = False,
) -> Parcel:
    """Reports about texts and letters by mail travel alone, in the bare form of their own providers."""
    other = news[0].kind in OTHER_KINDS
    body = news[0].value.encode() if other else written(payload(news, identity, knobs, dice), dice)
    if corrupt or dice.happens("bad signature", knobs.p_bad_signature):
        return Parcel(body, signature(secret + b"?", body), "bad_signature")
    if dice.happens("truncated", knobs.p_truncated):
        # The signature is that of the whole body, as when a line breaks on the way.
        return Parcel(body[: len(body) * 2 // 3], signature(secret, body), "truncated")
    return Parcel(body, signature(secret, body), "")


def written(value: dict[str, Any], dice: Chance) -> bytes:
    """The provider escapes in more than one style; a receiver that re-serialises would notice."""
    style = dice.between("style", 0, 2)
    text = json.dumps(value, ensure_ascii=style != 1, separators=(",", ":"))
    return (text.replace("/", "\\/") if style == 2 else text).encode()


def payload(news: Sequence[News], identity: Identity, knobs: Knobs, dice: Chance) -> dict[str, Any]:
    changes = list(_changes(news, identity, knobs, dice))
    per_entry = dice.between("changes per entry", 1, 3)
    entries = [
        {"id": identity.waba, "time": int(news[0].at), "changes": changes[start : start + per_entry]}
        for start in range(0, len(changes), per_entry)
    ]
    return {"object": "whatsapp_business_account", "entry": entries}


def _changes(
    news: Sequence[News], identity: Identity, knobs: Knobs, dice: Chance
) -> Iterator[dict[str, Any]]:
    statuses = [one for one in news if one.kind == "status"]
    per_change = dice.between("statuses per change", 1, 25)
    for start in range(0, len(statuses), per_change):
        some = statuses[start : start + per_change]
        value: dict[str, Any] = {"statuses": [_status(one, identity) for one in some]}
        if not dice.happens(f"no contacts {start}", knobs.p_missing_contacts):
            value["contacts"] = [
                {"wa_id": one.number, "user_id": identity.user_id(one.number)} for one in some
            ]
        yield _change("messages", _envelope(identity) | value)
    for one in news:
        if one.kind == "inbound":
            yield _change("messages", _envelope(identity) | json.loads(one.value))
        elif one.kind == "field":
            extra = _envelope(identity) if one.name in PERSONAL else {}
            yield _change(one.name, extra | json.loads(one.value))


def _change(field: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"field": field, "value": value}


def _envelope(identity: Identity) -> dict[str, Any]:
    metadata = {"display_phone_number": identity.number, "phone_number_id": identity.pnid}
    return {"messaging_product": "whatsapp", "metadata": metadata}


def _status(one: News, identity: Identity) -> dict[str, Any]:
    status: dict[str, Any] = {
        "id": one.wamid,
        "status": one.name,
        "timestamp": str(int(one.at)),
        "recipient_id": one.number,
        "recipient_user_id": identity.user_id(one.number),
    }
    if one.callback:
        status["biz_opaque_callback_data"] = one.callback
    if one.name in ("sent", "delivered"):
        status["pricing"] = {
            "billable": True,
            "pricing_model": "PMP",
            "category": one.category.lower(),
            "type": "regular",
        }
    if one.code is not None:
        status["errors"] = [webhook_error(one.code)]
    return status
