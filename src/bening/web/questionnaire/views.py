"""The questionnaires of the round: what is frozen, what is still a draft, how it looks, what changed."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bening.core.kinds import Group, Instrument, Problem, Question
from bening.core.problems import CATALOGUE, Refused, say
from bening.core.questionnaire import differences, load, words
from bening.files.gate import WORKBOOK_BYTES
from bening.web.questionnaire.models import Draft
from bening.web.questionnaire.models import Instrument as Frozen
from bening.web.questionnaire.steps import freeze_draft, import_xlsform, preview_file
from bening.web.registry.guard import Staff, guard
from bening.web.registry.models import Round

AUTHORS = ("officer", "statistician")
READERS = (*AUTHORS, "auditor")
GROUPS = {
    Group.INTERNAL: gettext_lazy("Staff"),
    Group.EXTERNAL: gettext_lazy("Users of services"),
    Group.EXPERT: gettext_lazy("Experts"),
}
KINDS = {
    "added": gettext_lazy("added"),
    "removed": gettext_lazy("removed"),
    "moved": gettext_lazy("moved"),
    "wording": gettext_lazy("wording"),
    "choices": gettext_lazy("choices"),
    "routing": gettext_lazy("routing"),
    "scores": gettext_lazy("scores"),
    "meaning": gettext_lazy("meaning"),
    "screen": gettext_lazy("screen"),
}
FORM_TYPES = {
    "select_one": gettext_lazy("one choice"),
    "select_multiple": gettext_lazy("several choices"),
    "integer": gettext_lazy("number"),
    "text": gettext_lazy("text"),
    "note": gettext_lazy("note"),
    "calculate": gettext_lazy("calculation"),
}


def current() -> Round:
    """The round staff pages are about; without one there is no questionnaire either."""
    round_ = Round.current()
    if round_ is None:
        raise Http404
    return round_


def version(round: Round, name: str, number: int) -> Draft | Frozen:
    """A version by its name, frozen or not."""
    facts = {"round": round, "name": name, "version": number}
    row = Frozen.objects.filter(**facts).first() or Draft.objects.filter(**facts).first()
    if row is None:
        raise Http404
    return row


def form_of(row: Draft | Frozen) -> Instrument:
    """The questionnaire of a row."""
    return load(bytes(row.body))


@guard(*READERS)
@require_http_methods(["GET", "POST"])
def board(request: Staff) -> HttpResponse:
    """All versions of the round, and the place where a form is taken in."""
    round_ = current()
    if request.method == "GET":
        return page(request, round_)
    if request.role.name not in AUTHORS:
        return page(request, round_, status=403)
    file = request.FILES.get("file")
    if file is None or not file.size:
        return page(request, round_, error=gettext("Choose a file that is not empty."), status=400)
    if file.size > WORKBOOK_BYTES:
        return page(request, round_, error=gettext("The file is far too large."), status=400)
    try:
        row = import_xlsform(
            by=request.user.get_username(),
            round=round_,
            data=file.read(),
            name=file.name or "",
            now=settings.NOW(),
        )
    except Refused as stop:
        return page(request, round_, problems=stop.problems, file=file.name or "", status=400)
    messages.success(request, gettext("The form passed every check. Look at it before you freeze it."))
    return redirect("questionnaire", name=row.name, number=row.version)


def page(request: Staff, round_: Round, status: int = 200, **found: Any) -> HttpResponse:
    """The page of all versions, with what was wrong with a file."""
    frozen = list(Frozen.objects.filter(round=round_))
    versions: list[Draft | Frozen] = [*frozen, *Draft.objects.filter(round=round_)]
    rows = [listed(row) for row in versions]
    groups = {row.group for row in frozen}
    context = {
        "round": round_,
        "rows": sorted(
            rows, key=lambda row: (list(GROUPS).index(row["group_code"]), row["name"], row["number"])
        ),
        "missing": [str(word) for group, word in GROUPS.items() if group not in groups],
        "may": request.role.name in AUTHORS,
        "mb": WORKBOOK_BYTES // 10**6,
        "problems": [told(problem) for problem in found.get("problems", ())],
        "file": found.get("file", ""),
        "error": found.get("error", ""),
    }
    return render(request, "questionnaire/board.html", context, status=status)


def listed(row: Draft | Frozen) -> dict[str, Any]:
    """A version as a line."""
    form = form_of(row)
    return {
        "group_code": Group(row.group),
        "group": GROUPS[Group(row.group)],
        "name": row.name,
        "number": row.version,
        "title": getattr(form.title, language()),
        "items": sum(question.kind not in ("note", "calculate") for question in form.questions),
        "minutes": form.minutes,
        "frozen": isinstance(row, Frozen),
        "digest": row.digest,
    }


def told(problem: Problem) -> dict[str, Any]:
    """A problem as a line of the table."""
    entry, place = CATALOGUE[problem.code], problem.place
    sentence, remedy = (
        getattr(text, language()).format(**problem.words) for text in (entry.sentence, entry.remedy)
    )
    return {
        "code": problem.code,
        "sheet": place.sheet,
        "row": place.row,
        "column": place.column,
        "sentence": sentence,
        "remedy": remedy,
    }


def language() -> str:
    """The language of the page, of the two there are."""
    return "en" if get_language() == "en" else "id"


@guard(*READERS)
@require_GET
def one(request: Staff, name: str, number: int) -> HttpResponse:
    """A version in words: every screen, every condition, every score."""
    round_ = current()
    row = version(round_, name, number)
    form = form_of(row)
    rest = {"round": round_, "group": row.group}
    versions: list[Draft | Frozen] = [*Frozen.objects.filter(**rest), *Draft.objects.filter(**rest)]
    others = [
        {"name": each.name, "number": each.version}
        for each in versions
        if (each.name, each.version) != (name, number)
    ]
    context = {
        "round": round_,
        "line": listed(row),
        "screens": screens(form),
        "others": others,
        "may": request.role.name in AUTHORS and isinstance(row, Draft),
    }
    return render(request, "questionnaire/one.html", context)


def screens(form: Instrument) -> list[list[dict[str, Any]]]:
    """The questions screen by screen."""
    found: dict[str, list[dict[str, Any]]] = {}
    for question in form.questions:
        found.setdefault(question.block or question.id, []).append(described(question))
    return list(found.values())


def described(question: Question) -> dict[str, Any]:
    """A question in words."""
    rules = {
        "relevant": question.relevant,
        "constraint": question.constraint,
        "calculation": question.calculation,
    }
    return {
        "id": question.id,
        "kind": FORM_TYPES[question.kind],
        "label": getattr(question.label, language()) if question.kind != "calculate" else question.id,
        "hint": getattr(question.hint, language()) if question.hint else "",
        "optional": not question.required and question.kind not in ("note", "calculate"),
        "rules": [(name, words(tree)) for name, tree in rules.items() if tree is not None],
        "choices": [
            {
                "label": getattr(choice.label, language()),
                "score": choice.score,
                "filter": words(choice.relevant) if choice.relevant is not None else "",
            }
            for choice in question.choices
        ],
        "meaning": " · ".join(
            filter(None, (question.dimension, question.indicator, question.family, question.measure))
        ),
    }


@guard(*READERS)
@require_GET
def difference(request: Staff, name: str, number: int, other: str, other_number: int) -> HttpResponse:
    """What became of another version in this one."""
    round_ = current()
    new, old = version(round_, name, number), version(round_, other, other_number)
    rows = [
        {"word": KINDS[each.kind], "difference": each} for each in differences(form_of(old), form_of(new))
    ]
    context = {"round": round_, "new": listed(new), "old": listed(old), "rows": rows}
    return render(request, "questionnaire/difference.html", context)


@guard(*AUTHORS)
@require_POST
def freeze(request: Staff, name: str, number: int) -> HttpResponse:
    """Freeze a draft."""
    row = version(current(), name, number)
    if isinstance(row, Draft):
        try:
            freeze_draft(by=request.user.get_username(), draft=row)
        except Refused as stop:
            for problem in stop.problems:
                messages.error(request, say(problem, language()))
        else:
            messages.success(request, gettext("This version is frozen. It never changes any more."))
    return redirect("questionnaire", name=name, number=number)


@guard(*READERS)
@require_GET
def preview(request: HttpRequest, name: str, number: int, file: str) -> HttpResponse:
    """One file of the preview."""
    found = preview_file(form_of(version(current(), name, number)), file)
    if found is None:
        raise Http404
    body, kind = found
    return HttpResponse(body, content_type=kind)
