"""The product's own adapters for texts and mails against the emulator's sinks, and back."""

import json

from bening.web.outreach.channels import email, sms
from bening.web.outreach.channels.base import Accepted, Message, Rejected, Unknown

WORDS = {
    "agency": "Badan Percontohan",
    "agency_short": "Badan",
    "survey": "Survei",
    "domain": "survei.example",
    "check": "survei.example/cek",
    "check_code": "K7Q2-9XMA",
    "phrase": "teduh rimba",
    "institution": "Dinas",
    "minutes": "12",
    "closes": "31 Oktober",
    "until": "31 Oktober",
    "until_short": "31/10",
    "deadline": "31 Oktober",
}
LINK = "http://127.0.0.1:1/i#"


def message(to, key="a" * 32):
    return Message(key, 1, "invite", "id", to, WORDS, "s" * 22)


def test_a_text_goes_out_and_its_report_is_understood(emulators, hook, until):
    emulator = emulators("--sms-webhook", hook.url)
    body = {"to": "{to}", "text": "{text}", "ref": "{key}"}
    account = sms.settings.Sms(
        url=f"http://127.0.0.1:{emulator.port}/sms", body=body, link=LINK, id_path="data.id"
    )
    send = sms.send.line(account)
    assert isinstance(send(message("6281200007777")), Accepted)
    assert isinstance(send(message("6281200000050")), Rejected)
    assert isinstance(send(message("6281200000200")), Unknown)
    assert emulator.call("GET", "/_emu/sms").lines[0]["links"][-1] == LINK + "s" * 22
    emulator.advance(60)
    until(lambda: len(hook.posts) == 2)
    for headers, raw in hook.posts:
        assert sms.events.genuine(raw, headers["X-Signature"], b"emulator")
        (event,) = sms.events.events(raw)
        assert (event.key, event.status) == (f"d:{'a' * 32}:1", "delivered")


def test_a_mail_goes_out_and_its_report_is_understood(emulators, hook, until):
    emulator = emulators("--smtp-port", "0", "--mail-webhook", hook.url)
    account = email.settings.Mail(
        host="127.0.0.1", port=emulator.mail_port, user="", password="", tls=False, ssl=False,
        from_="survei@badan.example", link=LINK, stop="http://127.0.0.1:1/cek/lapor",
    )  # fmt: skip
    lines = email.send.line(account)
    assert isinstance(lines(message("pegawai@dinas.example")), Accepted)
    assert isinstance(lines(message("pegawai0500@dinas.example", "b" * 32)), Unknown)
    lines.close()
    kept = emulator.call("GET", "/_emu/mail").lines
    assert [one["ref"] for one in kept] == [f"d:{'a' * 32}:1", f"d:{'b' * 32}:1"]
    assert LINK + "s" * 22 in kept[0]["links"]
    emulator.advance(60)
    until(lambda: len(hook.posts) == 2)
    for _, raw in hook.posts:
        (event,) = email.events.events(raw)
        assert (event.key, event.status) == (json.loads(raw)["d"], "delivered")
