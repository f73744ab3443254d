"""`/bahan`: what the survey is, why its messages may be trusted, who is asked, what is never asked."""

import re
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext, gettext_noop
from django.views.decorators.http import require_safe

from bening.core.frame.cases import BY_UNIT, EVERYWHERE, Case
from bening.core.kinds import Group, UnitKind
from bening.web.outreach.steps.prints import print_of
from bening.web.outreach.steps.texts import (
    EDITIONS,
    PRINTS,
    digest,
    material,
    plain,
    protection,
    say,
    texts,
    version,
    words,
)
from bening.web.outreach.views.here import pdf
from bening.web.outreach.views.materials import text
from bening.web.outreach.views.public import public
from bening.web.registry.guard import guard
from bening.web.registry.models import Round

GROUPS = (
    (Group.INTERNAL, gettext_noop("internal")),
    (Group.EXTERNAL, gettext_noop("external")),
    (Group.EXPERT, gettext_noop("expert")),
)
KINDS = {
    UnitKind.OFFICE: gettext_noop("In an office"),
    UnitKind.SCHOOL: gettext_noop("In a school"),
    UnitKind.HEALTH_CENTRE: gettext_noop("In a health centre"),
    UnitKind.HOSPITAL: gettext_noop("In a hospital"),
    UnitKind.DISTRICT: gettext_noop("In a district office"),
    UnitKind.VILLAGE: gettext_noop("In an urban village"),
    UnitKind.SERVICE: gettext_noop("In a service unit"),
    UnitKind.DIRECTORATE: gettext_noop("In a ministry"),
    UnitKind.BRANCH: gettext_noop("In a branch office"),
}
OF_EDITION = {
    "general": tuple(KINDS),
    "teachers": (UnitKind.SCHOOL,),
    "health": (UnitKind.HEALTH_CENTRE, UnitKind.HOSPITAL),
}
NAMES = {
    "general": gettext_noop("For everybody"),
    "teachers": gettext_noop("For teachers"),
    "health": gettext_noop("For health workers"),
}
# Sentences about cells and columns: for whoever makes the lists, not for the public page.
FILLING = re.compile(r"[=_]|^(Isi|Tulis|Status|Kategori|Write|Fill|Category)\b")


@guard("everybody")
@require_safe
@public
def information(request: HttpRequest, word: str = "") -> HttpResponse:
    """The page in one of its editions; without a round it says that no survey is running."""
    edition = next((name for name, address in EDITIONS.items() if address == word), None)
    if edition is None:
        raise Http404
    round_ = Round.current()
    if round_ is None:
        return render(request, "outreach/information.html", {"round": None})
    return render(request, "outreach/information.html", {"round": round_, **page(round_, edition)})


def page(round_: Round, edition: str) -> dict[str, Any]:
    """The words of one edition."""
    language = get_language() or "id"
    filled = words(round_, language, institution="…")
    own = texts()
    return {
        "title": say(own["title"][edition], language, filled),
        "lead": say(own["lead"][edition], language, filled),
        "core": own["core"][language],
        "sections": [
            say({"title": one["title"], "body": one["body"]}, language, filled)
            for one in own["section"]
            if edition in one.get("editions", EDITIONS)
        ],
        "who": say(own["who"], language, filled),
        "cases": cases(edition, language),
        "protection_title": own["protection"]["title"][language],
        "protection": protection(language, filled),
        "never_title": own["never"]["title"][language],
        "never": own["never"][language],
        "faq": say(own["faq"], language, filled),
        "check": f"{settings.ORIGIN_CHECK}/cek",
        "check_typed": filled["check"],
        "editions": [(gettext(NAMES[name]), address, name == edition) for name, address in EDITIONS.items()],
        "prints": [(name, material(name, language, filled)) for name in PRINTS],
        "version": version(),
        "digest": digest(),
        "demo": settings.DEPLOYMENT == "demo",
    }


def cases(edition: str, language: str) -> list[dict[str, Any]]:
    """Who is internal, external or expert, by people one knows from each kind of unit."""
    tables: list[tuple[str, tuple[Case, ...]]] = (
        [(gettext("Everywhere"), EVERYWHERE)] if edition == "general" else []
    )
    tables += [(gettext(KINDS[kind]), BY_UNIT[kind]) for kind in OF_EDITION[edition] if BY_UNIT.get(kind)]
    groups = dict(GROUPS)
    return [
        {"name": name, "rows": [case_row(case, groups, language) for case in rows]} for name, rows in tables
    ]


def case_row(case: Case, groups: dict[Group, str], language: str) -> dict[str, str]:
    """One person, the list, and why, without the sentences about how to fill in a file."""
    sentences = (case.why.id if language == "id" else case.why.en).rstrip(".").split(". ")
    return {
        "who": case.who.id if language == "id" else case.who.en,
        "group": gettext(groups[case.group]) if case.group else gettext("on no list"),
        "why": ". ".join([each for each in sentences if not FILLING.search(each)] or sentences[:1]) + ".",
    }


@guard("everybody")
@require_safe
@public
def sheet(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """A print for anybody; not counted, because nobody knows for which institution."""
    round_ = Round.current()
    if round_ is None or name not in PRINTS or form not in ("pdf", "txt"):
        raise Http404
    language = get_language() or "id"
    if form == "txt":
        return text(plain(name, language, words(round_, language, institution="…")), f"{name}-{language}")
    return pdf(print_of(name, round=round_, institution=None, language=language), f"{name}-{language}")
