"""A method in one file of its own: a roll-up and, where they are known, the scored questions.

The roll-up is that of a known method (`method = ID`), a profile for a known edition (`edition = "spi-2025"`
and the tables of a profile), or written out (the tables of a profile, with the elements of each group and
their weights).
"""

import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import replace

from bening.core.kinds import Dimension, Group, Item, Method, Text
from bening.core.problems import refuse
from bening.methods import FILES, build, known, load, parts
from bening.methods.parts import Table, one_of, wrong

SCALES = ("codes", "score")
RESERVED = ("", "-")  # entries of a file of answers: nothing answered, not asked
MOST = 253  # codes of one item


def read(data: bytes) -> Method:
    """The method of one file; METHOD-101 to 120 say what is wrong with it."""
    try:
        table = tomllib.loads(data.decode())
    except ValueError as bad:
        raise refuse("METHOD-105", why=str(bad)) from bad
    method = roll_up(table, data)
    return with_items(
        replace(method, digest=hashlib.sha256(data + method.digest.encode()).hexdigest()),
        listed(table),
        scale=one_of(table, "scale", SCALES) if "scale" in table else "codes",
    )


def listed(table: Table) -> list[Table]:
    """The tables [[items]] of the file."""
    items = table.get("items", [])
    if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
        raise wrong("items", items)
    return items


def roll_up(table: Table, data: bytes) -> Method:
    """Groups, elements and rules of the file, from wherever it takes them."""
    if "method" in table:
        return load(str(table["method"]))
    if "edition" not in table:
        return written_out(table)
    editions = sorted({name.partition(":")[0] for name in known()})
    if table["edition"] not in editions:
        raise refuse("METHOD-100", id=str(table["edition"]), known=", ".join(editions))
    try:
        return build(FILES.joinpath(f"{table['edition']}.toml").read_bytes(), data)
    except KeyError as absent:
        raise wrong(str(absent), "–") from absent


def written_out(table: Table) -> Method:
    """A roll-up that needs no edition: what a profile says, and the weight of every element."""
    for key in ("profile", "groups", "dimensions", "rules"):
        if not isinstance(table.get(key), dict):
            raise wrong(key, table.get(key))
    head = table["profile"]
    label = head.get("label")
    if not isinstance(label, dict) or label.keys() != {"id", "en"}:
        raise wrong("profile.label", label)
    if "name" not in head:
        raise wrong("profile.name", "–")
    unofficial = parts.unofficial(table)
    strangers = [group for group in table["groups"] if group not in tuple(Group) or group == Group.VISITOR]
    if strangers:
        raise wrong("groups", ", ".join(strangers))
    return Method(
        id=head["name"],
        edition="",
        profile=head["name"],
        label=unofficial,
        official=False,
        groups=parts.group_weights(table),
        dimensions=tuple(elements(table)),
        indicators=(),
        eligibility={},
        reference="",
        bounds=(),
        missing=one_of(table["rules"], "missing", ("withhold", "reweight")),
        correction="none",
        corrections={},
        floors={},
        config={},
        digest="",
    )


def elements(table: Table) -> Iterable[Dimension]:
    """The elements of every group, with weights that are exact strings and sum to 1."""
    if table["dimensions"].keys() != table["groups"].keys():
        raise wrong("dimensions", sorted(table["dimensions"].keys() ^ table["groups"].keys()))
    for group, chosen in table["dimensions"].items():
        if not isinstance(chosen, dict):
            raise wrong(f"dimensions.{group}", chosen)
        for code, weight in parts.fractions(f"dimensions.{group}", chosen).items():
            yield Dimension(code, Group(group), Text(code, code), float(weight))


def with_items(method: Method, entries: Iterable[Table] = (), *, scale: str = "score") -> Method:
    """The method with its questions; where none are written each element is a column of scores of its name.

    METHOD-103: one name for questions that are scored differently. METHOD-104: an element nobody asks about.
    """
    items = tuple(item(entry, method, scale) for entry in entries)
    if not items:
        items = tuple(Item(part.code, part.group, part.code, scale="score") for part in method.dimensions)
    scored: dict[str, tuple[object, ...]] = {}
    for one in items:
        how = (one.scale, one.scores)
        if scored.setdefault(one.id, how) != how:
            raise refuse("METHOD-103", item=one.id)
    asked = {(one.group, one.dimension) for one in items}
    for part in method.dimensions:
        if (part.group, part.code) not in asked:
            raise refuse("METHOD-104", group=part.group, dimension=part.code)
    return replace(method, items=items)


def item(entry: Table, method: Method, scale: str) -> Item:
    """One scored question."""
    name = entry.get("id")
    if not isinstance(name, str) or not name:
        raise wrong("items.id", name)
    group, dimension = str(entry.get("group")), str(entry.get("dimension"))
    if (group, dimension) not in {(part.group, part.code) for part in method.dimensions}:
        raise wrong(f"items.{name}", f"{group}, {dimension}")
    if one_of({"scale": scale} | dict(entry), "scale", SCALES) == "score":
        return Item(name, Group(group), dimension, scale="score")
    return Item(name, Group(group), dimension, scores=codes(name, entry))


def codes(name: str, entry: Table) -> tuple[tuple[str, float | None], ...]:
    """What each answer code is worth, 0–100; those in `unscored` are known and worth nothing."""
    scores, unscored = entry.get("scores"), entry.get("unscored", [])
    if not isinstance(scores, dict) or not scores or not isinstance(unscored, list):
        raise wrong(f"items.{name}.scores", scores)
    for code, points in scores.items():
        if isinstance(points, bool) or not isinstance(points, int | float) or not 0 <= points <= 100:
            raise wrong(f"items.{name}.scores.{code}", points)
    every = [*scores, *map(str, unscored)]
    if len(every) != len(set(every)) or len(every) > MOST or set(every) & set(RESERVED):
        raise wrong(f"items.{name}", ", ".join(every))
    return (*((code, float(points)) for code, points in scores.items()), *((str(c), None) for c in unscored))
