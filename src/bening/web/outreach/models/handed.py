"""What went out: announcements to everybody of a kind, materials handed out, reminders to contact persons."""

from django.db import models
from django.db.models import Q

from bening.core.kinds import Audience, Tier
from bening.web.outreach.models.chain import MEANS
from bening.web.registry.models import Institution, Round, Unit


class Announcement(models.Model):
    """An announcement an institution made: to whom as a whole, with which text, by what means.

    There is no table of recipients and no column for one: an audience is a kind, unit, level or category.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    audience = models.CharField(max_length=12, choices=[(a, a) for a in Audience])
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    tier = models.CharField(max_length=1, choices=[(t, t) for t in Tier], blank=True)
    category = models.CharField(max_length=20, blank=True)
    material = models.CharField(max_length=20)
    means = models.CharField(max_length=10, choices=[(m, m) for m in MEANS])
    day = models.DateField()
    reached = models.PositiveIntegerField(default=0)  # people, as the institution says

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(audience=Audience.UNIT, unit__isnull=False, tier="", category="")
                | Q(audience=Audience.TIER, unit=None, category="") & ~Q(tier="")
                | Q(audience=Audience.CATEGORY, unit=None, tier="") & ~Q(category="")
                | Q(
                    audience__in=(Audience.INSTITUTION, Audience.USERS, Audience.SUPPLIERS),
                    unit=None, tier="", category="",
                ),
                name="announcement_to_a_whole",
            )
        ]  # fmt: skip

    class Privacy:
        internal = {
            "id", "round", "institution", "audience", "unit", "tier", "category", "material", "means", "day",
            "reached",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.institution_id} {self.day} {self.audience}"


class HandedOut(models.Model):
    """How often a text or poster was fetched on a day, by institution and, from a head's page, by unit."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    material = models.CharField(max_length=20)
    version = models.CharField(max_length=20)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "institution", "unit", "material", "version", "day"],
                name="handed_out_counter_once",
                nulls_distinct=False,
            )
        ]

    class Privacy:
        internal = {"id", "round", "institution", "unit", "material", "version", "day", "count"}

    def __str__(self) -> str:
        return f"{self.material} {self.day}"


class Nudge(models.Model):
    """A contact person was reminded of what is owed: of the institution, or of one unit."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    day = models.DateField()
    mailed = models.BooleanField(default=False)  # false: somebody has to call

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "institution", "unit", "day"], name="nudge_once_a_day", nulls_distinct=False
            )
        ]

    class Privacy:
        internal = {"id", "round", "institution", "unit", "day", "mailed"}

    def __str__(self) -> str:
        return f"{self.institution_id} {self.day}"
