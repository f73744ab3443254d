"""Problems of this room (ACTION-1xx)."""

from bening.core.kinds import Severity, Text
from bening.core.problems.entry import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "ACTION-101",
        "nothing_released",
        Severity.ERROR,
        Text("Ronde {round} belum diterbitkan.", "Round {round} has not been released yet."),
        Text(
            "Terbitkan hasilnya lebih dahulu; rekomendasi berbicara tentang angka yang terbit saja.",
            "Release the result first; recommendations speak of published numbers only.",
        ),
    ),
)
