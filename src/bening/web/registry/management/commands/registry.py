"""Check, take in or write a file of the register: institutions, units (with loci) or contact persons."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bening.core.kinds import Problem
from bening.core.problems import Refused, say
from bening.web.registry.models import Institution, Round
from bening.web.registry.steps import Upload, check_upload, export, take_in
from bening.web.registry.steps.plans import Plan
from bening.web.registry.steps.sheets import read_lines
from bening.web.registry.steps.tables import TABLES

CLEAN, BLOCKING, UNREADABLE = 0, 1, 2
ABOUT_FILE = ("REGISTRY-103", "REGISTRY-104", "REGISTRY-105", "REGISTRY-106")


class Command(BaseCommand):
    """`bening registry check TABLE FILE`, `… import TABLE FILE --by NAME`, `… export TABLE --out FILE`.

    Checking and importing end with 0: nothing wrong; 1: rows that cannot come in; 2: the file cannot be
    judged. An import with anything wrong changes nothing.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, with which file, for which round."""
        what = parser.add_subparsers(dest="what", required=True)
        check, bring, write = (what.add_parser(word) for word in ("check", "import", "export"))
        for word in (check, bring, write):
            word.add_argument("table", choices=list(TABLES))
            word.add_argument("--round", help="code; the one that opens last if not given")
        for word in (check, bring):
            word.add_argument("file", type=Path)
            word.add_argument("--language", choices=["id", "en"], default="id")
        bring.add_argument("--by", required=True)
        write.add_argument("--out", type=Path, required=True)
        write.add_argument("--institution", help="code; all if not given")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked for."""
        code = options["round"]
        round_ = Round.objects.filter(code=code).first() if code else Round.current()
        if round_ is None:
            raise CommandError(f"there is no round {code or 'yet'}")
        if options["what"] == "export":
            self.write(round_, options)
        else:
            sys.exit(self.judge(round_, options))

    def write(self, round_: Round, options: dict[str, Any]) -> None:
        """Write a file that can be imported again."""
        code = options["institution"]
        place = Institution.objects.filter(code=code).first()
        if code and place is None:
            raise CommandError(f"there is no institution {code}")
        options["out"].write_bytes(export(table=options["table"], round=round_, institution=place))
        self.stdout.write(str(options["out"]))

    def judge(self, round_: Round, options: dict[str, Any]) -> int:
        """Check a file, and take it in if that was asked for."""
        path: Path = options["file"]
        try:
            upload = Upload(options["table"], path.name, read_lines(path.read_bytes(), name=path.name))
            plan = check_upload(round=round_, upload=upload)
            if options["what"] == "import":
                take_in(by=options["by"], round=round_, upload=upload, agreed=plan.digest)
        except Refused as stop:
            return self.tell(stop.problems, options["language"])
        self.stdout.write(counts(plan))
        return CLEAN

    def tell(self, problems: tuple[Problem, ...], language: str) -> int:
        """Every problem on a line; how bad they are."""
        for problem in problems:
            self.stdout.write(say(problem, language))
        return UNREADABLE if any(problem.code in ABOUT_FILE for problem in problems) else BLOCKING


def counts(plan: Plan) -> str:
    """What a file changes."""
    return f"new={len(plan.new)} changed={len(plan.changed)} same={plan.same} missing={len(plan.missing)}"
