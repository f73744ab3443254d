"""Problems of this room (ESTIMATE-1xx)."""

from bening.core.kinds import Severity, Text
from bening.core.problems.entry import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "ESTIMATE-101",
        "no_answers",
        Severity.ERROR,
        Text("Tidak ada jawaban untuk {what}.", "There are no answers for {what}."),
        Text(
            "Periksa apakah berkas jawaban memuat kelompok atau bagian itu.",
            "Check whether the file of answers holds that group or part.",
        ),
    ),
    Entry(
        "ESTIMATE-103",
        "stratum_not_in_frame",
        Severity.ERROR,
        Text(
            "Strata {stratum} ({institution}, {group}) punya jawaban tetapi tidak ada di kerangka.",
            "Stratum {stratum} ({institution}, {group}) has answers but no row in the frame.",
        ),
        Text(
            "Tambahkan strata itu dengan populasinya ke berkas kerangka.",
            "Add the stratum with its population to the frame file.",
        ),
    ),
    Entry(
        "ESTIMATE-104",
        "more_answers_than_people",
        Severity.ERROR,
        Text(
            "Strata {stratum} ({institution}, {group}) punya {n} jawaban dari {population} orang.",
            "Stratum {stratum} ({institution}, {group}) has {n} answers from {population} people.",
        ),
        Text(
            "Perbaiki populasi strata dalam kerangka, atau cari jawaban ganda.",
            "Mend the population of the stratum in the frame, or look for answers counted twice.",
        ),
    ),
    Entry(
        "ESTIMATE-105",
        "group_not_in_method",
        Severity.ERROR,
        Text(
            "Kelompok {group} tidak ada dalam metode {method}.",
            "Group {group} is not part of method {method}.",
        ),
        Text("Pakai salah satu kelompok metode: {known}.", "Use one of the groups of the method: {known}."),
    ),
    Entry(
        "ESTIMATE-106",
        "unknown_code",
        Severity.ERROR,
        Text("Butir {item} tidak mengenal jawaban {answer}.", "Item {item} knows no answer {answer}."),
        Text(
            "Perbaiki jawaban, atau tambahkan kode itu ke berkas metode.",
            "Mend the answer, or add the code to the method file.",
        ),
    ),
    Entry(
        "ESTIMATE-107",
        "own_and_shared",
        Severity.ERROR,
        Text(
            "Instansi {institution} punya jawaban {group} sendiri di samping strata bersama {stratum}.",
            "Institution {institution} has {group} answers of its own beside the shared stratum {stratum}.",
        ),
        Text(
            "Gabungkan seluruh kelompok itu ke strata bersama, atau tidak sama sekali.",
            "Merge the whole group into the shared stratum, or not at all.",
        ),
    ),
    Entry(
        "ESTIMATE-108",
        "bad_weight",
        Severity.ERROR,
        Text("Bobot {weight} tidak lebih besar dari nol.", "Weight {weight} is not greater than zero."),
        Text(
            "Isi bobot akhir yang positif untuk setiap baris, atau hapus kolom bobot.",
            "Give every row a positive final weight, or leave the column out.",
        ),
    ),
    Entry(
        "ESTIMATE-109",
        "frame_without_institution",
        Severity.ERROR,
        Text(
            "Strata {stratum} dalam kerangka tidak menyebut instansi.",
            "Stratum {stratum} of the frame names no institution.",
        ),
        Text(
            "Tulis satu baris untuk setiap instansi yang memakai strata bersama itu, dengan populasinya.",
            "Write one row, with its population, for every institution that leans on the shared stratum.",
        ),
    ),
    Entry(
        "ESTIMATE-110",
        "bad_goalposts",
        Severity.ERROR,
        Text(
            "Batas terendah {lowest} tidak lebih kecil dari batas tertinggi {highest}.",
            "The lowest goalpost {lowest} is not below the highest {highest}.",
        ),
        Text("Tulis dua batas tetap yang berbeda.", "Write two different fixed goalposts."),
    ),
    Entry(
        "ESTIMATE-111",
        "score_outside",
        Severity.ERROR,
        Text("Nilai {score} pada {item} di luar 0–100.", "Score {score} of {item} lies outside 0–100."),
        Text("Ubah dulu nilai ke 0–100, 100 yang terbaik.", "Bring the scores to 0–100 first, 100 the best."),
    ),
    Entry(
        "ESTIMATE-112",
        "items_missing",
        Severity.ERROR,
        Text(
            "Dimensi {dimension} kelompok {group} tidak punya kolom jawaban: {item}.",
            "Dimension {dimension} of group {group} has no column of answers: {item}.",
        ),
        Text(
            "Tambahkan kolom itu, atau pakai metode yang sesuai dengan kuesioner.",
            "Add the column, or use the method that belongs to the questionnaire.",
        ),
    ),
    Entry(
        "ESTIMATE-113",
        "no_chance",
        Severity.ERROR,
        Text(
            "Peluang kategori untuk nilai {value} tidak dapat dihitung.",
            "The chance of a class cannot be given for the value {value}.",
        ),
        Text("Tampilkan nilainya tanpa peluang.", "Show the value without a chance."),
    ),
    Entry(
        "ESTIMATE-114",
        "not_a_number",
        Severity.ERROR,
        Text("Isian {text} bukan angka.", "The entry {text} is not a number."),
        Text(
            "Tulis angka dengan titik desimal, tanpa satuan.",
            "Write a number with a decimal point and no unit.",
        ),
    ),
    Entry(
        "ESTIMATE-115",
        "columns_missing",
        Severity.ERROR,
        Text("Berkas tidak punya kolom {columns}.", "The file has no column {columns}."),
        Text(
            "Tambahkan kolom itu; susunan berkas ada di docs/methods/estimation.md.",
            "Add the column; the layout of the file is in docs/methods/estimation.md.",
        ),
    ),
    Entry(
        "ESTIMATE-120",
        "too_few_contacts",
        Severity.ERROR,
        Text(
            "Hanya {n} orang berurusan dengan petugas; perlu {least}.",
            "Only {n} people had a contact; {least} are needed.",
        ),
        Text(
            "Jangan tampilkan prevalensi ini; gabungkan ke tingkat di atasnya.",
            "Do not show this prevalence; merge it into the level above.",
        ),
    ),
    Entry(
        "ESTIMATE-121",
        "method_differs",
        Severity.ERROR,
        Text(
            "{what}: kedua ronde tidak memakai metode yang sama.",
            "{what}: the two rounds do not share a method.",
        ),
        Text(
            "Jangan hitung perubahan; tampilkan kedua nilai terpisah.",
            "Give no change; show the two values apart.",
        ),
    ),
    Entry(
        "ESTIMATE-122",
        "too_few_for_change",
        Severity.ERROR,
        Text(
            "{what}: {n} jawaban dalam salah satu ronde; perlu {least}.",
            "{what}: {n} answers in one of the rounds; {least} are needed.",
        ),
        Text("Jangan tampilkan perubahan untuk bagian ini.", "Show no change for this part."),
    ),
    Entry(
        "ESTIMATE-123",
        "no_variance",
        Severity.ERROR,
        Text(
            "{what}: galat baku perubahan tidak diketahui.",
            "{what}: the standard error of the change is unknown.",
        ),
        Text("Tampilkan kedua nilai tanpa perubahan.", "Show the two values without a change."),
    ),
    Entry(
        "ESTIMATE-124",
        "wrong_measure",
        Severity.ERROR,
        Text(
            'Ukuran {measure} bukan "pernah melihat atau mendengar".',
            "Measure {measure} is not one of what people saw or heard.",
        ),
        Text(
            "Pakai fungsi prevalensi untuk pengalaman sendiri.",
            "Use the prevalence for one's own experience.",
        ),
    ),
    Entry(
        "ESTIMATE-130",
        "empty_class",
        Severity.ERROR,
        Text(
            "Instansi ke-{institution}: kelas {category} dari {margin} berisi orang tetapi tanpa responden.",
            "Institution {institution}: class {category} of {margin} has people but no respondents.",
        ),
        Text(
            "Nyatakan kelas tujuan penggabungan, atau hilangkan margin itu.",
            "Declare the class to merge it into, or leave that margin out.",
        ),
    ),
    Entry(
        "ESTIMATE-131",
        "margins_disagree",
        Severity.ERROR,
        Text(
            "Instansi ke-{institution}: jumlah margin-marginnya berbeda.",
            "Institution {institution}: its margins do not count the same number of people.",
        ),
        Text("Ambil semua margin dari kerangka yang sama.", "Take all margins from the same frame."),
    ),
    Entry(
        "ESTIMATE-132",
        "out_of_reach",
        Severity.ERROR,
        Text(
            "Instansi ke-{institution}: margin {margin} tidak tercapai dalam batas bobot.",
            "Institution {institution}: margin {margin} cannot be met within the bounds of the weights.",
        ),
        Text(
            "Gabungkan kelas yang kecil; batas bobot tidak dilonggarkan.",
            "Merge small classes; the bounds are not loosened.",
        ),
    ),
    Entry(
        "ESTIMATE-133",
        "class_without_people",
        Severity.ERROR,
        Text(
            "Instansi ke-{institution}: kelas {category} dari {margin} tidak berisi orang di kerangka.",
            "Institution {institution}: class {category} of {margin} holds no people in the frame.",
        ),
        Text(
            "Ada responden di kelas itu: perbaiki jumlahnya atau jawabannya.",
            "It has respondents: mend the number or the class they gave.",
        ),
    ),
    Entry(
        "ESTIMATE-134",
        "empty_cell",
        Severity.ERROR,
        Text(
            "Sel penyesuaian {cell} tidak punya responden dan tidak punya induk.",
            "Adjustment cell {cell} has no respondents and no parent.",
        ),
        Text(
            "Nyatakan sel induknya sebelum pelaksanaan survei.", "Declare its parent cell before fieldwork."
        ),
    ),
    Entry(
        "ESTIMATE-140",
        "engine_absent",
        Severity.ERROR,
        Text("Pustaka {module} tidak terpasang.", "The library {module} is not installed."),
        Text(
            'Pasang dengan: pip install "bening[{extra}]".', 'Install it with: pip install "bening[{extra}]".'
        ),
    ),
    Entry(
        "ESTIMATE-141",
        "replicates_elsewhere",
        Severity.ERROR,
        Text(
            "Replikasi bootstrap tidak dapat dibuat dengan mesin {engine}: ia hanya mengirim tabel kecil.",
            "Bootstrap replicates cannot be drawn with engine {engine}: it sends back small tables only.",
        ),
        Text(
            "Pakai --engine numpy, atau hapus --replicates.", "Use --engine numpy, or leave out --replicates."
        ),
    ),
    Entry(
        "ESTIMATE-142",
        "engine_failed",
        Severity.ERROR,
        Text("Mesin {engine} berhenti: {why}", "Engine {engine} stopped: {why}"),
        Text(
            "Periksa alamat mesin dan berkas jawaban, atau pakai --engine numpy.",
            "Check the address of the engine and the file of answers, or use --engine numpy.",
        ),
    ),
    Entry(
        "ESTIMATE-143",
        "ragged_row",
        Severity.ERROR,
        Text(
            "Baris berisi {fields} isian, judulnya {names}.",
            "The row has {fields} entries, the heading {names}.",
        ),
        Text(
            "Periksa tanda koma dan kutip di baris itu.", "Check the commas and quotation marks of that row."
        ),
    ),
    Entry(
        "ESTIMATE-144",
        "unreadable_file",
        Severity.ERROR,
        Text("Berkas tidak terbaca: {why}.", "The file cannot be read: {why}."),
        Text("Simpan sebagai CSV UTF-8 atau Parquet.", "Save it as CSV in UTF-8, or as Parquet."),
    ),
    Entry(
        "ESTIMATE-145",
        "two_types",
        Severity.ERROR,
        Text(
            "Instansi {institution} punya dua jenis: {one} dan {other}.",
            "Institution {institution} has two types: {one} and {other}.",
        ),
        Text("Tulis satu jenis di kolom type kerangka.", "Write one type in the column type of the frame."),
    ),
    Entry(
        "ESTIMATE-146",
        "psu_not_in_frame",
        Severity.ERROR,
        Text(
            "Strata {stratum} ({institution}, {group}) punya jawaban dari PSU {psu}, "
            "tetapi PSU itu tidak ada di kerangka.",
            "Stratum {stratum} ({institution}, {group}) has answers from PSU {psu}, "
            "which the frame does not list.",
        ),
        Text(
            "Tambahkan PSU itu dengan populasinya ke berkas kerangka, atau isi kolom psu pada baris itu.",
            "Add the PSU with its population to the frame file, or fill in the column psu of that row.",
        ),
    ),
)
