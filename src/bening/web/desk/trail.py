"""The auditor's page: the trail of who did what, whether its chain holds, and the digests to compare."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext, gettext_noop

from bening.web.registry.models import Audit, Role, Round
from bening.web.registry.steps import GENESIS, broken_audit

SHOWN = 40
SHORT = 12  # characters of a digest in the table; whole ones stand above it
VERBS = {
    "open_round": gettext_noop("opened the round"),
    "list_institutions": gettext_noop("listed institutions"),
    "list_units": gettext_noop("listed units"),
    "grant": gettext_noop("gave a role"),
    "revoke": gettext_noop("took a role away"),
    "invite_person": gettext_noop("invited somebody"),
    "invite_first": gettext_noop("invited an officer from the machine"),
    "withdraw_invitation": gettext_noop("withdrew an invitation"),
    "accept_invitation": gettext_noop("came in by invitation"),
    "reset_second_factor": gettext_noop("reset an account"),
    "load_roster": gettext_noop("took in a list"),
    "accept_roster": gettext_noop("accepted a list"),
    "submit_roster": gettext_noop("handed over a list"),
    "return_roster": gettext_noop("returned a list"),
    "ask_about_roster": gettext_noop("asked about a list"),
    "answer_about_roster": gettext_noop("answered about a list"),
    "withdraw_roster": gettext_noop("took a list back"),
    "receive_upload": gettext_noop("uploaded a list"),
    "introduce_upload": gettext_noop("said where an uploaded list comes from"),
    "refuse_upload": gettext_noop("uploaded a list that was refused"),
    "load_statistic": gettext_noop("handed in the personnel statistic"),
    "load_titles": gettext_noop("handed in job titles"),
    "set_deadline": gettext_noop("set a due date"),
    "open_faults": gettext_noop("opened the findings of a list"),
    "open_list": gettext_noop("opened the questions of a list"),
    "freeze_frame": gettext_noop("froze the frame"),
    "save_design": gettext_noop("saved a design of the sample"),
    "commit_seed": gettext_noop("committed to a seed"),
    "draw_sample": gettext_noop("drew the sample"),
    "redraw": gettext_noop("drew again to compare"),
    "take_redraw_package": gettext_noop("took the package of the draw"),
    "import_xlsform": gettext_noop("took in a questionnaire"),
    "freeze_instrument": gettext_noop("froze a questionnaire"),
    "freeze_round": gettext_noop("froze the round"),
    "invite": gettext_noop("approved invitations"),
    "close_round": gettext_noop("closed the round"),
    "import_tally": gettext_noop("took in the tally"),
    "review": gettext_noop("reviewed answers"),
    "decide": gettext_noop("decided a publication status"),
    "weigh_evidence": gettext_noop("weighed evidence"),
    "estimate": gettext_noop("computed estimates"),
    "prepare_release": gettext_noop("prepared a release"),
    "approve_release": gettext_noop("approved a release"),
    "release": gettext_noop("released the results"),
    "ask": gettext_noop("issued recommendations"),
    "acknowledge": gettext_noop("read a briefing"),
    "announce": gettext_noop("recorded an announcement"),
    "change_unit": gettext_noop("changed a unit"),
    "correct_meeting": gettext_noop("corrected a meeting"),
    "decide_locus": gettext_noop("decided on a locus"),
    "drop_contact": gettext_noop("removed a contact person"),
    "drop_service": gettext_noop("removed a service"),
    "enter_address": gettext_noop("entered an office address"),
    "invite_heads": gettext_noop("invited heads to a briefing"),
    "keep_contact": gettext_noop("kept a contact person"),
    "keep_service": gettext_noop("kept a service"),
    "pass_on": gettext_noop("passed a briefing on"),
    "post_notice": gettext_noop("posted a notice"),
    "propose_locus": gettext_noop("proposed a locus"),
    "purge_addresses": gettext_noop("deleted office addresses"),
    "remind_contact": gettext_noop("reminded a contact person"),
    "take_back": gettext_noop("took a list back"),
    "purge_frame": gettext_noop("deleted the names"),
    "purge_sample": gettext_noop("deleted who was drawn"),
    "purge_fieldwork": gettext_noop("deleted who was invited"),
    "purge_round": gettext_noop("proved that the locked rooms are empty"),
    "desk_look": gettext_noop("looked somebody up at the help desk"),
    "desk_ask": gettext_noop("asked for help at the help desk"),
    "desk_answer": gettext_noop("did what the help desk asked for"),
    "draw_visits": gettext_noop("drew who is visited"),
    "want_assignments": gettext_noop("asked for visits on a tablet"),
    "enter_visit": gettext_noop("entered the result of a visit"),
    "report_tablet_lost": gettext_noop("reported a tablet lost"),
    "print_letters": gettext_noop("printed letters"),
    "post_letters": gettext_noop("handed letters to the post"),
    "void_letters": gettext_noop("made printed letters void"),
    "letter_returned": gettext_noop("noted a returned letter"),
    "pull_hours": gettext_noop("took over counts by the hour"),
    "remind": gettext_noop("planned reminders"),
    "stop_sender": gettext_noop("stopped a sender"),
    "release_sender": gettext_noop("let a sender go on"),
    "declare_doorway": gettext_noop("opened registration for a unit"),
    "invite_visitors": gettext_noop("invited people who registered"),
}
FIXED = (
    ("draw_sample", "commitment", gettext_noop("Sample: commitment to the seed")),
    ("freeze_round", "manifest", gettext_noop("Manifest of the round")),
    ("import_tally", "digest", gettext_noop("Tally")),
    ("release", "sums", gettext_noop("Checksums of the release")),
)


def auditor(role: Role, round: Round) -> dict[str, Any]:
    """The newest entries, the state of the chain, and what was fixed in this round."""
    trail = Audit.objects.exclude(digest=GENESIS).order_by("-id")
    newest = list(trail[:SHOWN])
    return {
        "entries": [entry(row) for row in newest],
        "count": trail.count(),
        "broken": broken_audit(),
        "head": newest[0].digest if newest else "",
        "fixed": fixed(round),
        "manifest": f"{settings.ORIGIN_CLIENT}/m/manifest.json",
    }


def entry(row: Audit) -> dict[str, Any]:
    """One entry in words; long values are cut, whole ones are what the chain was computed over."""
    details = [f"{name} {str(value)[:SHORT]}" for name, value in row.detail.items()]
    verb = gettext(VERBS[row.verb]) if row.verb in VERBS else row.verb
    return {
        "id": row.pk,
        "at": row.at,
        "by": row.by,
        "verb": verb,
        "on": row.on,
        "details": " · ".join(details),
    }


def fixed(round: Round) -> list[tuple[str, str]]:
    """Digests that were fixed in this round and can be compared with what was made public."""
    found = []
    for verb, name, title in FIXED:
        row = Audit.objects.filter(verb=verb, on=round.code).last()
        if row is not None and name in row.detail:
            found.append((gettext(title), str(row.detail[name])))
    return found
