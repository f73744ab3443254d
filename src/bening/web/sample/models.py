"""Who will be asked, with what chance. References only: no key leads from here to a person."""

from django.db import models
from django.db.models import Q

from bening.core.kinds import Group
from bening.web.registry.models import Institution, Round, Unit


class Draw(models.Model):
    """One draw a round: what was published before it, and the seed that only the auditor may see."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="+")
    commitment = models.CharField(max_length=64)  # SHA-256 of the seed, published before the draw
    frame_digest = models.CharField(max_length=64)  # digest of the frozen frame's refs by stratum
    seed = models.BinaryField()  # with a list in hand it tells who was drawn

    class Privacy:
        internal = {"id", "round", "commitment", "frame_digest"}
        participation = {"seed"}

    def __str__(self) -> str:
        return self.commitment


class Stratum(models.Model):
    """A sampling stratum and its token key's label; the design survives the purge of the names."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    label = models.CharField(max_length=120)  # [a-z0-9/.-]
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")  # null = shared
    group = models.CharField(max_length=10, choices=[(g, g) for g in Group])
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    name_id = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    merge = models.JSONField(default=list)  # labels upward, from parent to national
    population = models.PositiveIntegerField()
    sampled = models.PositiveIntegerField()

    class Meta:
        ordering = ["label"]
        constraints = [
            models.UniqueConstraint(fields=["round", "label"], name="stratum_label_once"),
            models.CheckConstraint(
                condition=Q(sampled__lte=models.F("population")), name="stratum_within_population"
            ),
        ]

    class Privacy:
        public = {"id", "round", "label", "institution", "group", "unit", "name_id", "name_en", "merge"}
        internal = {"population", "sampled"}

    def __str__(self) -> str:
        return self.label

    @property
    def census(self) -> bool:
        """Whether everybody is invited, which tells the frame's owner who was."""
        return self.sampled == self.population


class Selection(models.Model):
    """One person of the frame in drawing order; `drawn` splits sample and reserve."""

    stratum = models.ForeignKey(Stratum, models.CASCADE, related_name="selections")
    contact_ref = models.CharField(max_length=32, unique=True)
    place = models.PositiveIntegerField()
    drawn = models.BooleanField()

    class Meta:
        ordering = ["stratum", "place"]
        constraints = [models.UniqueConstraint(fields=["stratum", "place"], name="selection_place_once")]

    class Privacy:
        internal = {"id", "stratum"}
        participation = {"contact_ref", "place", "drawn"}

    def __str__(self) -> str:
        return f"{self.stratum_id}/{self.place}"
