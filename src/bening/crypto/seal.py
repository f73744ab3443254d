"""Sealing to the tally key: HPKE of RFC 9180, base mode, DHKEM(P-256, HKDF-SHA256), AES-128-GCM, no AAD.

Everything a part is tied to goes into `info`. The tally key exists whole for minutes only: when it is made,
and when the trustees open the box (shares.py).
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
CURVE = ec.SECP256R1()
SECRET = 32  # bytes of the private scalar


def make() -> bytes:
    """A new tally secret (32 bytes)."""
    return ec.generate_private_key(CURVE).private_numbers().private_value.to_bytes(SECRET, "big")


def public(secret: bytes) -> bytes:
    """The tally key (65 bytes, uncompressed point) of a secret."""
    return _private(secret).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def seal(block: bytes, info: bytes, *, key: bytes) -> bytes:
    """The sealed block behind its encapsulated key: 65 + len(block) + 16 bytes."""
    return SUITE.encrypt(block, ec.EllipticCurvePublicKey.from_encoded_point(CURVE, key), info)


class Opener:
    """Opens parts with the recovered secret."""

    def __init__(self, secret: bytes) -> None:
        self._key = _private(secret)

    def open(self, part: bytes, info: bytes) -> bytes:
        """The block; ValueError for anything that was not sealed to this key under this info."""
        try:
            return SUITE.decrypt(part, self._key, info)
        except InvalidTag as failed:  # also for points that lie on no curve
            raise ValueError("does not open") from failed


def _private(secret: bytes) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(secret, "big"), CURVE)
