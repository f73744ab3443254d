"""Open the way again for somebody who lost it: a new link, the right once more, or its end."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from bening.web.fieldwork.steps.reissue import reissue
from bening.web.registry.models import Round


class Command(BaseCommand):
    """`bening reissue ROUND --code CHECKCODE --by NAME [--kind again|link|void] [--means message|code]`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose right, what is asked for, and who asks."""
        parser.add_argument("round")
        parser.add_argument("--code", required=True, help="the check code in the person's message")
        parser.add_argument("--by", required=True)
        parser.add_argument("--kind", choices=("again", "link", "void"), default="again")
        parser.add_argument("--means", choices=("message", "code"), default="message")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; a typed code is shown here and nowhere else."""
        round_ = Round.objects.get(code=options["round"])
        given = {name: options[name] for name in ("by", "code", "kind", "means")}
        plea, typed = reissue(round=round_, now=settings.NOW(), **given)
        self.stdout.write(f"{plea.key} {plea.kind} {plea.state}{f' {typed}' if typed else ''}")
