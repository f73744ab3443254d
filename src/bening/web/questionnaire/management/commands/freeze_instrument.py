"""Check questionnaires and freeze them for a round: forms, or files frozen elsewhere."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bening.core.questionnaire import dump
from bening.web.questionnaire.steps import freeze_instrument, read_path
from bening.web.registry.models import Round


class Command(BaseCommand):
    """`bening freeze_instrument ROUND FILE … --by NAME`; a folder of CSV files counts as a file."""

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
            form = read_path(file, round_.edition)
            row = freeze_instrument(by=options["by"], round=round_, data=dump(form))
            self.stdout.write(f"{row.name} {row.digest}")
