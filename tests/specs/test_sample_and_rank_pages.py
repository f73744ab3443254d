"""The worked examples of the method pages on sample, ranks, small units and risk run as they are printed."""

import doctest
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[2] / "docs" / "methods"


@pytest.mark.parametrize("page", ["sample.md", "ranks.md", "small-units.md", "risk.md"])
def test_the_worked_examples_of_a_page_are_true(page):
    found = doctest.testfile(str(PAGES / page), module_relative=False)
    assert found.attempted > 4
    assert found.failed == 0
