"""Write what cases and complaints take off by the method of the round."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bening.web.evidence.steps import weigh_evidence
from bening.web.registry.models import Round


class Command(BaseCommand):
    """`bening weigh_evidence ROUND --by NAME`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """What it works on and who asks for it."""
        parser.add_argument("round")
        parser.add_argument("--by", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say what came of it."""
        round_ = Round.objects.get(code=options["round"])
        self.stdout.write(str(weigh_evidence(by=options["by"], round=round_)))
