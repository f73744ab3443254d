"""What every channel says, in one place: the same words to everybody, whatever they will be asked.

`{agency}`, `{agency_short}`, `{survey}` and `{check}` are fixed for a round; the words of VARIABLES differ by
person. No institution, unit, grade or service, no reward and no haste stands in any of them.
"""

import re

VARIABLES = ("check_code", "phrase", "entry_code", "minutes", "closes")
FIXED = ("agency", "agency_short", "survey", "check")
STEPS = ("invite", "reminder_1", "reminder_2", "reminder_3", "closing")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
NEVER = {
    "id": "Kami tidak pernah meminta NIK, OTP, PIN, nomor rekening, atau uang.",
    "en": "We never ask for an ID number, OTP, PIN, bank account or money.",
}
LATER = {
    "id": (
        "Tindak lanjut pemberitahuan {agency}. {survey} ditutup pada {closes}. Kode cek: {check_code}, "
        "frasa: {phrase}, dapat dicocokkan di {check}. Pengisian sekitar {minutes} menit, sukarela, dari "
        "HP Anda sendiri di tempat yang Anda pilih. Jawaban dapat diubah sampai hari penutupan. Bila "
        "sudah mengisi, abaikan pesan ini; terima kasih."
    ),
    "en": (
        "Follow-up to the notice from {agency}. {survey} closes on {closes}. Check code: {check_code}, "
        "phrase: {phrase}, which you can compare at {check}. It takes about {minutes} minutes, is "
        "voluntary, on your own phone at a place you choose. Answers can be changed until the closing "
        "day. If you have already answered, please ignore this message; thank you."
    ),
}
BODIES = {
    ("invite", "id"): (
        "Pemberitahuan resmi {agency}. Nomor ini terpilih secara acak untuk {survey}. Kode cek pesan "
        "ini: {check_code}, frasa: {phrase}. Pengisian sekitar {minutes} menit, dibuka sampai "
        "{closes}, dan sukarela. Anda tidak perlu memberi tahu siapa pun bahwa Anda menerima pesan "
        "ini. Belum yakin pesan ini asli? Jangan tekan apa pun: ketik sendiri {check}, masukkan kode "
        "cek, lalu cocokkan frasanya. " + NEVER["id"]
    ),
    ("invite", "en"): (
        "Official notice from {agency}. This number was drawn at random for {survey}. Check code of "
        "this message: {check_code}, phrase: {phrase}. It takes about {minutes} minutes, is open until "
        "{closes}, and is voluntary. You need not tell anyone that you received this. Not sure that "
        "it is genuine? Tap nothing: type {check} yourself, enter the check code and compare the "
        "phrase. " + NEVER["en"]
    ),
    ("reminder_1", "id"): (
        "Tindak lanjut pemberitahuan {agency} tentang {survey}. Anda dapat memastikan sendiri bahwa pesan "
        "ini asli: ketik {check}, masukkan kode cek {check_code}, dan pastikan frasa yang muncul adalah "
        "{phrase}. Bila berbeda, jangan lanjutkan dan laporkan di halaman itu. Tidak ingin menekan "
        "tautan? Ketik kode masuk {entry_code} di halaman survei. Survei dibuka sampai {closes} dan "
        "sukarela. Bila sudah mengisi, abaikan pesan ini; terima kasih."
    ),
    ("reminder_1", "en"): (
        "Follow-up to the notice from {agency} about {survey}. You can make sure yourself that this "
        "message is genuine: type {check}, enter check code {check_code}, and see that the phrase shown "
        "is {phrase}. If it differs, stop and report it on that page. Prefer not to tap a link? Type "
        "entry code {entry_code} on the survey page. The survey is open until {closes} and voluntary. "
        "If you have already answered, please ignore this message; thank you."
    ),
    ("reminder_2", "id"): LATER["id"],
    ("reminder_2", "en"): LATER["en"],
    ("reminder_3", "id"): LATER["id"] + " Ini pesan elektronik terakhir.",
    ("reminder_3", "en"): LATER["en"] + " This is the last electronic message.",
    ("closing", "id"): (
        "Pemberitahuan {agency}. {survey} ditutup pada {closes}. Tautan dan kode dari pesan sebelumnya "
        "tidak berlaku lagi. Hasil akan diumumkan untuk umum. Bila setelah ini ada pesan yang meminta "
        "Anda mengisi survei ini, jangan diikuti dan laporkan di {check}. Terima kasih atas perhatian Anda."
    ),
    ("closing", "en"): (
        "Notice from {agency}. {survey} closed on {closes}. Links and codes from earlier messages no "
        "longer work. Results will be made public. If a message asks you to take this survey after "
        "today, do not follow it and report it at {check}. Thank you for your attention."
    ),
}


def variables(step: str, language: str) -> tuple[str, ...]:
    """The words of a text that differ by person, in the order in which they first stand in it."""
    found = PLACEHOLDER.findall(BODIES[step, language])
    return tuple(dict.fromkeys(name for name in found if name in VARIABLES))


def by_post(step: str, language: str) -> str:
    """The text where an address was drawn and not a telephone number: e-mail and letters."""
    return BODIES[step, language].replace("Nomor ini", "Alamat ini").replace("This number", "This address")


def opens(step: str) -> bool:
    """Whether a message of this step carries a way into the survey; the closing notice does not."""
    return step != "closing"
