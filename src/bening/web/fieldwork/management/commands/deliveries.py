"""How many deliveries of a round stand where, as JSON; for the agency's operators."""

import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Count

from bening.core.kinds import DeliveryState
from bening.web.fieldwork.models import Delivery

UNSENT = {DeliveryState.QUEUED, DeliveryState.LEASED, DeliveryState.SENDING}
UNSETTLED = {*UNSENT, DeliveryState.ACCEPTED, DeliveryState.HELD, DeliveryState.SENT}
WAITS = {"sent": UNSENT, "settled": UNSETTLED}
PAUSE, PATIENCE = 0.5, 120.0  # seconds between two looks, and without any change


class Command(BaseCommand):
    """`bening deliveries ROUND [--wait sent|settled]`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The round, and until when to look."""
        parser.add_argument("round")
        parser.add_argument(
            "--wait", choices=WAITS, help="look until none is unsent, or none is without an end"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Count and print; with --wait a line `done/total` at every change until all is done or stuck."""
        open_states = WAITS.get(options["wait"] or "", set())
        counts, changed = self.counts(options["round"]), time.monotonic()
        while (
            waiting := sum(counts.get(s, 0) for s in open_states)
        ) and time.monotonic() - changed < PATIENCE:
            total = sum(counts.values())
            self.stdout.write(f"{total - waiting}/{total}")
            self.stdout.flush()
            time.sleep(PAUSE)
            before, counts = counts, self.counts(options["round"])
            changed = time.monotonic() if counts != before else changed
        self.stdout.write(json.dumps(counts))

    def counts(self, round_code: str) -> dict[str, int]:
        """Deliveries by state."""
        rows = Delivery.objects.filter(wave__round__code=round_code)
        return dict(rows.values_list("state").annotate(Count("id")).order_by("state"))
