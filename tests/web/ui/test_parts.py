"""Every page part has its template, its parameters and an example that renders."""

import json
import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation

from bening.web.ui import geometry
from bening.web.ui.templatetags.numbers import number, signed, whole

FOLDER = Path(geometry.__file__).parent
PARTS = sorted(path for path in (FOLDER / "templates/ui").iterdir() if path.is_dir())
SHEET = (FOLDER / "static/ui/site.css").read_text()


def draw(part, language):
    """The example of a part as a page draws it."""
    example = json.loads((part / "example.json").read_text())
    words = {key: geometry.Axis(*value) if key == "axis" else value for key, value in example["with"].items()}
    with translation.override(language):
        return Template("{% load parts %}{% " + example["call"] + " %}").render(Context(words))


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_a_part_has_template_parameters_and_example(part):
    assert {path.name for path in part.iterdir()} == {"part.html", "parameters.md", "example.json"}
    page, example = (part / "parameters.md").read_text(), json.loads((part / "example.json").read_text())
    assert example["call"] in page
    assert [name for name in example["with"] if f"`{name}`" not in page] == []


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_an_example_draws_without_inline_style_and_with_plain_coordinates(part, language):
    """A decimal comma in a coordinate would break every chart of the Indonesian pages."""
    html = draw(part, language)
    assert html.strip()
    assert "style=" not in html
    for value in re.findall(r' (?:x|y|x1|x2|y1|y2|cx|cy|r|width|height)="([^"]*)"', html):
        assert re.fullmatch(r"-?\d+(\.\d+)?%?", value)


def test_an_empty_banner_draws_nothing():
    assert Template("{% load parts %}{% banner lines %}").render(Context({"lines": []})).strip() == ""


def test_numbers_follow_the_language():
    with translation.override("id"):
        assert (number(73.9), signed(0.4), signed(-2.1), signed(0.0), whole(73.0), number(None)) == (
            "73,9",
            "+0,4",
            "−2,1",
            "0,0",
            "73",
            "–",
        )
    with translation.override("en"):
        assert (number(77.97), whole(73.7)) == ("77.97", "73.7")


def test_a_scale_holds_its_values_and_says_when_it_leaves_out_zero():
    axis = geometry.axis_for([58.2, 83.9])
    assert (axis.low, axis.high, axis.broken) == (50.0, 90.0, True)
    assert geometry.axis_for([]).broken is False
    assert geometry.axis_for([1.0, 99.5]) == geometry.Axis(0.0, 100.0)
    assert (axis.at(50), axis.at(70), axis.at(10), axis.span(60, 70)) == (
        "0.00%",
        "50.00%",
        "0.00%",
        ("25.00%", "25.00%"),
    )


def test_every_place_of_the_set_is_drawn_and_only_the_range_is_filled():
    drawn = geometry.rank_bar(2, 6, 15)["places"]
    assert [each["place"] for each in drawn if each["inside"]] == [2, 3, 4, 5, 6]
    assert len(drawn) == 15


def tokens(block):
    """The colours of a theme by name."""
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9A-F]{6})", block))


LIGHT = tokens(SHEET[: SHEET.index("@media")])
DARK = LIGHT | tokens(SHEET[SHEET.index("@media (prefers-color-scheme: dark)") : SHEET.index("/* Ground */")])


def luminance(colour):
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("ink", "paper"),
        ("muted", "paper"),
        ("accent", "paper"),
        ("on-accent", "accent"),
        ("ink", "card"),
        ("muted", "card"),
    ]
    + [(mark, ground) for mark in ("red", "yellow", "green") for ground in ("paper", f"{mark}-tint")]
    + [("red", "yellow-tint"), ("yellow", "red-tint"), ("yellow", "green-tint"), ("green", "yellow-tint")],
)
def test_text_stands_out_from_its_ground(theme, ink, ground):
    """WCAG 2.2 AA, hatched tags included: their text lies on both tints."""
    assert contrast(theme[ink], theme[ground]) >= 4.5


@pytest.mark.parametrize(
    ("step", "text"), [(1, "#FFFFFF"), *((n, "#1B2624") for n in range(2, 7)), (7, "#FFFFFF")]
)
def test_a_number_can_be_read_in_every_colour_of_the_heat_map(step, text):
    assert f".heat-{step} {{ background: var(--heat-{step}); color: {text}; }}" in SHEET
    assert contrast(LIGHT[f"heat-{step}"], text) >= 4.5


def test_the_style_sheet_loads_nothing():
    assert "url(" not in SHEET
    assert "@import" not in SHEET
