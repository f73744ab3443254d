"""The header of the manifest: what every phone of a round checks before it shows a question."""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from bening.core.canonical import b64u, dump, from_b64u, parse
from bening.core.kinds import Claim, Entry, Manifest, Problem
from bening.core.problems import Refused, refuse
from bening.core.response.entries import entry_bytes, entry_faults, parse_entry, tree_faults
from bening.core.response.layout import CLOSED_CLASSES, TEXT_CLASSES

SUITE = {"blind": "RSABSSA-SHA384-PSS-Randomized", "rsa": 2048, "hpke": [16, 1, 1], "own": "ES256"}
MIN = {"sampled": 30, "census": 60, "tally": 10, "tally_census": 20}
STRONGEST = {"demo": Claim.NONE, "one-machine": Claim.ONE_OPERATOR, "split": Claim.FULL}  # claim by split
CLAIM = re.compile(rf"[0-9]{{4}}\.[0-9]{{1,3}}/({'|'.join(Claim)})")
ROUND = re.compile(r"[a-z0-9-]{3,40}")
ZONE = re.compile(r"[A-Za-z]+(/[A-Za-z0-9_+-]+)*")
DIGEST = re.compile(r"[0-9a-f]{64}")
FIELDS: Mapping[str, type] = {
    "v": int,
    "round": str,
    "opens": str,
    "closes": str,
    "tz": str,
    "suite": dict,
    "tally_pk": str,
    "trustees": dict,
    "pad": dict,
    "min": dict,
    "instruments": dict,
    "origins": dict,
    "log": dict,
    "split": str,
    "claim": str,
    "entries": int,
    "root": str,
}

Root = Callable[[Sequence[bytes]], bytes]  # RFC 6962 root over the leaves


def freeze(
    entries: Iterable[Entry],
    root: Root,
    *,
    round: str,
    opens: date,
    closes: date,
    tz: str,
    tally_pk: bytes,
    trustees: Mapping[str, object],
    pad: tuple[int, int],
    instruments: Mapping[str, str],
    origins: Mapping[str, object],
    log: Mapping[str, str],
    split: str,
    claim: str,
) -> tuple[bytes, bytes]:
    """`manifest.json` and `manifest.jsonl` of a round, or `Refused` with everything wrong (BALLOT-11x).

    `instruments`: name → SHA-256 (hex) of the frozen questionnaire; `log`: origin, vkey and receipt key.
    """
    leaves = [entry_bytes(entry) for entry in sorted(entries, key=lambda entry: entry.kid)]
    header = dump(
        {
            "v": 1, "round": round, "opens": opens.isoformat(), "closes": closes.isoformat(), "tz": tz,
            "suite": SUITE, "tally_pk": b64u(tally_pk), "trustees": dict(trustees),
            "pad": {"closed": pad[0], "text": pad[1]}, "min": MIN, "instruments": dict(instruments),
            "origins": dict(origins), "log": dict(log), "split": split, "claim": claim,
            "entries": len(leaves), "root": root(leaves).hex(),
        }
    )  # fmt: skip
    lines = b"".join(leaf + b"\n" for leaf in leaves)
    load(header, lines, root)
    return header, lines


def load(header: bytes, lines: bytes, root: Root) -> Manifest:
    """A manifest read back and checked as a phone and an auditor would, or `Refused` (BALLOT-11x)."""
    raw = _header(header)
    leaves = tuple(lines.split(b"\n")[:-1])
    entries = tuple(parse_entry(leaf) for leaf in leaves)
    manifest = Manifest(
        round=raw["round"],
        opens=raw["opens"],
        closes=raw["closes"],
        tz=raw["tz"],
        split=raw["split"],
        claim=raw["claim"],
        suite=raw["suite"],
        tally_pk=raw["tally_pk"],
        pad=(raw["pad"]["closed"], raw["pad"]["text"]),
        least=raw["min"],
        instruments=raw["instruments"],
        origins=raw["origins"],
        log=raw["log"],
        root=raw["root"],
        digest=hashlib.sha256(header).hexdigest(),
        entries=entries,
        leaves=leaves,
    )
    if raw["entries"] != len(entries) or not lines.endswith(b"\n") or root(leaves).hex() != manifest.root:
        raise refuse("BALLOT-114")
    problems = [*tree_faults(entries), *_list_faults(manifest)]
    if problems:
        raise Refused(*problems)
    return manifest


def weeks(manifest: Manifest) -> int:
    """How many weeks the field period touches, counted from its first day."""
    days = date.fromisoformat(manifest.closes) - date.fromisoformat(manifest.opens)
    return days // timedelta(days=7) + 1


def closing(manifest: Manifest, zone: tzinfo) -> datetime:
    """The moment the closing day is over; `zone` is the manifest's."""
    return datetime.combine(date.fromisoformat(manifest.closes) + timedelta(days=1), time(), zone)


def _header(header: bytes) -> dict[str, Any]:
    raw = parse(header)
    if not isinstance(raw, dict) or raw.keys() != FIELDS.keys():
        raise refuse("BALLOT-112", field="fields")
    wrong = [name for name, kind in FIELDS.items() if type(raw[name]) is not kind]
    if wrong:
        raise refuse("BALLOT-112", field=wrong[0])
    problems = [
        Problem("BALLOT-112", words={"field": name}) for name, right in _checks(raw).items() if not right
    ]
    if raw["suite"] != SUITE:
        problems.append(Problem("BALLOT-113"))
    if problems:
        raise Refused(*problems)
    return raw


def _checks(raw: Mapping[str, Any]) -> dict[str, bool]:
    return {
        "v": raw["v"] == 1,
        "round": bool(ROUND.fullmatch(raw["round"])),
        "opens": _day(raw["opens"]),
        "closes": _day(raw["closes"]) and raw["opens"] <= raw["closes"],
        "tz": bool(ZONE.fullmatch(raw["tz"])),
        "tally_pk": _key(raw["tally_pk"], 65),
        "pad": raw["pad"].keys() == {"closed", "text"}
        and raw["pad"]["closed"] in CLOSED_CLASSES
        and raw["pad"]["text"] in TEXT_CLASSES,
        "min": raw["min"] == MIN,
        "instruments": all(isinstance(d, str) and DIGEST.fullmatch(d) for d in raw["instruments"].values()),
        "origins": raw["origins"].keys() == {"client", "gate", "box", "check", "witnesses"},
        "log": raw["log"].keys() == {"origin", "vkey", "receipt"} and _key(raw["log"]["receipt"], 32),
        "split": raw["split"] in STRONGEST,
        "claim": _earned(raw["claim"], raw["split"]),
        "root": bool(DIGEST.fullmatch(raw["root"])),
    }


def _earned(mark: str, split: str) -> bool:
    """Whether a manifest promises no more than its split can earn."""
    found, ranks = CLAIM.fullmatch(mark), list(Claim)
    if found is None:
        return False
    return ranks.index(Claim(found[1])) <= ranks.index(STRONGEST.get(split, Claim.NONE))


def _list_faults(manifest: Manifest) -> list[Problem]:
    strata = [entry.stratum for entry in manifest.entries]
    kids = [entry.kid for entry in manifest.entries]
    found = [] if kids == sorted(set(kids)) and len(set(strata)) == len(strata) else [Problem("BALLOT-114")]
    for entry in manifest.entries:
        found += entry_faults(entry)
        least = manifest.least["census" if entry.census else "sampled"]
        if entry.sampled < least:
            words: dict[str, str | int | float] = {
                "stratum": entry.stratum, "sampled": entry.sampled, "least": least,
            }  # fmt: skip
            found.append(Problem("BALLOT-115", words=words))
        if entry.instrument not in manifest.instruments:
            found.append(Problem("BALLOT-110", words={"stratum": entry.stratum, "field": "instrument"}))
    return found


def _day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _key(text: object, length: int) -> bool:
    try:
        return bool(from_b64u(text, length=length))
    except Refused:
        return False
