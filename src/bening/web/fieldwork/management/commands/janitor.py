"""Put right what a crash left behind."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from bening.web.fieldwork.steps.fold import tidy


class Command(BaseCommand):
    """`bening janitor`."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> str | None:
        """One sweep; says how many rows moved when any did."""
        count = tidy(now=settings.NOW())
        return str(count) if count else None
