"""The places of an institution in a round: its units as a tree, its loci, and the heads between them."""

from dataclasses import dataclass
from functools import cached_property

from bening.core.kinds import Post, Tier
from bening.core.outreach import INSPECTORATE, LEADER, home, posts
from bening.web.outreach.models import Head
from bening.web.registry.models import Institution, Locus, Round, Unit


@dataclass(frozen=True)
class Places:
    """Units and loci by key (the unit's number as text), read once a page."""

    round: Round
    institution: Institution
    units: dict[str, Unit]
    loci: frozenset[str]

    @cached_property
    def parents(self) -> dict[str, str | None]:
        """The unit above each unit."""
        return {key: str(unit.parent_id) if unit.parent_id else None for key, unit in self.units.items()}

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        """Every head who has to pass briefings on."""
        return posts(self.parents, self.loci)

    @cached_property
    def heads(self) -> dict[str, Head]:
        """The heads that have been entered, by the key of their post."""
        rows = Head.objects.filter(round=self.round, institution=self.institution).select_related("unit")
        return {key_of(head): head for head in rows}

    @property
    def acknowledged(self) -> frozenset[str]:
        """Keys of the posts whose head has acknowledged."""
        return frozenset(key for key, head in self.heads.items() if head.acknowledged)

    def locus(self, unit: Unit) -> str | None:
        """The locus under which the staff of a unit are listed."""
        return home(self.parents, self.loci, str(unit.pk))

    def listed(self) -> list[Unit]:
        """The loci, in the order of their codes."""
        return [unit for key, unit in self.units.items() if key in self.loci]


def places(*, round: Round, institution: Institution) -> Places:
    """The places of one institution."""
    units = {str(unit.pk): unit for unit in Unit.objects.filter(institution=institution).order_by("code")}
    loci = Locus.objects.filter(round=round, unit__institution=institution).values_list("unit", flat=True)
    return Places(round, institution, units, frozenset(map(str, loci)))


def key_of(head: Head) -> str:
    """The key of a head's post."""
    if head.unit_id:
        return str(head.unit_id)
    return LEADER if head.tier == Tier.LEADER else INSPECTORATE
