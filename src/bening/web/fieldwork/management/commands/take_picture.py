"""Count how far the field has come, once a day, for the agency's page `/lapangan`."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from bening.web.fieldwork.steps.snapshot import take_picture
from bening.web.registry.models import Round


class Command(BaseCommand):
    """`bening take_picture`."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> str | None:
        """One turn; says the round's code when its picture is new."""
        round_ = Round.current()
        return round_.code if round_ and take_picture(round=round_, now=settings.NOW()) else None
