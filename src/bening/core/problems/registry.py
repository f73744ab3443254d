"""Problems of this room (REGISTRY-1xx)."""

from bening.core.problems.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
