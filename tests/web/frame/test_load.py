"""A roster makes one version or none."""

import threading

import pytest
from django.conf import settings
from django.db import IntegrityError, connections, transaction

from bening.core.kinds import Group, Verdict
from bening.core.problems import Refused, say
from bening.crypto import fields
from bening.web.frame import hatch
from bening.web.frame.models import Contact, ContactPoint, Fault, Handover, Roster
from bening.web.frame.steps import accept, problems
from bening.web.registry.models import Audit, Institution

TABLES = (Roster, Contact, ContactPoint, Fault, Handover, Audit)


def sizes() -> list[int]:
    """How many rows every table holds."""
    return [table.objects.count() for table in TABLES]


def test_a_good_list_becomes_a_version_with_its_people(load, good):
    roster = load(Group.INTERNAL, good(Group.INTERNAL))
    assert (roster.version, roster.state, roster.rows, roster.accepted) == (1, "submitted", 4, 4)
    assert {c.verdict for c in roster.contacts.all()} == {Verdict.ELIGIBLE}
    assert {c.unit.code for c in roster.contacts.all()} == {"dinkes"}
    assert ContactPoint.objects.count() == 8
    last = Audit.objects.latest("id")
    assert (last.by, last.verb, last.on) == ("dewi", "load_roster", "r1/kab-x/internal/1")


def test_the_same_file_twice_is_the_same_version(load, good, make):
    data = make(Group.INTERNAL, good(Group.INTERNAL))
    first = load(Group.INTERNAL, [], data=data)
    before = sizes()
    assert load(Group.INTERNAL, [], data=data) == first
    assert sizes() == before


@pytest.mark.django_db(transaction=True)
def test_the_same_file_twice_at_once_is_one_version(load, good, make):
    data = make(Group.INTERNAL, good(Group.INTERNAL))
    made = []

    def upload() -> None:
        made.append(load(Group.INTERNAL, [], data=data).pk)
        connections.close_all()

    threads = [threading.Thread(target=upload) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 3
    assert len(set(made)) == 1
    assert Roster.objects.count() == 1


def test_a_corrected_file_is_a_new_version_and_the_old_one_stays(load, good):
    rows = good(Group.INTERNAL)
    rows[1]["telepon"] = "12345"
    first = load(Group.INTERNAL, rows)
    second = load(Group.INTERNAL, good(Group.INTERNAL))
    assert (first.accepted, second.version, second.accepted) == (3, 2, 4)
    assert first.contacts.count() == 3


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda data: b" ", "FRAME-180 kab-x.internal.xlsx: Berkas tidak dapat dibaca: berkas kosong"),
        (
            lambda data: data[:200],
            "FRAME-180 kab-x.internal.xlsx: Berkas tidak dapat dibaca: buku kerja rusak",
        ),
        (
            lambda data: data + b"0" * 10_000_001,
            "FRAME-181 kab-x.internal.xlsx: Berkas ditolak di gerbang: lebih dari",
        ),
        (
            lambda data: data.replace(b"PK", b"QK", 1),
            "FRAME-180 kab-x.internal.xlsx: Berkas tidak dapat dibaca: bukan",
        ),
    ],
)
def test_a_file_that_cannot_be_judged_changes_nothing(load, good, make, spoil, said):
    before = sizes()
    with pytest.raises(Refused) as stop:
        load(Group.INTERNAL, [], data=spoil(make(Group.INTERNAL, good(Group.INTERNAL))))
    assert sizes() == before
    assert say(stop.value.problems[0], "id").startswith(said)


def test_a_file_without_its_submission_sheet_changes_nothing(load, good, make):
    before = sizes()
    with pytest.raises(Refused) as stop:
        load(Group.INTERNAL, [], data=make(Group.INTERNAL, good(Group.INTERNAL), diperiksa_oleh=""))
    assert sizes() == before
    assert "Pengantar: Lembar Pengantar tidak ada atau belum lengkap: diperiksa_oleh." in say(
        stop.value.problems[0], "id"
    )


def test_wrong_columns_change_nothing_and_each_is_named_with_its_place(load, good, make):
    before = sizes()
    titles = ["no_hp" if header == "telepon" else header for header in good(Group.INTERNAL)[0]]
    data = make(Group.INTERNAL, good(Group.INTERNAL), titles=titles)
    with pytest.raises(Refused) as stop:
        load(Group.INTERNAL, [], data=data)
    (problem,) = stop.value.problems
    assert sizes() == before
    assert say(problem, "id") == (
        'FRAME-183 kab-x.internal.xlsx, Data, baris 1, kolom M: Judul kolom "no_hp" tidak dikenal. '
        "Pakai judul dari templat; yang terdekat: -."
    )


def test_an_empty_sheet_changes_nothing(load):
    before = sizes()
    with pytest.raises(Refused, match="FRAME-182"):
        load(Group.EXTERNAL, [])
    assert sizes() == before


def test_a_list_of_another_institution_changes_nothing(load, good, make):
    data = make(Group.INTERNAL, good(Group.INTERNAL), "kab-y")
    with pytest.raises(Refused, match=r"FRAME-177.*kab-y.*kab-x"):
        load(Group.INTERNAL, [], data=data)
    assert Roster.objects.count() == 0


def test_an_institution_outside_the_round_is_refused(load, good):
    Institution.objects.create(code="kab-z", name="Kabupaten Z", kind="regency", province="18")
    with pytest.raises(Refused, match="FRAME-178"):
        load(Group.INTERNAL, good(Group.INTERNAL), "kab-z")


def test_problems_come_back_as_they_were_found(load, good):
    rows = good(Group.INTERNAL)
    rows[2]["telepon"] = "021-5550199"
    roster = load(Group.INTERNAL, rows)
    (problem,) = problems(roster=roster, file="daftar.xlsx")
    assert (problem.code, problem.place.row, problem.words["found"]) == ("FRAME-113", 4, "021-5550199")
    assert Fault.objects.get().unit.code == "dinkes"


def test_no_name_or_number_stands_open_in_a_table(load, good):
    """Names, numbers, quoted cells, the persons behind it: all ciphertext. A number is found by its hash."""
    rows = good(Group.INTERNAL)
    rows[2]["telepon"] = "021-5550199"
    load(Group.INTERNAL, rows)
    raw = b"".join(
        bytes(value) if isinstance(value, memoryview | bytes) else str(value).encode()
        for table in TABLES
        for row in table.objects.values_list()
        for value in row
    )
    for secret in (b"Pegawai", b"0812", b"6281", b"contoh.id", b"5550199", b"Rahasia", b"198501012010"):
        assert secret not in raw
    number = ContactPoint.objects.filter(kind="phone_e164").order_by("id").first()
    assert (
        fields.decrypt(settings.SECRET("fields"), bytes(number.value), field="frame.point")
        == "+6281200000001"
    )
    index = fields.blind_index(settings.SECRET("index"), "+6281200000001", field="frame.point")
    assert ContactPoint.objects.get(index=index) == number


def test_users_are_compared_with_the_staff_list(load, good):
    users = good(Group.EXTERNAL)
    users[0]["telepon"] = good(Group.INTERNAL)[0]["telepon"]
    early = load(Group.EXTERNAL, users)
    assert {c.verdict for c in early.contacts.all()} == {Verdict.UNDECIDED}
    load(Group.INTERNAL, good(Group.INTERNAL))
    users[1]["layanan"] = "rujukan balik"
    late = load(Group.EXTERNAL, users)
    assert [f.code for f in late.faults.all()] == ["FRAME-150"]
    assert [(c.row, c.verdict) for c in late.contacts.order_by("row")] == [(3, "eligible"), (4, "eligible")]


def test_a_list_is_accepted_once(load, good):
    roster = load(Group.INTERNAL, good(Group.INTERNAL))
    assert accept(by="siti", roster=roster).state == "accepted"
    before = Audit.objects.count()
    assert accept(by="siti", roster=roster).state == "accepted"
    assert Audit.objects.count() == before
    Roster.objects.update(state="returned")
    with pytest.raises(Refused, match="FRAME-179"):
        accept(by="siti", roster=roster)


def test_the_hatch_tells_counts_only(load, good, round_):
    rows = good(Group.INTERNAL)
    rows[0]["telepon"] = "12345"
    rows[1]["mulai_unit"] = ""
    roster = load(Group.INTERNAL, rows)
    (counts,) = hatch.status(round=round_, institution=roster.institution)
    assert (counts.accepted, counts.eligible, counts.undecided, counts.stopped) == (3, 2, 1, 1)
    by_unit = {
        unit.code: hatch.status(round=round_, institution=roster.institution, unit=unit)[0]
        for unit in roster.institution.units.all()
    }
    assert (by_unit["dinkes"].accepted, by_unit["dinkes"].stopped) == (3, 1)
    assert (by_unit["arsip"].accepted, by_unit["arsip"].stopped) == (0, 0)


def test_rows_that_wait_for_the_staff_list_alone_are_nobody_s_to_complete(load, good, round_):
    rows = good(Group.EXTERNAL)
    rows[0]["tanggal_layanan"] = ""
    roster = load(Group.EXTERNAL, rows)
    assert {contact.verdict for contact in roster.contacts.all()} == {Verdict.UNDECIDED}
    (counts,) = hatch.status(round=round_, institution=roster.institution)
    assert (counts.accepted, counts.eligible, counts.undecided) == (3, 0, 1)


def test_the_database_refuses_what_a_step_would_not_write(load, good):
    roster = load(Group.INTERNAL, good(Group.INTERNAL))
    contact = roster.contacts.first()
    point = contact.points.first()
    wrong = [
        ("roster_accepts_its_rows", lambda: Roster.objects.update(accepted=9)),
        ("contact_eligible_by_all_rules", lambda: Contact.objects.update(failed=["tenure_unit"])),
        ("contact_row_once", lambda: Contact.objects.filter(roster=roster).update(row=2)),
        ("roster_version_once", lambda: copy(roster, digest="0" * 64)),
        ("roster_file_once", lambda: copy(roster, version=2)),
        ("contact_point_once", lambda: copy(point)),
        (
            "roster_frozen_once",
            lambda: [copy(roster, version=v, digest=str(v), state="frozen") for v in (3, 4)],
        ),
    ]
    for name, write in wrong:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            write()


def copy(row, **changes):
    """The same row once more."""
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name != "id"}
    return type(row).objects.create(**values | changes)
