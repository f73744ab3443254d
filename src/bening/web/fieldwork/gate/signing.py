"""The gate's line to the signer: a connection a thread, opened again when it broke."""

import socket
import threading

from django.conf import settings

REPLY = 257  # bytes: status, signature
OK = 0
PATIENCE = 10.0  # seconds for one signature
HEAD = b"\1\1"

_lines = threading.local()


class NotSigned(Exception):
    """The signer did not sign: it is away, knows no such key, or has signed for everybody of the stratum."""


def sign(kid: bytes, blinded: bytes) -> bytes:
    """The blind signature (256 bytes). Asking again is harmless: the same value gets the same signature."""
    request = HEAD + kid + blinded
    try:
        reply = _ask(request)
    except OSError:
        _lines.line = None
        try:
            reply = _ask(request)  # the signer was started again since this line was opened
        except OSError as away:
            _lines.line = None
            raise NotSigned from away
    if reply[0] != OK:
        raise NotSigned
    return reply[1:]


def _ask(request: bytes) -> bytes:
    line = getattr(_lines, "line", None) or _connected()
    line.sendall(request)
    reply = b""
    while len(reply) < REPLY:
        part = line.recv(REPLY - len(reply))
        if not part:
            raise ConnectionError
        reply += part
    return reply


def _connected() -> socket.socket:
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(PATIENCE)
    line.connect(str(settings.SIGNER_SOCKET))
    _lines.line = line
    return line
