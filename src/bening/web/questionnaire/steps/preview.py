"""The preview: the phone's own screens on a page that cannot send, because nothing that sends is on it."""

from importlib.resources import files

from bening.core.kinds import Instrument
from bening.core.questionnaire import dump
from bening.phone import FOLDER

PHONE = ("questionnaire.js", "screens.js", "texts.js", "finish.js", "codes.js", "wire.js", "phone.css")
OWN = ("preview.js", "preview.html")
TYPES = {
    "html": "text/html; charset=utf-8",
    "js": "text/javascript",
    "css": "text/css",
    "json": "application/json",
}


def preview_file(instrument: Instrument, name: str) -> tuple[bytes, str] | None:
    """One file of the preview and its media type; None for any other name."""
    kind = TYPES.get(name.rpartition(".")[2], "")
    if name == "questionnaire.json":
        return dump(instrument), kind
    if name in PHONE:
        return (FOLDER / name).read_bytes(), kind
    if name in OWN:
        return files("bening.web.questionnaire").joinpath("preview", name).read_bytes(), kind
    return None
