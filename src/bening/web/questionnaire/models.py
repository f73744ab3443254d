"""Questionnaires: versioned, frozen once used."""

from django.db import models

from bening.core.kinds import Group
from bening.web.registry.models import Round


class Instrument(models.Model):
    """One frozen version of one group's questionnaire: canonical JSON, and the digest in the manifest."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="instruments")
    group = models.CharField(max_length=10, choices=[(g, g) for g in Group])
    name = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    body = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["name", "version"]
        constraints = [
            models.UniqueConstraint(fields=["round", "name", "version"], name="instrument_version_once"),
        ]

    class Privacy:
        public = {"id", "round", "group", "name", "version", "body", "digest"}

    def __str__(self) -> str:
        return f"{self.name}/{self.version}"
