"""Pages of arriving by invitation, of who may act, and of changing roles."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from bening.web.registry.guard import ACTING
from bening.web.registry.models import Invitation, Unit
from bening.web.registry.steps import (
    accept_invitation,
    find_invitation,
    grant,
    invite_first,
    invite_person,
    reset_second_factor,
    withdraw_invitation,
)
from tests.web.registry.accounts import PASSWORD, browser_of, code_on, invited, officer

pytestmark = pytest.mark.django_db


def test_opening_the_link_changes_nothing_and_the_address_holds_no_code(real):
    """What a mail scanner does: it fetches the address as often as it likes, and never sees behind `#`."""
    invitation, code = invite_first(by="console", username="ratih", name="Ratih")
    before = Invitation.objects.values().get()
    for _ in range(3):
        page = Client().get("/undangan")
        assert page.status_code == 200
        assert "Ratih" not in page.content.decode()
    assert Client().get("/undangan/terima").headers["Location"] == "/undangan"
    assert Invitation.objects.values().get() == before
    assert find_invitation(code) == invitation


def typed(code, language="en"):
    """Somebody who typed a code: the client, and the page that followed."""
    client = Client(headers={"accept-language": language})
    return client, client.post("/undangan", {"code": code}, follow=True)


def test_a_code_leads_to_an_account_without_a_second_factor_that_opens_nothing(real):
    _, code = invite_first(by="console", username="ratih", name="Ratih Sari")
    client, page = typed(code)
    assert "Ratih Sari, you are invited" in page.content.decode()
    assert 'value="ratih"' in page.content.decode()
    form = {"username": "ratih", "password": PASSWORD, "again": PASSWORD}
    assert client.post("/undangan/terima", form).headers["Location"] == "/akun/keamanan"
    assert User.objects.get().roles.get().name == "officer"
    for address in ("/", "/orang", "/orang/undang", "/peran"):
        assert client.get(address).headers["Location"] == "/akun/keamanan", address
    page = client.get("/akun/keamanan").content.decode()
    assert "Set up a second factor to go on" in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"password": "pendek", "again": "pendek"}, "too short"),
        ({"password": "ratih-sari-2026", "again": "ratih-sari-2026"}, "too similar"),
        ({"password": "123456789012345", "again": "123456789012345"}, "entirely numeric"),
        ({"again": "lain sama sekali"}, "The two passwords differ"),
        ({"username": "dua kata"}, "Enter a valid username"),
        ({"username": "BUDI"}, "This user name is taken"),
    ],
)
def test_a_weak_password_or_a_taken_name_is_said_beside_the_field(real, given, said):
    officer("budi")
    _, code = invite_first(by="console", username="ratih-sari", name="Ratih Sari")
    client, _ = typed(code)
    form = {"username": "ratih-sari", "password": PASSWORD, "again": PASSWORD} | given
    page = client.post("/undangan/terima", form).content.decode()
    assert said in page
    assert PASSWORD not in page
    assert User.objects.count() == 1


def test_used_expired_and_withdrawn_codes_say_so(real):
    used, used_code = invite_first(by="console", username="a", name="A")
    accept_invitation(invitation=used, username="a", password=PASSWORD)
    old, old_code = invite_first(by="console", username="b", name="B")
    Invitation.objects.filter(pk=old.pk).update(expires=real.NOW())
    gone, gone_code = invite_first(by="console", username="c", name="C")
    withdraw_invitation(by="console", invitation=gone)
    for code, said in (
        (used_code, "has been used"),
        (old_code, "older than 14 days"),
        (gone_code, "was withdrawn or replaced"),
        ("ABCD-EFGH-JKMN-PQRS-TV", "No invitation has this code"),
    ):
        assert said in typed(code)[1].content.decode()
    assert "sudah dipakai" in typed(used_code, "id")[1].content.decode()


def test_a_code_that_ends_while_somebody_types_a_password_says_so(real):
    invitation, code = invite_first(by="console", username="a", name="A")
    client, _ = typed(code)
    withdraw_invitation(by="console", invitation=invitation)
    form = {"username": "a", "password": PASSWORD, "again": PASSWORD}
    page = client.post("/undangan/terima", form).content.decode()
    assert "This invitation opens nothing any more" in page
    assert not User.objects.exists()


def test_an_officer_prints_an_invitation(places):
    client = ready(officer("ratih"))
    form = {"name": "Dewi Anggraini", "role": "inspectorate", "institution": "kab-x"}
    page = client.post("/orang/undang", form)
    letter = page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert all(words in letter for words in ("<svg", "Dewi Anggraini", "Kabupaten kab-x"))
    invitation = find_invitation(code_on(letter))
    assert (invitation.role, invitation.institution.code, invitation.email) == ("inspectorate", "kab-x", "")
    assert "1 invitation waits" in client.get("/orang").content.decode()
    assert client.post(f"/orang/undangan/{invitation.pk}/tarik").status_code == 302
    assert "No invitation is open" in client.get("/orang").content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"role": "inspectorate", "institution": ""}, "Say for which institution"),
        ({"role": "inspectorate", "institution": "kab-z"}, "No institution has this code"),
        ({"role": "auditor", "institution": "kab-x"}, "has no institution"),
        ({"name": ""}, "This field is required"),
    ],
)
def test_an_invitation_that_does_not_fit_together_keeps_what_was_typed(places, given, said):
    client = ready(officer("ratih"))
    form = {"name": "Dewi Anggraini", "role": "auditor", "institution": ""} | given
    page = client.post("/orang/undang", form).content.decode()
    assert said in page
    assert form["name"] in page
    assert not Invitation.objects.filter(accepted=None).exists()


def ready(user):
    """Signed in and asked for the password again a moment ago."""
    client = browser_of(user)
    assert client.post("/akun/ulang?next=/", {"password": PASSWORD}).status_code == 302
    return client


def test_an_inspectorate_invites_for_its_own_institution_only(places):
    dewi = invited("console", "officer", "dewi", "inspectorate", institution=places[0])
    client = ready(dewi)
    page = client.get("/orang/undang").content.decode()
    assert not any(words in page for words in ("Agency officer", "Statistician"))
    for form, status in (
        ({"name": "X", "role": "leader", "institution": "kab-y"}, 404),
        ({"name": "X", "role": "officer"}, 403),
        ({"name": "X", "role": "inspectorate"}, 403),
        ({"name": "X", "role": "unit_contact", "unit": "bukan-unit"}, 200),
        ({"name": "X", "role": "unit_contact", "unit": ""}, 200),
        ({"name": "X", "role": "leader", "unit": "dinkes"}, 200),
    ):
        assert client.post("/orang/undang", form).status_code == status, form
    assert not Invitation.objects.filter(name="X").exists()
    letter = client.post("/orang/undang", {"name": "Rina", "role": "unit_contact", "unit": "dinkes"})
    invitation = find_invitation(code_on(letter.content.decode()))
    assert (invitation.institution, invitation.unit) == (
        places[0],
        Unit.objects.get(institution=places[0], code="dinkes"),
    )


def test_an_inspectorate_sees_and_touches_its_own_people_only(places):
    ratih = officer("ratih")
    dewi = invited("ratih", "officer", "dewi", "inspectorate", institution=places[0])
    mira = invited("ratih", "officer", "mira", "inspectorate", institution=places[1])
    agus = invited("dewi", "inspectorate", "agus", "leader", institution=places[0])
    foreign, _ = invite_person(
        by="mira", giver="inspectorate", name="Asing", role="leader", institution=places[1]
    )
    client = ready(dewi)
    page = client.get("/orang").content.decode()
    assert "2 people may act" in page
    assert "agus" in page
    assert not {"mira", "ratih", "Asing", "Mira"} & set(page.replace("<", " ").replace(">", " ").split())
    assert client.get(f"/orang/{mira.pk}").status_code == 404
    assert client.get(f"/orang/{ratih.pk}").status_code == 404
    assert client.post(f"/orang/peran/{mira.roles.get().pk}/cabut").status_code == 404
    assert client.post(f"/orang/peran/{dewi.roles.get().pk}/cabut").status_code == 403
    assert client.post(f"/orang/undangan/{foreign.pk}/tarik").status_code == 404
    assert client.post(f"/orang/{agus.pk}/atur-ulang").status_code == 403
    assert client.post(f"/orang/peran/{agus.roles.get().pk}/cabut").status_code == 302
    assert not agus.roles.exists()
    foreign.refresh_from_db()
    assert foreign.state == "open"


@pytest.mark.parametrize("role", ["statistician", "auditor", "trustee", "interviewer"])
def test_nobody_else_sees_who_may_act(places, role):
    client = browser_of(invited("console", "officer", "orang", role))
    for address in ("/orang", "/orang/undang", "/orang/1"):
        assert client.get(address).status_code == 403


def test_an_officer_resets_an_account_and_takes_roles(places):
    ratih = officer("ratih")
    dewi = invited("ratih", "officer", "dewi", "inspectorate", institution=places[0])
    client = ready(ratih)
    page = client.get(f"/orang/{dewi.pk}").content.decode()
    assert "First call the person back" in page
    assert "Reset, and print the code" not in client.get(f"/orang/{ratih.pk}").content.decode()
    letter = client.post(f"/orang/{dewi.pk}/atur-ulang", {"how": "print"}).content.decode()
    assert find_invitation(code_on(letter)).account == dewi
    said = client.post(f"/orang/{ratih.pk}/atur-ulang", follow=True).content.decode()
    assert "REGISTRY-182" in said
    said = client.post(f"/orang/peran/{ratih.roles.get().pk}/cabut", follow=True).content.decode()
    assert "REGISTRY-181" in said


def test_somebody_back_in_chooses_a_password_not_a_name(places):
    officer("ratih")
    dewi = invited("ratih", "officer", "dewi", "inspectorate", institution=places[0])
    _, code = reset_second_factor(by="ratih", user=dewi)
    client, page = typed(code)
    assert "Your user name is dewi" in page.content.decode()
    again = {"password": PASSWORD + "!", "again": PASSWORD + "!"}
    assert client.post("/undangan/terima", again).headers["Location"] == "/akun/keamanan"
    assert [role.name for role in dewi.roles.all()] == ["inspectorate"]


def test_a_second_role_is_added_to_the_account_somebody_is_signed_in_with(places):
    ratih = officer("ratih")
    _, code = invite_person(by="ratih", giver="officer", name="Ratih", role="statistician")
    client = browser_of(ratih)
    page = client.post("/undangan", {"code": code}, follow=True).content.decode()
    assert "You are signed in as ratih" in page
    assert client.post("/undangan/terima").headers["Location"] == "/peran"
    assert User.objects.count() == 1
    assert "Choose the role you act in" in client.get("/peran").content.decode()
    other = ratih.roles.get(name="statistician")
    assert client.get("/orang").status_code == 200
    assert client.post("/peran", {"role": other.pk}).status_code == 302
    assert client.session[ACTING] == other.pk
    assert client.get("/orang").status_code == 403


def test_nobody_acts_in_a_role_of_somebody_else(places):
    ratih = officer("ratih")
    dewi = invited("ratih", "officer", "dewi", "inspectorate", institution=places[0])
    client = browser_of(dewi)
    for wrong in (ratih.roles.get().pk, "x", ""):
        assert client.post("/peran", {"role": wrong}).status_code == 404
    assert client.get("/orang").content.decode().count("/orang/") >= 1


def test_people_are_found_by_name_and_counted(places):
    ratih = officer("ratih")
    for n in range(60):
        grant(by="ratih", username=f"orang-{n:02d}", name="Orang", role="leader", institution=places[n % 2])
    client = browser_of(ratih)
    page = client.get("/orang").content.decode()
    assert "61 people may act" in page
    assert "Page 1 of 2" in page
    assert "30 people match" in client.get("/orang", {"q": "kab-y"}).content.decode()
    assert "1 person matches" in client.get("/orang", {"q": "ORANG-07"}).content.decode()
