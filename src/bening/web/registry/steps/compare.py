"""Whether two rounds of an institution can be compared: the pure comparison, and what it is fed with.

The comparison stands here and not on the ground floor: the register has no room there, it is about the
register's own words (loci, kinds, size class), and every later room that joins two rounds may import it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bening.core.kinds import Method, Rule
from bening.methods import load
from bening.web.registry.models import Institution, Locus, Participant

REASONS = ("profile", "rules", "size", "kinds", "loci")  # the gravest first


@dataclass(frozen=True, slots=True)
class Edition:
    """An institution in one round: its loci with their kinds, and by which rules people may be asked."""

    round: str
    name: str
    profile: str
    size: str
    rules: Mapping[str, tuple[object, ...]]  # by group
    loci: Mapping[str, str]  # unit -> kind


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rounds side by side: which loci stayed, and why the whole cannot be compared (empty: it can)."""

    earlier: Edition
    later: Edition
    kept: tuple[str, ...]
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    kinds: tuple[str, ...]  # kinds of units that only one of the rounds has
    groups: tuple[str, ...]  # groups whose rules differ
    reasons: tuple[str, ...]  # words of REASONS

    @property
    def whole(self) -> bool:
        """Whether the two numbers of the institution can be compared."""
        return not self.reasons

    @property
    def share(self) -> float:
        """The part of the later round's loci that the earlier one had too, 0–1."""
        return len(self.kept) / len(self.later.loci) if self.later.loci else 0.0

    @property
    def parts(self) -> bool:
        """Whether the loci that stayed can be compared by themselves: same weights, same rules for people."""
        return bool(self.kept) and not {"profile", "rules"} & set(self.reasons)


def compare(earlier: Edition, later: Edition) -> Comparison:
    """What stayed, came and went, and every reason against comparing the whole."""
    kept, added, dropped = (
        sorted(units)
        for units in (
            earlier.loci.keys() & later.loci.keys(),
            later.loci.keys() - earlier.loci.keys(),
            earlier.loci.keys() - later.loci.keys(),
        )
    )
    kinds = set(earlier.loci.values()) ^ set(later.loci.values())
    groups = [g for g in later.rules if earlier.rules.get(g) != later.rules[g]]
    against = {
        "profile": earlier.profile != later.profile, "rules": bool(groups), "kinds": bool(kinds),
        "size": earlier.size != later.size, "loci": bool(added or dropped),
    }  # fmt: skip
    return Comparison(
        earlier, later, tuple(kept), tuple(added), tuple(dropped), tuple(sorted(kinds)), tuple(groups),
        tuple(reason for reason in REASONS if against[reason]),
    )  # fmt: skip


def editions_of(institution: Institution) -> list[Edition]:
    """The rounds in which the institution took part, the earliest first. Two queries."""
    taken = Participant.objects.filter(institution=institution).select_related("round")
    loci: dict[int, dict[str, str]] = {}
    listed = Locus.objects.filter(unit__institution=institution).order_by("unit__code")
    for round_, unit, kind in listed.values_list("round_id", "unit__code", "unit__kind"):
        loci.setdefault(round_, {})[unit] = kind
    return [
        Edition(
            part.round.code, part.round.name, part.round.profile, part.size,
            rules_of(load(part.round.method_id)), loci.get(part.round_id, {}),
        )
        for part in taken.order_by("round__opens", "round_id")
    ]  # fmt: skip


def rules_of(method: Method) -> dict[str, tuple[object, ...]]:
    """Who may be asked, without the words and sources that do not change it."""
    return {
        group.value: tuple(sorted(map(bare, rules), key=repr)) for group, rules in method.eligibility.items()
    }


def bare(rule: Rule) -> tuple[object, ...]:
    """A rule as it decides."""
    when = tuple(sorted(rule.when.items())) if rule.when else ()
    return rule.op, rule.field, rule.value, tuple(map(bare, rule.of)), when
