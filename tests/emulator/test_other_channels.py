"""Texts, mails and letters: sinks that behave as providers do, with signed reports."""

import hmac
import json
import smtplib
from email.message import EmailMessage
from hashlib import sha256

import pytest

LINK = "https://survei.example/i#abc"
TEXT = {"to": "6281200007777", "text": f"Kode cek K7Q2. Isi: {LINK}", "ref": "d:K1:1"}
PDF = b"%PDF-1.7\n%test\n"


@pytest.fixture
def sinks(emulators, hook):
    return emulators("--smtp-port", "0", "--sms-webhook", hook.url, "--mail-webhook", hook.url)


@pytest.fixture
def line(sinks):
    with smtplib.SMTP("127.0.0.1", sinks.mail_port, timeout=10) as line:
        yield line


def letter(to, key="K1"):
    mail = EmailMessage()
    mail["From"], mail["To"] = "survei@badan.example", to
    mail["Subject"], mail["Message-ID"] = "Survei é", f"<{key}.1@badan.example>"
    mail.set_content(f"Buka {LINK}\n.titik di depan\n")
    return mail


def reports(hook):
    for headers, body in hook.posts:
        mark = hmac.new(b"emulator", body, sha256).hexdigest()
        assert headers["X-Signature"] == f"sha256={mark}"
    return [json.loads(body) for _, body in hook.posts]


def test_a_text_is_kept_shown_and_reported(sinks, hook, until, make):
    reply = sinks.call("POST", "/sms", TEXT)
    assert reply.status == 202
    (kept,) = sinks.call("GET", "/_emu/sms").lines
    assert (kept["receiver"], kept["ref"], kept["links"]) == (TEXT["to"], "d:K1:1", [LINK])
    assert hook.posts == []
    sinks.advance(60)
    (report,) = until(lambda: reports(hook))
    assert (report["id"], report["ref"], report["status"]) == (reply.json["data"]["id"], "d:K1:1", "DELIVRD")
    page = sinks.call("GET", f"/sms/{kept['id']}").raw.decode()
    assert f'href="{LINK}" target="_blank"' in page
    assert "SIMULATOR" in page


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"to": "12"}, 400, "21211"),
        ({"text": ""}, 400, "21602"),
        ({"text": "x" * 1601}, 400, "21617"),
        ({"to": "6281200000050"}, 400, "21610"),
        ({"to": "6281200000429"}, 429, "20429"),
    ],
)
def test_texts_that_are_refused(emulator, change, status, code):
    reply = emulator.call("POST", "/sms", TEXT | change)
    assert (reply.status, reply.json["error"]["code"]) == (status, code)
    assert emulator.call("GET", "/_emu/sms").lines == []


def test_texts_whose_reply_is_lost(emulator):
    emulator.chaos(hang_s=0.1)
    for ending in ("0408", "0500"):
        with pytest.raises(OSError, match=r"."):
            emulator.call("POST", "/sms", TEXT | {"to": f"628120000{ending}"})
    assert emulator.call("POST", "/sms", TEXT | {"to": "6281200000502"}).status == 502
    assert emulator.call("POST", "/sms", TEXT | {"to": "6281200000200"}).raw == b"OK"
    assert len(emulator.call("GET", "/_emu/sms").lines) == 3


def test_a_text_to_a_dead_number_and_a_form_as_well_as_json(sinks, hook, until):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert sinks.call("POST", "/sms", b"to=6281200000026&text=halo&ref=d%3AK2%3A1", **form).status == 202
    sinks.advance(60)
    (report,) = until(lambda: reports(hook))
    assert (report["ref"], report["status"]) == ("d:K2:1", "UNDELIV")


def test_a_mail_is_kept_shown_and_reported(sinks, line, hook, until):
    line.send_message(letter("a@dinas.example"))
    (kept,) = sinks.call("GET", "/_emu/mail").lines
    assert (kept["title"], kept["ref"], kept["links"]) == ("Survei é", "d:K1:1", [LINK])
    assert "\n.titik" in kept["text"]
    sinks.advance(60)
    (report,) = until(lambda: reports(hook))
    assert (report["d"], report["event"], report["code"]) == ("d:K1:1", "delivered", None)
    assert "Survei é" in sinks.call("GET", f"/mail/{kept['id']}").raw.decode()


def test_magic_addresses(sinks, line, hook, until):
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        line.send_message(letter("b0429@dinas.example"))
    line.send_message(letter("b0026@dinas.example", "K2"))
    line.send_message(letter("b0050@dinas.example", "K3"))
    with pytest.raises(smtplib.SMTPServerDisconnected):
        line.send_message(letter("b0500@dinas.example", "K4"))
    assert len(sinks.call("GET", "/_emu/mail").lines) == 3
    sinks.advance(60)
    until(lambda: len(hook.posts) == 3)
    events = {report["d"]: (report["event"], report["code"]) for report in reports(hook)}
    assert events["d:K2:1"] == ("bounced", "550")
    assert events["d:K3:1"] == ("unsubscribed", None)


def test_a_client_that_speaks_badly_is_told_so(line):
    assert line.docmd("RCPT", "TO:<a@b.example>")[0] == 503
    assert line.docmd("MAIL", "nobody")[0] == 501
    assert line.docmd("DATA")[0] == 503
    assert line.docmd("VRFY", "x")[0] == 502


def test_letters_are_handed_in_and_opened(emulator):
    form = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="surat.pdf"\r\n'
        b"Content-Type: application/pdf\r\n\r\n" + PDF + b"\r\n--x--\r\n"
    )
    page = emulator.call("POST", "/letter", form, **{"Content-Type": "multipart/form-data; boundary=x"})
    assert page.status == 303
    number = page.headers["Location"].partition("?")[0]
    paper = emulator.call("GET", f"{number}.pdf")
    assert (paper.headers["Content-Type"], paper.raw) == ("application/pdf", PDF)
    assert "surat.pdf" in emulator.call("GET", number).raw.decode()
    assert emulator.call("POST", "/letter", b"no paper").status == 400
    assert emulator.call("GET", "/letter/99").status == 404


def test_everything_survives_a_kill(sinks, line, hook, until):
    sinks.call("POST", "/sms", TEXT)
    line.send_message(letter("a@dinas.example"))
    sinks.kill()
    sinks.start()
    sinks.advance(60)
    until(lambda: len(hook.posts) == 2)
    assert len(sinks.call("GET", "/_emu/sms").lines) == len(sinks.call("GET", "/_emu/mail").lines) == 1
