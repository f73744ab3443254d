"""`python -m bench [NAME]`: measure, print each figure beside its bar, keep them in bench/<file>.json.

Without NAME every module of MODULES is run that writes to latest.json. A module has `measure() -> dict` of
figures by key, in the units that its BARS state.
"""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
MODULES = {  # module -> file its figures go to
    "demo": "latest",
    "estimation": "latest",
    "roster": "latest",
    "ballots": "latest",
    "phone": "latest",
    "coverage": "coverage",
    "security": "security",
    "load": "load",
    "delivery": "delivery",
}
Figures = dict[str, float | int | str]


def main(words: list[str]) -> int:
    """Measure what is asked for."""
    names = words or [name for name, file in MODULES.items() if file == "latest"]
    unknown = [name for name in names if name not in MODULES]
    if unknown:
        print(f"no bench named {', '.join(unknown)}; there are {', '.join(MODULES)}")
        return 2
    for name in names:
        module = import_module(f"bench.{name}")
        figures = module.measure()
        show(figures, module.BARS)
        keep(HERE / f"{MODULES[name]}.json", figures)
    return 0


def show(figures: Figures, bars: Mapping[str, str]) -> None:
    """A line a figure."""
    for key, value in figures.items():
        shown = f"{value:,.4g}" if isinstance(value, float) else str(value)
        print(f"{key:36} {shown:>14}   {bars.get(key, '')}")


def keep(path: Path, figures: Figures) -> None:
    """Add the figures to the file, with the machine, commit and date they were measured on."""
    known = json.loads(path.read_text()) if path.exists() else {}
    known |= figures | {
        "machine": machine(),
        "commit": commit(),
        "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M}Z",
    }
    path.write_text(json.dumps(known, indent=1, sort_keys=True))


def machine() -> str:
    """Processor family, cores and system."""
    return f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}"


def commit() -> str:
    """The commit the tree stands on; a changed tree says so."""
    said = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=HERE, capture_output=True, text=True
    )
    return said.stdout.strip() or "unknown"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
