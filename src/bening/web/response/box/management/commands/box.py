"""`bening box log`: the day's batch of the public log. `bening box export FOLDER`: files for the tally."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from bening.core.response import LogLeaf
from bening.web.response.box import steps


class Command(BaseCommand):
    """What runs at the box beside its counter."""

    help = "Log the day's ballots and publish the log; export the sealed ballots."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`log [--tally DIGEST] [--destroyed DIGEST]`, `public FOLDER`, `export FOLDER`."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        log = verbs.add_parser("log", help="append what is new, sign the root, publish both")
        log.add_argument("--tally", metavar="DIGEST", help="the tally's digest, when there is one")
        log.add_argument("--destroyed", metavar="DIGEST", help="the digest of a protocol of destroyed keys")
        public = verbs.add_parser("public", help="log.pub and receipt.pub, which the agency freezes")
        public.add_argument("folder", type=Path)
        export = verbs.add_parser("export", help="ballots.bin, leaves.bin and checkpoints.txt")
        export.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the verb."""
        if options["verb"] == "log":
            kinds = {"tally": LogLeaf.TALLY, "destroyed": LogLeaf.DESTROYED}
            steps.log_day(extra=[kinds[k] + bytes.fromhex(options[k]) for k in kinds if options[k]])
            size = steps.publish_log(folder=settings.LOG_DIR)
            self.stdout.write(f"{size} leaves in the log")
            return
        if options["verb"] == "public":
            steps.write_public(folder=options["folder"])
            return
        count = steps.export(folder=options["folder"])
        self.stdout.write(f"{count} ballots in {options['folder']}")
