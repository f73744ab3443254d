"""Which of the posted ballots count: the last version of each token, whatever order they came in."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass

from bening.core.kinds import Ballot
from bening.core.problems import Refused
from bening.core.response.layout import OWNER, Pad, ballot_hash, owner_message, split

VerifyToken = Callable[[bytes, bytes, bytes], bool]  # (modulus, token, signature)
VerifyOwner = Callable[[bytes, bytes, bytes], bool]  # (public key, message, signature)
LAST_PREFIX = 32  # a token is 32 random bytes, then the owner's public key


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the counting ballots stand in the export, and what became of the others."""

    places: tuple[int, ...]
    found: int  # different logged hashes that have a ballot
    refused: Mapping[str, int]


def keep_last(
    bodies: Iterable[bytes],
    pad: Pad,
    *,
    moduli: Mapping[bytes, bytes],
    logged: Container[bytes],
    verify_token: VerifyToken,
    verify_owner: VerifyOwner,
) -> Kept:
    """Per (kid, token) the ballot with the greatest (version, hash).

    `moduli`: kid → 256 bytes; `logged`: hashes promised by the log. Refusals by name: not_logged, bad_format,
    unknown_key, bad_token, bad_owner, duplicate (a repeated hash, found over all ballots), superseded.
    """
    refused: Counter[str] = Counter()
    seen: set[bytes] = set()
    found: set[bytes] = set()
    last: dict[bytes, tuple[int, bytes, int]] = {}
    for place, body in enumerate(bodies):
        h = ballot_hash(body[:-OWNER])
        if h in logged:
            found.add(h)
        fault = _fault(body, pad, h in logged, moduli, verify_token, verify_owner)
        if not fault and h in seen:
            fault = "duplicate"
        if fault:
            refused[fault] += 1
            continue
        seen.add(h)
        ballot = split(body, pad)
        key = ballot.kid + ballot.token
        rank = (ballot.version, h, place)
        refused["superseded"] += key in last
        last[key] = max(last.get(key, rank), rank)
    return Kept(tuple(sorted(place for _, _, place in last.values())), len(found), refused)


def signed_by_owner(ballot: Ballot, body: bytes, verify_owner: VerifyOwner) -> bool:
    """Whether the key inside the token signed everything before the signature."""
    return verify_owner(ballot.token[LAST_PREFIX:], owner_message(body[:-OWNER]), ballot.owner)


def _fault(
    body: bytes,
    pad: Pad,
    logged: bool,
    moduli: Mapping[bytes, bytes],
    verify_token: VerifyToken,
    verify_owner: VerifyOwner,
) -> str:
    if not logged:
        return "not_logged"
    try:
        ballot = split(body, pad)
    except Refused:
        return "bad_format"
    if ballot.kid not in moduli:
        return "unknown_key"
    if not verify_token(moduli[ballot.kid], ballot.token, ballot.signature):
        return "bad_token"
    return "" if signed_by_owner(ballot, body, verify_owner) else "bad_owner"
