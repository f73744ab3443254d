"""`/bantuan`: the agency's help desk. It opens the way again and never sees whether somebody has answered."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from bening.core.problems import Refused, say
from bening.web.fieldwork.forms.desk import FindForm, PleaForm
from bening.web.fieldwork.steps import desk
from bening.web.fieldwork.views.public import language
from bening.web.registry.guard import Staff, guard
from bening.web.registry.models import Round

SALT = "fieldwork.desk"
LIFE = 15 * 60  # seconds in which a person that was found may be helped


@guard("officer", fresh=True)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def find(request: Staff) -> HttpResponse:
    """Find the person who calls, by what stands in their message or by their number."""
    round_ = Round.current()
    if round_ is None:
        return render(request, "fieldwork/bantuan.html", {"round": None})
    form = FindForm(request.POST or None)
    words: dict[str, Any] = {"form": form, "searched": False}
    if request.method == "POST" and form.is_valid():
        person = desk.find(by=request.user.get_username(), round=round_, typed=form.cleaned_data["typed"])
        words |= {"searched": True}
        if person:
            return person_page(request, round_, person)
    return page(request, round_, words)


@guard("officer", fresh=True)
@require_POST
@sensitive_post_parameters()
def help_person(request: Staff) -> HttpResponse:
    """Ask the worker for it; a code to read out is shown on this page and nowhere else."""
    round_ = Round.current()
    ref = known(request.POST.get("person", ""))
    if round_ is None or ref is None:
        return redirect("desk")
    person = desk.found(round_, ref)
    form = PleaForm(request.POST, reachable=bool(person.ending))
    if not form.is_valid():
        return person_page(request, round_, person, form)
    given = form.cleaned_data
    try:
        plea, typed = desk.plead(
            by=request.user.get_username(),
            round=round_,
            ref=ref,
            kind=given["kind"],
            means=given["means"],
            now=settings.NOW().date(),
        )
    except Refused as refused:
        for problem in refused.problems:
            form.add_error(None, say(problem, language()))
        return person_page(request, round_, person, form)
    if typed:
        return page(request, round_, {"form": FindForm(), "plea": plea, "typed": typed, "searched": False})
    messages.success(request, gettext("Request %(key)s was taken in.") % {"key": plea.key})
    return redirect("desk")


def person_page(
    request: Staff, round_: Round, person: desk.Found, form: PleaForm | None = None
) -> HttpResponse:
    """Somebody was found: what they need."""
    form = form or PleaForm(
        initial={"person": signing.dumps(person.ref, salt=SALT), "kind": "link", "means": "message"},
        reachable=bool(person.ending),
    )
    words = {"round": round_, "person": person, "form": form}
    return render(request, "fieldwork/bantuan_orang.html", words, status=400 if form.errors else 200)


def page(request: Staff, round_: Round, words: dict[str, Any]) -> HttpResponse:
    """The desk with what was asked for lately."""
    recent = desk.recent(round=round_, by=request.user.get_username())
    status = 400 if words["form"].errors else 200
    return render(
        request, "fieldwork/bantuan.html", {"round": round_, "recent": recent, **words}, status=status
    )


def known(token: str) -> str | None:
    """The person behind the form's token, if it is ours and fresh."""
    try:
        return str(signing.loads(token, salt=SALT, max_age=LIFE))
    except signing.BadSignature:
        return None
