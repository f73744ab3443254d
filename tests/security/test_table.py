"""The table of threats names tests, and every test it names is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if re.match(r"\| +(?:\d+ +)?\|", line)]


def named():
    """Every test the page names."""
    return re.findall(r"`(test_\w+)`", PAGE)


def test_every_test_that_the_table_names_exists():
    there = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^(?:async )?def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert len(named()) > 50
    assert [name for name in named() if name not in there] == []


def test_every_threat_has_its_row():
    numbers = [int(number) for number in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)]
    assert numbers == list(range(1, 19))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[4][:40].strip())
def test_every_row_has_a_verdict_and_a_test_or_says_that_there_is_none(row):
    _, _, _, verdict, _, shown, _ = (cell.strip() for cell in row.split("|"))
    assert verdict in ("holds", "detected", "broken")
    assert "`test_" in shown or (shown.startswith("no test") and verdict == "broken")
