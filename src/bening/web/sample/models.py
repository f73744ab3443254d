"""Who will be asked, with what chance. References only: no key leads from here to a person."""

from django.db import models
from django.db.models import F, Q

from bening.core.kinds import Group
from bening.web.registry.models import Institution, Round, Unit


class Design(models.Model):
    """One version of a round's design in its canonical bytes; versions are never changed."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    body = models.BinaryField()  # `core.sample.write_design`
    digest = models.CharField(max_length=64)  # SHA-256 of the body
    saved = models.DateTimeField()

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["round", "version"], name="design_version_once")]

    class Privacy:
        internal = {"id", "round", "version", "body", "digest", "saved"}

    def __str__(self) -> str:
        return f"{self.round_id}/{self.version}"


class Draw(models.Model):
    """One draw a round: what was published before it, by whom, and what came of it, by somebody else."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="+")
    design = models.ForeignKey(Design, models.PROTECT, related_name="draws")
    commitment = models.CharField(max_length=64)  # SHA-256 of the seed, published before the draw
    frame_digest = models.CharField(max_length=64)  # of the frozen frame, recorded before the draw
    committed = models.DateTimeField()
    committed_by = models.CharField(max_length=80)
    drawn = models.DateTimeField(null=True)
    drawn_by = models.CharField(max_length=80, blank=True)
    selection_digest = models.CharField(max_length=64, blank=True)  # of every stratum's drawing order

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(drawn=None, drawn_by="", selection_digest="")
                | Q(drawn__isnull=False) & ~Q(drawn_by="") & ~Q(selection_digest=""),
                name="draw_whole",
            ),
            models.CheckConstraint(condition=~Q(drawn_by=F("committed_by")), name="draw_by_a_second_person"),
        ]

    class Privacy:
        internal = {
            "id", "round", "design", "commitment", "frame_digest", "committed", "committed_by", "drawn",
            "drawn_by", "selection_digest",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.commitment


class Seed(models.Model):
    """The secret behind a commitment, apart from it so that it can be purged; the auditor alone sees it."""

    draw = models.OneToOneField(Draw, models.CASCADE, related_name="seed")
    value = models.BinaryField()  # 32 bytes; with a list in hand they tell who was drawn

    class Privacy:
        internal = {"id", "draw"}
        participation = {"value"}

    def __str__(self) -> str:
        return str(self.draw_id)


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
