"""What every staff page carries: the role somebody acts in, the links of that role, the demo's warning."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from bening.web.registry.models import Role

PLACES = ("institutions", gettext_noop("Institutions"))
OWN = ("own-place", gettext_noop("Units"))
LISTS = ("frame-board", gettext_noop("Lists"))
OUTREACH = ("outreach", gettext_noop("Outreach"))
FORMS = ("questionnaires", gettext_noop("Questionnaires"))
SAMPLE = ("sample", gettext_noop("Sample"))
VISITS = ("visits", gettext_noop("Visits"))
FIELD = ("field", gettext_noop("Fieldwork"))
TAKING_PART = ("participation", gettext_noop("Participation"))
HELP = ("desk", gettext_noop("Help desk"))
PEOPLE = ("people", gettext_noop("Access"))
MENU: dict[str, tuple[tuple[str, str], ...]] = {  # by role: name of the address, words
    "officer": (PLACES, LISTS, OUTREACH, FORMS, SAMPLE, FIELD, HELP, PEOPLE),
    "statistician": (PLACES, LISTS, FORMS, SAMPLE, FIELD),
    "auditor": (PLACES, FORMS, SAMPLE),
    "interviewer": (VISITS, SAMPLE),
    "trustee": (SAMPLE,),
    "inspectorate": (OWN, LISTS, OUTREACH, SAMPLE, TAKING_PART, PEOPLE),
    "unit_contact": (OWN, LISTS, SAMPLE),
    "leader": (OWN, OUTREACH, SAMPLE, TAKING_PART),
}


def menu(request: HttpRequest) -> dict[str, Any]:
    """A context processor; pages without a role get no links."""
    role: Role | None = getattr(request, "role", None)
    entries = MENU.get(role.name, ()) if role else ()
    links = [(reverse(name), gettext(words)) for name, words in entries]
    several = role is not None and Role.objects.filter(user=role.user_id).count() > 1
    menu = [(to, words, f"{request.path}/".startswith(f"{to}/")) for to, words in links]
    found = {"role": role} if role else {}
    return {**found, "several": several, "menu": menu, **banner()}


def banner() -> dict[str, Any]:
    """What every staff page says about the deployment."""
    if settings.DEPLOYMENT != "demo":
        return {"demo": False}
    lines = [
        gettext("Demo: invented people and numbers."),
        gettext("No confidentiality: all keys lie on this one machine."),
    ]
    return {"demo": True, "banner_lines": lines}
