"""A wrong import is caught: the real contracts run over a copy of the real tree with one line too many."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WRONG = {
    "core.sample imports Django": ("core/sample/size.py", "import django", "ground"),
    "core rooms speak to one another": (
        "core/evidence.py",
        "from bening.core import quality",
        "Ground-floor rooms",
    ),
    "sample imports response": (
        "web/sample/hatch.py",
        "from bening.web.response import models",
        "Upper floor",
    ),
    "estimate enters frame": ("web/estimate/steps.py", "from bening.web.frame import models", "frame"),
    "publish enters fieldwork": (
        "web/publish/models.py",
        "from bening.web.fieldwork import models",
        "fieldwork",
    ),
    "response enters the box": ("web/response/steps.py", "from bening.web.response.box import models", "box"),
    "the gate learns names": ("web/fieldwork/gate/steps.py", "from bening.web.frame import models", "gate"),
    "hmac outside the strong-room": ("web/estimate/steps.py", "import hmac", "Cryptography"),
    "the tally learns the network": ("outside/tally.py", "import urllib", "network"),
    "the judge is bribed": ("emulator/clock.py", "from bening.core import kinds", "judge"),
    "a drawer for the homeless": ("core/helpers.py", "X = 1", "Ground-floor rooms"),
}


def lint(folder):
    """Run import-linter on a tree; exit code and report."""
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-cache"],
        cwd=folder,
        # A contract's name and its fate stand on one line only where the line is long enough.
        env={"PYTHONPATH": str(folder / "src"), "COLUMNS": "300"},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tree")
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.mark.slow
def test_all_contracts_are_kept(tree):
    code, report = lint(tree)
    assert code == 0, report


@pytest.mark.slow
@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_import_is_caught(tree, name):
    file, line, contract = WRONG[name]
    path = tree / "src" / "bening" / file
    before = path.read_text() if path.exists() else None
    path.write_text(f"{before or ''}\n{line}\n")
    code, report = lint(tree)
    if before is None:
        path.unlink()
    else:
        path.write_text(before)
    assert code == 1
    assert any(contract.lower() in row.lower() for row in report.splitlines() if "BROKEN" in row)
