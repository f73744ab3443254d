"""Every formula number stands in one list, on its page, in the docstring of a function and in a test."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "methods"
FAMILIES = "EST|WGT|RNK|SAE|IDX|QLT|SMP|RSK|DSC"
ROW = re.compile(rf"^\| ((?:{FAMILIES})-\d+) \| .+ \| \[[\w-]+\]\(([\w-]+\.md)\) \|$", re.M)
CITED = re.compile(rf"\b({FAMILIES})-(\d+)((?:,? (?:to|and) (?:(?:{FAMILIES})-)?\d+|, \d+)*)")
LISTED = dict(ROW.findall((PAGES / "formulas.md").read_text(encoding="utf-8")))


def numbers(text):
    """The formula numbers in a text; "EST-5, 6" and "WGT-3 to WGT-6" are all of them."""
    found = set()
    for family, first, more in CITED.findall(text):
        last = int(first)
        found.add(f"{family}-{last}")
        for word, number in re.findall(rf"(to|and|,) (?:(?:{FAMILIES})-)?(\d+)", more):
            start = last + 1 if word == "to" else int(number)
            last = int(number)
            found |= {f"{family}-{k}" for k in range(start, last + 1)}
    return found


def cited(folder, nodes):
    """The numbers in docstrings of a kind below a folder."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / folder).rglob("*.py")]
    return set().union(
        *(
            numbers(ast.get_docstring(node) or "")
            for tree in trees
            for node in ast.walk(tree)
            if isinstance(node, nodes)
        )
    )


FUNCTIONS = cited("src/bening", ast.FunctionDef)
TESTS = cited("tests", (ast.FunctionDef, ast.Module))


@pytest.mark.parametrize("number", LISTED)
def test_a_formula_is_cited_by_a_function_and_by_a_test_and_stands_on_its_page(number):
    assert number in FUNCTIONS
    assert number in TESTS
    assert number in numbers((PAGES / LISTED[number]).read_text(encoding="utf-8"))


def test_no_number_is_cited_that_is_not_listed():
    everywhere = cited("src/bening", (ast.FunctionDef, ast.ClassDef, ast.Module)) | TESTS
    assert everywhere - set(LISTED) == set()
