"""Reports of an SMS provider: signed as the agency's file says, stored, understood later."""

import hmac
import json
from hashlib import sha256

import pytest

from bening.web.outreach.channels import read
from bening.web.outreach.models import WebhookRaw

pytestmark = pytest.mark.django_db
BODY = json.dumps({"id": f"d:{'a' * 32}:1", "state": "FAILED"}).encode()


@pytest.fixture
def provider(settings, tmp_path):
    """The agency's file, and the secret of the callback."""
    read_secret = settings.SECRET
    settings.SECRET = lambda name: b"geheim\n" if name == "sms-callback" else read_secret(name)
    settings.FIELDWORK_FILE = tmp_path / "fieldwork.toml"
    settings.FIELDWORK_FILE.write_text(
        """[channels.sms]
url = "https://sms.example/api"
body = { to = "{to}", text = "{text}" }
[channels.sms.callback]
secret = "sms-callback"
secret_header = "X-Mark"
ref_path = "id"
status_path = "state"
map = { OK = "delivered", FAILED = "failed" }
"""
    )


def post(client, body, mark):
    return client.post(
        "/hook/sms/", data=body, content_type="application/json", headers={"X-Mark": mark}
    ).status_code


def test_a_signed_report_is_stored_once_and_read_by_the_words_of_the_file(client, provider):
    mark = hmac.new(b"geheim", BODY, sha256).hexdigest()
    assert [post(client, BODY, mark), post(client, BODY, "sha256=" + mark)] == [200, 200]
    assert WebhookRaw.objects.get().channel == "sms"
    (event,) = read("sms", BODY)
    assert (event.key, event.status) == (f"d:{'a' * 32}:1", "failed")


def test_a_wrong_signature_leaves_nothing(client, provider):
    assert post(client, BODY, hmac.new(b"other", BODY, sha256).hexdigest()) == 403
    assert not WebhookRaw.objects.exists()


def test_without_a_provider_nobody_is_heard(client, settings, tmp_path):
    settings.FIELDWORK_FILE = tmp_path / "nothing.toml"
    assert post(client, BODY, hmac.new(b"", BODY, sha256).hexdigest()) == 403
