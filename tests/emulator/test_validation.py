"""Every refusal has its code, and of two mistakes the earlier one in the provider's order is named."""

from copy import deepcopy

import pytest


def test_a_good_invitation_is_accepted(emulator, make):
    page = emulator.send(make.invitation("+62 812-0000-7777"))
    assert page.status == 200
    contact = page.json["contacts"][0]
    assert (contact["input"], contact["wa_id"]) == ("+62 812-0000-7777", "6281200007777")
    assert page.json["messages"][0]["id"].startswith("wamid.")
    assert page.json["messages"][0]["message_status"] == "accepted"


def spoil(body, step):
    """One mistake for each place in the order; all later ones stay in the request."""
    template = body["template"]
    if step == "spaces":
        template["components"][0]["parameters"][0]["text"] = "two\nlines"
    elif step == "too long":
        template["components"][0]["parameters"][0]["text"] = "x" * 1100 + "\n"
    elif step == "index":
        template["components"][1]["index"] = 7
    elif step == "count":
        template["components"][0]["parameters"].pop()
    elif step == "template":
        template["language"] = {"code": "en"}
    elif step == "sender":
        body["to"] = "6281100000000"
    elif step == "number":
        body["to"] = "0812"
    elif step == "required":
        del body["to"]
    return body


STEPS = [
    ("spaces", 132018), ("too long", 132005), ("index", 132012), ("count", 132000), ("template", 132001),
    ("sender", 131021), ("number", 131009), ("required", 131008),
]  # fmt: skip


def test_of_several_mistakes_the_earliest_in_order_is_named(emulator, make):
    body = make.invitation(make.number(1))
    for step, code in STEPS:
        body = spoil(body, step)
        page = emulator.send(body)
        assert (step, page.code, page.status) == (step, code, 400)
        error = page.json["error"]
        assert error["type"] == "OAuthException"
        assert error["error_data"]["messaging_product"] == "whatsapp"
        assert error["fbtrace_id"]
    assert emulator.call("POST", "/v26.0/999/messages", body).code == 33
    emulator.chaos(permissions=[])
    assert emulator.call("POST", "/v26.0/999/messages", body).code == 10
    page = emulator.call("POST", "/v26.0/999/messages", body, Authorization="")
    assert (page.code, page.status) == (190, 401)
    assert emulator.summary()["accepted"] == 0


def test_tolerated_spellings(emulator, make):
    body = make.invitation(make.number(1))
    for component in body["template"]["components"]:
        component["type"] = component["type"].upper()
        component["sub_type"] = str(component.get("sub_type", "")).upper()
        if "index" in component:
            component["index"] = int(component["index"])
    assert emulator.send(body).status == 200


@pytest.mark.parametrize(
    ("status", "code"), [("PAUSED", 132015), ("DISABLED", 132016), ("REJECTED", 132001), ("PENDING", 132001)]
)
def test_only_an_approved_template_is_sent(emulator, hook, make, until, status, code):
    template = emulator.call("GET", f"/v26.0/{make.WABA}/message_templates").json["data"][0]["id"]
    emulator.call("PATCH", f"/_emu/templates/{template}", {"status": status})
    assert emulator.send(make.invitation(make.number(1))).code == code
    news = until(lambda: hook.values("message_template_status_update")[1:])
    assert news[-1]["event"] == status


def test_allow_list_and_unknown_parts(emulator, make):
    emulator.chaos(allow_list=[make.number(1)])
    assert emulator.send(make.invitation(make.number(2))).code == 131030
    assert emulator.send(make.invitation(make.number(1))).status == 200
    body = deepcopy(make.invitation(make.number(1)))
    body["template"]["components"] = body["template"]["components"][:1]
    assert emulator.send(body).code == 131008
    assert emulator.send({"to": make.number(1)}).code == 100
    assert emulator.call("POST", f"/v26.0/{make.PNID}/messages", b"{not json").code == 100
    page = emulator.chaos(p_los=0.1)
    assert (page.status, "no such knob" in page.json["error"]) == (400, True)


def test_addressing_by_user_id(emulator, make):
    first = emulator.send(make.invitation(make.number(1))).json["contacts"][0]
    body = make.invitation("", "K2") | {"recipient": first["user_id"]}
    assert emulator.send(body).json["contacts"][0]["wa_id"] == make.number(1)
    assert emulator.send(body | {"recipient": "ID.404"}).code == 131009


def test_free_text_only_within_a_day_of_the_persons_last_word(emulator, make):
    body = {"messaging_product": "whatsapp", "to": make.number(1), "type": "text", "text": {"body": "Halo"}}
    emulator.send(make.invitation(make.number(1)))
    assert emulator.send(body).code == 131047
    emulator.call("POST", f"/_emu/phones/{make.number(1)}/reply", {"text": "Siapa ini?"})
    assert emulator.send(body).status == 200
    emulator.advance(86_400)
    assert emulator.send(body).code == 131047
    read = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.x"}
    assert emulator.send(read).json == {"success": True}


def test_the_one_good_token(emulators, tmp_path, make):
    path = tmp_path / "token"
    path.write_text("good\n")
    emulator = emulators("--token-file", str(path))
    address = f"/v26.0/{make.PNID}?fields=verified_name"
    assert emulator.call("GET", address).code == 190
    page = emulator.call("GET", address, Authorization="Bearer good")
    assert page.json == {"id": make.PNID, "verified_name": "Survei Integritas (simulasi)"}
