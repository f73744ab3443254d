"""Close a round: counts leave the locked room as a file that everybody may read."""

import json
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction

from bening.core.kinds import DeliveryState
from bening.core.problems import refuse
from bening.web.fieldwork.gate import steps as gate
from bening.web.fieldwork.models import Delivery, Manifest
from bening.web.registry.models import Audit, Round
from bening.web.registry.steps import record

OPEN = (DeliveryState.QUEUED, DeliveryState.LEASED)


@transaction.atomic
def close_round(*, by: str, round: Round) -> Path:
    """Cancel what is still queued and write `counts.json`: sampled, issued and re-issued by stratum label."""
    if Audit.objects.filter(verb="purge_round", on=round.code).exists():
        raise refuse("FIELD-123", round=round.code)  # the file would say zero
    Delivery.objects.filter(wave__round=round, state__in=OPEN).update(
        state=DeliveryState.CANCELLED, reason="window_closed", lease_until=None
    )
    counts = gate.counts()
    labels = {
        label: dict(zip(("sampled", "issued", "reissued"), counts.get(kid, (0, 0, 0)), strict=True))
        for label, kid in Manifest.objects.get(round=round).keys.items()
    }
    path: Path = settings.DATA_DIR / "counts" / f"{round.code}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"round": round.code, "labels": labels}, sort_keys=True, indent=1)
    part = path.with_suffix(".part")
    part.write_text(text)
    part.rename(path)
    said: dict[str, object] = {"counts": sha256(text.encode()).hexdigest()}
    if not Audit.objects.filter(verb="close_round", on=round.code, detail=said).exists():
        record(by=by, verb="close_round", on=round.code, detail=said)
    return path
