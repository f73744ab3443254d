"""Open a round from a folder: round.toml, institutions.csv, units.csv, people.csv."""

import tomllib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bening.core.kinds import Place
from bening.web.registry.steps import (
    find_institution,
    find_unit,
    grant,
    list_institutions,
    list_units,
    open_round,
    rows_of,
)


class Command(BaseCommand):
    """`bening open_round FOLDER --by NAME`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """What it works on and who asks for it."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--by", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say what came of it."""
        folder, by = options["folder"], options["by"]
        table = tomllib.loads((folder / "round.toml").read_text())["round"]
        words = table.pop("words")
        round_ = open_round(by=by, words=words, **table)
        institutions = list_institutions(by=by, round=round_, rows=rows_of(folder / "institutions.csv"))
        units = list_units(by=by, round=round_, rows=rows_of(folder / "units.csv"))
        for number, row in enumerate(rows_of(folder / "people.csv"), 2):
            here = Place("people.csv", row=number)
            home = find_institution(row["institution"], here) if row["institution"] else None
            unit = find_unit(home, row["unit"], here)
            grant(
                by=by,
                username=row["username"],
                name=row["name"],
                role=row["role"],
                institution=home,
                unit=unit,
            )
        self.stdout.write(f"{institutions} institutions, {units} units")
