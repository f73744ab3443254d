"""Problems of this room (QUEST-1xx): 10x a questionnaire that cannot be frozen, 12x answers that break it."""

from bening.core.kinds import Severity, Text
from bening.core.problems.entry import Entry

ENTRIES = (
    Entry(
        "QUEST-100",
        "unreadable_questionnaire",
        Severity.ERROR,
        Text("Kuesioner tidak terbaca: {what}.", "The questionnaire cannot be read: {what}."),
        Text(
            "Perbaiki bagian itu; bentuknya ada di docs/methods/questionnaire.md.",
            "Mend that part; the format is in docs/methods/questionnaire.md.",
        ),
    ),
    Entry(
        "QUEST-101",
        "item_without_meaning",
        Severity.ERROR,
        Text("Butir {item} tidak punya {field}.", "Item {item} has no {field}."),
        Text(
            "Isi indikator, dimensi, rumpun, dan ukuran setiap butir.",
            "Give every item its indicator, dimension, family and measure.",
        ),
    ),
    Entry(
        "QUEST-102",
        "bad_or_repeated_id",
        Severity.ERROR,
        Text(
            "Kode {item} dipakai dua kali atau salah bentuk.", "The code {item} is used twice or malformed."
        ),
        Text(
            "Pakai huruf kecil, angka, dan garis bawah (maksimal 24), diawali huruf, sekali saja.",
            "Use lower-case letters, digits and underscores, 24 at most, a letter first; each code once.",
        ),
    ),
    Entry(
        "QUEST-103",
        "bad_expression",
        Severity.ERROR,
        Text(
            'Syarat "{expression}" tidak dimengerti pada huruf ke-{position}.',
            'The condition "{expression}" is not understood at character {position}.',
        ),
        Text(
            "Pakai ${{butir}} dengan =, !=, <, <=, >, >=, and, or, not(), selected().",
            "Use ${{item}} with =, !=, <, <=, >, >=, and, or, not(), selected().",
        ),
    ),
    Entry(
        "QUEST-104",
        "unknown_reference",
        Severity.ERROR,
        Text(
            "Syarat butir {item} menunjuk {word}, yang bukan pilihan atau butir sebelumnya.",
            "The condition of item {item} points at {word}, which is no earlier item or choice.",
        ),
        Text(
            "Tunjuk butir pilihan yang ditanyakan lebih dulu dan kode pilihannya.",
            "Point at a choice question asked before it, and at one of its codes.",
        ),
    ),
    Entry(
        "QUEST-105",
        "missing_translation",
        Severity.ERROR,
        Text(
            "Teks {where} belum ada dalam kedua bahasa.",
            "The text of {where} is not there in both languages.",
        ),
        Text(
            "Tulis teks Indonesia dan Inggris sebelum membekukan kuesioner.",
            "Write the Indonesian and the English text before freezing.",
        ),
    ),
    Entry(
        "QUEST-106",
        "bad_choices",
        Severity.ERROR,
        Text("Pilihan butir {item} salah: {word}.", "The choices of item {item} are wrong: {word}."),
        Text(
            "Beri dua pilihan atau lebih, kode berbeda, skor bulat 0–100 atau kosong.",
            "Give two or more choices with different codes, scores whole numbers 0–100 or null.",
        ),
    ),
    Entry(
        "QUEST-107",
        "unknown_word",
        Severity.ERROR,
        Text("{field} butir {item} tidak dikenal: {word}.", "The {field} of item {item} is unknown: {word}."),
        Text("Pakai salah satu dari {known}.", "Use one of {known}."),
    ),
    Entry(
        "QUEST-120",
        "required_skipped",
        Severity.ERROR,
        Text("Pertanyaan {item} belum dijawab.", "Question {item} has not been answered."),
        Text('Pilih salah satu; boleh "tidak mau menjawab".', 'Choose one; "rather not say" is fine.'),
    ),
    Entry(
        "QUEST-121",
        "irrelevant_answered",
        Severity.ERROR,
        Text(
            "Pertanyaan {item} dijawab padahal tidak ditanyakan.",
            "Question {item} is answered although it was not asked.",
        ),
        Text(
            "Jawaban ini tidak dihitung; periksa urutan pertanyaan.",
            "This answer is not counted; check the order of questions.",
        ),
    ),
    Entry(
        "QUEST-122",
        "unknown_choice",
        Severity.ERROR,
        Text(
            "Jawaban pertanyaan {item} bukan salah satu pilihannya.",
            "The answer to question {item} is none of its choices.",
        ),
        Text(
            "Pakai kode pilihan kuesioner yang dibekukan.", "Use a choice code of the frozen questionnaire."
        ),
    ),
    Entry(
        "QUEST-123",
        "unknown_item",
        Severity.ERROR,
        Text("Kuesioner tidak punya pertanyaan {item}.", "The questionnaire has no question {item}."),
        Text("Pakai versi kuesioner yang tertulis di manifes.", "Use the version named in the manifest."),
    ),
    Entry(
        "QUEST-124",
        "text_too_long",
        Severity.ERROR,
        Text("Teks {item} terlalu panjang.", "The text {item} is too long."),
        Text("Pendekkan teksnya.", "Shorten it."),
    ),
    Entry(
        "QUEST-125",
        "empty_or_repeated_text",
        Severity.ERROR,
        Text("Teks {item} kosong atau ditulis dua kali.", "The text {item} is empty or given twice."),
        Text(
            "Kirim setiap teks sekali, dan hanya bila ada isinya.",
            "Send each text once, and only if it says something.",
        ),
    ),
    Entry(
        "QUEST-126",
        "frozen_otherwise",
        Severity.ERROR,
        Text(
            "{name} versi {version} sudah dibekukan dengan isi lain.",
            "{name} version {version} is frozen with other content.",
        ),
        Text("Naikkan nomor versinya.", "Raise the version number."),
    ),
)
