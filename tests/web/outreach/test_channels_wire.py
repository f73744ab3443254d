"""E-mail and SMS over real sockets on loopback: what arrives, and every ending of a request."""

import json
import socket
import threading
from dataclasses import replace
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.controller import Controller

from bening.web.outreach.channels.base import Accepted, NotSent, Rejected, Throttled, Unknown
from bening.web.outreach.channels.email.health import health as mail_health
from bening.web.outreach.channels.email.send import line as mail_line
from bening.web.outreach.channels.sms.send import line as sms_line
from bening.web.outreach.channels.sms.settings import configured
from tests.web.outreach.test_channels import ACCOUNTS, LINK, SECRET, message

TO = "orang@contoh.example"


class Post:
    """A mail server that keeps letters and refuses as it is told."""

    def __init__(self):
        self.letters, self.refuses, self.cuts = [], {}, ""

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  the server's word
        if "rcpt" in self.refuses:
            return self.refuses["rcpt"]
        if self.cuts == "rcpt":
            server.transport.close()
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.cuts == "data":
            self.letters.append(envelope.content)
            server.transport.close()
            return "250 nobody hears this"
        if "data" in self.refuses:
            return self.refuses["data"]
        self.letters.append(envelope.content)
        return "250 taken"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def post():
    held = Post()
    server = Controller(held, hostname="127.0.0.1", port=free_port())
    server.start()
    held.account = replace(ACCOUNTS["email"], host="127.0.0.1", port=server.port, tls=False, user="")
    held.line = mail_line(held.account)
    yield held
    held.line.close()
    server.stop()


def test_a_letter_arrives_as_text_and_html_with_the_whole_link_and_nothing_to_load(post):
    line = post.line
    assert line(message(to=TO)) == Accepted(f"{'a' * 32}.2@contoh.go.id")
    letter = message_from_bytes(post.letters[0], policy=policy.default)
    text, html = (letter.get_body((kind,)).get_content() for kind in ("plain", "html"))
    for said in (text, html):
        assert LINK + SECRET in said
        assert "K7Q2-9XMA" in said
        assert "teduh rimba" in said
    assert not any(word in html for word in ("<img", "<a ", "<script", "src=", "style"))
    assert (letter["To"], letter["Message-ID"]) == (TO, f"<{'a' * 32}.2@contoh.go.id>")
    assert letter["List-Unsubscribe"] == f"<{post.account.stop}>"
    assert "a" * 32 not in text


def test_a_line_stays_open_from_letter_to_letter(post):
    line = post.line
    assert {type(line(message(to=TO))) for _ in range(3)} == {Accepted}
    assert len(post.letters) == 3


@pytest.mark.parametrize(
    ("where", "reply", "outcome"),
    [
        ("rcpt", "550 no such user", Rejected("550", "contact_dead", 550)),
        ("rcpt", "450 later", Rejected("450", "retry", 450)),
        ("data", "554 looks like spam", Rejected("554", "our_fault", 554)),
        ("data", "552 full", Rejected("552", "retry", 552)),
        ("data", "421 too fast", Throttled("421")),
    ],
)
def test_a_refusal_is_told_by_its_code(post, where, reply, outcome):
    post.refuses[where] = reply
    assert post.line(message(to=TO)) == outcome
    assert post.letters == []


def test_a_line_that_breaks_before_the_text_has_sent_nothing(post):
    post.cuts = "rcpt"
    line = post.line
    assert isinstance(line(message(to=TO)), NotSent)
    post.cuts = ""
    assert isinstance(line(message(to=TO)), Accepted)


def test_a_line_that_breaks_after_the_text_may_have_sent_it(post):
    post.cuts = "data"
    line = post.line
    assert isinstance(line(message(to=TO)), Unknown)
    assert len(post.letters) == 1


def test_a_mail_server_that_is_not_there_has_sent_nothing(post):
    away = replace(post.account, port=free_port())
    assert isinstance(mail_line(away)(message(to=TO)), NotSent)
    assert not mail_health(away).ok
    assert mail_health(post.account).ok


class Texts(ThreadingHTTPServer):
    """A provider of SMS that answers as it is told."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.reply, self.bodies, self.headers = (200, b'{"data":{"id":"m-1"}}'), [], []
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(BaseHTTPRequestHandler):
    """One request."""

    def do_POST(self):
        self.server.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.headers.append(self.headers)
        status, body = self.server.reply
        if status == 0:
            self.connection.close()
            return
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        """Nothing."""


@pytest.fixture
def texts(tmp_path, settings):
    """The provider, and the house told of it in its own file."""
    server = Texts()
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "sms-token").write_text("geheim\n")
    settings.SECRET = lambda name: (tmp_path / "secrets" / name).read_bytes()
    settings.ORIGIN_CLIENT = "https://survei.contoh.go.id"
    settings.FIELDWORK_FILE = tmp_path / "fieldwork.toml"
    settings.FIELDWORK_FILE.write_text(
        f"""[channels.sms]
url = "http://127.0.0.1:{server.server_port}/api"
headers = {{ Authorization = "Bearer ${{secret:sms-token}}" }}
body = {{ to = "{{to}}", text = "{{text}}", ref = "{{key}}" }}
id_path = "data.id"
error_path = "error.code"
[channels.sms.codes]
"21610" = "opted_out"
"""
    )
    yield server
    server.shutdown()
    server.server_close()


def test_a_text_goes_out_as_the_agencys_file_describes_it(texts):
    assert sms_line(configured())(message(survey="SPI")) == Accepted("m-1")
    said = json.loads(texts.bodies[0])
    assert (said["to"], said["ref"]) == ("+628123456789", f"d:{'a' * 32}:2")
    assert LINK + SECRET in said["text"]
    assert len(said["text"]) <= 160
    assert texts.headers[0]["Authorization"] == "Bearer geheim"


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        ((400, b'{"error":{"code":21610}}'), Rejected("21610", "opted_out", 400)),
        ((200, b'{"error":{"code":"x"}}'), Rejected("x", "our_fault", 200)),
        ((401, b"no"), Rejected("401", "stop_channel", 401)),
        ((429, b"{}"), Throttled("429")),
        ((200, b"<html>"), Unknown("http 200")),
        ((502, b"<html>"), Unknown("http 502")),
        ((500, b"{}"), Unknown("http 500")),
    ],
)
def test_every_reply_of_a_provider_has_one_meaning(texts, reply, outcome):
    texts.reply = reply
    assert sms_line(configured())(message(survey="SPI")) == outcome


def test_a_reply_that_never_comes_may_hide_a_sent_text_and_a_closed_door_hides_none(texts, settings):
    texts.reply = (0, b"")
    account = configured()
    assert isinstance(sms_line(account)(message(survey="SPI")), Unknown)
    assert isinstance(sms_line(replace(account, url=f"http://127.0.0.1:{free_port()}/"))(message()), NotSent)


def test_without_a_file_there_is_no_provider(settings, tmp_path):
    settings.FIELDWORK_FILE = tmp_path / "nothing.toml"
    assert configured() is None
