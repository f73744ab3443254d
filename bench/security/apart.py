"""Nothing the gate saw equals anything the box saw: every call of many interviews is recorded and compared.

All strings of eight bytes are compared, of the bytes as they came and of everything in them that is hex or
base64url, apart from what is public: the manifest's entries with their key ids. Of JSON the values count.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import urllib3

from bening.core.response import from_b64u
from tests.security.phone import Line
from tests.security.world import World

WINDOW = 8
WORD = re.compile(rb"[A-Za-z0-9_-]{11,}")  # at least eight bytes, encoded
HEX = re.compile(rb"[0-9a-f]+")


@dataclass
class Heard:
    """A line that keeps what went over it, both ways."""

    line: Line
    kept: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        call = self.line.call

        def heard(path: str, body: bytes, *rest: str, **headers: str) -> urllib3.BaseHTTPResponse:
            reply = call(path, body, *rest, **headers)
            self.kept += [*values(body), *values(reply.data)]
            return reply

        self.line.call = heard  # type: ignore[method-assign]


@dataclass(frozen=True)
class Compared:
    """How much was compared, and what both sides saw."""

    interviews: int
    windows: int  # of the smaller side
    common: list[bytes]


def compare(world: World, kids: list[str], interviews: int) -> Compared:
    """Interviews through recording lines; the strings of eight bytes that both doors saw."""
    gate, box = Heard(world.gate), Heard(world.box)
    for phone in world.crowd([kids[at % len(kids)] for at in range(interviews)]):
        phone.hello(gate.line)
        assert phone.issue(gate.line)[0] == 200
        assert phone.post(box.line, phone.ballot({"gift": "no"}, [["story", "kata"]]))[0] == 201
    public = windows(forms(known(world)))
    seen = [np.setdiff1d(windows(forms(heard.kept)), public) for heard in (gate, box)]
    both = np.intersect1d(*seen)
    return Compared(
        interviews, min(map(len, seen)), [int(window).to_bytes(WINDOW, "little") for window in both]
    )


def known(world: World) -> Iterator[bytes]:
    """What everybody knows: the manifest's entries."""
    folder = world.folder / "client" / "m"
    for line in (folder / "manifest.jsonl").read_bytes().splitlines():
        yield line
        yield from values(line)


def values(body: bytes) -> Iterator[bytes]:
    """What a message says: its bytes, or the values of a JSON message without its fixed words and padding."""
    if not body.startswith(b"{"):
        yield body
        return
    for name, value in json.loads(body).items():
        for part in value if isinstance(value, list) else [value]:
            if name != "pad" and isinstance(part, str):
                yield part.encode()


def forms(texts: Iterable[bytes]) -> Iterator[bytes]:
    """A text as it is, and each of its words read as hex and as base64url."""
    for text in texts:
        yield text
        for word in WORD.findall(text):
            if len(word) % 2 == 0 and HEX.fullmatch(word):
                yield bytes.fromhex(word.decode())
            for cut in range(4):  # a value may begin anywhere in a longer word
                whole = word[cut : cut + (len(word) - cut) // 4 * 4].decode()
                if len(whole) >= 12:
                    yield from_b64u(whole, length=len(whole) * 3 // 4)


def windows(texts: Iterable[bytes]) -> np.ndarray:
    """All strings of eight bytes as numbers, each once."""
    found = []
    for text in texts:
        for phase in range(min(WINDOW, len(text) - WINDOW + 1)):
            found.append(np.frombuffer(text, "<u8", offset=phase, count=(len(text) - phase) // WINDOW))
    return np.unique(np.concatenate(found)) if found else np.empty(0, "<u8")
