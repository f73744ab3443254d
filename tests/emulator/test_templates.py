"""Templates: hard limits at once, the reviewer's decision after the delay."""

from copy import deepcopy

import pytest

from bening.emulator.faults import GraphError
from bening.emulator.review import Rules, check_components, check_template, decide

BODY = "Pesan resmi dengan kode {{1}} dan frasa {{2}} untuk dicocokkan di halaman cek."


def template(body=BODY, buttons=(), **extra):
    parts = [{"type": "BODY", "text": body}, *extra.pop("parts", [])]
    if buttons:
        parts.append({"type": "BUTTONS", "buttons": list(buttons)})
    return {"name": "a_b", "language": "id", "category": "UTILITY", "components": parts} | extra


def url(address):
    return {"type": "URL", "text": "Buka", "url": address, "example": ["contoh"]}


REPLY = {"type": "QUICK_REPLY", "text": "Ya"}
REFUSED = {
    "name": (template(name="Besar"), 2388047),
    "category": (template(category="OTHER"), 2388047),
    "lifetime": (template(message_send_ttl_seconds=10), 2388047),
    "body too long": (template("x" * 1025), 2388040),
    "variable first": (template("{{1}} adalah kode cek Anda untuk pesan ini."), 2388299),
    "variable last": (template("Kode cek Anda untuk pesan ini adalah {{1}}"), 2388299),
    "variables adjacent": (template("Ini kode {{1}} {{2}} untuk pesan ini sekali."), 2388299),
    "too few words": (template("Kode {{1}} dan {{2}} cek."), 2388293),
    "gap in numbers": (template("Ini kode {{1}} dan {{3}} untuk pesan yang ini."), 2388047),
    "header too long": (template(parts=[{"type": "HEADER", "format": "TEXT", "text": "x" * 61}]), 2388040),
    "header picture": (template(parts=[{"type": "HEADER", "format": "IMAGE"}]), 2388047),
    "footer variable": (template(parts=[{"type": "FOOTER", "text": "Dari {{1}} saja"}]), 2388047),
    "button text": (template(buttons=[{"type": "QUICK_REPLY", "text": "x" * 26}]), 2388040),
    "variable inside url": (template(buttons=[url("https://a.example/{{1}}/x")]), 2388047),
    "variable host": (template(buttons=[url("https://{{1}}")]), 2388047),
    "three urls": (template(buttons=[url("https://a.example")] * 3), 2388019),
    "eleven buttons": (template(buttons=[REPLY] * 11), 2388019),
    "replies apart": (template(buttons=[REPLY, url("https://a.example"), REPLY]), 2388047),
}


@pytest.mark.parametrize("mistake", REFUSED)
def test_each_limit_has_its_code(mistake):
    body, subcode = REFUSED[mistake]
    with pytest.raises(GraphError) as refused:
        check_template(body)
    assert (refused.value.code, refused.value.subcode) == (100, subcode)


def test_the_longest_permitted_parts_pass():
    buttons = [url("https://a.example/i#{{1}}"), url("https://a.example"), *[REPLY] * 8]
    check_components(template("x" * 1024, buttons)["components"])


def test_the_reviewer_decides_by_rules():
    rules = Rules(allow_fragment=False, reject_words=(("rekening", "SCAM"),))
    plain = template("Pesan resmi tentang survei.")["components"]
    assert decide("UTILITY", plain, rules).status == "APPROVED"
    gift = template("Isi survei dan dapatkan hadiah.")["components"]
    assert decide("UTILITY", gift, rules).category == "MARKETING"
    scam = template("Kirim nomor rekening.")["components"]
    assert decide("UTILITY", scam, rules).reason == "SCAM"
    fragment = template("Pesan resmi.", [url("https://a.example/i#{{1}}")])["components"]
    assert decide("UTILITY", fragment, rules).reason == "INVALID_FORMAT"
    assert decide("UTILITY", fragment, Rules()).status == "APPROVED"
    assert decide("UTILITY", template()["components"], Rules()).reason == "INVALID_FORMAT"  # no example
    bare = template("Pesan resmi.", [url("https://a.example/i#{{1}}") | {"example": []}])["components"]
    assert decide("UTILITY", bare, Rules()).reason == "INVALID_FORMAT"


def test_a_template_waits_for_its_decision_and_tells_of_it(emulators, hook, make, until, tmp_path):
    rules = tmp_path / "rules.toml"
    rules.write_text('delay_s = 600\nmarketing_words = ["hadiah"]\n')
    emulator = emulators("--webhook", hook.url, "--rules", str(rules))
    address = f"/v26.0/{make.WABA}/message_templates"
    body = deepcopy(make.TEMPLATE)
    body["components"][2]["text"] = "Ada hadiah"
    made = emulator.call("POST", address, body).json
    assert (made["status"], made["category"]) == ("PENDING", "UTILITY")
    assert emulator.call("POST", address, body).json["error"]["error_subcode"] == 2388024
    one = f"/v26.0/{made['id']}"
    assert emulator.call("GET", one).json["status"] == "PENDING"
    assert emulator.send(make.invitation(make.number(1))).code == 132001
    emulator.advance(600)
    assert emulator.call("GET", f"{one}?fields=status").json == {"id": made["id"], "status": "APPROVED"}
    assert until(lambda: hook.values("template_category_update"))[0]["new_category"] == "MARKETING"
    assert until(lambda: hook.values("message_template_status_update"))[0]["event"] == "APPROVED"
    assert emulator.call("POST", one, {"components": make.TEMPLATE["components"]}).json == {"success": True}
    assert emulator.call("GET", one).json["status"] == "PENDING"
    assert emulator.call("GET", f"{address}?status=PENDING&limit=1").json["data"][0]["id"] == made["id"]
    assert emulator.call("DELETE", f"{address}?name={body['name']}").json == {"success": True}
    assert emulator.call("GET", one).code == 33


def test_complaints_pause_a_template_for_three_hours(emulator, make):
    emulator.chaos(quality_min=4, quality_yellow=0.2, quality_red=0.5)
    template = emulator.call("GET", f"/v26.0/{make.WABA}/message_templates").json["data"][0]["id"]
    for place in range(4):
        emulator.send(make.invitation(make.number(place), make.key(place)))
    seen = []
    for place in range(2):
        emulator.call("PATCH", f"/_emu/phones/{make.number(place)}", {"blocked": True})
        shown = emulator.call("GET", f"/v26.0/{template}").json
        seen.append((shown["quality_score"]["score"], shown["status"]))
    assert seen == [("YELLOW", "APPROVED"), ("RED", "PAUSED")]
    assert emulator.send(make.invitation(make.number(9))).code == 132015
    emulator.advance(3 * 3600)
    assert emulator.send(make.invitation(make.number(9))).status == 200


def test_a_number_whose_template_turns_red_is_flagged(emulator, hook, make, until):
    template = emulator.call("GET", f"/v26.0/{make.WABA}/message_templates").json["data"][0]["id"]

    def told(quality):
        emulator.call("PATCH", f"/_emu/templates/{template}", {"quality": quality})
        emulator.advance(1)
        return [one["event"] for one in hook.values("phone_number_quality_update")]

    until(lambda: told("RED") == ["FLAGGED"])
    assert emulator.call("GET", f"/v26.0/{make.PNID}").json["quality_rating"] == "RED"
    until(lambda: told("GREEN") == ["FLAGGED", "UNFLAGGED"])
    assert emulator.call("GET", f"/v26.0/{make.PNID}").json["quality_rating"] == "GREEN"


def test_the_badge_is_asked_for(emulator, make):
    path = f"/v26.0/{make.PNID}/official_business_account"
    assert emulator.call("POST", path, {}).json == {"success": True}
    assert emulator.call("GET", path).json["oba_status"] == "PENDING"
