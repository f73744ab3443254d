"""Invitations and roles: what each verb does, once, and what it refuses."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import IntegrityError, transaction

from bening.core.problems import Refused
from bening.web.registry.models import Audit, Invitation, Role
from bening.web.registry.steps import (
    accept_invitation,
    find_invitation,
    invite_first,
    invite_person,
    reset_second_factor,
    revoke,
    withdraw_invitation,
)
from tests.web.registry.accounts import PASSWORD, browser_of, code_on, officer

pytestmark = pytest.mark.django_db


def test_the_code_is_stored_nowhere_and_found_however_it_is_typed(real):
    invitation, code = invite_first(by="console", username="ratih", name="Ratih")
    row = Invitation.objects.values().get()
    assert code not in str(row)
    assert code.replace("-", "") not in str(row)
    assert code not in str(list(Audit.objects.values()))
    for typed in (code, code.lower(), code.replace("-", " "), code.replace("0", "o").replace("1", "l")):
        assert find_invitation(typed) == invitation
    assert find_invitation(code[:-1] + ("A" if code[-1] != "A" else "B")) is None
    assert find_invitation("") is None


def test_an_invitation_works_once(real):
    invitation, _ = invite_first(by="console", username="ratih", name="Ratih")
    person = accept_invitation(invitation=invitation, username="ratih", password=PASSWORD)
    assert person.check_password(PASSWORD)
    assert person.password.startswith("argon2")
    assert Role.objects.get(user=person).name == "officer"
    with pytest.raises(Refused, match="REGISTRY-184"):
        accept_invitation(invitation=invitation, username="lain", password=PASSWORD)
    assert User.objects.count() == 1


def test_an_old_or_withdrawn_invitation_opens_nothing(real):
    old, _ = invite_first(by="console", username="a", name="A")
    Invitation.objects.update(expires=real.NOW() - timedelta(seconds=1))
    taken_back, _ = invite_first(by="console", username="b", name="B")
    withdraw_invitation(by="console", invitation=taken_back)
    withdraw_invitation(by="console", invitation=taken_back)
    for invitation in (old, taken_back):
        with pytest.raises(Refused, match="REGISTRY-184"):
            accept_invitation(invitation=invitation, username="x", password=PASSWORD)
    assert [Invitation.objects.get(pk=row.pk).state for row in (old, taken_back)] == ["expired", "withdrawn"]
    assert Audit.objects.filter(verb="withdraw_invitation").count() == 1


def test_inviting_again_replaces_the_open_invitation(real):
    first, _ = invite_first(by="console", username="ratih", name="Ratih")
    second, _ = invite_first(by="console", username="ratih", name="Ratih")
    first.refresh_from_db()
    assert (first.state, second.state) == ("withdrawn", "open")


def test_the_console_invites_nobody_into_somebody_else_s_account(real):
    officer("ratih")
    with pytest.raises(Refused, match="REGISTRY-185"):
        invite_first(by="console", username="Ratih", name="Penyusup")


def test_two_names_that_differ_in_capitals_are_one(real):
    officer("ratih")
    invitation, _ = invite_first(by="console", username="dua", name="Dua")
    with pytest.raises(Refused, match="REGISTRY-185"):
        accept_invitation(invitation=invitation, username="RATIH", password=PASSWORD)
    assert Invitation.objects.get(pk=invitation.pk).state == "open"


@pytest.mark.parametrize(
    ("giver", "role"),
    [
        ("inspectorate", "officer"),
        ("inspectorate", "inspectorate"),
        ("statistician", "leader"),
        ("officer", "unit_contact"),
    ],
)
def test_nobody_gives_a_role_that_is_not_theirs_to_give(places, giver, role):
    with pytest.raises(Refused, match="REGISTRY-183"):
        invite_person(by="x", giver=giver, name="X", role=role, institution=places[0])
    assert not Invitation.objects.exists()


def test_an_invitation_ends_once_only(real):
    invitation, _ = invite_first(by="console", username="a", name="A")
    with pytest.raises(IntegrityError, match="invitation_ends_once"), transaction.atomic():
        Invitation.objects.filter(pk=invitation.pk).update(accepted=real.NOW(), withdrawn=real.NOW())


def test_the_last_officer_stays(real):
    ratih = officer("ratih")
    with pytest.raises(Refused, match="REGISTRY-181"):
        revoke(by="ratih", role=ratih.roles.get())
    budi = officer("budi")
    revoke(by="budi", role=ratih.roles.get())
    assert [role.user for role in Role.objects.all()] == [budi]


def test_a_reset_ends_everything_that_opens_an_account(real):
    ratih, budi = officer("ratih"), officer("budi")
    open_session = browser_of(ratih)
    assert open_session.get("/orang").status_code == 200
    with pytest.raises(Refused, match="REGISTRY-182"):
        reset_second_factor(by="ratih", user=ratih)
    _, code = reset_second_factor(by="budi", user=ratih)
    ratih.refresh_from_db()
    assert not ratih.has_usable_password()
    assert not Authenticator.objects.filter(user=ratih).exists()
    assert open_session.get("/orang").status_code == 302
    back = accept_invitation(invitation=find_invitation(code), password=PASSWORD + "!")
    assert back == ratih
    assert back.check_password(PASSWORD + "!")
    assert Role.objects.get(user=back).name == "officer"
    assert browser_of(budi).get("/orang").status_code == 200


def test_every_verb_leaves_one_row_and_no_address_in_the_trail(places):
    ratih = officer("ratih")
    invitation, _ = invite_person(
        by="ratih", giver="officer", name="Dewi", role="leader", institution=places[0], email="dewi@kab.test"
    )
    withdraw_invitation(by="ratih", invitation=invitation)
    budi = officer("budi")
    reset_second_factor(by="ratih", user=budi)
    revoke(by="ratih", role=budi.roles.get())
    verbs = list(Audit.objects.exclude(verb="genesis").values_list("verb", flat=True))[3:]
    arrived = ["invite_first", "accept_invitation"]
    assert verbs == [
        *arrived,
        "invite_person",
        "withdraw_invitation",
        *arrived,
        "reset_second_factor",
        "revoke",
    ]
    assert "dewi@kab.test" not in str(list(Audit.objects.values()))
    assert ratih.roles.count() == 1


def test_the_first_link_is_printed_by_a_command(real, capsys):
    call_command("invite_first", "--username", "ratih", "--name", "Ratih")
    printed = capsys.readouterr().out
    assert f"{real.ORIGIN_HALL}/undangan#{code_on(printed)}" in printed
    assert find_invitation(code_on(printed)).username == "ratih"


def test_an_account_of_a_round_s_folder_is_opened_by_the_first_link(real):
    waiting = User.objects.create(username="ratih", first_name="Ratih", password="!")
    invitation, _ = invite_first(by="console", username="ratih", name="Ratih")
    assert accept_invitation(invitation=invitation, password=PASSWORD) == waiting
