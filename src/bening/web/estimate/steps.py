"""The verbs of estimate: one run from kept replies, labels and corrections, with everything to repeat it."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
from django.db import transaction

import bening
from bening.core.estimate import coded, contest, encode, index
from bening.core.estimate.ranks import chance_of_top, rank_sets
from bening.core.kinds import (
    FLAGS,
    NOT_ASKED,
    Answers,
    Coded,
    Estimates,
    Frame,
    Group,
    Instrument,
    Item,
    Method,
    PublicationStatus,
)
from bening.core.questionnaire import load as load_form
from bening.core.questionnaire import relevant
from bening.methods import load
from bening.web.estimate.models import Run, Score
from bening.web.quality.models import Status
from bening.web.questionnaire.models import Instrument as FrozenForm
from bening.web.registry.models import Institution, Round, Unit
from bening.web.registry.steps import record
from bening.web.response.models import Label, Reply

COMPARED = {"regency": "local", "city": "local"}  # regencies and cities of a province stand in one list
BATCH = 2000


@transaction.atomic
def estimate(*, by: str, round: Round, now: datetime) -> Run:
    """Compute a run; the same answers, method and code give the run that is already there."""
    Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    forms = {
        Group(row.group): load_form(bytes(row.body))
        for row in FrozenForm.objects.filter(round=round).order_by("version")
    }
    method = with_items(load(round.method_id), forms)
    replies = list(
        Reply.objects.filter(label__tally__round=round, verdict__kept=True)
        .select_related("label__institution", "label__unit")
        .order_by("label__label", "place")
    )
    everything = list(Label.objects.filter(tally__round=round).select_related("institution"))
    visitors = [label for label in everything if of_visitors(label)]
    labels = [label for label in everything if not of_visitors(label)]
    statuses = Status.objects.filter(round=round).order_by("institution__code")
    digests = {
        "answers": digest_of([r.label.label, r.answers] for r in replies),
        "frame": digest_of([label.label, label.population, label.counted] for label in everything),
        "statuses": digest_of(statuses.values_list("institution__code", "code")),  # they decide who is ranked
        "method": method.digest,
        "code": bening.__version__,
    }
    known = Run.objects.filter(round=round, digests=digests).first()
    if known:
        return known
    run = Run.objects.create(
        round=round,
        method_id=method.id,
        method_label={"id": method.label.id, "en": method.label.en},
        digests=digests,
        seed=digests["answers"],
        created=now,
    )
    listed = listing(labels, round)
    stands = {label.label for label, codes in listed if codes}
    counted = [reply for reply in replies if reply.label.label in stands]
    result = index(method, answers_of(counted, forms, method), frame_of(listed), kinds=kinds_of(labels))
    write_scores(run, result)
    left_out = sorted(label.label for label, codes in listed if not codes)
    said = {"run": run.id, "left_out": left_out, "visitors": apart(visitors), **digests}
    record(by=by, verb="estimate", on=round.code, detail=said)
    return run


def with_items(method: Method, forms: dict[Group, Instrument]) -> Method:
    """The method with the scored questions of the round's own questionnaires."""
    items = tuple(
        Item(
            id=question.id,
            group=group,
            dimension=question.dimension,
            indicator=question.indicator,
            scores=tuple((choice.code, choice.score) for choice in question.choices),
        )
        for group, form in forms.items()
        if group != Group.VISITOR  # they answer the questions of service users, in no index
        for question in form.questions
        if any(choice.score is not None for choice in question.choices)
    )
    return replace(method, items=items)


def of_visitors(label: Label) -> bool:
    """Whether anybody behind a label registered by themselves: nothing general can be said from it.

    A merged label that holds one stratum of visitors is none of a sample either.
    """
    return label.group == Group.VISITOR or any(f"/{Group.VISITOR}/" in name for name in label.strata)


def apart(labels: Sequence[Label]) -> dict[str, object]:
    """Who registered by themselves, counted by label and no more: they are reported beside the index."""
    return {
        "counted": {label.label: label.counted for label in labels},
        "note": {"id": "tidak dapat digeneralisasi", "en": "cannot be generalised"},
    }


def digest_of(rows: Iterable[Any]) -> str:
    """SHA-256 over rows as JSON lines."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(json.dumps(row, sort_keys=True).encode() + b"\n")
    return digest.hexdigest()


def answers_of(replies: Sequence[Reply], forms: dict[Group, Instrument], method: Method) -> Answers:
    """Replies as columns: codes for what was asked, and a mark for what was not."""
    asked = [set(relevant(forms[Group(reply.label.group)], reply.answers)) for reply in replies]
    items = {}
    for item in method.items:
        codes = encode(item, [reply.answers.get(item.id, "") for reply in replies])
        codes[[item.id not in shown for shown in asked]] = NOT_ASKED
        items[item.id] = codes
    return Answers(
        institution=coded([place(reply.label) for reply in replies]),
        group=coded([reply.label.group for reply in replies]),
        stratum=coded([reply.label.label for reply in replies]),
        unit=coded([unit_key(reply.label) for reply in replies]),
        items=items,
    )


def place(label: Label) -> str:
    """The institution of a label; empty where several share it."""
    return label.institution.code if label.institution else ""


def unit_key(label: Label) -> str:
    """A unit's name among all institutions; empty where a label is more than one unit or not of insiders."""
    return f"{place(label)}|{label.unit.code}" if label.unit and label.group == Group.INTERNAL else ""


def listing(labels: Sequence[Label], round: Round) -> list[tuple[Label, list[str]]]:
    """Each label with the institutions it speaks for: its own, or those that lean on it (EST-5).

    A shared label is leaned on by the institutions of its strata, or of the provinces in them, that have no
    answers of their own in the group. Where all have, nobody does: small strata of several institutions were
    merged, how many of their people belong to which is not known, and their answers stay out of the
    institutions' numbers.
    """
    own = {(place(label), label.group) for label in labels}
    there = round.participants.order_by("institution__code").values_list(
        "institution__code", "institution__province"
    )
    listed = []
    for label in labels:
        heads = {stratum.split("/")[0] for stratum in label.strata}
        leaning = [
            code
            for code, province in there
            if (code in heads or province in heads) and (code, label.group) not in own
        ]
        listed.append((label, [place(label)] if label.institution else leaning))
    return listed


def frame_of(listed: Sequence[tuple[Label, list[str]]]) -> Frame:
    """What the labels stand for. People of a shared one are known only together: the first carries them."""
    rows = [
        (code, label.group, label.label, 0 if number else label.population)
        for label, codes in listed
        for number, code in enumerate(codes)
    ]
    institution, group, stratum, population = zip(*rows, strict=True) if rows else [()] * 4
    return Frame(coded(institution), coded(group), coded(stratum), np.array(population, dtype=np.int64))


def kinds_of(labels: Sequence[Label]) -> dict[str, str]:
    """The type of each institution: unknown variances are borrowed inside a type only."""
    return {label.institution.code: label.institution.kind for label in labels if label.institution}


def write_scores(run: Run, result: Estimates) -> None:
    """The rows of a run; indices carry their rank sets."""
    institutions = {row.code: row for row in Institution.objects.all()}
    units = {f"{u.institution.code}|{u.code}": u for u in Unit.objects.select_related("institution")}
    ranked = ranks_of(run, result, institutions)
    rows = []
    for i in range(len(result.estimate)):
        code, level = name(result.institution, i), name(result.level, i)
        unit = units.get(name(result.unit, i))
        ranks = ranked.get(code, {}) if level == "index" and unit is None else {}
        rows.append(
            Score(
                run=run,
                institution=institutions[code],
                unit=unit,
                level=level,
                group=name(result.group, i),
                dimension=name(result.dimension, i),
                value=number(result.estimate[i]),
                se=number(result.se[i]),
                df=number(result.df[i]),
                lower=number(result.lower[i]),
                upper=number(result.upper[i]),
                n=int(result.n[i]),
                population=int(np.nan_to_num(result.population[i])),
                flags=[flag for bit, flag in enumerate(FLAGS) if result.flags[i] >> bit & 1],
                **ranks,
            )
        )
    Score.objects.bulk_create(rows, batch_size=BATCH)


def name(column: Coded, row: int) -> str:
    """The word of a row."""
    return column.names[column.codes[row]]


def number(value: float) -> float | None:
    """A number, or nothing where the estimate has none."""
    return None if np.isnan(value) else float(value)


def ranks_of(run: Run, result: Estimates, institutions: dict[str, Institution]) -> dict[str, dict[str, Any]]:
    """Rank sets and the chance of the best three, inside each comparison set of published institutions."""
    shown = Status.objects.filter(round=run.round, code=PublicationStatus.PUBLISHED)
    published = set(shown.values_list("institution__code", flat=True))
    entered = contest(result)
    codes, values, covariance = entered.institutions, entered.value, entered.covariance
    found: dict[str, dict[str, Any]] = {}
    for family in sorted({compared(institutions[code]) for code in codes}):
        rows = [
            i for i, code in enumerate(codes) if code in published and compared(institutions[code]) == family
        ]
        if not rows:
            continue
        x, sigma = values[rows], covariance[np.ix_(rows, rows)]
        rng = np.random.default_rng(int(run.seed[:16], 16))
        sets = rank_sets(x, sigma, rng)
        chances = chance_of_top(x, sigma, rng, ks=(3,))[:, 0]
        for row, ranks, chance in zip(rows, sets, chances, strict=True):
            if ranks is not None:
                found[codes[row]] = {
                    "rank_lower": ranks.lower,
                    "rank_upper": ranks.upper,
                    "p_top3": float(chance),
                }
    return found


def compared(institution: Institution) -> str:
    """The set an institution is compared in."""
    return COMPARED.get(institution.kind, institution.kind)
