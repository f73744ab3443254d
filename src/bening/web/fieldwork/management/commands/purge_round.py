"""Delete names, numbers, who was drawn and who answered, and prove it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from bening.web.fieldwork.steps.purge import counts, purge_round
from bening.web.registry.models import Round


class Command(BaseCommand):
    """`bening purge_round ROUND --by NAME [--yes]`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The round, who asks for it, and the word that it is meant."""
        parser.add_argument("round")
        parser.add_argument("--by", required=True)
        parser.add_argument("--yes", action="store_true", help="really delete; it cannot be undone")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the rows of every table: what would go, or what went and what is left."""
        round_ = Round.objects.get(code=options["round"])
        if not options["yes"]:
            for name, rows in sorted(counts(round_).items()):
                self.stdout.write(f"{name} {rows}")
            self.stdout.write("Nothing was deleted; say --yes to delete these rows.")
            return
        for name, (before, after) in purge_round(by=options["by"], round=round_, now=settings.NOW()).items():
            self.stdout.write(f"{name} {before} -> {after}")
