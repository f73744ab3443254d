"""The pictures of the method pages show what the code computes today.

When one fails because a computation was changed on purpose: `python -m tests.specs.pictures`, and look at it.
"""

import re

import numpy as np
import pytest

from tests.specs.pictures import PAGES, PICTURES, drawn, place

TITLE = re.compile("<title>(.+)</title>")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_what_the_code_computes(name):
    """Numbers may part by their last place, as two processors may round a tie apart; nothing else may."""
    kept, now = place(name).read_text(encoding="utf-8"), drawn(name)
    assert NUMBER.sub("#", kept) == NUMBER.sub("#", now)
    np.testing.assert_allclose(
        [float(number) for number in NUMBER.findall(kept)],
        [float(number) for number in NUMBER.findall(now)],
        rtol=0,
        atol=0.1001,
    )


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_stands_on_its_page_and_says_its_finding_in_words(name):
    """The alt text of the page, the name read aloud and the line above the drawing are one sentence."""
    title = TITLE.search(place(name).read_text(encoding="utf-8"))[1]
    assert f"![{title}]({name}.svg)" in (PAGES / f"{name}.md").read_text(encoding="utf-8")


def test_no_picture_lies_there_without_a_drawing():
    assert sorted(path.stem for path in PAGES.glob("*.svg")) == sorted(PICTURES)
