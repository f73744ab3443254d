"""pywa, a client nobody here wrote, sends through the emulator and believes its webhooks."""

import json

import httpx
import pytest
from pywa import WhatsApp, types
from pywa.errors import WhatsAppError
from pywa.types.templates import BodyText, QuickReplyButton, TemplateLanguage, URLButton

SECRET = "emulator"


@pytest.fixture
def client(emulator, make):
    """pywa as it stands; only the host is another one."""
    session = httpx.Client(trust_env=False, timeout=10)
    wa = WhatsApp(
        phone_id=make.PNID, token="x", session=session, waba_id=make.WABA, app_secret=SECRET,
        verify_token="right", server=None, api_version="26.0",
    )  # fmt: skip
    session.base_url = f"http://127.0.0.1:{emulator.port}/v26.0"
    # pywa looks at the first report of a webhook only.
    emulator.chaos(batch_size=1)
    yield wa
    session.close()


def invite(client, make, number, key="K1"):
    return client.send_template(
        to=number,
        name=make.TEMPLATE["name"],
        language=TemplateLanguage.INDONESIAN,
        params=[
            BodyText.params("K7Q2-9XMA", "teduh rimba"),
            URLButton.params(url_variable=f"secret-{key}", index=0),
            QuickReplyButton.params(callback_data=f"fb:doubt:{key}", index=2),
        ],
        tracker=f"d:{key}:1",
    )


def hand_over(client, hook, seen=0):
    """Every webhook through pywa's own check of the signature, then through its parser."""
    for headers, body in hook.posts[seen:]:
        assert client.webhook_update_validator(body, headers["X-Hub-Signature-256"]) is None
        assert client.webhook_update_handler(body)[1] == 200


def test_a_template_goes_out_and_its_reports_come_back(client, emulator, hook, make, until):
    found = []
    client.on_message_status(lambda _, status: found.append(status))
    sent = invite(client, make, make.number(1))
    (entry,) = emulator.ledger()
    assert (sent.id, entry["to"], entry["key"]) == (entry["wamid"], make.number(1), "K1")
    emulator.advance(7200)
    until(lambda: ("d:K1:1", "delivered") in hook.statuses())
    hand_over(client, hook)
    states = {status.status: status for status in found}
    assert types.MessageStatusType.DELIVERED in states
    arrived = states[types.MessageStatusType.DELIVERED]
    assert (arrived.id, arrived.tracker) == (sent.id, "d:K1:1")
    assert arrived.from_user.wa_id == make.number(1)
    assert arrived.from_user.bsuid.startswith("ID.")


def test_a_failure_comes_back_as_an_error_of_its_code(client, emulator, hook, make, until):
    found = []
    client.on_message_status(lambda _, status: found.append(status))
    invite(client, make, "6281200000026")
    emulator.advance(7200)
    until(lambda: hook.statuses() == [("d:K1:1", "failed")])
    hand_over(client, hook)
    (failed,) = found
    assert failed.error.code == 131026


def test_a_tap_and_a_text_arrive_and_a_text_goes_back(client, emulator, hook, make, until):
    taps, texts = [], []
    client.on_callback_button(lambda _, tap: taps.append(tap))
    client.on_message(lambda _, message: texts.append(message))
    with pytest.raises(WhatsAppError) as refused:
        client.send_message(to=make.number(1), text="Selamat pagi")
    assert refused.value.code == 131047
    sent = invite(client, make, make.number(1))
    emulator.advance(3600)
    address = f"/_emu/phones/{make.number(1)}/reply"
    emulator.call("POST", address, {"ordinal": 1, "button": 2})
    emulator.call("POST", address, {"text": "Dari siapa? ✓ é"})
    until(lambda: len(hook.inbound()) == 2)
    hand_over(client, hook)
    assert [(tap.data, tap.reply_to_message.id) for tap in taps] == [("fb:doubt:K1", sent.id)]
    assert [message.text for message in texts] == ["Dari siapa? ✓ é"]
    answer = client.send_message(to=make.number(1), text="Dari badan itu")
    assert emulator.ledger()[1]["wamid"] == answer.id


def test_signatures_hold_in_both_styles_of_escaping_and_a_changed_byte_is_seen(
    client, emulator, hook, make, until
):
    invite(client, make, make.number(1))
    emulator.advance(3600)
    for place in range(12):
        text = {"text": f"é/{place}"}
        emulator.call("POST", f"/_emu/phones/{make.number(1)}/reply", text)
    until(lambda: len(hook.inbound()) == 12)
    bodies = [body for _, body in hook.posts]
    assert {b"\\u00e9" in body for body in bodies if b'"text"' in body} == {True, False}
    hand_over(client, hook)
    headers, body = hook.posts[-1]
    changed = json.dumps(json.loads(body), ensure_ascii=True).encode()
    assert client.webhook_update_validator(changed, headers["X-Hub-Signature-256"]) is not None


def test_templates_number_and_profile_are_read(client, emulator, make):
    (template,) = client.get_templates()
    assert (template.name, template.status.value) == (make.TEMPLATE["name"], "APPROVED")
    info = client.get_business_phone_number()
    assert (info.verified_name, info.quality_rating) == ("Survei Integritas (simulasi)", "GREEN")
    assert client.get_business_profile().about == "Survei Integritas (simulasi)"
