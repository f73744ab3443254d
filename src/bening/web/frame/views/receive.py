"""A list comes in: the file, what a form says in the stead of its submission sheet, how far the check is."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from bening.core.kinds import Group, Problem
from bening.core.problems import Refused
from bening.files.gate import CSV_BYTES, WORKBOOK_BYTES
from bening.web.frame.forms import IntroductionForm
from bening.web.frame.models import Upload
from bening.web.frame.steps import Parcel, introduce, receive, refusals
from bening.web.frame.views import words
from bening.web.frame.views.place import List, is_frozen, list_of, who
from bening.web.registry.guard import Staff, guard
from bening.web.registry.models import Locus

LONGEST = 200  # characters of a file's name
FARTHEST = 4 * CSV_BYTES  # what is larger is not even taken to be thrown away


class Receiver(FileUploadHandler):
    """Hands a file on piece by piece while it comes, to be encrypted; nothing of it is written open."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.parcel: Parcel | None = None
        self.problems: tuple[Problem, ...] = ()

    def new_file(self, *args: Any, **words: Any) -> None:
        """The next file begins."""
        super().new_file(*args, **words)
        self.drop()
        self.parcel = Parcel((self.file_name or "")[-LONGEST:])

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Some of it; what is beyond the limit is read and thrown away."""
        if self.parcel is None:
            return
        try:
            self.parcel.add(raw_data)
        except Refused as stop:
            self.drop()
            self.parcel, self.problems = None, stop.problems
            raise SkipFile from stop

    def file_complete(self, file_size: int) -> None:
        """That was all of it."""
        if self.parcel is not None:
            self.parcel.close()

    def drop(self) -> None:
        """Nothing of it stays in this process."""
        if self.parcel is not None:
            self.parcel.drop()


@guard("inspectorate")
@csrf_exempt  # checked by `taken`, when the file has its receiver: the check reads the whole request
@require_http_methods(["GET", "POST"])
def hand_over(request: Staff, code: str, group: str) -> HttpResponse:
    """The page that takes a file."""
    spot = list_of(request, code, group)
    if request.method == "GET":
        return page(request, spot)
    if int(request.headers.get("Content-Length") or 0) > FARTHEST:
        return page(request, spot, [gettext("The file is far too large.")], status=413)
    receiver = Receiver(request)
    request.upload_handlers = [receiver]
    try:
        return taken(request, spot, receiver)
    finally:
        receiver.drop()


@csrf_protect
def taken(request: Staff, spot: List, receiver: Receiver) -> HttpResponse:
    """What came of it: an upload, or the reasons against it."""
    request.FILES  # noqa: B018  the reading of it
    if receiver.problems:
        return page(request, spot, words.sentences(receiver.problems), status=400)
    if receiver.parcel is None or not receiver.parcel.size:
        return page(request, spot, [gettext("Choose a file that is not empty.")], status=400)
    try:
        upload = receive(
            by=who(request), round=spot.round, institution=spot.institution, group=spot.group,
            parcel=receiver.parcel, now=settings.NOW(),
        )  # fmt: skip
    except Refused as stop:
        return page(request, spot, words.sentences(stop.problems), status=400)
    if upload.state == "done":
        messages.info(request, gettext("This is the same file as before: nothing changed."))
    return redirect("frame-upload", key=upload.key)


def page(request: Staff, spot: List, errors: list[str] | None = None, status: int = 200) -> HttpResponse:
    """The form with what was wrong."""
    context = {
        "round": spot.round, "spot": spot, "group_word": words.GROUPS[spot.group], "errors": errors or [],
        "frozen": is_frozen(spot.round), "workbook_mb": WORKBOOK_BYTES // 10**6, "csv_mb": CSV_BYTES // 10**6,
    }  # fmt: skip
    return render(request, "frame/hand_over.html", context, status=status)


class Asking(Staff):
    """A request that may be a page asking for a part of itself."""

    htmx: HtmxDetails


@guard("inspectorate")
@require_http_methods(["GET", "POST"])
def upload(request: Asking, key: str) -> HttpResponse:
    """Where an upload stands; a file without a submission sheet is asked for its words here."""
    rows = Upload.objects.select_related("round", "institution", "roster")
    row = get_object_or_404(rows, key=key, institution=request.role.institution)
    spot = List(request.role, row.round, row.institution, Group(row.group))
    if row.state == "waiting":
        return introduction(request, spot, row)
    if row.state == "done" and row.roster:
        to = redirect("frame-version", code=row.institution.code, group=row.group, version=row.roster.version)
        return HttpResponseClientRedirect(to["Location"]) if request.htmx else to
    context = {
        "round": spot.round, "spot": spot, "group_word": words.GROUPS[spot.group], "upload": row,
        "before": ahead(row), "errors": words.sentences(refusals(upload=row)), "poll": row.state != "refused",
        "total": max(row.lines - 1, 0),
    }  # fmt: skip
    if request.htmx and row.state == "refused":
        return HttpResponseClientRedirect(request.path)
    return render(request, f"frame/{'progress' if request.htmx else 'upload'}.html", context)


def ahead(row: Upload) -> int:
    """Files that are checked before this one."""
    if row.state != "queued":
        return 0
    return Upload.objects.filter(state__in=("queued", "checking"), received__lt=row.received).count()


def introduction(request: Staff, spot: List, row: Upload) -> HttpResponse:
    """The submission sheet as a form."""
    loci = Locus.objects.filter(round=spot.round, unit__institution=spot.institution).select_related("unit")
    units = [(locus.unit.code, locus.unit.name) for locus in loci]
    form = IntroductionForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        notes = form.notes(institution=spot.institution.code, group=spot.group.value)
        row = introduce(by=who(request), upload=row, notes=notes)
        return redirect("frame-upload", key=row.key)
    context = {
        "round": spot.round, "spot": spot, "group_word": words.GROUPS[spot.group], "form": form,
        "about": max(row.lines - 1, 0),
    }  # fmt: skip
    return render(request, "frame/introduce.html", context, status=400 if form.errors else 200)
