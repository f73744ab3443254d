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
        "METHOD-103",
        "item_scored_twice",
        Severity.ERROR,
        Text(
            "Butir {item} muncul lebih dari sekali dengan penilaian yang berbeda.",
            "Item {item} stands more than once with different scores.",
        ),
        Text(
            "Satu kolom punya satu penilaian: beri butir itu nama yang berbeda.",
            "One column has one scoring: give these items different names.",
        ),
    ),
    Entry(
        "METHOD-104",
        "dimension_without_item",
        Severity.ERROR,
        Text(
            "Dimensi {dimension} kelompok {group} tidak punya butir.",
            "Dimension {dimension} of group {group} has no item.",
        ),
        Text(
            "Tulis butirnya, atau hapus semua butir: setiap dimensi lalu menjadi satu kolom nilai 0–100.",
            "Write its items, or leave out all items: each dimension is then one column of scores 0–100.",
        ),
    ),
    Entry(
        "METHOD-105",
        "not_toml",
        Severity.ERROR,
        Text("Berkas metode bukan TOML: {why}.", "The method file is no TOML: {why}."),
        Text(
            "Perbaiki berkas itu; contoh ada di docs/methods/recompute.md.",
            "Mend the file; an example is in docs/methods/recompute.md.",
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
