"""The two grouped sums as Ibis expressions: they run where the answers are, on DuckDB, Spark or a warehouse.

Only `read_parquet`, in-memory tables and expressions are used: with newer releases of its SQL library Ibis
writes broken statements for tables that it creates.
"""

from collections.abc import Sequence
from typing import Any

import ibis
import numpy as np
import pyarrow

from bening.core.estimate.scores import dimensions
from bening.core.estimate.tables import SKIPPED
from bening.core.kinds import Estimates, Floats, Group, Item
from bening.core.problems import Refused, refuse
from bening.outside.engines.small import KEYS, First, Round, Second, needed
from bening.outside.engines.staged import files
from bening.outside.engines.task import Task, name_rejected


def estimate(task: Task) -> Estimates:
    """The estimates of a round by the engine at an address, `ibis:duckdb://` or `ibis:pyspark://`."""
    try:
        engine = ibis.connect(task.engine.partition(":")[2])
        return Answers(task, engine).estimate()
    except (Refused, KeyboardInterrupt):
        raise
    except Exception as bad:  # every engine has errors of its own
        raise refuse("ESTIMATE-142", engine=task.engine, why=(str(bad).splitlines() or ["–"])[0]) from bad


class Answers:
    """The file of answers on an engine."""

    def __init__(self, task: Task, engine: Any) -> None:
        self.task, self.engine = task, engine
        self.table = engine.read_parquet(files(task))
        needed(task, self.table.columns)

    def estimate(self) -> Estimates:
        """Both sums, and what follows from them."""
        group = self.word("group")
        there = set(self.table.select(g=group).distinct().to_pyarrow()["g"].to_pylist())
        present = [name for name in self.task.method.groups if name in there]
        first = {name: self.first(name) for name in present}
        made = Round(self.task, first, weighted="weight" in self.table.columns)
        if sum(made.respondents.values()) < int(
            self.table.filter(group != Group.VISITOR).count().to_pyarrow().as_py()
        ):
            name_rejected(self.task)
        return made.finish({plan.group: self.second(made, plan.group) for plan in made.layout.plans})

    def word(self, name: str) -> Any:
        """An entry as a word; an absent one is the empty word."""
        if name not in self.table.columns:
            return ibis.literal("")
        column = self.table[name]
        if not column.type().is_floating():
            return column.cast("string").fill_null("")
        number = self.number(name)
        whole = number.cast("int64")
        return (whole == number).ifelse(whole.cast("string"), number.cast("string")).fill_null("")

    def number(self, name: str) -> Any:
        """An entry as a number; null for one that is absent or none.

        NaN is above every number in SQL, and a test for it may believe the statistics of the Parquet file,
        which leave NaN out: only its name tells it.
        """
        column = self.table[name]
        if column.type().is_floating():
            return (column.cast("string").lower() == "nan").ifelse(
                ibis.null("float64"), column.cast("float64")
            )
        value = column.cast("string").try_cast("float64")
        return (value.isnan() | value.isinf()).ifelse(ibis.null("float64"), value)

    def points(self, item: Item) -> Any:
        """What an entry is worth; null where it is worth nothing."""
        if item.scale == "score":
            return self.number(item.id)
        scored = [(code, points) for code, points in item.scores if points is not None]
        if not scored:
            return ibis.null("float64")
        word = self.word(item.id)
        return ibis.cases(*((word == code, ibis.literal(p, "float64")) for code, p in scored))

    def asked(self, item: Item) -> Any:
        """Whether the person was asked (1 or 0)."""
        if item.scale == "score":
            return ibis.literal(1)
        return (self.word(item.id) != SKIPPED).cast("int64")

    def usable(self) -> list[Any]:
        """Whether a row can be used, as far as the row itself tells."""
        rules = [self.allowed(item) for item in {item.id: item for item in self.task.method.items}.values()]
        if "weight" in self.table.columns:
            weight = self.number("weight")
            rules.append(((weight > 0) & ~weight.isinf()).fill_null(False))
        return rules

    def allowed(self, item: Item) -> Any:
        """Whether the entry of an item is one it knows."""
        word = self.word(item.id)
        if item.scale == "score":
            return self.number(item.id).between(0.0, 100.0).fill_null((word == "") | (word.lower() == "nan"))
        return word.isin(["", SKIPPED, *(code for code, _ in item.scores)])

    def scored(self, group: Group) -> Any:
        """One row a respondent of a group: keys, weight, and whether each dimension counts with its score."""
        method, inner, outer = self.task.method, {key: self.word(key) for key in KEYS}, {}
        inner["w"] = self.number("weight") if "weight" in self.table.columns else ibis.literal(1.0, "float64")
        many = {}
        for d, code in enumerate(dimensions(method, group)):
            items = [item for item in method.items if (item.group, item.dimension) == (group, code)]
            inner |= {f"p{d}_{k}": self.points(item) for k, item in enumerate(items)}
            inner |= {f"a{d}_{k}": self.asked(item) for k, item in enumerate(items)}
            many[d] = range(len(items))
        rows = self.table.filter([self.word("group") == group, *self.usable()]).select(**inner)
        for d, span in many.items():
            given = added([rows[f"p{d}_{k}"].notnull().cast("int64") for k in span])
            counts = (given > 0) & (2 * given >= added([rows[f"a{d}_{k}"] for k in span]))
            total = added([rows[f"p{d}_{k}"].fill_null(0.0) for k in span])
            outer[f"o{d}"] = counts
            outer[f"s{d}"] = counts.ifelse(total / given.cast("float64").nullif(0.0), 0.0)
        return rows.select(*KEYS, "w", **outer)

    def first(self, group: Group) -> First:
        """The first grouped sum of one group."""
        rows, many = self.scored(group), range(len(dimensions(self.task.method, group)))
        some = rows["o0"]
        for d in many[1:]:
            some = some | rows[f"o{d}"]
        ones = rows["w"].count()
        sums = [ones, rows["w"].sum(), (rows["w"] * rows["w"]).sum(), some.cast("float64").sum()]
        sums += [rows[f"o{d}"].cast("float64").sum() for d in many]
        sums += [rows[f"o{d}"].ifelse(rows["w"], 0.0).sum() for d in many]
        sums += [(rows["w"] * rows[f"s{d}"]).sum() for d in many]  # a score that does not count is 0
        return First.of(*grouped(rows, sums))

    def second(self, made: Round, group: Group) -> Second:
        """The second grouped sum of one group, about the means of institutions and of units."""
        beside: dict[str, Any] = dict(
            zip(KEYS, map(list, zip(*made.first[group].keys, strict=True)), strict=True)
        )
        for name, centre in (("whole", made.whole[group]), ("domain", made.domain[group])):
            beside |= centre.columns(name)
        centres = ibis.memtable(pyarrow.table(beside))
        rows = self.scored(group).inner_join(centres, KEYS)
        many, off = range(made.whole[group].mean.shape[1]), []
        for name in ("whole", "domain"):
            own = [
                rows[f"o{d}"].ifelse((rows[f"s{d}"] - rows[f"{name}_mean{d}"]) * rows["w"], 0.0) for d in many
            ]
            all_in_one = added([own[d] * rows[f"{name}_factor{d}"] for d in many])
            off += [*own, all_in_one, *(each * each for each in own), all_in_one * all_in_one]
        keys, found = grouped(rows, [each.sum() for each in off])
        return Second(keys, *np.split(found, 4, axis=1))


def added(terms: Sequence[Any]) -> Any:
    """The sum of some columns of a row."""
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


def grouped(rows: Any, sums: Sequence[Any]) -> tuple[list[tuple[str, ...]], Floats]:
    """Sums by part: the keys, and one float column a sum."""
    named = {f"c{place}": each for place, each in enumerate(sums)}
    found = rows.group_by(list(KEYS)).aggregate(**named).to_pyarrow()
    table = np.column_stack([np.array(found[name].to_pylist(), float) for name in named])
    return list(zip(*(found[key].to_pylist() for key in KEYS), strict=True)), table
