"""Draw who is visited of those who have not answered, and deal the visits to interviewers."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from bening.web.fieldwork.steps.assign import draw_visits
from bening.web.registry.models import Round


class Command(BaseCommand):
    """`bening draw_visits ROUND --percent N --interviewers A,B --by NAME`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """What is drawn, for whom, and who asks for it."""
        parser.add_argument("round")
        parser.add_argument("--percent", type=int, required=True)
        parser.add_argument("--interviewers", required=True, help="usernames with commas between them")
        parser.add_argument("--by", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say how many are visited of how many."""
        made = draw_visits(
            by=options["by"],
            round=Round.objects.get(code=options["round"]),
            percent=options["percent"],
            interviewers=options["interviewers"].split(","),
            now=settings.NOW(),
        )
        waiting, drawn = map(sum, zip(*made.counts.values(), strict=True))
        self.stdout.write(f"{drawn} of {waiting}, until {made.expires.isoformat()}")
