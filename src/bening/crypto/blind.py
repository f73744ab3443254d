"""Blind RSA signatures of RFC 9474, variant RSABSSA-SHA384-PSS-Randomized, e = 65537.

The signer sees a uniformly random number and never the token; whoever holds the public key can check the
token's signature and nobody can tell which number it came from. Lengths follow the modulus, so that the
RFC's vectors (4,096 bits) run through the same code; 2,048 bits are enforced where entries are read.
"""

import hashlib
import secrets
from functools import lru_cache
from math import gcd

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA384

EXPONENT = 65537
HASH, SALT = 48, 48  # bytes of SHA-384, and of the salt of this variant
TRAILER = b"\xbc"


def draw(modulus: bytes) -> tuple[bytes, int]:
    """Fresh randomness for one blinding: a salt and a factor that has an inverse."""
    n = int.from_bytes(modulus, "big")
    while True:
        factor = secrets.randbelow(n - 2) + 2
        if gcd(factor, n) == 1:
            return secrets.token_bytes(SALT), factor


def blind(message: bytes, modulus: bytes, *, salt: bytes, factor: int) -> tuple[bytes, bytes]:
    """The blinded message and the inverse that undoes the blinding (RFC 9474, 4.2).

    `message` is prepared already: a token begins with 32 random bytes, which is what the variant asks for.
    """
    n, size = int.from_bytes(modulus, "big"), len(modulus)
    encoded = int.from_bytes(encode(message, n.bit_length() - 1, salt), "big")
    if gcd(encoded, n) != 1:
        raise ValueError("the encoded message shares a factor with the modulus")
    blinded = encoded * pow(factor, EXPONENT, n) % n
    return blinded.to_bytes(size, "big"), pow(factor, -1, n).to_bytes(size, "big")


def finalize(message: bytes, modulus: bytes, signed: bytes, *, inverse: bytes, salt: int = SALT) -> bytes:
    """The signature of the message out of the blind one; ValueError if it does not verify (4.4)."""
    n = int.from_bytes(modulus, "big")
    if len(signed) != len(modulus):
        raise ValueError("a blind signature of the wrong length")
    value = int.from_bytes(signed, "big") * int.from_bytes(inverse, "big") % n
    signature = value.to_bytes(len(modulus), "big")
    if not verify(modulus, message, signature, salt=salt):
        raise ValueError("the signer's answer is no signature of this message")
    return signature


def verify(modulus: bytes, message: bytes, signature: bytes, *, salt: int = SALT) -> bool:
    """Whether the key with this modulus signed the message; never raises on foreign bytes."""
    try:
        _public(modulus).verify(
            signature, message, padding.PSS(padding.MGF1(SHA384()), salt_length=salt), SHA384()
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def encode(message: bytes, bits: int, salt: bytes) -> bytes:
    """EMSA-PSS-ENCODE of RFC 8017, 9.1.1, with SHA-384 and MGF1 over it."""
    size = -(-bits // 8)
    digest = hashlib.sha384(bytes(8) + hashlib.sha384(message).digest() + salt).digest()
    block = bytes(size - len(salt) - HASH - 2) + b"\1" + salt
    masked = bytearray(a ^ b for a, b in zip(block, _mask(digest, len(block)), strict=True))
    masked[0] &= 0xFF >> (8 * size - bits)
    return bytes(masked) + digest + TRAILER


def _mask(seed: bytes, size: int) -> bytes:
    rounds = range(-(-size // HASH))
    return b"".join(hashlib.sha384(seed + at.to_bytes(4, "big")).digest() for at in rounds)[:size]


@lru_cache(maxsize=4096)  # building a key costs more than checking a signature with it
def _public(modulus: bytes) -> rsa.RSAPublicKey:
    return rsa.RSAPublicNumbers(EXPONENT, int.from_bytes(modulus, "big")).public_key()
