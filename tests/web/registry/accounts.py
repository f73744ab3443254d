"""People for the tests of accounts: really invited, with real passwords and one-time codes."""

import base64
import hashlib
import hmac
import re
import struct
import time

from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client

from bening.web.registry.steps import accept_invitation, invite_first, invite_person

PASSWORD = "empat kuda di padang hijau"
SECRET = "JBSWY3DPEHPK3PXP"


def totp(secret=SECRET):
    """The code of an app at this moment (RFC 6238), written apart from the house."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), counter, hashlib.sha1)
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def officer(username="ratih", *, factor=True):
    """An officer who came in by the console's invitation."""
    invitation, _ = invite_first(by="console", username=username, name=username.title())
    return settled(accept_invitation(invitation=invitation, username=username, password=PASSWORD), factor)


def invited(by, giver, username, role, *, factor=True, **place):
    """Somebody another person invited, who came in."""
    invitation, _ = invite_person(by=by, giver=giver, name=username.title(), role=role, **place)
    return settled(accept_invitation(invitation=invitation, username=username, password=PASSWORD), factor)


def settled(user, factor):
    """With a second factor, or without."""
    if factor:
        TOTP.activate(user, SECRET)
    return user


def browser_of(user, language="en", *, second=True):
    """A client that signed in with password and code, as everybody has to."""
    client = Client(headers={"accept-language": language})
    client.cookies["django_language"] = language
    page = client.post("/akun/masuk", {"login": user.username, "password": PASSWORD})
    assert page.status_code == 302, page.content.decode()
    if second:
        assert page.headers["Location"] == "/akun/faktor"
        cache.clear()  # a code opens once, and a test comes back within its half minute
        codes = (totp() for _ in range(2))  # the half minute may end between the two
        assert any(client.post("/akun/faktor", {"code": code}).status_code == 302 for code in codes)
    return client


def code_on(page):
    """The code printed on a page or in a letter."""
    return re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}-[0-9A-Z]{2}", page)[0]
