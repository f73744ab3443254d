"""What groups, channels and kinds of units are called on the pages about the field."""

from django.utils.translation import gettext, gettext_noop

GROUPS = {
    "internal": gettext_noop("Staff"),
    "external": gettext_noop("Service users"),
    "expert": gettext_noop("Experts"),
    "visitor": gettext_noop("Visitors"),
}
CHANNELS = {
    "whatsapp": gettext_noop("WhatsApp"),
    "sms": gettext_noop("SMS"),
    "email": gettext_noop("E-mail"),
    "letter": gettext_noop("Letter"),
    "visit": gettext_noop("Visit"),
}
KINDS = {
    "office": gettext_noop("offices"),
    "district": gettext_noop("districts"),
    "village": gettext_noop("villages"),
    "service": gettext_noop("service units"),
    "puskesmas": gettext_noop("health centres"),
    "rsud": gettext_noop("hospitals"),
    "school": gettext_noop("schools"),
    "directorate": gettext_noop("directorates"),
    "branch": gettext_noop("branch offices"),
}


def group_name(code: str) -> str:
    """A respondent group."""
    return gettext(GROUPS[code]) if code in GROUPS else code


def channel_name(code: str) -> str:
    """A channel."""
    return gettext(CHANNELS[code]) if code in CHANNELS else code


def kind_name(code: str) -> str:
    """A kind of unit, as several of it."""
    return gettext(KINDS[code]) if code in KINDS else code
