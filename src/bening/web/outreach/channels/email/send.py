"""Request -> outcome: the only file of this channel with input and output."""

import smtplib
import threading
from email.message import EmailMessage
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

from bening.web.outreach.channels.base import (
    Accepted,
    Message,
    NotSent,
    Outcome,
    Rejected,
    Throttled,
    Unknown,
)
from bening.web.outreach.channels.email.codes import kind_of
from bening.web.outreach.channels.email.render import render
from bening.web.outreach.channels.email.settings import Mail


class Watching:
    """Remembers whether the text of a letter began to go over the line: only then can it have been taken."""

    began = False

    def data(self, msg: Any) -> Any:
        """Remember, and go on."""
        self.began = True
        return super().data(msg)  # type: ignore[misc]


class Plain(Watching, smtplib.SMTP):
    """A line that is open, or made safe by STARTTLS."""


class Safe(Watching, smtplib.SMTP_SSL):
    """A line that is safe from the start."""


class Line(EmailBackend):
    """Django's way to a mail server, on a line that watches."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """The line to open."""
        return Safe if self.use_ssl else Plain


class Lines:
    """Open lines, one a thread; each stays open from letter to letter."""

    def __init__(self, account: Mail) -> None:
        self.account, self.mine, self.all = account, threading.local(), list[Line]()

    def __call__(self, message: Message) -> Outcome:
        """Send on this thread's line."""
        if not hasattr(self.mine, "line"):
            self.mine.line = backend(self.account)
            self.all.append(self.mine.line)
        return send(self.mine.line, self.account, message)

    def close(self) -> None:
        """Say goodbye on every line."""
        for one in self.all:
            one.close()


def line(account: Mail) -> Lines:
    """Open lines for a worker."""
    return Lines(account)


def backend(account: Mail) -> Line:
    """One line, not yet open."""
    return Line(
        host=account.host, port=account.port, username=account.user, password=account.password,
        use_tls=account.tls, use_ssl=account.ssl, timeout=20,
    )  # fmt: skip


def send(wire: Line, account: Mail, message: Message) -> Outcome:
    """Hand one letter to the server; every ending is one of five."""
    mail = render(message, account)
    try:
        wire.open()
    except smtplib.SMTPResponseException as error:
        return refused(str(error.smtp_code))
    except (smtplib.SMTPException, OSError) as error:
        return NotSent(type(error).__name__)
    outcome = handed(wire, mail)
    if isinstance(outcome, NotSent | Unknown):
        drop(wire)
    return outcome


def drop(wire: Line) -> None:
    """Let go of a line that is broken or may be."""
    connection, wire.connection = wire.connection, None
    if connection is not None:
        connection.close()


def handed(line: Line, mail: EmailMessage) -> Outcome:
    """What became of a letter on an open line."""
    wire: Any = line.connection
    wire.began = False
    try:
        wire.send_message(mail)
    except smtplib.SMTPRecipientsRefused as error:
        return refused(str(next(iter(error.recipients.values()))[0]))
    except smtplib.SMTPServerDisconnected as error:
        return Unknown(type(error).__name__) if wire.began else NotSent(type(error).__name__)
    except smtplib.SMTPResponseException as error:
        return refused(str(error.smtp_code))
    except (smtplib.SMTPException, OSError) as error:
        return Unknown(type(error).__name__) if wire.began else NotSent(type(error).__name__)
    return Accepted(mail["Message-ID"].strip("<>"))


def refused(code: str) -> Outcome:
    """What a reply that is a refusal means."""
    kind = kind_of(code)
    return Throttled(code) if kind == "throttle" else Rejected(code, kind, int(code))
