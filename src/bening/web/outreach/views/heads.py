"""The chain of heads: who has read the briefing, whom to call; invitations by mail or on paper."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_POST

from bening.core.kinds import Post, Tier
from bening.core.outreach import INSPECTORATE, LEADER
from bening.web.outreach import steps
from bening.web.outreach.forms import TIER_WORDS, AddressForm
from bening.web.outreach.models import Head
from bening.web.outreach.steps.offices import office_of
from bening.web.outreach.steps.prints import notices, office_sheets
from bening.web.outreach.views.here import WORKERS, found, frame, pdf, posted
from bening.web.registry.guard import Staff, guard

KEYS = {"pimpinan": LEADER, "inspektorat": INSPECTORATE}  # in addresses; units by their code


@guard(*WORKERS)
def heads(request: Staff, code: str) -> HttpResponse:
    """Every head by level, those who have not read it first."""
    places = found(request, code)
    lines = [line(places, post) for post in places.posts]
    levels = [
        {
            "tier": tier,
            "name": gettext(TIER_WORDS[tier]),
            "lines": sorted((one for one in lines if one["tier"] == tier), key=lambda one: one["order"]),
            "open": sum(not one["acknowledged"] for one in lines if one["tier"] == tier),
            "unmailed": sum(
                not one["acknowledged"] and not one["email"] for one in lines if one["tier"] == tier
            ),
        }
        for tier in Tier
        if any(one["tier"] == tier for one in lines)
    ]
    words = {
        "levels": levels,
        "done": sum(bool(one["acknowledged"]) for one in lines),
        "total": len(lines),
        "call": sum(one["call"] for one in lines),
        "mail": steps.has_mail(),
    }
    return render(request, "outreach/heads.html", frame(request, places, **words))


def line(places: steps.Places, post: Post) -> dict[str, Any]:
    """One office."""
    head = places.heads.get(post.key) or Head()
    place = places.units.get(post.key)
    call = head.unsent and not head.acknowledged
    return {
        "key": word_of(places, post.key),
        "tier": post.tier,
        "office": office_of(post.tier, place or places.institution),
        "email": steps.address_of(head),
        "invited": head.invited,
        "acknowledged": head.acknowledged,
        "reminded": head.reminded,
        "told_above": head.told_above,
        "call": bool(call and head.reminded),
        "order": (bool(head.acknowledged), not call, head.invited is None),
    }


@guard(*WORKERS)
def office(request: Staff, code: str, word: str) -> HttpResponse:
    """One office: its e-mail address."""
    places = found(request, code)
    post = post_of(places, word)
    row = line(places, post)
    form = AddressForm(posted(request), initial={"email": row["email"]})
    if request.method == "POST" and form.is_valid():
        steps.enter_address(
            by=request.user.get_username(), round=places.round, institution=places.institution,
            post=post.key, email=form.cleaned_data["email"],
        )  # fmt: skip
        messages.success(request, gettext("The address is kept."))
        return redirect("outreach-heads", code)
    words = {"form": form, "line": row, "word": word, "mail": steps.has_mail()}
    return render(request, "outreach/office.html", frame(request, places, **words))


@guard(*WORKERS)
@require_POST
def invite(request: Staff, code: str, tier: str) -> HttpResponse:
    """Invite everybody of a level who has not read it: on paper, or by mail whoever has an address."""
    places = found(request, code)
    if tier not in {post.tier for post in places.posts}:
        raise Http404
    invited = steps.invite_heads(
        by=request.user.get_username(), round=places.round, institution=places.institution,
        tier=Tier(tier), now=settings.NOW(),
    )  # fmt: skip
    return handed_over(request, code, invited)


@guard(*WORKERS)
@require_POST
def invite_one(request: Staff, code: str, word: str) -> HttpResponse:
    """The same for one office, whose sheet was lost."""
    places = found(request, code)
    invited = steps.invite_office(
        by=request.user.get_username(), round=places.round, institution=places.institution,
        post=post_of(places, word).key, now=settings.NOW(),
    )  # fmt: skip
    return handed_over(request, code, invited)


def handed_over(request: Staff, code: str, invited: list[steps.Invited]) -> HttpResponse:
    """The sheets to print, or how many letters went out."""
    if not invited:
        return redirect("outreach-heads", code)
    if request.POST.get("means") != "mail":
        round_ = invited[0].head.round
        return pdf(
            office_sheets(round=round_, invited=invited, language=get_language() or "id"), "pengarahan"
        )
    sent = steps.send_invitations(invited=invited)
    messages.success(
        request, ngettext("%(n)d invitation was sent.", "%(n)d invitations were sent.", sent) % {"n": sent}
    )
    if missed := len(invited) - sent:
        words = ngettext(
            "%(n)d office was not reached: print its sheet.",
            "%(n)d offices were not reached: print their sheets.",
            missed,
        )
        messages.warning(request, words % {"n": missed})
    return redirect("outreach-heads", code)


@guard(*WORKERS)
@require_POST
def post_notices(request: Staff, code: str) -> HttpResponse:
    """A notice for every unit of the chain, with a code by which everybody there may say "read"."""
    places = found(request, code)
    units = [places.units[post.key] for post in places.posts if post.key in places.units]
    by = request.user.get_username()
    made = [
        (unit, steps.post_notice(by=by, round=places.round, unit=unit, now=settings.NOW())) for unit in units
    ]
    steps.hand_out(round=places.round, institution=places.institution, material="notice", now=settings.NOW())
    return pdf(notices(round=places.round, posted=made, language=get_language() or "id"), "pemberitahuan")


def post_of(places: steps.Places, word: str) -> Post:
    """A post by its word in addresses."""
    key = KEYS.get(word) or next((key for key, unit in places.units.items() if unit.code == word), "")
    post = next((post for post in places.posts if post.key == key), None)
    if post is None:
        raise Http404
    return post


def word_of(places: steps.Places, key: str) -> str:
    """The word of a post in addresses."""
    return places.units[key].code if key in places.units else {v: k for k, v in KEYS.items()}[key]
