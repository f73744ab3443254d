"""Figures of earlier editions as others published them: quoted, never mended, never mixed with ours."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypedDict

from bening.core.kinds import Bound, InstitutionKind, Place
from bening.core.problems import refuse
from bening.core.publish.rounding import class_of, exact

COLUMNS = ("institution", "edition_year", "score_0_100", "certainty", "source_url", "note")
PREFIXES = {
    "kabupaten": InstitutionKind.REGENCY,
    "kab": InstitutionKind.REGENCY,
    "kota": InstitutionKind.CITY,
    "provinsi": InstitutionKind.PROVINCE,
    "prov": InstitutionKind.PROVINCE,
}
CONFLICT = "X"


@dataclass(frozen=True, slots=True)
class Quoted:
    """One published score. `edition` is empty where the source names no year: kept, never classed."""

    institution: str
    edition: str
    score: float
    certainty: str
    source: str
    note: str


class Past(TypedDict):
    """One point of an institution's history; `breaks` says why it must not be joined to the point before."""

    edition: str
    score: float
    lower: float | None
    upper: float | None
    class_code: str
    class_name: dict[str, str]
    mark: str
    certainty: str
    source: str
    note: str
    computed: bool
    breaks: list[str]  # bounds | gap | conflict | weights


def read_quoted(rows: Iterable[Mapping[str, str]], file: str) -> tuple[Quoted, ...]:
    """The rows of a history file; PUBLISH-120 names the row and column of the first that cannot be read."""
    found = []
    for number, row in enumerate(rows, start=2):
        for column in COLUMNS:
            if row.get(column) is None:
                raise refuse(
                    "PUBLISH-120",
                    Place(file=file, row=number, column=column),
                    word="–",
                    columns=", ".join(COLUMNS),
                )
        found.append(quoted(row, Place(file=file, row=number, column="score_0_100")))
    return tuple(found)


def quoted(row: Mapping[str, str], place: Place) -> Quoted:
    """One row of the file."""
    try:
        score = float(row["score_0_100"])
    except ValueError as error:
        raise refuse("PUBLISH-120", place, word=row["score_0_100"], columns=", ".join(COLUMNS)) from error
    if not 0 <= score <= 100:
        raise refuse("PUBLISH-120", place, word=row["score_0_100"], columns=", ".join(COLUMNS))
    return Quoted(
        institution=row["institution"].strip(),
        edition=row["edition_year"].strip(),
        score=score,
        certainty=row["certainty"].strip(),
        source=row["source_url"].strip(),
        note=row["note"].strip(),
    )


def name_key(name: str, kind: str = "") -> tuple[str, str]:
    """What two spellings of one government share: 'Kab. Mesuji' and 'Kabupaten Mesuji' are one."""
    first, _, rest = name.strip().casefold().partition(" ")
    found = PREFIXES.get(first.rstrip("."))
    return (
        (found.value, " ".join(rest.split())) if found and rest else (kind, " ".join(name.casefold().split()))
    )


def past(quotes: Sequence[Quoted], bounds: Mapping[str, Sequence[Bound]], now: Past | None) -> list[Past]:
    """The history of one institution: dated figures by edition, today's, then figures without a year.

    Each is classed by the bounds of its own edition; without a year there is no class.
    """
    dated = sorted((quote for quote in quotes if quote.edition), key=lambda quote: quote.edition)
    points = [point(quote, bounds.get(quote.edition, ())) for quote in dated]
    for before, after in pairwise(points):
        after["breaks"] = breaks(before, after, bounds)
    if now is not None:
        now["breaks"] = ["weights"] if points else []
        points.append(now)
    return points + [point(quote, ()) for quote in quotes if not quote.edition]


def point(quote: Quoted, bounds: Sequence[Bound]) -> Past:
    """One quoted figure with the class of its edition."""
    own = class_of(exact(quote.score), bounds)
    return Past(
        edition=quote.edition,
        score=quote.score,
        lower=None,
        upper=None,
        class_code=own.code if own else "",
        class_name=named(own),
        mark=own.mark if own else "",
        certainty=quote.certainty,
        source=quote.source,
        note=quote.note,
        computed=False,
        breaks=[],
    )


def named(bound: Bound | None) -> dict[str, str]:
    """The name of a class in both languages."""
    return {"id": bound.name.id, "en": bound.name.en} if bound else {"id": "", "en": ""}


def breaks(before: Past, after: Past, bounds: Mapping[str, Sequence[Bound]]) -> list[str]:
    """Why two figures may not be joined by a line (docs/methods/release.md)."""
    found = []
    if [b.lower for b in bounds.get(before["edition"], ())] != [
        b.lower for b in bounds.get(after["edition"], ())
    ]:
        found.append("bounds")
    if not adjacent(before["edition"], after["edition"]):
        found.append("gap")
    if CONFLICT in (before["certainty"], after["certainty"]):
        found.append("conflict")
    return found


def adjacent(before: str, after: str) -> bool:
    """Whether one edition follows the other without a year between."""
    return before.isdigit() and after.isdigit() and int(after) - int(before) == 1
