"""Words of fieldwork's pages that stand for codes."""

from django import template
from django.utils.translation import gettext, gettext_noop

from bening.core.kinds import Problem
from bening.core.problems import say
from bening.web.fieldwork.views.public import language

register = template.Library()
VERDICTS = {
    "holds": gettext_noop("Holds"),
    "detected": gettext_noop("Is noticed"),
    "broken": gettext_noop("Breaks"),
}
PLEAS = {
    "link": gettext_noop("New way in"),
    "again": gettext_noop("Right once more"),
    "void": gettext_noop("Invitation ended"),
}
STATES = {
    "asked": gettext_noop("waits for the worker"),
    "done": gettext_noop("done"),
    "refused": gettext_noop("refused"),
}
KINDS = {
    "not_me": gettext_noop("Wrong person or number"),
    "not_employee": gettext_noop("Does not work there"),
    "never_used": gettext_noop("Never used the service"),
    "refuse": gettext_noop("Does not want to take part"),
    "fraud": gettext_noop("Takes the message for a fraud"),
    "coached": gettext_noop("Was told what to answer"),
    "doubt": gettext_noop("Doubts that it is genuine"),
    "later": gettext_noop("Wants to answer later"),
    "technical": gettext_noop("Cannot open it"),
    "other": gettext_noop("Something else"),
}


@register.filter
def verdict(code: str) -> str:
    """What a verdict of the table of threats is called."""
    return gettext(VERDICTS[code])


@register.filter
def plea_word(code: str) -> str:
    """What a desk asks for."""
    return gettext(PLEAS[code])


@register.filter
def state_word(code: str) -> str:
    """How far a plea has come."""
    return gettext(STATES[code])


@register.filter
def report_word(code: str) -> str:
    """What a report is about."""
    return gettext(KINDS[code])


@register.filter
def reason_word(code: str) -> str:
    """Why something was refused, in the words of the catalogue."""
    return say(Problem(code), language()) if code else ""
