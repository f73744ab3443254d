"""The envelopes of the calls: every request and reply of a call has one size, errors included."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bening.core.canonical import dump, read
from bening.core.problems import Refused
from bening.core.response.layout import CLOSED_CLASSES, TEXT_CLASSES, size_of

REQUEST = 512  # bytes of every JSON request
REPLY = 512  # bytes of every reply that is not listed otherwise
JSON = "application/json"  # of every reply
PLAIN = "text/plain"  # of every request: no browser asks permission for it first (ADR 7)


@dataclass(frozen=True, slots=True)
class Call:
    """One address of a counter: what comes in and how long the answer is."""

    reply: int = REPLY
    longest: int = REQUEST


CALLS: Mapping[str, Call] = {
    "/g/hello": Call(reply=4096),
    "/g/issue": Call(),
    "/g/used": Call(),
    "/b/ballot": Call(longest=size_of((CLOSED_CLASSES[-1], TEXT_CLASSES[-1]))),
    "/b/proof": Call(reply=4096),
}


class Denied(Exception):
    """A call is answered with an error: an HTTP status and a code of the protocol, nothing else."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


def filled(fields: Mapping[str, object], size: int) -> bytes:
    """The JSON of a request or reply, filled with a `pad` of zeros to its size."""
    short = len(dump({**fields, "pad": ""}))
    return dump({**fields, "pad": "0" * (size - short)})


def asked(body: bytes, fields: Sequence[str]) -> Mapping[str, Any]:
    """The fields of a JSON request: these and no others, 512 bytes; else 400 `bad_format`."""
    try:
        value = read(body) if len(body) == REQUEST else None
    except Refused:
        value = None
    if not isinstance(value, dict) or value.keys() != {*fields, "pad"}:
        raise Denied(400, "bad_format")
    if not isinstance(value["pad"], str) or value["pad"].strip("0"):
        raise Denied(400, "bad_format")
    return value
