"""Load and accept a folder of rosters named INSTITUTION.GROUP.xlsx (or .csv)."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from bening.core.frame import GROUP_WORDS
from bening.core.kinds import Group, Problem
from bening.core.problems import Refused, say, severity
from bening.web.frame.steps import accept, load_roster, problems
from bening.web.registry.models import Institution, Round

ORDER = (Group.INTERNAL, Group.EXTERNAL, Group.EXPERT)  # staff first: the others are compared with them


class Command(BaseCommand):
    """`bening load_rosters ROUND FOLDER --by NAME [--report FILE]`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The round, the folder, where the report goes, and who accepts."""
        parser.add_argument("round")
        parser.add_argument("folder", type=Path)
        parser.add_argument("--report", type=Path, help="JSON of all problems, by file and row")
        parser.add_argument("--by", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load file by file; a refused one changes nothing and the rest go on."""
        round_ = Round.objects.get(code=options["round"])
        lists = [path for path in options["folder"].iterdir() if path.suffix in (".xlsx", ".csv")]
        files = sorted(lists, key=lambda path: (ORDER.index(group(path)), path.name))
        found: list[Problem] = []
        refused = 0
        for done, path in enumerate(files, 1):
            try:
                found += self.load(path, round_, options["by"])
            except Refused as stop:
                refused += 1
                found += stop.problems
                self.stderr.write("\n".join(say(problem, "id") for problem in stop.problems))
            self.stdout.write(f"{done}/{len(files)}")
        if options["report"]:
            options["report"].write_text(
                json.dumps({"problems": [told(problem) for problem in found]}, indent=1)
            )
        if refused:
            raise CommandError(f"{refused} of {len(files)} files were refused", returncode=1)

    def load(self, path: Path, round_: Round, by: str) -> list[Problem]:
        """One file: a version, accepted; its problems."""
        institution = Institution.objects.get(code=path.name.split(".")[0])
        roster = load_roster(
            by=by, round=round_, institution=institution, group=group(path), data=path.read_bytes(),
            name=path.name, now=settings.NOW(),
        )  # fmt: skip
        if roster.state == "submitted":
            accept(by=by, roster=roster)
        return list(problems(roster=roster, file=path.name))


def group(path: Path) -> Group:
    """The group in a file's name."""
    word = path.name.split(".")[-2]
    if word not in GROUP_WORDS:
        raise CommandError(f"{path.name}: no group {word}; use one of {', '.join(GROUP_WORDS)}")
    return GROUP_WORDS[word]


def told(problem: Problem) -> dict[str, object]:
    """A problem for a report."""
    place = problem.place
    return {
        "code": problem.code,
        "severity": severity(problem).value,
        "file": place.file,
        "sheet": place.sheet,
        "row": place.row,
        "column": place.column,
        "id": say(problem, "id"),
        "en": say(problem, "en"),
    }
