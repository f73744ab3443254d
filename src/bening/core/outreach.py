"""Rules of sending: how reports about one attempt merge, and what a delivery shows of its attempts."""

from collections.abc import Iterable

from bening.core.kinds import Attempted, DeliveryState

RANK = {"held": 0, "accepted": 1, "sent": 2, "failed": 3, "delivered": 4}
TAKEN = ("held", "accepted", "sent", "delivered")


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
    """State of a delivery from its attempts in order, and whether two of them were taken (possible duplicate).

    The latest attempt shows, except that a delivered one always wins.
    """
    reports = list(attempts)
    taken = sum(report.status in TAKEN for report in reports)
    if any(report.status == "delivered" for report in reports):
        return DeliveryState.DELIVERED, taken > 1
    return DeliveryState(reports[-1].status), taken > 1
