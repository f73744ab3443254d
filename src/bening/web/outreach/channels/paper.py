"""Paper: posters, letters and sheets set by typst, offline, in the typeface that comes with it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import segno
import typst

FOLDER = Path(__file__).parents[1] / "templates" / "typst"


def printed(
    template: str, data: Mapping[str, Any], form: Literal["pdf", "png"] = "pdf", page: int = 1
) -> bytes:
    """A file of `templates/typst` with its data, as PDF, or one page of it as PNG.

    Data reach typst as JSON and are set as text: nothing in a name can act as markup. System fonts are left
    out, so that the same words give the same sheet on every machine (Libertinus Serif, in the wheel).
    """
    made = typst.compile(
        str(FOLDER / f"{template}.typ"),
        root=str(FOLDER),
        format=form,
        ppi=110,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
    )
    return made[page - 1] if isinstance(made, list) else bytes(made)


def qr(address: str, border: int = 2) -> str:
    """An address as a QR code in SVG; `border`: its quiet zone in modules."""
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(border=border, dark="#1B2624")
    return str(drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))
