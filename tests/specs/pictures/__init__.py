"""The pictures of the method pages, drawn from what the code computes.

`python -m tests.specs.pictures` draws them anew.
"""

from importlib import import_module
from pathlib import Path

PAGES = Path(__file__).parents[3] / "docs" / "methods"
PICTURES = ("disclosure", "estimation", "quality", "ranks", "risk", "sample", "small-units", "weights")


def drawn(name):
    """The picture as it would be drawn now."""
    return import_module(f"{__name__}.{name.replace('-', '_')}").draw()


def place(name):
    """Its file beside the page."""
    return PAGES / f"{name}.svg"
