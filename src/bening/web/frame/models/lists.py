"""Rosters as they were handed over and the contacts in them; the only tables that hold people's names."""

from django.db import models
from django.db.models import Q

from bening.core.kinds import ContactKind, Group, Quality, Severity, Verdict
from bening.web.registry.models import Institution, Round, Unit

STATES = ("draft", "submitted", "returned", "accepted", "frozen")


class HandedOver(models.Manager["Roster"]):
    """Lists that institutions handed over: those who registered themselves are on no list of theirs."""

    def get_queryset(self) -> models.QuerySet["Roster"]:
        """All but the lists of visitors."""
        return super().get_queryset().exclude(group=Group.VISITOR)


class Roster(models.Model):
    """One version of one list: institution × group × round. Versions are immutable and hashed."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    group = models.CharField(max_length=10, choices=[(g.value, g.value) for g in Group])
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)  # SHA-256 of the file
    source = models.CharField(max_length=200)
    extracted = models.DateField()
    declared = models.JSONField(default=dict)  # rows by locus code, as the submission sheet says
    state = models.CharField(max_length=10, choices=[(s, s) for s in STATES], default="submitted")
    loci = models.JSONField(default=dict)  # by locus code: rows, accepted, reachable, decided, usable
    rows = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    received = models.DateTimeField()
    rules = models.CharField(max_length=64)  # digest of rules and reference date behind the verdicts

    objects = HandedOver()
    everything = models.Manager["Roster"]()  # with those of visitors

    class Meta:
        ordering = ["institution__code", "group", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "institution", "group", "version"], name="roster_version_once"
            ),
            models.UniqueConstraint(
                fields=["round", "institution", "group", "digest"], name="roster_file_once"
            ),
            models.UniqueConstraint(
                fields=["round", "institution", "group"],
                condition=Q(state="frozen"),
                name="roster_frozen_once",
            ),
            models.CheckConstraint(
                condition=Q(accepted__lte=models.F("rows")), name="roster_accepts_its_rows"
            ),
        ]

    class Privacy:
        internal = {
            "id", "round", "institution", "group", "version", "digest", "source", "extracted", "declared",
            "state", "loci", "rows", "accepted", "received", "rules",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.institution_id}/{self.group}/{self.version}"

    def quality(self, locus: str | None = None) -> Quality:
        """The frame quality of one locus, or of the whole list, as it was handed over."""
        parts = self.loci.values() if locus is None else [self.loci.get(locus, [0] * 5)]
        return Quality(*map(sum, zip(*parts, strict=True)))


class Handover(models.Model):
    """Who stands for a roster and what they say is missing; encrypted, purged with the round."""

    roster = models.OneToOneField(Roster, models.CASCADE, related_name="handover")
    words = models.BinaryField()  # JSON: prepared_by, checked_by, contact, gaps

    class Privacy:
        internal = {"id", "roster"}
        personal = {"words"}

    def __str__(self) -> str:
        return str(self.roster_id)


class Question(models.Model):
    """What the agency asks about a list, who is to answer by which day, and the answer; kept to the purge."""

    roster = models.ForeignKey(Roster, models.PROTECT, related_name="questions")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    row = models.PositiveIntegerField(null=True)
    column = models.CharField(max_length=40, blank=True)
    to = models.BinaryField()  # name of the person asked, encrypted
    words = models.BinaryField()  # encrypted
    due = models.DateField()
    asked = models.DateTimeField()
    asked_by = models.CharField(max_length=80)
    answer = models.BinaryField(null=True)  # encrypted
    answered = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["due", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer=None, answered=None, answered_by="")
                | (Q(answer__isnull=False, answered__isnull=False) & ~Q(answered_by="")),
                name="question_answered_whole",
            )
        ]

    class Privacy:
        internal = {"id", "roster", "unit", "row", "column", "due", "asked", "answered"}
        personal = {"to", "words", "answer", "asked_by", "answered_by"}

    def __str__(self) -> str:
        return f"{self.roster_id} {self.due}"


class Fault(models.Model):
    """A problem found in a roster: place and code; the words may quote a cell, so they are encrypted."""

    roster = models.ForeignKey(Roster, models.CASCADE, related_name="faults")
    code = models.CharField(max_length=20)
    severity = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Severity])
    sheet = models.CharField(max_length=60, blank=True)
    row = models.PositiveIntegerField(null=True)
    column = models.CharField(max_length=40, blank=True)
    words = models.BinaryField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["row", "code"]

    class Privacy:
        internal = {"id", "roster", "code", "severity", "sheet", "row", "column", "unit"}
        personal = {"words"}

    def __str__(self) -> str:
        return f"{self.code} {self.row}"


class Contact(models.Model):
    """A person on a roster. `ref` is random; the sample knows people by it alone."""

    roster = models.ForeignKey(Roster, models.PROTECT, related_name="contacts")
    ref = models.CharField(max_length=32, unique=True)
    row = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=10, blank=True)  # PNS, PPPK, NON_ASN
    category = models.CharField(max_length=20, blank=True)  # staff category or kind of user
    verdict = models.CharField(max_length=12, choices=[(v.value, v.value) for v in Verdict])
    failed = models.JSONField(default=list)  # ids of rules
    unknown = models.JSONField(default=list)
    name = models.BinaryField()  # encrypted
    staff_index = models.BinaryField(null=True, db_index=True)  # keyed hash of the staff number

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["roster", "row"], name="contact_row_once"),
            models.CheckConstraint(
                condition=~Q(verdict="eligible") | Q(failed=[], unknown=[]),
                name="contact_eligible_by_all_rules",
            ),
        ]

    class Privacy:
        internal = {"id", "roster", "row", "unit", "verdict", "failed", "unknown"}
        personal = {"ref", "status", "category", "name", "staff_index"}

    def __str__(self) -> str:
        return self.ref


class ContactPoint(models.Model):
    """One way to reach a person: value encrypted, keyed hash for look-up. Added, never overwritten."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="points")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in ContactKind])
    value = models.BinaryField()
    index = models.BinaryField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "kind", "index"], name="contact_point_once")
        ]

    class Privacy:
        internal = {"id", "contact", "kind"}
        personal = {"value", "index"}

    def __str__(self) -> str:
        return self.kind
