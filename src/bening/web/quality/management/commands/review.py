"""Give a verdict to replies that have none."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bening.web.quality.steps import review


class Command(BaseCommand):
    """`bening review`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """What it works on and who asks for it."""
        parser.add_argument("--by", default="worker")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say what came of it."""
        if count := review(by=options["by"]):
            self.stdout.write(str(count))
