"""How ready institutions are, and how far briefings have come."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_noop

from bening.core.kinds import Preparation, Tier
from bening.core.outreach import next_item
from bening.web.frame.steps import Owed, owed
from bening.web.outreach import steps
from bening.web.outreach.forms import CATEGORY_WORDS, TIER_WORDS
from bening.web.outreach.views.here import READERS, found, frame
from bening.web.registry.guard import Staff, guard
from bening.web.registry.models import Institution, Round

A_PAGE = 25  # institutions, each with its lists and heads
# An item: its name, what to do next, the page where it is done ("" = another room's).
ITEMS = {
    "contacts": (
        gettext_noop("Contact persons of the loci are known"),
        gettext_noop("Enter whom to call for each locus."),
        "",
    ),
    "meeting": (
        gettext_noop("Preparation meeting held"),
        gettext_noop("Hold the meeting and enter its minutes."),
        "outreach-meetings",
    ),
    "lists": (
        gettext_noop("Lists accepted by the agency"),
        gettext_noop("Hand over and correct the lists until they are accepted."),
        "",
    ),
    "questions": (
        gettext_noop("Questions about the lists answered"),
        gettext_noop("Answer what the agency asked."),
        "",
    ),
    "leaders": (
        gettext_noop("Leader and inspectorate have read the briefing"),
        gettext_noop("Invite both to their page."),
        "outreach-heads",
    ),
    "materials": (
        gettext_noop("Texts and posters handed out"),
        gettext_noop("Fetch poster, circular, script and the texts for groups."),
        "outreach-materials",
    ),
    "heads": (
        gettext_noop("Heads of units have read the briefing"),
        gettext_noop("Invite them, and call whoever stays silent."),
        "outreach-heads",
    ),
    "staff": (
        gettext_noop("Staff told by their heads"),
        gettext_noop("Heads pass it on to everybody and say to how many."),
        "outreach-coverage",
    ),
}


@guard(*READERS)
def overview(request: Staff) -> HttpResponse:
    """For the agency, all institutions of the round; everybody else is led to their own."""
    if request.role.institution:
        return redirect("outreach-ready", request.role.institution.code)
    round_ = Round.current()
    rows = Institution.objects.filter(participations__round=round_).order_by("name")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("halaman"))
    owing = owed(round=round_) if round_ else []
    lines = [line(steps.places(round=round_, institution=one), owing) for one in page] if round_ else []
    return render(
        request,
        "outreach/overview.html",
        {"round": round_, "lines": lines, "page": page, "ready": sum(not one["next"] for one in lines)},
    )


def line(places: steps.Places, owing: list[Owed]) -> dict[str, Any]:
    """One institution on the agency's page."""
    reached = steps.coverage(places)
    items = steps.preparations(places, reached, owing)
    first = next_item(items)
    return {
        "institution": places.institution,
        "ready": sum(item.ready for item in items),
        "items": len(items),
        "next": gettext(ITEMS[first][1]) if first else "",
        "below": reached.below,
        "loci": reached.loci,
        "staff": percent(reached.whole.share),
        "teachers": percent(reached.teachers.share),
    }


@guard(*READERS)
def ready(request: Staff, code: str) -> HttpResponse:
    """What one institution has ready, and for each thing what to do next."""
    places = found(request, code)
    items = steps.preparations(places, steps.coverage(places), owed(round=places.round))
    lines = [item_line(item, request.role.name) for item in items]
    words = {
        "lines": lines,
        "ready": sum(item.ready for item in items),
        "next": next((one for one in lines if not one["ready"]), None),
    }
    return render(request, "outreach/ready.html", frame(request, places, **words))


def item_line(item: Preparation, role: str) -> dict[str, Any]:
    """One thing on the board."""
    name, what, page = ITEMS[item.item]
    return {
        "name": gettext(name),
        "what": gettext(what),
        "page": "" if role == "leader" and page != "outreach-coverage" else page,
        "ready": item.ready,
        "begun": item.done > 0,
        "done": item.done,
        "total": item.total,
        "counted": item.item not in ("meeting", "questions"),
        "waiting": item.total - item.done if item.item == "questions" else 0,
    }


@guard(*READERS)
def coverage(request: Staff, code: str) -> HttpResponse:
    """By level, staff category and locus how far briefings have come. Nothing about who was drawn."""
    places = found(request, code)
    reached = steps.coverage(places)
    return render(
        request, "outreach/coverage.html", frame(request, places, **coverage_words(places, reached))
    )


def coverage_words(places: steps.Places, reached: steps.Coverage) -> dict[str, Any]:
    """Figures of one institution as they stand in the tables."""
    return {
        "reached": reached,
        "staff": percent(reached.whole.share),
        "teachers": percent(reached.teachers.share),
        "chain": percent(reached.chain.share),
        "levels": [
            (gettext(TIER_WORDS[tier]), done, expected) for tier, (done, expected) in reached.levels.items()
        ],
        "everybody": gettext(TIER_WORDS[Tier.EVERYBODY]),
        "categories": [
            {
                "name": gettext(CATEGORY_WORDS[code]),
                "all": cell.eligible,
                "told": cell.covered,
                "share": percent(cell.share),
                "chain": percent(reached.chains[code].share) if code in reached.chains else "–",
                "read": reached.read_by_category.get(code, 0),
            }
            for code, cell in categories(reached)
        ],
        "loci": sorted(
            (locus_line(places, reached, key) for key in places.loci),
            key=lambda row: (row["told"] > 0, row["name"]),
        ),
    }


def categories(reached: steps.Coverage) -> list[tuple[str, Any]]:
    """Teachers first, because they were missed most often; then as on the lists."""
    return [
        (code, reached.categories[code]) for code in (*steps.CATEGORIES, "") if code in reached.categories
    ]


def locus_line(places: steps.Places, reached: steps.Coverage, key: str) -> dict[str, Any]:
    """One locus: its head, and its staff."""
    head = places.heads.get(key)
    cell = reached.places.get(key)
    return {
        "name": str(places.units[key]),
        "acknowledged": head.acknowledged if head else None,
        "invited": head.invited if head else None,
        "all": cell.eligible if cell else 0,
        "told": cell.covered if cell else 0,
        "share": percent(cell.share if cell else None),
        "beyond": key in reached.beyond,
        "read": reached.read_by_place.get(key, 0),
    }


def percent(share: float | None) -> str:
    """A share in whole per cent; never 100 before all, nor 0 once somebody was told."""
    if share is None:
        return "–"
    shown = round(100 * share)
    if shown == 100 and share < 1:
        shown = 99
    return f"{max(shown, 1) if share > 0 else 0} %"
