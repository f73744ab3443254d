"""Contact fields: encrypted where they stand, found again by a keyed hash; keys come as bytes."""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bening.core.problems import refuse

NONCE = 12


def encrypt(key: bytes, text: str, *, field: str) -> bytes:
    """A text under AES-256-GCM (`key`: 32 bytes); it opens only as the same `field`, such as "frame.name"."""
    return encrypt_bytes(key, text.encode(), field=field)


def decrypt(key: bytes, data: bytes, *, field: str) -> str:
    """The text again; refuses a changed value, a foreign field or another key (BALLOT-140)."""
    return decrypt_bytes(key, data, field=field).decode()


def encrypt_bytes(key: bytes, data: bytes, *, field: str) -> bytes:
    """The same for what is no text, such as a part of a file."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, field.encode())


def decrypt_bytes(key: bytes, data: bytes, *, field: str) -> bytes:
    """What was encrypted; refuses as `decrypt` does (BALLOT-140)."""
    data = bytes(data)  # database drivers hand over memoryviews
    try:
        return AESGCM(key).decrypt(data[:NONCE], data[NONCE:], field.encode())
    except (InvalidTag, ValueError) as error:
        raise refuse("BALLOT-140", field=field) from error


def blind_index(key: bytes, text: str, *, field: str) -> bytes:
    """32 bytes by which an equal text is found without opening any: HMAC-SHA-256 over field and text."""
    return hmac.digest(key, b"bening/index/v1\0" + field.encode() + b"\0" + text.encode(), hashlib.sha256)
