"""The worked examples of the method pages on estimation and weights run as they are printed."""

import doctest
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[2] / "docs" / "methods"


@pytest.mark.parametrize("page", ["estimation.md", "weights.md"])
def test_the_worked_examples_of_a_page_are_true(page):
    found = doctest.testfile(str(PAGES / page), module_relative=False)
    assert found.attempted > 4
    assert found.failed == 0
