"""Request -> outcome: the only file of this channel with input and output."""

import io
import json
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
from bening.web.outreach.channels.whatsapp.render import request_body
from bening.web.outreach.channels.whatsapp.settings import Whatsapp

CONNECTIONS = 48


class Watched(io.BytesIO):
    """A body that remembers whether the network layer began to read it."""

    started = False

    def read(self, size: int | None = -1, /) -> bytes:
        """Read and remember."""
        self.started = True
        return super().read(size)


def pool() -> urllib3.PoolManager:
    """Connections without hidden retries: a repeated POST would be a second message."""
    return urllib3.PoolManager(
        maxsize=CONNECTIONS, block=True, retries=False, timeout=urllib3.Timeout(connect=5, read=20)
    )


def send(http: urllib3.PoolManager, sender: Whatsapp, message: Message) -> Outcome:
    """Hand one message to the provider; every ending is one of five."""
    raw = request_body(message)
    body = Watched(raw)
    headers = {
        "Authorization": f"Bearer {sender.token}",
        "Content-Type": "application/json",
        "Content-Length": str(len(raw)),
    }
    url = f"{sender.base_url}/{sender.version}/{sender.pnid}/messages"
    try:
        reply = http.request("POST", url, body=body, headers=headers, redirect=False)
    except urllib3.exceptions.HTTPError as error:
        kind = type(error).__name__
        return Unknown(kind) if body.started else NotSent(kind)
    return outcome(reply.status, reply.data)


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
