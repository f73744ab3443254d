"""Problems of this room (OUTREACH-1xx)."""

from bening.core.kinds import Severity, Text
from bening.core.problems.entry import Entry

E = Severity.ERROR
ENTRIES: tuple[Entry, ...] = (
    Entry(
        "OUTREACH-101", "meeting_in_the_future", E,
        Text("Rapat tanggal {day} belum berlangsung.", "The meeting of {day} has not been held yet."),
        Text("Catat rapat setelah selesai; daftar hadir dapat dicetak lebih dahulu.",
             "Record a meeting once it is over; the attendance sheet can be printed before."),
    ),
    Entry(
        "OUTREACH-102", "unit_not_listed", E,
        Text("{unit} bukan lokus instansi ini pada putaran ini.",
             "{unit} is not a locus of this institution in this round."),
        Text("Pilih dari daftar lokus.", "Choose from the list of loci."),
    ),
    Entry(
        "OUTREACH-103", "steering_words", E,
        Text("Teks ini mengarahkan jawaban atau menanyakan siapa yang diundang: \"{found}\".",
             "This text tells people what to answer or asks who was invited: \"{found}\"."),
        Text("Hapus bagian itu. Siapa pun bisa terpilih; jangan tanya siapa, jangan arahkan jawaban.",
             "Take that part out. Anyone may be drawn; do not ask who, do not tell people what to answer."),
    ),
    Entry(
        "OUTREACH-104", "not_in_the_chain", E,
        Text("{post} tidak termasuk rantai pemberitahuan pada putaran ini.",
             "{post} does not belong to the chain of briefings of this round."),
        Text("Muat ulang halaman; daftar lokus mungkin baru berubah.",
             "Load the page again; the list of loci may just have changed."),
    ),
    Entry(
        "OUTREACH-105", "not_acknowledged_yet", E,
        Text("Pengarahan belum dibaca dan disetujui.", "The briefing has not been read and agreed to."),
        Text("Jawab ketiga pertanyaan dan setujui janji lebih dahulu.",
             "Answer the three questions and agree to the promise first."),
    ),
    Entry(
        "OUTREACH-106", "part_of_an_audience", E,
        Text("Pengumuman harus ditujukan kepada {audience} secara utuh.",
             "An announcement goes to a whole {audience}."),
        Text("Sebutkan unit, jenjang, atau kategorinya, tidak lebih dan tidak kurang.",
             "Name the unit, level or category, no more and no less."),
    ),
    Entry(
        "OUTREACH-107", "nobody_briefed", E,
        Text("Belum ada orang yang disebut telah diberi tahu.", "Nobody is said to have been told."),
        Text("Isi jumlah pegawai pada paling sedikit satu kategori.",
             "Give a number of staff for at least one category."),
    ),
)  # fmt: skip
