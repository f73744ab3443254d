"""Who has been invited and how that went; the only room where the drawn are known by contact."""

from django.db import models

from bening.core.kinds import VisitOutcome
from bening.web.frame.models import ContactPoint
from bening.web.outreach.delivery import AttemptBase, DeliveryBase
from bening.web.registry.models import Round, Unit


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


class Batch(models.Model):
    """Letters that are printed together. The file is made for its one download and kept nowhere."""

    STATES = ("printed", "posted", "void")

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="batches")
    number = models.PositiveIntegerField()
    locus = models.CharField(max_length=130)  # institution and unit, by which letters are sorted
    state = models.CharField(max_length=7, choices=[(s, s) for s in STATES], default="printed")
    doors = models.JSONField(default=list)  # HMACs of its secrets, hex, until it has reached the post
    day = models.DateField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "number"], name="batch_once")]

    class Privacy:
        internal = {"id", "wave", "number", "locus", "state", "day"}
        personal = {"by"}
        participation = {"doors"}

    def __str__(self) -> str:
        return f"{self.wave_id}/{self.number}"


class Delivery(DeliveryBase):
    """One message to one drawn person; one a person, wave and channel by constraint."""

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="deliveries")
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, related_name="letters")
    contact_ref = models.CharField(max_length=32, db_index=True)
    right = models.CharField(max_length=32, db_index=True)  # id of the right at the gate
    point = models.ForeignKey(ContactPoint, models.SET_NULL, null=True, related_name="+")

    class Meta(DeliveryBase.Meta):
        constraints = [
            *DeliveryBase.Meta.constraints,
            models.UniqueConstraint(fields=["wave", "contact_ref", "channel"], name="delivery_once"),
        ]

    class Privacy:
        internal = {"id", "key", "channel", "step", "wave", "window"}
        participation = {
            "state",
            "due_at",
            "not_after",
            "lease_owner",
            "lease_until",
            "attempts",
            "provider_id",
            "code",
            "kind",
            "followed",
            "reason",
            "possible_duplicate",
            "batch",
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


class VisitDraw(models.Model):
    """The one random sub-sample of people who had not answered, with what makes it repeatable."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    seed = models.BinaryField()  # 32 bytes
    counts = models.JSONField()  # stratum label -> people waiting and people drawn: the chance of a visit
    percent = models.PositiveSmallIntegerField()
    expires = models.DateField()  # the last day on which interviewers see their lists
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round"], name="visits_drawn_once")]

    class Privacy:
        internal = {"id", "round", "counts", "percent", "expires"}
        personal = {"by"}
        participation = {"seed"}

    def __str__(self) -> str:
        return f"{self.round_id} {self.percent}%"


class Visit(models.Model):
    """One person whom one interviewer visits. No way leads from here to an institution's pages."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()  # what the tablet calls this visit
    contact_ref = models.CharField(max_length=32)
    right = models.CharField(max_length=32)  # id of the right at the gate
    interviewer = models.CharField(max_length=150)  # username

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="visit_number_once"),
            models.UniqueConstraint(fields=["round", "contact_ref"], name="visit_person_once"),
        ]

    class Privacy:
        internal = {"id", "round", "number"}
        personal = {"interviewer"}
        participation = {"contact_ref", "right"}

    def __str__(self) -> str:
        return str(self.number)


class VisitResult(models.Model):
    """What came of the first or the second visit to a person: a day and a code, no words."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="results")
    n = models.PositiveSmallIntegerField()
    day = models.DateField()
    outcome = models.CharField(max_length=6, choices=[(o.value, o.value) for o in VisitOutcome])

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "n"], name="visit_result_once"),
            models.CheckConstraint(condition=models.Q(n__in=(1, 2)), name="visits_two_at_most"),
        ]

    class Privacy:
        internal = {"id", "visit", "n"}
        participation = {"day", "outcome"}

    def __str__(self) -> str:
        return self.outcome


class Tablet(models.Model):
    """A tablet that an interviewer asked assignments for: the worker seals them to the tablet's own key."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    interviewer = models.CharField(max_length=150)  # username
    key = models.BinaryField()  # 65 bytes, a public point; its private half never leaves the tablet
    wanted = models.BooleanField(default=True)  # waits for the worker
    lost = models.BooleanField(default=False)  # the worker closes its doors
    sealed = models.BinaryField(null=True)  # numbers and secrets of the visits, for this tablet alone
    doors = models.JSONField(default=list)  # HMACs of the secrets it was given, hex, to close if it is lost

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "interviewer", "key"], name="tablet_once")]

    class Privacy:
        internal = {"id", "round", "wanted", "lost"}
        personal = {"interviewer"}
        participation = {"key", "sealed", "doors"}

    def __str__(self) -> str:
        return str(self.pk)


class Feedback(models.Model):
    """What somebody reported about an invitation; without a check code it is nobody's."""

    KINDS = (
        "not_me",  # wrong person or number
        "not_employee",
        "never_used",
        "refuse",
        "fraud",
        "coached",  # told what to answer: never with a person
        "doubt",
        "later",
        "technical",
        "other",
    )
    SOURCES = ("web", "button", "text", "visit", "desk")

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(k, k) for k in KINDS])
    source = models.CharField(max_length=8, choices=[(s, s) for s in SOURCES])
    contact_ref = models.CharField(max_length=32, null=True)  # noqa: DJ001  null = nobody named
    words = models.BinaryField(null=True)  # at most 500 characters, encrypted
    day = models.DateField()
    heeded = models.BooleanField(default=False)  # the worker has done what follows from it

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="coached") | models.Q(contact_ref=None), name="coached_names_nobody"
            )
        ]

    class Privacy:
        internal = {"id", "round", "kind", "source", "day", "heeded"}
        personal = {"words"}
        participation = {"contact_ref"}

    def __str__(self) -> str:
        return self.kind


class Plea(models.Model):
    """What the help desk asks the worker to do for one person: the hall itself does not reach the gate."""

    KINDS = ("link", "again", "void")  # a new way in; the right once more; no right
    MEANS = ("message", "code", "")  # to the number on record; typed, handed over; nothing to hand over
    STATES = ("asked", "done", "refused")

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    key = models.CharField(max_length=8, unique=True)  # what desk and person call it; random
    contact_ref = models.CharField(max_length=32)
    kind = models.CharField(max_length=5, choices=[(k, k) for k in KINDS])
    means = models.CharField(max_length=7, choices=[(m, m) for m in MEANS], blank=True)
    secret = models.BinaryField(null=True)  # of a typed code, encrypted, until the worker knows its HMAC
    state = models.CharField(max_length=7, choices=[(s, s) for s in STATES], default="asked")
    reason = models.CharField(max_length=10, blank=True)  # why refused
    day = models.DateField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "contact_ref"],
                condition=models.Q(kind="again") & ~models.Q(state="refused"),
                name="again_once_a_person",
            )
        ]

    class Privacy:
        internal = {"id", "round", "key", "kind", "means", "state", "day"}
        personal = {"by"}
        participation = {"contact_ref", "secret", "reason"}

    def __str__(self) -> str:
        return self.key


class BusyHour(models.Model):
    """How many of a stratum answered within one hour: ten or more, as the gate's night kept it."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    label = models.CharField(max_length=120)
    slot = models.CharField(max_length=13)  # 2026-01-20T14, by the clock of the round
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "label", "slot"], name="busy_hour_once"),
            models.CheckConstraint(condition=models.Q(count__gte=10), name="busy_hour_of_ten_or_more"),
        ]

    class Privacy:
        internal = {"id", "round", "label", "slot", "count"}

    def __str__(self) -> str:
        return self.slot


class Doorway(models.Model):
    """A unit whose users may register themselves: what the printed code names, and up to how many may."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    token = models.CharField(max_length=10, unique=True)  # stands on a poster: no secret
    label = models.CharField(max_length=120)  # its stratum, of visitors alone
    quota = models.PositiveIntegerField()

    class Meta:
        ordering = ["label"]
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="doorway_once"),
            models.CheckConstraint(condition=models.Q(quota__gte=30), name="doorway_of_thirty_or_more"),
        ]

    class Privacy:
        public = {"id", "round", "unit", "token", "label", "quota"}

    def __str__(self) -> str:
        return self.token


class Registration(models.Model):
    """Somebody who registered at a doorway. Of who is not taken in, nothing stays."""

    STATES = ("waiting", "taken", "planned", "done")

    doorway = models.ForeignKey(Doorway, models.PROTECT, related_name="registrations")
    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    index = models.BinaryField()  # keyed hash of the number: one number, one right
    number = models.BinaryField(null=True)  # encrypted, until the worker has looked at it
    service = models.BinaryField()  # the service and the month, encrypted
    state = models.CharField(max_length=7, choices=[(s, s) for s in STATES], default="waiting")
    contact_ref = models.CharField(max_length=32, blank=True)
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "index"], name="registered_once")]

    class Privacy:
        internal = {"id", "doorway", "round", "day"}
        personal = {"index", "number", "service"}
        participation = {"state", "contact_ref"}

    def __str__(self) -> str:
        return self.state
