"""Fix design, frame and a fresh seed of a round and publish their digests, before anybody is drawn."""

import tomllib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bening.core.kinds import Group, GroupDesign, SampleDesign
from bening.web.registry.models import Round
from bening.web.sample.steps import commit_seed, save_design


class Command(BaseCommand):
    """`bening commit_seed ROUND [--design FILE] --by NAME`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The round, a design to save first, and who commits."""
        parser.add_argument("round")
        parser.add_argument("--design", type=Path, help="TOML: a table a group, `reserve = true` above them")
        parser.add_argument("--seed", help="64 hex digits, for a demo only; left out, the process makes one")
        parser.add_argument("--by", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Commit and print the commitment."""
        round_ = Round.objects.get(code=options["round"])
        if options["design"]:
            tables = tomllib.loads(options["design"].read_text())
            reserve = bool(tables.pop("reserve", False))
            groups = {Group(name): GroupDesign(**table) for name, table in tables.items()}
            save_design(by=options["by"], round=round_, design=SampleDesign(groups, reserve))
        seed = bytes.fromhex(options["seed"]) if options["seed"] else None
        self.stdout.write(commit_seed(by=options["by"], round=round_, seed=seed).commitment)
