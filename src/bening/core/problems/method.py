"""Problems of method files (METHOD-1xx)."""

from bening.core.kinds import Severity, Text
from bening.core.problems.entry import Entry

ENTRIES = (
    Entry(
        "METHOD-100",
        "unknown_method",
        Severity.ERROR,
        Text("Metode {id} tidak ada.", "There is no method {id}."),
        Text("Pilih salah satu: {known}.", "Choose one of: {known}."),
    ),
    Entry(
        "METHOD-101",
        "unknown_rule",
        Severity.ERROR,
        Text(
            "Aturan {rule} memakai operator atau isian yang tidak dikenal: {word}.",
            "Rule {rule} uses an unknown operator or field: {word}.",
        ),
        Text("Pakai salah satu dari {known}.", "Use one of {known}."),
    ),
    Entry(
        "METHOD-102",
        "bad_entry",
        Severity.ERROR,
        Text("Isian {entry} salah: {word}.", "Entry {entry} is wrong: {word}."),
        Text(
            "Perbaiki isian itu; contoh ada di docs/methods.",
            "Mend that entry; examples are in docs/methods.",
        ),
    ),
    Entry(
        "METHOD-110",
        "weights_do_not_sum",
        Severity.ERROR,
        Text("Bobot {level} berjumlah {total}, bukan 1.", "The weights of {level} sum to {total}, not 1."),
        Text(
            'Tulis bobot sebagai pecahan tepat, misalnya "1/3".',
            'Write the weights as exact fractions, for example "1/3".',
        ),
    ),
    Entry(
        "METHOD-120",
        "claims_official",
        Severity.ERROR,
        Text("Profil {profile} mengaku resmi.", "Profile {profile} claims to be official."),
        Text(
            "Tulis official = false; bobot resmi tidak pernah diumumkan.",
            "Write official = false; official weights have never been published.",
        ),
    ),
)
