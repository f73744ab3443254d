"""Rights to answer once, and the secrets that open them. No names, no keys, no clock."""

from django.db import models


class Right(models.Model):
    """The permission to answer once under one stratum key."""

    id = models.CharField(primary_key=True, max_length=32)
    kid = models.CharField(max_length=64)
    issued = models.BinaryField(null=True)  # SHA-256 of the blinded value it was used for
    reissued = models.BooleanField(default=False)
    void = models.BooleanField(default=False)

    class Privacy:
        internal = {"kid"}
        participation = {"id", "issued", "reissued", "void"}

    def __str__(self) -> str:
        return self.id


class Invite(models.Model):
    """The HMAC of one message's secret and the right it opens."""

    hmac = models.BinaryField(primary_key=True)
    right = models.CharField(max_length=32, db_index=True)

    class Privacy:
        participation = {"hmac", "right"}

    def __str__(self) -> str:
        return self.right


class Hour(models.Model):
    """How many rights of a stratum were used in one hour: ten or more, written by the night."""

    id = models.CharField(primary_key=True, max_length=80)  # key id, day and hour: no second row for them
    kid = models.CharField(max_length=64)
    slot = models.CharField(max_length=13)  # 2026-01-20T14
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(count__gte=10), name="hour_of_ten_or_more")]

    class Privacy:
        internal = {"id", "kid", "slot", "count"}

    def __str__(self) -> str:
        return self.slot
