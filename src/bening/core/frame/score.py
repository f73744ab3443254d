"""Frame quality of a locus: how much of a list can be used, counted while its rows go by."""

from bening.core.frame.contact import Finding, Point
from bening.core.kinds import ContactKind, Eligibility, Fact, Quality, Rule


class Tally:
    """The rows of one locus."""

    __slots__ = ("accepted", "decided", "reachable", "rows", "usable")

    def __init__(self) -> None:
        self.rows = self.accepted = self.reachable = self.decided = self.usable = 0

    def take(self, *, reachable: bool, decided: bool) -> None:
        """One more accepted row."""
        self.accepted += 1
        self.reachable += reachable
        self.decided += decided
        self.usable += reachable and decided

    def quality(self) -> Quality:
        """What was counted."""
        return Quality(self.rows, self.accepted, self.reachable, self.decided, self.usable)


def reachable(points: list[Point], findings: list[Finding]) -> bool:
    """Whether a message can reach the row: an address, or a number that is not a fixed line (FRAME-113)."""
    phones = sum(kind == ContactKind.PHONE for kind, _ in points)
    return len(points) > phones or phones > sum(code == "FRAME-113" for code, _, _ in findings)


def waiting(rules: tuple[Rule, ...]) -> frozenset[str]:
    """Rules that wait for the staff list: where it is not handed in yet, that is no fault of the row."""
    return frozenset(rule.id for rule in rules if rule.field == Fact.MATCHES_INTERNAL)


def decided(verdict: Eligibility, waiting: frozenset[str]) -> bool:
    """Whether the row's own cells decide the verdict."""
    return not verdict.unknown or waiting.issuperset(verdict.unknown)
