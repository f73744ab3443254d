"""Files of the register: choose one, see what it would change, agree; and the same files out again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from bening.core.problems import Refused
from bening.web.registry.forms.places import TABLE_WORDS, UploadForm
from bening.web.registry.guard import Staff, guard, institution_for
from bening.web.registry.models import Institution, Role, Round
from bening.web.registry.steps import Upload, check_upload, export, take_in
from bening.web.registry.steps.sheets import MEGABYTES, read_lines
from bening.web.registry.steps.tables import CONTACTS, TABLES, UNITS
from bening.web.registry.views.mending import told

KEPT = "register-file"  # the session's word for a file that somebody is looking at
SHOWN = 200  # entries and problems of a page


def tables_of(role: Role) -> list[str]:
    """What a role may bring: the agency everything, an inspectorate its contact persons."""
    return list(TABLES) if role.name == "officer" else [CONTACTS.name]


@guard("officer", "inspectorate")
@require_http_methods(["GET", "POST"])
def upload(request: Staff) -> HttpResponse:
    """Choose a file."""
    tables, round_ = tables_of(request.role), Round.current()
    first = {"table": tables[0] if len(tables) == 1 else request.GET.get("isi", "")}
    form = UploadForm(request.POST or None, request.FILES or None, tables=tables, initial=first)
    if request.method == "POST" and round_ and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            lines = read_lines(file.read(MEGABYTES * 1_000_000 + 1), name=file.name)
        except Refused as stop:
            form.add_error("file", " ".join(each.words for each in told(stop.problems)))
        else:
            request.session[KEPT] = [form.cleaned_data["table"], file.name, lines]
            return redirect("register-preview")
    words = {"round": round_, "form": form, "tables": [(TABLES[t], TABLE_WORDS[t]) for t in tables]}
    return render(request, "registry/upload.html", words)


@guard("officer", "inspectorate")
@require_http_methods(["GET", "POST"])
def preview(request: Staff) -> HttpResponse:
    """What the file would change or what is wrong with it; agreeing does it."""
    kept, round_ = request.session.get(KEPT), Round.current()
    if kept is None or round_ is None or kept[0] not in tables_of(request.role):
        return redirect("register-upload")
    table, name, lines = kept
    file = Upload(table, name, lines, request.role.institution)
    if request.method == "POST":
        return agree(request, round_, file)
    words = {"round": round_, "file": file, "table": TABLES[file.table], "what": TABLE_WORDS[file.table]}
    try:
        plan = check_upload(round=round_, upload=file)
    except Refused as stop:
        faults = {"problems": told(stop.problems[:SHOWN]), "count": len(stop.problems)}
        return render(request, "registry/upload_faults.html", words | faults)
    counts = {"new": len(plan.new), "changed": len(plan.changed), "missing": len(plan.missing)}
    lists = {
        "new_rows": plan.new[:SHOWN], "changed_rows": plan.changed[:SHOWN],
        "missing_rows": plan.missing[:SHOWN],
    }  # fmt: skip
    return render(request, "registry/upload_preview.html", words | {"plan": plan, **counts, **lists})


def agree(request: Staff, round_: Round, file: Upload) -> HttpResponse:
    """Do it, or put the file aside."""
    if "drop" not in request.POST:
        agreed = request.POST.get("agreed", "")
        try:
            plan = take_in(by=request.user.get_username(), round=round_, upload=file, agreed=agreed)
        except Refused as stop:
            messages.error(request, told(stop.problems)[0].words)
            return redirect("register-preview")
        words = {"new": len(plan.new), "changed": len(plan.changed)}
        messages.success(request, gettext("Done: %(new)d new, %(changed)d changed.") % words)
    del request.session[KEPT]
    if "drop" in request.POST:
        return redirect("register-upload")
    return redirect("institutions" if request.role.name == "officer" else "own-place")


@guard("officer", fresh=True)
def export_round(request: HttpRequest, table: str) -> HttpResponse:
    """A file of the whole round, of this one or of the one that is named."""
    if table not in TABLES:
        raise Http404
    return sent(request, table, None)


@guard("officer", "inspectorate", fresh=True)
def export_institution(request: Staff, code: str, table: str) -> HttpResponse:
    """Units or contact persons of one institution."""
    place = institution_for(request.role, code)
    if table not in (UNITS.name, CONTACTS.name):
        raise Http404
    return sent(request, table, place)


def sent(request: HttpRequest, table: str, place: Institution | None) -> HttpResponse:
    """The file as a download."""
    asked = request.GET.get("putaran")
    round_ = get_object_or_404(Round, code=asked) if asked else Round.current()
    if round_ is None:
        raise Http404
    data = export(table=table, round=round_, institution=place)
    name = "-".join([table, *([place.code] if place else []), round_.code])
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-store"}
    return HttpResponse(data, content_type="text/csv; charset=utf-8", headers=headers)
