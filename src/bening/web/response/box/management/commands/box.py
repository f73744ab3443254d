"""`bening box export FOLDER`: the sealed ballots as files for the offline tally."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from bening.web.response.box import steps


class Command(BaseCommand):
    """One verb so far."""

    help = "Export the sealed ballots, sorted by hash."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`export FOLDER`."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("export", help="ballots.bin and leaves.bin").add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the verb."""
        count = steps.export(folder=options["folder"])
        self.stdout.write(f"{count} ballots in {options['folder']}")
