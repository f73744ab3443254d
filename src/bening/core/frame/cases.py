"""Who belongs on which list, by cases that people of each kind of unit know from their own counter.

Half of all mixed-up lists come from asking "who do we know?" instead of "what is this person to the unit?".
"""

from dataclasses import dataclass

from bening.core.kinds import Group, Text, UnitKind


@dataclass(frozen=True, slots=True)
class Case:
    """A person, the list it stands on (None: on no list of this unit), and why.

    `kind` is the code that the edition must admit for the case to hold.
    """

    who: Text
    group: Group | None
    why: Text
    kind: str = ""


INTERNAL, EXTERNAL, EXPERT = Group.INTERNAL, Group.EXTERNAL, Group.EXPERT
EVERYWHERE = (
    Case(
        Text("Pegawai kontrak (non-ASN) yang setiap hari mengolah berkas permohonan",
             "A contract worker who handles applications every day"),
        INTERNAL,
        Text("Yang menentukan adalah tugas, bukan ijazah atau status. Tulis status NON_ASN.",
             "Duty decides, not diploma or status. Write status NON_ASN."),
    ),
    Case(
        Text("Petugas kebersihan, satpam, pengemudi, pramusaji", "Cleaners, guards, drivers, caterers"),
        INTERNAL,
        Text("Tetap dicantumkan, dengan tugas_pendukung = Y. Aturan edisi yang memutuskan, bukan unit.",
             "List them all the same, with tugas_pendukung = Y. The edition's rules decide, not the unit."),
    ),
    Case(
        Text("Pemilik CV yang memasok alat tulis tahun ini",
             "Owner of a firm that supplied stationery this year"),
        EXTERNAL,
        Text("Ia berhubungan dengan unit dari luar, sebagai penyedia. Tulis nama badan usahanya.",
             "He deals with the unit from outside, as a supplier. Write the firm's name."),
        "penyedia",
    ),
    Case(
        Text("Pegawai unit ini yang mengurus KTP-nya sendiri di kantor yang sama",
             "Staff of this unit who had their own identity card made in the same office"),
        INTERNAL,
        Text("Pegawai instansi tidak pernah masuk daftar eksternal, walaupun pernah dilayani.",
             "Staff never stand on the external list, even if they were served once."),
    ),
    Case(
        Text("Orang yang berkasnya dititipkan lewat calo", "Somebody whose papers went through a broker"),
        None,
        Text("Ia tidak melihat sendiri cara unit melayani. Bila terlanjur ditulis, isi perantara = Y.",
             "He has not seen for himself how the unit serves. If listed, write perantara = Y."),
    ),
    Case(
        Text("Pejabat instansi ini yang pensiun tiga tahun lalu dari eselon III",
             "An official of this institution who retired three years ago from echelon III"),
        EXPERT,
        Text("Ia mengenal instansi, tetapi tidak lagi bekerja di dalamnya. Isi pensiun dan eselon_terakhir.",
             "She knows the institution and no longer works in it. Fill in pensiun and eselon_terakhir."),
        "pensiunan",
    ),
    Case(
        Text("Auditor BPK yang tahun ini memeriksa instansi",
             "An auditor of BPK who audited the institution this year"),
        EXPERT,
        Text("Ia menilai dari luar dengan pengetahuan profesi, bukan sebagai pengguna layanan.",
             "He judges from outside by profession, not as a user."),
        "bpk",
    ),
    Case(
        Text("Wartawan yang rutin meliput instansi", "A journalist who covers the institution"),
        EXPERT,
        Text("Eksper. Bila ia juga pernah mengurus izin, ia tetap hanya di satu daftar.",
             "Expert. Even if she once asked for a permit, she stands on one list only."),
        "jurnalis",
    ),
)  # fmt: skip
BY_UNIT: dict[UnitKind, tuple[Case, ...]] = {
    UnitKind.SCHOOL: (
        Case(Text("Guru honorer yang mengajar penuh",
                  "A full-time teacher without civil-servant status"), INTERNAL,
             Text("Mengajar adalah tugas utama sekolah. Status NON_ASN, kategori guru.",
                  "Teaching is what a school does. Status NON_ASN, category guru.")),
        Case(Text("Orang tua murid yang mengurus pindah sekolah",
                  "A parent who arranged a change of school"), EXTERNAL,
             Text("Pengguna layanan sekolah. Murid sendiri tidak dicantumkan bila belum dewasa.",
                  "A user of the school. Pupils under age are not listed.")),
        Case(Text("Ketua komite sekolah yang bukan pegawai",
                  "Chair of the school committee, not on the staff"), EXTERNAL,
             Text("Rekan sekolah dari luar: mitra. Bila ia guru di sekolah itu, ia internal.",
                  "An outside partner: mitra. If he teaches there, he is internal."), "mitra"),
        Case(Text("Penjual buku yang memasok perpustakaan",
                  "The bookseller who supplies the library"), EXTERNAL,
             Text("Penyedia, dengan nama tokonya.", "A supplier, with the name of the shop."), "penyedia"),
    ),
    UnitKind.HEALTH_CENTRE: (
        Case(Text("Bidan yang bertugas di puskesmas pembantu",
                  "A midwife posted to a branch clinic"), INTERNAL,
             Text("Pegawai puskesmas induk, di mana pun ia ditempatkan. Kategori tenaga_kesehatan.",
                  "Staff of the main centre, wherever she is posted. Category tenaga_kesehatan.")),
        Case(Text("Pasien atau keluarga yang mendaftar di loket",
                  "A patient, or the relative who registered her"), EXTERNAL,
             Text("Pengguna layanan. Tulis layanan secara umum (misalnya rawat jalan), jangan penyakitnya.",
                  "A user. Name the service in general (such as out-patient), never the illness.")),
        Case(Text("Kader posyandu", "A volunteer of the village health post"), EXTERNAL,
             Text("Bekerja bersama puskesmas tanpa menjadi pegawainya: mitra.",
                  "Works with the centre without being staff: mitra."), "mitra"),
        Case(Text("Pemasok obat dan alat kesehatan", "The supplier of medicines and equipment"), EXTERNAL,
             Text("Penyedia, dengan nama perusahaannya.",
                  "A supplier, with the company's name."), "penyedia"),
    ),
    UnitKind.HOSPITAL: (
        Case(Text("Dokter spesialis tamu yang praktik dua hari sepekan",
                  "A visiting specialist two days a week"), INTERNAL,
             Text("Menjalankan tugas utama rumah sakit. Isi mulai_unit menurut surat tugasnya.",
                  "Does the hospital's main work. Fill in mulai_unit from the letter of assignment.")),
        Case(Text("Keluarga yang mengurus administrasi pasien rawat inap",
                  "A relative who did the paperwork of an in-patient"),
             EXTERNAL, Text("Pengguna layanan: ia yang berhadapan dengan loket dan kasir.",
                            "A user: she is the one who met counter and cashier.")),
        Case(Text("Teknisi perusahaan alat medis",
                  "A technician of the company that services the machines"), EXTERNAL,
             Text("Orang perusahaan lain, walaupun setiap hari ada di rumah sakit: penyedia.",
                  "Another firm's employee, even if in the house every day: a supplier."), "penyedia"),
    ),
    UnitKind.OFFICE: (
        Case(Text("Analis di bidang perizinan", "An analyst in the licensing section"), INTERNAL,
             Text("Menjalankan tugas utama dinas.", "Does the main work of the office.")),
        Case(Text("Pelaku usaha yang mengajukan izin tiga bulan lalu",
                  "A trader who applied for a licence three months ago"),
             EXTERNAL, Text("Pengguna layanan, juga bila izinnya ditolak.",
                            "A user, also if the licence was refused.")),
        Case(Text("Konsultan yang mengerjakan dokumen perencanaan",
                  "A consultant who wrote a planning document"), EXTERNAL,
             Text("Terikat kontrak dari luar: penyedia. Honor dari dinas tidak menjadikannya pegawai.",
                  "Bound by a contract from outside: a supplier. A fee makes nobody staff."), "penyedia"),
    ),
    UnitKind.DISTRICT: (
        Case(Text("Kepala seksi di kecamatan", "A section head in the district office"), INTERNAL,
             Text("Pegawai. Camat pun dicantumkan, dengan kepala_unit = Y.",
                  "Staff. The head of district is listed too, with kepala_unit = Y.")),
        Case(Text("Warga yang mengurus surat pengantar nikah",
                  "A resident who needed a letter for a wedding"), EXTERNAL,
             Text("Pengguna layanan.", "A user.")),
    ),
    UnitKind.VILLAGE: (
        Case(Text("Staf kelurahan", "Staff of the urban village office"), INTERNAL,
             Text("Pegawai instansi. Ketua RT dan RW bukan pegawai.",
                  "Staff. Heads of neighbourhoods are not.")),
        Case(Text("Ketua RT yang mengantar berkas warga setiap pekan",
                  "A neighbourhood head who brings papers every week"),
             EXTERNAL, Text("Bekerja bersama kelurahan dari luar: mitra.",
                            "Works with the office from outside: mitra."),
             "mitra"),
    ),
    UnitKind.SERVICE: (
        Case(Text("Penguji kendaraan di UPT pengujian", "An inspector at the vehicle-testing unit"), INTERNAL,
             Text("Pegawai UPT; kode_lokus adalah UPT, bukan dinas induknya.",
                  "Staff of the unit; kode_lokus is the unit, not its parent office.")),
        Case(Text("Sopir yang kendaraannya diuji bulan lalu",
                  "A driver whose vehicle was tested last month"), EXTERNAL,
             Text("Pengguna layanan, bila ia datang sendiri.", "A user, if he came himself.")),
    ),
    UnitKind.DIRECTORATE: (
        Case(Text("Pegawai tugas belajar yang belum kembali",
                  "An official on study leave, not back yet"), INTERNAL,
             Text("Tetap dicantumkan; isi tugas_utama = T selama ia tidak bertugas.",
                  "Listed all the same; tugas_utama = T while she is away.")),
        Case(Text("Pejabat daerah yang mengurus rekomendasi di direktorat",
                  "A regional official who needed a recommendation"),
             EXTERNAL, Text("Pegawai instansi lain adalah pengguna bagi direktorat ini.",
                            "Staff of another institution are users here.")),
    ),
    UnitKind.BRANCH: (
        Case(Text("Pegawai kantor wilayah yang dipindah dari pusat lima bulan lalu",
                  "Staff moved from the capital five months ago"),
             INTERNAL, Text("Dicantumkan dengan kedua tanggal; aturan edisi yang menghitung bulannya.",
                            "Listed with both dates; the edition's rules count the months.")),
        Case(Text("Pemohon paspor, sertifikat atau layanan kantor wilayah",
                  "Somebody who applied for a passport or a deed"),
             EXTERNAL, Text("Pengguna layanan, dengan tanggal layanan terakhir.",
                            "A user, with the date of the last service.")),
    ),
}  # fmt: skip


def cases(units: frozenset[UnitKind], admitted: frozenset[str]) -> tuple[Case, ...]:
    """Cases of these kinds of units, then those of any; `admitted` are the codes the edition knows."""
    own = (case for kind in UnitKind if kind in units for case in BY_UNIT[kind])
    return tuple(case for case in (*own, *EVERYWHERE) if not case.kind or case.kind in admitted)
