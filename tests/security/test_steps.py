"""What the hall's sender may do at the gate, and what `close_round` may count."""

import hashlib

import pytest

from bening.core.problems import Refused
from bening.web.fieldwork.gate import steps as gate
from bening.web.fieldwork.gate.models import Invite, Right
from bening.web.response.box import steps as box
from tests.security.world import frozen

RIGHTS = [(f"{at:032x}", "ab" * 32 if at < 3 else "cd" * 32) for at in range(5)]


@pytest.mark.django_db(databases=["gate"])
def test_rights_are_admitted_once_however_often_they_are_told():
    gate.admit(rights=RIGHTS)
    gate.issue(right=Right.objects.get(id=RIGHTS[0][0]), blinded=b"b" * 256)
    gate.admit(rights=[*RIGHTS, ("f" * 32, "cd" * 32)])
    assert Right.objects.count() == 6
    assert gate.issued(right_id for right_id, _ in RIGHTS) == {RIGHTS[0][0]}
    assert gate.counts() == {"ab" * 32: (3, 1, 0), "cd" * 32: (3, 0, 0)}


@pytest.mark.django_db(databases=["gate"])
def test_a_door_opens_the_right_it_was_made_for(settings):
    gate.admit(rights=RIGHTS)
    pepper = settings.SECRET("pepper")
    doors = [(gate.invites.invite_hmac(pepper, bytes([at]) * 16), RIGHTS[at][0]) for at in range(3)]
    gate.open_doors(invites=doors)
    gate.open_doors(invites=doors)
    assert Invite.objects.count() == 3
    assert gate.find(b"\1" * 16).id == RIGHTS[1][0]
    assert gate.find(b"\4" * 16) is None


@pytest.mark.django_db(databases=["gate"])
def test_a_right_that_became_void_or_changed_its_key_is_not_spent():
    """The condition stands in the statement: what was read before may be stale."""
    gate.admit(rights=RIGHTS)
    stale = Right.objects.get(id=RIGHTS[0][0])
    Right.objects.filter(id=stale.id).update(void=True)
    assert not gate.issue(right=stale, blinded=b"b" * 256)
    Right.objects.filter(id=stale.id).update(void=False, kid="ef" * 32)
    assert not gate.issue(right=stale, blinded=b"b" * 256)
    Right.objects.filter(id=stale.id).update(kid=stale.kid)
    assert gate.issue(right=stale, blinded=b"b" * 256)
    assert bytes(Right.objects.get(id=stale.id).issued) == hashlib.sha256(b"b" * 256).digest()


@pytest.mark.parametrize("counter", [gate, box])
def test_a_manifest_of_another_deployment_or_page_is_refused(settings, tmp_path, counter):
    """So open answers cannot enter a process that was started as anything but a demo."""
    folder = tmp_path / "m"
    folder.mkdir()
    header, lines = frozen()
    (folder / "manifest.json").write_bytes(header)
    (folder / "manifest.jsonl").write_bytes(lines)
    settings.CLIENT_DIR, settings.DEPLOYMENT, settings.ORIGIN_CLIENT = (
        tmp_path,
        "demo",
        "http://localhost:8001",
    )
    assert counter.shown().manifest.round == "uji-2026"
    for name, value in (("DEPLOYMENT", "one-machine"), ("ORIGIN_CLIENT", "https://elsewhere.example")):
        (folder / "manifest.json").touch()
        before = getattr(settings, name)
        setattr(settings, name, value)
        with pytest.raises(Refused, match="BALLOT-116"):
            counter.shown()
        setattr(settings, name, before)
