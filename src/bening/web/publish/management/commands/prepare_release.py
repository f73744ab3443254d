"""Prepare the release of a round from its latest run."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from bening.core.problems import refuse
from bening.web.estimate.models import Run
from bening.web.publish.steps import prepare


class Command(BaseCommand):
    """`bening prepare_release ROUND --by NAME [--history FILE]`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The round, who asks, and published figures of earlier editions."""
        parser.add_argument("round")
        parser.add_argument("--by", required=True)
        parser.add_argument("--history", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and print the digest that two people approve."""
        run = Run.objects.filter(round__code=options["round"]).last()
        if run is None:
            raise refuse("PUBLISH-123", what="run", round=options["round"])
        release = prepare(by=options["by"], run=run, now=settings.NOW(), history=options["history"])
        self.stdout.write(release.digest)
