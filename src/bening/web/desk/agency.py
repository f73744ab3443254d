"""The agency's page: the round as a bar of stages, what waits for a decision, everybody's lists."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Max, Q
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, gettext_noop

from bening.core.kinds import Group
from bening.methods import load
from bening.web.desk.lists import GROUPS, STATES
from bening.web.frame import hatch
from bening.web.quality.models import Status
from bening.web.registry.models import Audit, Participant, Role, Round

# The verb of the audit trail that ends a stage, its name, and the page's title while it is the present one.
STAGES = (
    ("freeze_frame", gettext_noop("Lists"), gettext_noop("The lists are coming in")),
    ("draw_sample", gettext_noop("Sample"), gettext_noop("The lists are frozen; the sample is drawn next")),
    (
        "freeze_round",
        gettext_noop("Questionnaires"),
        gettext_noop("The sample is drawn; the questionnaires are frozen next"),
    ),
    ("close_round", gettext_noop("Fieldwork"), gettext_noop("Invitations are out until %(closes)s")),
    ("import_tally", gettext_noop("Tally"), gettext_noop("Fieldwork is closed; the tally comes next")),
    ("decide", gettext_noop("Quality"), gettext_noop("The answers are counted; quality is decided next")),
    ("estimate", gettext_noop("Estimates"), gettext_noop("Quality is decided; the estimates come next")),
    ("release", gettext_noop("Release"), gettext_noop("The estimates stand; the release comes next")),
)
DONE = gettext_noop("The results are public since %(released)s")


def agency(role: Role, round: Round) -> dict[str, Any]:
    """The round for officers, statisticians and interviewers; counts only."""
    ended = endings(round)
    rows = list_rows(round)
    return {
        "title": title(round, ended),
        "stages": [(gettext(name), ended.get(verb, False)) for verb, name, _ in STAGES],
        "rows": rows,
        "eligible": sum(counts.eligible for row in rows for _, counts in row["cells"] if counts),
        "groups": [gettext(GROUPS[group]) for group in GROUPS],
        "unshown": unshown(round),
        "release": release_address() if "release" in ended else "",
    }


def endings(round: Round) -> dict[str, datetime]:
    """When each verb was last done in this round."""
    own = Audit.objects.filter(Q(on=round.code) | Q(on__startswith=f"{round.code}/"))
    return dict(own.order_by().values_list("verb").annotate(Max("at")))


def title(round: Round, ended: Mapping[str, datetime]) -> str:
    """Where the round stands, in one sentence."""
    words = {"closes": day(round.closes)}
    if "release" in ended:
        words["released"] = day(ended["release"])
    return gettext(next((now for verb, _, now in STAGES if verb not in ended), DONE)) % words


def day(when: date) -> str:
    """A day in words."""
    return date_format(when, "j F Y")


def list_rows(round: Round) -> list[dict[str, Any]]:
    """One line an institution: its counts in the order of the groups, None for a missing list."""
    found = hatch.board(round=round)
    return [
        list_row(participant, {counts.group: counts for counts in found[participant.institution_id, None]})
        for participant in Participant.objects.filter(round=round).select_related("institution")
    ]


def list_row(participant: Participant, lists: Mapping[Group, hatch.Counts]) -> dict[str, Any]:
    """The lists of one institution."""
    states = {counts.state for counts in lists.values()}
    return {
        "institution": participant.institution,
        "cells": [(gettext(name), lists.get(group)) for group, name in GROUPS.items()],
        "undecided": sum(counts.undecided for counts in lists.values()),
        "stopped": sum(counts.stopped for counts in lists.values()),
        "missing": [gettext(GROUPS[group]) for group in GROUPS if group not in lists],
        "states": ", ".join(gettext(STATES[state]) for state in sorted(states)),
    }


def unshown(round: Round) -> list[dict[str, str]]:
    """Institutions whose numbers are not shown, and why."""
    words = load(round.method_id).statuses
    own = "en" if get_language() == "en" else "id"
    return [
        {
            "name": row.institution.name,
            "status": getattr(words[row.code], own) if row.code in words else row.code,
            "reason": getattr(row, f"reason_{own}"),
        }
        for row in Status.objects.filter(round=round).exclude(code="published").select_related("institution")
    ]


def release_address() -> str:
    """The front page of the release in the reader's language."""
    return f"{settings.ORIGIN_RELEASE}/{'en/' if get_language() == 'en' else ''}index.html"
