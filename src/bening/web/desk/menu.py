"""What every staff page carries: the role somebody acts in, the links of that role, the demo's warning."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from bening.web.registry.models import Role

MENU: dict[str, tuple[tuple[str, str], ...]] = {}  # by role: name of the address, words


def menu(request: HttpRequest) -> dict[str, Any]:
    """A context processor; pages without a role get no links."""
    role: Role | None = getattr(request, "role", None)
    entries = MENU.get(role.name, ()) if role else ()
    links = [(reverse(name), gettext(words)) for name, words in entries]
    return {"role": role, "menu": [(to, words, request.path == to) for to, words in links], **banner()}


def banner() -> dict[str, Any]:
    """What every staff page says about the deployment."""
    if settings.DEPLOYMENT != "demo":
        return {"demo": False}
    lines = [
        gettext("Demo: invented people and numbers."),
        gettext("No confidentiality: all keys lie on this one machine."),
    ]
    return {"demo": True, "banner_lines": lines}
