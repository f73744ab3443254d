"""Write the approved release of a round into a folder."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from bening.core.problems import refuse
from bening.web.publish.models import Release
from bening.web.publish.steps import release


class Command(BaseCommand):
    """`bening write_release ROUND --by NAME [--folder DIR]`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The round, who asks, and where the folder goes."""
        parser.add_argument("round")
        parser.add_argument("--by", required=True)
        parser.add_argument("--folder", type=Path, default=settings.RELEASE_DIR)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and print the digest of the checksum list."""
        latest = Release.objects.filter(round__code=options["round"]).last()
        if latest is None:
            raise refuse("PUBLISH-123", what="release", round=options["round"])
        written = release(by=options["by"], release=latest, folder=options["folder"], now=settings.NOW())
        self.stdout.write(written.sums)
