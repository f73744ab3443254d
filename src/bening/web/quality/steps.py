"""The verbs of quality: a verdict for every reply, a publication status for every institution."""

from collections.abc import Mapping, Sequence

import numpy as np
from django.db import transaction
from django.db.models import Sum
from numpy.typing import NDArray

from bening.core.kinds import Group, Instrument, PublicationStatus, Question, Screens, Text
from bening.core.problems import refuse
from bening.core.quality import MISSING, national_runs, signs
from bening.core.questionnaire import load as load_form
from bening.methods import load
from bening.web.quality.models import Status, Verdict
from bening.web.questionnaire.models import Instrument as FrozenForm
from bening.web.registry.models import Institution, Round
from bening.web.registry.steps import record
from bening.web.response.models import Label, Reply, Tally

REASONS = {
    PublicationStatus.PUBLISHED: Text("", ""),
    PublicationStatus.INSUFFICIENT_SAMPLE: Text(
        "Jawaban yang masuk terlalu sedikit untuk satu angka yang dapat dipertanggungjawabkan.",
        "Too few answers came in for a number that could be defended.",
    ),
}


@transaction.atomic
def review(*, by: str) -> int:
    """Give a verdict to replies that have none; how many. Signs are remarks: every reply is kept (QLT-1)."""
    waiting = (
        Reply.objects.filter(verdict=None).select_related("label__tally").select_for_update(of=("self",))
    )
    groups: dict[tuple[int, str], list[Reply]] = {}
    for reply in waiting:
        groups.setdefault((reply.label.tally.round_id, reply.label.group), []).append(reply)
    for (round_id, group), replies in groups.items():
        form = FrozenForm.objects.filter(round_id=round_id, group=group).latest("version")
        found = signs_of(load_form(bytes(form.body)), replies)
        Verdict.objects.bulk_create(
            [Verdict(reply=r, kept=True, signs=sorted(s)) for r, s in zip(replies, found, strict=True)],
            batch_size=2000,
            ignore_conflicts=True,  # two reviewers at once: one verdict a reply, the first stands
        )
        record(by=by, verb="review", on=f"{form.round.code}/{group}", detail={"replies": len(replies)})
    return sum(len(replies) for replies in groups.values())


def signs_of(form: Instrument, replies: Sequence[Reply]) -> tuple[frozenset[str], ...]:
    """The signs of each reply of one questionnaire."""
    items = [question for question in form.questions if steps_of(question) > 2]
    codes = positions(items, replies)
    block = (tuple(range(len(items))),) if mixed(items) else ()
    screens = Screens(mixed_blocks=block, runs=national_runs(codes, block), opposites=(), agree=0)
    bands = np.array([reply.paradata.get("d", MISSING) for reply in replies])
    return tuple(frozenset(map(str, found)) for found in signs(codes, bands, screens=screens))


def steps_of(question: Question) -> int:
    """How many different scores a question has."""
    return len({choice.score for choice in question.choices if choice.score is not None})


def mixed(items: Sequence[Question]) -> bool:
    """Whether agreeing is the good end of some items and the bad end of others."""
    rising = {scores(item)[0] < scores(item)[-1] for item in items}
    return len(rising) == 2


def scores(question: Question) -> list[float]:
    """The scores of a question's choices as printed."""
    return [choice.score for choice in question.choices if choice.score is not None]


def positions(items: Sequence[Question], replies: Sequence[Reply]) -> NDArray[np.int64]:
    """Option positions as printed, (replies, items)."""
    places: list[Mapping[str, int]] = [
        {choice.code: i for i, choice in enumerate(item.choices) if choice.score is not None}
        for item in items
    ]
    return np.array(
        [
            [
                place.get(reply.answers.get(item.id, ""), MISSING)
                for item, place in zip(items, places, strict=True)
            ]
            for reply in replies
        ]
    )


@transaction.atomic
def decide(*, by: str, second: str, round: Round) -> int:
    """Set the status of participants that have none: published, or insufficient by the method's floors.

    It stands once it is set, so nobody decides before the count (QUALITY-105) or alone (QUALITY-104).
    """
    if not by or not second or by == second:
        raise refuse("QUALITY-104", by=by, second=second)
    if not Tally.objects.filter(round=round).exists():
        raise refuse("QUALITY-105", round=round.code)
    count = 0
    decided = Status.objects.filter(round=round).values("institution")
    for participant in round.participants.exclude(institution__in=decided).select_related("institution"):
        code = sufficiency(round, participant.institution)
        reason = REASONS[code]
        Status.objects.create(
            round=round,
            institution=participant.institution,
            code=code,
            reason_id=reason.id,
            reason_en=reason.en,
            by=by,
            second=second,
        )
        record(by=by, verb="decide", on=f"{round.code}/{participant.institution.code}", detail={"code": code})
        count += 1
    return count


def sufficiency(round: Round, institution: Institution) -> PublicationStatus:
    """Whether enough people answered in total and somebody in every group that has a weight."""
    method = load(round.method_id)
    labels = Label.objects.filter(tally__round=round).exclude(group=Group.VISITOR)  # no sample
    own = dict(labels.filter(institution=institution).values_list("group").annotate(n=Sum("counted")))
    shared = dict(labels.filter(institution=None).values_list("group").annotate(n=Sum("counted")))
    counts = {group: own.get(group, 0) or shared.get(group, 0) for group in method.groups}
    enough = sum(own.values()) >= method.floors["institution"] and all(
        counts[Group(g)] for g in method.groups
    )
    return PublicationStatus.PUBLISHED if enough else PublicationStatus.INSUFFICIENT_SAMPLE
