"""Slice 0 only: what stands where blind signature and sealing will be. Refused outside a demo deployment.

The bytes have their final sizes, so that phone, gate, box and tally change in no other place when
`crypto.blind` and `crypto.seal` replace this file.
"""

import hashlib

from bening.core.problems import refuse
from bening.core.response.layout import ENC, SIGNATURE, TAG

SUITE = {"blind": "none", "rsa": 2048, "hpke": "none", "own": "ES256"}
NO_SIGNATURE = bytes(SIGNATURE)
NO_KEY = bytes(65)


def modulus(stratum: str) -> bytes:
    """256 bytes for an RSA modulus: SHA-256 in counter mode over the label, top and last bit set."""
    seed = b"bening/demo/n/v1\0" + stratum.encode()
    n = bytearray(b"".join(hashlib.sha256(seed + at.to_bytes(4, "big")).digest() for at in range(8)))
    n[0] |= 0x80
    n[-1] |= 0x01
    return bytes(n)


def seal(block: bytes, info: bytes) -> bytes:
    """The readable block where the ciphertext will stand; `info` binds nothing yet."""
    return bytes(ENC) + block + bytes(TAG)


def unseal(part: bytes, info: bytes) -> bytes:
    """The block of a part; refuses anything but zeros around it, so that no mark fits in (BALLOT-106)."""
    if any(part[:ENC]) or any(part[-TAG:]):
        raise refuse("BALLOT-106")
    return part[ENC:-TAG]


def verify_token(modulus: bytes, token: bytes, signature: bytes) -> bool:
    """Whether the place of the signature is empty."""
    return signature == NO_SIGNATURE
