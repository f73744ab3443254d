"""Problems of this room (QUEST-1xx): 10x and 11x a form that cannot be frozen; 12x answers that break it."""

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
            "Isi indicator, family, dan measure; indikator sendiri: ours_DIMENSI_nama (ours_duty_gifts).",
            "Fill in indicator, family and measure; an own indicator: ours_DIMENSION_name (ours_duty_gifts).",
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
            'Rumus "{expression}" tidak dimengerti pada huruf ke-{position}.',
            'The expression "{expression}" is not understood at character {position}.',
        ),
        Text(
            "Tulis butir sebagai ${{butir}}, kode dalam tanda kutip, syarat dengan =, !=, <, and, or, not().",
            "Write items as ${{item}}, codes in quotation marks, conditions with =, !=, <, and, or, not().",
        ),
    ),
    Entry(
        "QUEST-104",
        "unknown_reference",
        Severity.ERROR,
        Text(
            "Rumus butir {item} menunjuk {word}, yang bukan butir atau pilihan yang dapat dipakai.",
            "An expression of item {item} points at {word}, which is no item or choice it can use.",
        ),
        Text(
            "Tunjuk pilihan, angka, atau hitungan yang ada, dan kode pilihannya; teks tidak dapat dipakai.",
            "Point at a choice, number or calculation that exists, and at one of its codes; no texts.",
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
        "QUEST-108",
        "forward_reference",
        Severity.ERROR,
        Text(
            "Rumus butir {item} memakai {word}, yang baru ditanyakan sesudahnya.",
            "An expression of item {item} uses {word}, which is asked only later.",
        ),
        Text(
            "Pindahkan {word} ke depan, atau pakai butir yang lebih dulu.",
            "Move {word} before it, or use an earlier item.",
        ),
    ),
    Entry(
        "QUEST-109",
        "circular",
        Severity.ERROR,
        Text(
            "Butir {item} bergantung pada {word}, dan {word} bergantung pada {item}.",
            "Item {item} depends on {word}, and {word} depends on {item}.",
        ),
        Text(
            "Putuskan lingkaran itu; jawaban sendiri ditulis dengan titik, hanya di constraint.",
            "Break the circle; the own answer is written as a dot, in a constraint only.",
        ),
    ),
    Entry(
        "QUEST-110",
        "wrong_type",
        Severity.ERROR,
        Text(
            'Rumus butir {item}: di tempat "{part}" diperlukan {wanted}.',
            'Expression of item {item}: where "{part}" stands, {wanted_en} is needed.',
        ),
        Text(
            "Bandingkan kode dengan teks, angka dengan angka; select_multiple diperiksa dengan selected().",
            "Compare codes with texts and numbers with numbers; ask a select_multiple with selected().",
        ),
    ),
    Entry(
        "QUEST-111",
        "wrong_arguments",
        Severity.ERROR,
        Text(
            "Rumus butir {item}: {name} perlu {needed} bagian, diberi {given}.",
            "Expression of item {item}: {name} needs {needed} parts and has {given}.",
        ),
        Text(
            "Betulkan isi kurungnya.",
            "Mend what stands in its brackets.",
        ),
    ),
    Entry(
        "QUEST-112",
        "unknown_function",
        Severity.ERROR,
        Text(
            "Rumus butir {item}: fungsi {name}() tidak ada di sini.",
            "Expression of item {item}: there is no function {name}() here.",
        ),
        Text(
            "Pakai {known}. today() tidak ada: jam HP tidak dapat dipercaya, sebut masanya dalam kata. "
            "regex() tidak ada: pakai pilihan atau angka.",
            "Use {known}. There is no today(): a phone's clock cannot be trusted, say the period in words. "
            "There is no regex(): use choices or a number.",
        ),
    ),
    Entry(
        "QUEST-113",
        "unsupported_feature",
        Severity.ERROR,
        Text(
            "{what} belum dapat dipakai di kuesioner ini.",
            "{what} cannot be used in this questionnaire.",
        ),
        Text(
            "{remedy}",
            "{remedy_en}",
        ),
    ),
    Entry(
        "QUEST-114",
        "unknown_column",
        Severity.ERROR,
        Text(
            "Kolom {what} tidak dikenal.",
            "The column {what} is unknown.",
        ),
        Text(
            "Betulkan judulnya atau hapus kolomnya. Dikenal: {known}.",
            "Mend its header or delete it. Known: {known}.",
        ),
    ),
    Entry(
        "QUEST-115",
        "part_missing",
        Severity.ERROR,
        Text(
            "{what} belum ada.",
            "{what} is missing.",
        ),
        Text(
            "Lengkapi bagian itu.",
            "Add it.",
        ),
    ),
    Entry(
        "QUEST-116",
        "group_not_closed",
        Severity.ERROR,
        Text(
            "Kelompok {item} tidak dibuka atau tidak ditutup.",
            "The group {item} is not opened or not closed.",
        ),
        Text(
            "Beri setiap begin_group satu end_group.",
            "Give every begin_group one end_group.",
        ),
    ),
    Entry(
        "QUEST-117",
        "number_without_bounds",
        Severity.ERROR,
        Text(
            "Angka {item} tidak punya batas.",
            "The number {item} has no bounds.",
        ),
        Text(
            "Isi constraint, misalnya . >= 0 and . <= 60, paling banyak empat angka.",
            "Give it a constraint such as . >= 0 and . <= 60, four digits at most.",
        ),
    ),
    Entry(
        "QUEST-118",
        "constraint_without_message",
        Severity.ERROR,
        Text(
            "Batas butir {item} tidak punya pesan, atau pesannya tanpa batas.",
            "The constraint of item {item} has no message, or a message stands without one.",
        ),
        Text(
            "Isi constraint dan constraint_message dalam kedua bahasa.",
            "Fill in constraint and constraint_message, in both languages.",
        ),
    ),
    Entry(
        "QUEST-119",
        "said_by_standard",
        Severity.ERROR,
        Text(
            'Pemeriksa standar XLSForm berkata: "{message}".',
            'The checker of the XLSForm standard says: "{message}".',
        ),
        Text(
            "Betulkan baris itu; bila pesannya tidak jelas, bandingkan dengan contoh di tests/scenarios.",
            "Mend that row; if the message is unclear, compare it with the examples in tests/scenarios.",
        ),
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
    Entry(
        "QUEST-127",
        "constraint_broken",
        Severity.ERROR,
        Text(
            "Jawaban pertanyaan {item} di luar batasnya.",
            "The answer to question {item} is outside its bounds.",
        ),
        Text(
            "Pakai nilai yang diterima pertanyaan itu.",
            "Use a value the question accepts.",
        ),
    ),
    Entry(
        "QUEST-128",
        "no_whole_number",
        Severity.ERROR,
        Text(
            "Jawaban pertanyaan {item} bukan bilangan bulat.",
            "The answer to question {item} is no whole number.",
        ),
        Text(
            "Tulis angka saja, paling banyak empat, tanpa nol di depan.",
            "Write digits only, four at most, without leading zeros.",
        ),
    ),
    Entry(
        "QUEST-129",
        "round_already_frozen",
        Severity.ERROR,
        Text("Putaran {round} sudah dibekukan.", "The round {round} is frozen already."),
        Text(
            "Kuesioner putaran ini tidak dapat diganti lagi; pakai versi baru di putaran berikutnya.",
            "Its questionnaires cannot be replaced any more; use the new version in the next round.",
        ),
    ),
)
