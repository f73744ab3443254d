"""Send what is due, one block a call."""

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

from django.core.management.base import BaseCommand

from bening.web.fieldwork.steps.send import Line, lines, turn
from bening.web.outreach.channels.wire import CONNECTIONS

POOL = ThreadPoolExecutor(CONNECTIONS)


@cache
def opened() -> dict[str, Line]:
    """The lines of this process: they stay open as long as the worker lives."""
    return lines()


class Command(BaseCommand):
    """`bening send`."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> str | None:
        """One turn; says how many went out when any did."""
        count = turn(lines=opened(), pool=POOL)
        return str(count) if count else None
