"""One table of counts under attack: the floor alone, and after the defender (DSC-4, DSC-5)."""

from bening.core.kinds import Atom, Level
from bening.core.publish import attack, disclose, mean_of
from tests.core.publish.exact import null_space
from tests.specs.pictures.paper import FAINT, GREY, INK, RED, Paper

UNITS, GROUPS = ("school 1", "school 2", "clinic", "office"), ("staff", "heads", "all")
COUNTS = {
    "school 1": (17, 18),
    "school 2": (35, 18),
    "clinic": (17, 13),
    "office": (40, 6),
}
FLOOR = 10


def family():
    """Atoms, and a row for every entry of the table by its place (unit, group)."""
    people = {
        f"{unit}/{group}": n for unit, pair in COUNTS.items() for group, n in zip(GROUPS, pair, strict=False)
    }
    rows = {}
    for unit in (*UNITS, "all"):
        for group in GROUPS:
            members = [
                name
                for name in people
                if unit in ("all", name.split("/")[0]) and group in ("all", name.split("/")[1])
            ]
            level = (Level.CELL, Level.UNIT, Level.GROUP, Level.TOTAL)[(group == "all") + 2 * (unit == "all")]
            rows[unit, group] = mean_of(f"{unit}/{group}", members, level=level)
    return [Atom(name, (n,)) for name, n in people.items()], rows


def computable(atoms, rows):
    """The atoms that follow from rows, by exact linear algebra that shares no code with the engine."""
    place = {atom.id: column for column, atom in enumerate(atoms)}
    basis = null_space([{place[part]: 1 for part in row.parts} for row in rows], len(atoms))
    return {name for name, column in place.items() if not any(vector[column] for vector in basis)}


def draw():
    """The two tables side by side."""
    atoms, rows = family()
    size = {row.id: sum(atom.count for atom in atoms if atom.id in row.parts) for row in rows.values()}
    floored = [row for row in rows.values() if size[row.id] >= FLOOR]
    result = disclose(list(rows.values()), atoms, floors={})
    kept = [row for row in rows.values() if row.id in result.shown]
    before, after = (computable(atoms, some) - {row.id for row in some} for some in (floored, kept))
    assert attack(floored, atoms, floors={}) is not None
    assert not after
    hidden = [len(rows) - len(some) for some in (floored, kept)]
    paper = Paper(
        600,
        300,
        f"Hiding {word(hidden[0])} small group hides nothing; {word(hidden[1])} withheld protect one another",
    )
    panel(paper, 16, "every group of ten and more", rows, (size, {row.id for row in floored}, before))
    panel(paper, 316, "after the check", rows, (size, set(result.shown), after))
    paper.text(16, 286, "respondents; only entries with a number are published, as means", fill=GREY)
    return paper.svg()


def word(number):
    """Small numbers as words."""
    return ("no", "one", "two", "three", "four", "five", "six", "seven")[number]


def panel(paper, left, name, rows, state):
    """One table."""
    size, shown, leaked = state
    paper.text(left, 54, name, weight="bold")
    for column, group in enumerate(GROUPS):
        paper.text(left + 96 + 62 * column, 78, group, anchor="middle", fill=GREY)
    for line, unit in enumerate((*UNITS, "all")):
        y = 90 + 36 * line
        paper.text(left, y + 20, unit)
        for column, group in enumerate(GROUPS):
            entry(paper, left + 68 + 62 * column, y, rows[unit, group].id, size, shown, leaked)


def entry(paper, x, y, name, size, shown, leaked):
    """Shown with its number, withheld empty, or computable all the same."""
    colour = RED if name in leaked else INK if name in shown else GREY
    paper.box(x, y, 56, 30, fill="#ffffff" if name in shown else FAINT, stroke=colour)
    if name in shown:
        paper.text(x + 28, y + 20, str(size[name]), anchor="middle")
    elif name in leaked:
        paper.text(x + 28, y + 13, "= total", anchor="middle", fill=RED, size=10)
        paper.text(x + 28, y + 25, "− the rest", anchor="middle", fill=RED, size=10)
    else:
        paper.text(x + 28, y + 19, "withheld", anchor="middle", fill=GREY, size=11)
