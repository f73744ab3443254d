"""Do what help desks asked for and what reports demand: the worker's turn."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from bening.web.fieldwork.steps.feedback import heed
from bening.web.fieldwork.steps.reissue import serve_pleas


class Command(BaseCommand):
    """`bening help_desk`: how many were done."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> str:
        """Stops first: whoever said no gets no message that was asked for later."""
        done = heed() + serve_pleas(now=settings.NOW())
        return str(done) if done else ""
