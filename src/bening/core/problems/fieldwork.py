"""Problems of this room (FIELD-1xx)."""

from bening.core.kinds import Severity, Text
from bening.core.problems.entry import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "FIELD-101",
        "bad_counts",
        Severity.ERROR,
        Text(
            "Sel {cell}: {issued} dari {invited} bukan hitungan yang mungkin.",
            "Cell {cell}: {issued} of {invited} is not a possible count.",
        ),
        Text(
            "Periksa berkas hitungan; yang diundang paling sedikit satu.",
            "Check the file of counts; at least one person is invited in each cell.",
        ),
    ),
    Entry(
        "FIELD-102",
        "too_many_variables",
        Severity.ERROR,
        Text(
            "{count} variabel untuk indikator R; paling banyak tiga.",
            "{count} variables for the R-indicator; three at most.",
        ),
        Text("Pilih satu sampai tiga variabel kerangka.", "Choose one to three variables of the frame."),
    ),
    Entry(
        "FIELD-103",
        "no_fit",
        Severity.ERROR,
        Text(
            "Laju jawaban tidak dapat dimodelkan: suatu gabungan kategori kosong atau penuh.",
            "The response rates cannot be modelled: some combination of categories is empty or full.",
        ),
        Text("Gabungkan kategori kecil, lalu ulangi.", "Merge small categories and repeat."),
    ),
    Entry(
        "FIELD-104",
        "bad_group_value",
        Severity.ERROR,
        Text("Kelompok {group}: {field} bernilai {value}.", "Group {group}: {field} is {value}."),
        Text(
            "Biaya lebih dari nol; hitungan antara nol dan yang diundang.",
            "The cost is above zero; counts lie between zero and the invited.",
        ),
    ),
    Entry(
        "FIELD-110",
        "missing_bundle_file",
        Severity.ERROR,
        Text(
            "Halaman masuk menyebut berkas {path} yang tidak ada dalam paket.",
            "The entry page names a file {path} that is not in the bundle.",
        ),
        Text(
            "Tambahkan berkas itu, atau hapus dari halaman masuk.",
            "Add the file, or take it out of the entry page.",
        ),
    ),
    Entry(
        "FIELD-111",
        "frozen_otherwise",
        Severity.ERROR,
        Text(
            "Ronde {round} sudah dibekukan dengan manifes lain.",
            "Round {round} is frozen with another manifest.",
        ),
        Text(
            "Kembalikan kuesioner dan alamat seperti saat dibekukan; ronde yang beku tidak berubah.",
            "Put questionnaires and addresses back as they were; a frozen round does not change.",
        ),
    ),
    Entry(
        "FIELD-115",
        "keys_missing",
        Severity.ERROR,
        Text("Berkas kunci umum {file} belum ada.", "The file of public keys {file} is not there yet."),
        Text(
            "Buat kunci strata dengan `bening signer keygen`, kunci penghitungan dengan `bening ceremony`.",
            "Make the stratum keys with `bening signer keygen` and the tally key with `bening ceremony`.",
        ),
    ),
    Entry(
        "FIELD-116",
        "stratum_without_key",
        Severity.ERROR,
        Text("Strata {stratum} belum mempunyai kunci.", "Stratum {stratum} has no key yet."),
        Text(
            "Jalankan `bening signer keygen` lagi dengan daftar strata yang baru.",
            "Run `bening signer keygen` again with the new list of strata.",
        ),
    ),
    Entry(
        "FIELD-120",
        "purge_too_early",
        Severity.ERROR,
        Text(
            "Data pribadi ronde {round} belum boleh dihapus sebelum {due}.",
            "The personal data of round {round} may not be deleted before {due}.",
        ),
        Text(
            "Tutup ronde lebih dahulu dan tunggu sampai masa keberatan lewat (OBJECTION_DAYS).",
            "Close the round first and wait until the time for objections is over (OBJECTION_DAYS).",
        ),
    ),
    Entry(
        "FIELD-121",
        "purge_incomplete",
        Severity.ERROR,
        Text("Tabel ini masih berisi: {tables}.", "These tables still hold rows: {tables}."),
        Text(
            "Tidak ada yang dihapus. Langkah purge di ruang tabel itu harus mengosongkannya.",
            "Nothing was deleted. The purge step of that table's room has to empty it.",
        ),
    ),
    Entry(
        "FIELD-122",
        "table_without_round",
        Severity.ERROR,
        Text(
            "Tabel {table} menyimpan data pribadi tetapi tidak terhubung ke ronde.",
            "The table {table} holds personal data but leads to no round.",
        ),
        Text(
            "Hubungkan tabel itu ke ronde, supaya dapat dihapus bersamanya.",
            "Give the table a way to its round, so that it can be deleted with it.",
        ),
    ),
    Entry(
        "FIELD-123",
        "purged",
        Severity.ERROR,
        Text(
            "Ronde {round} sudah dihapus datanya; gerbang tidak lagi menyimpan hitungan.",
            "Round {round} was purged; the gate holds no counts any more.",
        ),
        Text(
            "Pakai berkas hitungan yang ditulis saat ronde ditutup.",
            "Use the file of counts written when the round was closed.",
        ),
    ),
    Entry(
        "FIELD-124",
        "old_versions_held",
        Severity.ERROR,
        Text(
            "Baris sudah dihapus, tetapi koneksi lain ke basis data masih menahan salinan lamanya.",
            "The rows are deleted, but another connection to the database still holds their old versions.",
        ),
        Text(
            "Hentikan pencadangan atau kueri yang berjalan lama, lalu jalankan perintah ini lagi.",
            "Stop the backup or long query that is running, then run this command again.",
        ),
    ),
)
