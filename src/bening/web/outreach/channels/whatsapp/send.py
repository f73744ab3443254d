"""Request -> outcome: the only file of this channel with input and output."""

import json
from collections.abc import Callable
from typing import Any

import urllib3

from bening.web.outreach.channels.base import (
    Accepted,
    Message,
    NotSent,
    Outcome,
    Rejected,
    Throttled,
    Unknown,
)
from bening.web.outreach.channels.whatsapp.codes import classify
from bening.web.outreach.channels.whatsapp.render import render
from bening.web.outreach.channels.whatsapp.settings import Whatsapp
from bening.web.outreach.channels.wire import pool as pool
from bening.web.outreach.channels.wire import post


def line(account: Whatsapp) -> Callable[[Message], Outcome]:
    """An open line: connections stay open from message to message."""
    http = pool()
    return lambda message: send(http, account, message)


def send(http: urllib3.PoolManager, sender: Whatsapp, message: Message) -> Outcome:
    """Hand one message to the provider; every ending is one of five."""
    headers = {"Authorization": f"Bearer {sender.token}", "Content-Type": "application/json"}
    url = f"{sender.base_url}/{sender.version}/{sender.pnid}/messages"
    reply = post(http, url, render(message, sender), headers)
    return reply if isinstance(reply, NotSent | Unknown) else outcome(*reply)


def outcome(status: int, data: bytes) -> Outcome:
    """What a reply means; the code decides, not the HTTP status."""
    try:
        answer: object = json.loads(data)
    except (ValueError, RecursionError):
        return Unknown(f"http {status}")
    match answer:
        case {"messages": [{"id": str(wamid), **rest}, *_]}:
            return Accepted(wamid, held=rest.get("message_status", "accepted") != "accepted")
        case {"error": {"code": int(code)}}:
            kind = classify(code, status)
        case _:
            return Unknown(f"http {status}")
    return Throttled(str(code)) if kind == "throttle" else Rejected(str(code), kind, status)


def call(http: urllib3.PoolManager, sender: Whatsapp, method: str, path: str, **words: Any) -> dict[str, Any]:
    """A management call; raises on anything but a JSON object without an error."""
    reply = http.request(
        method,
        f"{sender.base_url}/{sender.version}/{path}",
        headers={"Authorization": f"Bearer {sender.token}"},
        redirect=False,
        **words,
    )
    answer: dict[str, Any] = json.loads(reply.data)
    if "error" in answer:
        raise RuntimeError(f"provider refused {method} {path.split('?')[0]}: {answer['error'].get('code')}")
    return answer
