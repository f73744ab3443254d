"""Check questionnaires, look at one as the phone shows it, or compare two versions."""

import http.server
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bening.core.kinds import Instrument, Problem
from bening.core.problems import Refused, say, severity
from bening.core.questionnaire import differences
from bening.web.questionnaire.steps import preview_file, read_path
from bening.web.questionnaire.steps.forms import path_sheets
from bening.web.questionnaire.steps.standard import validate

CLEAN, BLOCKING, UNREADABLE = 0, 1, 2
PORT = 8765
UNASKED = ("note", "calculate")  # nobody answers these


class Command(BaseCommand):
    """`bening questionnaire check FILE…`, `… preview FILE`, `… diff FILE FILE`.

    A file is a workbook, a folder with `survey.csv`, `choices.csv` and `settings.csv`, or a frozen JSON
    file. A check ends with 0: it may be frozen; 1: it may not yet; 2: a file cannot be read. `diff` ends
    with 0: the same; 1: different.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do with which files."""
        what = parser.add_subparsers(dest="what", required=True)
        check, preview, diff = (what.add_parser(word) for word in ("check", "preview", "diff"))
        check.add_argument("files", type=Path, nargs="+")
        check.add_argument("--odk", action="store_true", help="ask ODK Validate too; needs Java")
        preview.add_argument("file", type=Path)
        preview.add_argument("--port", type=int, default=PORT, help="on this machine only")
        diff.add_argument("old", type=Path)
        diff.add_argument("new", type=Path)
        for word in (check, preview, diff):
            word.add_argument("--edition", default="", help="whose indicators; the newest if not said")
            word.add_argument("--language", choices=["id", "en"], default="id")
        for word in (check, diff):
            word.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked for."""
        try:
            code = {"check": self.check_files, "preview": self.preview, "diff": self.diff}[options["what"]](
                options
            )
        except Refused as stop:
            self.tell(stop.problems, options)
            code = UNREADABLE
        sys.exit(code)

    def check_files(self, options: Mapping[str, Any]) -> int:
        """Check every file; the worst of them gives the exit code."""
        return max(self.check_file(path, options) for path in options["files"])

    def check_file(self, path: Path, options: Mapping[str, Any]) -> int:
        """One file: what was found in it, or that it may be frozen."""
        try:
            form = read_path(path, options["edition"])
            problems = self.second_opinion(path) if options["odk"] else []
        except OSError as stop:
            self.stderr.write(f"{path}: {stop.strerror}")
            return UNREADABLE
        except Refused as stop:
            problems, form = list(stop.problems), None
        self.tell(problems, options, path=str(path), form=form)
        if any(problem.code.startswith("FRAME-18") for problem in problems):
            return UNREADABLE
        return BLOCKING if problems else CLEAN

    def second_opinion(self, path: Path) -> list[Problem]:
        """What ODK Validate says; without Java it is left out, and that is said."""
        problems = None if path.suffix == ".json" else validate(path_sheets(path))
        if problems is None:
            self.stderr.write(f"{path}: ODK Validate was not asked (no Java, or a frozen file)")
        return problems or []

    def tell(
        self,
        problems: list[Problem] | tuple[Problem, ...],
        options: Mapping[str, Any],
        *,
        path: str = "",
        form: Instrument | None = None,
    ) -> None:
        """Say what was found."""
        if options.get("json"):
            said = {"file": path, "problems": [told(problem) for problem in problems]}
            self.stdout.write(json.dumps(said, ensure_ascii=False))
            return
        for problem in problems:
            self.stdout.write(say(problem, options["language"]))
        if form and not problems:
            self.stdout.write(f"{path}: {form.name} {form.version}, {length(form)}, no problem")

    def preview(self, options: Mapping[str, Any]) -> int:
        """Show the questionnaire in a browser of this machine until stopped."""
        form = read_path(options["file"], options["edition"])
        with http.server.ThreadingHTTPServer(("127.0.0.1", options["port"]), handler(form)) as server:
            self.stdout.write(f"http://127.0.0.1:{server.server_port}/")
            self.stdout.flush()
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                return CLEAN
        return CLEAN

    def diff(self, options: Mapping[str, Any]) -> int:
        """What became of one version in the other."""
        old, new = (read_path(options[side], options["edition"]) for side in ("old", "new"))
        found = differences(old, new)
        if options["json"]:
            rows = [
                {n: getattr(each, n) for n in ("kind", "item", "field", "before", "after")} for each in found
            ]
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
        else:
            for each in found:
                self.stdout.write(f"{each.kind:8} {each.item} {each.field}".rstrip())
                self.stdout.write(
                    "".join(
                        f"  {sign} {text}\n" for sign, text in (("-", each.before), ("+", each.after)) if text
                    ),
                    ending="",
                )
        return BLOCKING if found else CLEAN


def handler(form: Instrument) -> type[http.server.BaseHTTPRequestHandler]:
    """A server of one questionnaire's preview."""

    class Preview(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = preview_file(form, self.path.lstrip("/") or "preview.html")
            self.send_response(200 if found else 404)
            body, kind = found or (b"", "text/plain")
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Nothing to say."""

    return Preview


def length(form: Instrument) -> str:
    """How long it is for somebody who is asked everything; nobody's way is longer."""
    asked = sum(question.kind not in UNASKED for question in form.questions)
    return f"at most {asked} questions and {form.minutes} minutes"


def told(problem: Problem) -> dict[str, object]:
    """A problem as a row of JSON."""
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
