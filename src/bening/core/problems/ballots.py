"""Problems of this room: BALLOT-10x bytes, 11x manifest, 12x records, 13x tally input, 14x contact fields,
15x import, 16x trustees' words, 17x signer and log."""

from bening.core.kinds import Severity, Text
from bening.core.problems.entry import Entry

CLIENT = Text(
    "Kirim ulang dari halaman survei; bila terulang, hubungi pengelola.",
    "Send again from the survey page; if it happens again, tell the operators.",
)
FREEZE = Text("Perbaiki lalu bekukan ronde sekali lagi.", "Mend it, then freeze the round again.")
ASK = Text(
    "Minta salinan utuh dari pengelola dan bandingkan sidik jarinya.",
    "Ask the operators for a whole copy and compare its digest.",
)


def _error(number: int, name: str, id: str, en: str, remedy: Text) -> Entry:
    return Entry(f"BALLOT-{number}", name, Severity.ERROR, Text(id, en), remedy)


ENTRIES = (
    _error(
        101, "not_canonical", "JSON bukan bentuk baku: {what}.", "The JSON is not canonical: {what}.", CLIENT
    ),
    _error(
        102,
        "bad_base64url",
        "Isian base64url bukan {length} bita.",
        "A base64url field is not {length} bytes.",
        CLIENT,
    ),
    _error(
        103,
        "part_too_long",
        "Bagian sepanjang {length} bita melebihi {size}.",
        "A part of {length} bytes exceeds {size}.",
        Text("Pendekkan teks atau kurangi butir kuesioner.", "Shorten the texts, or ask fewer items."),
    ),
    _error(104, "bad_padding", "Pengisi bagian jawaban rusak.", "The padding of a part is damaged.", CLIENT),
    _error(
        105,
        "bad_ballot",
        "Ukuran, tanda awal, atau versi surat suara salah.",
        "The ballot has a wrong size, magic or version.",
        CLIENT,
    ),
    _error(
        110,
        "bad_entry",
        "Entri manifes {stratum}: {field} salah.",
        "Manifest entry {stratum}: {field} is wrong.",
        FREEZE,
    ),
    _error(
        111,
        "no_tree",
        "Label gabungan {label} tidak membentuk satu pohon.",
        "The merge label {label} breaks the tree.",
        Text(
            "Beri setiap label satu induk, satu puncak, dan nama yang bukan strata.",
            "Give each label one parent, all one top, and names that are no strata.",
        ),
    ),
    _error(112, "bad_header", "Kepala manifes: {field} salah.", "Manifest header: {field} is wrong.", FREEZE),
    _error(
        113,
        "suite_refused",
        "Rangkaian kunci dalam manifes bukan yang dipakai Bening.",
        "The manifest names another suite of keys than Bening's.",
        ASK,
    ),
    _error(
        114,
        "list_and_root_differ",
        "Daftar entri tidak cocok dengan akarnya.",
        "The list of entries does not match its root.",
        ASK,
    ),
    _error(
        115,
        "key_too_small",
        "{stratum}: {sampled} orang terpilih, paling sedikit {least}.",
        "{stratum}: {sampled} people drawn, at least {least} are needed.",
        Text("Gabungkan strata kecil sebelum dibekukan.", "Merge small strata before freezing."),
    ),
    _error(
        116,
        "foreign_manifest",
        "Manifes untuk penempatan {split} di {client}, bukan untuk proses ini.",
        "The manifest is for a {split} deployment at {client}, not for this process.",
        Text(
            "Samakan DEPLOYMENT dan ORIGIN_CLIENT dengan manifes.",
            "Set DEPLOYMENT and ORIGIN_CLIENT as the manifest says.",
        ),
    ),
    _error(
        120,
        "bad_record",
        "Jawaban yang dibuka rusak: {field}.",
        "An opened answer is malformed: {field}.",
        CLIENT,
    ),
    _error(
        130,
        "bad_export",
        "Berkas {name} rusak atau terpotong.",
        "The file {name} is damaged or cut short.",
        ASK,
    ),
    _error(
        131,
        "questionnaire_differs",
        "Kuesioner {name} bukan yang dibekukan.",
        "The questionnaire {name} is not the frozen one.",
        ASK,
    ),
    _error(
        132,
        "not_signed_by_log",
        "Tanda titik catatan tidak berasal dari catatan ronde ini.",
        "A checkpoint is not signed by this round's log.",
        ASK,
    ),
    _error(
        133,
        "log_differs",
        "Catatan tidak cocok dengan akar yang ditandatangani pada ukuran {size}.",
        "The log does not match the root that was signed at size {size}.",
        Text(
            "Simpan kedua salinan dan laporkan: catatan tidak boleh berubah.",
            "Keep both copies and report it: a log must never change.",
        ),
    ),
    _error(
        134,
        "release_altered",
        "Terbitan ini tidak utuh atau diubah: {what}.",
        "This release is not whole or was altered: {what}.",
        ASK,
    ),
    _error(
        135,
        "log_forked",
        "CATATAN DIUBAH: akar bertanda tangan ukuran {size} tidak melanjutkan yang disaksikan pada {seen}.",
        "THE LOG WAS REWRITTEN: the root signed at size {size} does not continue the one seen at {seen}.",
        Text(
            "Bukti kedua catatan bertanda tangan ada di {folder}. Salin ke tempat lain dan umumkan.",
            "Both signed notes are kept as evidence in {folder}. Copy them elsewhere and make them public.",
        ),
    ),
    _error(
        136,
        "source_unreadable",
        "{what} tidak dapat dibaca: {why}.",
        "{what} cannot be read: {why}.",
        Text(
            "Periksa alamat dan sambungan, lalu jalankan lagi. Bila terus terjadi, catat dan laporkan.",
            "Check address and connection and run again. If it goes on, write it down and report it.",
        ),
    ),
    _error(
        137,
        "client_differs",
        "{path} bukan yang disebut sidik jarinya.",
        "{path} is not what its digest names.",
        Text(
            "Simpan berkas yang diterima dan waktunya, ambil lagi dari jaringan lain, lalu laporkan.",
            "Keep the file you got and the time, fetch it again from another network, and report it.",
        ),
    ),
    _error(
        138,
        "client_not_logged",
        "{what} {digest} tidak ada dalam catatan umum.",
        "{what} {digest} is not in the public log.",
        Text(
            "Bandingkan dengan siaran pers; laporkan bila catatan sudah terbit sejak pembekuan.",
            "Compare with the press release; report it if the log was published after the freeze.",
        ),
    ),
    _error(
        139,
        "bad_witness_key",
        "Berkas kunci saksi {file} bukan 32 bita.",
        "The witness's key file {file} is not 32 bytes.",
        Text(
            "Sebutkan berkas yang belum ada; kunci baru dibuat di sana.",
            "Name a file that is not there yet; a new key is made in it.",
        ),
    ),
    _error(
        140,
        "field_does_not_open",
        "Isian {field} tidak dapat dibuka.",
        "The field {field} does not open.",
        Text(
            "Periksa kunci di folder rahasia; jangan menimpa isian itu.",
            "Check the key in the secrets folder; do not overwrite the field.",
        ),
    ),
    _error(
        150,
        "not_announced",
        "Berkas penghitungan bukan yang diumumkan ({digest}).",
        "The files of the tally are not the announced ones ({digest}).",
        ASK,
    ),
    _error(
        151,
        "other_round",
        "Berkas {name} bukan dari ronde {round}.",
        "The file {name} does not belong to round {round}.",
        ASK,
    ),
    _error(
        160,
        "wrong_word",
        "Bagian kunci ke-{share} memuat kata yang salah.",
        "Share {share} has a wrong word.",
        Text(
            "Bandingkan setiap kata dengan lembar pemegang kunci, lalu ketik lagi.",
            "Compare each word with the trustee's sheet and type it again.",
        ),
    ),
    _error(
        161,
        "not_enough_shares",
        "{given} bagian kunci belum cukup, atau tidak berasal dari satu pembagian.",
        "{given} shares are not enough, or do not belong to one splitting.",
        Text("Tunggu pemegang kunci lainnya.", "Wait for another trustee."),
    ),
    _error(
        162,
        "other_tally_key",
        "Kata-kata ini menghasilkan kunci lain, bukan kunci ronde ini.",
        "These words give another key than the one this round was sealed to.",
        Text(
            "Pastikan lembar kata dan manifes berasal dari upacara yang sama.",
            "Make sure that sheets and manifest come from the same ceremony.",
        ),
    ),
    _error(
        163,
        "trustees_wrong",
        "{needed} dari {count} pemegang kunci tidak mungkin.",
        "{needed} of {count} trustees is not possible.",
        Text(
            "Sebutkan 2 sampai 16 nama berbeda; minimal dua orang diperlukan untuk membuka.",
            "Name 2 to 16 different people; at least two must be needed to open.",
        ),
    ),
    _error(
        164,
        "too_few_suffice",
        "{given} pemegang kunci sudah cukup; seharusnya tidak.",
        "{given} trustees were enough, which must not be.",
        Text("Buang kunci ini dan ulangi upacaranya.", "Discard this key and repeat the ceremony."),
    ),
    _error(
        170,
        "bad_public_keys",
        "Berkas kunci umum rusak.",
        "The file of public keys is damaged.",
        Text(
            "Ambil salinan utuh dari mesin penanda tangan.", "Fetch a whole copy from the signer's machine."
        ),
    ),
    _error(
        175,
        "too_early_to_destroy",
        "Kunci ronde {round} belum boleh dimusnahkan; paling awal {due}.",
        "The keys of round {round} may not be destroyed yet; on {due} at the earliest.",
        Text("Tunggu sampai masa keberatan berakhir.", "Wait until the time for objections is over."),
    ),
    _error(
        176,
        "not_tallied",
        "Hasil penghitungan {digest} tidak ada di log umum.",
        "The tally {digest} does not stand in the public log.",
        Text(
            "Hitung suara, umumkan sidiknya dengan `bening box log --tally`, lalu ulangi. Tanpa kunci tidak "
            "ada yang dapat dihitung lagi.",
            "Tally the ballots, announce the digest with `bening box log --tally`, then repeat. Without the "
            "keys nothing can be counted any more.",
        ),
    ),
    _error(
        177,
        "nothing_to_destroy",
        "Yang ini bukan kunci ronde {round}: {what}.",
        "This is no key of round {round}: {what}.",
        Text(
            "Periksa folder dan manifesnya; tidak ada yang dimusnahkan.",
            "Check folder and manifest; nothing was destroyed.",
        ),
    ),
)
