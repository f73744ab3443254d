"""What an office in the chain is called."""

from django.utils.translation import gettext, gettext_noop

from bening.core.kinds import Tier
from bening.web.outreach.models import Head

OFFICES = {
    Tier.LEADER: gettext_noop("Leader of %(place)s"),
    Tier.INSPECTORATE: gettext_noop("Inspectorate of %(place)s"),
    Tier.UNIT: gettext_noop("Head of %(place)s"),
    Tier.SECTION: gettext_noop("Head of %(place)s"),
}


def office_of(tier: Tier, place: object) -> str:
    """An office by its level and place, in the language of the moment."""
    return gettext(OFFICES[tier]) % {"place": place}


def office(head: Head) -> str:
    """The office of a head."""
    return office_of(Tier(head.tier), head.unit or head.institution)
