"""Contact persons: entered, corrected and taken off by whoever answers for the place."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from bening.core.problems import Refused
from bening.web.registry.forms.places import ContactForm
from bening.web.registry.guard import Staff, guard, institution_for, unit_for
from bening.web.registry.models import ContactPerson, Institution, Round, Unit
from bening.web.registry.steps import contacts_of, drop_contact, keep_contact
from bening.web.registry.steps.states import contact_cells
from bening.web.registry.views.mending import blame


@guard("officer", "inspectorate")
@require_http_methods(["GET", "POST"])
def contact_add(request: Staff, code: str) -> HttpResponse:
    """Somebody for the institution as a whole."""
    return ask(request, institution_for(request.role, code), None, None)


@guard("officer", "inspectorate", "unit_contact")
@require_http_methods(["GET", "POST"])
def contact_add_unit(request: Staff, code: str, unit: str) -> HttpResponse:
    """Somebody for one unit."""
    place = institution_for(request.role, code)
    return ask(request, place, unit_for(request.role, place, unit), None)


@guard("officer", "inspectorate", "unit_contact")
@require_http_methods(["GET", "POST"])
def contact(request: Staff, code: str, pk: int) -> HttpResponse:
    """Correct somebody, or take them off."""
    place = institution_for(request.role, code)
    own = {"unit": request.role.unit} if request.role.unit else {}
    person = get_object_or_404(contacts_of(place), pk=pk, **own)
    if request.method == "POST" and "drop" in request.POST:
        drop_contact(by=request.user.get_username(), person=person)
        messages.success(request, gettext("Removed."))
        return back(place, person.unit)
    return ask(request, place, person.unit, person)


def ask(request: Staff, place: Institution, unit: Unit | None, person: ContactPerson | None) -> HttpResponse:
    """The form of a contact person."""
    form = ContactForm(request.POST or None, initial=contact_cells(person) if person else {})
    if request.method == "POST" and form.is_valid():
        by = request.user.get_username()
        try:
            keep_contact(by=by, institution=place, unit=unit, cells=form.cleaned_data, person=person)
        except Refused as stop:
            blame(form, stop)
        else:
            messages.success(request, gettext("Saved."))
            return back(place, unit)
    words = {"round": Round.current(), "place": place, "unit": unit, "person": person, "form": form}
    return render(request, "registry/contact.html", words)


def back(place: Institution, unit: Unit | None) -> HttpResponse:
    """The page somebody came from."""
    return redirect("unit", place.code, unit.code) if unit else redirect("institution", place.code)
