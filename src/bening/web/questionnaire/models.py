"""Questionnaires: drafts that may still be replaced, and versions frozen for good."""

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


class Draft(models.Model):
    """A questionnaire that passed every check but is not frozen: the next upload of it replaces it."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="drafts")
    group = models.CharField(max_length=10, choices=[(g, g) for g in Group])
    name = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    body = models.BinaryField()
    digest = models.CharField(max_length=64)
    file = models.CharField(max_length=200)
    by = models.CharField(max_length=150)
    received = models.DateTimeField()

    class Meta:
        ordering = ["name", "version"]
        constraints = [
            models.UniqueConstraint(fields=["round", "name", "version"], name="draft_version_once"),
        ]

    class Privacy:
        internal = {"id", "round", "group", "name", "version", "body", "digest", "file", "by", "received"}

    def __str__(self) -> str:
        return f"{self.name}/{self.version}"
