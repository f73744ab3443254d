"""Take in the files of the offline tally."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bening.web.registry.models import Round
from bening.web.response.steps import import_tally


class Command(BaseCommand):
    """`bening import_tally ROUND FOLDER --counts FILE --digest HEX`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The round, the tally's folder, the gate's public counts, the announced digest."""
        parser.add_argument("round")
        parser.add_argument("folder", type=Path)
        parser.add_argument("--counts", type=Path, required=True)
        parser.add_argument("--digest", required=True)
        parser.add_argument("--by", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and say how many replies there are."""
        round_ = Round.objects.get(code=options["round"])
        tally = import_tally(
            by=options["by"],
            round=round_,
            folder=options["folder"],
            counts=options["counts"],
            digest=options["digest"],
        )
        self.stdout.write(str(sum(label.counted for label in tally.labels.all())))
