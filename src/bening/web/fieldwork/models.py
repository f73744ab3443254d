"""Who has been invited and how that went; the only room where the drawn are known by contact."""

from django.db import models

from bening.web.frame.models import ContactPoint
from bening.web.outreach.delivery import AttemptBase, DeliveryBase
from bening.web.registry.models import Round


class Manifest(models.Model):
    """The frozen round as phones see it: nothing may change after this row exists."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)  # SHA-256 of manifest.json
    bundle = models.CharField(max_length=64)  # client bundle hash
    keys = models.JSONField()  # stratum label -> kid

    class Privacy:
        public = {"id", "round", "digest", "bundle", "keys"}

    def __str__(self) -> str:
        return self.digest


class Wave(models.Model):
    """One step of the field plan: invitation, reminder or closing notice."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    step = models.CharField(max_length=16)
    channel = models.CharField(max_length=12)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    approved_by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "step", "channel"], name="wave_once")]

    class Privacy:
        internal = {"id", "round", "step", "channel", "starts", "ends"}
        personal = {"approved_by"}

    def __str__(self) -> str:
        return f"{self.step}/{self.channel}"


class Delivery(DeliveryBase):
    """One message to one drawn person; one a person, wave and channel by constraint."""

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="deliveries")
    contact_ref = models.CharField(max_length=32, db_index=True)
    right = models.CharField(max_length=32, db_index=True)  # id of the right at the gate
    point = models.ForeignKey(ContactPoint, models.SET_NULL, null=True, related_name="+")

    class Meta(DeliveryBase.Meta):
        constraints = [
            *DeliveryBase.Meta.constraints,
            models.UniqueConstraint(fields=["wave", "contact_ref", "channel"], name="delivery_once"),
        ]

    class Privacy:
        internal = {"id", "key", "channel", "step", "wave"}
        participation = {
            "state",
            "due_at",
            "not_after",
            "lease_owner",
            "lease_until",
            "attempts",
            "provider_id",
            "code",
            "reason",
            "possible_duplicate",
            "contact_ref",
            "right",
            "point",
        }


class Attempt(AttemptBase):
    """One try of one delivery."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="tries")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivery", "n"], name="attempt_once")]

    class Privacy:
        participation = {
            "id",
            "delivery",
            "n",
            "started_at",
            "outcome",
            "http_status",
            "code",
            "status",
            "status_at",
        }


class CheckCode(models.Model):
    """The keyed hash of a person's check code in a round: opens nothing, proves a message genuine."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    hmac = models.BinaryField(unique=True)
    contact_ref = models.CharField(max_length=32)
    counter = models.PositiveSmallIntegerField(default=0)  # above 0 where two people met on one code

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "contact_ref"], name="check_code_once")]

    class Privacy:
        internal = {"id", "round", "counter"}
        participation = {"hmac", "contact_ref"}

    def __str__(self) -> str:
        return self.contact_ref
