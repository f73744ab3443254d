"""The verbs of action: ask an institution to do something about its result."""

import tomllib
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.db.models import Avg

from bening.core.action import recommend
from bening.core.kinds import Group
from bening.methods import load
from bening.web.action.models import Recommendation
from bening.web.estimate.models import Score
from bening.web.publish.models import Release
from bening.web.registry.models import Institution, Round
from bening.web.registry.steps import record

MOST = 3


def catalogue() -> dict[str, dict[str, Any]]:
    """Our own recommendations by group and dimension, in both languages."""
    return tomllib.loads(files("bening.methods").joinpath("recommendations.toml").read_text())


@transaction.atomic
def ask(*, by: str, round: Round) -> int:
    """Issue recommendations from the released run: the dimensions that pull each institution down most."""
    run = Release.objects.filter(round=round).latest("id").run
    method, texts, count = load(round.method_id), catalogue(), 0
    rows = Score.objects.filter(run=run, level="dimension", unit=None, value__isnull=False).exclude(group=Group.EXPERT)
    weights = {
        f"{d.group}.{d.code}": method.groups[d.group] * d.weight for d in method.dimensions if d.group != Group.EXPERT
    }
    means = {
        f"{row['group']}.{row['dimension']}": row["mean"]
        for row in rows.values("group", "dimension").annotate(mean=Avg("value"))
    }
    for institution in Institution.objects.filter(scores__in=rows).distinct():
        own = {f"{row.group}.{row.dimension}": row.value for row in rows.filter(institution=institution)}
        for code in recommend(own, means, weights, most=MOST):
            group, dimension = code.split(".")
            text = texts[group][dimension]
            _, new = Recommendation.objects.get_or_create(
                round=round, institution=institution, dimension=dimension,
                defaults={"text_id": text["id"], "text_en": text["en"], "issued_by": by},
            )
            count += new
    record(by=by, verb="ask", on=round.code, detail={"recommendations": count})
    return count
