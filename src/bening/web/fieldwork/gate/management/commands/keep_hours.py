"""Keep the hours of the days that are over in which ten or more rights of a stratum were used."""

from typing import Any

from django.core.management.base import BaseCommand

from bening.web.fieldwork.gate.steps import keep_hours


class Command(BaseCommand):
    """`bening keep_hours`: part of the gate's night."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say how many hours were kept."""
        self.stdout.write(f"{keep_hours()} hours kept")
