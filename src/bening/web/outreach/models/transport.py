"""Means of reaching people: senders, suppressions and the webhook inbox."""

from django.db import models

from bening.web.registry.models import Round


class Sender(models.Model):
    """One sending identity: its token bucket, shared by all workers, and whether it is paused."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=12)
    rate = models.FloatField()  # messages per second
    burst = models.FloatField()
    tokens = models.FloatField(default=0)
    refilled_at = models.DateTimeField()
    paused = models.CharField(max_length=200, blank=True)  # the reason, empty = running

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "channel"], name="sender_once")]

    class Privacy:
        internal = {"id", "round", "channel", "rate", "burst", "tokens", "refilled_at", "paused"}

    def __str__(self) -> str:
        return self.channel


class Suppression(models.Model):
    """A stop for every message to this contact point, whatever its origin; agency eyes only."""

    index = models.BinaryField(unique=True)  # blind index of the contact point
    reason = models.CharField(max_length=20)
    source = models.CharField(max_length=20)
    day = models.DateField()

    class Privacy:
        internal = {"id", "reason", "source", "day"}
        personal = {"index"}

    def __str__(self) -> str:
        return self.reason


class WebhookRaw(models.Model):
    """A provider's report as it came in: stored first, understood later, blanked once folded."""

    sha256 = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=12)
    received_at = models.DateTimeField()
    body = models.BinaryField()
    folded_at = models.DateTimeField(null=True, db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    class Privacy:
        internal = {"id", "sha256", "channel", "received_at", "folded_at", "tries", "error"}
        personal = {"body"}

    def __str__(self) -> str:
        return self.sha256
