"""What lets an outsider check a release: manifest, public log, counts, codes. All of it is public already."""

from django.conf import settings

from bening.core.canonical import dump
from bening.web.registry.models import Round
from bening.web.response.models import Label, Tally

FOLDER = "proof"
COUNTS = ("sampled", "issued", "reissued", "counted")


def files(round: Round) -> dict[str, bytes]:
    """The files of `proof/`; none for a round whose tally did not come through a log."""
    log, client = settings.LOG_DIR, settings.CLIENT_DIR
    if not (log / "leaves").exists():
        return {}
    sources = {
        "manifest.json": client / "m" / "manifest.json",
        "manifest.jsonl": client / "m" / "manifest.jsonl",
        "leaves": log / "leaves",
        "checkpoints": log / "checkpoints",
        "codes.txt": client / "codes" / "all.txt",
    }
    found = {f"{FOLDER}/{name}": path.read_bytes() for name, path in sources.items()}
    return {**found, f"{FOLDER}/counts.json": counts(Tally.objects.get(round=round))}


def counts(tally: Tally) -> bytes:
    """How many were drawn, used their right, and were counted, by published label."""
    rows = Label.objects.filter(tally=tally)
    labels = {
        row.label: {"strata": row.strata, **{name: getattr(row, name) for name in COUNTS}} for row in rows
    }
    return dump({"labels": labels, "tally": tally.digest, "totals": tally.totals})
