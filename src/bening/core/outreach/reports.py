"""Rules of sending: how reports about one attempt merge, and what a delivery shows of its attempts."""

from collections.abc import Iterable

from bening.core.kinds import Attempted, DeliveryState

RANK = {"held": 0, "accepted": 1, "sent": 2, "failed": 3, "delivered": 4}


def merge(one: Attempted | None, other: Attempted) -> Attempted:
    """Join two reports of one attempt: the higher rank wins, a tie keeps the smaller (at, code).

    Commutative, associative and idempotent, because webhooks come late, twice and in any order.
    """
    if one is None:
        return other
    if RANK[one.status] != RANK[other.status]:
        return max(one, other, key=lambda report: RANK[report.status])
    return min(one, other, key=lambda report: (report.at, report.code))


def shown(attempts: Iterable[Attempted]) -> tuple[DeliveryState, bool]:
    """State of a delivery from its attempts in order, and whether two were taken (possible duplicate).

    The latest attempt shows, except that a delivered one always wins. Whatever is reported was taken; also
    what failed, because it may still arrive.
    """
    reports = list(attempts)
    if any(report.status == "delivered" for report in reports):
        return DeliveryState.DELIVERED, len(reports) > 1
    return DeliveryState(reports[-1].status), len(reports) > 1
