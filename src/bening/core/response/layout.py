"""The bytes of a ballot: 619 + P1 + P2 of them, whatever was answered (docs/methods/ballots.md)."""

import hashlib
from collections.abc import Callable, Mapping, Sequence

from bening.core.canonical import dump
from bening.core.kinds import Ballot
from bening.core.problems import refuse

MAGIC = b"BNB1"
KID, TOKEN, SIGNATURE, VERSION, OWNER = 32, 97, 256, 4, 64
HEAD = len(MAGIC) + KID + TOKEN + SIGNATURE + VERSION
ENC, TAG = 65, 16  # HPKE: encapsulated key before the ciphertext, tag after it
FIXED = HEAD + 2 * (ENC + TAG) + OWNER
CLOSED_CLASSES = (512, 1024, 2048, 4096)
TEXT_CLASSES = (1024, 2048, 4096, 8192)
GREATEST_VERSION = 2**32 - 1

Pad = tuple[int, int]  # P1, P2: bytes of the padded closed part and text part


def kid_of(modulus: bytes) -> bytes:
    """The key id of a 2,048-bit modulus (256 bytes)."""
    return hashlib.sha256(b"bening/key/v1\0" + modulus).digest()


def bind(kid: bytes, token: bytes, version: int) -> bytes:
    """What a part is tied to: stratum, token and version (32 bytes)."""
    return hashlib.sha256(kid + token + version.to_bytes(VERSION, "big")).digest()


def info(slot: str, bound: bytes) -> bytes:
    """The context a part is sealed under; `slot` is closed or text."""
    return b"bening/ballot/v1/" + slot.encode() + b"\0" + bound


def padded(data: bytes, size: int) -> bytes:
    """`uint16 length ‖ data ‖ zeros` of exactly `size` bytes; refuses what does not fit (BALLOT-103)."""
    if len(data) + 2 > size:
        raise refuse("BALLOT-103", length=len(data) + 2, size=size)
    return (len(data).to_bytes(2, "big") + data).ljust(size, b"\0")


def unpadded(block: bytes) -> bytes:
    """The data of a padded block; refuses anything but zeros behind it (BALLOT-104)."""
    end = 2 + int.from_bytes(block[:2], "big")
    if len(block) < end or any(block[end:]):
        raise refuse("BALLOT-104")
    return block[2:end]


def size_class(largest: int, classes: Sequence[int]) -> int:
    """The smallest padding class for the largest possible part, length field included (BALLOT-103)."""
    for size in classes:
        if largest <= size:
            return size
    raise refuse("BALLOT-103", length=largest, size=classes[-1])


def size_of(pad: Pad) -> int:
    """Bytes of every ballot of a round."""
    return FIXED + sum(pad)


def unsigned(
    *, kid: bytes, token: bytes, signature: bytes, version: int, closed: bytes, text: bytes
) -> bytes:
    """All bytes of a ballot before its owner signature; refuses a field of a wrong size (BALLOT-105)."""
    fields = (kid, token, signature)
    if tuple(map(len, fields)) != (KID, TOKEN, SIGNATURE) or not 1 <= version <= GREATEST_VERSION:
        raise refuse("BALLOT-105")
    return b"".join((MAGIC, *fields, version.to_bytes(VERSION, "big"), closed, text))


def owner_message(head: bytes) -> bytes:
    """What the owner's key signs; `head` is everything before the signature."""
    return b"bening/owner/v1\0" + head


def ballot_hash(head: bytes) -> bytes:
    """The identity of a ballot: ECDSA signatures can be rewritten by anyone, so they stay out of it."""
    return hashlib.sha256(head).digest()


def split(body: bytes, pad: Pad) -> Ballot:
    """The fields of a posted ballot; refuses wrong size, magic or version (BALLOT-105)."""
    if len(body) != size_of(pad) or body[:4] != MAGIC or body[389:393] == b"\0\0\0\0":
        raise refuse("BALLOT-105")
    middle = HEAD + ENC + pad[0] + TAG
    return Ballot(
        kid=body[4:36],
        token=body[36:133],
        signature=body[133:389],
        version=int.from_bytes(body[389:393], "big"),
        closed=body[HEAD:middle],
        text=body[middle:-OWNER],
        owner=body[-OWNER:],
    )


def assemble(
    *,
    kid: bytes,
    token: bytes,
    signature: bytes,
    version: int,
    closed: Mapping[str, object],
    texts: Sequence[Sequence[str]],
    pad: Pad,
    seal: Callable[[bytes, bytes], bytes],
    sign: Callable[[bytes], bytes],
) -> tuple[bytes, bytes]:
    """One whole ballot and its hash.

    `seal(padded block, info)` gives `enc ‖ ciphertext ‖ tag`, `sign(message)` 64 bytes of the owner's key.
    """
    bound = bind(kid, token, version)
    head = unsigned(
        kid=kid,
        token=token,
        signature=signature,
        version=version,
        closed=seal(padded(dump(closed), pad[0]), info("closed", bound)),
        text=seal(padded(dump(texts), pad[1]), info("text", bound)),
    )
    return head + sign(owner_message(head)), ballot_hash(head)


def receipt_message(h: bytes) -> bytes:
    """What the box signs: its promise to put this ballot into the log."""
    return f"bening/receipt/v1\n{h.hex()}\n".encode()
