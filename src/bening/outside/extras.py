"""The one place where a part of the program that needs an extra is brought in."""

from importlib import import_module
from types import ModuleType

from bening.core.problems import refuse

LIBRARIES = ("polars", "duckdb", "ibis", "pyarrow", "pyspark")


def bring(module: str, extra: str) -> ModuleType:
    """A module of ours that stands on an extra; ESTIMATE-140 names the extra that is not installed."""
    try:
        return import_module(module)
    except ModuleNotFoundError as absent:
        if absent.name not in LIBRARIES:
            raise
        raise refuse("ESTIMATE-140", module=absent.name, extra=extra) from absent
