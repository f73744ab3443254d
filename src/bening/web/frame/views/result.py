"""What the check of one version found: counts for everybody who may come here, words for those concerned."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET

from bening.core.kinds import Severity
from bening.core.problems import Refused
from bening.web.frame.forms import FilterForm
from bening.web.frame.models import Fault, Roster
from bening.web.frame.steps import Result, changes, faults, faults_csv, marked_upload, open_faults, result
from bening.web.frame.views import words
from bening.web.frame.views.place import READERS, WORDS, List, list_of, unguarded, who
from bening.web.frame.views.templates import WORKBOOK
from bening.web.registry.guard import Staff, guard
from bening.web.registry.models import Locus

EACH = 50  # findings a page
COMPARED = 50_000  # rows up to which two versions are compared while somebody waits
LISTED = 200  # changed rows that are named
NOWHERE = "-"  # the filter's word for rows that name no locus of the round


@guard(*READERS)
@require_GET
def version(request: Staff, code: str, group: str, version: int) -> HttpResponse:
    """One version: what has to be corrected, where, and how; who is in and who is not and why."""
    spot = list_of(request, code, group)
    roster = spot.version(version)
    known = faults(roster=roster, agency=spot.agency, unit=spot.unit)
    found = result(roster=roster, faults=known, unit=spot.unit)
    context: dict[str, Any] = {
        "round": spot.round, "spot": spot, "group_word": words.GROUPS[spot.group], "roster": roster,
        "result": found, "answer": answer(found), "state": words.state_word(roster.state),
        "reasons": [(words.told(text), n) for text, n in found.reasons],
        "codes": [
            (one, words.SEVERITIES[one.severity], words.kind_of_fault(one.code), words.WHY[one.severity])
            for one in found.codes
        ],
        "newest": roster.version == spot.newest().version,
    }  # fmt: skip
    if spot.reads:
        context |= read(request, spot, roster, known, found)
    return render(request, "frame/version.html", context)


def answer(found: Result) -> str:
    """The page's sentence."""
    amounts = {"n": found.stopped, "rows": found.rows}
    if found.stopped:
        return (
            ngettext(
                "%(n)d of %(rows)d rows needs correction",
                "%(n)d of %(rows)d rows need correction",
                found.stopped,
            )
            % amounts
        )
    if found.lacking:
        amounts["n"] = found.lacking
        return (
            ngettext(
                "%(n)d of %(rows)d rows lacks what decides it",
                "%(n)d of %(rows)d rows lack what decides them",
                found.lacking,
            )
            % amounts
        )
    return gettext("No row of %(rows)d needs correction") % amounts


def read(request: Staff, spot: List, roster: Roster, known: QuerySet[Fault], found: Result) -> dict[str, Any]:
    """The findings in words: those about the list, then one page of those about rows, as filtered."""
    loci = units_of(spot)
    units = [] if spot.unit else [*loci, (NOWHERE, gettext("no locus of the round"))]
    codes = sorted({one.code for one in found.codes})
    form = FilterForm(request.GET, units=units, severities=words.SEVERITIES, codes=codes)
    shown = filtered(known.exclude(row=None), form)
    pages = Paginator(shown.select_related("unit"), EACH)
    part = pages.get_page(request.GET.get("halaman"))
    listed = list(known.filter(row=None).select_related("unit"))
    opened = open_faults(
        by=who(request),
        roster=roster,
        rows=[*listed, *part.object_list],
        what="page",
        language=words.language(),
    )
    query = request.GET.copy()
    query.pop("halaman", None)
    return {
        "form": form, "part": part, "query": query.urlencode(),
        "about_list": opened[: len(listed)], "found": opened[len(listed) :], "severities": words.SEVERITIES,
        "asks": spot.role.name == "officer" and roster.state == "submitted",
    }  # fmt: skip


def filtered(rows: QuerySet[Fault], form: FilterForm) -> QuerySet[Fault]:
    """Findings by locus, severity and code; what stops a row first, then in the order of rows."""
    said = form.cleaned_data if form.is_valid() else {}
    if said.get("lokus") == NOWHERE:
        rows = rows.filter(unit=None)
    elif said.get("lokus"):
        rows = rows.filter(unit__code=said["lokus"])
    if said.get("tingkat"):
        rows = rows.filter(severity=said["tingkat"])
    if said.get("kode"):
        rows = rows.filter(code=said["kode"])
    order = [When(severity=one.value, then=Value(place)) for place, one in enumerate(Severity)]
    return rows.order_by(Case(*order, output_field=IntegerField()), "row", "code", "id")


def units_of(spot: List) -> list[tuple[str, str]]:
    """The institution's loci of the round: code and name."""
    loci = Locus.objects.filter(round=spot.round, unit__institution=spot.institution).select_related("unit")
    return [(locus.unit.code, locus.unit.name) for locus in loci]


@guard(*WORDS, fresh=True)
@require_GET
def findings(request: Staff, code: str, group: str, version: int) -> HttpResponse:
    """The findings as CSV; a unit gets those of its own rows."""
    spot = list_of(request, code, group)
    roster = spot.version(version)
    rows = faults(roster=roster, agency=spot.agency, unit=spot.unit)
    text = faults_csv(by=who(request), roster=roster, rows=rows, language=words.language())
    return sent(text.encode("utf-8-sig"), "text/csv; charset=utf-8", spot, roster, "csv")


@guard("inspectorate", "officer", fresh=True)
@require_GET
def marked(request: Staff, code: str, group: str, version: int) -> HttpResponse:
    """The same file back with its faults marked in place."""
    spot = list_of(request, code, group)
    roster = spot.version(version)
    try:
        data = marked_upload(by=who(request), roster=roster)
    except Refused as stop:
        messages.error(request, words.refusal(stop))
        return redirect("frame-version", code=code, group=group, version=version)
    return sent(data, WORKBOOK, spot, roster, "xlsx")


def sent(data: bytes, kind: str, spot: List, roster: Roster, ending: str) -> HttpResponse:
    """A file that nobody on the way keeps."""
    name = f"{spot.institution.code}.{spot.group}.{roster.version}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(data, content_type=kind, headers=headers)


@guard("inspectorate", "officer")
@require_GET
def changed(request: Staff, code: str, group: str, version: int) -> HttpResponse:
    """What a version changed against the one before it, by row; nobody's name is shown."""
    spot = list_of(request, code, group)
    unguarded(spot)
    new, old = spot.version(version), spot.version(version - 1)
    context: dict[str, Any] = {
        "round": spot.round, "spot": spot, "group_word": words.GROUPS[spot.group], "new": new, "old": old,
    }  # fmt: skip
    if max(new.rows, old.rows) <= COMPARED:
        found = changes(old=old, new=new)
        rows = [
            (row, [gettext(words.FIELDS.get(name, name)) for name in names])
            for row, names in sorted(found.changed.items())
        ]
        context |= {
            "added": found.added, "removed": found.removed, "rows": rows[:LISTED], "same": found.same,
            "changed": len(rows), "more": max(len(rows) - LISTED, 0), "shown": LISTED,
        }  # fmt: skip
    return render(request, "frame/changes.html", context)
