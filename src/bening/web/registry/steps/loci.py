"""Which units are loci of a round: the institution proposes, the agency decides."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction

from bening.core.problems import refuse
from bening.web.registry.models import Locus, Participant, Proposal, Round, Unit
from bening.web.registry.steps.audit import record
from bening.web.registry.steps.states import lists_frozen


@transaction.atomic
def decide_locus(*, by: str, round: Round, unit: Unit, listed: bool, answer: str = "") -> bool:
    """List a unit for the round or leave it out, and answer what was proposed about it; whether it changed.

    Refused once the lists are frozen (REGISTRY-113) and for an institution that takes no part (REGISTRY-120).
    """
    hold_open(round, unit)
    if listed:
        _, changed = Locus.objects.get_or_create(round=round, unit=unit)
    else:
        changed = bool(Locus.objects.filter(round=round, unit=unit).delete()[0])
    answered = settle(round=round, units=[unit], listed=listed, answer=answer)
    if changed or answered:
        detail: dict[str, object] = {"unit": place_of(unit), "listed": listed, "answer": answer}
        record(by=by, verb="decide_locus", on=round.code, detail=detail)
    return changed


@transaction.atomic
def propose_locus(*, by: str, round: Round, unit: Unit, wanted: bool, reason: str) -> Proposal:
    """What the institution proposes for a unit; a new proposal takes the place of an earlier one.

    Refused where nothing would change (REGISTRY-122) and once the lists are frozen (REGISTRY-113).
    """
    hold_open(round, unit)
    if Locus.objects.filter(round=round, unit=unit).exists() == wanted:
        raise refuse("REGISTRY-122", unit=unit.name)
    old = Proposal.objects.filter(round=round, unit=unit).first()
    if old and (old.wanted, old.reason, old.listed) == (wanted, reason, None):
        return old
    row, _ = Proposal.objects.update_or_create(
        round=round, unit=unit,
        defaults={
            "wanted": wanted, "reason": reason, "proposed": settings.NOW(), "proposer": by,
            "listed": None, "answer": "", "decided": None,
        },
    )  # fmt: skip
    detail: dict[str, object] = {"unit": place_of(unit), "wanted": wanted, "reason": reason}
    record(by=by, verb="propose_locus", on=round.code, detail=detail)
    return row


def settle(*, round: Round, units: Iterable[Unit], listed: bool, answer: str = "") -> int:
    """Write the decision beside what was proposed about these units and has no answer yet; how many."""
    waiting = Proposal.objects.filter(round=round, unit__in=list(units), listed=None)
    return waiting.update(listed=listed, answer=answer, decided=settings.NOW())


def hold_open(round: Round, unit: Unit) -> None:
    """Lock the round against the freeze of its lists; refuse if that was done, or if it is not the unit's."""
    Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    if lists_frozen(round):
        raise refuse("REGISTRY-113", round=round.code, what="lokus", what_en="the loci")
    if not Participant.objects.filter(round=round, institution=unit.institution_id).exists():
        raise refuse("REGISTRY-120", institution=unit.institution.name, round=round.code)


def place_of(unit: Unit) -> str:
    """Institution and unit as the trail names them."""
    return f"{unit.institution.code}/{unit.code}"
