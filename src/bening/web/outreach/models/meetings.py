"""Preparation meetings (rakor): what was on the table, which loci were there, what was decided."""

from django.db import models

from bening.web.registry.models import Institution, Round, Unit

CAPACITIES = ("head", "deputy", "section", "contact", "staff")  # in which capacity somebody came


class Meeting(models.Model):
    """One meeting of an institution about a round. The chair is an office, not a name."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    day = models.DateField()
    place = models.CharField(max_length=120)
    chair = models.CharField(max_length=120)
    agenda = models.TextField()
    decisions = models.TextField(blank=True)

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "institution", "day", "place"], name="meeting_once")
        ]

    class Privacy:
        internal = {"id", "round", "institution", "day", "place", "chair", "agenda", "decisions"}

    def __str__(self) -> str:
        return f"{self.institution_id} {self.day}"


class Attendance(models.Model):
    """A locus was there, by somebody in this capacity; absent loci have no row."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=10, choices=[(c, c) for c in CAPACITIES])

    class Meta:
        ordering = ["unit__code"]
        constraints = [models.UniqueConstraint(fields=["meeting", "unit"], name="attendance_once")]

    class Privacy:
        internal = {"id", "meeting", "unit", "capacity"}

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.unit_id}"
