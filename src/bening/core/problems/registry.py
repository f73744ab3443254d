"""Problems of this room (REGISTRY-1xx)."""

from bening.core.kinds import Severity, Text
from bening.core.problems.entry import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "REGISTRY-101",
        "unknown_place",
        Severity.ERROR,
        Text(
            "Tidak ada instansi atau unit dengan kode {unknown}.",
            "There is no institution or unit {unknown}.",
        ),
        Text(
            "Perbaiki kodenya, atau daftarkan lebih dahulu; induk sebelum bagiannya.",
            "Mend the code, or list the place first; parents before their parts.",
        ),
    ),
    Entry(
        "REGISTRY-102",
        "unknown_role",
        Severity.ERROR,
        Text("Tidak ada peran {role}.", "There is no role {role}."),
        Text("Pakai salah satu dari {known}.", "Use one of {known}."),
    ),
)
