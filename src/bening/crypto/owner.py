"""The phone's own key: ECDSA P-256 with SHA-256, signatures as 64 bytes r ‖ s."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
SIGNING = ec.ECDSA(SHA256())
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the group of P-256


def make(seed: int | None = None) -> ec.EllipticCurvePrivateKey:
    """A new key; a simulated phone gives a number as `seed` and gets the same key each time."""
    if seed is None:
        return ec.generate_private_key(CURVE)
    return ec.derive_private_key(seed % (ORDER - 1) + 1, CURVE)


def public(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public half as an uncompressed point (65 bytes)."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def sign(key: ec.EllipticCurvePrivateKey, message: bytes) -> bytes:
    """The signature as WebCrypto gives it: r ‖ s."""
    r, s = decode_dss_signature(key.sign(message, SIGNING))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def verify(point: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the key at this uncompressed point signed the message; never raises on foreign bytes."""
    if len(point) != 65 or len(signature) != 64:
        return False
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
        key.verify(encode_dss_signature(r, s), message, SIGNING)
    except (InvalidSignature, ValueError):
        return False
    return True
