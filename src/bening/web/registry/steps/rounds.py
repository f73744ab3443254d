"""Rounds."""

from datetime import date

from django.db import transaction

from bening.core.kinds import Group, Method, Operator, Place, Rule, Text
from bening.core.problems import refuse
from bening.methods import load
from bening.web.registry.models import Round
from bening.web.registry.steps.audit import record


@transaction.atomic
def open_round(
    *,
    by: str,
    code: str,
    edition: str,
    profile: str,
    opens: date,
    closes: date,
    reference: date,
    words: dict[str, str],
) -> Round:
    """Open a round; its method must load and its dates be in order (REGISTRY-121).

    Opening it again with the same code changes nothing.
    """
    load(f"spi-{edition}:{profile}")
    check_dates(opens, closes, reference)
    round_, new = Round.objects.get_or_create(
        code=code,
        defaults={
            "edition": edition,
            "profile": profile,
            "opens": opens,
            "closes": closes,
            "reference": reference,
            **words,
        },
    )
    if new:
        record(by=by, verb="open_round", on=code)
    return round_


def check_dates(opens: date, closes: date, reference: date) -> None:
    """A round ends after it began, and counts months to a day before it ends."""
    if closes < opens:
        why = ("tanggal tutup lebih awal daripada tanggal mulai", "it closes before it opens")
        raise refuse("REGISTRY-121", Place(column="closes"), why=why[0], why_en=why[1])
    if reference > closes:
        why = ("hari acuan sesudah tanggal tutup", "the reference day is later than the closing day")
        raise refuse("REGISTRY-121", Place(column="reference"), why=why[0], why_en=why[1])


def left_out(method: Method) -> dict[Group, list[Text]]:
    """Who is left out of each group by this edition, in words."""
    return {
        group: [in_words(rule, rule.text) for rule in rules if rule.text]
        for group, rules in method.eligibility.items()
    }


def in_words(rule: Rule, text: Text) -> Text:
    """The words of a rule; what would be found of one person is said of everybody it leaves out."""
    parts = rule.value if isinstance(rule.value, tuple) else (rule.value,)
    found = {
        Operator.MONTHS_GE: Text(f"kurang dari {rule.value}", f"fewer than {rule.value}"),
        Operator.WITHIN_MONTHS: Text("sebelum itu", "before that"),
        Operator.NOT_IN: Text(" atau ".join(map(str, parts)), " or ".join(map(str, parts))),
    }.get(Operator(rule.op), Text("…", "…"))
    return Text(
        text.id.format(found=found.id, value=rule.value), text.en.format(found=found.en, value=rule.value)
    )
