"""Words of these pages that stand for codes."""

from django.utils.translation import get_language, gettext, gettext_noop

from bening.core.problems import Refused, say

KINDS = {
    "office": gettext_noop("Offices"),
    "district": gettext_noop("Districts"),
    "village": gettext_noop("Urban villages"),
    "service": gettext_noop("Service units"),
    "puskesmas": gettext_noop("Health centres"),
    "rsud": gettext_noop("Hospitals"),
    "school": gettext_noop("Schools"),
    "directorate": gettext_noop("Directorates"),
    "branch": gettext_noop("Branch offices"),
    "all": gettext_noop("The whole institution"),
    "shared": gettext_noop("The whole province"),
    "other": gettext_noop("Small ones together"),
}


def inside(word: str) -> str:
    """The last word of a stratum's code as people call it; codes of units stay as they are."""
    return gettext(KINDS[word]) if word in KINDS else word


def refused(error: Refused) -> list[str]:
    """What a step would not do, in the language of the page."""
    language = "en" if (get_language() or "id").startswith("en") else "id"
    return [say(problem, language) for problem in error.problems]
