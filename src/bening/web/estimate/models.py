"""What the index is and how sure."""

from django.db import models
from django.db.models import F, Q

from bening.core.kinds import Group
from bening.web.registry.models import Institution, Round, Unit


class Run(models.Model):
    """One computation with everything needed to repeat it."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="runs")
    method_id = models.CharField(max_length=100)
    method_label = models.JSONField()  # {"id", "en"}: travels with every number
    digests = models.JSONField()  # answers, frame, method, code version
    seed = models.CharField(max_length=64)
    created = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    class Privacy:
        internal = {"id", "round", "method_id", "method_label", "digests", "seed", "created"}

    def __str__(self) -> str:
        return f"{self.round_id}/{self.method_id}"


class Score(models.Model):
    """One estimate of a run. Interval limits are null where too few answers allow none."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="scores")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="scores")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="scores")
    level = models.CharField(max_length=10)  # index | group | dimension
    group = models.CharField(max_length=10, blank=True, choices=[(g, g) for g in Group])
    dimension = models.CharField(max_length=24, blank=True)
    value = models.FloatField(null=True)  # null: withheld, the flags say why
    se = models.FloatField(null=True)
    df = models.FloatField(null=True)
    lower = models.FloatField(null=True)
    upper = models.FloatField(null=True)
    n = models.PositiveIntegerField()
    population = models.PositiveIntegerField()
    flags = models.JSONField(default=list)
    rank_lower = models.PositiveSmallIntegerField(null=True)
    rank_upper = models.PositiveSmallIntegerField(null=True)
    p_top3 = models.FloatField(null=True)

    class Meta:
        ordering = ["institution__code", "unit__code", "level", "group", "dimension"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "institution", "unit", "level", "group", "dimension"],
                name="score_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(value__gte=0) & Q(value__lte=100), name="score_0_to_100"),
            models.CheckConstraint(condition=Q(lower__lte=F("upper")), name="score_limits_in_order"),
        ]

    class Privacy:
        internal = {
            "id",
            "run",
            "institution",
            "unit",
            "level",
            "group",
            "dimension",
            "value",
            "se",
            "df",
            "lower",
            "upper",
            "n",
            "population",
            "flags",
            "rank_lower",
            "rank_upper",
            "p_top3",
        }

    def __str__(self) -> str:
        return f"{self.institution_id} {self.level} {self.dimension}"
