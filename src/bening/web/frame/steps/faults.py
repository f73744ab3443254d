"""Faults with their words opened, for those who may read them: every look leaves a row in the audit trail."""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from bening.core.kinds import Place
from bening.core.problems import CATALOGUE, refuse
from bening.crypto import fields
from bening.files import writer
from bening.web.frame.models import Fault, Roster, Upload
from bening.web.frame.steps.keep import WORDS
from bening.web.frame.steps.load import AGENCY_ONLY, subject
from bening.web.frame.steps.marked import marked_file
from bening.web.frame.steps.uploads import opened, told_name
from bening.web.registry.models import Unit
from bening.web.registry.steps import record

TITLES = {
    "id": ("kode", "tingkat", "baris", "sel", "lokus", "temuan", "perbaikan"),
    "en": ("code", "severity", "row", "cell", "locus", "finding", "remedy"),
}
MARKABLE = 10_000_000  # bytes of a file that is marked while somebody waits


class Found(NamedTuple):
    """A fault in words."""

    code: str
    severity: str
    row: int | None
    cell: str
    unit: Unit | None
    what: str
    remedy: str


def faults(*, roster: Roster, agency: bool, unit: Unit | None = None) -> QuerySet[Fault]:
    """The faults somebody may know of: the agency all, an institution its own, a unit those of its rows."""
    rows = Fault.objects.filter(roster=roster)
    rows = rows if agency else rows.exclude(code__in=AGENCY_ONLY)
    return rows.filter(unit=unit) if unit else rows


@transaction.atomic
def open_faults(*, by: str, roster: Roster, rows: Iterable[Fault], what: str, language: str) -> list[Found]:
    """Opens the words of faults, which may quote a cell; one audit row for all of them."""
    secret = settings.SECRET("fields")
    found = [in_words(row, secret, language) for row in rows]
    if found:
        detail: dict[str, object] = {"what": what, "faults": len(found)}
        record(by=by, verb="open_faults", on=subject(roster), detail=detail)
    return found


def in_words(row: Fault, secret: bytes, language: str) -> Found:
    """One fault."""
    words = json.loads(fields.decrypt(secret, bytes(row.words), field=WORDS))
    entry = CATALOGUE[row.code]
    what, remedy = (
        (text.id if language == "id" else text.en).format(**words) for text in (entry.sentence, entry.remedy)
    )
    letter, _, header = row.column.partition(" ")
    cell = f"{letter}{row.row} {header}".strip() if row.row else ""
    return Found(row.code, row.severity, row.row, cell, row.unit, what, remedy)


def faults_csv(*, by: str, roster: Roster, rows: QuerySet[Fault], language: str) -> str:
    """The faults as CSV, nothing in it live."""
    found = open_faults(by=by, roster=roster, rows=rows.select_related("unit"), what="csv", language=language)
    lines: list[Sequence[str]] = [TITLES["id" if language == "id" else "en"]]
    for one in found:
        place = (str(one.row or ""), one.cell, one.unit.code if one.unit else "")
        lines.append((one.code, one.severity, *place, one.what, one.remedy))
    return writer.csv_text(lines)


@transaction.atomic
def marked_upload(*, by: str, roster: Roster) -> bytes:
    """The file of a version back with its faults marked; kept until the frame is frozen (FRAME-190)."""
    upload = Upload.objects.filter(roster=roster).order_by("-id").first()
    data = opened(upload) if upload and upload.size <= MARKABLE else bytearray()
    if upload and upload.size > MARKABLE:
        raise refuse("FRAME-188", Place(told_name(upload)))
    if upload is None or not data:
        raise refuse("FRAME-190")
    record(by=by, verb="open_faults", on=subject(roster), detail={"what": "marked file"})
    return marked_file(roster=roster, data=bytes(data), name=told_name(upload))
