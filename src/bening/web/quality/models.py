"""Which replies count, and whether an institution's number may be shown."""

from django.db import models
from django.db.models import F, Q

from bening.core.kinds import PublicationStatus
from bening.web.registry.models import Institution, Round
from bening.web.response.models import Reply


class Verdict(models.Model):
    """Kept or held, with the named signs that speak against a reply. One a reply."""

    reply = models.OneToOneField(Reply, models.CASCADE, related_name="verdict")
    kept = models.BooleanField()
    signs = models.JSONField(default=list)

    class Privacy:
        internal = {"id", "reply", "kept", "signs"}

    def __str__(self) -> str:
        return "kept" if self.kept else "held"


class Status(models.Model):
    """The publication status of an institution in a round: code, reason, and the two who decided it."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="statuses")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="statuses")
    code = models.CharField(max_length=24, choices=[(c, c) for c in PublicationStatus])
    reason_id = models.TextField(blank=True)
    reason_en = models.TextField(blank=True)
    by = models.CharField(max_length=80)
    second = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "institution"], name="status_once"),
            models.CheckConstraint(condition=Q(second="") | ~Q(second=F("by")), name="status_two_people"),
        ]

    class Privacy:
        public = {"id", "round", "institution", "code", "reason_id", "reason_en"}
        internal = {"by", "second"}

    def __str__(self) -> str:
        return self.code
