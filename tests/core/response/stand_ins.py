"""Stand-ins for cryptography in tests of pure rules, which are lent their verifiers and openers.

Sizes are the real ones; nothing is hidden and a signature is an empty place.
"""

import hashlib

from bening.core.response.layout import ENC, SIGNATURE, TAG

NO_SIGNATURE = bytes(SIGNATURE)


def modulus(stratum):
    """256 bytes that look like a modulus and differ by stratum."""
    seed = b"stand-in/" + stratum.encode()
    n = bytearray(b"".join(hashlib.sha256(seed + at.to_bytes(4, "big")).digest() for at in range(8)))
    n[0] |= 0x80
    n[-1] |= 0x01
    return bytes(n)


def seal(block, info):
    """The readable block where the ciphertext stands."""
    return bytes(ENC) + block + bytes(TAG)


def unseal(part, info):
    """The block of a part."""
    if any(part[:ENC]) or any(part[-TAG:]):
        raise ValueError("does not open")
    return part[ENC:-TAG]


def verify_token(modulus, token, signature):
    """Whether the place of the signature is empty."""
    return signature == NO_SIGNATURE
