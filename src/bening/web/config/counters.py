"""The envelope around every reply of gate and box: one place for headers, origin, sizes and errors.

A middleware, because it must also stand around addresses that do not exist and what a view did not foresee.
Neither counter may import the other, so it is named in their common settings.
"""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from bening.core.problems import Refused
from bening.core.response.wire import CALLS, JSON, PLAIN, Call, Denied, filled

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "Cache-Control": "no-store",
    "Vary": "Origin",
}
AWAY = (Error, OSError, Refused)  # database down; manifest not there yet, or not for this process
UNFORESEEN = {404: "unknown", 405: "bad_format"}


class Envelope:
    """Refuses what is no call, dresses every reply, turns every exception into an error of the protocol."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        call = CALLS.get(request.path, Call())
        reply = self.answer(request, call)
        for name, value in HEADERS.items():
            reply[name] = value
        if request.headers.get("Origin") == settings.ORIGIN_CLIENT:
            reply["Access-Control-Allow-Origin"] = settings.ORIGIN_CLIENT
        return reply

    def answer(self, request: HttpRequest, call: Call) -> HttpResponseBase:
        """The reply before its headers."""
        try:
            admissible(request, call)
        except Denied as denied:
            return error(denied, call)
        reply = self.get_response(request)
        if reply.status_code >= 400 and reply["Content-Type"] != JSON:
            return error(Denied(reply.status_code, UNFORESEEN.get(reply.status_code, "try_later")), call)
        return reply

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse:
        """An error in the size of the call's reply; what was not foreseen leaves one quiet line."""
        if not isinstance(exception, Denied):
            logging.getLogger("bening.counter").error("", exc_info=exception)
            exception = Denied(503 if isinstance(exception, AWAY) else 500, "try_later")
        return error(exception, CALLS.get(request.path, Call()))


def admissible(request: HttpRequest, call: Call) -> None:
    """Whether this can be a call at all; `Denied` if not. The body is not read before its length is known."""
    if request.path not in CALLS:
        raise Denied(404, "unknown")
    if request.method != "POST":
        raise Denied(405, "bad_format")
    if request.headers.get("Origin") != settings.ORIGIN_CLIENT:
        raise Denied(400, "bad_format")
    if request.content_type != PLAIN:
        raise Denied(415, "bad_format")
    length = request.headers.get("Content-Length", "")
    if not length.isdigit():
        raise Denied(400, "bad_format")
    if int(length) > call.longest:
        raise Denied(413, "bad_format")


def error(denied: Denied, call: Call) -> HttpResponse:
    """`{"error": code}`, as long as the call's other replies."""
    return HttpResponse(filled({"error": denied.code}, call.reply), status=denied.status, content_type=JSON)
