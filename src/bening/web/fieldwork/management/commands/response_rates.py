"""Response rates after AAPOR, by institution and respondent group, as CSV."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bening.web.fieldwork.steps.picture import picture
from bening.web.fieldwork.steps.rates import table
from bening.web.registry.models import Round


class Command(BaseCommand):
    """`bening response_rates ROUND`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Which round."""
        parser.add_argument("round")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what the newest picture of the field says."""
        found = picture(round=Round.objects.get(code=options["round"]))
        if found is None:
            raise CommandError("There is no picture of this field yet; `bening take_picture` makes one.")
        self.stdout.write(table(found), ending="")
