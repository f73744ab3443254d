"""The chain of briefings: heads, the links that open their page, what they passed on, how many have read it.

Days, never times. What a person answered to the check questions and how often is not kept; who of the staff
read a notice is not known.
"""

from django.db import models
from django.db.models import Q

from bening.core.kinds import Tier
from bening.web.registry.models import Institution, Round, Unit

HEADS = (Tier.LEADER, Tier.INSPECTORATE, Tier.UNIT, Tier.SECTION)
MEANS = ("meeting", "circular", "group", "talk", "posted")


class Head(models.Model):
    """An office in the chain of one round: the leader, the inspectorate, or the head of a unit."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    tier = models.CharField(max_length=1, choices=[(t, t) for t in HEADS])
    email = models.BinaryField(null=True)  # encrypted; none = a printed sheet
    invited = models.DateField(null=True)
    reminded = models.DateField(null=True)
    told_above = models.DateField(null=True)
    unsent = models.BooleanField(default=False)  # the last message did not go out: somebody has to call
    acknowledged = models.DateField(null=True)

    class Meta:
        ordering = ["tier", "unit__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "institution", "tier", "unit"], name="head_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(tier__in=(Tier.LEADER, Tier.INSPECTORATE), unit=None)
                | Q(tier__in=(Tier.UNIT, Tier.SECTION), unit__isnull=False),
                name="head_of_a_unit_or_of_all",
            ),
        ]

    class Privacy:
        internal = {
            "id", "round", "institution", "unit", "tier", "invited", "reminded", "told_above", "unsent",
            "acknowledged",
        }  # fmt: skip
        personal = {"email"}

    def __str__(self) -> str:
        return f"{self.institution_id}/{self.unit_id or self.tier}"


class Link(models.Model):
    """A personal page of a head, or the notice posted in a unit. Only the digest of its 128 bits is kept.

    Earlier links stay valid to the end of the round: a reminder must not kill the sheet on the wall.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the token
    head = models.ForeignKey(Head, models.CASCADE, null=True, related_name="links")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    made = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(head=None, unit__isnull=False) | Q(head__isnull=False, unit=None),
                name="link_opens_one_page",
            )
        ]

    class Privacy:
        internal = {"id", "round", "digest", "head", "unit", "made"}

    def __str__(self) -> str:
        return str(self.pk)


class Relay(models.Model):
    """A head has passed it on: when, by what means, to how many by staff category. Numbers, no names."""

    head = models.ForeignKey(Head, models.CASCADE, related_name="relays")
    day = models.DateField()
    means = models.CharField(max_length=10, choices=[(m, m) for m in MEANS])
    briefed = models.JSONField(default=dict)  # people by staff category

    class Meta:
        ordering = ["day", "id"]

    class Privacy:
        internal = {"id", "head", "day", "means", "briefed"}

    def __str__(self) -> str:
        return f"{self.head_id} {self.day}"


class Reading(models.Model):
    """How many said "I have read it" on a day, by unit and staff category: a counter and nothing else."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    category = models.CharField(max_length=20)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "unit", "category", "day"], name="reading_counter_once")
        ]

    class Privacy:
        internal = {"id", "round", "unit", "category", "day", "count"}

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day}"
