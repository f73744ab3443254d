"""Words of these pages that stand for codes."""

from django.utils.translation import get_language, gettext, gettext_lazy, gettext_noop

from bening.core.kinds import Group, Problem, Text
from bening.core.problems import CATALOGUE, Refused, say

GROUPS = {
    Group.INTERNAL: gettext_lazy("Staff"),
    Group.EXTERNAL: gettext_lazy("Users of services"),
    Group.EXPERT: gettext_lazy("Experts"),
}
STATES = {
    "": gettext_noop("not handed over yet"),
    "draft": gettext_noop("draft, not handed over yet"),
    "submitted": gettext_noop("handed over, waits for the agency"),
    "returned": gettext_noop("returned, waits for the institution"),
    "accepted": gettext_noop("accepted"),
    "frozen": gettext_noop("frozen"),
}
SEVERITIES = {
    "error": gettext_lazy("Row not accepted"),
    "warning": gettext_lazy("Please check"),
    "list": gettext_lazy("About the list"),
    "info": gettext_lazy("For information"),
}
WHY = {
    "error": gettext_lazy("The row stays out until it is corrected."),
    "warning": gettext_lazy("The row is in; correct it, or leave it if it is right."),
    "list": gettext_lazy("About the list as a whole or one locus."),
    "info": gettext_lazy("Nothing to do if the entry is right."),
}
FIELDS = {
    "nama": gettext_noop("name"),
    "kode_lokus": gettext_noop("locus"),
    "status": gettext_noop("status"),
    "kategori": gettext_noop("category"),
    "kontak": gettext_noop("contact"),
    "kelayakan": gettext_noop("eligibility"),
}


def language() -> str:
    """`id` or `en`."""
    return "en" if (get_language() or "id").startswith("en") else "id"


def told(text: Text) -> str:
    """A text in the language of the page."""
    return text.en if language() == "en" else text.id


def state_word(state: str) -> str:
    """A state as people call it."""
    return gettext(STATES[state])


def sentences(problems: tuple[Problem, ...] | list[Problem]) -> list[str]:
    """Problems as lines: code, place, what is wrong, what to do."""
    return [say(problem, language()) for problem in problems]


class Open(dict[str, object]):
    """Words of a sentence that are not told."""

    def __missing__(self, name: str) -> str:
        return "…"


def kind_of_fault(code: str) -> str:
    """What a code says, with everything left open that would quote a cell."""
    return told(CATALOGUE[code].sentence).format_map(Open()).replace("….", "…")


def refusal(stop: Refused) -> str:
    """Everything that was refused, in one line."""
    return " ".join(sentences(stop.problems))
