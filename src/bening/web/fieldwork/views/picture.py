"""`/lapangan`: how far the field has come and what to do next; `/partisipasi`: what institutions see."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bening.core.fieldwork import Funnel, protected
from bening.core.fieldwork.bands import HIGH, LOW
from bening.core.fieldwork.bands import LEAST as LEAST_DRAWN
from bening.web.fieldwork.steps.foresee import Next, chase, precision
from bening.web.fieldwork.steps.picture import Picture, Spread, picture, spending, spread, weekly
from bening.web.fieldwork.views.words import channel_name, group_name, kind_name
from bening.web.registry.guard import Staff, guard
from bening.web.registry.models import Institution, Round

MOST = 20  # groups and institutions on the page
WORST = 5  # categories of a variable
VARIABLES = {
    "group": gettext_noop("By respondent group"),
    "kind": gettext_noop("By kind of unit"),
    "institution": gettext_noop("By institution"),
}
Row = tuple[str, Funnel, float | None]  # what it is, its counts, issued in per cent
Table = tuple[str, str, list[Row]]  # heading, first column, rows


@guard("officer", "statistician")
@require_safe
def field(request: Staff) -> HttpResponse:
    """The funnel four ways, who is missing, which group next, how sure it will be, and what it has cost."""
    round_ = Round.current()
    found = picture(round=round_) if round_ else None
    if found is None:
        return render(request, "fieldwork/lapangan_kosong.html", {"round": round_})
    names = {row.institution.code: row.institution for row in found.strata.values() if row.institution}
    chosen = names.get(request.GET.get("lembaga", "")) or next(iter(names.values()), None)
    judged = spread(found)
    words = {
        "found": found,
        "whole": found.whole,
        "percent": percent(found.whole),
        "funnels": [*tables(found, names), strata(found, chosen)],
        "institutions": sorted(names.values(), key=lambda row: row.name),
        "chosen": chosen,
        "spread": judged,
        "missing": missing(judged, names) if judged else [],
        "next": [in_words(one) for one in chase(found)[:MOST]],
        "precision": [
            (one.institution, half(one.now.half_width), half(one.final.half_width))
            for one in precision(found)[:MOST]
        ],
        "costs": [(channel_name(one.channel), one) for one in spending(found)],
    }
    return render(request, "fieldwork/lapangan.html", words)


@guard("leader", "inspectorate")
@require_safe
def participation(request: Staff) -> HttpResponse:
    """Rounded shares by respondent group of the own institution, a week at a time and two days old."""
    round_, place = Round.current(), request.role.institution
    shown = weekly(round=round_, institution=place, now=settings.NOW()) if round_ and place else None
    day, bands = shown or (None, {})
    words = {
        "institution": place,
        "day": day,
        "rows": [(group_name(group), said(band)) for group, band in sorted(bands.items())],
        "least": LEAST_DRAWN,
    }
    return render(request, "fieldwork/partisipasi.html", words)


def tables(found: Picture, names: Mapping[str, Institution]) -> list[Table]:
    """The funnels of the round: heading, first column, rows."""
    return [
        (_("By institution"), _("Institution"), rows(found.by_institution(), lambda code: names[code].name)),
        (_("By respondent group"), _("Group"), rows(found.by_group(), group_name)),
        (_("By the channel that delivered last"), _("Channel"), rows(found.channels, channel_name)),
    ]


def strata(found: Picture, chosen: Institution | None) -> Table:
    """The strata of one institution."""
    own = found.of(chosen) if chosen else {}
    head = _("Strata of %(institution)s") % {"institution": chosen.name} if chosen else _("Strata")
    return head, _("Stratum"), rows(own, lambda label: stratum_name(found, label))


def rows(cells: Mapping[str, Funnel], name: Callable[[str], str]) -> list[Row]:
    """Cells with small ones protected."""
    return [(name(code), cell, percent(cell)) for code, cell in protected(cells).items()]


def stratum_name(found: Picture, label: str) -> str:
    """A stratum in the language of the page."""
    row = found.strata[label]
    return row.name_en if (get_language() or "id").startswith("en") else row.name_id


def missing(judged: Spread, names: Mapping[str, Institution]) -> list[tuple[str, list[tuple[str, float]]]]:
    """WGT-8 in words: of each variable the categories that are missing most."""
    word: dict[str, Callable[[str], str]] = {
        "group": group_name,
        "kind": kind_name,
        "institution": lambda code: names[code].name if code in names else code,
    }
    found = [
        (
            _(VARIABLES[name]),
            [(word[name](code), round(value, 3)) for code, value in signs if value < 0][:WORST],
        )
        for name, signs in judged.missing.items()
    ]
    return [(title, signs) for title, signs in found if signs]


def in_words(one: Next) -> tuple[str, str, Next, float]:
    """A group to remind: its name, the channel, the numbers behind, chance of a reminder in per cent."""
    row = one.stratum
    kind = kind_name(row.unit.kind) if row.unit else ""
    words = (row.institution.name if row.institution else "", group_name(row.group), kind)
    chance = round(100 * one.why.chance, 1)
    return " · ".join(word for word in words if word), channel_name(one.channel), one, chance


def said(band: str | None) -> str:
    """A band in words."""
    if band is None:
        return _("too few people to say")
    low, high = {"percent": LOW}, {"percent": HIGH}
    words = {"<": _("under %(percent)s per cent") % low, ">": _("over %(percent)s per cent") % high}
    return words.get(band[0]) or _("about %(percent)s per cent") % {"percent": band}


def percent(cell: Funnel) -> float | None:
    """Issued of the planned, in per cent with one digit."""
    return None if cell.rate is None else round(100 * cell.rate, 1)


def half(width: float | None) -> float | None:
    """A half-width with one digit."""
    return None if width is None else round(width, 1)
