"""Freeze the frame of a round and print its digest."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from bening.core.problems import say
from bening.web.frame.steps import freeze_frame, missing_lists
from bening.web.registry.models import Round


class Command(BaseCommand):
    """`bening freeze_frame ROUND --by NAME`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The round and who freezes."""
        parser.add_argument("round")
        parser.add_argument("--by", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Freeze; say which lists are missing."""
        round_ = Round.objects.get(code=options["round"])
        for problem in missing_lists(round=round_):
            self.stderr.write(say(problem, "id"))
        self.stdout.write(freeze_frame(by=options["by"], round=round_, now=settings.NOW()))
