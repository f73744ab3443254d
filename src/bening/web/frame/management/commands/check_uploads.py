"""Check the uploaded list that waits longest: one call, one file."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from bening.web.frame.steps import check_upload


class Command(BaseCommand):
    """`bening check_uploads`."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> str | None:
        """Check one; says what became of it when there was one."""
        upload = check_upload(now=settings.NOW())
        return upload.state if upload else None
