"""Understand reports that providers sent."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from bening.web.fieldwork.steps.fold import fold


class Command(BaseCommand):
    """`bening fold_webhooks`."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> str | None:
        """One batch; says how many there were when any."""
        count = fold(now=settings.NOW())
        return str(count) if count else None
