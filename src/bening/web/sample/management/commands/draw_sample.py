"""Draw the sample of a round with the seed that was committed to."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bening.web.registry.models import Round
from bening.web.sample.steps import draw_sample


class Command(BaseCommand):
    """`bening draw_sample ROUND --by NAME`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The round, and who draws."""
        parser.add_argument("round")
        parser.add_argument("--by", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw and print the commitment that the draw fulfils."""
        round_ = Round.objects.get(code=options["round"])
        self.stdout.write(draw_sample(by=options["by"], round=round_).commitment)
