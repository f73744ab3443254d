"""Sealed ballots and what the tally makes of them (formats: docs/methods/ballots.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One stratum key of the manifest: one Merkle leaf. Byte formats in `core.response`."""

    kid: str
    n: str
    stratum: str
    label: Mapping[str, str]
    group: str
    sampled: int
    census: bool
    instrument: str
    merge: tuple[str, ...]
    about: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The frozen facts of a round: header, entries in `kid` order and their leaves."""

    round: str
    opens: str  # days YYYY-MM-DD in tz
    closes: str
    tz: str
    split: str  # one-machine | split | demo
    claim: str  # version of the promise's text and how much of it is made, as 2026.1/full
    suite: Mapping[str, object]
    tally_pk: str
    pad: tuple[int, int]  # bytes of the padded closed part and text part
    least: Mapping[str, int]  # thresholds: sampled, census, tally, tally_census
    instruments: Mapping[str, str]  # name -> SHA-256 of the frozen questionnaire, hex
    origins: Mapping[str, Any]
    log: Mapping[str, str]
    root: str  # RFC 6962 root over the leaves, hex
    digest: str  # SHA-256 of manifest.json, hex
    entries: tuple[Entry, ...]
    leaves: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Ballot:
    """One posted ballot, split into its fixed-size fields (bytes)."""

    kid: bytes  # 32
    token: bytes  # 97
    signature: bytes  # 256, blind signature over the token
    version: int  # uint32, from 1
    closed: bytes  # 65 + P1 + 16
    text: bytes  # 65 + P2 + 16
    owner: bytes  # 64, r ‖ s


@dataclass(frozen=True, slots=True)
class Record:
    """One opened ballot: nothing in it tells who or when below a week."""

    stratum: str
    answers: Mapping[str, str]
    paradata: Mapping[str, int | str]
    code: str  # receipt code, printed in the national list without its record
    texts: tuple[tuple[str, str], ...]
    about: str | None = None  # whom an expert rated


@dataclass(frozen=True, slots=True)
class LabelCount:
    """A label after merging with its design counts: everything later stages may know about the sample."""

    label: str
    strata: tuple[str, ...]
    population: int
    sampled: int
    issued: int
    reissued: int
    counted: int
