"""Rules of eligibility as they stand in an edition file."""

from collections.abc import Mapping
from typing import Any

from bening.core.kinds import Fact, Group, Operator, Rule, Text
from bening.core.problems import Refused, refuse

MONTHS = (Operator.MONTHS_GE, Operator.WITHIN_MONTHS)
LISTS = (Operator.IN, Operator.NOT_IN)
FLAGS = (Operator.IS_TRUE, Operator.IS_FALSE)
DATES = (Fact.START_INSTITUTION, Fact.START_UNIT, Fact.LAST_CONTACT, Fact.RETIRED_ON)


def eligibility(
    table: Mapping[str, Any], kinds: Mapping[Group, Mapping[str, Text]]
) -> dict[Group, tuple[Rule, ...]]:
    """The rules of each group that the edition names; an unknown operator or field is METHOD-101."""
    found = {group: tuple(rule(entry) for entry in table.get(group, [])) for group in kinds}
    for rules in found.values():
        ids = [one.id for one in rules]
        if len(ids) != len(set(ids)):
            raise refuse("METHOD-102", entry="eligibility", word=", ".join(ids))
    return found


def rule(entry: Mapping[str, Any]) -> Rule:
    """One rule with its sentence in both languages."""
    part = condition(entry["id"], entry)
    return Rule(
        id=entry["id"],
        op=part.op,
        field=part.field,
        value=part.value,
        of=part.of,
        when=limit(entry["id"], entry.get("when")),
        certainty=entry["certainty"],
        text=Text(**entry["text"]),
    )


def condition(name: str, entry: Mapping[str, Any]) -> Rule:
    """What is asked: an operator, a field and a value that fit one another."""
    op, field, value = entry.get("op", ""), entry.get("field", ""), entry.get("value")
    if op not in tuple(Operator):
        raise unknown(name, op, Operator)
    if op == Operator.NOT_ALL:
        return Rule(name, op, of=tuple(condition(name, part) for part in entry["of"]))
    if field not in tuple(Fact):
        raise unknown(name, field, Fact)
    if not fits(Operator(op), field, value):
        raise refuse("METHOD-102", entry=name, word=f"{field} {op} {value}")
    return Rule(name, op, field, tuple(value) if isinstance(value, list) else value)


def fits(op: Operator, field: str, value: object) -> bool:
    """Whether the value is of the kind that the operator needs."""
    if op in MONTHS:
        return field in DATES and isinstance(value, int) and value > 0
    if op in LISTS:
        return isinstance(value, list) and bool(value)
    return op in FLAGS and value is None


def limit(name: str, when: Mapping[str, str] | None) -> Mapping[str, str] | None:
    """The rows a rule is for."""
    for field in when or {}:
        if field not in tuple(Fact):
            raise unknown(name, field, Fact)
    return when


def unknown(name: str, word: str, known: type[Operator] | type[Fact]) -> Refused:
    """METHOD-101 with the closed list."""
    return refuse("METHOD-101", rule=name, word=word, known=", ".join(known))
