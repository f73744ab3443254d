"""Problems of this room (QUALITY-1xx)."""

from bening.core.kinds import Severity, Text
from bening.core.problems.entry import Entry

ENTRIES = (
    Entry(
        "QUALITY-101",
        "wrong_shape",
        Severity.ERROR,
        Text(
            "{what} berukuran {found}; seharusnya {expected}.",
            "{what} has the size {found}; it should be {expected}.",
        ),
        Text(
            "Susun satu baris untuk tiap jawaban dan satu kolom untuk tiap butir.",
            "Give one row for each answer and one column for each item.",
        ),
    ),
    Entry(
        "QUALITY-102",
        "not_a_p_value",
        Severity.ERROR,
        Text(
            "Nilai p {value} tidak terletak antara 0 dan 1.",
            "The p-value {value} does not lie between 0 and 1.",
        ),
        Text(
            "Perbaiki sinyal asalnya; sinyal yang tidak ada tidak diberi nilai.",
            "Mend the signal it came from; a signal that is not there gets no value.",
        ),
    ),
    Entry(
        "QUALITY-103",
        "unit_in_two_pools",
        Severity.ERROR,
        Text(
            "Unit {unit} tercatat pada dua jenis atau instansi.",
            "Unit {unit} is in two types or institutions.",
        ),
        Text("Beri tiap unit satu jenis dan satu instansi.", "Give each unit one type and one institution."),
    ),
    Entry(
        "QUALITY-104",
        "not_two_people",
        Severity.ERROR,
        Text(
            "Status diputuskan dua orang yang berbeda, bukan {by} dan {second}.",
            "A status is decided by two different people, not by {by} and {second}.",
        ),
        Text("Minta orang kedua ikut memutuskan.", "Ask a second person to decide as well."),
    ),
    Entry(
        "QUALITY-105",
        "nothing_counted_yet",
        Severity.ERROR,
        Text("Ronde {round} belum dihitung.", "Round {round} has not been counted yet."),
        Text("Masukkan hasil penghitungan lebih dahulu.", "Import the tally first."),
    ),
)
