"""Seal assignments for the tablets that want them, and close the doors of lost ones."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from bening.web.fieldwork.steps.assign import tend_tablets


class Command(BaseCommand):
    """`bening tend_tablets`."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> str | None:
        """One turn; says how many tablets were tended when any was."""
        count = tend_tablets(now=settings.NOW())
        return str(count) if count else None
