"""What was answered, by label; nothing here leads back to a person."""

from django.db import models
from django.db.models import F, Q

from bening.core.kinds import Group
from bening.web.registry.models import Institution, Round, Unit


class Tally(models.Model):
    """One imported tally: its digest ties the records to the log."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="tally")
    digest = models.CharField(max_length=64)
    manifest = models.CharField(max_length=64)
    totals = models.JSONField(default=dict)

    class Privacy:
        public = {"id", "round", "digest", "manifest", "totals"}

    def __str__(self) -> str:
        return self.digest


class Label(models.Model):
    """A stratum after merging with its design counts: all that later stages may know of the sample."""

    tally = models.ForeignKey(Tally, models.CASCADE, related_name="labels")
    label = models.CharField(max_length=120)
    group = models.CharField(max_length=10, choices=[(g, g) for g in Group])
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")  # null = shared
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    strata = models.JSONField(default=list)
    population = models.PositiveIntegerField()
    sampled = models.PositiveIntegerField()
    issued = models.PositiveIntegerField()
    reissued = models.PositiveIntegerField()
    counted = models.PositiveIntegerField()

    class Meta:
        ordering = ["label"]
        constraints = [
            models.UniqueConstraint(fields=["tally", "label"], name="label_once"),
            models.CheckConstraint(
                condition=Q(issued__lte=F("sampled") + F("reissued")), name="issued_within_sampled"
            ),
            models.CheckConstraint(condition=Q(counted__lte=F("issued")), name="counted_within_issued"),
        ]

    class Privacy:
        public = {"id", "tally", "label", "group", "institution", "unit", "strata"}
        internal = {"population", "sampled", "issued", "reissued", "counted"}

    def __str__(self) -> str:
        return self.label


class Reply(models.Model):
    """One counted record, in the order of its content."""

    label = models.ForeignKey(Label, models.CASCADE, related_name="replies")
    place = models.PositiveIntegerField()  # line of the sorted answer file
    answers = models.JSONField()
    paradata = models.JSONField()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["label", "place"], name="reply_once")]

    class Privacy:
        internal = {"id", "label", "place", "answers", "paradata"}

    def __str__(self) -> str:
        return str(self.place)


class Text(models.Model):
    """One free-text answer, apart from its record."""

    label = models.ForeignKey(Label, models.CASCADE, related_name="texts")
    item = models.CharField(max_length=40)
    text = models.TextField()

    class Privacy:
        internal = {"id", "label", "item", "text"}

    def __str__(self) -> str:
        return self.item
