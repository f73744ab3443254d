"""The provider's own routes, as the product calls them."""

from __future__ import annotations

import re
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit, urlunsplit
from urllib.request import ProxyHandler, build_opener

from bening.emulator.account import checked_destination
from bening.emulator.call import HTML_KIND, Answer, Call, as_json
from bening.emulator.clock import iso
from bening.emulator.faults import TITLES, GraphError, error_body
from bening.emulator.limits import TIER_NAMES
from bening.emulator.sending import LineError, Taken, take
from bening.emulator.store import DELIVERED
from bening.emulator.templates import NAMES_MAX, Template
from bening.emulator.world import World

CHALLENGE_TIMEOUT_S = 10
HTTP_HABITS = (400, 401, 403, 404, 429, 500, 503)
BAD_GATEWAY = b"<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>"


def refused(world: World, call: Call, fault: GraphError) -> Answer:
    world.refuse(fault.code)
    dice = world.dice("refusal", call.raw, fault.code)
    status = fault.http
    if world.chaos.knobs.random_http_status:
        status = HTTP_HABITS[dice.between("http", 0, len(HTTP_HABITS) - 1)]
    return Answer(status, error_body(fault, dice.digest("trace").hex()))


def admit(world: World, call: Call, purpose: str) -> None:
    offered = call.headers.get("authorization", "")
    token = offered[7:] if offered.lower().startswith("bearer ") else call.query.get("access_token", "")
    knobs = world.chaos.knobs
    world.account.check_token(token.strip(), world.clock.now(), knobs)
    world.account.check_permission(purpose, knobs)


def send(world: World, call: Call, pnid: str) -> Answer:
    admit(world, call, "messaging")
    world.account.check_object(pnid, world.options.identity.pnid)
    body = call.body()
    if body.get("status") == "read":
        return as_json({"success": True})
    try:
        taken = take(world, body, call.raw)
    except LineError as broken:
        if broken.how == "bad_gateway":
            return Answer(502, BAD_GATEWAY, HTML_KIND)
        return Answer(200, flaw=broken.how, hang_s=broken.hang_s)
    return accepted(taken, str(body.get("to") or taken.number))


def accepted(taken: Taken, asked: str) -> Answer:
    if taken.reply in ("hang", "reset"):
        return Answer(200, flaw=taken.reply, hang_s=taken.hang_s)
    if taken.reply == "nonjson":
        return Answer(200, b"OK", "text/plain")
    status = "held_for_quality_assessment" if taken.reply == "held" else "accepted"
    return as_json(
        {
            "messaging_product": "whatsapp",
            "contacts": [{"input": asked, "wa_id": taken.number, "user_id": taken.user_id}],
            "messages": [{"id": taken.wamid, "message_status": status}],
        }
    )


def list_templates(world: World, call: Call, waba: str) -> Answer:
    admit(world, call, "management")
    world.account.check_object(waba, world.options.identity.waba)
    query = call.query
    found = [
        template.shown()
        for template in world.templates.listed(world.clock.now())
        if all(query.get(name, shown) == shown for name, shown in _filters(template))
    ]
    start, limit = call.number("after", 0), max(1, call.number("limit", 25))
    page = found[start : start + limit]
    paging: dict[str, Any] = {"cursors": {"before": str(start), "after": str(start + len(page))}}
    if start + limit < len(found):
        paging["next"] = f"{call.path}?{urlencode(query | {'after': str(start + limit)})}"
    listing: dict[str, Any] = {"data": [_only(one, query) for one in page], "paging": paging}
    if "summary" in query:
        listing["summary"] = {
            "total_count": len(found),
            "message_template_count": len(found),
            "message_template_limit": NAMES_MAX,
            "are_translations_complete": True,
        }
    return as_json(listing)


def _filters(template: Template) -> tuple[tuple[str, str], ...]:
    return (("name", template.name), ("language", template.language), ("status", template.status))


def _only(value: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
    """`fields=a,b{c}` keeps a and b, and always the id."""
    fields = re.sub(r"\{[^}]*\}", "", query.get("fields", ""))
    wanted = {name.strip() for name in fields.split(",") if name.strip()}
    return {name: item for name, item in value.items() if not wanted or name in wanted or name == "id"}


def create_template(world: World, call: Call, waba: str) -> Answer:
    admit(world, call, "management")
    world.account.check_object(waba, world.options.identity.waba)
    template = world.templates.create(call.body(), world.clock.now())
    return as_json({"id": template.id, "status": "PENDING", "category": template.category})


def delete_template(world: World, call: Call, waba: str) -> Answer:
    admit(world, call, "management")
    world.account.check_object(waba, world.options.identity.waba)
    if not world.templates.delete(call.query.get("name", ""), call.query.get("hsm_id")):
        raise GraphError(100, "No template of this name.")
    return as_json({"success": True})


def read_object(world: World, call: Call, which: str) -> Answer:
    """One address for two kinds of object: the phone number, or a template."""
    admit(world, call, "management")
    if which == world.options.identity.pnid:
        return as_json(_only(number_info(world), call.query))
    template = world.templates.get(which, world.clock.now())
    if template is None:
        raise GraphError(33, f"Object with ID '{which}' does not exist.")
    return as_json(_only(template.shown(), call.query))


def edit_object(world: World, call: Call, which: str) -> Answer:
    admit(world, call, "management")
    template = world.templates.get(which, world.clock.now())
    if template is None:
        raise GraphError(33, f"Object with ID '{which}' does not exist.")
    world.templates.edit(template, call.body(), world.clock.now())
    return as_json({"success": True})


def list_numbers(world: World, call: Call, waba: str) -> Answer:
    admit(world, call, "management")
    world.account.check_object(waba, world.options.identity.waba)
    return as_json({"data": [_only(number_info(world), call.query)]})


def number_info(world: World) -> dict[str, Any]:
    identity, knobs, now = world.options.identity, world.chaos.knobs, world.clock.now()
    tier = world.limits.tier(knobs)
    return {
        "id": identity.pnid,
        "display_phone_number": f"+{identity.number}",
        "verified_name": identity.name,
        "quality_rating": world.quality(now),
        "throughput": {"level": "STANDARD" if 0 < knobs.rate_mps < 1000 else "HIGH"},
        "whatsapp_business_manager_messaging_limit": TIER_NAMES.get(tier, f"TIER_{tier}"),
        "is_official_business_account": identity.official,
        "name_status": "APPROVED",
    }


def profile(world: World, call: Call, pnid: str) -> Answer:
    admit(world, call, "management")
    world.account.check_object(pnid, world.options.identity.pnid)
    if call.method == "POST":
        world.store.remember("profile", world.store.recall("profile", {}) | call.body())
        return as_json({"success": True})
    known = {"messaging_product": "whatsapp", "about": world.options.identity.name, "vertical": "GOVT"}
    return as_json({"data": [known | world.store.recall("profile", {})]})


def official(world: World, call: Call, pnid: str) -> Answer:
    admit(world, call, "management")
    world.account.check_object(pnid, world.options.identity.pnid)
    if call.method == "POST":
        world.store.remember("badge", "PENDING")
        return as_json({"success": True})
    status = "APPROVED" if world.options.identity.official else world.store.recall("badge", "NOT_STARTED")
    return as_json({"id": pnid, "oba_status": status})


def subscribe(world: World, call: Call, waba: str) -> Answer:
    """Asks the destination to prove itself, as the provider does, before any news goes there."""
    admit(world, call, "management")
    world.account.check_object(waba, world.options.identity.waba)
    body = call.body()
    try:
        url = checked_destination(str(body.get("override_callback_uri") or world.courier.destination.url))
    except ValueError as error:
        raise GraphError(2200, str(error)) from None
    challenge(world, url, str(body.get("verify_token") or world.options.verify_token))
    world.courier.destination.url = url
    world.store.remember("webhook", url)
    world.courier.wake()
    return as_json({"success": True})


def challenge(world: World, url: str, verify_token: str) -> None:
    nonce = str(int.from_bytes(world.dice("challenge", url, world.clock.now()).digest("nonce")[:5], "big"))
    asked = {"hub.mode": "subscribe", "hub.challenge": nonce, "hub.verify_token": verify_token}
    parts = urlsplit(url)
    query = "&".join(text for text in (parts.query, urlencode(asked)) if text)
    # A proxy of the surroundings must not see what is meant for this machine.
    opener = build_opener(ProxyHandler({}))
    try:
        with opener.open(urlunsplit(parts._replace(query=query)), timeout=CHALLENGE_TIMEOUT_S) as page:
            echoed = page.read(1000)
    except (URLError, OSError) as error:
        raise GraphError(2200, f"Callback verification failed: {error}") from None
    if echoed != nonce.encode():
        raise GraphError(2200, "Callback verification failed: the challenge did not come back.")


def subscriptions(world: World, call: Call, waba: str) -> Answer:
    admit(world, call, "management")
    world.account.check_object(waba, world.options.identity.waba)
    url = world.courier.destination.url
    data = [{"whatsapp_business_api_data": {"id": "1", "name": "bening"}, "override_callback_uri": url}]
    return as_json({"data": data if url else []})


def history(world: World, call: Call, pnid: str) -> Answer:
    """What happened to one message. Repairs reports that were lost on the way."""
    admit(world, call, "messaging")
    world.account.check_object(pnid, world.options.identity.pnid)
    wamid = call.query.get("message_id", "")
    message = world.store.one("SELECT ordinal, at FROM message WHERE wamid = ?", wamid)
    if message is None:
        return as_json({"data": []})
    sql = """SELECT name, at, state, code FROM event
      WHERE ordinal = ? AND kind = 'status' AND at <= ? ORDER BY at, id"""
    rows = world.store.rows(sql, message["ordinal"], world.clock.now())
    events = [{"delivery_status": "ACCEPTED", "timestamp": iso(message["at"])}]
    events += [
        {
            "delivery_status": row["name"].upper(),
            "webhook_update_state": "DELIVERED" if row["state"] == DELIVERED else "NOT_DELIVERED",
            "timestamp": iso(row["at"]),
            "error_description": TITLES[row["code"]][1] if row["code"] in TITLES else "",
        }
        for row in rows
    ]
    limit = min(100, call.number("limit", 100))
    return as_json({"data": [{"id": wamid, "message_id": wamid, "events": {"data": events[:limit]}}]})
