"""The private half of stratum keys: raw RSA for the signer, in constant time and checked before it leaves.

The only file that needs gmpy2: `cryptography` has no RSA without padding, and Python's `pow` takes longer for
some secrets than for others. An HSM with raw RSA can take the place of `RawRsa`.
"""

import secrets
from pathlib import Path
from typing import NamedTuple

import gmpy2
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from bening.crypto.blind import EXPONENT

BITS, SIZE = 2048, 256


class PrivateKey(NamedTuple):
    """The numbers of a key, as gmpy2 wants them."""

    n: gmpy2.mpz
    p: gmpy2.mpz
    q: gmpy2.mpz
    dp: gmpy2.mpz
    dq: gmpy2.mpz
    qinv: gmpy2.mpz


class BadInput(ValueError):
    """A blinded value of the wrong length, or not below the modulus."""


def make() -> tuple[bytes, bytes]:
    """A new key: its modulus (256 bytes) and its PKCS#8 PEM."""
    key = rsa.generate_private_key(public_exponent=EXPONENT, key_size=BITS)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return key.public_key().public_numbers().n.to_bytes(SIZE, "big"), pem


def load(pem: bytes) -> PrivateKey:
    """The key of a PEM."""
    key = load_pem_private_key(pem, password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("not an RSA key")
    numbers = key.private_numbers()
    parts = (
        numbers.public_numbers.n, numbers.p, numbers.q, numbers.dmp1, numbers.dmq1, numbers.iqmp,
    )  # fmt: skip
    return PrivateKey(*map(gmpy2.mpz, parts))


def sign(key: PrivateKey, blinded: bytes) -> bytes:
    """The blind signature of a blinded value (RFC 9474, 4.3); the same value gives the same signature.

    The value is multiplied by a random number first, so that time and faults tell nothing about the key; the
    result is checked before it is given away, because one faulty signature would hand out the factors.
    """
    size = (key.n.bit_length() + 7) // 8
    value = gmpy2.mpz(int.from_bytes(blinded, "big"))
    if len(blinded) != size or value >= key.n:
        raise BadInput
    factor = gmpy2.mpz(secrets.randbelow(int(key.n) - 2) + 2)
    hidden = value * gmpy2.powmod(factor, EXPONENT, key.n) % key.n
    left = gmpy2.powmod_sec(hidden % key.p, key.dp, key.p)
    right = gmpy2.powmod_sec(hidden % key.q, key.dq, key.q)
    joined = right + key.q * (key.qinv * (left - right) % key.p)
    signed = joined * gmpy2.invert(factor, key.n) % key.n
    if gmpy2.powmod(signed, EXPONENT, key.n) != value:
        raise ArithmeticError("a signature that does not check is kept back")
    return int(signed).to_bytes(size, "big")


class RawRsa:
    """Signs by key id with the keys of a folder, `<kid>.pem`, each read when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._keys: dict[bytes, PrivateKey] = {}

    def takes(self, kid: bytes, blinded: bytes) -> bool:
        """Whether this value can be signed under this key; FileNotFoundError for a key that is not there."""
        return len(blinded) == SIZE and int.from_bytes(blinded, "big") < self._key(kid).n

    def sign(self, kid: bytes, blinded: bytes) -> bytes:
        """256 bytes; `BadInput` for what cannot be signed, FileNotFoundError for an unknown key."""
        return sign(self._key(kid), blinded)

    def _key(self, kid: bytes) -> PrivateKey:
        if kid not in self._keys:
            self._keys[kid] = load((self._folder / f"{kid.hex()}.pem").read_bytes())
        return self._keys[kid]
