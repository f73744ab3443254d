"""The two grouped sums as SQL over the file itself, out of core; only small tables come back.

Numbers in the statements are written as doubles ("3.3e1"): a plain 33.3 is a DECIMAL there and its sums
round. Every name and every word in them is quoted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np

from bening.core.estimate.scores import dimensions
from bening.core.estimate.tables import SKIPPED
from bening.core.kinds import Estimates, Floats, Group, Item
from bening.core.problems import refuse
from bening.outside.engines.small import KEYS, First, Round, Second, needed
from bening.outside.engines.staged import files
from bening.outside.engines.task import Task, name_rejected

MEMORY = "400MB"  # what DuckDB may hold before it spills into the scratch folder
FLOATING = ("FLOAT", "DOUBLE")


@dataclass(frozen=True, slots=True)
class Table:
    """The file as DuckDB sees it: its kind of each column, and the group that is worked on."""

    task: Task
    kinds: Mapping[str, str]

    def has(self, name: str) -> bool:
        return name in self.kinds

    def word(self, name: str) -> str:
        """An entry as a word; an absent one is the empty word."""
        if name not in self.kinds:
            return "''"
        plain = f"CAST({quoted(name)} AS VARCHAR)"
        if self.kinds[name] not in FLOATING:
            return f"coalesce({plain}, '')"
        number = self.number(name)
        whole = f"CAST(TRY_CAST({number} AS HUGEINT) AS VARCHAR)"
        written = f"WHEN {number} = trunc({number}) THEN {whole} ELSE {plain}"
        return f"CASE WHEN {number} IS NULL THEN '' {written} END"

    def number(self, name: str) -> str:
        """An entry as a number; NULL for one that is absent or none.

        NaN is above every number there, and `isnan` over a Parquet file believes its statistics, which leave
        NaN out: only its name tells it.
        """
        word = f"CAST({quoted(name)} AS VARCHAR)"
        if self.kinds[name] in FLOATING:
            return f"CASE WHEN {word} = 'nan' THEN NULL ELSE CAST({quoted(name)} AS DOUBLE) END"
        value = f"TRY_CAST({word} AS DOUBLE)"
        return f"CASE WHEN isfinite({value}) THEN {value} END"

    def points(self, item: Item) -> str:
        """What an entry is worth; NULL where it is worth nothing."""
        if item.scale == "score":
            return self.number(item.id)
        scored = [(code, points) for code, points in item.scores if points is not None]
        cases = " ".join(f"WHEN {text(code)} THEN {double(points)}" for code, points in scored)
        return f"CASE {self.word(item.id)} {cases} END"

    def asked(self, item: Item) -> str:
        """Whether the person was asked (1 or 0)."""
        return "1" if item.scale == "score" else f"({self.word(item.id)} <> {text(SKIPPED)})::INT"

    def usable(self) -> str:
        """Whether a row can be used, as far as the row itself tells."""
        rules = [self.allowed(item) for item in {item.id: item for item in self.task.method.items}.values()]
        if self.has("weight"):
            weight = self.number("weight")
            rules.append(f"coalesce({weight} > 0 AND NOT isinf({weight}), false)")
        return " AND ".join(rules)

    def allowed(self, item: Item) -> str:
        """Whether the entry of an item is one it knows."""
        if item.scale == "score":
            value, word = self.number(item.id), self.word(item.id)
            return f"coalesce({value} BETWEEN 0e0 AND 1e2, {word} = '' OR lower({word}) = 'nan')"
        known = ", ".join(text(code) for code in ("", SKIPPED, *(code for code, _ in item.scores)))
        return f"{self.word(item.id)} IN ({known})"

    def scored(self, group: Group) -> str:
        """One row a respondent of a group: keys, weight, and whether each dimension counts with its score."""
        method = self.task.method
        inner, outer = [f"{self.word(key)} AS {key}" for key in KEYS], []
        inner.append(f"{self.number('weight') if self.has('weight') else '1e0'} AS w")
        for d, code in enumerate(dimensions(method, group)):
            items = [item for item in method.items if (item.group, item.dimension) == (group, code)]
            for place, item in enumerate(items):
                inner += [f"{self.points(item)} AS p{d}_{place}", f"{self.asked(item)} AS a{d}_{place}"]
            span = range(len(items))
            given = " + ".join(f"(p{d}_{k} IS NOT NULL)::INT" for k in span)
            asked = " + ".join(f"a{d}_{k}" for k in span)
            total = " + ".join(f"coalesce(p{d}_{k}, 0e0)" for k in span)
            counts = f"({given}) > 0 AND 2 * ({given}) >= ({asked})"
            outer += [
                f"{counts} AS o{d}",
                f"CASE WHEN {counts} THEN ({total}) / ({given}) ELSE 0e0 END AS s{d}",
            ]
        mine = f"{self.word('group')} = {text(group)} AND {self.usable()}"
        rows = f"SELECT {', '.join(inner)} FROM answers WHERE {mine}"  # noqa: S608
        return f"SELECT {', '.join(KEYS)}, w, {', '.join(outer)} FROM ({rows})"  # noqa: S608


def estimate(task: Task) -> Estimates:
    """The estimates of a round; rows that cannot be used are first counted, and named where there are any."""
    try:
        return _estimate(task)
    except duckdb.Error as bad:
        raise refuse("ESTIMATE-142", engine="duckdb", why=str(bad).splitlines()[0]) from bad


def _estimate(task: Task) -> Estimates:
    with duckdb.connect() as engine:
        engine.execute(f"SET memory_limit = '{MEMORY}'; SET preserve_insertion_order = false")
        engine.execute(f"SET temp_directory = {text(str(task.scratch))}")
        source = f"read_parquet({text(files(task))})"
        engine.execute(f"CREATE VIEW answers AS SELECT * FROM {source}")  # noqa: S608
        kinds = {name: kind for name, kind, *_ in engine.execute("DESCRIBE answers").fetchall()}
        table = Table(task, kinds)
        needed(task, kinds)
        made = Round(
            task,
            {group: first(engine, table, group) for group in present(engine, table)},
            weighted=table.has("weight"),
        )
        if sum(made.respondents.values()) < rows(engine, table):
            name_rejected(task)
        return made.finish(
            {plan.group: second(engine, table, made, plan.group) for plan in made.layout.plans}
        )


def present(engine: Any, table: Table) -> list[Group]:
    """The groups of the method that answered."""
    every = f"SELECT DISTINCT {table.word('group')} FROM answers"  # noqa: S608
    found = {name for (name,) in engine.execute(every).fetchall()}
    return [group for group in table.task.method.groups if group in found]


def rows(engine: Any, table: Table) -> int:
    """Rows that should be used: all but those of visitors."""
    sampled = f"{table.word('group')} <> {text(Group.VISITOR)}"
    counted = f"SELECT count(*) FROM answers WHERE {sampled}"  # noqa: S608
    return int(engine.execute(counted).fetchall()[0][0])


def first(engine: Any, table: Table, group: Group) -> First:
    """The first grouped sum of one group."""
    many = range(len(dimensions(table.task.method, group)))
    sums = ["count(*)", "sum(w)", "sum(w * w)", f"count_if({' OR '.join(f'o{d}' for d in many)})"]
    sums += [f"count_if(o{d})" for d in many]
    sums += [f"sum(CASE WHEN o{d} THEN w ELSE 0e0 END)" for d in many]
    sums += [f"sum(w * s{d})" for d in many]  # a score that does not count is 0
    return First.of(*grouped(engine, f"({table.scored(group)})", sums))


def second(engine: Any, table: Table, made: Round, group: Group) -> Second:
    """The second grouped sum of one group, about the means of institutions and of units."""
    many = range(len(dimensions(table.task.method, group)))
    beside = {
        key: np.array(column)
        for key, column in zip(KEYS, zip(*made.first[group].keys, strict=True), strict=True)
    }
    sums = []
    for name, centre in (("whole", made.whole[group]), ("domain", made.domain[group])):
        beside |= centre.columns(name)
        off = [f"(CASE WHEN o{d} THEN (s{d} - {name}_mean{d}) * w ELSE 0e0 END)" for d in many]
        off.append(f"({' + '.join(f'{off[d]} * {name}_factor{d}' for d in many)})")
        sums += [f"sum({each})" for each in off] + [f"sum({each} * {each})" for each in off]
    engine.register("centre", beside)
    keys, found = grouped(engine, f"({table.scored(group)}) JOIN centre USING ({', '.join(KEYS)})", sums)
    engine.unregister("centre")
    return Second(keys, *np.split(found, 4, axis=1))


def grouped(engine: Any, source: str, sums: Sequence[str]) -> tuple[list[tuple[str, ...]], Floats]:
    """Sums by part: the keys, and one float column a sum."""
    named = ", ".join(f"{each} AS c{place}" for place, each in enumerate(sums))
    keys = ", ".join(KEYS)
    statement = f"SELECT {keys}, {named} FROM {source} GROUP BY {keys}"  # noqa: S608
    found = engine.execute(statement).fetchnumpy()
    table = np.column_stack([np.asarray(found[f"c{place}"], float) for place in range(len(sums))])
    return list(zip(*(found[key].tolist() for key in KEYS), strict=True)), table


def quoted(name: str) -> str:
    """A column name in a statement."""
    return '"' + name.replace('"', '""') + '"'


def text(word: str) -> str:
    """A word in a statement."""
    return "'" + word.replace("'", "''") + "'"


def double(number: float) -> str:
    """A number in a statement, as a double."""
    return f"{number!r}e0" if "e" not in repr(number) else repr(number)
