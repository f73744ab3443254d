"""Take in who registered, and send links along with a new wave: the worker's turn."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from bening.web.fieldwork.steps.register import take_turn


class Command(BaseCommand):
    """`bening take_registrations`."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> str | None:
        """One turn; says how many were dealt with when any was."""
        count = take_turn(now=settings.NOW())
        return str(count) if count else None
