"""One unit: what is known of it, whether it is a locus, its services, and the corrections."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from bening.core.problems import Refused
from bening.web.registry.forms.places import DecisionForm, ProposalForm, ServiceForm, UnitForm
from bening.web.registry.guard import Staff, guard, institution_for, unit_for
from bening.web.registry.models import Locus, Proposal, Round, Unit
from bening.web.registry.steps import (
    change_unit,
    contacts_of,
    decide_locus,
    drop_service,
    keep_service,
    lists_frozen,
    propose_locus,
)
from bening.web.registry.views.mending import blame, words_of
from bening.web.registry.views.places import AGENCY, SEES_CONTACTS


def reached(request: Staff, code: str, unit: str) -> Unit:
    """A unit that the role reaches, with its institution."""
    place = institution_for(request.role, code)
    found = unit_for(request.role, place, unit)
    found.institution = place
    return found


@guard(*AGENCY, "inspectorate", "leader", "unit_contact")
def unit(request: Staff, code: str, unit: str) -> HttpResponse:
    """One unit of an institution."""
    return page(request, reached(request, code, unit))


def page(
    request: Staff, row: Unit, service: ServiceForm | None = None, proposal: ProposalForm | None = None
) -> HttpResponse:
    """The page of a unit, with a form that has to be mended if there is one."""
    round_, name = Round.current(), request.role.name
    frozen = round_ is not None and lists_frozen(round_)
    words = {
        "round": round_,
        "place": row.institution,
        "unit": row,
        "listed": Locus.objects.filter(round=round_, unit=row).exists(),
        "proposal": Proposal.objects.filter(round=round_, unit=row).first(),
        "people": contacts_of(row.institution).filter(unit=row) if name in SEES_CONTACTS else [],
        "sees_contacts": name in SEES_CONTACTS,
        "mends": name in ("officer", "inspectorate", "unit_contact"),
        "frozen": frozen,
        "decides": name == "officer" and round_ is not None and not frozen,
        "proposes": name == "inspectorate" and round_ is not None and not frozen,
        "service_form": service or ServiceForm(),
        "proposal_form": proposal or ProposalForm(),
        "decision_form": DecisionForm(),
    }
    return render(request, "registry/unit.html", words)


@guard("officer")
@require_http_methods(["GET", "POST"])
def unit_edit(request: Staff, code: str, unit: str) -> HttpResponse:
    """Correct a unit."""
    row = reached(request, code, unit)
    known = {"name": row.name, "kind": row.kind, "echelon": str(row.echelon)}
    known["parent"] = row.parent.code if row.parent else ""
    form = UnitForm(request.POST or None, unit=row, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            changed = change_unit(by=request.user.get_username(), unit=row, cells=form.cleaned_data)
        except Refused as stop:
            blame(form, stop)
        else:
            messages.success(request, gettext("Saved.") if changed else gettext("Nothing was changed."))
            return redirect("unit", code, unit)
    words = {"round": Round.current(), "place": row.institution, "unit": row, "form": form}
    return render(request, "registry/unit_edit.html", words)


@guard("officer")
@require_POST
def locus(request: Staff, code: str, unit: str) -> HttpResponse:
    """The agency lists a unit for the round, or leaves it out."""
    row, round_, form = reached(request, code, unit), Round.current(), DecisionForm(request.POST)
    if round_ is None or not form.is_valid():
        messages.error(request, gettext("Nothing was changed. Please try once more."))
        return redirect("unit", code, unit)
    by, given = request.user.get_username(), form.cleaned_data
    try:
        decide_locus(by=by, round=round_, unit=row, listed=given["listed"], answer=given["answer"])
    except Refused as stop:
        messages.error(request, words_of(stop.problems[0]))
    else:
        listed, left = gettext("It is a locus of this round."), gettext("It is no locus of this round.")
        messages.success(request, listed if given["listed"] else left)
    return redirect("unit", code, unit)


@guard("inspectorate")
@require_POST
def proposal(request: Staff, code: str, unit: str) -> HttpResponse:
    """The institution proposes a unit as a locus, or to leave it out."""
    row, round_, form = reached(request, code, unit), Round.current(), ProposalForm(request.POST)
    if round_ is not None and form.is_valid():
        by, given = request.user.get_username(), form.cleaned_data
        try:
            propose_locus(by=by, round=round_, unit=row, wanted=given["wanted"], reason=given["reason"])
        except Refused as stop:
            blame(form, stop)
        else:
            messages.success(request, gettext("Your proposal is with the agency."))
            return redirect("unit", code, unit)
    return page(request, row, proposal=form)


@guard("officer", "inspectorate", "unit_contact")
@require_POST
def service(request: Staff, code: str, unit: str) -> HttpResponse:
    """A service is entered, or said anew whether it can be had online."""
    row, form = reached(request, code, unit), ServiceForm(request.POST)
    if form.is_valid():
        try:
            keep_service(by=request.user.get_username(), unit=row, **form.cleaned_data)
        except Refused as stop:
            blame(form, stop)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("unit", code, unit)
    return page(request, row, service=form)


@guard("officer", "inspectorate", "unit_contact")
@require_POST
def service_drop(request: Staff, code: str, unit: str, pk: int) -> HttpResponse:
    """A service that is given no more."""
    row = reached(request, code, unit)
    drop_service(by=request.user.get_username(), service=get_object_or_404(row.services, pk=pk))
    messages.success(request, gettext("Removed."))
    return redirect("unit", code, unit)
