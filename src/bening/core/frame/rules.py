"""Who may be asked: rules of the method file over the facts of one person, in three-valued logic."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

from bening.core.frame.dates import full_months, within
from bening.core.kinds import Eligibility, ImpreciseDate, Operator, Rule, Text, Verdict
from bening.core.problems import refuse

Value = str | bool | int | ImpreciseDate | None
Facts = Mapping[str, Value]


def eligible(rules: tuple[Rule, ...], facts: Facts, reference: date) -> Eligibility:
    """The verdict on one person, with every rule that failed or could not be decided.

    A missing fact leaves a rule undecided: it never lets anybody in and never shuts anybody out.
    """
    failed, unknown = [], []
    for rule in rules:
        outcome = holds(rule, facts, reference)
        if outcome is None:
            unknown.append(rule.id)
        elif not outcome:
            failed.append(rule.id)
    if failed:
        return Eligibility(Verdict.INELIGIBLE, tuple(failed), tuple(unknown))
    return Eligibility(Verdict.UNDECIDED if unknown else Verdict.ELIGIBLE, (), tuple(unknown))


def holds(rule: Rule, facts: Facts, reference: date) -> bool | None:
    """True, False or None (unknown); a rule with `when` holds for every row it is not meant for."""
    for field, wanted in (rule.when or {}).items():
        if facts.get(field) is None:
            return None
        if facts[field] != wanted:
            return True
    if rule.op == Operator.NOT_ALL:
        return not_all([holds(part, facts, reference) for part in rule.of])
    if rule.op not in ASK:
        raise refuse("METHOD-101", rule=rule.id, word=rule.op, known=", ".join(Operator))
    value = facts.get(rule.field)
    return None if value is None else ASK[rule.op](value, rule.value, reference)


def not_all(parts: list[bool | None]) -> bool | None:
    """False only when every part is true, true as soon as one part is false."""
    if False in parts:
        return True
    return None if None in parts else False


def at_both_ends(value: Value, test: Callable[[date], bool]) -> bool | None:
    """The verdict at both ends of a date's span: decided where they agree."""
    if not isinstance(value, ImpreciseDate):
        return None
    first, last = test(value.first), test(value.last)
    return first if first == last else None


@lru_cache(maxsize=16384)
def months_ge(value: Value, wanted: object, reference: date) -> bool | None:
    """At least so many full months before the reference date."""
    return at_both_ends(value, lambda day: full_months(day, reference) >= int(str(wanted)))


@lru_cache(maxsize=16384)
def within_months(value: Value, wanted: object, reference: date) -> bool | None:
    """In the last so many months before the reference date."""
    return at_both_ends(value, lambda day: within(day, reference, int(str(wanted))))


def listed(value: Value, wanted: object) -> bool:
    """Whether the value stands in the rule's list."""
    return isinstance(wanted, tuple) and value in wanted


ASK: Mapping[str, Callable[[Value, object, date], bool | None]] = {
    Operator.MONTHS_GE: months_ge,
    Operator.WITHIN_MONTHS: within_months,
    Operator.IS_TRUE: lambda value, wanted, reference: value is True,
    Operator.IS_FALSE: lambda value, wanted, reference: value is False,
    Operator.IN: lambda value, wanted, reference: listed(value, wanted),
    Operator.NOT_IN: lambda value, wanted, reference: not listed(value, wanted),
}


def explain(rule: Rule, facts: Facts, reference: date) -> Text:
    """The rule's own sentence with what was found on this row."""
    if rule.text is None:
        return Text(rule.id, rule.id)
    found = describe(facts.get(rule.field), rule, reference)
    return Text(
        rule.text.id.format(found=found, value=rule.value), rule.text.en.format(found=found, value=rule.value)
    )


def describe(value: Value, rule: Rule, reference: date) -> str:
    """A found value in figures: months for a tenure, the span for a date."""
    if not isinstance(value, ImpreciseDate):
        return str(value)
    if rule.op == Operator.MONTHS_GE:
        most, least = full_months(value.first, reference), full_months(value.last, reference)
        return str(most) if most == least else f"{least}–{most}"
    return value.first.isoformat() if value.exact else f"{value.first.isoformat()}–{value.last.isoformat()}"
