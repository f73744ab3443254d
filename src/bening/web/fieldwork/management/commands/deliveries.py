"""How many deliveries of a round stand where, as JSON; for the agency's operators."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Count

from bening.web.fieldwork.models import Delivery


class Command(BaseCommand):
    """`bening deliveries ROUND`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The round."""
        parser.add_argument("round")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count and print."""
        rows = Delivery.objects.filter(wave__round__code=options["round"])
        self.stdout.write(json.dumps(dict(rows.values_list("state").annotate(Count("id")).order_by("state"))))
