"""A mail server that keeps everything: enough of SMTP for any client, spoken on loopback only."""

from __future__ import annotations

import os
import re
import socket
import struct
from email import message_from_bytes, policy
from socketserver import StreamRequestHandler, TCPServer, ThreadingMixIn

from bening.emulator.clock import iso
from bening.emulator.parcels import Parcel
from bening.emulator.plan import BAD_GATEWAY, MAGIC_REPLIES, OPTS_OUT, Step, disturbed
from bening.emulator.world import World
from bening.emulator.writer import Job

LINE_MAX = 65_536
SIZE_MAX = 10 * 1024 * 1024
PATH = re.compile(r"(?:FROM|TO):\s*<([^<>\s]*)>", re.IGNORECASE)
KEY = re.compile(r"<?(.+)\.(\d+)@")
GREETING = "220 SIMULATOR, no real mail"
FEATURES = ("250-SIMULATOR", f"250-SIZE {SIZE_MAX}", "250-8BITMIME", "250 SMTPUTF8")
BOUNCED = "550"


class MailServer(ThreadingMixIn, TCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, world: World, port: int) -> None:
        self.world = world
        if ":" in world.options.host:
            self.address_family = socket.AF_INET6
        super().__init__((world.options.host, port), Session)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in the middle is everyday life here."""


class Session(StreamRequestHandler):
    disable_nagle_algorithm = True
    server: MailServer

    def handle(self) -> None:
        self.sender, self.receivers = "", list[str]()
        self.say(GREETING)
        while line := self.rfile.readline(LINE_MAX):
            verb, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
            if not self.obey(verb.upper(), rest):
                return

    def say(self, *lines: str) -> bool:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())
        return True

    def obey(self, verb: str, rest: str) -> bool:
        """Whether the conversation goes on."""
        if verb == "EHLO":
            return self.say(*FEATURES)
        if verb in ("HELO", "NOOP", "RSET"):
            self.sender, self.receivers = "", []
            return self.say("250 OK")
        if verb == "MAIL":
            return self.from_(rest)
        if verb == "RCPT":
            return self.to(rest)
        if verb == "DATA":
            return self.data()
        if verb == "QUIT":
            self.say("221 Bye")
            return False
        return self.say("502 Command not implemented")

    def from_(self, rest: str) -> bool:
        found = PATH.match(rest)
        if found is None:
            return self.say("501 MAIL FROM:<address>")
        self.sender, self.receivers = found[1] or "<>", []
        return self.say("250 OK")

    def to(self, rest: str) -> bool:
        found = PATH.match(rest)
        if not self.sender:
            return self.say("503 MAIL first")
        if found is None or "@" not in found[1]:
            return self.say("501 RCPT TO:<address>")
        ending = ending_of(self.server.world, found[1])
        if ending == BAD_GATEWAY:
            self.say("421 Service not available")
            return False
        if ending in ("0429", "0056"):
            return self.say("451 4.7.1 Too many messages, try again later")
        self.receivers.append(found[1])
        return self.say("250 OK")

    def data(self) -> bool:
        if not self.receivers:
            return self.say("503 RCPT first")
        self.say("354 End with a dot")
        raw = self.text()
        if raw is None:
            return False
        if len(raw) > SIZE_MAX:
            return self.say("552 5.3.4 Too long")
        job = Job()
        for receiver in self.receivers:
            keep(self.server.world, receiver, raw, job)
        self.server.world.store.writer.commit(job)
        flaw = MAGIC_REPLIES.get(ending_of(self.server.world, self.receivers[0]), "")
        self.sender, self.receivers = "", []
        if flaw in ("hang", "reset"):
            return self.misbehave(flaw)
        return self.say("250 2.0.0 Kept")

    def text(self) -> bytes | None:
        """Everything up to the dot; None if the line broke before it."""
        lines, size = list[bytes](), 0
        while line := self.rfile.readline(LINE_MAX):
            if line in (b".\r\n", b".\n"):
                return b"".join(lines)
            size += len(line)
            if size <= SIZE_MAX + LINE_MAX:
                lines.append(line[1:] if line.startswith(b".") else line)
        return None

    def misbehave(self, how: str) -> bool:
        if how == "hang":
            self.connection.settimeout(self.server.world.chaos.knobs.hang_s)
            try:
                self.connection.recv(1)
            except OSError:
                return False
            return False
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(self.connection.detach())
        return False


def ending_of(world: World, address: str) -> str:
    """The last four signs before the @: mail has the same magic as numbers."""
    return address.partition("@")[0][-4:] if world.chaos.knobs.magic_numbers else ""


def keep(world: World, receiver: str, raw: bytes, job: Job) -> None:
    """Put a mail and the reports on it into the job."""
    mail = message_from_bytes(raw, policy=policy.default)
    body = mail.get_body(("plain", "html"))
    text = str(body.get_content()) if body is not None else ""
    ref = reference(str(mail.get("Message-ID", "")))
    event, code = fate(ending_of(world, receiver))
    status = "failed" if event == "bounced" else "delivered"
    parcel = Parcel("mail", receiver, ref, text.strip(), raw, str(mail.get("Subject", "")), status, code)
    number = world.parcels.put(parcel, job)
    if not world.courier.others["mail"].url:
        return
    knobs, chance = world.chaos.knobs, world.dice("mail", receiver, ref)
    at = world.clock.now() + chance.delay("delivered", knobs.delay_delivered)
    for step in disturbed(Step(event, at, round(at, 3)), chance, knobs):
        value = {"d": ref, "event": event, "at": iso(step.at), "code": code or None}
        world.outbox.report(job, number, "mail", value, step)


def reference(message_id: str) -> str:
    """`<KEY.ATTEMPT@domain>` is how the sender numbers its mails; anything else stands as it is."""
    found = KEY.match(message_id.strip())
    return f"d:{found[1]}:{found[2]}" if found else message_id.strip().strip("<>")


def fate(ending: str) -> tuple[str, str]:
    if ending == "0026":
        return "bounced", BOUNCED
    return ("unsubscribed", "") if ending == OPTS_OUT else ("delivered", "")
