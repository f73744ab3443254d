"""What the tally hands on: four files sorted by content, and one digest over them."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bening.core.canonical import dump
from bening.core.kinds import Entry, Record
from bening.core.response.merge import Merged

NAMES = ("answers.jsonl", "texts.jsonl", "codes.txt", "report.json")
FEW = 10  # a printed total must not differ from its printed parts by 1–9 people
ABOUT_PEOPLE = ("received", "withheld", "unreadable", "invalid", "superseded")


@dataclass(frozen=True, slots=True)
class Opened:
    """A valid record in the bytes it will be written in, so that a national tally fits into memory."""

    stratum: str
    rated: bool  # its entry names subjects
    about: str | None
    tail: bytes  # `{answers},{paradata}`
    texts: tuple[bytes, ...]
    code: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What the tally saw, in numbers: per stratum received and counted, nationally what was refused."""

    received: Mapping[str, int]
    counted: Mapping[str, int]
    refused: Mapping[str, int]
    invalid: Mapping[
        str, int
    ]  # what of `refused["invalid"]` is known more closely, by kind; the rest as "invalid"


def opened(record: Record, *, rated: bool) -> Opened:
    """A record made ready for writing, but for the label that merging will give it."""
    tail = dump(record.answers) + b"," + dump(record.paradata)
    texts = tuple(dump(item) + b"," + dump(text) for item, text in record.texts)
    return Opened(record.stratum, rated, record.about, tail, texts, record.code)


def files(
    records: Iterable[Opened], merged: Merged, *, bars: Mapping[str, int]
) -> tuple[bytes, bytes, bytes]:
    """`answers.jsonl`, `texts.jsonl` and `codes.txt`; `bars`: label → answers a group must hold."""
    label_of = {stratum: label for label, strata in merged.labels.items() for stratum in strata}
    shown = [record for record in records if record.stratum in label_of]
    kept = {
        label: subjects(Counter(r.about for r in group), bars[label])
        for label, group in _by(shown, label_of).items()
    }
    answers, texts = [], []
    for record in shown:
        label = label_of[record.stratum]
        head = b"[" + dump(label) + b","
        about = record.about if record.about in kept[label] else None
        answers.append(head + record.tail + (b"," + dump(about) if record.rated else b"") + b"]\n")
        texts += [head + text + b"]\n" for text in record.texts]
    codes = [record.code.encode() + b"\n" for record in shown]
    return _sorted(answers), _sorted(texts), _sorted(codes)


def subjects(counts: Mapping[str | None, int], bar: int) -> frozenset[str]:
    """The subjects whose records stay told apart: each with `bar` records, and the others together as well.

    A subject is part of the label for the rule of small groups. Records of too few are written without their
    subject; if those are still too few together, the smallest told-apart subject joins them.
    """
    kept = sorted((count, about) for about, count in counts.items() if about is not None and count >= bar)
    pool = sum(counts.values()) - sum(count for count, _ in kept)
    while kept and 0 < pool < bar:
        pool += kept.pop(0)[0]
    return frozenset(about for _, about in kept)


def report(
    entries: Iterable[Entry], seen: Seen, merged: Merged, *, round: str, manifest: str, codes: bytes
) -> bytes:
    """`report.json`: per label what was drawn, received, counted; nationally what was refused, by reason."""
    sampled = {entry.stratum: entry.sampled for entry in entries}
    labels = {
        label: {
            "strata": list(strata),
            "sampled": sum(sampled[stratum] for stratum in strata),
            "received": sum(seen.received.get(stratum, 0) for stratum in strata),
            "counted": sum(seen.counted.get(stratum, 0) for stratum in strata),
        }
        for label, strata in merged.labels.items()
    }
    body = {
        "v": 1, "round": round, "manifest": manifest, "labels": labels,
        "withheld": list(merged.withheld), "totals": _totals(seen, merged, codes),
    }  # fmt: skip
    return dump(body)


def digest(parts: Iterable[bytes]) -> bytes:
    """The tally digest over the four files in the order of `NAMES`."""
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).digest()


def _totals(seen: Seen, merged: Merged, codes: bytes) -> dict[str, int]:
    received = sum(seen.received.get(stratum, 0) for stratum in merged.withheld)
    withheld = sum(seen.counted.get(stratum, 0) for stratum in merged.withheld)
    lines = codes.splitlines()
    kinds = told_apart(seen.invalid)
    totals = {
        **seen.refused,
        **kinds,
        "received": sum(seen.received.values()),
        "counted": sum(seen.counted.values()) - withheld,
        "withheld": withheld,
        "code_collisions": len(lines) - len(set(lines)),
    }
    # The log's size is public, so each of these totals could be worked out from the others: all or none.
    if any(0 < people < FEW for people in (received, withheld, received - withheld)):
        return {name: number for name, number in totals.items() if name not in {*ABOUT_PEOPLE, *kinds}}
    return totals


def told_apart(invalid: Mapping[str, int]) -> dict[str, int]:
    """The kinds of invalid records that may be printed: enough people in each, and in all others together."""
    counts = Counter({None if kind == "invalid" else kind: people for kind, people in invalid.items()})
    return {kind: counts[kind] for kind in sorted(subjects(counts, FEW))}


def _by(records: Iterable[Opened], label_of: Mapping[str, str]) -> dict[str, list[Opened]]:
    groups: dict[str, list[Opened]] = {}
    for record in records:
        groups.setdefault(label_of[record.stratum], []).append(record)
    return groups


def _sorted(lines: Iterable[bytes]) -> bytes:
    return b"".join(sorted(lines))
