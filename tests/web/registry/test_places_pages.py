"""The pages of the register: who sees and mends what, and that 650 institutions cost as little as one."""

import re
from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bening.web.registry.models import (
    Audit,
    ContactPerson,
    Institution,
    Locus,
    Participant,
    Proposal,
    Round,
    Service,
    Unit,
)
from bening.web.registry.steps import grant, list_units, propose_locus, record
from tests.web.registry.test_places_files import PEOPLE, PLACES, UNITS, WRONG_UNITS, bring
from tests.web.small import make_round, unit_row

pytestmark = pytest.mark.django_db
OTHER = "kab-y;Kabupaten Y;city;31;\n"


@pytest.fixture
def round_():
    made = make_round()
    bring(made, "institutions", PLACES + OTHER)
    bring(made, "units", UNITS)
    bring(made, "contacts", PEOPLE)
    return made


@pytest.fixture
def enter(client):
    """Somebody with a role, signed in."""

    def entered(role, institution=None, unit=None):
        place = Institution.objects.get(code=institution) if institution else None
        part = Unit.objects.get(institution=place, code=unit) if unit else None
        name = f"{role}-{institution}-{unit}"
        client.force_login(grant(by="x", username=name, name=name, role=role, institution=place, unit=part))
        return client

    return entered


def text(page):
    """A page as it reads, in English."""
    assert page.status_code == 200, page
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def see(client, path):
    return text(client.get(path, headers={"accept-language": "en"}))


def send(client, path, **words):
    return client.post(path, words, headers={"accept-language": "en"}, follow=True)


def test_the_agency_sees_every_institution_and_finds_one(round_, enter):
    siti = enter("officer")
    page = see(siti, "/instansi")
    assert "2 institutions take part, with 2 loci" in page
    assert "Kabupaten X Regency Lampung small 2 1" in page
    assert "Kabupaten Y City DKI Jakarta – 0 0 no loci yet" in page
    assert "Kabupaten Y" not in see(siti, "/instansi?kind=regency")
    assert "Kabupaten X" not in see(siti, "/instansi?province=31")
    assert "Kabupaten Y" not in see(siti, "/instansi?size=kecil")
    assert "1 institution fits." in see(siti, "/instansi?q=bupaten+y")
    assert "No institution of the round fits." in see(siti, "/instansi?q=zzz")


def test_650_institutions_cost_as_many_queries_as_two(round_, enter):
    siti = enter("officer")
    see(siti, "/instansi")
    with CaptureQueriesContext(connection) as few:
        see(siti, "/instansi")
    places = Institution.objects.bulk_create(
        Institution(code=f"kota-{n}", name=f"Kota {n}", kind="city", province="35") for n in range(648)
    )
    Participant.objects.bulk_create(Participant(round=round_, institution=place) for place in places)
    with CaptureQueriesContext(connection) as many:
        assert "650 institutions take part" in see(siti, "/instansi")
    assert len(many) == len(few)


def test_the_units_of_an_institution_stand_below_their_parents(round_, enter):
    page = see(enter("inspectorate", "kab-x"), "/instansi/kab-x")
    assert "Kabupaten X: 2 of 3 units are loci" in page
    assert page.index("Dinas Kesehatan") < page.index("Puskesmas Satu") < page.index("SDN 1")
    assert "Dewi , Inspektur +6281234567890 · dewi@kab-x.go.id since 1 February 2025" in page


def test_a_tree_costs_the_same_for_thirty_units_as_for_three(round_, enter):
    siti = enter("officer")
    see(siti, "/instansi/kab-x")
    with CaptureQueriesContext(connection) as few:
        see(siti, "/instansi/kab-x")
    list_units(by="x", round=round_, rows=[unit_row("kab-x", f"u{n}", parent="dinkes") for n in range(30)])
    with CaptureQueriesContext(connection) as many:
        assert "33 units" in see(siti, "/instansi/kab-x")
    assert len(many) == len(few)


PATHS = [
    "/instansi/kab-x",
    "/instansi/kab-x/putaran",
    "/instansi/kab-x/unduh/units.csv",
    "/instansi/kab-x/unduh/contacts.csv",
    "/instansi/kab-x/narahubung",
    "/instansi/kab-x/narahubung/{person}",
    "/instansi/kab-x/unit/dinkes",
    "/instansi/kab-x/unit/dinkes/narahubung",
]
POSTS = [
    "/instansi/kab-x/narahubung",
    "/instansi/kab-x/narahubung/{person}",
    "/instansi/kab-x/unit/dinkes/usul",
    "/instansi/kab-x/unit/dinkes/layanan",
    "/instansi/kab-x/unit/dinkes/layanan/{service}/hapus",
    "/instansi/kab-x/unit/dinkes/narahubung",
]


def test_another_institution_s_inspectorate_finds_nothing(round_, enter):
    person, unit = ContactPerson.objects.first(), Unit.objects.get(code="dinkes")
    words = {"person": person.pk, "service": Service.objects.create(unit=unit, name="A").pk}
    mira = enter("inspectorate", "kab-y")
    assert {path: mira.get(path.format(**words)).status_code for path in PATHS} == dict.fromkeys(PATHS, 404)
    assert {path: mira.post(path.format(**words)).status_code for path in POSTS} == dict.fromkeys(POSTS, 404)
    for path in ("/instansi", "/register/unduh/contacts.csv", "/instansi/kab-x/unit/dinkes/ubah"):
        assert mira.get(path).status_code == 403
    assert mira.post("/instansi/kab-x/unit/dinkes/lokus").status_code == 403
    assert "Kabupaten Y has no units yet" in see(mira, "/instansi/kab-y")


def test_a_leader_reads_and_writes_nothing(round_, enter):
    agus = enter("leader", "kab-x")
    page = see(agus, "/instansi/kab-x")
    assert "Dewi" in page
    assert "Add a contact person" not in page
    assert "<form" not in agus.get("/instansi/kab-x/unit/dinkes").content.decode().split("<main")[1]
    for path in ("narahubung", "unduh/units.csv", "unit/dinkes/narahubung", "unit/dinkes/ubah"):
        assert agus.get(f"/instansi/kab-x/{path}").status_code == 403
    for path in ("usul", "layanan", "lokus", "narahubung"):
        assert agus.post(f"/instansi/kab-x/unit/dinkes/{path}").status_code == 403
    assert agus.get("/instansi/kab-y").status_code == 404


def test_the_contact_person_of_a_unit_reaches_that_unit_alone(round_, enter):
    rina = enter("unit_contact", "kab-x", "dinkes")
    assert rina.get("/instansi-saya").headers["Location"] == "/instansi/kab-x/unit/dinkes"
    assert "Rina" in see(rina, "/instansi/kab-x/unit/dinkes")
    assert rina.get("/instansi/kab-x").status_code == 403
    assert rina.get("/instansi/kab-x/unit/sd-1").status_code == 404
    dewi = ContactPerson.objects.get(name="Dewi")
    assert rina.get(f"/instansi/kab-x/narahubung/{dewi.pk}").status_code == 404
    send(rina, "/instansi/kab-x/unit/dinkes/narahubung", name="Rudi", phone="0811234567")
    assert ContactPerson.objects.get(name="Rudi").unit.code == "dinkes"


@pytest.mark.parametrize("role", ["statistician", "auditor"])
def test_the_rest_of_the_agency_sees_no_contact_person(round_, enter, role):
    reader = enter(role)
    assert "Dewi" not in see(reader, "/instansi/kab-x")
    assert "Rina" not in see(reader, "/instansi/kab-x/unit/dinkes")


def test_a_contact_person_is_corrected_and_taken_off(round_, enter):
    dewi = enter("inspectorate", "kab-x")
    path = f"/instansi/kab-x/narahubung/{ContactPerson.objects.get(name='Dewi').pk}"
    page = text(send(dewi, path, name="Dewi", phone="123", email="x"))
    assert '"123" is not an Indonesian phone number.' in page
    assert '"x" is not an e-mail address.' in page
    assert "has neither a phone number" in text(send(dewi, path, name="Dewi"))
    assert "Saved." in text(send(dewi, path, name="Dewi Ayu", phone="0811234567", since="2025-03-01"))
    person = ContactPerson.objects.get(name="Dewi Ayu")
    assert (person.phone, person.email) == ("+62811234567", "")
    send(dewi, "/instansi/kab-x/narahubung", name="Bayu", email="b@x.id")
    known = text(send(dewi, "/instansi/kab-x/narahubung", name="Bayu", email="c@x.id"))
    assert "Bayu is listed for this place already." in known  # REGISTRY-123
    assert "Removed." in text(send(dewi, path, drop="y"))
    assert "Dewi" not in str(list(Audit.objects.values_list("detail", flat=True)))


def test_a_unit_is_corrected_with_old_and_new_in_the_trail(round_, enter):
    siti = enter("officer")
    path = "/instansi/kab-x/unit/dinkes/ubah"
    words = {"name": "Dinas Kesehatan", "kind": "branch", "echelon": "3", "parent": ""}
    assert "Saved." in text(send(siti, path, **words))
    detail = Audit.objects.latest("id").detail
    assert detail == {"changed": [["kind", "office", "branch"], ["echelon", "2", "3"]]}
    before = Audit.objects.count()
    assert "Nothing was changed." in text(send(siti, path, **words))
    assert Audit.objects.count() == before
    circle = text(send(siti, path, **words | {"parent": "pkm.01"}))
    assert "This unit is its own parent: dinkes → pkm.01 → dinkes." in circle
    assert "Select a valid choice" in text(send(siti, path, **words | {"parent": "nowhere"}))


def test_the_institution_proposes_and_the_agency_decides(round_, enter):
    path = "/instansi/kab-x/unit/sd-1"
    dewi = enter("inspectorate", "kab-x")
    assert "This field is required" in text(send(dewi, f"{path}/usul", wanted="Y"))
    send(dewi, f"{path}/usul", wanted="Y", reason="Banyak guru.")
    assert "The institution proposes to list this unit" in see(dewi, path)
    same = text(send(dewi, "/instansi/kab-x/unit/dinkes/usul", wanted="Y", reason="?"))
    assert "is how it stands already" in same  # REGISTRY-122
    siti = enter("officer")
    assert "1 proposal of an institution waits for a decision." in see(siti, "/instansi")
    send(siti, f"{path}/lokus", listed="T", answer="Terlalu kecil.")
    assert not Locus.objects.filter(unit__code="sd-1").exists()
    page = see(siti, path)
    assert "The agency decided otherwise than proposed" in page
    assert "list it. Banyak guru." in page
    assert "not listed. Terlalu kecil." in page
    send(siti, f"{path}/lokus", listed="Y")
    assert Locus.objects.filter(unit__code="sd-1").exists()
    assert Proposal.objects.get().listed is False  # what was decided then stays written beside it
    verbs = list(Audit.objects.filter(verb__endswith="_locus").values_list("verb", flat=True))
    assert verbs == ["propose_locus", "decide_locus", "decide_locus"]


def test_a_file_that_lists_a_unit_answers_what_was_proposed(round_):
    unit = Unit.objects.get(code="sd-1")
    propose_locus(by="dewi", round=round_, unit=unit, wanted=True, reason="Banyak guru.")
    bring(round_, "units", UNITS.replace("school;;;T", "school;;;Y"))
    assert Proposal.objects.get().listed is True


def test_after_the_freeze_no_locus_moves(round_, enter):
    record(by="siti", verb="freeze_frame", on=round_.code)
    siti = enter("officer")
    assert "The lists of the round are frozen" in see(siti, "/instansi/kab-x/unit/dinkes")
    refused = text(send(siti, "/instansi/kab-x/unit/dinkes/lokus", listed="T"))
    assert "the loci cannot change any more" in refused
    assert Locus.objects.filter(unit__code="dinkes").exists()
    dewi = enter("inspectorate", "kab-x")
    assert "cannot change any more" in text(
        send(dewi, "/instansi/kab-x/unit/sd-1/usul", wanted="Y", reason="x")
    )
    send(
        enter("officer"),
        "/instansi/kab-x/unit/dinkes/ubah",
        name="Baru",
        kind="office",
        echelon="2",
        parent="",
    )
    assert Unit.objects.get(code="dinkes").name == "Baru"


def test_a_unit_of_an_institution_outside_the_round_is_no_locus(round_, enter):
    Participant.objects.filter(institution__code="kab-x").delete()
    page = text(send(enter("officer"), "/instansi/kab-x/unit/sd-1/lokus", listed="Y"))
    assert "Kabupaten X does not take part in round uji-2025." in page


def test_services_say_whether_they_are_online(round_, enter):
    rina, path = enter("unit_contact", "kab-x", "dinkes"), "/instansi/kab-x/unit/dinkes/layanan"
    assert "1 service" in text(send(rina, path, name="Izin praktik", is_online="on"))
    assert Service.objects.get().is_online
    assert "at the counter only" in text(send(rina, path, name="Izin praktik"))
    assert "No service of this unit" in text(send(rina, f"{path}/{Service.objects.get().pk}/hapus"))
    assert "This field is required" in text(send(rina, path, name=""))
    long = text(send(rina, path, name="L" * 121))
    assert "at most 120 characters" in long


def choose(client, table, body, name="f.csv"):
    file = SimpleUploadedFile(name, body if isinstance(body, bytes) else body.encode())
    return client.post(
        "/register/unggah", {"table": table, "file": file}, headers={"accept-language": "en"}, follow=True
    )


def agree(client, page):
    digest = re.search(r'name="agreed" value="(\w+)"', page.content.decode())[1]
    return send(client, "/register/periksa", agreed=digest)


def test_a_file_is_looked_at_before_it_comes_in(round_, enter):
    siti = enter("officer")
    page = choose(siti, "units", UNITS.replace("Dinas Kesehatan", "Dinas A") + "kab-y;d;D;office;2;;Y\n")
    assert "1 would be new, 1 would change, 2 stay as they are" in text(page)
    assert "name Dinas Kesehatan → Dinas A" in text(page)
    assert Unit.objects.count() == 3
    assert "Done: 1 new, 1 changed." in text(agree(siti, page))
    assert Unit.objects.get(code="dinkes").name == "Dinas A"
    assert siti.get("/register/periksa").headers["Location"] == "/register/unggah"


def test_the_same_file_again_changes_nothing(round_, enter):
    siti = enter("officer")
    out = siti.get("/register/unduh/units.csv").content
    page = choose(siti, "units", out)
    assert "The file changes nothing" in text(page)
    assert "Take it in" not in text(page)


def test_a_wrong_file_is_told_by_row_and_column(round_, enter):
    siti = enter("officer")
    page = text(choose(siti, "units", WRONG_UNITS.replace("kab-y", "kab-q")))
    assert "13 problems in the file; nothing was changed" in page
    assert '2 D kind "ofice" is not known in column kind. Use one of: office,' in page
    assert "the nearest is office. REGISTRY-109" in page
    indonesian = siti.get("/register/periksa", headers={"accept-language": "id"}).content.decode()
    assert "13 masalah dalam berkas; tidak ada yang diubah" in indonesian
    assert "tidak dikenal di kolom kind" in indonesian


def test_a_file_that_cannot_be_read_is_told_beside_the_field(round_, enter):
    siti = enter("officer")
    assert "The file cannot be read: its letters are not UTF-8." in text(choose(siti, "units", b"a;b\n\xe9"))
    assert "The file cannot be read: it is empty." in text(choose(siti, "units", b""))
    assert "larger than 5 MB" in text(choose(siti, "units", b"x" * 5_000_001))


def test_what_changed_meanwhile_is_shown_again(round_, enter):
    siti = enter("officer")
    page = choose(siti, "units", UNITS.replace("Dinas Kesehatan", "Dinas A"))
    Unit.objects.filter(code="dinkes").update(name="Dinas B")
    again = agree(siti, page)
    assert "The register changed since you checked this file." in text(again)
    assert "name Dinas B → Dinas A" in text(again)


def test_a_file_can_be_put_aside(round_, enter):
    siti = enter("officer")
    choose(siti, "units", UNITS.replace("Dinas Kesehatan", "Dinas A"))
    assert "Nothing changes before you have seen what would" in text(
        send(siti, "/register/periksa", drop="y")
    )
    assert siti.get("/register/periksa").status_code == 302


def test_an_inspectorate_brings_its_own_contact_persons_and_nothing_else(round_, enter):
    dewi = enter("inspectorate", "kab-x")
    assert "Select a valid choice" in text(choose(dewi, "units", UNITS))
    page = choose(dewi, "contacts", PEOPLE.replace("Dewi;", "Dian;"))
    assert "1 would be new, 0 would change, 1 stay as they are" in text(page)
    assert "Done: 1 new, 0 changed." in text(agree(dewi, page))
    assert "There is no institution or unit kab-y." in text(
        choose(dewi, "contacts", PEOPLE.replace("kab-x;;", "kab-y;;"))
    )


def test_what_an_inspectorate_takes_out_is_its_own(round_, enter):
    bring(round_, "contacts", PEOPLE.splitlines()[0] + "\nkab-y;;Mira;;0811234567;;\n")
    out = enter("inspectorate", "kab-x").get("/instansi/kab-x/unduh/contacts.csv")
    assert "Dewi" in out.content.decode()
    assert "Mira" not in out.content.decode()
    assert out.headers["Cache-Control"] == "no-store"
    assert out.headers["Content-Disposition"] == 'attachment; filename="contacts-kab-x-uji-2025.csv"'


def test_the_loci_of_an_earlier_round_can_be_taken_out_again(round_, enter):
    make_round(code="later", opens=date(2026, 8, 3), closes=date(2026, 8, 28))
    siti = enter("officer")
    assert siti.get("/register/unduh/units.csv").content.count(b";Y\r\n") == 0
    assert siti.get("/register/unduh/units.csv?putaran=uji-2025").content.count(b";Y\r\n") == 2
    assert siti.get("/register/unduh/units.csv?putaran=none").status_code == 404
    assert siti.get("/register/unduh/nothing.csv").status_code == 404


def test_without_a_round_the_pages_say_what_comes_first(client, enter):
    siti = enter("officer")
    assert not Round.objects.exists()
    assert "Open a round first" in see(siti, "/instansi")
    assert "Open a round first" in see(siti, "/register/unggah")
    assert "No round has been opened yet" in see(siti, "/putaran")
    assert siti.get("/register/unduh/units.csv").status_code == 404
