"""From an XLSForm to a questionnaire: what each cell becomes, and which cell a problem names."""

import pytest

from bening.core.kinds import Text
from bening.core.problems import Refused, say
from bening.core.questionnaire import compile_form, dump, load, sheet
from bening.core.questionnaire.expressions import parse
from tests.core.questionnaire.sheets import CHOICES, DIMENSIONS, SETTINGS, SURVEY, compiled, row, sheets


def refused(*rows, **changes):
    """(code, sheet, row, column) of each problem; every word of the sentences is filled in."""
    with pytest.raises(Refused) as stop:
        compiled(*rows, **changes)
    for problem in stop.value.problems:
        for language in ("id", "en"):
            assert "{" not in say(problem, language).replace("${", "").replace("{…}", "").replace(
                "{item}", ""
            )
        assert problem.place.file == "f.xlsx"
    return [(p.code, p.place.sheet, p.place.row, p.place.column) for p in stop.value.problems]


def test_the_smallest_form():
    form = compiled()
    assert (form.name, form.version, form.group, form.minutes) == ("external-small", 1, "external", 1)
    assert form.title == Text("Survei kecil", "Small survey")
    (question,) = form.questions
    assert (question.id, question.kind, question.required, question.block) == ("met", "select_one", True, "")
    assert [(choice.code, choice.score) for choice in question.choices] == [("yes", 0), ("no", 100)]
    assert (question.dimension, question.indicator) == ("staff", "v_staff")
    assert load(dump(form)) == form


def test_an_indicator_of_ones_own_names_its_dimension():
    assert compiled(row(indicator="ours_service_clear")).questions[0].dimension == "service"
    assert refused(row(indicator="ours_weather_rain")) == [("QUEST-101", "survey", 2, "indicator")]


def test_a_group_is_a_screen_with_a_heading_and_its_condition_holds_inside():
    form = compiled(
        row(),
        row(type="begin_group", name="more", label_id="Lagi", label_en="More", relevant="${met} = 'yes'"),
        row(name="often", relevant="${met} != ''"),
        row(type="begin group", name="deep", label_id="", label_en="", relevant="${often} = 'no'"),
        row(name="why"), row(type="end group", name=""), row(name="last"), row(type="end_group", name=""),
    )  # fmt: skip
    heading, often, why, last = form.questions[1:]
    assert (heading.id, heading.kind, heading.label) == ("more", "note", Text("Lagi", "More"))
    assert {q.block for q in form.questions[1:]} == {"more"}
    assert often.relevant == parse("${met} = 'yes' and ${met} != ''")
    assert why.relevant == parse("${met} = 'yes' and ${often} = 'no'")
    assert last.relevant == heading.relevant == parse("${met} = 'yes'")


@pytest.mark.parametrize(
    ("score", "measure", "scores"),
    [
        ("", "perception", [0, 100]),
        ("reverse", "perception", [100, 0]),
        ("none", "perception", [None, None]),
        ("yes=25 no=75", "perception", [25, 75]),
        ("yes: 25; no: 75", "perception", [25, 75]),
        ("no=50", "perception", [None, 50]),
        ("", "profile", [None, None]),
    ],
)
def test_scores_come_from_the_list_or_the_question(score, measure, scores):
    (question,) = compiled(row(score=score, measure=measure)).questions
    assert [choice.score for choice in question.choices] == scores


def test_several_ticks_are_never_scored():
    (question,) = compiled(row(type="select_multiple yesno")).questions
    assert {choice.score for choice in question.choices} == {None}


def test_a_choice_filter_becomes_a_condition_of_each_choice():
    places = [("place", code, code, code, "", kind) for code, kind in
              (("a", "yes"), ("b", "no"), ("c", ""))]  # fmt: skip
    rows = row(), row(type="select_one place", name="where", choice_filter="kind = ${met} or kind = ''")
    choices = [(*c, "") for c in CHOICES]
    where = compiled(*rows, choices=choices + places, more=("kind",)).questions[1]
    assert where.choices[0].relevant == parse("'yes' = ${met} or 'yes' = ''")
    assert where.choices[2].relevant == parse("'' = ${met} or '' = ''")
    fixed = row(), row(type="select_one place", name="where", choice_filter="kind != 'no'")
    left = compiled(*fixed, choices=choices + places, more=("kind",)).questions[1].choices
    assert [(choice.code, choice.relevant) for choice in left] == [("a", None), ("c", None)]


def test_a_number_a_text_and_a_calculation():
    bounds = {"constraint": ". >= 1 and . <= 60", "message_id": "1 sampai 60", "message_en": "1 to 60"}
    form = compiled(
        row(), row(type="integer", name="times", required="", **bounds),
        row(type="calculate", name="many", label_id="", label_en="", calculation="if(${times} > 3, 1, 0)",
            required="", indicator="", family="", measure=""),
        row(type="text", name="why", relevant="${many} = 1", required="no"),
    )  # fmt: skip
    times, many, why = form.questions[1:]
    assert times.constraint == parse(bounds["constraint"])
    assert times.message == Text("1 sampai 60", "1 to 60")
    assert many.calculation == parse("if(${times} > 3, 1, 0)")
    assert (why.longest > 0, why.required) == (True, False)


ONE = ("survey", 2)
INTEGER = {"type": "integer", "constraint": ". < 9", "message_id": "x", "message_en": "x"}


@pytest.mark.parametrize(
    ("changes", "code", "column"),
    [
        ({"label_en": ""}, "QUEST-105", "label::English (en)"),
        ({"hint::Bahasa Indonesia (id)": "x"}, "QUEST-105", "hint::English (en)"),
        ({"measure": ""}, "QUEST-101", "measure"),
        ({"family": ""}, "QUEST-101", "family"),
        ({"measure": "gossip"}, "QUEST-107", "measure"),
        ({"family": "luck"}, "QUEST-107", "family"),
        ({"required": "${x} = 1"}, "QUEST-107", "required"),
        ({"name": ""}, "QUEST-102", "name"),
        ({"name": "Met"}, "QUEST-102", "name"),
        ({"type": "select_one nolist"}, "QUEST-106", "type"),
        ({"score": "maybe=3"}, "QUEST-106", "score"),
        ({"score": "yes=101"}, "QUEST-106", "score"),
        ({"score": "high"}, "QUEST-106", "score"),
        ({"relevant": "${met} ="}, "QUEST-103", "relevant"),
        ({"relevant": "${nobody} = 'x'"}, "QUEST-104", "relevant"),
        ({"relevant": "${met} = 'yes'"}, "QUEST-109", "relevant"),
        ({"relevant": "'yes'"}, "QUEST-110", "relevant"),
        ({"relevant": "selected('x')"}, "QUEST-111", "relevant"),
        ({"relevant": "today() > 3"}, "QUEST-112", "relevant"),
        ({"constraint": ". = 'yes'"}, "QUEST-118", "constraint_message::Bahasa Indonesia (id)"),
        ({"constraint": ". = 'yes'", "message_id": "x"}, "QUEST-105", "constraint_message::English (en)"),
        ({"choice_filter": "wind = 'x'"}, "QUEST-103", "choice_filter"),
        ({"calculation": "1 + 1"}, "QUEST-113", "calculation"),
        ({**INTEGER, "constraint": ""}, "QUEST-117", "constraint"),
        ({"type": "calculate"}, "QUEST-115", "calculation"),
        ({"label_id": "Halo ${met}"}, "QUEST-113", "label::Bahasa Indonesia (id)"),
        ({"type": "decimal"}, "QUEST-113", "type"),
        ({"type": "date"}, "QUEST-113", "type"),
        ({"type": "range"}, "QUEST-113", "type"),
        ({"type": "geopoint"}, "QUEST-113", "type"),
        ({"type": "audio"}, "QUEST-113", "type"),
        ({"type": "image"}, "QUEST-113", "type"),
        ({"type": "barcode"}, "QUEST-113", "type"),
        ({"type": "rank yesno"}, "QUEST-113", "type"),
        ({"type": "deviceid"}, "QUEST-113", "type"),
        ({"type": "start"}, "QUEST-113", "type"),
        ({"type": "begin_repeat"}, "QUEST-113", "type"),
        ({"type": "end_repeat"}, "QUEST-113", "type"),
        ({"type": "select_one yesno or_other"}, "QUEST-113", "type"),
        ({"type": "select_one_from_file a.csv"}, "QUEST-113", "type"),
        ({"type": "select_one_external yesno"}, "QUEST-113", "type"),
        ({"type": "csv-external"}, "QUEST-113", "type"),
        ({"type": ""}, "QUEST-113", "type"),
        ({"type": "begin_group"}, "QUEST-116", "type"),
        ({"type": "end_group"}, "QUEST-116", "type"),
    ],
)
def test_a_wrong_cell_is_named(changes, code, column):
    found = refused(row(**changes))
    assert (code, *ONE, column) in found


@pytest.mark.parametrize(
    "column", ["appearance", "default", "parameters", "trigger", "media::image", "read_only"]
)
def test_what_the_phone_does_not_draw_is_refused_where_it_is_asked_for_and_harmless_where_it_is_empty(column):
    headers = (*SURVEY, column)
    assert refused([*row(), "x"], headers=headers) == [("QUEST-113", *ONE, column)]
    assert compiled([*row(), ""], headers=headers)


@pytest.mark.parametrize(
    ("column", "code"),
    [
        ("relevent", "QUEST-114"),
        ("label", "QUEST-114"),
        ("label::Basa Jawa (jv)", "QUEST-113"),
        ("dimension", "QUEST-114"),
    ],
)
def test_a_column_nobody_knows_is_refused_because_most_are_slips(column, code):
    assert refused([*row(), "x"], headers=(*SURVEY, column)) == [(code, "survey", 1, column)]


def test_a_question_asked_later_and_a_circle_through_two_groups():
    assert refused(row(relevant="${last} = 'yes'"), row(name="last")) == [("QUEST-108", *ONE, "relevant")]
    found = refused(
        row(type="begin_group", name="one", relevant="${b} = 'yes'"),
        row(name="a"), row(type="end_group", name=""),
        row(type="begin_group", name="two", relevant="${a} = 'yes'"),
        row(name="b"), row(type="end_group", name=""),
    )  # fmt: skip
    assert found == [("QUEST-109", "survey", 2, "relevant")]
    inside = refused(
        row(type="begin_group", name="one", relevant="${a} = 'no'"), row(name="a"), row(type="end_group")
    )
    assert inside == [("QUEST-109", "survey", 2, "relevant")]


@pytest.mark.parametrize(
    ("choices", "code", "column", "number"),
    [
        ([("yesno", "yes", "Ya", "", "")], "QUEST-105", "label::English (en)", 2),
        ([("yesno", "Yes", "Ya", "Yes", "")], "QUEST-106", "name", 2),
        ([("yesno", "yes", "Ya", "Yes", "101")], "QUEST-106", "score", 2),
        ([("yesno", "yes", "Ya", "Yes", "high")], "QUEST-106", "score", 2),
        ([("", "yes", "Ya", "Yes", "")], "QUEST-115", "list_name", 2),
        ([*CHOICES, ("yesno", "no", "Tidak", "No", "")], "QUEST-106", "name", 4),
    ],
)
def test_a_wrong_choice_is_named(choices, code, column, number):
    found = refused(choices=choices)
    assert (code, "choices", number, column) in found


def test_a_column_of_choices_may_be_anything_a_filter_can_name():
    more = [(*choice, "x") for choice in CHOICES]
    assert compiled(choices=more, more=("kind",))
    assert refused(choices=more, more=("Kind of",)) == [("QUEST-114", "choices", 1, "Kind of")]


@pytest.mark.parametrize(
    ("at", "text", "code", "column"),
    [
        (0, "", "QUEST-115", "form_title"),
        (0, "Survei", "QUEST-105", "form_title"),
        (1, "", "QUEST-115", "form_id"),
        (1, "Ext", "QUEST-102", "form_id"),
        (1, "everybody", "QUEST-107", "form_id"),
        (2, "", "QUEST-115", "version"),
        (2, "2025.1", "QUEST-107", "version"),
        (3, "English (en)", "QUEST-107", "default_language"),
    ],
)
def test_a_wrong_setting_is_named(at, text, code, column):
    settings = [text if place == at else cell for place, cell in enumerate(SETTINGS)]
    assert (code, "settings", 2, column) in refused(settings=settings)


def test_all_faults_are_told_at_once_in_the_order_of_the_sheets():
    found = refused(
        row(label_en="", relevant="${x} = 1"), row(), choices=CHOICES[:1], settings=("", *SETTINGS[1:])
    )
    assert {"QUEST-102", "QUEST-104", "QUEST-105", "QUEST-115"} <= {code for code, *_ in found}
    assert [place for _, place, *_ in found] == sorted(
        (p for _, p, *_ in found), key=["settings", "survey", "choices"].index
    )


def test_a_missing_sheet_or_column_is_named():
    pages = sheets()
    with pytest.raises(Refused, match="QUEST-115"):
        compile_form({"choices": pages["choices"]}, DIMENSIONS)
    headers = [column for column in SURVEY if column != "name"]
    assert ("QUEST-115", "survey", 1, "") in refused(
        [cell for c, cell in zip(SURVEY, row(), strict=True) if c != "name"], headers=headers
    )


def test_rows_keep_the_numbers_people_see():
    lines = [(3, list(SURVEY)), (7, row(label_en=""))]
    pages = sheets() | {"survey": sheet("survey", lines, file="f.xlsx")}
    with pytest.raises(Refused) as stop:
        compile_form(pages, DIMENSIONS)
    assert [problem.place.row for problem in stop.value.problems] == [7]
