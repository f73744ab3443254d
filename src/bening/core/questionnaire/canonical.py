"""Canonical JSON of a value that is already known to hold only texts, whole numbers, lists and objects."""

import json


def canonical(value: object) -> bytes:
    """Keys by code point, no spaces, nothing escaped that need not be, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
