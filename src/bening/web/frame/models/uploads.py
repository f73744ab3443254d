"""What belongs to handing a list over: the file on its way in, what lists are compared with, due dates."""

from django.db import models
from django.db.models import Q

from bening.core.kinds import Group
from bening.web.frame.models.lists import Roster
from bening.web.registry.models import Institution, Round

UPLOADING = ("waiting", "queued", "checking", "done", "refused")
GROUPS = [(group.value, group.value) for group in Group]


class Upload(models.Model):
    """A file that was handed over, until the list is frozen: the worker makes a version of it or refuses."""

    key = models.CharField(max_length=32, unique=True)  # random; part of what the pieces are encrypted for
    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    group = models.CharField(max_length=10, choices=GROUPS)
    digest = models.CharField(max_length=64)  # as that of the version it becomes
    size = models.PositiveBigIntegerField()
    lines = models.PositiveIntegerField(default=0)  # line ends of a CSV file; 0 where they are not known
    said = (
        models.BinaryField()
    )  # JSON, encrypted: name of the file, its submission sheet if it has none itself
    state = models.CharField(max_length=10, choices=[(s, s) for s in UPLOADING])
    rows = models.PositiveIntegerField(default=0)  # checked so far
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    received = models.DateTimeField()
    by = models.CharField(max_length=80)
    roster = models.ForeignKey(Roster, models.CASCADE, null=True, related_name="uploads")
    problems = models.BinaryField(null=True)  # JSON, encrypted: why it was refused

    class Meta:
        ordering = ["received", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "institution", "group", "digest"],
                condition=~Q(state="refused"),
                name="upload_file_once",
            ),
            models.CheckConstraint(
                condition=Q(state="done", roster__isnull=False) | (~Q(state="done") & Q(roster=None)),
                name="upload_done_is_a_version",
            ),
            models.CheckConstraint(
                condition=Q(state="refused", problems__isnull=False)
                | (~Q(state="refused") & Q(problems=None)),
                name="upload_refused_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="checking", lease_until__isnull=False)
                | (~Q(state="checking") & Q(lease_until=None)),
                name="upload_leased_while_checked",
            ),
        ]

    class Privacy:
        internal = {
            "id", "key", "round", "institution", "group", "digest", "size", "lines", "state", "rows",
            "attempts", "lease_until", "received", "roster",
        }  # fmt: skip
        personal = {"said", "by", "problems"}

    def __str__(self) -> str:
        return f"{self.institution_id}/{self.group}/{self.state}"


class Piece(models.Model):
    """A part of an uploaded file, encrypted for its place in it; gone when the list is frozen."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="pieces")
    n = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ["n"]
        constraints = [models.UniqueConstraint(fields=["upload", "n"], name="piece_once")]

    class Privacy:
        internal = {"id", "upload", "n"}
        personal = {"data"}

    def __str__(self) -> str:
        return f"{self.upload_id}/{self.n}"


class Reference(models.Model):
    """What an institution's staff list is compared with: personnel statistic, or job titles. Names nobody."""

    KINDS = ("statistic", "titles")

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(k, k) for k in KINDS])
    lines = models.JSONField()  # [unit code, category or status, people], or titles
    digest = models.CharField(max_length=64)  # SHA-256 of the file
    received = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "institution", "kind"], name="reference_once"),
        ]

    class Privacy:
        internal = {"id", "round", "institution", "kind", "lines", "digest", "received"}

    def __str__(self) -> str:
        return f"{self.institution_id}/{self.kind}"


class Deadline(models.Model):
    """The day by which the lists of a group are wanted."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    group = models.CharField(max_length=10, choices=GROUPS)
    due = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "group"], name="deadline_once")]

    class Privacy:
        internal = {"id", "round", "group", "due"}

    def __str__(self) -> str:
        return f"{self.group} {self.due}"
