"""Institutions of the round, one of them with its units, and what of it can be compared between rounds."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render

from bening.web.registry.forms.places import SearchForm
from bening.web.registry.guard import Staff, guard, institution_for
from bening.web.registry.models import (
    ContactPerson,
    Institution,
    Locus,
    Participant,
    Proposal,
    Round,
    Service,
    Unit,
)
from bening.web.registry.steps import contacts_of, lists_frozen
from bening.web.registry.steps.compare import compare, editions_of

AGENCY = ("officer", "statistician", "auditor")
SEES_CONTACTS = ("officer", "inspectorate", "leader", "unit_contact")


@guard(*AGENCY)
def institutions(request: Staff) -> HttpResponse:
    """Who takes part in the round. The same number of queries for one institution and for all."""
    round_ = Round.current()
    every = list(Participant.objects.filter(round=round_).select_related("institution"))
    form = SearchForm(request.GET, provinces={row.institution.province for row in every})
    rows = [row for row in every if form.is_valid() and wanted(row, form.cleaned_data)]
    loci = counted(Locus.objects.filter(round=round_), "unit__institution")
    people = counted(ContactPerson.objects.filter(unit=None), "institution")
    waiting = counted(Proposal.objects.filter(round=round_, listed=None), "unit__institution")
    words = {
        "round": round_,
        "form": form,
        "every": len(every),
        "loci": sum(loci.values()),
        "others": Institution.objects.count() - len(every),
        "waiting": sum(waiting.values()),
        "rows": [
            {
                "place": row.institution, "size": row.size, "loci": loci.get(row.institution_id, 0),
                "people": people.get(row.institution_id, 0), "waiting": waiting.get(row.institution_id, 0),
            }
            for row in rows
        ],
    }  # fmt: skip
    return render(request, "registry/institutions.html", words)


def counted(rows: QuerySet[Any], by: str) -> dict[int, int]:
    """How many rows each institution has."""
    return dict(rows.order_by().values_list(by).annotate(Count("pk")))


def wanted(row: Participant, asked: dict[str, str]) -> bool:
    """Whether an institution is what somebody looks for."""
    place, text = row.institution, asked["q"].casefold()
    return (
        (text in place.name.casefold() or text in place.code)
        and asked["kind"] in ("", place.kind)
        and asked["province"] in ("", place.province)
        and asked["size"] in ("", row.size)
    )


@guard("inspectorate", "leader", "unit_contact")
def own_place(request: Staff) -> HttpResponse:
    """The own institution, or the own unit."""
    institution, unit = request.role.institution, request.role.unit
    assert institution is not None  # noqa: S101  a constraint of the table
    if unit:
        return redirect("unit", institution.code, unit.code)
    return redirect("institution", institution.code)


@guard(*AGENCY, "inspectorate", "leader")
def institution(request: Staff, code: str) -> HttpResponse:
    """One institution: its part in the round, its units as a tree, whom to call."""
    place, round_ = institution_for(request.role, code), Round.current()
    rows = unit_rows(place, round_)
    people = contacts_of(place) if request.role.name in SEES_CONTACTS else ContactPerson.objects.none()
    words = {
        "round": round_,
        "place": place,
        "part": Participant.objects.filter(round=round_, institution=place).first(),
        "rows": rows,
        "loci": sum(row["listed"] for row in rows),
        "waiting": sum(row["waiting"] for row in rows),
        "people": [person for person in people if person.unit is None],
        "frozen": round_ is not None and lists_frozen(round_),
        "sees_contacts": request.role.name in SEES_CONTACTS,
        "mends": request.role.name in ("officer", "inspectorate"),
    }
    return render(request, "registry/institution.html", words)


def unit_rows(place: Institution, round_: Round | None) -> list[dict[str, Any]]:
    """The units of an institution, parts below their parents. Five queries."""
    units = Unit.objects.filter(institution=place)
    own = Q(unit__institution=place)
    loci = set(Locus.objects.filter(own, round=round_).values_list("unit_id", flat=True))
    proposals = {row.unit_id: row for row in Proposal.objects.filter(own, round=round_)}
    people = counted(ContactPerson.objects.filter(own), "unit")
    services = counted(Service.objects.filter(own), "unit")
    return [
        {
            "unit": unit, "depth": min(depth, 4), "listed": unit.pk in loci,
            "proposal": proposals.get(unit.pk), "people": people.get(unit.pk, 0),
            "services": services.get(unit.pk, 0),
            "waiting": unit.pk in proposals and proposals[unit.pk].listed is None,
        }
        for unit, depth in tree(units)
    ]  # fmt: skip


def tree(units: Iterable[Unit]) -> Iterator[tuple[Unit, int]]:
    """Units with their depth, each followed by its parts."""
    parts: dict[int | None, list[Unit]] = {}
    for unit in units:
        parts.setdefault(unit.parent_id, []).append(unit)
    waiting = [(unit, 0) for unit in reversed(parts.get(None, []))]
    while waiting:
        unit, depth = waiting.pop()
        yield unit, depth
        waiting += [(part, depth + 1) for part in reversed(parts.get(unit.pk, []))]


@guard(*AGENCY, "inspectorate", "leader")
def history(request: Staff, code: str) -> HttpResponse:
    """The loci of an institution by round, and what of two rounds in a row can be compared."""
    place = institution_for(request.role, code)
    editions = editions_of(place)
    pairs = [compare(earlier, later) for earlier, later in pairwise(editions)]
    names = dict(Unit.objects.filter(institution=place).values_list("code", "name"))
    listed = sorted({unit for edition in editions for unit in edition.loci}, key=lambda unit: names[unit])
    words = {
        "round": Round.current(),
        "place": place,
        "editions": editions,
        "last": pairs[-1] if pairs else None,
        "pairs": [(pair, of(names, pair.added), of(names, pair.dropped)) for pair in reversed(pairs)],
        "rows": [(names[unit], [unit in edition.loci for edition in editions]) for unit in listed],
    }
    return render(request, "registry/history.html", words)


def of(names: Mapping[str, str], units: Iterable[str]) -> list[str]:
    """The names of these units."""
    return [names[unit] for unit in units]
