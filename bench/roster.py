"""Checking large rosters: 100,000 rows of a workbook and 1,000,000 of CSV, each in a process of its own.

The large list is checked together with a small one of another institution that shares some of its staff, so
that duplicates across institutions are looked for on every row. Peak memory is that of the process and of the
child that parses workbooks, added up as if both peaked at once.
"""

import csv
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.core.management import execute_from_command_line
from openpyxl import Workbook

BARS = {
    "roster_100k_xlsx_s": "at most 20",
    "roster_100k_xlsx_peak_mb": "at most 500",
    "roster_1m_csv_s": "at most 90",
    "roster_1m_csv_peak_mb": "at most 500",
}
EDITION = "2025"
SETTINGS = {"DJANGO_SETTINGS_MODULE": "bening.web.config.settings.all"}
HEADERS = (
    "nama", "nip", "kode_lokus", "status", "jabatan", "eselon", "kepala_unit", "tugas_utama",
    "tugas_pendukung", "kategori", "mulai_instansi", "mulai_unit", "telepon", "email",
)  # fmt: skip
FIRST = ("Agus", "Budi", "Citra", "Dewi", "Eko", "Fitri", "Gilang", "Hana", "Indra", "Joko", "Maya", "Nur")
LETTERS = "abcdefghijklmnoprstuw"
FAULTY = 50  # every so many rows one has a fault
SHARED = 500  # people who stand on both lists
OTHER = 2_000  # rows of the small list


def measure() -> dict[str, float | int | str]:
    """Both lists, generated row by row and checked."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        other = write_csv(place / "other.csv", OTHER, "kab-b")
        book = write_workbook(place / "list.xlsx", 100_000, "kab-a")
        table = write_csv(place / "list.csv", 1_000_000, "kab-a")
        seconds, peak = check(other, book)
        long, high = check(other, table)
    return {
        "roster_100k_xlsx_s": seconds,
        "roster_100k_xlsx_peak_mb": peak,
        "roster_1m_csv_s": long,
        "roster_1m_csv_peak_mb": high,
    }


def check(*files: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of `bening roster check` on the files; it must find what was planted."""
    started = time.monotonic()
    command = [sys.executable, "-m", "bench.roster", *map(str, files)]
    done = subprocess.run(command, env=os.environ | SETTINGS, capture_output=True, text=True)
    seconds = time.monotonic() - started
    found = Counter(line[:9] for line in done.stdout.splitlines())
    assert found["FRAME-152"] == SHARED, (found, done.stderr[-2000:])
    assert found["FRAME-112"] >= 900, found
    return seconds, float(done.stderr.splitlines()[-1])


def person(dice: random.Random, number: int, age: int) -> list[str]:
    """One row without a fault; number and age at appointment make its staff number the only one."""
    name = f"{dice.choice(FIRST)} {''.join(dice.choices(LETTERS, k=7)).title()} {dice.choice(FIRST)}"
    serial, day, month = number % 1000, number // 1000 % 28 + 1, number // 28_000 % 12 + 1
    year = 1966 + number // 336_000 % 30
    start = year + age
    moved = f"{dice.randint(2021, 2023)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
    return [
        name, f"{year}{month:02}{day:02}{start}{dice.randint(1, 12):02}{dice.randint(1, 2)}{serial:03}",
        f"lokus-{dice.randint(1, 36):02}", "PNS", dice.choice(("Perawat", "Guru Ahli Muda")),
        "0", "T", "Y", "T", dice.choice(("guru", "tenaga_kesehatan", "teknis")),
        f"{start + 1}-{dice.randint(1, 12):02}-01", moved,
        f"08{dice.choice((12, 13, 21, 52, 57))}{dice.randint(0, 99_999_999):08}", f"u{number}@contoh.id",
    ]  # fmt: skip


def rows(count: int, code: str) -> Iterator[list[str]]:
    """The list of an institution; its first rows are people of every list, later ones its own."""
    common, own = random.Random(1), random.Random(code)
    ages = {"kab-a": 22, "kab-b": 24}
    for number in range(count):
        row = person(common, number, 20) if number < SHARED else person(own, number, ages[code])
        if number % FAULTY == FAULTY - 1 and number >= SHARED:
            row[-2] = "12345" if number % (2 * FAULTY) == FAULTY - 1 else f"021-555{number % 10000:04}"
        yield row


def notes(count: int, code: str) -> Iterator[list[str]]:
    """The submission sheet."""
    said = {
        "instansi": code, "kelompok": "internal", "sistem_sumber": "SIMPEG",
        "tanggal_ekstraksi": "2025-06-30", "disusun_oleh": "A", "diperiksa_oleh": "B", "kontak": "C",
        "jumlah_baris": str(count), "kekurangan": "tidak ada", "pernyataan": "Y",
    }  # fmt: skip
    return ([key, value] for key, value in said.items())


def write_csv(path: Path, count: int, code: str) -> Path:
    """A list as CSV."""
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, delimiter=";")
        out.writerows([f"#{key}", value] for key, value in notes(count, code))
        out.writerow(HEADERS)
        out.writerows(rows(count, code))
    return path


def write_workbook(path: Path, count: int, code: str) -> Path:
    """A list as a workbook, under the 10 MB that the gate admits."""
    book = Workbook(write_only=True)
    data, sheet = book.create_sheet("Data"), book.create_sheet("Pengantar")
    data.append(HEADERS)
    for row in rows(count, code):
        data.append(row)
    for line in notes(count, code):
        sheet.append(line)
    book.save(path)
    return path


def run(files: list[str]) -> None:
    """The command itself in this process; the last line on standard error is the peak in megabytes."""
    words = ["bening", "roster", "check", "--group", "internal", "--edition", EDITION, *files]
    try:
        execute_from_command_line(words)
    finally:
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        print((own + child) / 1024, file=sys.stderr)


if __name__ == "__main__":
    run(sys.argv[1:])
