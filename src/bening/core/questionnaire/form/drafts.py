"""Rows of the survey sheet as drafts: questions and groups, their expressions parsed but not yet judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bening.core.kinds import Choice, Problem, Question, Text, Tree
from bening.core.problems import Refused
from bening.core.questionnaire.expressions import parse
from bening.core.questionnaire.form.choices import Lists, columns, filtered, scored, wrong
from bening.core.questionnaire.form.sheets import LANGUAGES, Row, Sheet
from bening.core.questionnaire.form.types import CLOSE, OPEN, SELECTS, read_type, type_problem
from bening.core.questionnaire.meaning import UNSCORED

YES = ("yes", "true", "true()", "y")
NO = ("", "no", "false", "false()", "t")  # `T` is how the reader of workbooks writes a cell that says FALSE
LONGEST_TEXT = 600
OURS = "ours_"


@dataclass(slots=True)
class Draft:
    """A row: its question (of a group: the note with its heading, if it has one) and its own expressions."""

    row: Row
    kind: str
    question: Question | None
    trees: dict[str, Tree] = field(default_factory=dict)  # by column; a group has `relevant` only
    around: tuple["Draft", ...] = ()  # the groups it stands in

    @property
    def id(self) -> str:
        """The name of the row."""
        return self.row.get("name")

    def relevant(self) -> Tree | None:
        """All conditions of the row in one."""
        own = [each.trees["relevant"] for each in (*self.around, self) if "relevant" in each.trees]
        return ("and", *own) if len(own) > 1 else own[0] if own else None


@dataclass(slots=True)
class Reading:
    """One pass over the survey sheet."""

    survey: Sheet
    choices: Sheet
    lists: Lists
    dimensions: Mapping[str, str]  # indicator -> dimension
    drafts: list[Draft] = field(default_factory=list)
    open: list[Draft] = field(default_factory=list)
    found: list[Problem] = field(default_factory=list)

    def note(self, code: str, row: Row, column: str, **words: str | int) -> None:
        """Remember a problem with a cell."""
        self.found.append(Problem(code, self.survey.place(row.number, column), words))

    def read(self) -> None:
        """Every row."""
        for row in self.survey.rows:
            kind, listed = read_type(row.get("type"))
            problem = type_problem(kind, listed, self.survey.place(row.number, "type"))
            if problem:
                self.found.append(problem)
            elif kind == OPEN:
                self.begin(row)
            elif kind == CLOSE:
                self.end(row)
            else:
                self.drafts.append(self.question(row, kind, listed))
        for group in self.open:
            self.note("QUEST-116", group.row, "type", item=group.id)

    def begin(self, row: Row) -> None:
        """A group: its condition goes into every row inside, its label becomes a note."""
        label = self.text(row, "label", needed=False)
        block = self.open[0].id if self.open else row.get("name")
        heading = Question(row.get("name"), "note", label, block=block) if label else None
        draft = Draft(row, OPEN, heading, self.expressions(row, ("relevant",)), tuple(self.open))
        self.drafts.append(draft)
        self.open.append(draft)

    def end(self, row: Row) -> None:
        """The end of the innermost group."""
        if self.open:
            self.open.pop()
        else:
            self.note("QUEST-116", row, "type", item=row.get("name") or "end_group")

    def question(self, row: Row, kind: str, listed: str) -> Draft:
        """A question with everything but its expressions."""
        wanted = ("relevant", "constraint", "calculation")
        trees = self.expressions(row, wanted)
        indicator = row.get("indicator")
        made = Question(
            id=row.get("name"),
            kind=kind,
            label=self.text(row, "label", needed=kind != "calculate") or Text("", ""),
            choices=self.offered(row, kind, listed, trees) if kind in SELECTS else (),
            hint=self.text(row, "hint", needed=False),
            required=self.required(row, kind),
            message=self.text(row, "constraint_message", needed=False),
            indicator=indicator,
            dimension=self.dimensions.get(indicator, "") or self.named(indicator),
            family=row.get("family"),
            measure=row.get("measure"),
            block=self.open[0].id if self.open else "",
            longest=LONGEST_TEXT if kind == "text" else 0,
        )
        if made.measure in UNSCORED and not row.get("score"):
            # The scores of a shared list say nothing about the answering or the person.
            made = replace(made, choices=scored(made.choices, "none"))
        return Draft(row, kind, made, trees, tuple(self.open))

    def named(self, indicator: str) -> str:
        """The dimension in the name of an indicator of one's own: `ours_duty_gifts`."""
        codes = sorted(set(self.dimensions.values()), key=len, reverse=True)
        return next((code for code in codes if indicator.startswith(f"{OURS}{code}_")), "")

    def required(self, row: Row, kind: str) -> bool:
        """Whether an answer is needed; a condition belongs into `relevant`."""
        word = row.get("required").lower()
        if word not in YES + NO:
            known = "yes, no"
            self.note(
                "QUEST-107", row, "required", item=row.get("name"), field="required", word=word, known=known
            )
        return word in YES and kind not in ("note", "calculate")

    def text(self, row: Row, stem: str, *, needed: bool) -> Text | None:
        """A text in both languages; a problem at the cell that is empty."""
        cells = {language: row.get(f"{stem}::{language}") for language in LANGUAGES}
        if not needed and not any(cells.values()):
            return None
        for language, cell in cells.items():
            if not cell:
                self.note("QUEST-105", row, f"{stem}::{language}", where=row.get("name"))
        return Text(cells["id"] or cells["en"], cells["en"] or cells["id"])

    def expressions(self, row: Row, wanted: tuple[str, ...]) -> dict[str, Tree]:
        """The parsed expressions of a row."""
        found = {}
        for column in wanted:
            tree = self.parsed(row, column) if row.get(column) else None
            if tree is not None:
                found[column] = tree
        return found

    def parsed(self, row: Row, column: str, names: tuple[str, ...] = ()) -> Tree | None:
        """The tree of a cell; None and a problem if it cannot be read."""
        try:
            return parse(row.get(column), names)
        except Refused as refused:
            words = refused.problems[0].words
            self.found.append(Problem("QUEST-103", self.survey.place(row.number, column), words))
            return None

    def offered(self, row: Row, kind: str, listed: str, trees: dict[str, Tree]) -> tuple[Choice, ...]:
        """The choices of a question with its filter and its scores."""
        if listed not in self.lists:
            self.found.append(wrong(self.survey.place(row.number, "type"), row.get("name"), listed))
            return ()
        tree = (
            self.parsed(row, "choice_filter", tuple(columns(self.choices)))
            if row.get("choice_filter")
            else None
        )
        if tree is not None:
            trees["choice_filter"] = tree
        made = filtered(self.lists[listed], tree)
        if kind == "select_multiple" and not row.get("score"):
            return scored(made, "none")
        try:
            return scored(made, row.get("score"))
        except ValueError as error:
            self.found.append(wrong(self.survey.place(row.number, "score"), row.get("name"), str(error)))
            return made
