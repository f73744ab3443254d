"""Ed25519: receipts of the box, signed notes of the log (C2SP signed-note), witnesses' lines under them."""

import base64
import hashlib
from collections.abc import Iterator

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\1"  # the kind of key, as signed notes number it
WITNESS = b"\4"  # the kind of a witness's key, which signs with a time (C2SP tlog-cosignature)


def make() -> bytes:
    """A new secret (32 bytes)."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


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


def key_id(name: str, key: bytes, kind: bytes = ED25519) -> bytes:
    """Four bytes that name a verifier beside its signature."""
    return hashlib.sha256(name.encode() + b"\n" + kind + key).digest()[:4]


def vkey(name: str, key: bytes, kind: bytes = ED25519) -> str:
    """The verifier key of a log, or of a witness: `name+key id+base64`."""
    return f"{name}+{key_id(name, key, kind).hex()}+{base64.b64encode(kind + key).decode()}"


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
    for text, mark in _marks(note, name):
        if mark[:4] == key_id(name, key) and verify(key, text.encode(), mark[4:]):
            return text
    return None


def cosigned(note: str, name: str, secret: bytes, *, time: int) -> str:
    """The note and one more line: at `time` (seconds) this witness saw a log that only ever grew."""
    text = note.rpartition("\n\n")[0] + "\n"
    stamp = time.to_bytes(8, "big") + sign(secret, _witnessed(text, time))
    mark = key_id(name, public(secret), WITNESS) + stamp
    return f"{note}— {name} {base64.b64encode(mark).decode()}\n"


def witnessed_at(note: str, name: str, key: bytes) -> int | None:
    """When a witness signed below this note, or None if it did not."""
    for text, mark in _marks(note, name):
        time = int.from_bytes(mark[4:12], "big")
        if mark[:4] == key_id(name, key, WITNESS) and verify(key, _witnessed(text, time), mark[12:]):
            return time
    return None


def _witnessed(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def _marks(note: str, name: str) -> Iterator[tuple[str, bytes]]:
    """The text of a note with each signature below it that claims to be this signer's."""
    text, gap, lines = note.rpartition("\n\n")
    for line in lines.splitlines() if gap else ():
        dash, _, rest = line.partition(" ")
        signer, _, mark = rest.rpartition(" ")
        if dash == "—" and signer == name:
            try:
                yield f"{text}\n", base64.b64decode(mark, validate=True)
            except ValueError:
                continue
