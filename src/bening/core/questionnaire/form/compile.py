"""From sheets to a questionnaire."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bening.core.kinds import Instrument, Place, Problem, Question, Tree
from bening.core.problems import Refused, refuse
from bening.core.questionnaire.expressions import Fault, Scope, faults, names
from bening.core.questionnaire.form.choices import put_in, read_choices
from bening.core.questionnaire.form.drafts import Draft, Reading
from bening.core.questionnaire.form.settings import read_settings
from bening.core.questionnaire.form.sheets import Sheet, header_problems
from bening.core.questionnaire.form.types import OPEN
from bening.core.questionnaire.meaning import ID, UNASKED, leading_to, meaning, options, wording
from bening.core.questionnaire.meaning import faults as instrument_faults

WORDS_A_MINUTE, SECONDS_AN_ANSWER = 200, 4  # the expected time, counted over every question
COLUMN_OF = {
    "QUEST-106": "type",
    "QUEST-115": "calculation",
    "QUEST-117": "constraint",
    "QUEST-118": "constraint_message::id",
}
OWN_PLACE = ("QUEST-105",)  # the reading knows the very cell


def compile_form(sheets: Mapping[str, Sheet], dimensions: Mapping[str, Mapping[str, str]]) -> Instrument:
    """The questionnaire of the sheets survey, choices and settings, or `Refused` with every problem's cell.

    `dimensions`: by group, the dimension of each indicator of the method.
    """
    missing = [name for name in ("survey", "settings") if name not in sheets]
    if missing:
        file = next((sheet.file for sheet in sheets.values()), "")
        raise refuse("QUEST-115", Place(file, missing[0]), what=f"sheet {missing[0]}")
    survey, choices = (
        sheets["survey"],
        sheets.get("choices") or Sheet("choices", sheets["survey"].file, {}, ()),
    )
    settings, found = read_settings(sheets["settings"])
    lists, wrong_choices = read_choices(choices)
    for name in ("survey", "choices", "settings"):
        if name in sheets:
            found += header_problems(sheets[name])
    reading = Reading(survey, choices, lists, dimensions.get(settings.group, {}))
    reading.read()
    found += wrong_choices + reading.found + judged(reading, bool(wrong_choices))
    questions = tuple(finished(draft, draft.question) for draft in reading.drafts if draft.question)
    if not questions:
        found.append(Problem("QUEST-115", survey.place(), {"what": "survey"}))
    made = Instrument(
        settings.name, settings.version, settings.group, settings.title, minutes(questions), questions
    )
    if not found:
        found = instrument_faults(made)
    if found:
        raise Refused(*in_order(found))
    return made


def finished(draft: Draft, question: Question) -> Question:
    """The question of a draft with all its expressions."""
    trees = draft.trees if draft.kind != OPEN else {}
    return replace(
        question,
        relevant=draft.relevant(),
        constraint=trees.get("constraint"),
        calculation=trees.get("calculation"),
    )


def judged(reading: Reading, choices_wrong: bool) -> list[Problem]:
    """What is wrong with the rows, each problem at its cell."""
    earlier: dict[str, Question] = {}
    needs = {draft.id: needed(draft) for draft in reading.drafts}
    later = frozenset(draft.id for draft in reading.drafts if draft.kind != OPEN)
    found: list[Problem] = []
    seen: set[str] = set()
    for draft in reading.drafts:
        place = reading.survey.place(draft.row.number, "name")
        if not ID.fullmatch(draft.id) or draft.id in seen:
            found.append(Problem("QUEST-102", place, {"item": draft.id or "name"}))
        seen.add(draft.id)
        found += expressions(draft, reading, Scope(earlier, later, frozenset(leading_to(draft.id, needs))))
        if draft.question and draft.kind != OPEN:
            earlier[draft.id] = finished(draft, draft.question)
            found += own(earlier[draft.id], draft, reading, choices_wrong)
    return found


def needed(draft: Draft) -> set[str]:
    """The names a row depends on: those in its expressions and the groups around it."""
    own = {name for tree in draft.trees.values() for name in names(tree)}
    return own | {group.id for group in draft.around}


def own(question: Question, draft: Draft, reading: Reading, choices_wrong: bool) -> Iterator[Problem]:
    """What is wrong with a question, its expressions apart."""
    for problem in [*meaning(question), *wording(question), *options(question)]:
        if problem.code in OWN_PLACE or (
            problem.code == "QUEST-106" and (choices_wrong or not question.choices)
        ):
            continue
        column = COLUMN_OF.get(problem.code) or str(problem.words.get("field", "name"))
        column = {"dimension": "indicator"}.get(column, column)
        yield replace(problem, place=reading.survey.place(draft.row.number, column))


def expressions(draft: Draft, reading: Reading, scope: Scope) -> Iterator[Problem]:
    """What is wrong with the expressions of a row."""
    for column, tree in draft.trees.items():
        mine = replace(scope, own=draft.question) if column == "constraint" else scope
        if column == "calculation" and draft.kind != "calculate":
            where = reading.survey.place(draft.row.number, column)
            yield Problem("QUEST-113", where, words_of_calculation(draft.kind))
            continue
        faults_ = [
            fault
            for each in per_choice(tree, draft, reading, column)
            for fault in faults(each, mine, truth=column != "calculation")
        ]
        for fault in {str(each): each for each in faults_}.values():
            yield placed(fault, draft, reading, column)


def words_of_calculation(kind: str) -> dict[str, str | int | float]:
    """A default that is computed is not for a question."""
    return {
        "what": f"calculation ({kind})",
        "remedy": "Tulis baris tersendiri dengan type calculate.",
        "remedy_en": "Write a row of its own with type calculate.",
    }


def per_choice(tree: Tree, draft: Draft, reading: Reading, column: str) -> list[Tree]:
    """A filter as each choice has it; any other expression as it stands."""
    if column != "choice_filter":
        return [tree]
    listed = reading.lists.get(draft.row.get("type").split()[-1], [])
    return [put_in(tree, row.cells) for row, _ in listed]


def placed(fault: Fault, draft: Draft, reading: Reading, column: str) -> Problem:
    """A fault with its cell."""
    where = reading.survey.place(draft.row.number, column)
    return Problem(fault.code, where, {"item": draft.id, **fault.words})


def minutes(questions: tuple[Question, ...]) -> int:
    """The time to read and answer everything, whole minutes, at least one."""
    texts = [text.id for q in questions for text in (q.label, q.hint, *(c.label for c in q.choices)) if text]
    asked = sum(question.kind not in UNASKED for question in questions)
    words = sum(len(text.split()) for text in texts)
    return max(1, math.ceil(words / WORDS_A_MINUTE + asked * SECONDS_AN_ANSWER / 60))


def in_order(found: list[Problem]) -> list[Problem]:
    """Problems in the order of the sheets, each once."""
    order = {"settings": 0, "survey": 1, "choices": 2}
    unique = list({str(problem): problem for problem in found}.values())
    return sorted(unique, key=lambda p: (order.get(p.place.sheet, 9), p.place.row or 0))
