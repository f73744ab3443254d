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
    slow = models.FloatField(null=True)  # messages per second since the provider slowed us down
    slowed_at = models.DateTimeField(null=True)
    tier = models.PositiveIntegerField(default=0)  # different recipients in a moving day; 0 = no limit
    faults = models.PositiveSmallIntegerField(default=0)  # our own errors since somebody last looked
    released_at = models.DateTimeField(null=True)  # the rules look at what happened since
    paused = models.CharField(max_length=200, blank=True)  # the reason, empty = running

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "channel"], name="sender_once")]

    class Privacy:
        internal = {
            "id", "round", "channel", "rate", "burst", "tokens", "refilled_at", "slow", "slowed_at", "tier",
            "faults", "released_at", "paused",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.channel


class RecipientWindow(models.Model):
    """Somebody was written to within the last day: what providers limit. The janitor deletes older rows."""

    portfolio = models.CharField(max_length=40)  # one daily limit for all numbers of an account
    recipient = models.BinaryField()  # keyed hash; the key's use differs from every other table's
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["portfolio", "recipient"], name="recipient_window_once")
        ]
        indexes = [models.Index(fields=["portfolio", "opened_at"], name="recipient_window_open")]

    class Privacy:
        internal = {"id", "portfolio", "opened_at"}
        personal = {"recipient"}

    def __str__(self) -> str:
        return self.portfolio


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
