"""What else is known of an institution, and the points that the method takes off for it."""

from django.db import models

from bening.web.registry.models import Institution, Round


class Case(models.Model):
    """One proven case or complaint of an edition, with its source."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="cases")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="cases")
    component = models.CharField(max_length=40)  # which correction factor of the method it belongs to
    number = models.CharField(max_length=60)
    points = models.FloatField()
    source = models.CharField(max_length=300)
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "institution", "number"], name="case_once")]

    class Privacy:
        internal = {"id", "round", "institution", "component", "number", "points", "source", "day"}

    def __str__(self) -> str:
        return self.number


class Correction(models.Model):
    """Points taken off by one component of the method, capped; zero is written down too."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="corrections")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="corrections")
    component = models.CharField(max_length=40)
    points = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "institution", "component"], name="correction_once"),
            models.CheckConstraint(condition=models.Q(points__gte=0), name="correction_takes_off"),
        ]

    class Privacy:
        public = {"id", "round", "institution", "component", "points"}

    def __str__(self) -> str:
        return f"{self.component} {self.points}"
