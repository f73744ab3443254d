"""What may be shown, to whom, since when; and what was ever shown."""

from django.db import models
from django.db.models import Q

from bening.web.estimate.models import Run
from bening.web.registry.models import Round


class Release(models.Model):
    """One release of a round. `body` is everything that pages and tables show, rounded and cleared.

    While it is open it can be prepared anew; once `released` it never changes. `sums` is the digest of the
    written checksum list.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="releases")
    run = models.ForeignKey(Run, models.PROTECT, related_name="releases")
    body = models.JSONField()
    digest = models.CharField(max_length=64)  # SHA-256 of the body
    report = models.JSONField(default=dict)  # disclosure check: attacks run, rows withheld and why
    prepared = models.DateTimeField()
    by = models.CharField(max_length=80)
    released = models.DateTimeField(null=True)
    sums = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round"], condition=Q(released__isnull=True), name="one_open_release_a_round"
            ),
            models.CheckConstraint(
                condition=Q(released__isnull=True, sums="") | Q(released__isnull=False) & ~Q(sums=""),
                name="release_has_its_sums",
            ),
        ]

    class Privacy:
        internal = {"id", "round", "run", "body", "digest", "report", "prepared", "by", "released", "sums"}

    def __str__(self) -> str:
        return f"{self.round_id}/{self.digest[:12]}"


class Approval(models.Model):
    """One person's yes to exactly this body."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="approvals")
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)  # of the body that was approved

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["release", "by"], name="approval_once_a_person")]

    class Privacy:
        internal = {"id", "release", "by", "at", "digest"}

    def __str__(self) -> str:
        return f"{self.release_id}/{self.by}"


class Aggregate(models.Model):
    """The ledger: one published number as the set of records behind it (DSC-6)."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="aggregates")
    family = models.CharField(max_length=60)  # the table it stands in: code of the institution
    aggregate = models.CharField(max_length=200)
    rounding = models.CharField(max_length=20)
    parts = models.JSONField()  # pairs of coefficient ("7/300") and bitmap (hex)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "family", "aggregate"], name="aggregate_once_a_release"
            )
        ]

    class Privacy:
        internal = {"id", "release", "family", "aggregate", "rounding", "parts"}

    def __str__(self) -> str:
        return self.aggregate
