"""Set the publication status of institutions that have none; two people sign."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bening.web.quality.steps import decide
from bening.web.registry.models import Round


class Command(BaseCommand):
    """`bening decide ROUND --by NAME --second NAME`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """What it works on and who asks for it."""
        parser.add_argument("round")
        parser.add_argument("--by", required=True)
        parser.add_argument("--second", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say what came of it."""
        round_ = Round.objects.get(code=options["round"])
        self.stdout.write(str(decide(by=options["by"], second=options["second"], round=round_)))
