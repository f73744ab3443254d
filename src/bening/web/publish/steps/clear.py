"""What may be shown of a run: the groups behind its numbers, attacked together with all earlier releases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from bening.core.kinds import Aggregate as Row
from bening.core.kinds import Disclosure, Group, Item, LedgerEntry, Level, Method
from bening.core.problems import refuse
from bening.core.publish import composite_of, disclose, entries_of, mean_of, refine
from bening.core.publish.tables import row_id
from bening.core.questionnaire import load as load_form
from bening.methods import load
from bening.web.estimate.models import Run
from bening.web.estimate.steps import of_visitors, with_items
from bening.web.publish.models import Aggregate
from bening.web.questionnaire.models import Instrument
from bening.web.response.models import Label, Reply

ROUNDING = "DSC-2"
FINEST = 10_000  # weights are exact fractions in the profile; this turns 0.333… back into a third


@dataclass(frozen=True, slots=True)
class Cleared:
    """The pattern of one institution and its lines for the ledger."""

    institution: str
    disclosure: Disclosure
    entries: tuple[LedgerEntry, ...]


def clear(run: Run) -> list[Cleared]:
    """DSC-3 to DSC-6 for every institution of the run; PUBLISH-125 where no pattern is safe."""
    method = form_items(run)
    found = Label.objects.filter(tally__round=run.round).select_related("institution", "unit")
    labels = [label for label in found if not of_visitors(label)]
    replies: dict[int, list[Reply]] = {}
    for reply in Reply.objects.filter(label__in=labels, verdict__kept=True).order_by("place"):
        replies.setdefault(reply.label_id, []).append(reply)
    shared = [label for label in labels if label.institution is None]
    codes = sorted({label.institution.code for label in labels if label.institution})
    return [
        clear_one(
            code,
            [label for label in labels if label.institution and label.institution.code == code] + shared,
            replies,
            method,
            ledger=earlier(run, code),
        )
        for code in codes
    ]


def form_items(run: Run) -> Method:
    """The method of the run with the scored questions of its round."""
    forms = Instrument.objects.filter(round=run.round).order_by("version")
    return with_items(load(run.method_id), {Group(form.group): load_form(bytes(form.body)) for form in forms})


def clear_one(
    code: str,
    labels: Sequence[Label],
    replies: dict[int, list[Reply]],
    method: Method,
    *,
    ledger: Sequence[LedgerEntry],
) -> Cleared:
    """One institution: its own labels and those it shares."""
    pairs = [(label, reply) for label in labels for reply in replies.get(label.id, [])]
    if not pairs:
        return Cleared(code, Disclosure((), (), {}, 0, True), ())
    answered = np.array([given(reply, Group(label.group), method) for label, reply in pairs], dtype=np.bool_)
    refined = refine(
        rows(code, labels, replies, method),
        [label.label for label, _ in pairs],
        answered=answered,
        census=np.array([label.sampled >= label.population for label, _ in pairs], dtype=np.bool_),
        ledger=ledger,
    )
    found = disclose(refined.aggregates, refined.atoms, floors=method.floors, earlier=refined.earlier)
    if not found.safe:
        raise refuse("PUBLISH-125", institution=code)
    return Cleared(code, found, entries_of(found, refined, release="", family=code, rounding=ROUNDING))


def rows(code: str, labels: Sequence[Label], replies: dict[int, list[Reply]], method: Method) -> list[Row]:
    """Every row a release shows: the index, each group, each unit's insiders."""
    counts = {label.label: len(replies.get(label.id, [])) for label in labels}
    groups = {
        group: [label.label for label in labels if label.group == group and counts[label.label]]
        for group in method.groups
    }
    weights = [
        (Fraction(share).limit_denominator(FINEST), groups[group]) for group, share in method.groups.items()
    ]
    found = [composite_of(row_id(code, "", ""), weights, respondents=counts)]
    found += [
        mean_of(row_id(code, "", group), names, level=Level.SOURCE)
        for group, names in groups.items()
        if names
    ]
    units: dict[str, list[str]] = {}
    for label in labels:
        if label.unit and label.group == Group.INTERNAL and counts[label.label]:
            units.setdefault(label.unit.code, []).append(label.label)
    return found + [
        mean_of(row_id(code, unit, Group.INTERNAL), names, level=Level.CELL)
        for unit, names in sorted(units.items())
    ]


def given(reply: Reply, group: Group, method: Method) -> NDArray[np.bool_]:
    """Which dimensions of its group a reply answered, by half of their questions or more.

    All groups get one width. Questions this person was not asked count as unanswered: that can only withhold
    more.
    """
    width = max(len(columns(method, other)) for other in method.groups)
    own = [half(reply, items) for items in columns(method, group)]
    return np.array(own + [bool(own) and all(own)] * (width - len(own)), dtype=np.bool_)


def columns(method: Method, group: Group) -> list[list[Item]]:
    """The scored questions of each dimension of a group."""
    return [
        [item for item in method.items if item.group is group and item.dimension == dimension.code]
        for dimension in method.dimensions
        if dimension.group is group
    ]


def half(reply: Reply, items: Iterable[Item]) -> bool:
    """Whether a reply gives a scored answer to at least half of these questions (EST-4)."""
    scored = [
        reply.answers.get(item.id) in {code for code, score in item.scores if score is not None}
        for item in items
    ]
    return 2 * sum(scored) >= len(scored)


def earlier(run: Run, family: str) -> list[LedgerEntry]:
    """What was already released from the same answers."""
    known = Aggregate.objects.filter(
        family=family,
        release__released__isnull=False,
        release__round=run.round,
        release__run__digests__answers=run.digests["answers"],
    ).select_related("release")
    return [
        LedgerEntry(
            release=str(row.release.pk),
            family=row.family,
            aggregate=row.aggregate,
            rounding=row.rounding,
            parts=tuple((Fraction(share), int(bits, 16)) for share, bits in row.parts),
        )
        for row in known
    ]
