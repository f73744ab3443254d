"""Make a roster template, or check roster files without loading them."""

import csv
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bening.core.frame import GROUP_WORDS, Cleaned, Institutions, Terms, read_statistic
from bening.core.kinds import Group, Method, Problem, Severity
from bening.core.problems import Refused, say, severity
from bening.files import marker, phones, reader, template
from bening.methods import known, load
from bening.web.frame.management.commands.load_rosters import told
from bening.web.frame.steps.check import open_file
from bening.web.frame.steps.load import AGENCY_ONLY
from bening.web.frame.steps.marked import mark_of
from bening.web.frame.steps.templates import Place, contents, template_for
from bening.web.registry.models import Participant

CLEAN, BLOCKING, UNREADABLE = 0, 1, 2


class Command(BaseCommand):
    """`bening roster check --group GROUP --edition YEAR FILE…` and `bening roster template … --out FILE`.

    A check ends with 0: clean or warnings only; 1: rows that cannot be accepted; 2: a file cannot be judged.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, whose rules, which files."""
        what = parser.add_subparsers(dest="what", required=True)
        check, make = what.add_parser("check"), what.add_parser("template")
        for word in (check, make):
            word.add_argument("--group", required=True, choices=sorted(GROUP_WORDS))
            word.add_argument("--edition", required=True, help="such as 2025")
            word.add_argument("--reference", type=date.fromisoformat, help="day to which months are counted")
        check.add_argument("files", type=Path, nargs="+", help="several staff lists are compared")
        check.add_argument("--titles", type=Path, help="reference list of job titles, one a line")
        check.add_argument("--statistic", type=Path, help="CSV kode_lokus;kategori;jumlah")
        check.add_argument("--marked", type=Path, help="the file again, its faults marked in place")
        check.add_argument("--language", choices=["id", "en"], default="id")
        check.add_argument("--json", action="store_true")
        make.add_argument("--out", type=Path, required=True, help=".xlsx or .csv")
        make.add_argument("--institution", help="code: its loci, cases of its units")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked for."""
        method, group = edition(options["edition"]), GROUP_WORDS[options["group"]]
        if options["what"] == "template":
            self.template(group, method, options)
        else:
            sys.exit(self.check_files(group, method, options))

    def template(self, group: Group, method: Method, options: Mapping[str, Any]) -> None:
        """Write a template."""
        path: Path = options["out"]
        reference = options["reference"] or method.fieldwork_start or date(int(method.edition), 7, 1)
        if options["institution"] and path.suffix == ".xlsx":
            data = of_institution(group, method, options["institution"])
        else:
            made = contents(group, method, reference, Place(options["institution"] or ""))
            data = template.plain(made) if path.suffix == ".csv" else template.workbook(made)
        path.write_bytes(data)
        self.stdout.write(str(path))

    def check_files(self, group: Group, method: Method, options: Mapping[str, Any]) -> int:
        """Check every file; the worst of them gives the exit code."""
        terms = terms_of(group, method, options)
        if options["marked"] and len(options["files"]) > 1:
            raise CommandError("--marked takes one file")
        lists = Institutions()
        return max(self.check_file(path, terms, lists, options) for path in options["files"])

    def check_file(self, path: Path, terms: Terms, lists: Institutions, options: Mapping[str, Any]) -> int:
        """One file: say what was found, mark it if asked for."""
        try:
            cleaned = judged(path, terms, lists)
        except Refused as stop:
            self.tell(stop.problems, {}, options)
            return UNREADABLE
        self.tell(cleaned.problems, counts(cleaned), options)
        if options["marked"]:
            options["marked"].write_bytes(marked(path, cleaned.problems))
        return BLOCKING if any(severity(p) == Severity.ERROR for p in cleaned.problems) else CLEAN

    def tell(self, found: tuple[Problem, ...], counted: dict[str, int], options: Mapping[str, Any]) -> None:
        """Problems and counts, for people or for programs."""
        if options["json"]:
            report = {"counts": counted, "problems": [told(problem) for problem in found]}
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
            return
        for problem in found:
            self.stdout.write(say(problem, options["language"]))
        self.stdout.write(" ".join(f"{name}={number}" for name, number in counted.items()))


def of_institution(group: Group, method: Method, code: str) -> bytes:
    """The template for the newest round of this edition in which the institution takes part."""
    places = Participant.objects.filter(institution__code=code, round__edition=method.edition)
    place = places.order_by("-round__opens").select_related("round", "institution").first()
    if place is None:
        raise CommandError(f"{code} takes part in no round of edition {method.edition}")
    return template_for(round=place.round, institution=place.institution, group=group)


def terms_of(group: Group, method: Method, options: Mapping[str, Any]) -> Terms:
    """What a file by itself can be judged by: no loci, no staff list."""
    reference = options["reference"] or method.fieldwork_start
    if reference is None:
        raise CommandError("this edition has no first day of fieldwork; give --reference")
    titles, statistic = options["titles"], options["statistic"]
    return Terms(
        method, group, None, reference, phones.parse, no_staff_list,
        titles=frozenset(word.strip().casefold() for word in lines_of(titles) if word.strip()),
        statistic=statistic_of(statistic) if statistic else {},
    )  # fmt: skip


def lines_of(path: Path | None) -> list[str]:
    """The lines of a text file, none of no file."""
    return path.read_text("utf-8-sig").splitlines() if path else []


def statistic_of(path: Path) -> dict[tuple[str, str], int]:
    """A personnel statistic; one that cannot be read stops the command."""
    lines = lines_of(path)
    mark = max(";,\t", key="".join(lines[:1]).count)
    try:
        return read_statistic(enumerate(csv.reader(lines, delimiter=mark), start=1), file=path.name)
    except Refused as stop:
        raise CommandError("\n".join(say(problem, "id") for problem in stop.problems)) from stop


def judged(path: Path, terms: Terms, lists: Institutions) -> Cleaned:
    """A file by itself, and beside the staff lists before it."""
    opened = open_file(reader.read_file(path), name=path.name, group=terms.group)
    if terms.group == Group.INTERNAL:
        terms = replace(terms, elsewhere=lists.meet(opened.submission.institution))
    return opened.judge(terms=terms, take=lambda who, verdict: None)


def marked(path: Path, problems: tuple[Problem, ...]) -> bytes:
    """The file with its faults marked; what concerns other institutions stays out."""
    own = [problem for problem in problems if problem.code not in AGENCY_ONLY]
    return marker.marked(path.read_bytes(), [mark_of(problem) for problem in own], name=path.name)


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
    verdicts = {verdict.value: number for verdict, number in sorted(cleaned.verdicts.items())}
    return {"rows": cleaned.rows, "accepted": cleaned.accepted, **verdicts}
