"""Approve the release of a round; two different people have to."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from bening.core.problems import refuse
from bening.web.publish.models import Release
from bening.web.publish.steps import approve


class Command(BaseCommand):
    """`bening approve_release ROUND --by NAME`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The round and who approves."""
        parser.add_argument("round")
        parser.add_argument("--by", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say how many have approved."""
        release = Release.objects.filter(round__code=options["round"], released=None).last()
        if release is None:
            raise refuse("PUBLISH-123", what="release", round=options["round"])
        approve(by=options["by"], release=release, now=settings.NOW())
        self.stdout.write(str(release.approvals.count()))
