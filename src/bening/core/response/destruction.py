"""When keys may go, and the words in which it is written down that they went."""

from collections.abc import Sequence
from datetime import date, timedelta

from bening.core.kinds import Manifest
from bening.core.problems import refuse


def due(manifest: Manifest, days: int) -> date:
    """The first day on which keys may be destroyed: so many days for objections after the closing day."""
    return date.fromisoformat(manifest.closes) + timedelta(days=days + 1)


def expect_due(manifest: Manifest, days: int, today: date) -> None:
    """Refuse (BALLOT-175) while somebody may still object to the count."""
    if today < due(manifest, days):
        raise refuse("BALLOT-175", round=manifest.round, due=due(manifest, days).isoformat())


def protocol(
    manifest: Manifest, *, tally: str, today: date, by: str, witnesses: Sequence[str], gone: Sequence[str]
) -> str:
    """The text to be signed and published; `gone`: a line for each kind of key, with what is public of it."""
    lines = [
        "bening/destroyed/v1",
        f"round {manifest.round}",
        f"manifest {manifest.digest}",
        f"tally {tally}",
        f"day {today.isoformat()}",
        f"by {by}",
        *(f"witness {name}" for name in witnesses),
        *(f"destroyed {line}" for line in gone),
    ]
    return "\n".join(lines) + "\n"
