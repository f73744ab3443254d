"""The provider's refusals: code, usual HTTP status and title, and the shape in which they travel."""

from __future__ import annotations

import json

TITLES: dict[int, tuple[int, str]] = {
    2: (500, "API Service"),
    4: (400, "Application request limit reached"),
    10: (400, "Application does not have permission for this action"),
    33: (400, "Unsupported request: object does not exist or cannot be loaded"),
    100: (400, "Invalid parameter"),
    190: (401, "Access token has expired"),
    200: (400, "Permissions error"),
    2200: (400, "Callback verification failed"),
    130429: (400, "Rate limit hit"),
    131000: (500, "Something went wrong"),
    131008: (400, "Required parameter is missing"),
    131009: (400, "Parameter value is not valid"),
    131016: (500, "Service unavailable"),
    131021: (400, "Recipient cannot be sender"),
    131026: (400, "Message undeliverable"),
    131030: (400, "Recipient phone number not in allowed list"),
    131047: (400, "Re-engagement message"),
    131048: (400, "Spam rate limit hit"),
    131049: (400, "Message not delivered to maintain healthy ecosystem engagement"),
    131050: (400, "User has stopped marketing messages from this business"),
    131056: (400, "Pair rate limit hit"),
    131057: (400, "Account in maintenance mode"),
    132000: (400, "Number of parameters does not match the expected number of params"),
    132001: (400, "Template name does not exist in the translation"),
    132005: (400, "Translated text too long"),
    132012: (400, "Parameter format does not match format in the created template"),
    132015: (400, "Template is paused"),
    132016: (400, "Template is disabled"),
    132018: (400, "Parameter text contains characters that are not allowed"),
}


class GraphError(Exception):
    """A refusal. `code` decides; the HTTP status is a habit of the provider and no more."""

    def __init__(self, code: int, details: str = "", *, subcode: int | None = None) -> None:
        self.code = code
        self.details = details
        self.subcode = subcode
        self.http, self.title = TITLES.get(code, (400, "Error"))
        super().__init__(f"({code}) {self.title}: {details}")


def error_body(fault: GraphError, trace: str) -> bytes:
    """The refusal as the provider writes it."""
    error: dict[str, object] = {
        "message": f"(#{fault.code}) {fault.title}",
        "type": "OAuthException",
        "code": fault.code,
        "error_data": {"messaging_product": "whatsapp", "details": fault.details or fault.title},
        "fbtrace_id": trace,
    }
    if fault.subcode is not None:
        error["error_subcode"] = fault.subcode
        error["error_user_msg"] = fault.details
    return json.dumps({"error": error}).encode()


def webhook_error(code: int) -> dict[str, object]:
    """The same code as it appears inside a status webhook."""
    title = TITLES.get(code, (400, "Error"))[1]
    return {"code": code, "title": title, "message": title, "error_data": {"details": title}}
