"""Queue an invitation for everybody drawn; the worker sends it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from bening.web.fieldwork.steps.invite import NotSendable, invite, ready
from bening.web.registry.models import Round


class Command(BaseCommand):
    """`bening invite ROUND --by NAME`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """What it works on and who asks for it."""
        parser.add_argument("round")
        parser.add_argument("--by", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say what came of it."""
        round_ = Round.objects.get(code=options["round"])
        try:
            ready(round_)
        except NotSendable as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(str(invite(by=options["by"], round=round_, now=settings.NOW())))
