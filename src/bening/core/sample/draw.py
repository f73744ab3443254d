"""Who is drawn: a pure function of the frozen frame and a secret seed (SMP-7).

Whoever holds both repeats the draw on any machine, in any order of rows; whoever lacks the seed can tell
nothing.
"""

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence

from bening.core.kinds import Draw
from bening.core.problems import refuse

CODE = re.compile(r"[a-z0-9/.-]{1,120}")


def draw(
    refs_by_stratum: Mapping[str, Collection[str]], sampled: Mapping[str, int], seed: bytes
) -> tuple[Draw, ...]:
    """SMP-7: simple random sample without replacement of `sampled[code]` contact refs in each stratum.

    `seed` is 32 bytes. Drawn and reserve come in the order of SHA-256(seed ‖ 00 ‖ code ‖ 00 ‖ ref): the
    reserve is used from its start. Strata sorted by code.
    """
    _check(refs_by_stratum, sampled, seed)
    return tuple(
        _split(code, hash_order(refs_by_stratum[code], code, seed), sampled[code])
        for code in sorted(refs_by_stratum)
    )


def draw_systematic(
    rows_by_stratum: Mapping[str, Collection[tuple[Sequence[str], str]]],
    sampled: Mapping[str, int],
    seed: bytes,
) -> tuple[Draw, ...]:
    """SMP-7: systematic sample over rows (implicit keys, contact ref), so that the keys are spread evenly.

    Rows are ordered by keys, then by the hash; the start comes from SHA-256(seed ‖ 01 ‖ code) and the step is
    N/n, in whole numbers. The reserve is the rest in hash order.
    """
    refs = {code: [ref for _, ref in rows] for code, rows in rows_by_stratum.items()}
    _check(refs, sampled, seed)
    return tuple(
        _every_step(code, rows_by_stratum[code], sampled[code], seed) for code in sorted(rows_by_stratum)
    )


def commitment(seed: bytes) -> str:
    """SMP-7: SHA-256 of the seed in hex, published before the draw."""
    _check_seed(seed)
    return hashlib.sha256(seed).hexdigest()


def hash_order(refs: Collection[str], code: str, seed: bytes) -> tuple[str, ...]:
    """SMP-7: the refs of one stratum in the order of their hashes."""
    start = hashlib.sha256(seed + b"\x00" + code.encode() + b"\x00")

    def place(ref: str) -> bytes:
        digest = start.copy()
        digest.update(ref.encode())
        return digest.digest()

    return tuple(sorted(refs, key=place))


def _split(code: str, ordered: tuple[str, ...], count: int) -> Draw:
    return Draw(code, ordered[:count], ordered[count:])


def _every_step(code: str, rows: Collection[tuple[Sequence[str], str]], count: int, seed: bytes) -> Draw:
    keys = {ref: tuple(implicit) for implicit, ref in rows}
    hashed = hash_order(tuple(keys), code, seed)
    ordered = sorted(hashed, key=lambda ref: keys[ref])  # stable: equal keys stay in hash order
    start = int.from_bytes(hashlib.sha256(seed + b"\x01" + code.encode()).digest()[:8], "big")
    picked = {ordered[(start + (i << 64)) * len(ordered) // (count << 64)] for i in range(count)}
    return Draw(
        code,
        tuple(ref for ref in hashed if ref in picked),
        tuple(ref for ref in hashed if ref not in picked),
    )


def _check(refs_by_stratum: Mapping[str, Collection[str]], sampled: Mapping[str, int], seed: bytes) -> None:
    _check_seed(seed)
    if set(refs_by_stratum) != set(sampled):
        raise refuse("SAMPLE-111", strata=", ".join(sorted(set(refs_by_stratum) ^ set(sampled))))
    for code, refs in refs_by_stratum.items():
        if not CODE.fullmatch(code):
            raise refuse("SAMPLE-112", stratum=code)
        if len(set(refs)) != len(refs):
            raise refuse("SAMPLE-113", stratum=code)
        if not 0 <= sampled[code] <= len(refs):
            raise refuse("SAMPLE-114", stratum=code, sampled=sampled[code], rows=len(refs))


def _check_seed(seed: bytes) -> None:
    if len(seed) != 32:
        raise refuse("SAMPLE-110", length=len(seed))
