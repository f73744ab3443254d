"""The upload gate: what a file must be before any parser sees it.

Every limit is about one hostile file that brings a spreadsheet parser down; tests/files holds each of them.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from bening.core.kinds import Place
from bening.core.problems import Refused, refuse

WORKBOOK_BYTES = 10_000_000
CSV_BYTES = 250_000_000
PARTS = 200
UNPACKED_BYTES = 100_000_000  # of all parts, counted while unpacking: headers of a zip lie
PART_BYTES = 1_000_000  # a part may always be this large …
RATIO = 200  # … and beyond that this many times its packed size
LAST_ROW = 1_000_000
LAST_COLUMN = 60  # BH
ROW_BYTES = 20  # a row that holds something takes at least as many
CHUNK = 1 << 16
OVERLAP = 64  # a cell reference cut by a chunk's end is seen in the next one

FORBIDDEN = re.compile(r"vbaproject|externallink|embeddings|activex|oleobject", re.IGNORECASE)
DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
BLANKS = bytes.maketrans(b"\t\r\n", b"   ")
# Both begin with plain letters, so that long stretches without them are skipped at memory speed.
FAR_COLUMN = re.compile(rb""" r *= *["'](?:[A-Z]{3,}|[C-Z][A-Z]|B[I-Z])\d""")
FAR_ROW = re.compile(rb""" r *= *["'][A-Z]{0,3}(\d{6,})["']""")
WORKBOOK = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"
Why = tuple[str, str]


def admit(data: bytes, *, name: str, size: int | None = None) -> str:
    """`xlsx` or `csv`; refuses everything else (FRAME-180) and everything dangerous (FRAME-181).

    Of a CSV the beginning is enough, with the `size` of the whole file.
    """
    if data.startswith(WORKBOOK):
        admit_workbook(data, name)
        return "xlsx"
    if data.startswith(OLE):
        raise unreadable(
            name, ("berkas bersandi atau format Excel lama", "it has a password or is an old Excel file")
        )
    if not data or data.isspace():
        raise unreadable(name, ("berkas kosong", "it is empty"))
    if (size or len(data)) > CSV_BYTES:
        raise refused(name, ("lebih dari 250 MB", "it is larger than 250 MB"))
    if b"\0" in data[:CHUNK] or name.lower().endswith((".xlsx", ".xlsm", ".xls", ".ods")):
        raise unreadable(name, ("bukan buku kerja Excel atau CSV", "it is neither an Excel workbook nor CSV"))
    return "csv"


def admit_workbook(data: bytes, name: str) -> None:
    """Everything that can be known about a workbook without parsing it."""
    if len(data) > WORKBOOK_BYTES:
        raise refused(name, ("lebih dari 10 MB", "it is larger than 10 MB"))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_names(archive.infolist(), name)
            total = 0
            for part in archive.infolist():
                for size in unpack(archive, part, name):
                    total += size
                    if total > UNPACKED_BYTES:
                        raise refused(name, ("isinya lebih dari 100 MB", "it unpacks to more than 100 MB"))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as bad:
        raise unreadable(name, ("buku kerja rusak", "the workbook is damaged")) from bad


def check_names(parts: list[zipfile.ZipInfo], name: str) -> None:
    """Number and names of the parts."""
    if len(parts) > PARTS:
        raise refused(name, ("terlalu banyak bagian", "it has too many parts"))
    names = {part.filename for part in parts}
    if len(names) < len(parts):
        raise refused(name, ("ada bagian dobel", "a part stands twice"))
    for part in names:
        if part.startswith("/") or "\\" in part or ":" in part or ".." in PurePosixPath(part).parts:
            raise refused(
                name, ("nama bagian menunjuk ke luar berkas", "a part's name points outside the file")
            )
        if FORBIDDEN.search(part):
            raise refused(
                name, ("ada makro, tautan luar atau objek sisipan", "it holds a macro, link or object")
            )
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise unreadable(name, ("bukan buku kerja Excel", "it is not an Excel workbook"))


def unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> Iterator[int]:
    """Sizes of the unpacked chunks of a part, each looked at as it comes and thrown away."""
    allowed = max(PART_BYTES, RATIO * part.compress_size)
    tail, size, last = b"", 0, 0
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            if not size and DECLARATION.search(chunk[:4096]):
                raise refused(name, ("ada deklarasi XML", "it holds an XML declaration"))
            size += len(chunk)
            if size > allowed:
                raise refused(
                    name, ("ada bagian yang mengembang berlebihan", "a part unpacks out of proportion")
                )
            last = max(last, last_row((tail + chunk).translate(BLANKS), name))
            tail = chunk[-OVERLAP:]
            yield len(chunk)
    if last * ROW_BYTES > size:
        raise refused(name, ("ada sel yang jauh dari data", "a cell lies far from the data"))


def last_row(text: bytes, name: str) -> int:
    """The last row from 100,000 on; refuses a cell so far out that a parser would make room for too much."""
    last = max(map(int, FAR_ROW.findall(text)), default=0)
    if last > LAST_ROW or FAR_COLUMN.search(text):
        raise refused(
            name,
            (
                "ada sel di luar 1.000.000 baris atau 60 kolom",
                "a cell lies beyond 1,000,000 rows or 60 columns",
            ),
        )
    return last


def unreadable(name: str, why: Why) -> Refused:
    """FRAME-180."""
    return refuse("FRAME-180", Place(name), why=why[0], why_en=why[1])


def refused(name: str, why: Why) -> Refused:
    """FRAME-181."""
    return refuse("FRAME-181", Place(name), why=why[0], why_en=why[1])
