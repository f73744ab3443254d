"""Problems of this room (PUBLISH-1xx)."""

from bening.core.kinds import Severity, Text
from bening.core.problems.entry import Entry

ENTRIES = (
    Entry(
        "PUBLISH-101",
        "floor_too_low",
        Severity.ERROR,
        Text(
            "Batas bawah {output} di berkas metode adalah {floor}; paling sedikit harus {least}.",
            "The method file sets the floor of {output} to {floor}; it must be at least {least}.",
        ),
        Text("Naikkan angka itu atau hapus barisnya.", "Raise that number or remove its line."),
    ),
    Entry(
        "PUBLISH-102",
        "not_a_number",
        Severity.ERROR,
        Text(
            "Nilai {value} bukan angka yang dapat ditampilkan.",
            "The value {value} is not a number that can be shown.",
        ),
        Text(
            "Nilai yang tidak ada ditahan; jangan dibulatkan.", "Withhold a missing value; do not round it."
        ),
    ),
    Entry(
        "PUBLISH-103",
        "bounds_not_ascending",
        Severity.ERROR,
        Text("Batas kategori {bounds} tidak berurutan naik.", "The class bounds {bounds} are not ascending."),
        Text(
            "Urutkan batas bawah kategori dari yang terkecil.", "Sort the lower bounds of the classes upward."
        ),
    ),
    Entry(
        "PUBLISH-120",
        "history_unreadable",
        Severity.ERROR,
        Text(
            "Berkas riwayat tidak dapat dibaca di sini: {word}.",
            "The history file cannot be read here: {word}.",
        ),
        Text(
            "Pakai kolom {columns} dan nilai 0–100 dengan titik desimal.",
            "Use the columns {columns} and scores of 0–100 with a decimal point.",
        ),
    ),
    Entry(
        "PUBLISH-121",
        "approved_before",
        Severity.ERROR,
        Text("{by} sudah menyetujui rilis ini.", "{by} has already approved this release."),
        Text(
            "Persetujuan kedua harus dari orang lain.", "The second approval must come from another person."
        ),
    ),
    Entry(
        "PUBLISH-122",
        "two_people_needed",
        Severity.ERROR,
        Text(
            "Rilis {release} baru disetujui {count} dari 2 orang.",
            "Release {release} has been approved by {count} of 2 people.",
        ),
        Text("Minta persetujuan orang lain dahulu.", "Ask another person to approve it first."),
    ),
    Entry(
        "PUBLISH-123",
        "nothing_to_publish",
        Severity.ERROR,
        Text("Tidak ada {what} untuk putaran {round}.", "There is no {what} for round {round}."),
        Text("Jalankan tahap sebelumnya dahulu.", "Run the stage before this one first."),
    ),
    Entry(
        "PUBLISH-124",
        "folder_not_ours",
        Severity.ERROR,
        Text(
            "Folder {folder} berisi berkas yang bukan rilis.",
            "The folder {folder} holds files that are no release.",
        ),
        Text(
            "Pilih folder baru atau folder rilis lama.", "Choose a new folder or one of an earlier release."
        ),
    ),
    Entry(
        "PUBLISH-125",
        "pattern_not_safe",
        Severity.ERROR,
        Text(
            "Pemeriksaan kerahasiaan tidak menemukan pola aman untuk {institution}.",
            "The disclosure check found no safe pattern for {institution}.",
        ),
        Text(
            "Jangan rilis; serahkan laporan pemeriksaan kepada statistikawan.",
            "Do not release; hand the report of the check to the statistician.",
        ),
    ),
    Entry(
        "PUBLISH-104",
        "sizes_differ",
        Severity.ERROR,
        Text(
            "Ukuran label, jawaban dan sensus tidak sama: {found}.",
            "Labels, answers and census differ: {found}.",
        ),
        Text(
            "Beri satu baris untuk tiap responden di ketiganya.", "Give one row per respondent in all three."
        ),
    ),
    Entry(
        "PUBLISH-105",
        "aggregate_twice",
        Severity.ERROR,
        Text("Agregat {id} tercantum dua kali.", "The aggregate {id} is listed twice."),
        Text("Beri tiap agregat satu nama.", "Give each aggregate a name of its own."),
    ),
    Entry(
        "PUBLISH-106",
        "unknown_atom",
        Severity.ERROR,
        Text(
            "Agregat {id} menyebut kelompok {atom} yang tidak ada.",
            "Aggregate {id} names an unknown group {atom}.",
        ),
        Text(
            "Susun agregat dari kelompok tabel yang sama.",
            "Build aggregates from the groups of the same table.",
        ),
    ),
    Entry(
        "PUBLISH-107",
        "pooled_composite",
        Severity.ERROR,
        Text(
            "Agregat {id} adalah indeks gabungan; ia tidak dapat digabung dengan saudaranya.",
            "Aggregate {id} is a composite; it cannot be merged with siblings.",
        ),
        Text("Hapus nama kumpulannya.", "Remove the name of its pool."),
    ),
    Entry(
        "PUBLISH-108",
        "ledger_beyond_records",
        Severity.ERROR,
        Text(
            "Catatan rilis menyebut jawaban di luar {n} jawaban yang ada.",
            "The ledger names records beyond the {n} there are.",
        ),
        Text(
            "Pakai catatan rilis dari kumpulan jawaban yang sama.",
            "Use the ledger of the same set of answers.",
        ),
    ),
    Entry(
        "PUBLISH-109",
        "too_few_records",
        Severity.ERROR,
        Text(
            "{n} rekaman terlalu sedikit: setiap orang harus sama dengan sedikitnya {k} rekaman.",
            "{n} records are too few: each person must look like at least {k} of them.",
        ),
        Text("Jangan simpan rekaman per orang.", "Keep no records of single people."),
    ),
)
