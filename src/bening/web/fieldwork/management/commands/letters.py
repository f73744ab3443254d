"""Print the next batch of letters, and say what became of one."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from bening.web.fieldwork.models import Batch
from bening.web.fieldwork.steps import letters
from bening.web.registry.models import Round


class Command(BaseCommand):
    """`bening letters print|posted|void|returned ROUND --by NAME`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """What it does and for which round."""
        parser.add_argument("what", choices=("print", "posted", "void", "returned"))
        parser.add_argument("round")
        parser.add_argument("--by", required=True)
        parser.add_argument("--out", type=Path, help="where the PDF goes; it holds secrets")
        parser.add_argument("--batch", type=int, help="number of a batch")
        parser.add_argument("--code", default="", help="check code on a returned letter")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say what came of it."""
        round_, by = Round.objects.get(code=options["round"]), options["by"]
        if options["what"] == "print":
            self.print(round_, by, options["out"])
        elif options["what"] == "returned":
            if not letters.letter_returned(by=by, round=round_, code=options["code"]):
                raise CommandError("no letter with this code is on its way")
        else:
            batch = Batch.objects.filter(wave__round=round_, number=options["batch"]).first()
            if batch is None:
                raise CommandError("there is no batch of this number")
            step = letters.post_letters if options["what"] == "posted" else letters.void_letters
            step(by=by, batch=batch)

    def print(self, round_: Round, by: str, out: Path | None) -> None:
        """One batch into a new file that nobody else may read."""
        if out is None:
            raise CommandError("--out FILE.pdf is needed")
        with out.open("xb") as file:
            out.chmod(0o600)
            made = letters.print_letters(by=by, round=round_, now=settings.NOW())
            if made is not None:
                file.write(made[1])
        if made is None:
            out.unlink()
            raise CommandError("no letter waits")
        self.stdout.write(f"batch {made[0].number}: {made[0].letters.count()} letters")
