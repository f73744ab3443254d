"""Which address does what, and how a refusal on either side of the house is answered."""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Callable
from urllib.parse import urlsplit

from bening.emulator import control, graph, inbox, tabs, texts
from bening.emulator.account import on_loopback
from bening.emulator.call import Answer, Call, problem
from bening.emulator.faults import GraphError
from bening.emulator.world import World

Handler = Callable[..., Answer]
GRAPH: list[tuple[str, str, Handler]] = [
    ("POST", r"/(\d+)/messages", graph.send),
    ("GET", r"/(\d+)/message_templates", graph.list_templates),
    ("POST", r"/(\d+)/message_templates", graph.create_template),
    ("DELETE", r"/(\d+)/message_templates", graph.delete_template),
    ("GET", r"/(\d+)/phone_numbers", graph.list_numbers),
    ("GET", r"/(\d+)/whatsapp_business_profile", graph.profile),
    ("POST", r"/(\d+)/whatsapp_business_profile", graph.profile),
    ("GET", r"/(\d+)/official_business_account", graph.official),
    ("POST", r"/(\d+)/official_business_account", graph.official),
    ("GET", r"/(\d+)/message_history", graph.history),
    ("POST", r"/(\d+)/subscribed_apps", graph.subscribe),
    ("GET", r"/(\d+)/subscribed_apps", graph.subscriptions),
    ("GET", r"/(\d+)", graph.read_object),
    ("POST", r"/(\d+)", graph.edit_object),
]
CONTROL: list[tuple[str, str, Handler]] = [
    ("GET", r"/_emu/clock", control.show_clock),
    ("POST", r"/_emu/clock", control.set_clock),
    ("POST", r"/_emu/clock/advance", control.advance_clock),
    ("GET", r"/_emu/chaos", control.show_chaos),
    ("PATCH", r"/_emu/chaos", control.patch_chaos),
    ("GET", r"/_emu/ledger", control.show_ledger),
    ("GET", r"/_emu/(sms|mail|letter)s?", control.show_parcels),
    ("GET", r"/_emu/links", control.show_links),
    ("GET", r"/_emu/phones", control.list_phones),
    ("GET", r"/_emu/phones/(\d+)/messages", control.phone_messages),
    ("POST", r"/_emu/phones/(\d+)/reply", control.phone_answers),
    ("PATCH", r"/_emu/phones/(\d+)", control.phone_state),
    ("POST", r"/_emu/phones/(\d+)/change_number", control.change_number),
    ("PATCH", r"/_emu/templates/(\d+)", control.force_template),
    ("POST", r"/_emu/token", control.renew_token),
    ("POST", r"/_emu/flush", control.flush),
    ("POST", r"/_emu/reset", control.reset),
]
PAGES: list[tuple[str, str, Handler]] = [
    ("GET", r"/", inbox.home),
    ("GET", r"/phones/(\d+)", inbox.phone),
    ("POST", r"/phones/(\d+)/say", inbox.say),
    ("POST", r"/phones/(\d+)/press", inbox.press),
    ("POST", r"/phones/(\d+)/state", inbox.state),
    ("POST", r"/phones/(\d+)/change", inbox.change),
    ("POST", r"/phones/(\d+)/resend", inbox.resend),
    ("POST", r"/sms", texts.accept),
    ("GET", r"/(sms|mail|letter)", tabs.listing),
    ("GET", r"/(sms|mail|letter)/(\d+)", tabs.one),
    ("POST", r"/(sms|mail)/(\d+)/resend", tabs.resend),
    ("POST", r"/letter", tabs.hand_in),
    ("GET", r"/letter/(\d+)\.pdf", tabs.paper),
    ("GET", r"/static/emulator\.css", inbox.style),
]
VERSION = re.compile(r"/v\d+\.\d+(?=/)")


def _compiled(routes: list[tuple[str, str, Handler]]) -> list[tuple[str, re.Pattern[str], Handler]]:
    return [(method, re.compile(pattern), handler) for method, pattern, handler in routes]


GRAPH_ROUTES, OWN_ROUTES = _compiled(GRAPH), _compiled(CONTROL + PAGES)


def answer(world: World, call: Call) -> Answer:
    try:
        version = VERSION.match(call.path)
        if version:
            return _graph(world, call, call.path[version.end() :])
        return _own(world, call)
    except Exception:
        traceback.print_exc(file=sys.stderr)
        return problem(500, "the emulator itself failed; see its output")


def _graph(world: World, call: Call, path: str) -> Answer:
    found = _find(GRAPH_ROUTES, call.method, path)
    try:
        if found is None:
            raise GraphError(33, f"Unsupported {call.method.lower()} request: {path}")
        handler, groups = found
        return handler(world, call, *groups)
    except GraphError as fault:
        return graph.refused(world, call, fault)


def _own(world: World, call: Call) -> Answer:
    if not _local(world, call):
        return problem(403, "this address answers to its own name only")
    found = _find(OWN_ROUTES, call.method, call.path)
    if found is None:
        return problem(404, "no such address")
    handler, groups = found
    try:
        return handler(world, call, *groups)
    except (ValueError, KeyError, GraphError) as error:
        return problem(400, str(error))


def _find(
    routes: list[tuple[str, re.Pattern[str], Handler]], method: str, path: str
) -> tuple[Handler, tuple[str, ...]] | None:
    for wanted, pattern, handler in routes:
        match = pattern.fullmatch(path) if wanted == method else None
        if match:
            return handler, match.groups()
    return None


def _local(world: World, call: Call) -> bool:
    """A page of another site open in the same browser must not press buttons here, nor read by rebinding."""
    host = call.headers.get("host", "")
    name = urlsplit(f"//{host}").hostname or ""
    origin = call.headers.get("origin")
    if not (on_loopback(name) or name == world.options.host):
        return False
    return call.method == "GET" or origin is None or urlsplit(origin).netloc == host
