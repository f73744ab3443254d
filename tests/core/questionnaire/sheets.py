"""The smallest form that compiles, and the same with some cells changed."""

from bening.core.questionnaire import compile_form, sheet

ID, EN = "Bahasa Indonesia (id)", "English (en)"
SURVEY = ("type", "name", f"label::{ID}", f"label::{EN}", f"hint::{ID}", f"hint::{EN}", "required",
          "relevant", "constraint", f"constraint_message::{ID}", f"constraint_message::{EN}", "calculation",
          "choice_filter", "indicator", "family", "measure", "score")  # fmt: skip
DIMENSIONS = {"external": {"v_staff": "staff", "v_service": "service"}, "internal": {"v_duty": "duty"}}
FIRST = {"type": "select_one yesno", "name": "met", "label_id": "Pernah?", "label_en": "Ever?",
         "required": "yes", "indicator": "v_staff", "family": "risk", "measure": "perception"}  # fmt: skip
CHOICES = [("yesno", "yes", "Ya", "Yes", "0"), ("yesno", "no", "Tidak", "No", "100")]
SETTINGS = ("Survei kecil / Small survey", "external-small", "1", "Bahasa Indonesia (id)")
SHORT = {"label_id": SURVEY[2], "label_en": SURVEY[3], "message_id": SURVEY[9], "message_en": SURVEY[10]}


def row(**cells):
    """A row of the survey sheet: the first question with these cells changed."""
    found = {SHORT.get(name, name): text for name, text in (FIRST | cells).items()}
    return [found.get(column, "") for column in SURVEY]


def sheets(*rows, choices=CHOICES, settings=SETTINGS, headers=SURVEY, more=()):
    """The three sheets as the reader would give them."""
    lines = [
        (1, list(headers)),
        *((number, list(cells)) for number, cells in enumerate(rows or [row()], start=2)),
    ]
    listed = [("list_name", "name", SURVEY[2], SURVEY[3], "score", *more), *choices]
    return {
        "survey": sheet("survey", lines, file="f.xlsx"),
        "choices": sheet("choices", list(enumerate(map(list, listed), start=1)), file="f.xlsx"),
        "settings": sheet(
            "settings",
            [(1, ["form_title", "form_id", "version", "default_language"]), (2, list(settings))],
            file="f.xlsx",
        ),
    }


def compiled(*rows, **changes):
    """The questionnaire of these rows."""
    return compile_form(sheets(*rows, **changes), DIMENSIONS)
