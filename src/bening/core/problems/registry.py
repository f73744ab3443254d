"""Problems of this room (REGISTRY-1xx)."""

from bening.core.kinds import Severity, Text
from bening.core.problems.entry import Entry

E, L = Severity.ERROR, Severity.LIST

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
    Entry(
        "REGISTRY-103", "file_unreadable", L,
        Text("Berkas tidak dapat dibaca: {why}.", "The file cannot be read: {why_en}."),
        Text("Simpan sebagai CSV UTF-8 atau .xlsx tanpa sandi, lalu unggah lagi.",
             "Save it as CSV UTF-8 or as .xlsx without a password and upload it again."),
    ),
    Entry(
        "REGISTRY-104", "file_too_large", L,
        Text("Berkas lebih dari {most} MB.", "The file is larger than {most} MB."),
        Text("Hapus lembar dan kolom yang tidak diminta, atau bagi berkas per provinsi.",
             "Remove sheets and columns nobody asked for, or split the file by province."),
    ),
    Entry(
        "REGISTRY-105", "header_wrong", L,
        Text("Judul kolom \"{header}\" {fault}.", "The column header \"{header}\" {fault_en}."),
        Text("Pakai judul {wanted}; yang terdekat: {near}.",
             "Use the headers {wanted}; the nearest is {near}."),
    ),
    Entry(
        "REGISTRY-106", "rows_missing", L,
        Text("Di bawah judul kolom tidak ada baris data.", "There are no rows below the headers."),
        Text("Isi satu baris untuk setiap entri.", "Give one row an entry."),
    ),
    Entry(
        "REGISTRY-107", "cell_missing", E,
        Text("Kolom {header} kosong.", "Column {header} is blank."),
        Text("Isi kolom itu.", "Fill it in."),
    ),
    Entry(
        "REGISTRY-108", "code_malformed", E,
        Text("\"{found}\" bukan kode yang sah.", "\"{found}\" cannot be a code."),
        Text("Pakai huruf kecil, angka, titik dan tanda hubung, misalnya {near}.",
             "Use small letters, digits, dots and hyphens, such as {near}."),
    ),
    Entry(
        "REGISTRY-109", "value_unknown", E,
        Text("\"{found}\" tidak dikenal di kolom {header}.", "\"{found}\" is not known in column {header}."),
        Text("Pakai salah satu dari: {known}; yang terdekat: {near}.",
             "Use one of: {known}; the nearest is {near}."),
    ),
    Entry(
        "REGISTRY-110", "entry_doubled", E,
        Text("{code} sudah ada di baris {other}.", "{code} stands in row {other} already."),
        Text("Hapus salah satu baris, atau beri kode lain.", "Delete one of the rows, or give another code."),
    ),
    Entry(
        "REGISTRY-111", "parent_circle", E,
        Text("Unit ini menjadi induk dirinya sendiri: {circle}.", "This unit is its own parent: {circle}."),
        Text("Perbaiki kolom induk salah satu unit itu.", "Mend the parent of one of these units."),
    ),
    Entry(
        "REGISTRY-112", "text_too_long", E,
        Text("Isian kolom {header} lebih dari {most} huruf.",
             "Column {header} has more than {most} letters."),
        Text("Persingkat.", "Shorten it."),
    ),
    Entry(
        "REGISTRY-113", "lists_frozen", E,
        Text("Daftar putaran {round} sudah dibekukan; {what} tidak dapat diubah lagi.",
             "The lists of round {round} are frozen; {what_en} cannot change any more."),
        Text("Biarkan seperti semula untuk putaran ini, dan catat untuk putaran berikutnya.",
             "Leave it as it was for this round and note it for the next."),
    ),
    Entry(
        "REGISTRY-114", "contact_unreachable", E,
        Text("Narahubung {name} tidak punya telepon maupun surel.",
             "{name} has neither a phone number nor an e-mail address."),
        Text("Isi paling sedikit satu.", "Give at least one."),
    ),
    Entry(
        "REGISTRY-115", "phone_invalid", E,
        Text("\"{found}\" bukan nomor telepon Indonesia.", "\"{found}\" is not an Indonesian phone number."),
        Text("Tulis seperti 081234567890 atau +6281234567890.",
             "Write it like 081234567890 or +6281234567890."),
    ),
    Entry(
        "REGISTRY-116", "email_invalid", E,
        Text("\"{found}\" bukan alamat surel.", "\"{found}\" is not an e-mail address."),
        Text("Tulis seperti nama@instansi.go.id.", "Write it like name@institution.go.id."),
    ),
    Entry(
        "REGISTRY-117", "date_invalid", E,
        Text("\"{found}\" bukan tanggal.", "\"{found}\" is not a date."),
        Text("Tulis seperti 2025-08-31 atau 31/08/2025.", "Write it like 2025-08-31 or 31/08/2025."),
    ),
    Entry(
        "REGISTRY-118", "changed_meanwhile", L,
        Text("Data berubah sejak Anda memeriksa berkas ini. Tidak ada yang diubah.",
             "The register changed since you checked this file. Nothing was changed."),
        Text("Lihat lagi apa yang akan berubah, lalu setujui.",
             "Look again at what would change, then agree to it."),
    ),
    Entry(
        "REGISTRY-119", "cells_beyond", E,
        Text("Baris ini mempunyai isian di luar judul kolom.", "This row has cells beyond the headers."),
        Text("Cari pemisah atau kutip yang salah di baris ini.",
             "Look for a stray separator or quote in it."),
    ),
    Entry(
        "REGISTRY-120", "not_taking_part", E,
        Text("{institution} tidak ikut putaran {round}.",
             "{institution} does not take part in round {round}."),
        Text("Cantumkan dahulu di berkas instansi putaran ini.",
             "List it in the file of institutions of this round first."),
    ),
    Entry(
        "REGISTRY-121", "dates_wrong", E,
        Text("Tanggal putaran tidak berurutan: {why}.", "The dates of the round are out of order: {why_en}."),
        Text("Perbaiki tanggalnya.", "Mend the dates."),
    ),
    Entry(
        "REGISTRY-122", "nothing_proposed", E,
        Text("Usulan untuk {unit} sama dengan daftar yang berlaku.",
             "What is proposed for {unit} is how it stands already."),
        Text("Usulkan perubahan, atau biarkan.", "Propose a change, or leave it."),
    ),
    Entry(
        "REGISTRY-181", "last_officer", E,
        Text("Ini petugas lembaga terakhir.", "This is the last agency officer."),
        Text("Undang petugas lain dan tunggu sampai ia masuk.",
             "Invite another officer and wait until they have come in."),
    ),
    Entry(
        "REGISTRY-182", "own_reset", E,
        Text("Akun sendiri tidak dapat diatur ulang.", "Nobody resets their own account."),
        Text("Mintalah petugas lain melakukannya.", "Ask another officer to do it."),
    ),
    Entry(
        "REGISTRY-183", "not_yours_to_give", E,
        Text(
            "Peran {giver} tidak dapat memberi peran {role}.",
            "The role {giver} cannot give the role {role}.",
        ),
        Text(
            "Mintalah petugas lembaga mengundang orang itu.", "Ask an agency officer to invite that person."
        ),
    ),
    Entry(
        "REGISTRY-184", "invitation_ended", E,
        Text("Undangan ini tidak berlaku lagi.", "This invitation opens nothing any more."),
        Text("Mintalah yang baru kepada yang mengundang Anda.", "Ask whoever invited you for a new one."),
    ),
    Entry(
        "REGISTRY-185", "username_taken", E,
        Text("Nama pengguna {username} sudah dipakai.", "The user name {username} is taken."),
        Text("Pilih nama lain.", "Choose another one."),
    ),
    Entry(
        "REGISTRY-123", "contact_known", E,
        Text("{name} sudah tercantum untuk tempat ini.", "{name} is listed for this place already."),
        Text("Ubah yang sudah ada.", "Change the entry there is."),
    ),
)  # fmt: skip
