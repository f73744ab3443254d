"""The verbs of response: take in what the offline tally wrote."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from bening.core.problems import refuse
from bening.web.registry.models import Round
from bening.web.registry.steps import record
from bening.web.response.models import Label, Reply, Tally, Text
from bening.web.sample.hatch import StratumCount, strata

FILES = ("answers.jsonl", "texts.jsonl", "codes.txt", "report.json")
BATCH = 2000
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # of receipt codes


def tally_digest(folder: Path) -> str:
    """SHA-256 over the four files' digests, as the trustees announce it."""
    return sha256(b"".join(sha256((folder / name).read_bytes()).digest() for name in FILES)).hexdigest()


@transaction.atomic
def import_tally(*, by: str, round: Round, folder: Path, counts: Path, digest: str) -> Tally:
    """Write labels and replies from the tally's files and the gate's public counts; once a round.

    Refuses files whose digest is not the announced one.
    """
    Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    known = Tally.objects.filter(round=round).first()
    if known:
        return known
    if tally_digest(folder) != digest:
        raise refuse("BALLOT-150", digest=digest)
    report, public = read(folder / "report.json", round), read(counts, round)
    tally = Tally.objects.create(
        round=round, digest=digest, manifest=report["manifest"], totals=report["totals"]
    )
    labels = write_labels(tally, report, strata(round), public["labels"])
    Reply.objects.bulk_create(replies(folder, labels), batch_size=BATCH)
    Text.objects.bulk_create(
        [
            Text(label=labels[label], item=item, text=text)
            for label, item, text in lines(folder / "texts.jsonl")
        ],
        batch_size=BATCH,
    )
    publish_codes(folder / "codes.txt", settings.CLIENT_DIR / "codes")
    record(by=by, verb="import_tally", on=round.code, detail={"digest": digest, "labels": len(labels)})
    return tally


def publish_codes(codes: Path, folder: Path) -> None:
    """The receipt codes of everything that was counted, whole and by their first two characters.

    A phone fetches the part its own code would stand in, so the server does not learn the code.
    """
    folder.mkdir(parents=True, exist_ok=True)
    parts: dict[str, list[str]] = {first + second: [] for first in ALPHABET for second in ALPHABET}
    for line in codes.read_text(encoding="ascii").splitlines():
        parts[line[:2]].append(line)
    for name, rows in {**parts, "all": sorted(row for part in parts.values() for row in part)}.items():
        part = folder / f".{name}.part"
        part.write_text("".join(f"{row}\n" for row in rows), encoding="ascii")
        part.replace(folder / f"{name}.txt")


def read(path: Path, round: Round) -> dict[str, Any]:
    """A file that names its round (BALLOT-151)."""
    table: dict[str, Any] = json.loads(path.read_text())
    if table.get("round") != round.code:
        raise refuse("BALLOT-151", name=path.name, round=round.code)
    return table


def write_labels(
    tally: Tally, report: dict[str, Any], design: list[StratumCount], issued: dict[str, dict[str, int]]
) -> dict[str, Label]:
    """One row a published label: the design counts of all its member strata, empty ones too."""
    by_label = {row.label: row for row in design}
    made = {}
    for name, row in report["labels"].items():
        parts = [by_label[stratum] for stratum in row["strata"]]
        institutions, units = {part.institution for part in parts}, {part.unit for part in parts}
        made[name] = Label(
            tally=tally,
            label=name,
            group=parts[0].group,
            institution=institutions.pop() if len(institutions) == 1 else None,
            unit=units.pop() if len(units) == 1 else None,
            strata=row["strata"],
            population=sum(part.population for part in parts),
            sampled=sum(part.sampled for part in parts),
            issued=sum(issued[stratum]["issued"] for stratum in row["strata"]),
            reissued=sum(issued[stratum]["reissued"] for stratum in row["strata"]),
            counted=row["counted"],
        )
    Label.objects.bulk_create(made.values())
    return made


def lines(path: Path) -> Iterator[Any]:
    """The records of a JSON-lines file."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def replies(folder: Path, labels: dict[str, Label]) -> Iterator[Reply]:
    """The records of the answer file with their line as their only order."""
    for place, (label, answers, paradata, *_) in enumerate(lines(folder / "answers.jsonl"), 1):
        yield Reply(label=labels[label], place=place, answers=answers, paradata=paradata)
