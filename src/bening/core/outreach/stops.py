"""When a sender stops by itself, and every stop and failure in words that a person understands."""

from bening.core.kinds import Signals, Text

FAULTS, SAMPLE, UNHAPPY, LOST, SILENT = 5, 200, 0.01, 0.02, 900.0
FEW = 200  # attempts in a quarter of an hour below which a share of unknown ones says nothing


def stop_reason(seen: Signals) -> str:
    """OUT-14: the first rule that stops a sender, as a word of REASONS; empty = go on."""
    rules = (
        ("stop_template", seen.template != "APPROVED"),
        ("category", seen.category != "UTILITY"),
        ("quality", seen.quality == "RED"),
        ("our_fault", seen.our_faults >= FAULTS),
        ("doubt", seen.delivered >= SAMPLE and seen.unhappy >= UNHAPPY * seen.delivered),
        ("unknown", seen.started >= FEW and seen.unknown > LOST * seen.started),
        ("silence", seen.started > 0 and seen.silence > SILENT),
    )
    return next((word for word, broken in rules if broken), "")


def in_words(reason: str) -> tuple[Text, Text]:
    """What a stop, failure or dead letter means, and what to do; its first word is looked up."""
    word = reason.split(" ")[0]
    return REASONS.get(word, REASONS["our_fault"])


REASONS: dict[str, tuple[Text, Text]] = {
    "stop_channel": (
        Text(
            "Penyedia menolak pengirim: sandi akses, izin atau akun tidak berlaku.",
            "The provider refuses the sender: token, permission or account is not valid.",
        ),
        Text(
            "Perbarui sandi akses atau selesaikan masalah akun di penyedia, lalu lepaskan pengirim.",
            "Renew the token or settle the account with the provider, then release the sender.",
        ),
    ),
    "stop_template": (
        Text(
            "Templat pesan tidak lagi disetujui atau dihentikan penyedia.",
            "The message template is no longer approved, or the provider paused it.",
        ),
        Text(
            "Lihat status templat di penyedia; ganti dengan templat cadangan atau tunggu, lalu lepaskan.",
            "Look at the template with the provider; switch to a spare or wait, then release the sender.",
        ),
    ),
    "category": (
        Text(
            "Penyedia memindahkan templat ke kategori lain daripada yang direncanakan.",
            "The provider moved the template into another category than planned.",
        ),
        Text(
            "Biaya dan batasnya berubah: ajukan keberatan atau templat cadangan sebelum melanjutkan.",
            "Its price and limits change: appeal, or use a spare template, before going on.",
        ),
    ),
    "quality": (
        Text(
            "Mutu nomor turun menjadi merah: terlalu banyak orang memblokir atau melaporkan.",
            "The quality of the number fell to red: too many people block or report it.",
        ),
        Text(
            "Hentikan dahulu; perkuat pengumuman di instansi, lanjutkan setelah mutu pulih.",
            "Pause; strengthen the announcements, and go on when the quality has recovered.",
        ),
    ),
    "our_fault": (
        Text(
            "Permintaan kita salah bagi penyedia, atau kodenya tidak dikenal.",
            "Our request is wrong to the provider, or its code is not known.",
        ),
        Text(
            "Periksa templat dan pengaturan; jangan lepaskan sebelum sebabnya ditemukan.",
            "Check template and settings; do not release before the cause is found.",
        ),
    ),
    "doubt": (
        Text(
            "Satu dari seratus penerima ragu atau memblokir dalam sehari.",
            "One in a hundred recipients doubts or blocks within a day.",
        ),
        Text(
            "Perjelas pengumuman dan halaman /cek sebelum melanjutkan.",
            "Make the announcements and the /cek page clearer before going on.",
        ),
    ),
    "unknown": (
        Text(
            "Tidak diketahui apakah pesan terkirim: penyedia tidak menjawab dengan jelas.",
            "It is not known whether the message went out: the provider gave no clear answer.",
        ),
        Text(
            "Tunggu laporan penyedia; bila tidak ada, petugas memutuskan: terkirim, kirim lagi, atau batal.",
            "Wait for the provider's report; if none comes a person decides: taken, once more, or cancelled.",
        ),
    ),
    "silence": (
        Text(
            "Lima belas menit tanpa satu laporan pun, padahal pesan terus dikirim.",
            "Fifteen minutes without a single report while messages go out.",
        ),
        Text(
            "Periksa alamat webhook dan tanda tangannya, lalu lepaskan pengirim.",
            "Check the webhook's address and signature, then release the sender.",
        ),
    ),
    "throttle": (
        Text("Terlalu cepat bagi penyedia.", "Too fast for the provider."),
        Text("Tidak perlu apa-apa: kecepatan turun sendiri.", "Nothing: the pace goes down by itself."),
    ),
    "retry": (
        Text("Gangguan sementara di penyedia, tiga kali.", "A passing fault of the provider, three times."),
        Text("Kirim lagi, atau biarkan kanal berikutnya.", "Send again, or leave it to the next channel."),
    ),
    "contact_dead": (
        Text("Nomor atau alamat tidak dapat dicapai.", "The number or address cannot be reached."),
        Text("Kanal berikutnya mengambil alih.", "The next channel takes over."),
    ),
    "person_wait": (
        Text(
            "Penyedia membatasi pesan kepada orang ini untuk sementara.",
            "The provider limits messages to this person for a while.",
        ),
        Text(
            "Dicoba lagi setelah satu dan tiga hari, lalu kanal lain.",
            "Tried again after one and three days, then by another channel.",
        ),
    ),
    "opted_out": (
        Text("Orang ini minta berhenti.", "This person asked to stop."),
        Text("Jangan menulis lagi.", "Do not write again."),
    ),
    "expired": (
        Text("Tidak sampai dalam masa berlakunya.", "It did not arrive while it was valid."),
        Text("Kanal berikutnya mengambil alih.", "The next channel takes over."),
    ),
    "returned": (
        Text("Surat kembali dari pos.", "The letter came back by post."),
        Text("Kunjungan, atau perbaiki alamat.", "A visit, or a better address."),
    ),
    "operator": (
        Text("Dihentikan oleh petugas.", "Stopped by an officer."),
        Text("Petugas melepaskannya lagi.", "An officer releases it again."),
    ),
}
