"""Contact points as people type them: what is wrong with a number or an address, and what can be saved.

Reading a number is the caller's part (`parse`), because the numbering plan lives outside the ground floor.
"""

import re
from collections.abc import Callable, Iterator

from bening.core.kinds import ContactKind, Fact, PhoneNumber

Parse = Callable[[str], PhoneNumber | None]
Words = dict[str, str | int | float]
Finding = tuple[str, Fact, Words]
Point = tuple[ContactKind, str]

SPREADSHEET = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d+")
SEVERAL = re.compile(r"\s*(?:[/;,&|\n]|\bdan\b|\batau\b)\s*")
LOOKALIKE = str.maketrans("OoIlSB", "001158")
EMAIL = re.compile(
    r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
TYPOS = {
    "gmial.com": "gmail.com",
    "gmai.com": "gmail.com",
    "gmail.co": "gmail.com",
    "gmail.con": "gmail.com",
    "gmail.co.id": "gmail.com",
    "gamil.com": "gmail.com",
    "gnail.com": "gmail.com",
    "yaho.com": "yahoo.com",
    "yahoo.con": "yahoo.com",
    "yhoo.com": "yahoo.com",
    "hotmial.com": "hotmail.com",
    "outlok.com": "outlook.com",
}


def read_phone(text: str, parse: Parse, points: list[Point]) -> Iterator[Finding]:
    """Findings about one phone cell; every usable number is added to `points`."""
    plain = parse(text) if text.isascii() and text.isdigit() else None
    if plain and plain.mobile:  # as nearly all are written
        points.append((ContactKind.PHONE, plain.e164))
        return
    if SPREADSHEET.fullmatch(text):
        yield "FRAME-114", Fact.PHONE, {"found": text}
        return
    numbers = [part for part in SEVERAL.split(text) if part]
    if len(numbers) > 1:
        yield "FRAME-115", Fact.PHONE, {"found": text, "split": " | ".join(numbers)}
    for number in numbers:
        yield from read_number(number, parse, points)


def read_number(number: str, parse: Parse, points: list[Point]) -> Iterator[Finding]:
    """Findings about one number."""
    digits = number.translate(LOOKALIKE)
    if any(letter.isalpha() for letter in digits):
        yield "FRAME-112", Fact.PHONE, {"found": number}
        return
    read = parse(digits)
    if read is None:
        yield "FRAME-112", Fact.PHONE, {"found": number}
        return
    if digits != number:
        yield "FRAME-116", Fact.PHONE, {"found": number, "guess": digits}
    if not read.mobile:
        yield "FRAME-113", Fact.PHONE, {"found": number}
    points.append((ContactKind.PHONE, read.e164))


def read_email(text: str, points: list[Point]) -> Iterator[Finding]:
    """Findings about one e-mail cell; a good address is added to `points`."""
    address = text.lower()
    domain = address.rpartition("@")[2]
    if EMAIL.fullmatch(address) and domain not in TYPOS and ".." not in address:
        points.append((ContactKind.EMAIL, address))
        return
    guess = address.replace(domain, TYPOS[domain]) if domain in TYPOS else "-"
    yield "FRAME-117", Fact.EMAIL, {"found": text[:80], "guess": guess}


def contacts(phone: str, email: str, parse: Parse) -> tuple[list[Point], list[Finding]]:
    """The usable contact points of a row and what is wrong with the rest."""
    points: list[Point] = []
    found = list(read_phone(phone, parse, points)) if phone else []
    if email:
        found += read_email(email, points)
    if not phone and not email:
        found.append(("FRAME-110", Fact.PHONE, {}))
    elif not phone:
        found.append(("FRAME-111", Fact.PHONE, {}))
    return points, found
