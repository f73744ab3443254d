"""Put right what a crash left behind, stop senders that have to stop, hand on what did not arrive."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from bening.web.fieldwork.steps.fold import tidy
from bening.web.fieldwork.steps.follow import follow, watch


class Command(BaseCommand):
    """`bening janitor`."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> str | None:
        """One sweep; says how many rows moved when any did."""
        now = settings.NOW()
        count = tidy(now=now) + watch(now=now) + follow(now=now)
        return str(count) if count else None
