"""A send request against the provider's rules, in the provider's order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bening.emulator.faults import GraphError
from bening.emulator.review import BODY_MAX, HEADER_MAX, URL_MAX
from bening.emulator.templates import Template
from bening.emulator.wording import Filling, Wording, part, show

NUMBER = re.compile(r"[1-9]\d{7,14}")
DECORATION = str.maketrans("", "", "+ -()")
CALLBACK = re.compile(r"(?:d:)?(.+?)(?::(\d+))?")
CALLBACK_MAX = 512
TEXT_MAX = 4096
BAD_SPACES = re.compile(r"[\n\r\t]| {5,}")
SUBTYPES = {"URL": "url", "QUICK_REPLY": "quick_reply"}
UNFILLED = Filling()
PARAMETERS = {"url": ("text", "text"), "quick_reply": ("payload", "payload")}


@dataclass(frozen=True, slots=True)
class Draft:
    """A request that has passed every check that needs no limit."""

    number: str
    kind: str
    callback: str
    key: str
    attempt: int
    template: Template | None = None
    filling: Filling = UNFILLED
    text: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the checks ask of the rest of the emulator."""

    sender: str
    allowed: tuple[str, ...] | None
    number_of: Callable[[str], str | None]
    template: Callable[[str, str], Template | None]
    wording: Callable[[int], Wording]
    window_open: Callable[[str], bool]


def check_send(body: dict[str, Any], desk: Desk) -> Draft:
    kind = required(body)
    number = recipient(body, desk)
    callback = str(body.get("biz_opaque_callback_data", ""))
    if len(callback) > CALLBACK_MAX:
        raise GraphError(131009, f"biz_opaque_callback_data: at most {CALLBACK_MAX} characters")
    key, attempt = key_of(callback)
    if kind == "text":
        return Draft(number, kind, callback, key, attempt, text=free_text(body, number, desk))
    template = sendable(body["template"], desk)
    wording = desk.wording(template.wording)
    filling = filled(body["template"].get("components") or [], wording)
    shown = show(wording, filling)
    if len(shown.header) > HEADER_MAX or len(shown.body) > BODY_MAX or len(shown.link) > URL_MAX:
        raise GraphError(132005, "The text is too long once the parameters are filled in.")
    check_spaces((*filling.header, *filling.body))
    return Draft(number, kind, callback, key, attempt, template, filling, link=shown.link)


def required(body: dict[str, Any]) -> str:
    if body.get("messaging_product") != "whatsapp":
        raise GraphError(100, "(#100) The parameter messaging_product is required.")
    kind = str(body.get("type", "text"))
    if kind not in ("template", "text"):
        raise GraphError(100, f"type: this simulator knows template and text, not {kind!r}")
    if not (body.get("to") or body.get("recipient")):
        raise GraphError(131008, "to: a recipient is required")
    if not isinstance(body.get(kind), dict):
        raise GraphError(131008, f"{kind}: an object is required")
    if kind == "template" and not body["template"].get("name"):
        raise GraphError(131008, "template.name is required")
    return kind


def recipient(body: dict[str, Any], desk: Desk) -> str:
    """`to` wins over `recipient`, which carries the business-scoped user id."""
    if body.get("to"):
        number = str(body["to"]).translate(DECORATION)
    else:
        number = desk.number_of(str(body["recipient"])) or ""
    if not NUMBER.fullmatch(number):
        raise GraphError(131009, "to: 8 to 15 digits with the country code, or a known user id")
    if number == desk.sender:
        raise GraphError(131021, "The recipient is the sender.")
    if desk.allowed is not None and number not in desk.allowed:
        raise GraphError(131030, "The recipient is not in the list of allowed test numbers.")
    return number


def key_of(callback: str) -> tuple[str, int]:
    match = CALLBACK.fullmatch(callback)
    if match is None:
        return "", 0
    return match[1], int(match[2] or 0)


def free_text(body: dict[str, Any], number: str, desk: Desk) -> str:
    text = str(body["text"].get("body", ""))
    if not text:
        raise GraphError(131008, "text.body is required")
    if len(text) > TEXT_MAX:
        raise GraphError(131009, f"text.body: at most {TEXT_MAX} characters")
    if not desk.window_open(number):
        raise GraphError(131047, "More than 24 hours have passed since the person last wrote.")
    return text


def sendable(wanted: dict[str, Any], desk: Desk) -> Template:
    language = wanted.get("language")
    code = str(language.get("code", "")) if isinstance(language, dict) else ""
    template = desk.template(str(wanted["name"]), code)
    if template is None or template.status not in ("APPROVED", "PAUSED", "DISABLED"):
        raise GraphError(
            132001, f"template name ({wanted['name']}) does not exist in {code or '(no language)'}"
        )
    if template.status == "PAUSED":
        raise GraphError(132015, "The template is paused because of its quality.")
    if template.status == "DISABLED":
        raise GraphError(132016, "The template has been disabled.")
    return template


def filled(components: Any, wording: Wording) -> Filling:
    if not isinstance(components, list) or not all(isinstance(item, dict) for item in components):
        raise GraphError(132012, "components: a list of objects")
    header, body = texts(components, "HEADER"), texts(components, "BODY")
    counted("header", len(header), wording.header_variables)
    counted("body", len(body), wording.body_variables)
    buttons = [item for item in components if str(item.get("type", "")).upper() == "BUTTON"]
    supplied = dict(button_value(item, wording) for item in buttons)
    for index, button in enumerate(wording.buttons):
        if button.variables and index not in supplied:
            raise GraphError(131008, f"buttons: Button at index {index} of type Url requires a parameter")
    header_texts, body_texts = (tuple(text_of(item) for item in items) for items in (header, body))
    return Filling(header_texts, body_texts, tuple(sorted(supplied.items())))


def texts(components: list[dict[str, Any]], kind: str) -> list[Any]:
    parameters = part(components, kind).get("parameters") or []
    if not isinstance(parameters, list):
        raise GraphError(132012, f"{kind.lower()}: parameters must be a list")
    return parameters


def counted(where: str, found: int, wanted: int) -> None:
    if found != wanted:
        raise GraphError(
            132000,
            f"{where}: number of localizable_params ({found}) does not match "
            f"the expected number of params ({wanted})",
        )


def text_of(parameter: Any) -> str:
    if not isinstance(parameter, dict) or parameter.get("type") != "text" or not parameter.get("text"):
        raise GraphError(132012, "a parameter of type text with a text is expected")
    return str(parameter["text"])


def button_value(component: dict[str, Any], wording: Wording) -> tuple[int, str]:
    raw = str(component.get("index", ""))
    index = int(raw) if raw.isdigit() else -1
    if not 0 <= index < len(wording.buttons):
        raise GraphError(132012, f"buttons: no button at index {raw!r}")
    kind = str(component.get("sub_type", "")).lower()
    if SUBTYPES.get(wording.buttons[index].kind) != kind:
        raise GraphError(132012, f"buttons: the button at index {index} is not of type {kind!r}")
    parameters = component.get("parameters")
    if not isinstance(parameters, list) or len(parameters) != 1 or not isinstance(parameters[0], dict):
        raise GraphError(132000, f"buttons: button at index {index} takes one parameter")
    wanted, field = PARAMETERS[kind]
    if parameters[0].get("type") != wanted or not parameters[0].get(field):
        raise GraphError(132012, f"buttons: button at index {index} takes a parameter of type {wanted}")
    return index, str(parameters[0][field])


def check_spaces(values: tuple[str, ...]) -> None:
    for value in values:
        if BAD_SPACES.search(value):
            raise GraphError(
                132018, "Parameter text has a new line, a tab or more than four spaces in a row."
            )
