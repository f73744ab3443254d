"""Canonical JSON: one sequence of bytes for one value, the same in Python and JavaScript."""

import base64
import binascii
import json
from typing import Any, NoReturn

from bening.core.problems import refuse

GREATEST = 2**53 - 1  # JavaScript knows no greater whole number exactly


def dump(value: object) -> bytes:
    """The bytes of a value: keys by code point, no spaces, UTF-8; refuses what has no form (BALLOT-101)."""
    try:
        _inspect(value)
        return _encode(value)
    except (ValueError, RecursionError) as error:
        raise refuse("BALLOT-101", what=str(error)[:120]) from error


def parse(data: bytes) -> Any:
    """The value whose canonical bytes these are; any other spelling of it is refused (BALLOT-101)."""
    value = read(data)
    if _encode(value) != data:
        raise refuse("BALLOT-101", what="another spelling of the same value")
    return value


def read(data: bytes) -> Any:
    """A value in any JSON spelling, without floats, repeated keys and lone surrogates (BALLOT-101)."""
    try:
        value = json.loads(
            data.decode(), object_pairs_hook=_once, parse_float=_no_number, parse_constant=_no_number
        )
        _inspect(value)
        return value
    except (ValueError, RecursionError) as error:
        raise refuse("BALLOT-101", what=str(error)[:120]) from error


def b64u(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_b64u(text: object, *, length: int) -> bytes:
    """The bytes of a base64url text; one spelling only, so that no field can carry a mark (BALLOT-102)."""
    try:
        data = base64.urlsafe_b64decode(f"{text}==".encode("ascii")) if isinstance(text, str) else b""
    except (binascii.Error, ValueError):
        data = b""
    if len(data) != length or b64u(data) != text:
        raise refuse("BALLOT-102", length=length)
    return data


def _encode(value: object) -> bytes:
    # Python compares texts by code point, which is the order the format wants.
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _inspect(value: object) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise ValueError("a key is no text")
            _inspect(key)
            _inspect(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _inspect(inner)
    elif isinstance(value, str):
        value.encode()  # a lone surrogate has no UTF-8
    elif value is not None and not isinstance(value, int):
        raise ValueError(f"no {type(value).__name__} in canonical JSON")
    elif isinstance(value, int) and abs(value) > GREATEST:
        raise ValueError("a whole number beyond 2^53 - 1")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no whole number")
