"""The verbs of action: ask an institution to do something about its result."""

import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

from django.db import transaction

from bening.core.action import Key, recommend
from bening.core.problems import refuse
from bening.core.publish.shape import Page
from bening.methods import load
from bening.web.action.models import Recommendation
from bening.web.publish.models import Release
from bening.web.registry.models import Institution, Round
from bening.web.registry.steps import record

MOST = 3


def catalogue() -> dict[str, dict[str, Any]]:
    """Our own recommendations by group and dimension, in both languages."""
    return tomllib.loads(files("bening.methods").joinpath("recommendations.toml").read_text())


@transaction.atomic
def ask(*, by: str, round: Round) -> int:
    """Issue recommendations from the release: the dimensions that pull each institution down most.

    How many are new. Only what was published speaks (ACTION-101 before a release): a withheld number must
    not shine through.
    """
    release = Release.objects.filter(round=round, released__isnull=False).last()
    if release is None:
        raise refuse("ACTION-101", round=round.code)
    method, texts, count = load(round.method_id), catalogue(), 0
    weights: dict[Key, float] = {
        (d.group, d.code): method.groups[d.group] * d.weight for d in method.dimensions
    }
    scores = {page["code"]: shown(page, texts) for page in release.body["institutions"]}
    means = mean_of(scores.values())
    for code, own in scores.items():
        for group, dimension in recommend(own, means, weights, most=MOST):
            text = texts[group][dimension]
            _, new = Recommendation.objects.get_or_create(
                round=round,
                institution=Institution.objects.get(code=code),
                dimension=dimension,
                defaults={"text_id": text["id"], "text_en": text["en"], "issued_by": by},
            )
            count += new
    if count:
        record(by=by, verb="ask", on=round.code, detail={"recommendations": count})
    return count


def shown(page: Page, texts: Mapping[str, Mapping[str, object]]) -> dict[Key, float]:
    """An institution's published dimensions for which there is something to recommend."""
    return {
        (row["group"], row["dimension"]): value
        for row in page["dimensions"]
        if (value := row["cell"]["value"]) is not None and row["dimension"] in texts.get(row["group"], {})
    }


def mean_of(scores: Iterable[Mapping[Key, float]]) -> dict[Key, float]:
    """The mean of every dimension over the institutions that show it."""
    found: dict[Key, list[float]] = {}
    for own in scores:
        for key, value in own.items():
            found.setdefault(key, []).append(value)
    return {key: sum(values) / len(values) for key, values in found.items()}
