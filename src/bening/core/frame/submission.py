"""The submission sheet: where a list comes from, who stands for it, what it lacks."""

from collections.abc import Iterable, Mapping, Sequence

from bening.core.frame.cells import YES
from bening.core.frame.columns import GROUP_WORDS, plain
from bening.core.frame.dates import read_date
from bening.core.kinds import Group, Place, Problem, Submission
from bening.core.problems import Refused

SHEET = "Pengantar"
COUNT = "jumlah_baris"
KEYS: Mapping[str, tuple[str, str]] = {
    "instansi": ("Kode instansi", "Code of the institution"),
    "kelompok": ("Kelompok: internal, eksternal atau eksper", "Group: internal, external or expert"),
    "sistem_sumber": ("Sistem atau catatan asal data", "System or records the data come from"),
    "tanggal_ekstraksi": ("Tanggal data diambil", "Date of extraction"),
    "disusun_oleh": ("Disusun oleh", "Prepared by"),
    "diperiksa_oleh": ("Diperiksa oleh", "Checked by"),
    "kontak": ("Narahubung dan nomornya", "Contact person and number"),
    "kekurangan": ("Kekurangan yang diketahui, atau: tidak ada", "Known gaps, or: none"),
    "pernyataan": ("Tidak ada orang yang sengaja ditinggalkan (Y)", "Nobody was left out on purpose (Y)"),
}  # fmt: skip


def read_submission(lines: Iterable[tuple[int, Sequence[str]]], *, group: Group, file: str) -> Submission:
    """The submission sheet as data; a missing or incomplete one refuses the whole file (FRAME-170, 177)."""
    values = {key(cells[0]): cells[1].strip() for _, cells in lines if len(cells) > 1 and cells[0].strip()}
    place = Place(file, SHEET)
    lacking = [name for name in KEYS if not values.get(name)]
    extracted = read_date(values.get("tanggal_ekstraksi", ""))
    if extracted is None and "tanggal_ekstraksi" not in lacking:
        lacking.append("tanggal_ekstraksi")
    if values.get("pernyataan", "").casefold() not in YES and "pernyataan" not in lacking:
        lacking.append("pernyataan")
    declared = counts(values)
    if not declared:
        lacking.append(COUNT)
    if lacking or extracted is None:
        raise Refused(Problem("FRAME-170", place, {"lacking": ", ".join(lacking)}))
    named = GROUP_WORDS.get(values["kelompok"].casefold())
    if named != group:
        words = {"what": "kelompok", "found": values["kelompok"][:40], "wanted": group.value}
        raise Refused(Problem("FRAME-177", place, words))
    return Submission(
        institution=values["instansi"],
        group=group,
        source=values["sistem_sumber"],
        extracted=extracted.last,
        prepared_by=values["disusun_oleh"],
        checked_by=values["diperiksa_oleh"],
        contact=values["kontak"],
        gaps=values["kekurangan"],
        declared=declared,
    )


def key(cell: str) -> str:
    """The key of a line; the locus code behind a colon stays as it is written."""
    head, colon, locus = cell.partition(":")
    return f"{plain(head)}{colon}{locus.strip()}"


def counts(values: Mapping[str, str]) -> dict[str, int]:
    """Declared rows: key `jumlah_baris` for the whole list, `jumlah_baris:<kode_lokus>` for one locus."""
    found = {}
    for name, value in values.items():
        head, _, locus = name.partition(":")
        if head == COUNT and value.isdigit():
            found[locus] = int(value)
    return found
