"""When a round is over, the locked rooms forget: fieldwork, then the sample, then the frame; and outreach the
addresses of offices.

What stays is the design, the public digests, counts by stratum and the audit trail. The proof counts every
table of a locked room that has a personal or participation field, found by its `class Privacy`, before and
after: a table that no purge empties stops the whole.
"""

import hashlib
import time
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.db import connections, transaction  # raw SQL in `rewrite` and `wait_for_readers` alone
from django.db.backends.utils import CursorWrapper
from django.db.models import Model, Q

from bening.core import canonical
from bening.core.problems import refuse
from bening.web.fieldwork.gate import steps as gate
from bening.web.fieldwork.gate.models import Invite, Right
from bening.web.fieldwork.models import (
    Attempt,
    Batch,
    CheckCode,
    Delivery,
    Feedback,
    Manifest,
    Plea,
    Registration,
    Tablet,
    Visit,
    VisitDraw,
    Wave,
)
from bening.web.frame import steps as frame
from bening.web.outreach import steps as outreach
from bening.web.outreach.models import Head
from bening.web.registry.models import Audit, Round
from bening.web.registry.steps import record
from bening.web.sample import steps as sample

ROOMS = ("fieldwork", "sample", "frame")  # the locked rooms, in the order in which they forget
SECRET = ("personal", "participation")
TRIES = 600  # a tenth of a second each
OLDER = """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
    AND pid <> pg_backend_pid() AND backend_xmin IS NOT NULL
    AND backend_xmin::text::bigint < %s %% 4294967296"""
Counts = dict[str, int]


def purge_round(*, by: str, round: Round, now: datetime) -> dict[str, list[int]]:
    """Empty the locked rooms of a closed round; rows before and after by table. Again changes nothing.

    Refused until the round is closed and the days for objections are over (FIELD-120).
    """
    due = due_at(round)
    if due is None or now < due:
        raise refuse("FIELD-120", round=round.code, due=due.date().isoformat() if due else "–")
    with transaction.atomic():
        Round.objects.select_for_update(no_key=True).get(pk=round.pk)
        before = counts(round)
        proof = emptied(by, round, before) if any(before.values()) else {name: [0, 0] for name in before}
    rewrite()
    return proof


def due_at(round: Round) -> datetime | None:
    """When the round may be purged: so many days after it was closed; None while it is open."""
    closed = Audit.objects.filter(verb="close_round", on=round.code).last()
    return closed.at + timedelta(days=settings.OBJECTION_DAYS) if closed else None


def emptied(by: str, round: Round, before: Counts) -> dict[str, list[int]]:
    """Every room in its order, then the proof; rolled back if a table still holds a row (FIELD-121)."""
    purge(by=by, round=round)
    sample.purge(by=by, round=round)
    outreach.purge_addresses(by=by, round=round)
    frame.purge(by=by, round=round)
    kids = list(Manifest.objects.filter(round=round).values_list("keys", flat=True))
    gate.forget(kids=[kid for keys in kids for kid in keys.values()])
    after = counts(round)
    left = [name for name, rows in after.items() if rows]
    if left:
        raise refuse("FIELD-121", tables=", ".join(left))
    proof = {name: [before[name], after[name]] for name in sorted(before)}
    digest = hashlib.sha256(canonical.dump(proof)).hexdigest()
    record(by=by, verb="purge_round", on=round.code, detail={"tables": proof, "digest": digest})
    return proof


@transaction.atomic
def purge(*, by: str, round: Round) -> Counts:
    """Delete who was invited, how each message went, and the check codes."""
    said = {
        "attempts": Attempt.objects.filter(delivery__wave__round=round).delete()[0],
        "deliveries": Delivery.objects.filter(wave__round=round).delete()[0],
        "letter batches": Batch.objects.filter(wave__round=round).delete()[0],
        "waves": Wave.objects.filter(round=round).delete()[0],
        "check codes": CheckCode.objects.filter(round=round).delete()[0],
        "visits": Visit.objects.filter(round=round).delete()[0],
        "visit draws": VisitDraw.objects.filter(round=round).delete()[0],
        "tablets": Tablet.objects.filter(round=round).delete()[0],
        "reports": Feedback.objects.filter(round=round).delete()[0],
        "pleas": Plea.objects.filter(round=round).delete()[0],
        "registrations": Registration.objects.filter(round=round).delete()[0],
    }
    record(by=by, verb="purge_fieldwork", on=round.code, detail=dict(said))
    return said


def counts(round: Round) -> Counts:
    """Rows of this round in every table that says who somebody is, was drawn or has answered."""
    found = {
        model._meta.db_table: model._default_manager.filter(own(model, round)).count() for model in secret()
    }
    kids = [
        kid
        for keys in Manifest.objects.filter(round=round).values_list("keys", flat=True)
        for kid in keys.values()
    ]
    return found | {f"gate.{name}": rows for name, rows in gate.held(kids=kids).items()}


def secret() -> Iterator[type[Model]]:
    """The tables of the locked rooms with a personal or participation field."""
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            if any(getattr(model.Privacy, kind, ()) for kind in SECRET):  # type: ignore[attr-defined]
                yield model


def own(model: type[Model], round: Round) -> Q:
    """The condition that a row belongs to a round, along its foreign keys (FIELD-122)."""
    paths = list(ways(model, ()))
    if not paths:
        raise refuse("FIELD-122", table=model._meta.db_table)
    return Q(**{min(paths, key=len): round})


def ways(model: type[Model], seen: Collection[type[Model]]) -> Iterator[str]:
    """Every way along foreign keys from a table to the round."""
    for field in model._meta.fields:
        target = field.related_model
        if target is Round:
            yield field.name
        elif isinstance(target, type) and issubclass(target, Model) and target not in seen:
            yield from (f"{field.name}__{rest}" for rest in ways(target, (*seen, model)))


def rewrite() -> None:
    """VACUUM FULL of the emptied tables, so that deleted row versions are gone from their files.

    It cannot run inside a transaction and does not reach the write-ahead log or backups. Refused while
    somebody still reads as of before the deletion (FIELD-124): the server would keep what they may see.
    """
    places: dict[str, list[type[Model]]] = {"default": [*secret(), Head], "gate": [Right, Invite]}
    for alias, models in places.items():
        with connections[alias].cursor() as cursor:
            wait_for_readers(cursor)
            for model in models:
                cursor.execute(f'VACUUM FULL "{model._meta.db_table}"')


def wait_for_readers(cursor: CursorWrapper) -> None:
    """Until no other snapshot of this database is older than now; the server's own statistics take one."""
    cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
    (now,) = cursor.fetchone()
    for _ in range(TRIES):
        cursor.execute(OLDER, [now])
        if cursor.fetchone() == (0,):
            return
        time.sleep(0.1)
    raise refuse("FIELD-124")
