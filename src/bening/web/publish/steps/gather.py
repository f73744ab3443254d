"""From the tables of a round to what the ground floor needs for a release."""

import csv
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from bening.core.kinds import Bound, InstitutionKind, Method, Place, PublicationStatus, Text
from bening.core.problems import refuse
from bening.core.publish.history import COLUMNS, Quoted, name_key, read_quoted
from bening.core.publish.shape import Heading, Key, Locus, Member
from bening.core.publish.tables import Figure
from bening.methods import known, load
from bening.web.estimate.models import Run, Score
from bening.web.quality.models import Status
from bening.web.registry.models import Locus as Listed
from bening.web.registry.models import Participant


def heading(run: Run, history: Path | None) -> Heading:
    """What stands over every page."""
    round_ = run.round
    demo = settings.DEPLOYMENT == "demo"
    digests = {name: str(digest) for name, digest in run.digests.items()}
    if history is not None:
        digests["history"] = hashlib.sha256(history.read_bytes()).hexdigest()
    return Heading(
        round=round_.code,
        name=round_.name,
        agency=round_.agency,
        survey=round_.survey,
        seed=run.seed,
        digests=digests,
        computed=run.created.astimezone(ZoneInfo(round_.timezone)).date().isoformat(),
        demo=demo,
        confidential=not demo,
    )


def members(run: Run) -> list[Member]:
    """The institutions of the round with status and loci; without a decision there is no release."""
    statuses = {row.institution_id: row for row in Status.objects.filter(round=run.round)}
    loci: dict[int, list[Locus]] = {}
    for listed in Listed.objects.filter(round=run.round).select_related("unit"):
        unit = listed.unit
        loci.setdefault(unit.institution_id, []).append(Locus(unit.code, unit.name, unit.kind))
    return [
        member(row, statuses.get(row.institution_id), tuple(loci.get(row.institution_id, ())))
        for row in Participant.objects.filter(round=run.round).select_related("institution")
    ]


def member(row: Participant, status: Status | None, loci: tuple[Locus, ...]) -> Member:
    """One institution of the round."""
    if status is None:
        raise refuse("PUBLISH-123", what=f"status ({row.institution.code})", round=row.round.code)
    return Member(
        code=row.institution.code,
        name=row.institution.name,
        kind=InstitutionKind(row.institution.kind),
        status=PublicationStatus(status.code),
        reason=Text(status.reason_id, status.reason_en) if status.reason_id else None,
        loci=loci,
    )


def figures(run: Run) -> dict[str, dict[Key, Figure]]:
    """The scores of a run by institution."""
    found: dict[str, dict[Key, Figure]] = {}
    for row in Score.objects.filter(run=run).select_related("institution", "unit"):
        figure = figure_of(row)
        if row.unit is None or row.level != "index":
            key = (figure.unit, figure.group, figure.dimension)
            found.setdefault(figure.institution, {})[key] = figure
    if not found:
        raise refuse("PUBLISH-123", what="score", round=run.round.code)
    return found


def figure_of(row: Score) -> Figure:
    """One score as a word of the ground floor."""
    return Figure(
        institution=row.institution.code,
        level=row.level,
        group=row.group,
        dimension=row.dimension,
        unit=row.unit.code if row.unit else "",
        value=row.value,
        se=row.se,
        lower=row.lower,
        upper=row.upper,
        n=row.n,
        flags=tuple(row.flags),
        rank_lower=row.rank_lower,
        rank_upper=row.rank_upper,
        p_top3=row.p_top3,
    )


def quotes(history: Path | None) -> dict[tuple[str, str], list[Quoted]]:
    """Published figures of earlier editions by institution; PUBLISH-120 when the file cannot be read."""
    found: dict[tuple[str, str], list[Quoted]] = {}
    for quoted in read_quoted(lines(history), history.name) if history else ():
        found.setdefault(name_key(quoted.institution), []).append(quoted)
    return found


def lines(history: Path) -> Iterable[Mapping[str, str]]:
    """The rows of a history file by column."""
    try:
        with history.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        words = {"word": type(error).__name__, "columns": ", ".join(COLUMNS)}
        raise refuse("PUBLISH-120", Place(file=history.name), **words) from error


def bounds(quoted: Iterable[Quoted], method: Method) -> dict[str, Sequence[Bound]]:
    """The classes of each edition that is quoted; none where the house knows no such edition."""
    editions = {quote.edition for quote in quoted}
    ids = {edition: f"spi-{edition}:{method.profile}" for edition in editions}
    return {edition: load(id_).bounds for edition, id_ in ids.items() if id_ in known()}
