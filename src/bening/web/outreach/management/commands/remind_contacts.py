"""Remind contact persons of what they owe, at most once in three days."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from bening.web.outreach.steps import remind_contacts
from bening.web.registry.models import Round


class Command(BaseCommand):
    """`bening remind_contacts`."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> str | None:
        """One turn; says how many it was when any was due."""
        round_ = Round.current()
        count = remind_contacts(by="worker", round=round_, now=settings.NOW()) if round_ else 0
        return str(count) if count else None
