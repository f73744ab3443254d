"""A phone in forty lines of Python: makes key, token, parts and ballot, and speaks to gate and box."""

import json
import os
import random
from dataclasses import dataclass, field
from typing import Any

import urllib3

from bening.core.response import assemble, b64u, from_b64u, kid_of, parse_entry
from bening.core.response.wire import PLAIN, filled
from bening.crypto import blind, invites, owner, seal
from tests import strong_room

CLIENT = "http://localhost:8001"
PARADATA = {"d": 2, "g": 0, "m": "phone", "w": 1}


@dataclass
class Line:
    """How a phone reaches one counter; every reply is kept as it came."""

    origin: str
    pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(maxsize=16, retries=False))

    def call(self, path: str, body: bytes, media: str = PLAIN, **headers: str) -> urllib3.BaseHTTPResponse:
        """One POST with the headers a browser would send; a header given as empty is left out."""
        sent = {"Origin": CLIENT, "Content-Type": media} | {
            name.replace("_", "-"): v for name, v in headers.items()
        }
        sent = {name: value for name, value in sent.items() if value}
        return self.pool.request("POST", self.origin + path, body=body, headers=sent)

    def ask(self, path: str, **fields: object) -> tuple[int, dict[str, Any]]:
        """A JSON call in its envelope."""
        reply = self.call(path, filled(fields, 512))
        return reply.status, json.loads(reply.data)


@dataclass
class Phone:
    """One person's browser; equal seeds make equal phones, but for the randomness inside ECDSA and HPKE."""

    secret: bytes
    seed: int
    pad: tuple[int, int] = (512, 1024)

    def __post_init__(self) -> None:
        rng = random.Random(self.seed)
        self.key = owner.make(rng.getrandbits(256))
        self.token = rng.randbytes(32) + owner.public(self.key)
        self.code = invites.receipt_code(rng.randbytes(10))
        self.salt, self.factor = rng.randbytes(blind.SALT), rng.getrandbits(2000)
        self.blinded = self.inverse = b""
        self.signature = bytes(256)
        self.version = rng.randint(1, 65_535)

    def hello(self, gate: Line) -> dict[str, Any]:
        """The entry of this right."""
        status, reply = gate.ask("/g/hello", secret=b64u(self.secret))
        assert status == 200, reply
        entry = parse_entry(reply["entry"].encode())
        self.kid, self.modulus = bytes.fromhex(entry.kid), from_b64u(entry.n, length=256)
        self.blinded, self.inverse = blind.blind(self.token, self.modulus, salt=self.salt, factor=self.factor)
        return reply

    def admitted(self, stratum: str) -> "Phone":
        """The same without the gate: a token under this stratum's key."""
        self.modulus = strong_room.modulus(stratum)
        self.kid = kid_of(self.modulus)
        blinded, inverse = blind.blind(self.token, self.modulus, salt=self.salt, factor=self.factor)
        signed = strong_room.sign(stratum, blinded)
        self.signature = blind.finalize(self.token, self.modulus, signed, inverse=inverse)
        return self

    def issue(self, gate: Line) -> tuple[int, dict[str, Any]]:
        """Spend the right."""
        fields = {"secret": b64u(self.secret), "kid": self.kid.hex(), "blinded": b64u(self.blinded)}
        status, reply = gate.ask("/g/issue", **fields)
        if status == 200:
            signed = from_b64u(reply["blind_sig"], length=256)
            self.signature = blind.finalize(self.token, self.modulus, signed, inverse=self.inverse)
        return status, reply

    def ballot(self, answers: dict[str, str], texts: list[list[str]] = [], **changes: Any) -> bytes:  # noqa: B006
        """The bytes to post; `changes` replace arguments of `assemble`."""
        parts: dict[str, Any] = {
            "kid": self.kid,
            "token": self.token,
            "signature": self.signature,
            "version": self.version,
            "closed": {"a": answers, "c": self.code, "p": PARADATA},
            "texts": texts,
            "pad": self.pad,
            "seal": lambda block, info: seal.seal(block, info, key=strong_room.TALLY_KEY),
            "sign": lambda message: owner.sign(self.key, message),
        }
        return assemble(**parts | changes)[0]

    def post(self, box: Line, body: bytes) -> tuple[int, dict[str, Any]]:
        """Hand a ballot to the box."""
        reply = box.call("/b/ballot", body)
        return reply.status, json.loads(reply.data)


def stranger() -> bytes:
    """A secret nobody was sent."""
    return os.urandom(16)
