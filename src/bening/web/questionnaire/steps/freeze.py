"""Taking a questionnaire in, and freezing it: from then on a version never changes."""

import hashlib
from datetime import datetime

from django.db import transaction

from bening.core.problems import refuse
from bening.core.questionnaire import dump, load
from bening.web.questionnaire.models import Draft, Instrument
from bening.web.questionnaire.steps.forms import read_form
from bening.web.registry.models import Audit, Round
from bening.web.registry.steps import record


@transaction.atomic
def freeze_instrument(*, by: str, round: Round, data: bytes) -> Instrument:
    """Check a questionnaire and freeze it for the round; the same one again changes nothing."""
    form = load(data)
    body = dump(form)
    digest = hashlib.sha256(body).hexdigest()
    known = Instrument.objects.filter(round=round, name=form.name, version=form.version).first()
    if known is None and Audit.objects.filter(verb="freeze_round", on=round.code).exists():
        raise refuse("QUEST-129", round=round.code)
    row, new = Instrument.objects.get_or_create(
        round=round,
        name=form.name,
        version=form.version,
        defaults={"group": form.group, "body": body, "digest": digest},
    )
    if row.digest != digest:
        raise refuse("QUEST-126", name=form.name, version=form.version)
    if new:
        record(by=by, verb="freeze_instrument", on=f"{round.code}/{form.name}", detail={"digest": digest})
    return row


@transaction.atomic
def import_xlsform(*, by: str, round: Round, data: bytes, name: str, now: datetime) -> Draft | Instrument:
    """Check an XLSForm and keep it as a draft, which replaces an earlier one; a frozen version stays."""
    form = read_form(data, name=name, edition=round.edition)
    body = dump(form)
    digest = hashlib.sha256(body).hexdigest()
    frozen = Instrument.objects.filter(round=round, name=form.name, version=form.version).first()
    if frozen:
        if frozen.digest != digest:
            raise refuse("QUEST-126", name=form.name, version=form.version)
        return frozen
    facts = {"group": form.group, "body": body, "digest": digest, "file": name[-200:], "by": by}
    kept = Draft.objects.filter(round=round, name=form.name, version=form.version, digest=digest).first()
    if kept:
        return kept
    row, _ = Draft.objects.update_or_create(
        round=round, name=form.name, version=form.version, defaults=facts | {"received": now}
    )
    record(by=by, verb="import_xlsform", on=f"{round.code}/{form.name}", detail={"digest": digest})
    return row


@transaction.atomic
def freeze_draft(*, by: str, draft: Draft) -> Instrument:
    """Freeze a draft; the draft goes, the version stays."""
    row = freeze_instrument(by=by, round=draft.round, data=bytes(draft.body))
    draft.delete()
    return row
