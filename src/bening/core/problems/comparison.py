"""Problems of ranks, levers, small units, risk and the bootstrap (ESTIMATE-16x, 17x)."""

from bening.core.kinds import Severity, Text
from bening.core.problems.entry import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "ESTIMATE-160",
        "covariance_shape",
        Severity.ERROR,
        Text(
            "Matriks kovarians {covariance} tidak cocok dengan {values} nilai.",
            "A covariance of {covariance} does not fit {values} scores.",
        ),
        Text(
            "Beri satu ragam per lembaga atau matriks persegi.",
            "Give one variance per institution or a square matrix.",
        ),
    ),
    Entry(
        "ESTIMATE-161",
        "nothing_to_rank",
        Severity.ERROR,
        Text(
            "Tidak ada lembaga dengan nilai dan galat baku.",
            "No institution has a score and a standard error.",
        ),
        Text("Tampilkan daftar tanpa peringkat.", "Show the list without places."),
    ),
    Entry(
        "ESTIMATE-162",
        "bad_rank",
        Severity.ERROR,
        Text(
            "Peringkat {rank} tidak ada di antara {count} lembaga.", "There is no place {rank} among {count}."
        ),
        Text("Pilih peringkat antara 1 dan {count}.", "Choose a place between 1 and {count}."),
    ),
    Entry(
        "ESTIMATE-163",
        "cost_not_positive",
        Severity.ERROR,
        Text(
            "Biaya dimensi ke-{dimension} tidak lebih dari nol.",
            "The cost of dimension {dimension} is not above zero.",
        ),
        Text("Beri biaya positif pada setiap dimensi.", "Give every dimension a positive cost."),
    ),
    Entry(
        "ESTIMATE-164",
        "no_peers",
        Severity.ERROR,
        Text(
            "Hanya {count} lembaga sebanding untuk menakar perbaikan setahun.",
            "Only {count} comparable institutions to measure a year of improvement.",
        ),
        Text(
            "Pakai batas dari berkas metode dan sebut sebagai asumsi.",
            "Use the caps of the method file and call them an assumption.",
        ),
    ),
    Entry(
        "ESTIMATE-165",
        "no_unit_spread",
        Severity.ERROR,
        Text(
            "Ragam antarunit tidak dapat diduga: perlu dua unit dan jawaban lebih banyak dari unit.",
            "The spread between units cannot be estimated: it takes two units and more answers than units.",
        ),
        Text("Gabungkan dengan lembaga sejenis.", "Pool it with institutions of the same type."),
    ),
    Entry(
        "ESTIMATE-166",
        "all_answered_the_same",
        Severity.ERROR,
        Text(
            "Keandalan tidak terdefinisi: semua menjawab sama, atau hanya satu butir.",
            "Reliability is undefined: all answered the same, or there is one item only.",
        ),
        Text("Tulis “semua menjawab sama”.", "Print “all answered the same”."),
    ),
    Entry(
        "ESTIMATE-167",
        "too_few_institutions",
        Severity.ERROR,
        Text("Hanya {count} lembaga; perlu {least}.", "Only {count} institutions; it takes {least}."),
        Text("Jangan tampilkan angka ini.", "Do not show this figure."),
    ),
    Entry(
        "ESTIMATE-168",
        "lengths_differ",
        Severity.ERROR,
        Text("{left} dan {right} tidak sama panjang.", "{left} and {right} differ in length."),
        Text("Beri satu nilai untuk setiap bagian.", "Give one value for every part."),
    ),
    Entry(
        "ESTIMATE-169",
        "bad_risk_table",
        Severity.ERROR,
        Text("Tabel risiko: {field} harus {wanted}.", "Risk table: {field} must be {wanted}."),
        Text("Perbaiki berkas edisi.", "Mend the edition file."),
    ),
    Entry(
        "ESTIMATE-170",
        "cannot_resample",
        Severity.ERROR,
        Text(
            "Strata {stratum} mempunyai {n} jawaban dari {population}; bootstrap butuh dua.",
            "Stratum {stratum} has {n} answers of {population}; the bootstrap needs two.",
        ),
        Text("Gabungkan strata itu lebih dahulu.", "Collapse the stratum first."),
    ),
    Entry(
        "ESTIMATE-171",
        "not_positive",
        Severity.ERROR,
        Text("{field} harus lebih dari nol, bukan {value}.", "{field} must be above zero, not {value}."),
        Text("Perbaiki masukan itu.", "Mend that input."),
    ),
)
