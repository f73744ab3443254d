"""`/baca/<token>`: the page of a head, and the notice of a unit. The link is the key; there is no account.

The posts are exempt from the check against forged forms: under `no-referrer` browsers send `Origin: null`,
which that check refuses, and it would set a cookie. It guards what a browser does for somebody signed in;
here nobody is. Whoever can write the address knows its 128 random bits: all the proof there is (ADR 4).
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from bening.core.kinds import Tier
from bening.core.problems import Refused
from bening.web.outreach import steps
from bening.web.outreach.forms import MEANS_WORDS, BriefingForm, ReadForm, RelayForm
from bening.web.outreach.models import Head, Link
from bening.web.outreach.steps.chain import today
from bening.web.outreach.steps.offices import office
from bening.web.outreach.steps.prints import notices, print_of
from bening.web.outreach.steps.texts import PRINTS, material, say, texts, words
from bening.web.outreach.views.here import pdf, posted, sentences
from bening.web.outreach.views.limit import Limit
from bening.web.outreach.views.public import public, unwritten
from bening.web.registry.guard import guard

A_MINUTE = 30  # readings under one notice; a staff room reading together stays below
limit = Limit(A_MINUTE)


@guard("everybody")
@unwritten
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public
@sensitive_variables("token")
def briefing(request: HttpRequest, token: str) -> HttpResponse:
    """What the link opens: a head's briefing, or a unit's notice. Opening it changes nothing."""
    link = steps.find_link(token)
    if link is None:
        return render(request, "outreach/dead_link.html", {}, status=404)
    return head_page(request, link, token) if link.head else unit_page(request, link)


def head_page(request: HttpRequest, link: Link, token: str) -> HttpResponse:
    """Two minutes to read, three questions, a promise; then what was passed on."""
    head = link.head
    assert head is not None  # noqa: S101  the caller looked
    language = get_language() or "id"
    filled = words(link.round, language)
    own = say(texts()["briefing"], language, filled)
    if head.acknowledged:
        return relays_page(request, link, token)
    form = BriefingForm(
        posted(request), questions=own["questions"], pledge=say(texts()["pledge"], language, filled)
    )
    if request.method == "POST" and form.is_valid():
        steps.acknowledge(head=head, now=settings.NOW())
        return back(token)
    words_ = {"form": form, "points": own["points"], "office": office(head), "round": link.round}
    return render(request, "outreach/briefing.html", words_ | open_words(link))


def relays_page(request: HttpRequest, link: Link, token: str, form: RelayForm | None = None) -> HttpResponse:
    """The briefing is read: what to hand on, and to how many it was."""
    head = link.head
    assert head is not None  # noqa: S101  the caller looked
    day = today(head.institution, settings.NOW())
    language = get_language() or "id"
    filled = words(link.round, language, institution=str(head.institution))
    reports = [(row, MEANS_WORDS[row.means], sum(row.briefed.values())) for row in head.relays.all()]
    return render(
        request,
        "outreach/relay.html",
        {
            "form": form or RelayForm(staff=bool(head.unit_id), today=day, initial={"day": day}),
            "office": office(head),
            "head": head,
            "token": token,
            "reports": reports,
            "told": sum(n for _, _, n in reports),
            "prints": [(name, material(name, language, filled)) for name in PRINTS],
            "below": head.tier in (Tier.LEADER, Tier.INSPECTORATE),
            **open_words(link),
        },
    )


@guard("everybody")
@unwritten
@csrf_exempt
@require_POST
@public
@sensitive_variables("token")
def pass_on(request: HttpRequest, token: str) -> HttpResponse:
    """One report of having passed it on, or one taken back."""
    link = steps.find_link(token)
    if link is None or link.head is None:
        return render(request, "outreach/dead_link.html", {}, status=404)
    head: Head = link.head
    if request.POST.get("take_back", "").isdigit():
        steps.take_back(head=head, relay=int(request.POST["take_back"]))
        return back(token)
    form = RelayForm(request.POST, staff=bool(head.unit_id), today=today(head.institution, settings.NOW()))
    if form.is_valid():
        given = form.cleaned_data
        try:
            steps.pass_on(
                head=head, day=given["day"], means=given["means"], briefed=form.briefed(), now=settings.NOW()
            )
        except Refused as refused:
            for sentence in sentences(refused, get_language() or "id"):
                form.add_error(None, sentence)
        else:
            return back(token)
    return relays_page(request, link, token, form)


@guard("everybody")
@unwritten
@csrf_exempt
@require_POST
@public
@sensitive_variables("token")
def fetch(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """A print for a head, counted for the unit; `notice` is the one with a code for the unit's own staff."""
    link = steps.find_link(token)
    if link is None or link.head is None or name not in (*PRINTS, "notice"):
        return render(request, "outreach/dead_link.html", {}, status=404)
    head, now, language = link.head, settings.NOW(), get_language() or "id"
    if name == "notice":
        if head.unit is None or head.acknowledged is None:
            return render(request, "outreach/dead_link.html", {}, status=404)
        made = steps.post_notice(by="link", round=link.round, unit=head.unit, now=now)
        content = notices(round=link.round, posted=[(head.unit, made)], language=language)
    else:
        content = print_of(name, round=link.round, institution=head.institution, language=language)
    steps.hand_out(round=link.round, institution=head.institution, unit=head.unit, material=name, now=now)
    return pdf(content, f"{name}-{language}")


@guard("everybody")
@unwritten
@csrf_exempt
@public
def lost(request: HttpRequest, token: str) -> HttpResponse:
    """Any other address below: a token with something behind it must not end up in a log either."""
    return render(request, "outreach/dead_link.html", {}, status=404)


def unit_page(request: HttpRequest, link: Link) -> HttpResponse:
    """The notice of a unit, and one tap for whoever has read it."""
    unit = link.unit
    assert unit is not None  # noqa: S101  a link opens one of two pages
    language = get_language() or "id"
    poster = material("poster", language, words(link.round, language))
    form = ReadForm(posted(request))
    thanked = False
    if request.method == "POST" and form.is_valid():
        # Beyond the limit thanks are given all the same: nobody learns by trying what was counted.
        if limit.allows(link.pk, settings.NOW()):
            steps.read_notice(link=link, category=form.cleaned_data["category"], now=settings.NOW())
        thanked = True
    words_: dict[str, Any] = {"form": form, "thanked": thanked, "unit": unit, "points": poster["points"]}
    return render(
        request, "outreach/notice.html", words_ | {"headline": poster["headline"]} | open_words(link)
    )


def open_words(link: Link) -> dict[str, Any]:
    """What every page behind a link carries."""
    filled = words(link.round, get_language() or "id")
    return {
        "round": link.round,
        "demo": settings.DEPLOYMENT == "demo",
        "check_typed": filled["check"],
        "core": texts()["core"][get_language() or "id"],
    }


def back(token: str) -> HttpResponse:
    """To the page of the link, by GET; in the same language."""
    page = HttpResponse(status=303)
    page["Location"] = f"{reverse('briefing', args=[token])}?bahasa={get_language()}"
    return page
