"""The delivery engine's tables, abstract: outreach uses them for notices, fieldwork for invitations."""

from django.db import models
from django.db.models import Q

from bening.core.kinds import DeliveryState


class DeliveryBase(models.Model):
    """One message to one person by one channel: the row is the queue."""

    key = models.CharField(max_length=32, unique=True)  # what the provider echoes; random, says nothing
    channel = models.CharField(max_length=12)
    step = models.CharField(max_length=16)
    window = models.CharField(max_length=12, default="any")  # hours in which it may go out
    state = models.CharField(
        max_length=10, choices=[(s, s) for s in DeliveryState], default=DeliveryState.QUEUED, db_index=True
    )
    due_at = models.DateTimeField()
    not_after = models.DateTimeField()
    lease_owner = models.CharField(max_length=36, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    provider_id = models.CharField(max_length=160, null=True, unique=True)  # noqa: DJ001  null = none yet
    code = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=16, blank=True)  # class of the failure
    followed = models.BooleanField(default=False)  # what comes after a failure has been planned
    reason = models.CharField(max_length=20, blank=True)  # why cancelled
    possible_duplicate = models.BooleanField(default=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=("leased", "sending")) | Q(lease_until__isnull=False),
                name="%(class)s_leased_until",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="%(class)s_queue")]

    def __str__(self) -> str:
        return self.key


class AttemptBase(models.Model):
    """One try to hand a message to its provider: written and committed before the network is touched."""

    n = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, blank=True)  # accepted rejected throttled not_sent unknown
    http_status = models.PositiveSmallIntegerField(null=True)
    code = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=10, blank=True)  # merged from webhooks
    status_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.n)
