"""Small rounds for the tests: a method, a frame and answers written down as rows."""

import numpy as np

from bening.core.estimate import coded
from bening.core.kinds import Answers, Dimension, Estimates, Frame, Group, Item, Method, Text

WORD = Text("uji", "test")


def method(weights, dimensions, items=None, missing="withhold"):
    """A method of groups → weight and (group, code, weight); without items each dimension is one score."""
    parts = tuple(Dimension(code, Group(group), WORD, weight) for group, code, weight in dimensions)
    scores = tuple(Item(part.code, part.group, part.code, scale="score") for part in parts)
    return Method(
        id="test:test",
        edition="test",
        profile="test",
        label=WORD,
        official=False,
        groups={Group(group): weight for group, weight in weights.items()},
        dimensions=parts,
        indicators=(),
        eligibility={},
        reference="",
        bounds=(),
        missing=missing,
        correction="none",
        corrections={},
        floors={},
        config={},
        digest="",
        items=scores if items is None else items,
    )


def answers(rows, items, **more):
    """Answers of rows (institution, group, stratum, unit) and columns of scores or codes."""
    columns = list(zip(*rows, strict=True))
    return Answers(
        coded(columns[0]),
        coded(columns[1]),
        coded(columns[2]),
        {name: np.asarray(column) for name, column in items.items()},
        unit=coded(columns[3]) if len(columns) > 3 else None,
        **more,
    )


def frame(rows, **more):
    """A frame of rows (institution, group, stratum, population)."""
    institution, group, stratum, population = zip(*rows, strict=True)
    return Frame(coded(institution), coded(group), coded(stratum), np.array(population, np.int64), **more)


def row(made: Estimates, level="index", *, institution=None, unit="", group="", dimension=""):
    """The one row of a result with these names, as a mapping; None where there is none."""
    names = {"unit": unit, "level": level, "group": group, "dimension": dimension}
    if institution is not None:
        names["institution"] = institution
    found = np.ones(len(made.estimate), bool)
    for column, name in names.items():
        coded_column = getattr(made, column)
        place = coded_column.names.index(name) if name in coded_column.names else -1
        found &= coded_column.codes == place
    places = np.flatnonzero(found)
    if not places.size:
        return None
    assert places.size == 1
    columns = ("estimate", "se", "df", "lower", "upper", "se_repeat", "n", "n_eff", "population", "flags")
    return {name: getattr(made, name)[places[0]] for name in columns}
