"""The tally from ballots to files: a pure function of its input's content, never of its order."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bening.core.canonical import from_b64u
from bening.core.kinds import Entry, Manifest
from bening.core.response.keep_last import VerifyOwner, VerifyToken, keep_last
from bening.core.response.layout import bind, info, split, unpadded
from bening.core.response.manifest import weeks
from bening.core.response.merge import Merged, merge_small
from bening.core.response.output import Opened, Seen, digest, files, opened, report
from bening.core.response.records import Twin, parse_record

REFUSALS = (
    "bad_format",
    "bad_owner",
    "bad_token",
    "duplicate",
    "invalid",
    "missing",
    "not_logged",
    "superseded",
    "unknown_key",
    "unreadable",
)

INVALID = "invalid"  # alone: no record at all; with `_` and a kind: answers the questionnaire does not allow

OpenPart = Callable[[bytes, bytes], bytes]  # (sealed part, info) -> padded block


@dataclass(frozen=True, slots=True)
class Tools:
    """What the pure part cannot do itself: verifying, opening, and the questionnaire's rules."""

    verify_token: VerifyToken
    verify_owner: VerifyOwner
    open_part: OpenPart
    check: Twin  # (instrument, answers, texts) -> why they may not stand
    items: Mapping[str, int]  # instrument -> number of its items


def tally(
    bodies: Sequence[bytes], leaves: Sequence[bytes], manifest: Manifest, tools: Tools
) -> tuple[bytes, ...]:
    """The four files in the order of `output.NAMES`, then the tally digest.

    `bodies`: the ballots of the export; `leaves`: the ballot hashes the log promises.
    """
    entries = {bytes.fromhex(entry.kid): entry for entry in manifest.entries}
    logged = frozenset(leaves)
    kept = keep_last(
        bodies,
        manifest.pad,
        moduli={kid: from_b64u(entry.n, length=256) for kid, entry in entries.items()},
        logged=logged,
        verify_token=tools.verify_token,
        verify_owner=tools.verify_owner,
    )
    refused = Counter({**dict.fromkeys(REFUSALS, 0), **kept.refused, "missing": len(logged) - kept.found})
    received: Counter[str] = Counter()
    invalid: Counter[str] = Counter()
    records: list[Opened] = []
    for place in kept.places:
        outcome = _open(bodies[place], manifest, entries, tools)
        received[outcome[0]] += 1
        if not isinstance(outcome[1], str):
            records.append(outcome[1])
        elif outcome[1].startswith(INVALID):
            refused[INVALID] += 1
            invalid[outcome[1]] += 1
        else:
            refused[outcome[1]] += 1
    counted = Counter(record.stratum for record in records)
    return _written(records, Seen(received, counted, dict(refused), invalid), manifest)


def _written(records: Sequence[Opened], seen: Seen, manifest: Manifest) -> tuple[bytes, ...]:
    least, census = manifest.least["tally"], manifest.least["tally_census"]
    merged = merge_small(manifest.entries, seen.counted, least=least, least_census=census)
    parts = files(records, merged, bars=_bars(merged, manifest))
    page = report(
        manifest.entries, seen, merged, round=manifest.round, manifest=manifest.digest, codes=parts[2]
    )
    return (*parts, page, digest((*parts, page)))


def _bars(merged: Merged, manifest: Manifest) -> dict[str, int]:
    census = {entry.stratum for entry in manifest.entries if entry.census}
    least = manifest.least
    return {
        label: least["tally_census" if census & set(strata) else "tally"]
        for label, strata in merged.labels.items()
    }


def _open(
    body: bytes, manifest: Manifest, entries: Mapping[bytes, Entry], tools: Tools
) -> tuple[str, Opened | str]:
    """The stratum, and the record or why there is none."""
    ballot = split(body, manifest.pad)
    entry = entries[ballot.kid]
    bound = bind(ballot.kid, ballot.token, ballot.version)
    try:
        closed = unpadded(tools.open_part(ballot.closed, info("closed", bound)))
        text = unpadded(tools.open_part(ballot.text, info("text", bound)))
    except Exception:  # whatever a hostile part does to the opener, the tally goes on
        return entry.stratum, "unreadable"
    try:
        record = parse_record(
            closed, text, entry=entry, weeks=weeks(manifest), items=tools.items[entry.instrument]
        )
        wrong = tools.check(entry.instrument, record.answers, record.texts)
    except Exception:  # nested brackets raise RecursionError, odd digits ValueError, …
        return entry.stratum, INVALID
    if wrong:
        return entry.stratum, f"{INVALID}_{wrong}"
    return entry.stratum, opened(record, rated=entry.about is not None)
