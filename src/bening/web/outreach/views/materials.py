"""Texts and posters for an institution, each fetch counted; announcements made; contact persons to call."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Sum
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from bening.core.kinds import Audience, Tier
from bening.core.problems import Refused
from bening.web.outreach import steps
from bening.web.outreach.forms import CATEGORY_WORDS, MEANS_WORDS, TIER_WORDS, WHOLES, AnnounceForm
from bening.web.outreach.models import Announcement, HandedOut
from bening.web.outreach.steps.nudges import owed_lines
from bening.web.outreach.steps.prints import print_of
from bening.web.outreach.steps.texts import PRINTS, material, plain, version, words
from bening.web.outreach.views.here import WORKERS, found, frame, pdf, posted, sentences
from bening.web.registry.guard import Staff, guard
from bening.web.registry.models import Round


@guard(*WORKERS)
def materials(request: Staff, code: str) -> HttpResponse:
    """What there is to hand out, and how often it was fetched."""
    places = found(request, code)
    rows = HandedOut.objects.filter(round=places.round, institution=places.institution)
    fetched = dict(rows.order_by().values_list("material").annotate(Sum("count")))
    lines = [{**one, "fetched": fetched.get(one["key"], 0)} for one in named(places.round)]
    done = {
        "lines": lines,
        "done": sum(bool(one["fetched"]) for one in lines),
        "version": version(),
        "tongues": settings.LANGUAGES,
    }
    return render(request, "outreach/materials.html", frame(request, places, **done))


def named(round: Round) -> list[dict[str, Any]]:
    """Every print with its name and use, in the language of the moment."""
    language = get_language() or "id"
    filled = words(round, language, institution="")
    return [
        {"key": name, "name": made["name"], "use": made["use"]}
        for name in PRINTS
        for made in [material(name, language, filled)]
    ]


@guard(*WORKERS)
@require_POST
def fetch(request: Staff, code: str, name: str) -> HttpResponse:
    """One print, as PDF or as plain text, in one of the languages."""
    places = found(request, code)
    if name not in PRINTS:
        raise Http404
    language = request.POST.get("language", "id")
    language = language if language in dict(settings.LANGUAGES) else "id"
    steps.hand_out(round=places.round, institution=places.institution, material=name, now=settings.NOW())
    if request.POST.get("form") == "text":
        filled = words(places.round, language, institution=str(places.institution))
        return text(plain(name, language, filled), f"{name}-{language}")
    made = print_of(name, round=places.round, institution=places.institution, language=language)
    return pdf(made, f"{name}-{language}")


def text(content: str, name: str) -> HttpResponse:
    """A plain text to copy."""
    page = HttpResponse(content, content_type="text/plain; charset=utf-8")
    page["Content-Disposition"] = f'attachment; filename="{name}.txt"'
    return page


@guard(*WORKERS)
def announcements(request: Staff, code: str) -> HttpResponse:
    """What was announced to whom as a whole; the inspectorate enters more."""
    places = found(request, code)
    names = {one["key"]: one["name"] for one in named(places.round)}
    form = AnnounceForm(posted(request), units=list(places.units.values()), names=names)
    writes = request.role.name == "inspectorate"
    if request.method == "POST" and writes and form.is_valid():
        given = form.cleaned_data
        try:
            steps.announce(
                by=request.user.get_username(), round=places.round, institution=places.institution,
                to=whole(places, given["to"]), material=given["material"], means=given["means"],
                day=given["day"], reached=given["reached"],
            )  # fmt: skip
        except Refused as refused:
            for words_ in sentences(refused, get_language() or "id"):
                form.add_error(None, words_)
        else:
            messages.success(request, gettext("The announcement is recorded."))
            return redirect("outreach-announcements", code)
    rows = Announcement.objects.filter(round=places.round, institution=places.institution)
    lines = [announcement_line(row, names) for row in rows.select_related("unit")]
    return render(
        request,
        "outreach/announcements.html",
        frame(request, places, form=form, lines=lines, writes=writes),
    )


def whole(places: steps.Places, word: str) -> steps.Whole:
    """The audience behind a choice of the form."""
    kind, _, part = word.partition(":")
    unit = next((one for one in places.units.values() if one.code == part), None)
    return steps.Whole(
        Audience(kind),
        unit=unit if kind == Audience.UNIT else None,
        tier=part if kind == Audience.TIER else "",
        category=part if kind == Audience.CATEGORY else "",
    )


def announcement_line(row: Announcement, names: dict[str, str]) -> dict[str, Any]:
    """One announcement in words."""
    audience = Audience(row.audience)
    to = {
        Audience.UNIT: str(row.unit),
        Audience.TIER: gettext(TIER_WORDS[Tier(row.tier)]) if row.tier else "",
        Audience.CATEGORY: gettext(CATEGORY_WORDS[row.category]) if row.category else "",
    }
    return {
        "row": row,
        "to": to.get(audience) or gettext(WHOLES[audience]),
        "material": names.get(row.material, row.material),
        "means": gettext(MEANS_WORDS[row.means]),
    }


@guard(*WORKERS)
def calls(request: Staff, code: str) -> HttpResponse:
    """Which contact persons owe what, and whom to call because no letter reached them; prints."""
    places = found(request, code)
    rows = steps.debtors(round=places.round, institution=places.institution)
    lines = [
        {
            "place": row.unit or row.institution,
            "owed": owed_lines(row),
            "contacts": row.contacts,
            "last": row.last,
            "call": not (row.last and row.last.mailed),
        }
        for row in rows
    ]
    return render(
        request,
        "outreach/calls.html",
        frame(request, places, lines=lines, call=sum(one["call"] for one in lines), mail=steps.has_mail()),
    )
