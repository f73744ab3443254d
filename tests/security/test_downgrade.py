"""No address, header, browser or setting leads to a weaker way of answering."""

import pytest

from bening.core.response import b64u
from bening.core.response.wire import CALLS, filled
from tests.security.world import STRATA

ODD = (
    {"User_Agent": "Opera/9.80 (J2ME/MIDP; Opera Mini/5.0; U; id)"},
    {"X_Suite": "none"},
    {"Accept": "text/html"},
    {"X_Requested_With": "XMLHttpRequest"},
    {"Cookie": "suite=none"},
    {"DNT": "1"},
)


def test_nothing_in_a_request_changes_the_reply(round_, kid):
    phone = round_.phone(kid)
    body = filled({"secret": b64u(phone.secret)}, 512)
    plain = round_.gate.call("/g/hello", body)
    for header in ODD:
        reply = round_.gate.call("/g/hello", body, **header)
        assert (reply.status, reply.data) == (200, plain.data)
    assert round_.gate.call("/g/hello?suite=none", body).data == plain.data


@pytest.mark.parametrize("header", ODD)
def test_a_ballot_without_a_signature_is_refused_whatever_stands_around_it(round_, kid, header):
    """Zeros where the blind signature belongs were how answers travelled before there was a signer."""
    phone = round_.phone(kid)
    phone.hello(round_.gate)
    body = phone.ballot({"gift": "no"})
    assert body[133:389] == bytes(256)
    for path in ("/b/ballot", "/b/ballot?blind=none"):
        reply = round_.box.call(path, body, **header)
        assert reply.status == 403
        assert b'"bad_token"' in reply.data


def test_there_is_no_call_that_takes_open_answers(round_):
    """A form post, as a page without JavaScript would send it, is refused at every address."""
    for path in CALLS:
        line = round_.gate if path.startswith("/g") else round_.box
        reply = line.call(path, b"gift=no", "application/x-www-form-urlencoded")
        assert reply.status == 415
        assert line.call(path, b"gift=no").status == 400


def test_a_token_is_of_its_stratum_whatever_the_manifest_of_the_phone_said(round_, kid):
    """A key made for one person is none of the frozen round: the box knows no such group."""
    phone = round_.phone(kid).admitted(STRATA[0])
    body = phone.ballot({"gift": "no"}, kid=bytes(32))
    assert phone.post(round_.box, body)[1]["error"] == "unknown_key"
