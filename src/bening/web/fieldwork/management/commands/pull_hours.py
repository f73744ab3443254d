"""Take over the hours that the gate's night has kept."""

from typing import Any

from django.core.management.base import BaseCommand

from bening.web.fieldwork.steps.busy import pull_hours


class Command(BaseCommand):
    """`bening pull_hours`."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> str | None:
        """One turn; says how many hours are new when any are."""
        count = pull_hours()
        return str(count) if count else None
