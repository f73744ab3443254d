"""Queue a reminder or the closing notice; the worker sends it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from bening.web.fieldwork.steps.invite import NotSendable, ready
from bening.web.fieldwork.steps.remind import STEPS, remind
from bening.web.registry.models import Round


class Command(BaseCommand):
    """`bening remind_people ROUND STEP --by NAME`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """What it works on and who asks for it."""
        parser.add_argument("round")
        parser.add_argument("step", choices=STEPS)
        parser.add_argument("--by", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say what came of it."""
        round_, step = Round.objects.get(code=options["round"]), options["step"]
        try:
            ready(round_, step=step)
        except NotSendable as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(str(remind(by=options["by"], round=round_, step=step, now=settings.NOW())))
