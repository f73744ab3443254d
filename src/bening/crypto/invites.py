"""Secrets that open a right, codes that people type, and signs by which a message is known as genuine."""

import base64
import hashlib
import hmac
import secrets
from importlib.resources import files

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32
READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None})
LINK, TYPED, CODE = (
    16,
    10,
    16,
)  # bytes of a link secret, bytes of a typed secret, characters of a receipt code
WORDS = tuple(files("bening.crypto").joinpath("words.txt").read_text().split())


def new_secret() -> bytes:
    """128 fresh random bits: one a message, written nowhere but into that message."""
    return secrets.token_bytes(LINK)


def typed_secret() -> bytes:
    """80 fresh random bits for a code that people type."""
    return secrets.token_bytes(TYPED)


def link_text(secret: bytes) -> str:
    """The secret as it stands in a link behind `/i#` and in the phone's calls (base64url without padding)."""
    return base64.urlsafe_b64encode(secret).rstrip(b"=").decode()


def invite_hmac(pepper: bytes, secret: bytes) -> bytes:
    """All that the gate stores of a secret (32 bytes)."""
    return hmac.digest(pepper, b"bening/invite/v1\0" + secret, hashlib.sha256)


def right_state(pepper: bytes, right_id: str) -> str:
    """The name under which a phone keeps the state of a right, the same for each of its secrets (hex)."""
    return hmac.digest(pepper, b"bening/right/v1\0" + bytes.fromhex(right_id), hashlib.sha256).hex()


def typed_code(secret: bytes) -> str:
    """The entry code of an 80-bit secret, `XXXX-XXXX-XXXX-XXXX-XX`, its last two characters a check."""
    x = int.from_bytes(secret, "big")
    return grouped(_characters(x * 1024 + x % 1021, 18))


def read_typed_code(text: str) -> bytes | None:
    """The secret of an entry code as somebody typed it, or None if it cannot be one."""
    word = read_as_typed(text)
    if len(word) != 18 or set(word) - set(ALPHABET):
        return None
    x, check = divmod(_number(word), 1024)
    return x.to_bytes(TYPED, "big") if check == x % 1021 else None


def receipt_code(bits: bytes) -> str:
    """A receipt code of 80 random bits: 16 characters without hyphens."""
    return _characters(int.from_bytes(bits, "big"), CODE)


def check_code(key: bytes, person: str, round: str, counter: int) -> str:
    """The check code of a person in a round, `XXXX-XXXX`; the next `counter` if two people meet on one."""
    message = b"\0".join((b"bening/check/v1", person.encode(), round.encode(), counter.to_bytes(4, "big")))
    bits = int.from_bytes(hmac.digest(key, message, hashlib.sha256)[:5], "big") >> 5
    word = _characters(bits, 7)
    return grouped(word + check_character(word))


def read_check_code(text: str) -> str | None:
    """A check code in its printed form, or None if its check character says that it is mistyped."""
    word = read_as_typed(text)
    if len(word) != 8 or set(word) - set(ALPHABET) or check_character(word[:7]) != word[7]:
        return None
    return grouped(word)


def check_hmac(key: bytes, code: str) -> bytes:
    """All that is stored of a check code in its printed form (32 bytes)."""
    return hmac.digest(key, b"bening/check-code/v1\0" + code.encode(), hashlib.sha256)


def network_bucket(salt: bytes, network: bytes) -> int:
    """One of 4,096 buckets for a network's calls: too coarse to name it, gone with the salt."""
    return int.from_bytes(hmac.digest(salt, b"bening/network/v1\0" + network, hashlib.sha256)[:2], "big") >> 4


def check_character(word: str) -> str:
    """The eighth character: Σ α^i·d_i over GF(32); one wrong or two swapped characters are noticed."""
    total = 0
    for place, character in enumerate(word, start=1):
        value = ALPHABET.index(character)
        for _ in range(place):
            value = _doubled(value)
        total ^= value
    return ALPHABET[total]


def phrase(key: bytes, code: str) -> str:
    """The two words that stand beside a check code (in its printed form) in every genuine message."""
    bits = int.from_bytes(hmac.digest(key, b"bening/phrase/v1\0" + code.encode(), hashlib.sha256)[:4], "big")
    return f"{WORDS[bits >> 22]} {WORDS[bits >> 12 & 1023]}"


def read_as_typed(text: str) -> str:
    """What somebody meant who typed a code: capitals, no spaces and hyphens, O as 0, I and L as 1."""
    return text.upper().translate(READ_AS)


def grouped(word: str) -> str:
    """Characters in fours."""
    return "-".join(word[at : at + 4] for at in range(0, len(word), 4))


def _characters(number: int, length: int) -> str:
    return "".join(ALPHABET[number >> 5 * at & 31] for at in range(length - 1, -1, -1))


def _number(word: str) -> int:
    number = 0
    for character in word:
        number = number << 5 | ALPHABET.index(character)
    return number


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ 0b100101 if value & 32 else value  # modulo x^5 + x^2 + 1
