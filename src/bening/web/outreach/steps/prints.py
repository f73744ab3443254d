"""What stands on each print: the texts, the sender card and a code, ready to be set."""

from collections.abc import Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from bening.web.outreach.steps.chain import Invited
from bening.web.outreach.steps.links import address
from bening.web.outreach.steps.offices import office
from bening.web.outreach.steps.paper import printed, qr
from bening.web.outreach.steps.texts import digest, information, material, texts, typed, version, words
from bening.web.registry.models import Institution, Round, Unit

EDITION_OF = {"group_teachers": "teachers", "group_health": "health"}
BLANK = "……………………………………"


def print_of(name: str, *, round: Round, institution: Institution | None, language: str) -> bytes:
    """A poster, circular or sheet as PDF; without an institution the circular leaves its name open."""
    with translation.override(language):
        place = str(institution) if institution else BLANK
        filled = words(round, language, institution=place)
        made = material(name, language, filled)
        page = information(EDITION_OF.get(name, "general"))
        data = common(round, language, made["name"]) | made | {
            "qr": qr(page),
            "qr_words": gettext("Questions and answers about the survey"),
            "qr_typed": typed(page),
            "institution": place,
        }  # fmt: skip
        if name == "letter":
            data |= letter_words(made)
        elif name != "poster":
            data |= {"headline": made["name"], "intro": f"{round.survey} {round.edition}"}
        template = name if name in ("poster", "letter") else "sheet"
        return printed(template, data)


def common(round: Round, language: str, title: str) -> dict[str, Any]:
    """What every print carries: who asks, how to check, which version of the words this is."""
    filled = words(round, language)
    return {
        "title": title,
        "agency": round.agency,
        "language": language,
        "intro": f"{round.agency} · {round.survey} {round.edition}",
        "qr_alt": gettext("QR code"),
        "card": [
            [
                gettext("Survey runs"),
                gettext("%(from)s to %(to)s") % {"from": filled["opens"], "to": filled["closes"]},
            ],
            [gettext("Messages come from"), round.sender],
            [gettext("Check a message"), filled["check"]],
            [gettext("Help line"), round.hotline],
        ],
        "foot": gettext("Text %(version)s · %(digest)s") % {"version": version(), "digest": digest()[:12]},
    }


def letter_words(made: dict[str, Any]) -> dict[str, str]:
    """The frame of a circular: what the institution writes in by hand stays open."""
    return {
        "kind": gettext("Circular"),
        "number_word": gettext("Number"),
        "to_word": gettext("To"),
        "subject_word": gettext("Subject"),
        "blank": BLANK,
        "place_day": gettext("Place and day"),
        "signature": gettext("Name and office"),
        "headline": made["name"],
    }


def office_sheets(*, round: Round, invited: Sequence[Invited], language: str) -> bytes:
    """A sheet an office with its code, as PDF; the links exist on these sheets alone."""
    with translation.override(language):
        sheets = []
        for one in invited:
            to = office(one.head)
            filled = words(round, language, office=to, link="")
            body = material("invite_head", language, filled)["body"]
            link = address(one.token)
            sheets.append({"office": to, "body": body[1:2], "qr": qr(link), "typed": typed(link)})
        data = common(round, language, gettext("Briefing of heads")) | {
            "sheets": sheets,
            "qr_words": gettext("Read it with your phone"),
            "or_typed": gettext("or type:"),
            "keep": gettext("This code belongs to the office alone. Do not pass it on."),
        }
        return printed("offices", data)


def notices(*, round: Round, posted: Sequence[tuple[Unit, str]], language: str) -> bytes:
    """A notice a unit with its code, as PDF."""
    with translation.override(language):
        filled = words(round, language)
        poster = material("poster", language, filled)
        sheets = [{"unit": str(unit), "qr": qr(address(token))} for unit, token in posted]
        data = common(round, language, gettext("Notice to all staff")) | {
            "sheets": sheets,
            "headline": poster["headline"],
            "points": poster["points"],
            "qr_words": gettext("Read it? Say so, without a name"),
            "keep": gettext("Everybody of this unit may. Only a number is kept: no name, no phone, no time."),
        }
        return printed("notices", data)


def sentence(language: str) -> str:
    """The one sentence everybody should know."""
    return str(texts()["core"][language])
