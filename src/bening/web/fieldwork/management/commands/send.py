"""Send what is due, one block a call."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.management.base import BaseCommand

from bening.web.fieldwork.steps.send import turn
from bening.web.outreach.channels.whatsapp import send
from bening.web.outreach.channels.whatsapp.settings import configured

POOL = ThreadPoolExecutor(send.CONNECTIONS)  # one for the life of the worker: connections stay open
HTTP = send.pool()


class Command(BaseCommand):
    """`bening send`."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> str | None:
        """One turn; says how many went out when any did."""
        count = turn(http=HTTP, account=configured(), pool=POOL)
        return str(count) if count else None
