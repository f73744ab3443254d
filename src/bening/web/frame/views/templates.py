"""Empty lists to fill, and the page that says who belongs on which."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bening.core.frame.cases import BY_UNIT, EVERYWHERE, Case
from bening.core.frame.guide import GROUPS as MEANT
from bening.core.frame.guide import rules
from bening.core.kinds import Group, UnitKind
from bening.methods import load
from bening.web.frame.steps import plain_template_for, template_for
from bening.web.frame.views import words
from bening.web.frame.views.place import GROUPS, List, list_of
from bening.web.registry.guard import Staff, guard
from bening.web.registry.models import Locus

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MADE = {"xlsx": (template_for, WORKBOOK), "csv": (plain_template_for, "text/csv; charset=utf-8")}


@guard("inspectorate", "officer")
@require_GET
def guide(request: Staff, code: str, group: str) -> HttpResponse:
    """Who is internal, external, expert, by cases of this institution's own units; and the empty lists."""
    spot = list_of(request, code, group)
    return render(
        request,
        "frame/guide.html",
        {
            "round": spot.round, "spot": spot, "group_word": words.GROUPS[spot.group],
            "groups": [(one, words.GROUPS[one], meant(one)) for one in GROUPS],
            "cases": cases(spot), "rules": left_out(spot),
        },
    )  # fmt: skip


def meant(group: Group) -> str:
    """What a group is, without the word for it."""
    return words.told(MEANT[group]).partition(": ")[2]


def cases(spot: List) -> list[dict[str, object]]:
    """Cases of the kinds of units this institution has in the round, then those of any."""
    loci = Locus.objects.filter(round=spot.round, unit__institution=spot.institution)
    kinds = {UnitKind(kind) for kind in loci.values_list("unit__kind", flat=True)}
    admitted = {code for kinds in load(spot.round.method_id).kinds.values() for code in kinds}
    own = (*(case for kind in UnitKind if kind in kinds for case in BY_UNIT[kind]), *EVERYWHERE)
    return [told(case) for case in own if not case.kind or case.kind in admitted]


def told(case: Case) -> dict[str, object]:
    """A case in the language of the page; no list is no group."""
    group = words.GROUPS[case.group] if case.group else ""
    return {"who": words.told(case.who), "why": words.told(case.why), "group": group}


def left_out(spot: List) -> list[str]:
    """Whom the edition leaves out; they are listed all the same."""
    lines = [line[1:] for line in rules(spot.group, load(spot.round.method_id))][1:]
    return [english if words.language() == "en" else indonesian for indonesian, english in lines]


@guard("inspectorate", "officer")
@require_GET
def template(request: Staff, code: str, group: str, form: str) -> HttpResponse:
    """The empty list as a workbook or CSV file."""
    spot = list_of(request, code, group)
    if form not in MADE:
        raise Http404
    make, kind = MADE[form]
    data = make(round=spot.round, institution=spot.institution, group=spot.group)
    name = f"{spot.institution.code}.{spot.group}.{form}"
    return HttpResponse(
        data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
