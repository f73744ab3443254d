"""What stands in a roster template beside the empty columns: instructions, examples, reference lists."""

from collections.abc import Iterator, Mapping
from datetime import date

from bening.core.frame.cases import Case, cases
from bening.core.frame.columns import CATEGORIES, SOURCES, columns
from bening.core.frame.dates import add_months
from bening.core.kinds import Group, Method, Text, UnitKind

GROUPS: Mapping[Group, Text] = {
    Group.INTERNAL: Text(
        "INTERNAL: orang yang bekerja di unit ini, apa pun statusnya (PNS, PPPK, non-ASN).",
        "INTERNAL: people who work in this unit, whatever their status (PNS, PPPK, other).",
    ),
    Group.EXTERNAL: Text(
        "EKSTERNAL: orang luar yang berurusan langsung dengan unit ini: pengguna layanan, penyedia, mitra.",
        "EXTERNAL: outsiders who dealt with this unit themselves: users, suppliers, partners.",
    ),
    Group.EXPERT: Text(
        "EKSPER: orang luar yang mengenal instansi karena profesinya: pemeriksa, wartawan, akademisi.",
        "EXPERT: outsiders who know the institution by profession: auditors, journalists, academics.",
    ),
}
NOBODY = Text("TIDAK DICANTUMKAN", "ON NO LIST")
BASICS = (
    Text("Cantumkan SEMUA orang, bukan pilihan. Siapa yang disurvei diundi oleh lembaga survei.",
         "List EVERYBODY, not a selection. The survey agency draws by lot who is asked."),
    Text("Satu orang hanya di satu daftar. Tanyakan: hubungan apa yang dimiliki orang ini dengan unit kami?",
         "Nobody stands on two lists. Ask: what is this person to our unit?"),
    Text("Isi lembar pertama mulai baris 2, satu baris satu orang. Jangan mengubah judul kolom.",
         "Fill the first sheet from row 2 on, one row a person. Leave the headers as they are."),
    Text("Nomor ponsel harus milik orang itu sendiri. Tanpa nomor dan surel, ia tidak dapat dihubungi.",
         "The mobile number must be the person's own. Without number and e-mail nobody can reach them."),
    Text("Jangan menambah NIK, alamat, tanggal lahir atau keterangan kesehatan.",
         "Add no identity-card number, address, birth date or state of health."),
    Text("Lengkapi lembar Pengantar: asal data, tanggal, siapa yang memeriksa, apa yang belum ada.",
         "Complete the sheet Pengantar: source, date, who checked, what is missing."),
    Text("Berkas dapat kembali dengan sel berwarna dan komentar. Perbaiki di berkas itu, lalu kirim lagi.",
         "The file may come back with coloured cells and comments. Mend it there and send it again."),
)  # fmt: skip
LISTS: Mapping[str, Text] = {
    "Y": Text("ya", "yes"),
    "T": Text("tidak", "no"),
    "0": Text("tanpa eselon, termasuk jabatan fungsional", "no echelon, functional posts included"),
    "1": Text("eselon I", "echelon I"),
    "2": Text("eselon II", "echelon II"),
    "3": Text("eselon III", "echelon III"),
    "4": Text("eselon IV", "echelon IV"),
    "guru": Text("guru dan tenaga pendidik", "teachers"),
    "tenaga_kesehatan": Text("dokter, perawat, bidan dan sejenisnya", "doctors, nurses, midwives"),
    "pelayanan": Text("petugas loket dan pelayanan", "counter and service staff"),
    "administrasi": Text("keuangan, kepegawaian, persuratan", "finance, personnel, correspondence"),
    "teknis": Text("tugas teknis unit", "technical work of the unit"),
    "lainnya": Text("selain itu", "any other"),
    "buku_tamu": Text("buku tamu", "visitor book"),
    "sistem_layanan": Text("sistem atau register layanan", "service system or register"),
    "kontrak": Text("kontrak dan surat pesanan", "contracts and orders"),
    "daftar_mandiri": Text("mendaftar sendiri", "registered by themselves"),
}
Line = tuple[str, str, str]  # topic, Indonesian, English


def guide(group: Group, method: Method, units: frozenset[UnitKind]) -> list[Line]:
    """The instruction sheet of a group's template, with cases from these kinds of units (all if none)."""
    lines: list[Line] = [("Petunjuk / Instructions", "Bahasa Indonesia", "English")]
    lines += [("", text.id, text.en) for text in BASICS]
    lines += [("Kelompok / Groups" if one == group else "", t.id, t.en) for one, t in GROUPS.items()]
    admitted = frozenset(code for kinds in method.kinds.values() for code in kinds)
    for case in cases(units or frozenset(UnitKind), admitted):
        lines += [told(case)]
    lines += [("Kolom / Columns", "", "")]
    for column in columns(group, method):
        mark = " *" if column.required else ""
        lines.append((f"{column.header}{mark}", column.note.id, column.note.en))
    lines += rules(group, method)
    return lines


def told(case: Case) -> Line:
    """A case as a line: the list in the first column."""
    word = NOBODY.id if case.group is None else GROUPS[case.group].id.partition(":")[0]
    return word, f"{case.who.id}. {case.why.id}", f"{case.who.en}. {case.why.en}"


def rules(group: Group, method: Method) -> Iterator[Line]:
    """Who will be left out by this edition; these people are listed all the same."""
    texts = [
        (rule.text, {"found": "…", "value": rule.value}) for rule in method.eligibility[group] if rule.text
    ]
    if texts:
        edition = method.edition
        yield "Aturan / Rules", f"Edisi {edition} melewatkan orang ini:", f"Edition {edition} leaves out who:"
    for text, words in texts:
        yield "", text.id.format(**words), text.en.format(**words)


def meanings(group: Group, method: Method) -> Mapping[str, Text]:
    """What every code of the drop-down lists means."""
    return {**LISTS, **method.kinds.get(group, {})}


def examples(group: Group, method: Method, reference: date, locus: str) -> list[dict[str, str]]:
    """Invented people as they should be written, by header; nothing is wrong with any of them."""
    made = {Group.INTERNAL: staff, Group.EXTERNAL: users, Group.EXPERT: experts}[group](method, reference)
    headers = [column.header for column in columns(group, method)]
    return [{header: ({"kode_lokus": locus} | row).get(header, "") for header in headers} for row in made]


def staff(method: Method, reference: date) -> list[dict[str, str]]:
    """A teacher, a nurse on contract and a member of staff without civil-servant status."""
    long, short = add_months(reference, -120), add_months(reference, -40)
    common = {"eselon": "0", "kepala_unit": "T", "tugas_utama": "Y", "tugas_pendukung": "T"}
    number = f"19850101{long.year}{long.month:02}2001"
    return [
        common | {
            "nama": "Contoh Satu", "nip": number, "status": "PNS", "jabatan": "Guru Ahli Muda",
            "kategori": CATEGORIES[0], "mulai_instansi": long.isoformat(), "mulai_unit": short.isoformat(),
            "telepon": "081200000017", "email": "satu@contoh.id",
        },
        common | {
            "nama": "Contoh Dua", "nip": f"19900202{short.year}211002", "status": "PPPK",
            "jabatan": "Perawat", "kategori": CATEGORIES[1], "telepon": "+62 812-0000-0042",
            "mulai_instansi": short.isoformat(), "mulai_unit": short.isoformat(),
        },
        common | {
            "nama": "Contoh Tiga", "status": "NON_ASN", "jabatan": "Petugas loket",
            "kategori": CATEGORIES[2], "mulai_instansi": str(long.year), "mulai_unit": f"{short:%m/%Y}",
            "telepon": "081200000077", "email": "tiga@contoh.id",
        },
    ]  # fmt: skip


def users(method: Method, reference: date) -> list[dict[str, str]]:
    """One person of every kind that the edition admits."""
    bodies = {"penyedia": "CV Contoh Makmur", "mitra": "Yayasan Contoh"}
    sources = {"penyedia": SOURCES[2], "mitra": SOURCES[2]}
    return [
        {
            "nama": f"Contoh {'ABCDEFGH'[place]}", "jenis": kind, "badan": bodies.get(kind, ""),
            "layanan": "pengadaan" if kind == "penyedia" else "perizinan",
            "tanggal_layanan": add_months(reference, -4 - place).isoformat(), "perantara": "T",
            "sumber": sources.get(kind, SOURCES[0]), "telepon": f"08130000{place}0{place}1",
        }
        for place, kind in enumerate(method.kinds[Group.EXTERNAL])
    ]  # fmt: skip


def experts(method: Method, reference: date) -> list[dict[str, str]]:
    """An expert of the first and of the last kind that the edition admits."""
    admitted = list(method.kinds[Group.EXPERT]) or ["akademisi"]
    retired = {"pensiun": add_months(reference, -30).isoformat(), "eselon_terakhir": "3", "badan": "-"}
    return [
        {
            "nama": f"Contoh {'AB'[place]}", "kode_lokus": "", "jabatan": "Ketua tim", "jenis": kind,
            "badan": "Lembaga Contoh", "telepon": f"0814000{place}003{place}",
        } | (retired if kind == "pensiunan" else {})
        for place, kind in enumerate(dict.fromkeys((admitted[0], admitted[-1])))
    ]  # fmt: skip
