"""One change, and who noticed it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bening.crypto import owner
from tests.security.phone import Phone
from tests.security.world import World

FIELDS = {  # of a ballot in the smallest classes
    "magic": (0, 4),
    "key id": (4, 36),
    "prefix": (36, 68),
    "own key": (68, 133),
    "blind signature": (133, 389),
    "version": (389, 393),
    "closed key": (393, 458),
    "closed part": (458, 986),
    "text key": (986, 1051),
    "text part": (1051, 2091),
    "owner signature": (2091, 2155),
}
SIZE, OWNER = 2155, 64


@dataclass(frozen=True, slots=True)
class Case:
    """One change and who noticed it; `noticed` is empty if nobody did."""

    name: str
    noticed: str


def flips(data: bytes, start: int, end: int) -> Iterator[bytes]:
    """One bit changed at the beginning, in the middle and at the end of a field."""
    for at in sorted({start, (start + end) // 2, end - 1}):
        yield data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def signed(phone: Phone, head: bytes) -> bytes:
    """A ballot with this phone's signature made anew."""
    return head + owner.sign(phone.key, b"bening/owner/v1\0" + head)


def admitted(world: World, phone: Phone) -> Phone:
    """Through hello and issue."""
    phone.hello(world.gate_line)
    status, said = phone.issue(world.gate_line)
    assert status == 200, said
    return phone


def table(cases: Sequence[Case]) -> str:
    """Name and who noticed, a line each."""
    width = max(len(case.name) for case in cases)
    return "\n".join(f"{case.name:{width}}  {case.noticed or 'SILENT'}" for case in cases)


def silent(cases: Sequence[Case]) -> int:
    """How many nobody noticed."""
    return sum(not case.noticed for case in cases)
