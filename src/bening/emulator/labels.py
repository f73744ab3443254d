"""The inbox's words, Bahasa Indonesia first."""

from __future__ import annotations

LANGUAGES = ("id", "en")
LABELS: dict[str, tuple[str, str]] = {
    "title": ("Kotak masuk simulasi", "Simulated inbox"),
    "banner": ("Tidak ada pesan sungguhan yang dikirim.", "No real message is sent."),
    "other_language": ("English", "Bahasa Indonesia"),
    "accepted": ("diterima", "accepted"),
    "delivered": ("sampai", "delivered"),
    "failed": ("gagal", "failed"),
    "waiting": ("tertunda, HP mati", "held, phone off"),
    "expired": ("kedaluwarsa", "expired"),
    "refused": ("ditolak", "refused"),
    "pending": ("webhook menunggu", "webhooks waiting"),
    "clock": ("jam", "clock"),
    "profile": ("profil", "profile"),
    "phones": ("HP", "Phones"),
    "search": ("Cari nomor", "Find a number"),
    "find": ("Cari", "Find"),
    "earlier": ("Sebelumnya", "Previous"),
    "later": ("Berikutnya", "Next"),
    "none_found": ("Tidak ada nomor yang cocok.", "No number matches."),
    "no_phones": (
        "Belum ada HP. HP muncul di sini setelah pesan pertama diterima.",
        "No phones yet. A phone appears here once the first message has been accepted.",
    ),
    "choose": (
        "Pilih sebuah HP di daftar untuk membaca pesannya.",
        "Choose a phone from the list to read it.",
    ),
    "back": ("Semua HP", "All phones"),
    "sender_kind": ("Akun bisnis", "Business account"),
    "official": ("Akun resmi", "Official account"),
    "nothing": ("Belum ada pesan yang sampai ke HP ini.", "Nothing has reached this phone yet."),
    "write": ("Tulis balasan", "Write a reply"),
    "send": ("Kirim", "Send"),
    "details": ("rincian", "details"),
    "is_off": ("HP mati", "phone off"),
    "is_blocked": ("memblokir kita", "blocks us"),
    "is_stopped": ("menolak promosi", "stopped marketing"),
    "is_reported": ("melaporkan kita", "reported us"),
    "turn_off": ("Matikan HP", "Switch phone off"),
    "turn_on": ("Nyalakan HP", "Switch phone on"),
    "block": ("Blokir", "Block"),
    "unblock": ("Buka blokir", "Unblock"),
    "report": ("Laporkan", "Report"),
    "unreport": ("Cabut laporan", "Withdraw report"),
    "stop": ("Tolak promosi", "Stop marketing"),
    "resume": ("Terima promosi", "Allow marketing"),
    "messages": ("Pesan untuk nomor ini", "Messages to this number"),
    "request": ("Permintaan kirim, apa adanya", "Raw send request"),
    "reports": ("Laporan ke penerima webhook", "Webhook reports"),
    "no_reports": ("Belum ada laporan.", "No reports yet."),
    "due": ("berangkat", "leaves"),
    "tries": ("percobaan", "attempts"),
    "resend": ("Kirim ulang", "Resend"),
    "no_answer": ("tanpa jawaban", "no answer"),
    "state_pending": ("menunggu", "pending"),
    "state_sending": ("sedang dikirim", "sending"),
    "state_delivered": ("diterima", "taken"),
    "state_given_up": ("menyerah", "given up"),
    "state_lost": ("sengaja hilang", "lost on purpose"),
    "state_waiting": ("menunggu HP", "waiting for phone"),
    "state_expired": ("kedaluwarsa", "expired"),
    "unknown": ("Tidak ada HP dengan nomor ini.", "No phone has this number."),
}


def words(language: str) -> dict[str, str]:
    place = LANGUAGES.index(language) if language in LANGUAGES else 0
    return {name: both[place] for name, both in LABELS.items()}
