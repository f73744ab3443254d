"""Entries of the manifest: one stratum key each, one Merkle leaf each."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bening.core.canonical import b64u, dump, from_b64u, parse
from bening.core.kinds import Entry, Group, Problem
from bening.core.problems import Refused, refuse
from bening.core.response.layout import kid_of

LABEL = re.compile(r"[a-z0-9/.-]{1,120}")
QUOTED = 6144  # bytes of an entry as a JSON string inside the gate's reply
MERGED = "/merged"
FIELDS = {
    "kid": str,
    "n": str,
    "stratum": str,
    "label": dict,
    "group": str,
    "sampled": int,
    "census": bool,
    "instrument": str,
    "merge": list,
}


def build_entry(
    *,
    modulus: bytes,
    stratum: str,
    label: Mapping[str, str],
    group: str,
    sampled: int,
    census: bool,
    instrument: str,
    merge: Sequence[str],
    about: Sequence[str] | None = None,
) -> Entry:
    """The entry of one stratum; `modulus` are the 256 bytes of its public key."""
    return Entry(
        kid=kid_of(modulus).hex(),
        n=b64u(modulus),
        stratum=stratum,
        label=dict(label),
        group=group,
        sampled=sampled,
        census=census,
        instrument=instrument,
        merge=tuple(merge),
        about=None if about is None else tuple(about),
    )


def entry_bytes(entry: Entry) -> bytes:
    """The Merkle leaf: the entry's canonical JSON."""
    fields = {name: getattr(entry, name) for name in FIELDS}
    return dump({**fields, "label": dict(entry.label), "about": entry.about})


def parse_entry(leaf: bytes) -> Entry:
    """The entry of a leaf; refuses unknown fields, wrong types and other spellings (BALLOT-110)."""
    raw = parse(leaf)
    if not isinstance(raw, dict) or raw.keys() != {*FIELDS, "about"}:
        raise refuse("BALLOT-110", stratum="?", field="fields")
    # `type is`, because JSON's true must not pass for a number
    wrong = [name for name, kind in FIELDS.items() if type(raw[name]) is not kind]
    wrong += [name for name in ("merge", "about") if not _texts(raw[name] or [])]
    wrong += [] if _texts(list(raw["label"].values())) else ["label"]
    if wrong:
        raise refuse("BALLOT-110", stratum=str(raw["stratum"])[:120], field=wrong[0])
    about = None if raw["about"] is None else tuple(raw["about"])
    return Entry(**{**raw, "merge": tuple(raw["merge"]), "about": about})


def public_keys(lines: bytes) -> dict[str, bytes]:
    """Stratum -> modulus (256 bytes), out of the lines the signer wrote with its keys (BALLOT-170)."""
    try:
        rows = [parse(line) for line in lines.splitlines()]
        return {row["stratum"]: from_b64u(row["n"], length=256) for row in rows}
    except (Refused, KeyError, TypeError):
        raise refuse("BALLOT-170") from None


def entry_faults(entry: Entry) -> list[Problem]:
    """What is wrong with one entry, sizes apart (BALLOT-110)."""
    checks = {
        "stratum": LABEL.fullmatch(entry.stratum) and not entry.stratum.endswith(MERGED),
        "label": entry.label.keys() == {"id", "en"} and all(entry.label.values()),
        "group": entry.group in tuple(Group),
        "n": _modulus_matches(entry),
        "sampled": entry.sampled > 0,
        "merge": entry.merge and all(LABEL.fullmatch(name) for name in entry.merge),
        "about": entry.about is None or (entry.about and len(set(entry.about)) == len(entry.about)),
        "length": len(dump(entry_bytes(entry).decode())) <= QUOTED,
    }
    return [
        Problem("BALLOT-110", words={"stratum": entry.stratum, "field": name})
        for name, right in checks.items()
        if not right
    ]


def tree_faults(entries: Iterable[Entry]) -> list[Problem]:
    """Where the merge labels of all entries do not form one tree (BALLOT-111).

    One tree: a label has one parent everywhere, all ways end in the same top, no label is also a stratum,
    none ends in `/merged`.
    """
    entries = tuple(entries)
    strata = {entry.stratum for entry in entries}
    parents: dict[str, str] = {}
    found = {name for entry in entries for name in entry.merge if name in strata or name.endswith(MERGED)}
    for entry in entries:
        for name, parent in steps_up(entry.merge):
            if parents.setdefault(name, parent) != parent or entry.merge.count(name) > 1:
                found.add(name)
    tops = sorted(name for name, parent in parents.items() if not parent)
    found |= set(tops[1:])
    return [Problem("BALLOT-111", words={"label": name}) for name in sorted(found)]


def steps_up(merge: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Each merge label with its parent; the top has an empty one."""
    return zip(merge, [*merge[1:], ""], strict=False)  # no label, no step


def _modulus_matches(entry: Entry) -> bool:
    try:
        modulus = from_b64u(entry.n, length=256)
    except Refused:
        return False
    return modulus[0] >= 0x80 and kid_of(modulus).hex() == entry.kid


def _texts(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)
