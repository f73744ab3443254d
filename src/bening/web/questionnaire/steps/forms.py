"""Reading a form: a workbook, a folder of CSV files or a frozen file becomes a questionnaire.

Workbooks pass the upload gate and the limited process of `bening.files`; what comes out are rows of text, and
pyxform never sees the file.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bening.core.kinds import Group, Instrument, Place
from bening.core.problems import Refused, refuse
from bening.core.questionnaire import Sheet, compile_form, load, sheet
from bening.files import reader
from bening.methods import known
from bening.methods import load as load_method
from bening.web.questionnaire.steps.standard import standard_problems

SHEETS = ("survey", "choices", "settings")


def checked(sheets: Mapping[str, Sheet], edition: str = "") -> Instrument:
    """The questionnaire of these sheets, or `Refused` with every problem: ours first, then the standard's."""
    made = compile_form(sheets, dimensions(edition))
    if problems := standard_problems(sheets):
        raise Refused(*problems)
    return made


def read_form(data: bytes, *, name: str, edition: str = "") -> Instrument:
    """The questionnaire of an uploaded workbook, or `Refused`."""
    return checked(workbook_sheets(data, name), edition)


def read_path(path: Path, edition: str = "") -> Instrument:
    """The questionnaire of a workbook, a folder of CSV files, or a frozen JSON file."""
    if path.suffix == ".json":
        return load(path.read_bytes())
    return checked(path_sheets(path), edition)


def path_sheets(path: Path) -> dict[str, Sheet]:
    """The sheets of a workbook or folder."""
    return folder_sheets(path) if path.is_dir() else workbook_sheets(path.read_bytes(), path.name)


def workbook_sheets(data: bytes, name: str) -> dict[str, Sheet]:
    """The sheets of a workbook that a form is made of; the others are for the author."""
    found: dict[str, list[tuple[int, list[str]]]] = {}
    for line in reader.read(data, name=name):
        if line.name in SHEETS:
            found.setdefault(line.name, []).append((line.row, line.cells))
    if not found:
        raise refuse("QUEST-115", Place(name), what="sheet survey")
    return {title: sheet(title, lines, file=name) for title, lines in found.items()}


def folder_sheets(folder: Path) -> dict[str, Sheet]:
    """The same from `survey.csv`, `choices.csv` and `settings.csv`, which version control can compare."""
    found = {}
    for title in SHEETS:
        path = folder / f"{title}.csv"
        if path.exists():
            lines = [(line.row, line.cells) for line in reader.read_file(path)]
            found[title] = sheet(title, lines, file=f"{folder.name}/{path.name}")
    if not found:
        raise refuse("QUEST-115", Place(folder.name), what="survey.csv")
    return found


@cache
def dimensions(edition: str) -> dict[str, dict[str, str]]:
    """By group, the dimension of each indicator of an edition (empty: the newest)."""
    ids = [method for method in known() if not edition or method.startswith(f"spi-{edition}:")]
    if not ids:
        raise refuse("METHOD-100", id=f"spi-{edition}", known=", ".join(known()))
    found: dict[str, dict[str, str]] = {group: {} for group in Group}
    for indicator in load_method(ids[-1]).indicators:
        found[indicator.group][indicator.code] = indicator.dimension
    return found
