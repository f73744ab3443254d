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
from bening.web.outreach.channels.sms.codes import kind_of
from bening.web.outreach.channels.sms.render import render
from bening.web.outreach.channels.sms.settings import Sms
from bening.web.outreach.channels.wire import pool, post


def line(account: Sms) -> Callable[[Message], Outcome]:
    """An open line: connections stay open from message to message."""
    http = pool()
    return lambda message: send(http, account, message)


def send(http: urllib3.PoolManager, account: Sms, message: Message) -> Outcome:
    """Hand one text to the provider; every ending is one of five."""
    try:
        body = render(message, account)
    except ValueError:
        return Rejected("too_long", "our_fault", 0)
    headers = {"Content-Type": account.content_type, **account.headers}
    reply = post(http, account.url, body, headers, method=account.method)
    return reply if isinstance(reply, NotSent | Unknown) else outcome(account, *reply)


def outcome(account: Sms, status: int, data: bytes) -> Outcome:
    """What a reply means: an id taken, a code refused; anything else may have been sent."""
    try:
        answer = json.loads(data)
    except (ValueError, RecursionError):
        answer = None
    code, known = at(answer, account.error_path), at(answer, account.id_path)
    if code is None and status in account.ok_status and known is not None:
        return Accepted(str(known)[:160])
    if code is None and status in (401, 402, 403, 429):
        code = status
    if code is None:
        return Unknown(f"http {status}")
    kind = kind_of(str(code), account.codes)
    return Throttled(str(code)) if kind == "throttle" else Rejected(str(code)[:40], kind, status)


def at(answer: Any, path: str) -> Any:
    """What stands in an answer under `a.b.c`; None if nothing does."""
    for name in path.split("."):
        if not isinstance(answer, dict):
            return None
        answer = answer.get(name)
    return answer if isinstance(answer, str | int) else None
