"""What a staff list is compared with where somebody handed it in: people by unit and kind, job titles."""

import csv
import hashlib
from collections.abc import Collection, Iterator
from datetime import datetime

from django.db import transaction

from bening.core.frame import read_statistic
from bening.core.kinds import Place
from bening.core.problems import refuse
from bening.files import reader
from bening.files.gate import CHUNK
from bening.web.frame.models import Reference
from bening.web.registry.models import Institution, Round
from bening.web.registry.steps import record

LARGEST = 2_000_000  # bytes


@transaction.atomic
def load_reference(
    *, by: str, round: Round, institution: Institution, kind: str, data: bytes, name: str, now: datetime
) -> Reference:
    """Replaces an institution's personnel statistic or list of titles; refused whole (FRAME-180, 185, 191).

    It is used from the next list on; a list that was checked before stays as it was judged.
    """
    lines = list(READ[kind](data, name))
    facts = {"lines": lines, "digest": hashlib.sha256(data).hexdigest(), "received": now}
    row, _ = Reference.objects.update_or_create(
        round=round, institution=institution, kind=kind, defaults=facts
    )
    detail: dict[str, object] = {"lines": len(lines), "digest": row.digest}
    record(by=by, verb=f"load_{kind}", on=f"{round.code}/{institution.code}", detail=detail)
    return row


def read_people(data: bytes, name: str) -> Iterator[tuple[str, str, int]]:
    """Unit, category or status, people: `kode_lokus;kategori;jumlah`."""
    lines = ((line.row, line.cells) for line in reader.read(text(data, name), name=name))
    for (locus, kind), people in read_statistic(lines, file=name).items():
        yield locus, kind, people


def read_titles(data: bytes, name: str) -> list[str]:
    """Job titles, one a line, as they are compared."""
    lines = csv.reader(text(data, name).decode("utf-8-sig", "replace").splitlines())
    found = sorted(
        {cells[0].strip().casefold() for cells in lines if cells and cells[0].strip()} - {"jabatan"}
    )
    if not found:
        raise refuse("FRAME-191", Place(name))
    return found


def text(data: bytes, name: str) -> bytes:
    """A CSV file of a size that is held whole; everything else is refused (FRAME-180)."""
    if len(data) > LARGEST or b"\0" in data[:CHUNK] or data.startswith(b"PK"):
        why = ("bukan CSV, atau lebih dari 2 MB", "it is no CSV file, or larger than 2 MB")
        raise refuse("FRAME-180", Place(name), why=why[0], why_en=why[1])
    return data


READ = {"statistic": read_people, "titles": read_titles}


def statistic(round: Round, institution: Institution, loci: Collection[str]) -> dict[tuple[str, str], int]:
    """People by locus and kind; units that are no loci of the round are left out."""
    lines = lines_of(round, institution, "statistic")
    return {(locus, kind): people for locus, kind, people in lines if locus in loci}


def titles(round: Round, institution: Institution) -> frozenset[str]:
    """The reference list of job titles; empty where there is none."""
    return frozenset(lines_of(round, institution, "titles"))


def lines_of(round: Round, institution: Institution, kind: str) -> list:
    """The lines of a reference."""
    row = Reference.objects.filter(round=round, institution=institution, kind=kind).first()
    return row.lines if row else []
