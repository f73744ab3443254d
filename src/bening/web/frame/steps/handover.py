"""Who stands for a list and what they say is missing, opened."""

import json
from typing import NamedTuple

from django.conf import settings

from bening.crypto import fields
from bening.web.frame.models import Handover, Roster
from bening.web.frame.steps.keep import WORDS


class Behind(NamedTuple):
    """The words of a submission sheet that name people."""

    prepared_by: str = ""
    checked_by: str = ""
    contact: str = ""
    gaps: str = ""


def behind(*, roster: Roster) -> Behind:
    """The people behind a list; nobody after the purge."""
    row = Handover.objects.filter(roster=roster).first()
    if row is None:
        return Behind()
    return Behind(**json.loads(fields.decrypt(settings.SECRET("fields"), bytes(row.words), field=WORDS)))
