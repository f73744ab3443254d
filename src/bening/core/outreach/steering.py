"""Words by which staff would be told what to answer, or asked who was invited.

A net for the careless, not for the cunning: it stops minutes and notes that would harm people when read out.
"""

import re

PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(jawab\w*|isi\w*|menjawab|mengisi)\b.{0,40}\b(sama|seragam|yang baik|positif|sesuai arahan)\b",
        r"\b(nilai|skor|angka)\s+(10|9|sepuluh|sembilan|tertinggi|maksimal|sempurna|bagus|baik)\b",
        r"\b(beri\w*|pilih\w*|isi\w*)\b.{0,30}\b(nilai|skor|angka)\b.{0,20}\b(tinggi|baik|bagus|maksimal)\b",
        r"\b(lapor\w*|melapor\w*|catat\w*|data)\b.{0,40}\b(siapa|yang|bila|jika|kalau)\b"
        r".{0,30}\b(menerima|mendapat\w*|terpilih|diundang)\b",
        r"\b(kumpul\w*|kirim\w*|mengumpulkan|setor\w*)\b.{0,40}"
        r"\b(tangkapan layar|screenshots?|jawaban|bukti (isi|pengisian))\b",
        r"\b(answer|fill in)\b.{0,40}\b(same|alike|positively|as agreed)\b",
        r"\b(highest|top|maximum|high) (score|mark|grade)s?\b",
        r"\breport\b.{0,40}\b(who|if|whoever)\b.{0,30}\b(received|invited|drawn|got)\b",
        r"\b(collect|send)\b.{0,40}\b(screenshots?|answers)\b",
    )
)
REFUSALS = re.compile(
    r"\b(jangan|dilarang|tidak boleh|tidak seorang pun|tidak perlu|tanpa|never|not|no|nobody may)\b"
    r"[^.;:!?\n]*$"
)


def steering_words(text: str) -> tuple[str, ...]:
    """The passages of a text that steer, as they stand in it; a passage behind "do not" is no steering."""
    flat = re.sub(r"\s+", " ", text)
    found = []
    for pattern in PATTERNS:
        for match in pattern.finditer(flat.lower()):
            if not REFUSALS.search(flat.lower()[: match.start()]):
                found.append(flat[match.start() : match.end()])
    return tuple(dict.fromkeys(found))
