"""What somebody should do next, by role, each with the page where it is done; counts only, never a person."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from bening.web.desk.lists import GROUPS
from bening.web.frame import hatch
from bening.web.publish.models import Release
from bening.web.publish.steps.release import NEEDED
from bening.web.questionnaire.models import Instrument
from bening.web.registry.models import Audit, Participant, Role, Round


class Todo(NamedTuple):
    """One thing to do; `to` is empty where no page does it."""

    words: str
    to: str = ""


def todo(role: Role, round: Round) -> list[Todo]:
    """The list of a role; empty when nothing waits for it."""
    return list(LISTS[role.name](role, round)) if role.name in LISTS else []


def officer(role: Role, round: Round) -> Iterator[Todo]:
    """Places, lists, the draw, the end of fieldwork, the release."""
    done = verbs(round)
    if not Participant.objects.filter(round=round).exists():
        yield Todo(gettext("Enter the institutions of this round."), reverse("register-upload"))
        return
    if "freeze_frame" not in done:
        yield from lists_of_all(round)
    if "commit_seed" in done and "draw_sample" not in done:
        yield Todo(gettext("The seed is committed: draw the sample."), reverse("sample-draw"))
    if "freeze_round" in done and "close_round" not in done and round.closes < settings.NOW().date():
        yield Todo(gettext("The closing day has passed: the round can be closed."))
    release = Release.objects.filter(round=round, released=None).last()
    if release:
        signed = release.approvals.filter(digest=release.digest).count()
        said = gettext("A release is prepared: %(signed)d of %(needed)d signatures.")
        yield Todo(said % {"signed": signed, "needed": NEEDED})


def lists_of_all(round: Round) -> Iterator[Todo]:
    """Which lists are missing, wait for the agency, or can be frozen."""
    board = hatch.board(round=round)
    places = Participant.objects.filter(round=round).values_list("institution", flat=True)
    late = sum(len(board.get((place, None), ())) < len(GROUPS) for place in places)
    states = Counter(counts.state for lists in board.values() for counts in lists)
    if late:
        said = ngettext(
            "%(count)d institution has not handed over all its lists.",
            "%(count)d institutions have not handed over all their lists.",
            late,
        )
        yield Todo(said % {"count": late}, reverse("frame-board"))
    if states["submitted"]:
        said = ngettext(
            "%(count)d list waits for your answer.",
            "%(count)d lists wait for your answer.",
            states["submitted"],
        )
        yield Todo(said % {"count": states["submitted"]}, reverse("frame-board"))
    if not late and states and set(states) == {"accepted"}:
        yield Todo(gettext("All lists are accepted: they can be frozen."), reverse("frame-freeze"))


def statistician(role: Role, round: Round) -> Iterator[Todo]:
    """Questionnaires and the sample."""
    done = verbs(round)
    have = set(Instrument.objects.filter(round=round).values_list("group", flat=True))
    if "freeze_round" not in done and len(have) < len(GROUPS):
        yield Todo(gettext("Not every group has a frozen questionnaire."), reverse("questionnaires"))
    if "freeze_frame" in done and "commit_seed" not in done:
        yield Todo(gettext("The lists are frozen: plan the sample and fix it."), reverse("sample-plan"))


def auditor(role: Role, round: Round) -> Iterator[Todo]:
    """The draw, once its seed is open."""
    if "freeze_round" in verbs(round):
        yield Todo(gettext("The seed is open: draw the sample again and compare."), reverse("sample-redraw"))


def inspectorate(role: Role, round: Round) -> Iterator[Todo]:
    """Its lists, its questions, its briefings."""
    assert role.institution is not None  # noqa: S101  a constraint of the table
    lists = hatch.status(round=round, institution=role.institution)
    board = reverse("frame-board")
    missing = len(GROUPS) - len(lists)
    if missing:
        said = ngettext("%(n)d list is not handed over yet.", "%(n)d lists are not handed over yet.", missing)
        yield Todo(said % {"n": missing}, board)
    drafts = sum(counts.state == "draft" for counts in lists)
    if drafts:
        said = ngettext(
            "%(n)d list is a draft: hand it over.", "%(n)d lists are drafts: hand them over.", drafts
        )
        yield Todo(said % {"n": drafts}, board)
    yield from questions(lists)
    if not all(counts.state == "frozen" for counts in lists) or not lists:
        where = reverse("outreach-ready", args=[role.institution.code])
        yield Todo(gettext("See how far the briefings have come."), where)


def unit_contact(role: Role, round: Round) -> Iterator[Todo]:
    """Questions about its own rows."""
    assert role.institution is not None  # noqa: S101  constraints of the table
    yield from questions(hatch.status(round=round, institution=role.institution, unit=role.unit))


def questions(lists: list[hatch.Counts]) -> Iterator[Todo]:
    """Questions of the agency without an answer."""
    waiting = sum(counts.open for counts in lists)
    if waiting:
        said = ngettext("%(n)d question waits for an answer.", "%(n)d questions wait for an answer.", waiting)
        yield Todo(said % {"n": waiting}, reverse("frame-board"))


def verbs(round: Round) -> set[str]:
    """What has been done in this round."""
    return set(Audit.objects.filter(on=round.code).values_list("verb", flat=True))


LISTS: dict[str, Callable[[Role, Round], Iterator[Todo]]] = {
    "officer": officer,
    "statistician": statistician,
    "auditor": auditor,
    "inspectorate": inspectorate,
    "unit_contact": unit_contact,
}
