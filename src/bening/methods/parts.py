"""The parts of a method file, read one by one and checked as they are read."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from bening.core.kinds import (
    Bound,
    Dimension,
    Family,
    Group,
    Indicator,
    Measure,
    Output,
    PublicationStatus,
    Text,
)
from bening.core.problems import Refused, refuse

Table = Mapping[str, Any]
CERTAINTIES = ("A", "B", "C", "D", "E", "X", "ours")
MARKS = ("red", "yellow", "green")
SLACK = Fraction(1, 10**9)  # how far a sum of weights may be from 1


def wrong(entry: str, word: object) -> Refused:
    """METHOD-102 for one entry."""
    return refuse("METHOD-102", entry=entry, word=str(word))


def one_of(table: Table, key: str, allowed: tuple[str, ...]) -> str:
    """The value of a key that must be one of a closed list."""
    value = table.get(key)
    if value not in allowed:
        raise wrong(key, value)
    return str(value)


def entries(edition: Table) -> Iterator[tuple[str, Table]]:
    """Every entry of an edition file that claims something about the survey."""
    yield "edition", edition["edition"]
    for group, entry in edition["groups"].items():
        yield f"groups.{group}", entry
        yield from ((f"groups.{group}.{kind['code']}", kind) for kind in entry["kinds"])
    for key in ("dimensions", "indicators"):
        for block in edition[key]:
            yield from ((f"{key}.{block['group']}.{entry['code']}", entry) for entry in block["of"])
    yield from ((f"classes.{entry['code']}", entry) for entry in edition["classes"]["of"])
    yield "eligibility", edition["eligibility"]
    for group in Group:
        rules = edition["eligibility"].get(group, [])
        yield from ((f"eligibility.{group}.{rule['id']}", rule) for rule in rules)
    for key in ("corrections", "statuses", "floors", "config"):
        yield from ((f"{key}.{name}", entry) for name, entry in edition[key].items())


def check_sources(found: Iterator[tuple[str, Table]], sources: Table) -> None:
    """Every entry says where it comes from and how certain it is."""
    for path, entry in found:
        if entry.get("certainty") not in CERTAINTIES:
            raise wrong(f"{path}.certainty", entry.get("certainty"))
        if entry.get("source") not in sources:
            raise wrong(f"{path}.source", entry.get("source"))


def unofficial(profile: Table) -> Text:
    """The label of a profile, which must say of itself that it is not official (METHOD-120)."""
    head = profile["profile"]
    if head.get("official") is not False:
        raise refuse("METHOD-120", profile=head["name"])
    return Text(**head["label"])


def fractions(level: str, table: Table) -> dict[str, Fraction]:
    """Weights written as exact strings; they sum to 1 or the file is refused (METHOD-110, IDX-2)."""
    try:
        weights = {key: Fraction(value) for key, value in table.items() if isinstance(value, str)}
    except (ValueError, ZeroDivisionError) as bad:
        raise wrong(level, bad) from bad
    if len(weights) != len(table) or min(weights.values(), default=Fraction(-1)) < 0:
        raise wrong(level, dict(table))
    total = sum(weights.values(), Fraction(0))
    if abs(total - 1) > SLACK:
        raise refuse("METHOD-110", level=level, total=str(total))
    return weights


def group_weights(profile: Table) -> dict[Group, float]:
    """The weight of each respondent group in the index."""
    return {Group(group): float(weight) for group, weight in fractions("groups", profile["groups"]).items()}


def dimensions(edition: Table, profile: Table) -> tuple[Dimension, ...]:
    """The elements of every group with their weight inside it."""
    found: list[Dimension] = []
    for block in edition["dimensions"]:
        group, names = Group(block["group"]), {entry["code"]: Text(**entry["name"]) for entry in block["of"]}
        chosen = profile["dimensions"].get(group)
        equal = {code: f"1/{len(names)}" for code in names}
        weights = fractions(f"dimensions.{group}", equal if chosen == "equal" else chosen or {})
        if weights.keys() != names.keys():
            raise wrong(f"dimensions.{group}", sorted(weights.keys() ^ names.keys()))
        found += [Dimension(code, group, name, float(weights[code])) for code, name in names.items()]
    return tuple(found)


def indicators(edition: Table) -> tuple[Indicator, ...]:
    """The indicators of every group; each belongs to a declared element."""
    declared = {(block["group"], entry["code"]) for block in edition["dimensions"] for entry in block["of"]}
    found: list[Indicator] = []
    for block in edition["indicators"]:
        for entry in block["of"]:
            if (block["group"], entry["dimension"]) not in declared:
                raise wrong(f"indicators.{block['group']}.{entry['code']}", entry["dimension"])
            found.append(indicator(Group(block["group"]), entry))
    return tuple(found)


def indicator(group: Group, entry: Table) -> Indicator:
    """One indicator."""
    family, measure = one_of(entry, "family", tuple(Family)), one_of(entry, "measure", tuple(Measure))
    return Indicator(
        entry["code"], group, entry["dimension"], Family(family), Measure(measure), Text(**entry["name"])
    )


def bounds(edition: Table) -> tuple[Bound, ...]:
    """The classes from the lowest up; the lowest starts at 0."""
    found = tuple(
        Bound(entry["code"], float(entry["lower"]), Text(**entry["name"]), one_of(entry, "mark", MARKS))
        for entry in edition["classes"]["of"]
    )
    lowers = [bound.lower for bound in found]
    if found and (lowers[0] != 0 or lowers != sorted(set(lowers)) or lowers[-1] > 100):
        raise wrong("classes", lowers)
    return found


def kinds(entry: Table) -> dict[str, Text]:
    """The statuses of staff or the kinds of others that a group admits; empty admits any."""
    return {kind["code"]: Text(**kind["name"]) for kind in entry["kinds"]}


def floors(edition: Table) -> dict[str, int]:
    """The publication thresholds (DSC-1); each output has one, and so has sufficiency."""
    found = {key: int(entry["value"]) for key, entry in edition["floors"].items()}
    if found.keys() != {*Output, "sufficiency"} or min(found.values()) < 1:
        raise wrong("floors", sorted(found))
    return found


def statuses(edition: Table) -> dict[str, Text]:
    """Every publication status in words."""
    found = {code: Text(**entry["name"]) for code, entry in edition["statuses"].items()}
    if found.keys() != set(PublicationStatus):
        raise wrong("statuses", sorted(found))
    return found
