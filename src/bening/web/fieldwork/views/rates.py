"""`/lapangan/tingkat-respons`: what became of every invitation, and the rates after AAPOR; page and file."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from bening.core.fieldwork import rates
from bening.web.fieldwork.steps.picture import Picture, outcomes, picture
from bening.web.fieldwork.steps.rates import named, table
from bening.web.fieldwork.views.words import group_name
from bening.web.registry.guard import Staff, guard
from bening.web.registry.models import Round

CODES = {
    "1.1": gettext_noop("Answered"),
    "2.11": gettext_noop("Said no"),
    "2.24": gettext_noop("Nobody at home"),
    "2.25": gettext_noop("Away"),
    "2.31": gettext_noop("Has died"),
    "2.32": gettext_noop("Unable to answer"),
    "2.33": gettext_noop("Other language"),
    "2.36": gettext_noop("Reached, something else"),
    "3.11": gettext_noop("Nothing sent yet"),
    "3.18": gettext_noop("Not found"),
    "3.19": gettext_noop("Sent, nothing came back"),
    "3.30": gettext_noop("No message could be delivered"),
    "3.90": gettext_noop("Wrong person or number"),
    "4.70": gettext_noop("Does not belong to the group"),
}
SHOWN = ("rr1", "rr3", "rr5", "coop1", "ref1", "con1")


@guard("officer", "statistician")
@require_safe
def page(request: Staff) -> HttpResponse:
    """The whole round by code and by rate; then institutions and groups of ten people or more."""
    round_ = Round.current()
    found = picture(round=round_) if round_ else None
    if found is None:
        return render(request, "fieldwork/lapangan_kosong.html", {"round": round_})
    lines = outcomes(found)
    whole = lines.pop("")
    words = {
        "found": found,
        "codes": [(code, _(CODES[code]), people) for code, people in whole.items()],
        "people": sum(whole.values()),
        "rates": [(name.upper(), percent(value)) for name, value in named(rates(whole))],
        "first": percent(rates(whole).rr1),
        "shown": [name.upper() for name in SHOWN],
        "lines": [
            (
                title(found, name),
                sum(codes.values()),
                [(key.upper(), percent(getattr(rates(codes), key))) for key in SHOWN],
            )
            for name, codes in lines.items()
        ],
    }
    return render(request, "fieldwork/lapangan_tingkat.html", words)


@guard("officer", "statistician")
@require_safe
def file(request: Staff) -> HttpResponse:
    """The same as CSV with every code and every rate."""
    round_ = Round.current()
    found = picture(round=round_) if round_ else None
    if found is None:
        raise Http404
    name = f"{found.round.code}-response-rates.csv"
    return HttpResponse(
        table(found),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def percent(share: float | None) -> float | None:
    """A share in per cent with one digit."""
    return None if share is None else round(100 * share, 1)


def title(found: Picture, name: str) -> str:
    """Institution and respondent group in words."""
    code, _, group = name.partition("/")
    places = {row.institution.code: row.institution.name for row in found.strata.values() if row.institution}
    return " · ".join(word for word in (places.get(code, ""), group_name(group)) if word)
