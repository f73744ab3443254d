"""Ed25519: receipts of the box, and the signed notes of the log (C2SP signed-note)."""

import base64
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\1"  # the kind of key, as signed notes number it


def public(secret: bytes) -> bytes:
    """The public key (32 bytes) of a secret of 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def sign(secret: bytes, message: bytes) -> bytes:
    """64 bytes, the same each time."""
    return Ed25519PrivateKey.from_private_bytes(secret).sign(message)


def verify(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether this public key signed the message."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def key_id(name: str, key: bytes) -> bytes:
    """Four bytes that name a verifier beside its signature."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + key).digest()[:4]


def vkey(name: str, key: bytes) -> str:
    """The verifier key of a log: `name+key id+base64`."""
    return f"{name}+{key_id(name, key).hex()}+{base64.b64encode(ED25519 + key).decode()}"


def read_vkey(text: str) -> tuple[str, bytes]:
    """Name and public key of a verifier key; ValueError for anything else."""
    name, _, rest = text.partition("+")
    identity, _, encoded = rest.partition("+")
    data = base64.b64decode(encoded, validate=True)
    if data[:1] != ED25519 or len(data) != 33 or identity != key_id(name, data[1:]).hex():
        raise ValueError("not a verifier key")
    return name, data[1:]


def checkpoint(origin: str, size: int, root: bytes) -> str:
    """The text of a checkpoint, its last newline included."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"


def signed(text: str, name: str, secret: bytes) -> str:
    """A note: the text, an empty line, one signature line."""
    mark = key_id(name, public(secret)) + sign(secret, text.encode())
    return f"{text}\n— {name} {base64.b64encode(mark).decode()}\n"


def verified(note: str, name: str, key: bytes) -> str | None:
    """The text of a note that this key signed under this name, else None."""
    text, gap, marks = note.rpartition("\n\n")
    for line in marks.splitlines() if gap else ():
        dash, _, rest = line.partition(" ")
        signer, _, mark = rest.rpartition(" ")
        if dash != "—" or signer != name:
            continue
        try:
            data = base64.b64decode(mark, validate=True)
        except ValueError:
            continue
        if data[:4] == key_id(name, key) and verify(key, f"{text}\n".encode(), data[4:]):
            return f"{text}\n"
    return None
