"""Who does the two grouped sums: NumPy in memory, DuckDB over the file, or any engine that Ibis speaks to.

Every engine module has `estimate(task)`. What comes back from the out-of-core ones are two small tables a
group.
"""

from bening.core.kinds import Estimates
from bening.outside.engines.task import Task
from bening.outside.extras import bring

ENGINES = {
    "numpy": ("bening.outside.engines.memory", ""),
    "duckdb": ("bening.outside.engines.duck", "scale"),
    "ibis": ("bening.outside.engines.expressions", "scale"),
}


def estimate(task: Task) -> Estimates:
    """The estimates of a round by the engine of the task."""
    module, extra = ENGINES[task.engine.partition(":")[0]]
    made: Estimates = bring(module, extra).estimate(task)
    return made


def is_engine(text: str) -> bool:
    """Whether --engine may say this."""
    kind, _, address = text.partition(":")
    return kind in ENGINES and bool(address) == (kind == "ibis")
