"""Translations without system tools: collect from code and templates, compile what people translated.

English texts are the message ids; `locale/id` of each room holds the Indonesian ones.
"""

import argparse
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

WEB = Path(__file__).resolve().parents[1]
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "_": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
SKIPPED = {"migrations", "locale", "static"}
HEADER = """\
# Indonesian texts of this room; msgids are the English texts.
msgid ""
msgstr ""
"Language: id\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""  # fixed words: the same texts give the same file on every day


def main(words: list[str]) -> int:
    """Compile; with `--collect` first bring the files up to date. Names what lacks a translation."""
    parser = argparse.ArgumentParser(prog="bening messages", description=__doc__)
    parser.add_argument("--collect", action="store_true")
    if parser.parse_args(words).collect:
        for room in rooms():
            collect(room)
    print(f"{compile_all()} rooms compiled")  # noqa: T201  a program
    for room in rooms():
        for text in missing(room):
            print(f"no Indonesian text in {room.name}: {text}")  # noqa: T201  a program
    return 0


def rooms() -> list[Path]:
    """Folders that have, or need, translations of their own."""
    return [folder for folder in sorted(WEB.iterdir()) if folder.is_dir() and any(found(folder))]


def found(room: Path) -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    """Every message of a room: where it stands, its text or texts, its context."""
    for path in sorted([*room.rglob("*.py"), *room.rglob("*.html")]):
        if SKIPPED & set(path.relative_to(room).parts):
            continue
        source = path.read_text(encoding="utf-8")
        code = templatize(source) if path.suffix == ".html" else source
        for line, text, _, context in extract("python", io.BytesIO(code.encode()), keywords=KEYWORDS):
            yield f"{path.relative_to(WEB)}:{line}", text, context


def catalogue(room: Path) -> Catalog:
    """What a room says, without translations."""
    made = Catalog(locale="id", project="Bening", charset="utf-8")
    made.mime_headers = [("Plural-Forms", "nplurals=1; plural=0;")]  # Babel does not know that of Indonesian
    for _, text, context in found(room):
        made.add(text, context=context)
    return made


def path_of(room: Path) -> Path:
    """The file with a room's translations."""
    return room / "locale" / "id" / "LC_MESSAGES" / "django.po"


def translated(room: Path) -> Catalog:
    """The translations of a room as they stand."""
    if not path_of(room).exists():
        return Catalog(locale="id")
    with path_of(room).open("rb") as file:
        return read_po(file, locale="id")


def missing(room: Path) -> list[str]:
    """Message ids of a room without an Indonesian text."""
    known = translated(room)
    return [str(m.id) for m in catalogue(room) if m.id and not has_text(known.get(key(m.id), m.context))]


def key(text: str | tuple[str, ...] | list[str]) -> str:
    """What a catalogue looks a message up by."""
    return text if isinstance(text, str) else text[0]


def has_text(message: object) -> bool:
    """Whether somebody translated it, in every number."""
    text = getattr(message, "string", "")
    return all(text) if isinstance(text, tuple | list) else bool(text)


def collect(room: Path) -> None:
    """Bring a room's file up to date with its code, keeping every translation that is still used."""
    known, fresh = translated(room), catalogue(room)
    for message in fresh:
        if message.id and (old := known.get(key(message.id), message.context)):
            message.string = in_shape(message.id, old.string)
    page = io.BytesIO(HEADER.encode())
    page.seek(0, io.SEEK_END)
    write_po(
        page, fresh, width=110, omit_header=True, sort_output=True, include_lineno=False, no_location=True
    )
    path_of(room).parent.mkdir(parents=True, exist_ok=True)
    path_of(room).write_bytes(page.getvalue())  # only when all of it could be written


def in_shape(text: str | tuple[str, ...] | list[str], known: str | tuple[str, ...] | list[str] | None) -> Any:
    """A translation for a message that has, or has lost, its plural; Indonesian has one form for both."""
    first = known if isinstance(known, str) else (known or [""])[0]
    return first if isinstance(text, str) else (first,)


def compile_all() -> int:
    """Compile every room's translations beside their source; how many rooms."""
    files = sorted(WEB.glob("*/locale/*/LC_MESSAGES/django.po"))
    for path in files:
        with path.open("rb") as source, path.with_suffix(".mo").open("wb") as target:
            write_mo(target, read_po(source, locale=path.parts[-3]))
    return len(files)
