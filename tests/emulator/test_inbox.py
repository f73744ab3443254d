"""The phones, held by a person in a browser or by a program."""

import re
from urllib.parse import urlencode

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def post(emulator, path, **form):
    return emulator.call("POST", path, urlencode(form).encode(), **FORM)


def arrived(emulator, make, number, key="K1"):
    assert emulator.send(make.invitation(number, key)).status == 200
    emulator.advance(3600)


def test_the_list_of_phones(emulator, make):
    for place in range(25):
        emulator.send(make.invitation(make.number(place), make.key(place)))
    emulator.advance(3600)
    page = emulator.call("GET", "/", Authorization="")
    text = page.raw.decode()
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "SIMULATOR" in text
    assert 'lang="id"' in text
    assert text.count('class="unread"') == 20
    assert "page=1" in text
    assert not re.search(r"<script|<style| style=| on\w+=", text)
    found = emulator.call("GET", "/?q=0000247777").raw.decode()
    assert found.count('class="unread"') == 1
    assert "Simulated inbox" in emulator.call("GET", "/?lang=en").raw.decode()
    assert emulator.call("GET", "/static/emulator.css").headers["Content-Type"].startswith("text/css")


def test_a_conversation_opens_the_real_link_and_escapes_what_is_foreign(emulator, make):
    body = make.invitation(make.number(1))
    body["template"]["components"][0]["parameters"][0]["text"] = "<b>kode</b>"
    emulator.send(body)
    emulator.advance(3600)
    text = emulator.call("GET", f"/phones/{make.number(1)}").raw.decode()
    assert 'href="http://127.0.0.1:1/i#secret-K1" target="_blank" rel="noopener noreferrer"' in text
    assert "&lt;b&gt;kode" in text
    assert "<b>kode" not in text
    assert "Survei Integritas (simulasi)" in text
    assert 'class="unread"' not in text  # opening the conversation is reading it
    assert emulator.call("GET", "/phones/628").status == 404


def test_a_quick_reply_causes_a_webhook(emulator, hook, make, until):
    arrived(emulator, make, make.number(1))
    wamid = emulator.ledger()[0]["wamid"]
    page = post(emulator, f"/phones/{make.number(1)}/press", ordinal="1", button="2")
    assert (page.status, page.headers["Location"]) == (303, f"/phones/{make.number(1)}?lang=id")
    message = until(hook.inbound)[0]
    assert message["type"] == "button"
    assert message["button"] == {"payload": "fb:doubt:K1", "text": "Saya ragu"}
    assert message["context"]["id"] == wamid
    assert "Saya ragu</p>" in emulator.call("GET", f"/phones/{make.number(1)}").raw.decode()


def test_free_text_causes_a_webhook(emulator, hook, make, until):
    arrived(emulator, make, make.number(1))
    assert post(emulator, f"/phones/{make.number(1)}/say", text="Dari siapa?").status == 303
    message = until(hook.inbound)[0]
    assert (message["type"], message["text"]["body"]) == ("text", "Dari siapa?")
    assert post(emulator, f"/phones/{make.number(1)}/say", text=" ").status == 400


def test_another_site_cannot_press_buttons(emulator, make):
    arrived(emulator, make, make.number(1))
    address = f"/phones/{make.number(1)}/say"
    assert emulator.call("POST", address, b"text=x", Origin="http://survei.example").status == 403
    assert emulator.call("GET", "/", Host="survei.example").status == 403


def test_a_phone_that_is_off_gets_its_message_later_or_never(emulator, hook, make, until):
    number, address = make.number(1), f"/phones/{make.number(1)}/state"
    emulator.send(make.invitation(number, "K0"))
    post(emulator, address, state="off")
    emulator.send(make.invitation(number, "K1"))
    emulator.advance(3600)
    assert emulator.call("GET", f"/_emu/phones/{number}/messages").json["data"] == []
    assert {entry["status"] for entry in emulator.ledger()} == {"waiting"}
    post(emulator, address, state="on")
    emulator.advance(60)
    until(lambda: {("d:K0:1", "delivered"), ("d:K1:1", "delivered")} <= set(hook.statuses()))
    shown = emulator.call("GET", f"/_emu/phones/{number}/messages").json["data"]
    assert [one["key"] for one in shown] == ["K0", "K1"]
    post(emulator, address, state="off")
    emulator.send(make.invitation(number, "K2"))
    emulator.advance(43_200)
    post(emulator, address, state="on")
    emulator.advance(3600)
    assert emulator.ledger()[2]["status"] == "expired"
    assert ("d:K2:1", "delivered") not in hook.statuses()


def test_blocking_stopping_and_resending(emulator, hook, make, until):
    number = make.number(1)
    arrived(emulator, make, number)
    post(emulator, f"/phones/{number}/state", state="stop")
    assert until(lambda: hook.values("user_preferences"))[0]["user_preferences"][0]["value"] == "stop"
    post(emulator, f"/phones/{number}/state", state="block")
    emulator.send(make.invitation(number, "K2"))
    assert emulator.ledger()[1]["code"] == 131026
    emulator.flush()
    before = len(hook.statuses())
    text = emulator.call("GET", f"/phones/{number}?m=1").raw.decode()
    event = re.search(r'name="event" value="(\d+)"', text)[1]
    post(emulator, f"/phones/{number}/resend", ordinal="1", event=event)
    until(lambda: len(hook.statuses()) == before + 1)


def test_programs_read_and_answer_too(emulator, hook, make, until):
    number = make.number(1)
    arrived(emulator, make, number)
    assert emulator.call("GET", "/_emu/phones").json["data"][0]["unread"] == 1
    message = emulator.call("GET", f"/_emu/phones/{number}/messages").json["data"][0]
    assert message["body"].startswith("Kode cek pesan ini K7Q2-9XMA dan frasa teduh rimba")
    assert message["link"] == "http://127.0.0.1:1/i#secret-K1"
    assert [button["type"] for button in message["buttons"]] == ["url", "quick_reply", "quick_reply"]
    address = f"/_emu/phones/{number}/reply"
    assert emulator.call("POST", address, {"ordinal": 1, "button": 0}).status == 400
    assert emulator.call("POST", address, {"ordinal": message["ordinal"], "button": 1}).status == 200
    assert until(hook.inbound)[0]["button"]["payload"] == "Bukan untuk saya"
    assert emulator.call("PATCH", f"/_emu/phones/{number}", {"asleep": True}).status == 400
