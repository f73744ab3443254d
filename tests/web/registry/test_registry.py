"""Rounds, places and roles: entered once, and the database refuses what no step would write."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from bening.core.problems import Refused
from bening.web.registry.guard import ACTING, guard, institution_for, unit_for
from bening.web.registry.models import Audit, Institution, Locus, Participant, Role, Round, Unit
from bening.web.registry.steps import grant, list_institutions, list_units, open_round
from tests.web.small import make_places, make_round, unit_row

pytestmark = pytest.mark.django_db
PLACES = {"kab-x": ["dinkes", "dukcapil"], "kab-y": ["dinkes"]}


@pytest.fixture
def round_():
    row = make_round()
    make_places(row, PLACES)
    return row


def counts():
    return [
        model.objects.count() for model in (Round, Institution, Unit, Locus, Participant, Role, User, Audit)
    ]


def test_everything_entered_twice_is_there_once(round_):
    grant(
        by="siti", username="dewi", name="Dewi", role="inspectorate", institution=Institution.objects.first()
    )
    before = counts()
    assert make_round().pk == round_.pk
    make_places(round_, PLACES)
    grant(
        by="siti", username="dewi", name="Dewi", role="inspectorate", institution=Institution.objects.first()
    )
    assert counts() == before
    assert before[:6] == [1, 2, 3, 3, 2, 1]


def test_each_verb_leaves_one_row_in_the_trail(round_):
    grant(by="siti", username="budi", name="Budi", role="officer")
    verbs = list(Audit.objects.exclude(verb="genesis").values_list("verb", "by"))
    assert verbs == [(verb, "siti") for verb in ("open_round", "list_institutions", "list_units", "grant")]


def test_a_round_keeps_what_it_was_opened_with(round_):
    again = make_round(closes=date(2025, 12, 24))
    assert again.closes == date(2025, 8, 29)


def test_a_round_needs_a_method_that_loads():
    with pytest.raises(Refused, match="METHOD-100"):
        make_round(edition="1999")
    assert not Round.objects.exists()


def test_a_new_account_has_no_password_that_opens_it():
    assert not grant(by="siti", username="budi", name="Budi", role="officer").has_usable_password()


@pytest.mark.parametrize("wrong", [{"institution": "kab-z"}, {"parent": "dinas-lain"}])
def test_a_unit_of_an_unknown_place_is_named_with_its_row(round_, wrong):
    with pytest.raises(Refused, match=r"REGISTRY-101 units\.csv, row 3"):
        list_units(
            by="siti", round=round_, rows=[unit_row("kab-x", "rsud"), unit_row("kab-x", "upt") | wrong]
        )
    assert not Unit.objects.filter(code="rsud").exists()


def test_a_part_knows_its_parent(round_):
    list_units(
        by="siti", round=round_, rows=[unit_row("kab-x", "sd-1", parent="dukcapil", kind="school", locus="")]
    )
    school = Unit.objects.get(code="sd-1")
    assert school.parent.code == "dukcapil"
    assert not school.listings.exists()


def test_a_role_nobody_knows_is_refused():
    with pytest.raises(Refused, match="REGISTRY-102"):
        grant(by="siti", username="budi", name="Budi", role="wizard")
    assert not User.objects.exists()


def refused(name, write):
    """The database says no, by the name of the constraint."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        write()


def test_the_database_refuses_what_no_step_would_write(round_):
    place, unit = Institution.objects.first(), Unit.objects.first()
    user = grant(by="siti", username="budi", name="Budi", role="officer")
    refused("round_closes_after_opening", lambda: Round.objects.update(closes=date(2020, 1, 1)))
    refused("participant_once", lambda: Participant.objects.create(round=round_, institution=place))
    refused("locus_once", lambda: Locus.objects.create(round=round_, unit=unit))
    refused(
        "unit_code_once",
        lambda: Unit.objects.create(institution=place, code="dinkes", name="x", kind="office"),
    )
    refused("role_once", lambda: Role.objects.create(user=user, name="officer"))
    refused("local_role_has_institution", lambda: Role.objects.create(user=user, name="leader"))
    refused(
        "unit_contact_has_unit",
        lambda: Role.objects.create(user=user, name="unit_contact", institution=place),
    )


def asked_by(user):
    """A request of somebody, with a session of their own."""
    request = RequestFactory().get("/")
    request.user, request.session = user, {}
    return request


def test_the_guard_lets_in_whoever_acts_in_one_of_the_roles():
    view = guard("officer", "auditor")(lambda request: HttpResponse(request.role.name))
    wayan = grant(by="siti", username="wayan", name="Wayan", role="auditor")
    assert view(asked_by(wayan)).content == b"auditor"
    assert view.roles == ("officer", "auditor")


def test_somebody_with_two_roles_acts_in_one_at_a_time():
    """A page of the other role stays closed until they change over: nobody holds two views at once."""
    view = guard("statistician")(lambda request: HttpResponse("inside"))
    grant(by="siti", username="budi", name="Budi", role="officer")
    budi = grant(by="siti", username="budi", name="Budi", role="statistician")
    with pytest.raises(PermissionDenied):
        view(asked_by(budi))
    request = asked_by(budi)
    request.session[ACTING] = Role.objects.get(user=budi, name="statistician").pk
    assert view(request).content == b"inside"


def test_the_guard_turns_others_away_and_sends_strangers_to_sign_in():
    view = guard("officer")(lambda request: HttpResponse("inside"))
    with pytest.raises(PermissionDenied):
        view(asked_by(grant(by="siti", username="ratna", name="Ratna", role="statistician")))
    assert view(asked_by(AnonymousUser())).status_code == 302


def test_a_local_role_reaches_its_own_institution_and_unit(round_):
    """What lies outside is not found, as if it did not exist."""
    place, other = Institution.objects.order_by("code")[:2]
    own = Unit.objects.filter(institution=place).first()
    inspectorate = Role(name="inspectorate", institution=place)
    contact = Role(name="unit_contact", institution=place, unit=own)
    assert institution_for(inspectorate, place.code) == place
    assert institution_for(Role(name="officer"), other.code) == other
    assert unit_for(contact, place, own.code) == own
    with pytest.raises(Http404):
        institution_for(inspectorate, other.code)
    sister = Unit.objects.create(institution=place, code="sister", name="S", kind="office")
    assert unit_for(inspectorate, place, "sister") == sister
    with pytest.raises(Http404):
        unit_for(contact, place, "sister")


def test_a_page_for_everybody_asks_nobody():
    assert (
        guard("everybody")(lambda request: HttpResponse("open"))(RequestFactory().get("/")).content == b"open"
    )


ROUND = """[round]
code = "r9"
edition = "2025"
profile = "equal-thirds"
opens = 2025-08-04
closes = 2025-08-29
reference = 2025-08-04
[round.words]
name = "N"
agency = "A"
agency_short = "A"
survey = "S"
sender = "1"
hotline = "2"
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "round.toml").write_text(ROUND)
    (tmp_path / "institutions.csv").write_text(
        "code,name,kind,province,size\nkab-x,Kabupaten X,regency,18,kecil\n"
    )
    head = "institution,code,name,kind,echelon,parent,locus\n"
    (tmp_path / "units.csv").write_text(
        head + "kab-x,dinkes,Dinas,office,2,,Y\nkab-x,pkm,Puskesmas,health_centre,,dinkes,Y\n"
    )
    (tmp_path / "people.csv").write_text(
        "username,name,role,institution,unit\nbudi,Budi,officer,,\nrina,Rina,unit_contact,kab-x,pkm\n"
    )
    return tmp_path


def test_a_folder_opens_a_round(folder, capsys):
    for _ in range(2):
        call_command("open_round", str(folder), "--by", "siti")
    assert capsys.readouterr().out == "1 institutions, 2 units\n" * 2
    assert counts() == [1, 1, 2, 2, 1, 2, 2, 6]
    assert Role.objects.get(name="unit_contact").unit.code == "pkm"


def test_a_person_of_an_unknown_place_gets_no_role(folder):
    """Not even one of the agency's, which would need no place."""
    with (folder / "people.csv").open("a") as file:
        file.write("agus,Agus,officer,kab-z,\n")
    with pytest.raises(Refused, match=r"REGISTRY-101 people\.csv, row 4"):
        call_command("open_round", str(folder), "--by", "siti")
    assert not User.objects.filter(username="agus").exists()


def test_the_same_institution_takes_part_in_the_next_round(round_):
    later = open_round(
        by="siti",
        code="r2",
        edition="2025",
        profile="equal-thirds",
        opens=date(2026, 8, 3),
        closes=date(2026, 8, 28),
        reference=date(2026, 8, 3),
        words=dict.fromkeys(("name", "agency"), "x"),
    )
    row = {"code": "kab-x", "name": "Nama Baru", "kind": "city", "province": "99", "size": ""}
    assert list_institutions(by="siti", round=later, rows=[row]) == 1
    assert Institution.objects.get(code="kab-x").name == "Kabupaten kab-x"
    assert later.participants.count() == 1
