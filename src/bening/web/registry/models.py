"""Institutions, their units, the round, the loci listed for it, who may act for whom, and the audit trail."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from bening.core.kinds import InstitutionKind, UnitKind


class Institution(models.Model):
    """A ministry, agency, province, regency or city."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=[(k, k) for k in InstitutionKind])
    province = models.CharField(max_length=2)  # code of the national statistics office; decides the time zone

    class Meta:
        ordering = ["code"]

    class Privacy:
        public = {"id", "code", "name", "kind", "province"}

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A node of an institution's structure; it outlives the rounds in which it is a locus."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=[(k, k) for k in UnitKind])
    echelon = models.PositiveSmallIntegerField(default=0)  # of its head; 0 = none

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["institution", "code"], name="unit_code_once")]

    class Privacy:
        public = {"id", "institution", "parent", "code", "name", "kind", "echelon"}

    def __str__(self) -> str:
        return self.name


class Round(models.Model):
    """One survey round: its edition, profile of weights, dates and the sender's identity."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    edition = models.CharField(max_length=10)
    profile = models.CharField(max_length=60)
    opens = models.DateField()
    closes = models.DateField()
    reference = models.DateField()  # tenure and contact windows are counted to this day
    timezone = models.CharField(max_length=40, default="Asia/Jakarta")
    agency = models.CharField(max_length=120)
    agency_short = models.CharField(max_length=30)
    survey = models.CharField(max_length=120)
    sender = models.CharField(max_length=60)  # the number people see
    hotline = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gte=models.F("opens")), name="round_closes_after_opening"
            ),
        ]

    class Privacy:
        public = {
            "id",
            "code",
            "name",
            "edition",
            "profile",
            "opens",
            "closes",
            "reference",
            "timezone",
            "agency",
            "agency_short",
            "survey",
            "sender",
            "hotline",
        }

    def __str__(self) -> str:
        return self.code

    @classmethod
    def current(cls) -> "Round | None":
        """The round that opens last: the one staff pages are about."""
        return cls.objects.order_by("-opens", "-id").first()

    @property
    def method_id(self) -> str:
        """The id that `bening.methods.load` understands."""
        return f"spi-{self.edition}:{self.profile}"


class Participant(models.Model):
    """An institution in a round, with the size class that the agency gave it."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="participants")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="participations")
    size = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["institution__code"]
        constraints = [models.UniqueConstraint(fields=["round", "institution"], name="participant_once")]

    class Privacy:
        public = {"id", "round", "institution", "size"}

    def __str__(self) -> str:
        return f"{self.round_id}/{self.institution_id}"


class Locus(models.Model):
    """A unit listed for one round; the set changes every year and with it what can be compared."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="loci")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="listings")

    class Meta:
        ordering = ["unit__code"]
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="locus_once")]

    class Privacy:
        public = {"id", "round", "unit"}

    def __str__(self) -> str:
        return f"{self.round_id}/{self.unit_id}"


class Role(models.Model):
    """What an account may do: agency roles have no institution, institution roles always one."""

    AGENCY = ("officer", "statistician", "interviewer", "trustee", "auditor")
    LOCAL = ("inspectorate", "unit_contact", "leader")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="roles")
    name = models.CharField(max_length=20, choices=[(n, n) for n in (*AGENCY, *LOCAL)])
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name", "institution", "unit"], name="role_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(institution__isnull=False)
                | ~Q(name__in=("inspectorate", "unit_contact", "leader")),
                name="local_role_has_institution",
            ),
            models.CheckConstraint(
                condition=~Q(name="unit_contact") | Q(unit__isnull=False), name="unit_contact_has_unit"
            ),
        ]

    class Privacy:
        internal = {"id", "name", "institution", "unit"}
        personal = {"user"}

    def __str__(self) -> str:
        return self.name


class Audit(models.Model):
    """Who did what, when: append-only, each row carries the digest of the one before it."""

    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    verb = models.CharField(max_length=40)
    on = models.CharField(max_length=120)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["id"]

    class Privacy:
        internal = {"id", "at", "verb", "on", "detail", "previous", "digest"}
        personal = {"by"}

    def __str__(self) -> str:
        return f"{self.verb} {self.on}"


class Proposal(models.Model):
    """What an institution proposes for one of its units in a round, beside what the agency decided."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="proposals")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="proposals")
    wanted = models.BooleanField()  # list it as a locus, or leave it out
    reason = models.CharField(max_length=300)
    proposed = models.DateTimeField()
    proposer = models.CharField(max_length=80)
    listed = models.BooleanField(null=True, blank=True)  # the decision; None until the agency decides
    answer = models.CharField(max_length=300, blank=True)
    decided = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["unit__code"]
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="proposal_once"),
            models.CheckConstraint(
                condition=Q(listed__isnull=True, decided__isnull=True)
                | Q(listed__isnull=False, decided__isnull=False),
                name="proposal_decided_with_its_moment",
            ),
        ]

    class Privacy:
        internal = {"id", "round", "unit", "wanted", "reason", "proposed", "listed", "answer", "decided"}
        personal = {"proposer"}

    def __str__(self) -> str:
        return f"{self.round_id}/{self.unit_id}"


class Service(models.Model):
    """A service of a unit, and whether it can be had online."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="services")
    name = models.CharField(max_length=120)
    is_online = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="service_once")]

    class Privacy:
        public = {"id", "unit", "name", "is_online"}

    def __str__(self) -> str:
        return self.name


class ContactPerson(models.Model):
    """Whom the agency calls about an institution, or about one unit of it: staff, never a respondent."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="contact_persons")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="contact_persons")
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True)  # E.164
    email = models.EmailField(max_length=254, blank=True)
    since = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["institution__code", models.F("unit__code").asc(nulls_first=True), "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "unit", "name"], name="contact_person_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=~Q(phone="", email=""), name="contact_person_can_be_reached"),
        ]

    class Privacy:
        internal = {"id", "institution", "unit", "since"}
        personal = {"name", "post", "phone", "email"}

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """A code that lets one person choose a password: for a role, or back into an account that was reset."""

    name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)  # where the code was sent; blank when it was printed
    username = models.CharField(max_length=150, blank=True)  # proposed; the person may choose another
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )  # whom it lets back in, or who came of it
    role = models.CharField(max_length=20, blank=True)  # blank: the account keeps the roles it has
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    digest = models.BinaryField(max_length=32, unique=True)  # keyed; the code itself is written nowhere
    invited_by = models.CharField(max_length=150)
    expires = models.DateTimeField()
    accepted = models.DateTimeField(null=True, blank=True)
    withdrawn = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted__isnull=True) | Q(withdrawn__isnull=True), name="invitation_ends_once"
            ),
        ]

    class Privacy:
        internal = {"id", "role", "institution", "unit", "digest", "expires", "accepted", "withdrawn"}
        personal = {"name", "email", "username", "account", "invited_by"}

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def state(self) -> str:
        """Open, or why it opens nothing any more."""
        if self.accepted:
            return "accepted"
        if self.withdrawn:
            return "withdrawn"
        return "expired" if self.expires <= settings.NOW() else "open"
