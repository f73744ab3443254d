"""A sheet to draw on: SVG as text, with its own white paper so that it reads on a dark page too."""

from html import escape

INK, GREY, FAINT, BLUE, DEEP, RED = "#1b1b1b", "#6b6b6b", "#e4e4e4", "#2b5c8a", "#123a5e", "#b3261e"
HATCH = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="6" stroke="#777" stroke-width="2"/>'
    "</pattern></defs>"
)


class Paper:
    """A picture whose `title` says what it shows; it stands above the drawing and is read aloud."""

    def __init__(self, width, height, title):
        self.size, self.title, self.marks = (width, height), title, []
        self.text(16, 24, title, weight="bold", size=14)

    def add(self, tag, **values):
        """One element; `stroke_width` becomes `stroke-width`."""
        words = " ".join(f'{name.replace("_", "-")}="{number(value)}"' for name, value in values.items())
        self.marks.append(f"<{tag} {words}/>")

    def text(self, x, y, words, *, anchor="start", fill=INK, weight="normal", size=12):
        """Words at a point."""
        self.marks.append(
            f'<text x="{number(x)}" y="{number(y)}" text-anchor="{anchor}" fill="{fill}" '
            f'font-weight="{weight}" font-size="{size}">{escape(words)}</text>'
        )

    def line(self, x1, y1, x2, y2, **values):
        """A line, grey unless said otherwise."""
        self.add("line", x1=x1, y1=y1, x2=x2, y2=y2, **({"stroke": GREY} | values))

    def curve(self, points, **values):
        """A line through points."""
        joined = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self.add("polyline", points=joined, fill="none", **values)

    def dot(self, x, y, *, fill=DEEP, r=5, **values):
        """A dot."""
        self.add("circle", cx=x, cy=y, r=r, fill=fill, **values)

    def ring(self, x, y):
        """A dot that is not the last word."""
        self.dot(x, y, fill="#ffffff", stroke=GREY, stroke_width=2)

    def box(self, x, y, width, height, **values):
        """A rectangle."""
        self.add("rect", x=x, y=y, width=width, height=height, **values)

    def svg(self):
        """The file."""
        width, height = self.size
        name = escape(self.title)
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
                f'aria-label="{name}" font-family="system-ui, sans-serif">',
                f"<title>{name}</title>",
                HATCH,
                f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
                *self.marks,
                "</svg>\n",
            ]
        )


def number(value):
    """A coordinate with at most one decimal; words stay words."""
    return value if isinstance(value, str) else f"{round(float(value), 1) + 0.0:g}"


def scale(low, high, start, end):
    """From a value between `low` and `high` to a coordinate between `start` and `end`."""
    return lambda value: start + (value - low) / (high - low) * (end - start)
