"""Check questionnaires and freeze them for a round."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bening.web.questionnaire.steps import freeze_instrument
from bening.web.registry.models import Round


class Command(BaseCommand):
    """`bening freeze_instrument ROUND FILE … --by NAME`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """What it works on and who asks for it."""
        parser.add_argument("round")
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--by", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say what came of it."""
        round_ = Round.objects.get(code=options["round"])
        for file in options["files"]:
            row = freeze_instrument(by=options["by"], round=round_, data=file.read_bytes())
            self.stdout.write(f"{row.name} {row.digest}")
