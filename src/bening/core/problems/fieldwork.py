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
        "FIELD-117",
        "hello_too_long",
        Severity.ERROR,
        Text(
            "Strata {stratum}: {over} bita terlalu panjang untuk jawaban pertama gerbang.",
            "Stratum {stratum}: {over} bytes too long for the gate's first reply.",
        ),
        Text(
            "Pendekkan nama kelompok, atau bagi daftar instansi yang dinilai.",
            "Shorten the names of the group, or split the list of institutions to rate.",
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
    Entry(
        "FIELD-130",
        "module_not_plain",
        Severity.ERROR,
        Text("{file} tidak dapat digabung: {line}", "{file} cannot be joined: {line}"),
        Text(
            "Impor dan ekspor dengan nama yang sama, tanpa `as` dan tanpa `default`.",
            "Import and export by one and the same name, without `as` and without `default`.",
        ),
    ),
    Entry(
        "FIELD-131",
        "names_clash",
        Severity.ERROR,
        Text("Dua modul dari {file} memakai nama {name}.", "Two modules of {file} use the name {name}."),
        Text("Ganti nama di salah satu modul.", "Choose another name in one of the modules."),
    ),
    Entry(
        "FIELD-140",
        "nobody_to_visit",
        Severity.ERROR,
        Text(
            "Tidak ada lagi yang belum menjawab di ronde {round}.",
            "Nobody in round {round} is left who has not answered.",
        ),
        Text(
            "Kunjungan tidak diperlukan, atau undangan belum dikirim.",
            "No visits are needed, or the invitations have not gone out yet.",
        ),
    ),
    Entry(
        "FIELD-141",
        "no_share",
        Severity.ERROR,
        Text(
            "{percent} persen bukan bagian yang dapat diundi.",
            "{percent} per cent is no share that can be drawn.",
        ),
        Text(
            "Pilih bilangan bulat dari 1 sampai 100.",
            "Choose a whole number from 1 to 100.",
        ),
    ),
    Entry(
        "FIELD-142",
        "no_interviewer",
        Severity.ERROR,
        Text(
            "Akun ini tidak berperan sebagai pewawancara: {names}.",
            "These accounts do not have the role of an interviewer: {names}.",
        ),
        Text(
            "Beri peran itu di halaman akses, atau sebut akun lain.",
            "Grant the role on the page for access, or name other accounts.",
        ),
    ),
    Entry(
        "FIELD-143",
        "visit_over",
        Severity.ERROR,
        Text(
            "Kunjungan {number} sudah selesai.",
            "Visit {number} is over.",
        ),
        Text(
            "Paling banyak dua kunjungan, sampai tanggal daftar berakhir; hasil akhir tidak diubah.",
            "Two visits at most, until the list expires; a final result is not changed.",
        ),
    ),
    Entry(
        "FIELD-144",
        "bad_tablet_key",
        Severity.ERROR,
        Text(
            "Kunci tablet ini tidak dapat dibaca.",
            "The key of this tablet cannot be read.",
        ),
        Text(
            "Buka halaman tablet lagi dan kembali dari sana.",
            "Open the tablet's page again and come back from there.",
        ),
    ),
    Entry(
        "FIELD-150",
        "again_once",
        Severity.ERROR,
        Text(
            "Hak orang ini sudah satu kali diminta untuk dibuka lagi.",
            "This person's right was asked for once more already.",
        ),
        Text(
            "Hanya sekali untuk setiap orang. Kirim tautan baru bila pesannya hilang.",
            "It is possible once for each person. Send a new link if the message was lost.",
        ),
    ),
    Entry(
        "FIELD-151",
        "desk_too_often",
        Severity.ERROR,
        Text(
            "Sudah {most} kali dibantu untuk orang ini.",
            "This person has been helped {most} times already.",
        ),
        Text(
            "Periksa bersama petugas lain; setiap bantuan membuka satu jalan masuk lagi.",
            "Look into it with somebody else; each help opens one more way in.",
        ),
    ),
    Entry(
        "FIELD-152",
        "no_invitation",
        Severity.ERROR,
        Text("Tidak ada undangan untuk kode ini.", "There is no invitation with this code."),
        Text(
            "Minta kode cek yang tertulis di pesannya, dan ketik lagi.",
            "Ask for the check code in the message, and type it again.",
        ),
    ),
    Entry(
        "FIELD-153",
        "share_used_up",
        Severity.ERROR,
        Text(
            "Jatah terbit ulang kelompok ini sudah habis.",
            "The share of rights that may be issued again is used up for this group.",
        ),
        Text(
            "Dua dari seratus undangan, paling sedikit satu; lebih dari itu penanda tangan menolak.",
            "Two in a hundred invitations, at least one; the signer refuses more.",
        ),
    ),
    Entry(
        "FIELD-160",
        "days_off_unknown",
        Severity.ERROR,
        Text(
            "Hari libur tahun {years} belum dimasukkan.",
            "The days off of {years} have not been entered.",
        ),
        Text(
            "Tambahkan ke FIELDWORK_FILE dari keputusan bersama, lalu ulangi.",
            "Add them to FIELDWORK_FILE from the joint decree and try again.",
        ),
    ),
    Entry(
        "FIELD-161",
        "no_open_hours",
        Severity.ERROR,
        Text(
            "Tidak ada jam kirim untuk gelombang ini di ronde {round}.",
            "There is no open hour for this wave in round {round}.",
        ),
        Text(
            "Mulai pada hari kerja, atau periksa hari libur.",
            "Start on a working day, or check the days off.",
        ),
    ),
    Entry(
        "FIELD-162",
        "wave_too_large",
        Severity.ERROR,
        Text(
            "{people} orang tidak selesai dalam dua minggu dengan batas {tier} penerima sehari.",
            "{people} people cannot be reached within two weeks at {tier} recipients a day.",
        ),
        Text(
            "Naikkan batas nomor lebih dulu dengan pesan ke kepala kantor, atau undang bertahap.",
            "Let the number grow first with messages to heads of offices, or invite in parts.",
        ),
    ),
    Entry(
        "FIELD-163",
        "step_too_early",
        Severity.ERROR,
        Text(
            "Langkah {step} belum boleh dikirim di ronde {round}.",
            "The step {step} may not go out yet in round {round}.",
        ),
        Text(
            "Pengingat pada hari ke-4, 9 dan 16 setelah undangan; penutup setelah ronde berakhir.",
            "Reminders come 4, 9 and 16 days after the invitation, the closing notice after the end.",
        ),
    ),
    Entry(
        "FIELD-164",
        "nothing_to_decide",
        Severity.ERROR,
        Text(
            "Pesan {key} tidak menunggu keputusan (keadaan {state}).",
            "Message {key} does not wait for a decision (state {state}).",
        ),
        Text(
            "Lihat daftar pesan yang macet; hanya itu yang dapat diputuskan.",
            "Look at the list of dead letters; only those can be decided.",
        ),
    ),
    Entry(
        "FIELD-165",
        "batch_over",
        Severity.ERROR,
        Text(
            "Surat {batch} sudah diserahkan atau dibatalkan.",
            "The letters {batch} were posted or voided already.",
        ),
        Text(
            "Cetak kelompok baru bila surat hilang.",
            "Print a new batch if letters were lost.",
        ),
    ),
    Entry(
        "FIELD-170",
        "doorway_too_late",
        Severity.ERROR,
        Text(
            "Putaran {round} sudah dibekukan; unit tidak dapat ditambah untuk pendaftaran mandiri.",
            "Round {round} is frozen; no unit can be added where users register themselves.",
        ),
        Text(
            "Tambahkan unit sebelum putaran berikutnya dibekukan.",
            "Add the unit before the next round is frozen.",
        ),
    ),
    Entry(
        "FIELD-171",
        "doorway_quota",
        Severity.ERROR,
        Text(
            "Kuota {quota} dari {expected} pengguna yang diperkirakan tidak dapat dipakai.",
            "A quota of {quota} out of {expected} expected users cannot be used.",
        ),
        Text(
            "Kuota paling sedikit 30 dan di bawah jumlah pengguna yang diperkirakan.",
            "The quota is 30 at least and below the number of users expected.",
        ),
    ),
    Entry(
        "FIELD-172",
        "doorway_form",
        Severity.ERROR,
        Text(
            "Putaran {round} belum punya kuesioner untuk pendaftar mandiri.",
            "Round {round} has no questionnaire for users who register themselves.",
        ),
        Text(
            "Bekukan kuesioner kelompok visitor, lalu tambahkan unit.",
            "Freeze a questionnaire of the group visitor, then add the unit.",
        ),
    ),
)
