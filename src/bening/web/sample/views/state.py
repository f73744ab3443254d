"""What everybody signed in may know of the draw; the agency sees its design too."""

from django.http import HttpResponse
from django.shortcuts import render

from bening.core.kinds import Group
from bening.core.sample import read_design
from bening.web.frame import hatch
from bening.web.registry.guard import Staff, guard
from bening.web.registry.models import Role, Round
from bening.web.sample.forms import BY, GROUPS
from bening.web.sample.models import Design, Draw
from bening.web.sample.steps.repeat import opened

PLANNERS = ("officer", "statistician")
EVERY_ROLE = (*Role.AGENCY, *Role.LOCAL)


@guard(*EVERY_ROLE)
def state(request: Staff) -> HttpResponse:
    """Where the draw stands: public digests for all, the design for its planners alone."""
    round_ = Round.current()
    draw = Draw.objects.filter(round=round_).select_related("design").first()
    words: dict[str, object] = {"round": round_, "draw": draw}
    if round_ and request.role.institution:
        words["eligible"] = eligible(request.role, round_)
    if round_ and request.role.name in PLANNERS:
        newest = Design.objects.filter(round=round_).last()
        words["design"] = newest
        words["table"] = table(newest) if newest else []
    if round_ and request.role.name == "auditor":
        words["opened"] = opened(round_) is not None
    return render(request, "sample/state.html", words)


def eligible(role: Role, round: Round) -> int:
    """How many could be drawn of the lists a role sees anyway: no more than those lists' pages say."""
    assert role.institution is not None  # noqa: S101  asked for roles of institutions alone
    own = hatch.status(round=round, institution=role.institution, unit=role.unit)
    return sum(counts.eligible for counts in own)


def table(design: Design) -> list[dict[str, object]]:
    """A design as lines for reading."""
    order = list(Group)
    divisions, groups = dict(BY), read_design(bytes(design.body)).groups
    return [
        {
            "group": GROUPS[group],
            "by": divisions[wanted.by],
            "answers": wanted.answers,
            "total": wanted.total,
            "response": round(wanted.response * 100, 4),
            "sd": wanted.sd,
        }
        for group, wanted in sorted(groups.items(), key=lambda pair: order.index(pair[0]))
    ]
