"""Simulated phones without a browser: they speak the protocol of `bening.phone` to gate and box.

Key, token and blinding of a phone come from the seed and its number, so that a phone that is run again after
a crash spends the same right again. Sealing is random each time: what such a phone posts a second time meets
its first ballot, which stands.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import urllib3

from bening.core.response import assemble, b64u, from_b64u, parse_entry
from bening.core.response.wire import PLAIN, REQUEST, filled
from bening.crypto import blind, invites, owner, seal
from bening.demo.opinions import Answers
from bening.demo.people import Person

RESPONSE = {"internal": 0.58, "external": 0.38, "expert": 0.8}  # share that answers when invited
TEACHERS = 0.46  # fewest answers come from schools
AGAIN = 0.03  # share that answers a second time
CONNECTIONS = 12

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Round:
    """What a phone finds in its bundle."""

    manifest: Mapping[str, Any]
    gate: str
    box: str
    client: str


class Phones:
    """All simulated phones of a demo that are not real browsers."""

    def __init__(self, round: Round, people: Mapping[str, tuple[Person, Answers]], seed: int) -> None:
        self.round = round
        self.people = people
        self.seed = seed
        self.times: list[float] = []  # seconds of each interview
        self.http = urllib3.PoolManager(
            maxsize=CONNECTIONS, block=True, timeout=urllib3.Timeout(30), retries=False
        )

    def answer(self, links: Mapping[str, str], told: Told) -> int:
        """Let everybody who is willing answer through the link on their phone; how many did."""
        willing = [(number, link) for number, link in sorted(links.items()) if self.willing(number)]
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            for done, _ in enumerate(pool.map(lambda pair: self.interview(*pair), willing), 1):
                told(done, len(willing))
        return len(willing)

    def willing(self, number: str) -> bool:
        """Whether this person answers at all."""
        person = self.people[number][0]
        rate = TEACHERS if person.cells.get("kategori") == "guru" else RESPONSE[person.group]
        return self.dice(number, 1).random() < rate

    def dice(self, number: str, purpose: int) -> np.random.Generator:
        """Chance that belongs to one phone and purpose."""
        return np.random.default_rng([self.seed, purpose, int(number)])

    def interview(self, number: str, link: str) -> None:
        """hello, issue, ballot; and for a few a changed mind, whose last version counts."""
        started = time.monotonic()
        secret = link.split("#", 1)[1]
        entry = parse_entry(self.ask("/g/hello", {"secret": secret})["entry"].encode())
        rng = self.dice(number, 2)
        key = owner.make(int.from_bytes(rng.bytes(16), "big") + 1)
        token = rng.bytes(32) + owner.public(key)
        modulus = from_b64u(entry.n, length=256)
        factor = int.from_bytes(rng.bytes(256), "big") % int.from_bytes(modulus, "big")
        blinded, inverse = blind.blind(token, modulus, salt=rng.bytes(blind.SALT), factor=factor)
        signed = self.ask("/g/issue", {"secret": secret, "kid": entry.kid, "blinded": b64u(blinded)})
        answer = from_b64u(signed["blind_sig"], length=256)
        signature = blind.finalize(token, modulus, answer, inverse=inverse)
        code = invites.receipt_code(rng.bytes(10))
        closed = {
            "a": self.people[number][1],
            "c": code.replace("-", ""),
            "p": {"d": int(rng.integers(1, 4)), "g": 0, "m": "phone", "w": 1},
        }
        version = int(rng.integers(1, 65536))
        for _ in range(2 if rng.random() < AGAIN else 1):
            body, _ = assemble(
                kid=bytes.fromhex(entry.kid),
                token=token,
                signature=signature,
                version=version,
                closed=closed,
                texts=[],
                pad=(self.round.manifest["pad"]["closed"], self.round.manifest["pad"]["text"]),
                seal=self.sealed,
                sign=lambda message: owner.sign(key, message),
            )
            self.post(self.round.box + "/b/ballot", body)
            version += int(rng.integers(1, 65536))
        self.times.append(time.monotonic() - started)

    def sealed(self, block: bytes, info: bytes) -> bytes:
        """A part for the trustees of this round."""
        return seal.seal(block, info, key=from_b64u(self.round.manifest["tally_pk"], length=65))

    def ask(self, path: str, fields: Mapping[str, object]) -> dict[str, Any]:
        """One call of the gate."""
        return self.post(self.round.gate + path, filled(fields, REQUEST))

    def post(self, url: str, body: bytes) -> dict[str, Any]:
        """A request as the browser would send it; anything but success ends the demo."""
        headers = {"Content-Type": PLAIN, "Origin": self.round.client}
        reply = self.http.request("POST", url, body=body, headers=headers)
        answer: dict[str, Any] = json.loads(reply.data)
        if reply.status not in (200, 201) and answer.get("error") != "older_version":
            raise RuntimeError(f"{url} answered {reply.status} {answer.get('error')}")
        return answer


def links(emulator: str) -> dict[str, str]:
    """Every number that got an invitation, with the link in it."""
    reply = urllib3.PoolManager().request("GET", f"{emulator}/_emu/links")
    rows = (json.loads(line) for line in reply.data.splitlines())
    return {row["to"]: row["link"] for row in rows}


def by_number(people: list[Person], answers: list[Answers]) -> Iterator[tuple[str, tuple[Person, Answers]]]:
    """People by their number as the provider writes it: digits with the country code."""
    for person, given in zip(people, answers, strict=True):
        digits = "".join(c for c in person.phone if c.isdigit())
        yield "62" + digits.lstrip("0"), (person, given)
