"""An uploaded file back with its faults marked in place."""

from bening.core.kinds import Problem
from bening.core.problems import say, severity
from bening.files import marker
from bening.web.frame.models import Roster
from bening.web.frame.steps.load import problems


def mark_of(problem: Problem) -> marker.Mark:
    """A problem as it is written beside a cell: the sentence without its place, which is the cell."""
    place = problem.place
    bare = Problem(problem.code, words=problem.words)
    return marker.Mark(
        problem.code, severity(problem).value, place.sheet, place.row, place.column,
        say(bare, "id"), say(bare, "en"),
    )  # fmt: skip


def marked_file(*, roster: Roster, data: bytes, name: str) -> bytes:
    """The file of a stored roster, marked; `data` is the upload itself, because no file is kept."""
    found = problems(roster=roster, file=name, agency=False)
    return marker.marked(data, [mark_of(problem) for problem in found], name=name)
