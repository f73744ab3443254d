"""By when lists are wanted; there is no due date until the agency sets one."""

from datetime import date

from django.db import transaction

from bening.core.kinds import Group
from bening.web.frame.models import Deadline
from bening.web.registry.models import Round
from bening.web.registry.steps import record


@transaction.atomic
def set_deadline(*, by: str, round: Round, group: Group, due: date | None) -> None:
    """The day by which the lists of a group are wanted, or none; the same day again changes nothing."""
    row = Deadline.objects.select_for_update().filter(round=round, group=group).first()
    if (row.due if row else None) == due:
        return
    if due is None:
        Deadline.objects.filter(round=round, group=group).delete()
    else:
        Deadline.objects.update_or_create(round=round, group=group, defaults={"due": due})
    record(
        by=by, verb="set_deadline", on=f"{round.code}/{group}", detail={"due": due.isoformat() if due else ""}
    )


def deadlines(*, round: Round) -> dict[Group, date]:
    """Due dates by group, as far as they are set."""
    return {
        Group(group): due for group, due in Deadline.objects.filter(round=round).values_list("group", "due")
    }
