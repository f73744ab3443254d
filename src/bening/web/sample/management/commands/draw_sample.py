"""Draw the sample of a round from its frozen frame."""

import os
import tomllib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bening.core.kinds import Group
from bening.web.registry.models import Round
from bening.web.sample.steps import GroupDesign, draw_sample


class Command(BaseCommand):
    """`bening draw_sample ROUND --design FILE`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The round, the design file, and who draws."""
        parser.add_argument("round")
        parser.add_argument("--design", type=Path, required=True, help="TOML: a table a group")
        parser.add_argument("--seed", help="64 hex digits; chance decides when it is left out")
        parser.add_argument("--by", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw and print the commitment."""
        tables = tomllib.loads(options["design"].read_text())
        design = {Group(name): GroupDesign(**table) for name, table in tables.items()}
        seed = bytes.fromhex(options["seed"]) if options["seed"] else os.urandom(32)
        round_ = Round.objects.get(code=options["round"])
        made = draw_sample(by=options["by"], round=round_, design=design, seed=seed)
        self.stdout.write(made.commitment)
