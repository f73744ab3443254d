"""What an institution has ready before the survey starts, and what to do next."""

from collections.abc import Mapping, Sequence

from bening.core.kinds import Preparation

# In the order in which they have to be done.
ITEMS = ("contacts", "meeting", "lists", "questions", "leaders", "materials", "heads", "staff")


def readiness(facts: Mapping[str, tuple[int, int]]) -> tuple[Preparation, ...]:
    """Every item with how much of it is done; an item nobody counted is not ready."""
    return tuple(Preparation(item, *facts.get(item, (0, 1))) for item in ITEMS)


def next_item(preparations: Sequence[Preparation]) -> str | None:
    """The first item that is not ready; None when all are."""
    return next((each.item for each in preparations if not each.ready), None)
