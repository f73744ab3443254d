"""Compute the scores of a round."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from bening.web.estimate.steps import estimate
from bening.web.registry.models import Round


class Command(BaseCommand):
    """`bening estimate_round ROUND --by NAME`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """What it works on and who asks for it."""
        parser.add_argument("round")
        parser.add_argument("--by", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say what came of it."""
        round_ = Round.objects.get(code=options["round"])
        self.stdout.write(str(estimate(by=options["by"], round=round_, now=settings.NOW()).id))
