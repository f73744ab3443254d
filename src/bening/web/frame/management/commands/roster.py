"""Check a roster file without loading it."""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bening.core.frame import GROUP_WORDS, Cleaned, Terms
from bening.core.kinds import Method, Problem, Severity
from bening.core.problems import Refused, say, severity
from bening.files import phones
from bening.methods import known, load
from bening.web.frame.management.commands.load_rosters import told
from bening.web.frame.steps.check import check_file

CLEAN, BLOCKING, UNREADABLE = 0, 1, 2


class Command(BaseCommand):
    """`bening roster check --group GROUP --edition YEAR FILE [--json]`.

    Exit code 0: clean or warnings only; 1: rows that cannot be accepted; 2: the file cannot be judged.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, whose rules, which file."""
        parser.add_argument("what", choices=["check"])
        parser.add_argument("file", type=Path)
        parser.add_argument("--group", required=True, choices=sorted(GROUP_WORDS))
        parser.add_argument("--edition", required=True, help="such as 2025")
        parser.add_argument("--reference", type=date.fromisoformat, help="day to which months are counted")
        parser.add_argument("--language", choices=["id", "en"], default="id")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check and say what was found; the exit code tells how bad it is."""
        path, group = options["file"], GROUP_WORDS[options["group"]]
        method = edition(options["edition"])
        reference = options["reference"] or method.fieldwork_start
        if reference is None:
            raise CommandError("this edition has no first day of fieldwork; give --reference")
        terms = Terms(method, group, None, reference, phones.parse, no_staff_list)
        try:
            _, cleaned = check_file(
                path.read_bytes(), name=path.name, group=group, terms=lambda submission: terms
            )
        except Refused as stop:
            self.tell(stop.problems, {}, as_json=options["json"], language=options["language"])
            sys.exit(UNREADABLE)
        self.tell(cleaned.problems, counts(cleaned), as_json=options["json"], language=options["language"])
        sys.exit(BLOCKING if any(severity(p) == Severity.ERROR for p in cleaned.problems) else CLEAN)

    def tell(
        self, found: Sequence[Problem], counted: dict[str, int], *, as_json: bool, language: str
    ) -> None:
        """Problems and counts, for people or for programs."""
        if as_json:
            report = {"counts": counted, "problems": [told(problem) for problem in found]}
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
            return
        for problem in found:
            self.stdout.write(say(problem, language))
        self.stdout.write(" ".join(f"{name}={number}" for name, number in counted.items()))


def edition(code: str) -> Method:
    """Any method of an edition: a profile of weights changes nothing in who may be asked."""
    ids = [one for one in known() if one.startswith(f"spi-{code}:")]
    if not ids:
        raise CommandError(f"there is no edition {code}")
    return load(ids[0])


def no_staff_list(staff_id: str | None, points: object) -> None:
    """A file by itself cannot tell who is staff."""


def counts(cleaned: Cleaned) -> dict[str, int]:
    """Rows in, rows accepted and verdicts."""
    verdicts = Counter(verdict.verdict.value for _, verdict in cleaned.people)
    return {"rows": cleaned.rows, "accepted": len(cleaned.people), **dict(sorted(verdicts.items()))}
