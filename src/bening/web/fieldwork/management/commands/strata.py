"""List the strata that need a key, one label a line, for `bening signer keygen`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bening.web.fieldwork.steps.freeze import labels
from bening.web.registry.models import Round


class Command(BaseCommand):
    """`bening strata ROUND`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Which round."""
        parser.add_argument("round")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the labels."""
        self.stdout.write("\n".join(labels(round=Round.objects.get(code=options["round"]))))
