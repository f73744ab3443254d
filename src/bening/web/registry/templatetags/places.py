"""Words of the register on pages: kinds, size classes, provinces, texts in the reader's language."""

from django import template
from django.utils.translation import get_language, gettext, gettext_noop

from bening.core.kinds import PROVINCES, Text
from bening.web.registry.steps.tables import ECHELONS, INSTITUTION_KINDS, SIZES, UNIT_KINDS

register = template.Library()
WORDS = {**INSTITUTION_KINDS, **UNIT_KINDS, **SIZES}
GROUPS = {
    "internal": gettext_noop("Staff"),
    "external": gettext_noop("Users of services"),
    "expert": gettext_noop("Experts"),
}


@register.filter
def kind_word(code: str) -> str:
    """A kind or size class as people call it."""
    return gettext(WORDS[code]) if code in WORDS else code


@register.filter
def group_word(group: str) -> str:
    """A group of respondents as people call it."""
    return gettext(GROUPS[group]) if group in GROUPS else group


@register.filter
def echelon_word(echelon: int) -> str:
    """The echelon of a unit's head in words."""
    return gettext(ECHELONS[str(echelon)]) if str(echelon) in ECHELONS else str(echelon)


@register.filter
def province_word(code: str) -> str:
    """The name of a province."""
    return PROVINCES.get(code, code)


@register.filter
def in_language(text: Text) -> str:
    """A text of two languages as the reader speaks."""
    return text.en if get_language() == "en" else text.id


@register.filter
def percent(part: float) -> str:
    """A part of one in whole percent."""
    return f"{100 * part:.0f} %"
