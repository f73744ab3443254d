"""Message -> e-mail: text, and the same words as plain HTML. Pure."""

from email.headerregistry import Address
from email.message import EmailMessage
from html import escape

from bening.web.outreach.channels.base import Message
from bening.web.outreach.channels.email.settings import Mail
from bening.web.outreach.channels.texts import by_post, opens

SUBJECTS = {"id": "{agency_short}: {survey}", "en": "{agency_short}: {survey}"}
OPEN = {"id": "Buka survei:", "en": "Open the survey:"}
STOP = {"id": "Tidak ingin menerima pesan lagi:", "en": "No more messages:"}


def render(message: Message, account: Mail) -> EmailMessage:
    """The whole e-mail, ready for the wire; our key stands in its Message-ID, so that bounces match.

    The link is shown in full and leads nowhere else; there is no picture and nothing to load.
    """
    mail = EmailMessage()
    mail["From"] = account.from_
    mail["To"] = Address(addr_spec=message.to)
    mail["Subject"] = SUBJECTS[message.language].format(**message.words)
    domain = account.from_.rpartition("@")[2].rstrip(">")
    mail["Message-ID"] = f"<{message.key}.{message.attempt}@{domain}>"
    mail["List-Unsubscribe"] = f"<{account.stop}>"
    mail["Content-Language"] = message.language
    mail["Auto-Submitted"] = "auto-generated"
    parts = paragraphs(message, account)
    mail.set_content("\n\n".join(parts) + "\n", cte="quoted-printable")
    mail.add_alternative(as_html(parts, message.language), subtype="html", cte="quoted-printable")
    return mail


def paragraphs(message: Message, account: Mail) -> list[str]:
    """What it says, paragraph by paragraph."""
    said = [by_post(message.step, message.language).format(**message.words)]
    if opens(message.step):
        said.append(f"{OPEN[message.language]} {account.link}{message.secret}")
    return [*said, f"{STOP[message.language]} {account.stop}"]


def as_html(parts: list[str], language: str) -> str:
    """The same paragraphs; addresses are written out, not hidden behind words."""
    body = "".join(f"<p>{escape(part)}</p>" for part in parts)
    return f'<!doctype html><html lang="{language}"><meta charset="utf-8"><body>{body}</body></html>\n'
