"""The provider's view of a new template: hard limits at once, the reviewer's decision later."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bening.emulator.faults import GraphError
from bening.emulator.wording import VARIABLE, part

NAME = re.compile(r"[a-z0-9_]{1,512}")
CATEGORIES = ("UTILITY", "MARKETING", "AUTHENTICATION")
HEADER_MAX, BODY_MAX, FOOTER_MAX, BUTTON_MAX, URL_MAX = 60, 1024, 60, 25, 2000
BUTTONS_MAX, URLS_MAX, PHONES_MAX = 10, 2, 1
TOO_LONG, BAD_FORMAT, TOO_MANY, TOO_DENSE, DANGLING = 2388040, 2388047, 2388019, 2388293, 2388299


@dataclass(frozen=True)
class Rules:
    """How the reviewer decides. `words` found anywhere in the text change the category or reject."""

    delay_s: float = 30.0
    allow_fragment: bool = True
    marketing_words: tuple[str, ...] = ("hadiah", "diskon", "promo", "gratis", "voucher", "prize", "discount")
    reject_words: tuple[tuple[str, str], ...] = ()


def load_rules(path: Path | None) -> Rules:
    """A TOML file: delay_s, allow_fragment, marketing_words = [..], [reject] word = "SCAM"."""
    if path is None:
        return Rules()
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    usual = Rules()
    return Rules(
        delay_s=float(table.get("delay_s", usual.delay_s)),
        allow_fragment=bool(table.get("allow_fragment", usual.allow_fragment)),
        marketing_words=tuple(table.get("marketing_words", usual.marketing_words)),
        reject_words=tuple(table.get("reject", {}).items()),
    )


def _refuse(subcode: int, details: str) -> GraphError:
    return GraphError(100, details, subcode=subcode)


def check_template(body: dict[str, Any]) -> None:
    """Raise for whatever the provider refuses before anybody reads the text."""
    if not NAME.fullmatch(str(body.get("name", ""))):
        raise _refuse(BAD_FORMAT, "name: 1 to 512 lower-case letters, digits and underscores")
    if not re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2})?", str(body.get("language", ""))):
        raise _refuse(BAD_FORMAT, "language: for example id or en_US")
    if str(body.get("category", "")).upper() not in CATEGORIES:
        raise _refuse(BAD_FORMAT, f"category: one of {', '.join(CATEGORIES)}")
    check_lifetime(body)
    check_components(body.get("components"))


def check_lifetime(body: dict[str, Any]) -> None:
    seconds = body.get("message_send_ttl_seconds")
    if seconds is None or body.get("category", "").upper() != "UTILITY":
        return
    if not isinstance(seconds, int) or not (seconds == -1 or 30 <= seconds <= 43_200):
        raise _refuse(BAD_FORMAT, "message_send_ttl_seconds: 30 to 43200")


def check_components(components: Any) -> None:
    if not isinstance(components, list) or not all(isinstance(item, dict) for item in components):
        raise _refuse(BAD_FORMAT, "components: a list of objects")
    if not part(components, "BODY").get("text"):
        raise _refuse(BAD_FORMAT, "a BODY with text is needed")
    check_header(part(components, "HEADER"))
    check_body(str(part(components, "BODY")["text"]))
    footer = str(part(components, "FOOTER").get("text", ""))
    if len(footer) > FOOTER_MAX:
        raise _refuse(TOO_LONG, f"footer: at most {FOOTER_MAX} characters")
    if VARIABLE.search(footer):
        raise _refuse(BAD_FORMAT, "footer: no variable")
    check_buttons(part(components, "BUTTONS").get("buttons", []))


def check_header(header: dict[str, Any]) -> None:
    text = str(header.get("text", ""))
    if header and str(header.get("format", "TEXT")).upper() != "TEXT":
        raise _refuse(BAD_FORMAT, "header: this simulator knows text headers only")
    if len(text) > HEADER_MAX:
        raise _refuse(TOO_LONG, f"header: at most {HEADER_MAX} characters")
    if len(VARIABLE.findall(text)) > 1:
        raise _refuse(BAD_FORMAT, "header: at most one variable")


def check_body(text: str) -> None:
    if len(text) > BODY_MAX:
        raise _refuse(TOO_LONG, f"body: at most {BODY_MAX} characters")
    names = VARIABLE.findall(text)
    if not names:
        return
    if sorted(set(names)) != sorted(str(place) for place in range(1, len(set(names)) + 1)):
        raise _refuse(BAD_FORMAT, "body: variables are numbered {{1}}, {{2}}, … without a gap")
    bare = text.strip()
    if re.match(VARIABLE, bare) or re.search(VARIABLE.pattern + "$", bare):
        raise _refuse(DANGLING, "body: a variable may stand neither first nor last")
    if re.search(VARIABLE.pattern + r"\s*" + VARIABLE.pattern, bare):
        raise _refuse(DANGLING, "body: two variables need words between them")
    words = len(VARIABLE.sub(" ", text).split())
    if words < 2 * len(names) + 1:
        raise _refuse(TOO_DENSE, "body: too many variables for so few words")


def check_buttons(buttons: Any) -> None:
    if not isinstance(buttons, list) or not all(isinstance(item, dict) for item in buttons):
        raise _refuse(BAD_FORMAT, "buttons: a list of objects")
    kinds = [str(item.get("type", "")).upper() for item in buttons]
    if len(kinds) > BUTTONS_MAX or kinds.count("URL") > URLS_MAX or kinds.count("PHONE_NUMBER") > PHONES_MAX:
        raise _refuse(
            TOO_MANY, f"buttons: at most {BUTTONS_MAX}, of them {URLS_MAX} URL and {PHONES_MAX} phone"
        )
    replies = [place for place, kind in enumerate(kinds) if kind == "QUICK_REPLY"]
    if replies and replies[-1] - replies[0] != len(replies) - 1:
        raise _refuse(BAD_FORMAT, "buttons: quick replies stand together")
    for kind, button in zip(kinds, buttons, strict=True):
        check_button(kind, button)


def check_button(kind: str, button: dict[str, Any]) -> None:
    if kind not in ("URL", "QUICK_REPLY", "PHONE_NUMBER"):
        raise _refuse(BAD_FORMAT, f"button type {kind or '(none)'} is unknown")
    text, url = str(button.get("text", "")), str(button.get("url", ""))
    if not text or len(text) > BUTTON_MAX:
        raise _refuse(TOO_LONG, f"button text: 1 to {BUTTON_MAX} characters")
    if kind != "URL":
        return
    if len(url) > URL_MAX:
        raise _refuse(TOO_LONG, f"button URL: at most {URL_MAX} characters")
    if not re.match(r"https?://[^{}\s/]+", url):
        raise _refuse(BAD_FORMAT, "button URL: starts with https:// and a fixed host")
    found = list(VARIABLE.finditer(url))
    if len(found) > 1 or (found and found[0].end() != len(url)):
        raise _refuse(BAD_FORMAT, "button URL: one variable, at its end")


@dataclass(frozen=True, slots=True)
class Decision:
    status: str
    category: str
    reason: str = "NONE"


def decide(category: str, components: list[dict[str, Any]], rules: Rules) -> Decision:
    """What the reviewer says once the delay is over."""
    text = " ".join(str(item.get("text", "")) for item in components).lower()
    for word, reason in rules.reject_words:
        if word.lower() in text:
            return Decision("REJECTED", category, reason)
    if not _examples_given(components) or (not rules.allow_fragment and _fragment(components)):
        return Decision("REJECTED", category, "INVALID_FORMAT")
    if category == "UTILITY" and any(word.lower() in text for word in rules.marketing_words):
        category = "MARKETING"
    return Decision("APPROVED", category)


def _examples_given(components: list[dict[str, Any]]) -> bool:
    body = part(components, "BODY")
    wanted = len(set(VARIABLE.findall(str(body.get("text", "")))))
    rows = body.get("example", {}).get("body_text", [])
    row = rows[0] if rows and isinstance(rows[0], list) else rows
    buttons = part(components, "BUTTONS").get("buttons", [])
    links = [button for button in buttons if VARIABLE.search(str(button.get("url", "")))]
    return len(row) == wanted and all(button.get("example") for button in links)


def _fragment(components: list[dict[str, Any]]) -> bool:
    buttons = part(components, "BUTTONS").get("buttons", [])
    return any("#" in str(b.get("url", "")) and VARIABLE.search(str(b["url"])) for b in buttons)
