"""Open a round from a folder: round.toml, institutions.csv, units.csv, people.csv."""

import tomllib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bening.web.registry.models import Institution, Unit
from bening.web.registry.steps import grant, list_institutions, list_units, open_round, rows_of


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
        for row in rows_of(folder / "people.csv"):
            place = Institution.objects.filter(code=row["institution"]).first()
            unit = Unit.objects.filter(institution=place, code=row["unit"]).first()
            grant(by=by, username=row["username"], name=row["name"], role=row["role"], institution=place, unit=unit)
        self.stdout.write(f"{institutions} institutions, {units} units")
