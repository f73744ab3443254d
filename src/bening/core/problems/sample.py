"""Problems of this room (SAMPLE-1xx)."""

from bening.core.kinds import Severity, Text
from bening.core.problems.entry import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "SAMPLE-101",
        "margin_not_positive",
        Severity.ERROR,
        Text("Batas kesalahan {margin} tidak lebih dari nol.", "The margin {margin} is not above zero."),
        Text("Isi batas kesalahan yang positif.", "Give a positive margin."),
    ),
    Entry(
        "SAMPLE-102",
        "population_below_one",
        Severity.ERROR,
        Text(
            "Populasi {population} kurang dari satu orang.",
            "The population {population} is below one person.",
        ),
        Text("Hapus strata kosong atau perbaiki jumlahnya.", "Remove the empty stratum or mend its count."),
    ),
    Entry(
        "SAMPLE-103",
        "floors_exceed_total",
        Severity.ERROR,
        Text(
            "{wanted} jawaban tidak cukup untuk batas bawah semua strata.",
            "{wanted} answers are not enough for the floors of all strata.",
        ),
        Text(
            "Rencanakan paling sedikit {feasible} jawaban, atau gabungkan strata kecil.",
            "Plan at least {feasible} answers, or merge small strata.",
        ),
    ),
    Entry(
        "SAMPLE-104",
        "bad_design_value",
        Severity.ERROR,
        Text("Nilai rancangan {field} salah: {value}.", "The design value {field} is wrong: {value}."),
        Text(
            "Laju jawaban antara 0 dan 1; populasi, simpangan baku dan biaya lebih dari nol.",
            "Response rates lie between 0 and 1; populations, standard deviations and costs are above zero.",
        ),
    ),
    Entry(
        "SAMPLE-105",
        "total_exceeds_population",
        Severity.ERROR,
        Text(
            "{wanted} jawaban lebih banyak dari yang dapat diharapkan.",
            "{wanted} answers are more than can be expected.",
        ),
        Text("Rencanakan paling banyak {feasible} jawaban.", "Plan at most {feasible} answers."),
    ),
    Entry(
        "SAMPLE-106",
        "small_census",
        Severity.ERROR,
        Text(
            "Strata {stratum} ({population} orang) harus ditanyai semua: daftarnya menunjukkan siapa.",
            "Stratum {stratum} ({population} people) would be asked whole: its list shows who.",
        ),
        Text(
            "Gabungkan dengan induknya sampai {least} orang, atau kurangi jawaban yang diminta.",
            "Merge it with its parent up to {least} people, or ask for fewer answers.",
        ),
    ),
    Entry(
        "SAMPLE-107",
        "stratum_twice",
        Severity.ERROR,
        Text("Strata {stratum} tercantum dua kali.", "Stratum {stratum} is listed twice."),
        Text("Beri setiap strata kode sendiri.", "Give every stratum a code of its own."),
    ),
    Entry(
        "SAMPLE-108",
        "key_too_small",
        Severity.ERROR,
        Text(
            "{stratum} ({population} orang) terlalu kecil untuk satu kunci, dan tidak ada induk lagi.",
            "{stratum} ({population} people) is too small for a key, and has no further parent.",
        ),
        Text(
            "Tambahkan induk pada strata itu; satu kunci butuh {sampled} orang terpilih dan 15 jawaban.",
            "Declare a parent for the stratum; a key needs {sampled} people drawn and 15 answers.",
        ),
    ),
    Entry(
        "SAMPLE-109",
        "parents_differ",
        Severity.ERROR,
        Text(
            "Label {parent} mempunyai lebih dari satu induk.", "The label {parent} has more than one parent."
        ),
        Text("Susun label penggabungan sebagai satu pohon.", "Arrange the merge labels as one tree."),
    ),
    Entry(
        "SAMPLE-110",
        "seed_length",
        Severity.ERROR,
        Text("Benih pengacakan berisi {length} bita, bukan 32.", "The seed has {length} bytes, not 32."),
        Text("Pakai benih 32 bita dari upacara pengundian.", "Use the 32-byte seed of the draw."),
    ),
    Entry(
        "SAMPLE-111",
        "strata_do_not_match",
        Severity.ERROR,
        Text(
            "Strata di kerangka dan di alokasi berbeda: {strata}.",
            "The strata of frame and allocation differ: {strata}.",
        ),
        Text("Hitung ulang alokasi dari kerangka yang dibekukan.", "Allocate again from the frozen frame."),
    ),
    Entry(
        "SAMPLE-112",
        "bad_stratum_code",
        Severity.ERROR,
        Text("Kode strata tidak sah: {stratum}.", "The stratum code is not valid: {stratum}."),
        Text(
            "Pakai huruf kecil, angka, garis miring, titik dan tanda hubung, paling panjang 120.",
            "Use lower-case letters, digits, slash, dot and hyphen, at most 120.",
        ),
    ),
    Entry(
        "SAMPLE-113",
        "contact_twice",
        Severity.ERROR,
        Text(
            "Satu kontak tercantum dua kali di strata {stratum}.",
            "A contact is listed twice in stratum {stratum}.",
        ),
        Text("Bersihkan kerangka sebelum dibekukan.", "Clean the frame before it is frozen."),
    ),
    Entry(
        "SAMPLE-114",
        "more_than_listed",
        Severity.ERROR,
        Text(
            "Strata {stratum}: {sampled} orang diminta dari {rows} baris.",
            "Stratum {stratum}: {sampled} people wanted of {rows} rows.",
        ),
        Text("Hitung ulang alokasi dari kerangka yang dibekukan.", "Allocate again from the frozen frame."),
    ),
    Entry(
        "SAMPLE-115",
        "nobody_eligible",
        Severity.ERROR,
        Text(
            "Tidak ada orang yang dapat ditarik di kerangka ronde {round}.",
            "The frame of round {round} holds nobody who could be drawn.",
        ),
        Text(
            "Bekukan kerangka lebih dahulu; ronde hanya ditarik satu kali.",
            "Freeze the frame first; a round is drawn only once.",
        ),
    ),
    Entry(
        "SAMPLE-116",
        "bad_design",
        Severity.ERROR,
        Text(
            "Kelompok {group} tidak dapat dibagi menurut {by}.",
            "The group {group} cannot be divided by {by}.",
        ),
        Text(
            "Pakai locus, kind, institution, atau province; orang tanpa unit tidak punya locus dan kind.",
            "Use locus, kind, institution or province; people without a unit have no locus and no kind.",
        ),
    ),
    Entry(
        "SAMPLE-117",
        "design_unreadable",
        Severity.ERROR,
        Text("Rancangan sampel tidak terbaca: {what}.", "The sample design cannot be read: {what}."),
        Text(
            "Pakai berkas design.json seperti yang diunduh, tanpa diubah.",
            "Use the file design.json as it was downloaded, unchanged.",
        ),
    ),
    Entry(
        "SAMPLE-118",
        "design_fixed",
        Severity.ERROR,
        Text(
            "Rancangan ronde {round} tidak dapat diubah: komitmen benih sudah diumumkan.",
            "The design of round {round} cannot change: the commitment to its seed is public.",
        ),
        Text(
            "Undilah dengan rancangan itu; rancangan lain berarti ronde baru.",
            "Draw with that design; another design means another round.",
        ),
    ),
    Entry(
        "SAMPLE-119",
        "not_committed",
        Severity.ERROR,
        Text(
            "Ronde {round} belum mempunyai komitmen benih.",
            "Round {round} has no commitment to a seed yet.",
        ),
        Text(
            "Minta ahli statistik menetapkan rancangan dan mengumumkan komitmen lebih dahulu.",
            "Let the statistician fix the design and publish the commitment first.",
        ),
    ),
    Entry(
        "SAMPLE-120",
        "frame_changed",
        Severity.ERROR,
        Text(
            "Kerangka ronde {round} tidak sama lagi dengan yang dicatat bersama komitmen.",
            "The frame of round {round} is no longer the one recorded with the commitment.",
        ),
        Text(
            "Jangan mengundi. Simpan salinan basis data dan beri tahu auditor.",
            "Do not draw. Keep a copy of the database and tell the auditor.",
        ),
    ),
    Entry(
        "SAMPLE-121",
        "same_person",
        Severity.ERROR,
        Text(
            "{by} sudah mengumumkan komitmen, jadi tidak boleh mengundi juga.",
            "{by} published the commitment and so must not draw as well.",
        ),
        Text("Orang kedua harus mengundi.", "A second person draws."),
    ),
    Entry(
        "SAMPLE-122",
        "seed_closed",
        Severity.ERROR,
        Text(
            "Benih ronde {round} belum dapat dibuka.",
            "The seed of round {round} cannot be opened yet.",
        ),
        Text(
            "Benih dibuka bagi auditor setelah sampel ditarik dan ronde dibekukan, sampai nama dihapus.",
            "It opens to the auditor once the sample is drawn and the round frozen, until names are purged.",
        ),
    ),
    Entry(
        "SAMPLE-123",
        "package_unreadable",
        Severity.ERROR,
        Text("{name} tidak terbaca: {what}.", "{name} cannot be read: {what}."),
        Text(
            "Unduh ulang paket auditor dan buka seluruh isinya ke satu folder.",
            "Download the auditor's package again and unpack all of it into one folder.",
        ),
    ),
    Entry(
        "SAMPLE-124",
        "no_design",
        Severity.ERROR,
        Text("Ronde {round} belum mempunyai rancangan sampel.", "Round {round} has no sample design yet."),
        Text(
            "Simpan rancangan di halaman rencana lebih dahulu.", "Save a design on the planning page first."
        ),
    ),
)
