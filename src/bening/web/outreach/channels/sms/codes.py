"""Provider code -> class of outcome. The provider's own table adds to this one."""

from collections.abc import Mapping

KINDS = ("stop_channel", "stop_template", "throttle", "retry", "contact_dead", "person_wait", "opted_out")
BY_STATUS = {"401": "stop_channel", "403": "stop_channel", "402": "stop_channel", "429": "throttle"}
BY_WORD = {"failed": "contact_dead", "UNDELIV": "contact_dead", "EXPIRED": "contact_dead"}


def kind_of(code: str, own: Mapping[str, str] | None = None) -> str:
    """The class of a code; an unlisted one is our fault until somebody classifies it."""
    found = (own or {}).get(code) or BY_STATUS.get(code) or BY_WORD.get(code)
    if found in KINDS:
        return str(found)
    return "retry" if len(code) == 3 and code.startswith("5") else "our_fault"
