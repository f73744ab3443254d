"""What somebody has who took both counters away: rows with hidden columns, files, logs, book.

Each source becomes an order: a number a right (gate) or a number a token (box). What is not found in a
source has no number there. Nothing here knows which right posted which token.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bench.security.search import Names, Order, files
from tests.security.world import World

RIGHTS = """SELECT xmin::text::bigint, (ctid::text::point)[0] * 1e5 + (ctid::text::point)[1], id, kid, issued
    FROM gate_right WHERE issued IS NOT NULL"""
INVITES = """SELECT "right", (ctid::text::point)[0] * 1e5 + (ctid::text::point)[1], xmin::text::bigint
    FROM gate_invite"""
BALLOTS = """SELECT b.xmin::text::bigint, (b.ctid::text::point)[0] * 1e5 + (b.ctid::text::point)[1],
    s.xmin::text::bigint, (s.ctid::text::point)[0] * 1e5 + (s.ctid::text::point)[1],
    (SELECT count(*) FROM box_ballot v WHERE v.spent = s.id), b.h, b.spent, b.body
    FROM box_ballot b JOIN box_spent s ON s.id = b.spent"""
GATE_KINDS = ("right", "invite", "issued")

Row = dict[str, Any]


@dataclass
class Loot:
    """Orders by source name, and what every right and token is called in bytes."""

    strata_of_rights: dict[str, str]
    strata_of_tokens: dict[bytes, str]
    rights: dict[str, Order] = field(default_factory=dict)
    tokens: dict[str, Order] = field(default_factory=dict)


def taken(world: World, days: Mapping[int, int] | None = None) -> Loot:
    """Everything that stands on the disk and in the tables. `days`: size of the log -> day it was signed."""
    gate, box = gate_rows(world), box_rows(world)
    loot = Loot({row["id"]: row["kid"] for row in gate}, {row["spent"]: row["kid"] for row in box})
    for name in ("xmin", "ctid", "id", "issued"):
        loot.rights[name] = ranked({row["id"]: row[name] for row in gate})
    loot.rights["invite ctid"], loot.rights["invite xmin"] = invites(world, gate)
    loot.rights["signer's book"] = book(world, gate)
    for name in ("xmin", "ctid", "toast", "spent xmin", "spent ctid", "h", "spent", "versions"):
        loot.tokens[name] = first({(row["spent"], row[name]) for row in box if row[name] is not None})
    loot.tokens["log"], loot.tokens["day of the log"] = logged(world, box, days or {})
    for (kind, source), found in files(world, gate_names(world, gate) | box_names(box)).items():
        orders = loot.rights if kind in GATE_KINDS else loot.tokens
        orders[f"{kind} in {source}"] = found
    return loot


def gate_rows(world: World) -> list[Row]:
    """Rights that were used, with their hidden columns."""
    rows = world.rows("gate", RIGHTS)
    keys = ("xmin", "ctid", "id", "kid", "issued")
    return [dict(zip(keys, (*row[:4], bytes(row[4])), strict=True)) for row in rows]


def box_rows(world: World) -> list[Row]:
    """Ballots with their tokens' rows, hidden columns and the numbers of their overflow pieces."""
    rows = world.rows("box", BALLOTS)
    pieces = overflow(world)
    keys = ("xmin", "ctid", "spent xmin", "spent ctid", "versions", "h", "spent", "body")
    found = [dict(zip(keys, (*row[:5], *(bytes(part) for part in row[5:])), strict=True)) for row in rows]
    return [row | {"kid": row["body"][4:36].hex(), "toast": pieces.get(row["body"][:1900])} for row in found]


def overflow(world: World) -> dict[bytes, int]:
    """First bytes of each ballot's overflow -> its number, which counts upwards as rows come in."""
    [(table,)] = world.rows(
        "box", "SELECT reltoastrelid::regclass::text FROM pg_class WHERE relname = 'box_ballot'"
    )
    rows = world.rows("box", f"SELECT chunk_id, chunk_data FROM {table} WHERE chunk_seq = 0")  # noqa: S608  the server named it
    return {bytes(data)[:1900]: number for number, data in rows}


def invites(world: World, gate: list[Row]) -> tuple[Order, Order]:
    """The order of the message secrets of each right."""
    rows = world.rows("gate", INVITES)
    used = {row["id"] for row in gate}
    return (
        first({(right, at) for right, at, _ in rows if right in used}),
        first({(right, tx) for right, _, tx in rows if right in used}),
    )


def book(world: World, gate: list[Row]) -> Order:
    """The order of the signer's book, whose records name the blinded values of rights."""
    data = (world.folder / "signer" / "quota").read_bytes()
    place = {data[at + 32 : at + 64]: at for at in range(0, len(data), 64)}
    return {row["id"]: place[row["issued"]] for row in gate if row["issued"] in place}


def logged(world: World, box: list[Row], days: Mapping[int, int]) -> tuple[Order, Order]:
    """Place in the public log, and the day whose batch holds it: the sizes of all checkpoints are public."""
    path = world.folder / "log" / "leaves"
    if not path.exists():
        return {}, {}
    data = path.read_bytes()
    place = {data[at + 1 : at + 33]: at // 33 for at in range(0, len(data), 33)}
    found = first({(row["spent"], place[row["h"]]) for row in box if row["h"] in place})
    ends = sorted(days)
    return found, {token: next((days[end] for end in ends if at < end), -1) for token, at in found.items()}


def gate_names(world: World, gate: list[Row]) -> Names:
    """Bytes that name a right wherever they turn up: its own name, its secrets', and what it was spent on."""
    used = {row["id"] for row in gate}
    doors = world.rows("gate", 'SELECT hmac, "right" FROM gate_invite')
    names = {bytes(hmac): ("invite", right) for hmac, right in doors if right in used}
    names |= {row["id"].encode(): ("right", row["id"]) for row in gate}
    return names | {row["issued"]: ("issued", row["id"]) for row in gate}


def box_names(box: list[Row]) -> Names:
    """Bytes that name a token wherever they turn up: the ballot's hash, the token's row, the sealed part."""
    names = {row["h"]: ("h", row["spent"]) for row in box}
    names |= {row["spent"]: ("spent", row["spent"]) for row in box}
    return names | {row["body"][500:532]: ("body", row["spent"]) for row in box}


def first(pairs: set[tuple[object, object]]) -> Order:
    """The least value of each thing, as a rank."""
    least: dict[object, object] = {}
    for thing, value in pairs:
        least[thing] = min(least.get(thing, value), value)
    return ranked(least)


def ranked(values: Mapping[object, object]) -> Order:
    """Values of any kind as numbers in the same order; equal values get equal numbers."""
    place = {value: at for at, value in enumerate(sorted(set(values.values())))}
    return {thing: float(place[value]) for thing, value in values.items()}


def sizes(world: World) -> list[int]:
    """The sizes of all checkpoints, as the log publishes them."""
    return [size for (size,) in world.rows("box", "SELECT size FROM box_checkpoint ORDER BY size")]
