"""An upload becomes one version or none, whatever happens on the way."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, connections, transaction

from bening.core.kinds import Group
from bening.core.problems import Refused
from bening.files.gate import WORKBOOK_BYTES
from bening.web.frame.models import Piece, Roster, Upload
from bening.web.frame.steps import Parcel, check_upload, freeze_frame, introduce, refusals
from bening.web.frame.steps.load import stop_if_closed
from bening.web.frame.steps.parcel import PIECE
from bening.web.registry.models import Audit, Institution
from bening.web.registry.steps import record

NOTES = {
    "instansi": "kab-x", "kelompok": "internal", "sistem_sumber": "SIMPEG", "tanggal_ekstraksi": "2025-06-30",
    "disusun_oleh": "A", "diperiksa_oleh": "B", "kontak": "C", "kekurangan": "tidak ada", "pernyataan": "Y",
}  # fmt: skip


def csv_of(rows, *, notes: bool = True) -> bytes:
    """Rows as CSV, with or without their submission sheet."""
    said = NOTES | {"jumlah_baris": str(len(rows))}
    lines = [f"#{key};{value}" for key, value in said.items()] if notes else []
    lines += [";".join(rows[0]), *(";".join(row.values()) for row in rows)]
    return "\n".join(lines).encode()


def many(good, number: int):
    """As many different rows."""
    base = good(Group.INTERNAL)[0]
    return [
        base
        | {"nama": f"Orang {n}", "nip": "", "status": "NON_ASN", "telepon": f"0812{n * 7:08}", "email": ""}
        for n in range(number)
    ]


def test_a_file_becomes_a_draft_and_is_kept_encrypted(arrived, check, make, good):
    data = make(Group.INTERNAL, good(Group.INTERNAL))
    arrived(data)
    upload = check()
    assert (upload.state, upload.roster.state, upload.roster.rows, upload.rows) == ("done", "draft", 4, 4)
    raw = b"".join(bytes(piece.data) for piece in Piece.objects.all())
    assert b"PK\x03\x04" not in raw
    assert b"a.xlsx" not in bytes(upload.said)
    assert check() is None


def test_a_file_is_cut_into_pieces_that_open_in_their_place_only(arrived, check, good):
    data = csv_of(many(good, 12_000))
    assert len(data) > PIECE
    upload = arrived(data, name="a.csv")
    assert upload.pieces.count() == 2
    first, second = upload.pieces.all()
    first.data, second.data = second.data, first.data
    Piece.objects.bulk_update([first, second], ["data"])
    assert [problem.code for problem in refusals(upload=check())] == ["BALLOT-140"]
    assert Roster.objects.count() == 0


def test_the_same_file_twice_is_one_upload_and_one_version(arrived, check, make, good):
    data = make(Group.INTERNAL, good(Group.INTERNAL))
    first = arrived(data)
    assert arrived(data) == first
    check()
    assert arrived(data).state == "done"
    assert check() is None
    assert (Roster.objects.count(), Upload.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_browsers_at_once_make_one_upload(arrived, make, good):
    data = make(Group.INTERNAL, good(Group.INTERNAL))
    made = []

    def send() -> None:
        made.append(arrived(data).pk)
        connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), len(set(made)), Upload.objects.count()) == (2, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_version(arrived, make, good):
    arrived(make(Group.INTERNAL, good(Group.INTERNAL)))
    done = []

    def work() -> None:
        done.append(check_upload(now=settings.NOW()))
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [upload.state for upload in done if upload] == ["done"]
    assert Roster.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_midway_leaves_nothing_and_the_next_makes_the_version(arrived, good):
    """SIGKILL in a real process while its count moves; the lease runs out and another worker begins anew."""
    upload = arrived(csv_of(many(good, 20_000)), name="a.csv")
    with worker() as process:
        until(lambda: Upload.objects.get().rows > 0)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert Upload.objects.get().state == "checking"
    assert Roster.objects.count() == 0
    assert check_upload(now=settings.NOW()) is None  # its lease still holds
    done = check_upload(now=settings.NOW() + timedelta(minutes=2))
    assert (done.pk, done.state, done.attempts, done.roster.rows) == (upload.pk, "done", 2, 20_000)
    assert Roster.objects.count() == 1


@contextlib.contextmanager
def worker():
    """`check_uploads` in a process of its own, on the tables of this test."""
    parts = settings.DATABASES["default"]
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    url = " ".join(f"{ours}='{parts[theirs]}'" for ours, theirs in names.items() if parts[theirs])
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DATA_DIR": str(settings.DATA_DIR),
        "DEPLOYMENT": "demo",
    }
    environment["SECRETS_DIR"] = str(settings.SECRETS_DIR)
    words = ["-m", "django", "check_uploads", "--settings", "bening.web.config.settings.hall"]
    with subprocess.Popen([sys.executable, *words], env=environment) as process:
        try:
            yield process
        finally:
            process.kill()


def until(true, seconds: float = 60.0) -> None:
    """Waits for it."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
def test_a_page_takes_a_file_while_a_list_is_checked(arrived, make, good, round_):
    """A page that waited for the check would hold the end of the audit trail, which the check wants."""
    data = make(Group.EXTERNAL, good(Group.EXTERNAL))

    def send() -> None:
        arrived(data, Group.EXTERNAL)
        connections.close_all()

    page = threading.Thread(target=send)
    with transaction.atomic():
        stop_if_closed(round_, Institution.objects.get(code="kab-x"))
        page.start()
        page.join(30)
        assert not page.is_alive()
        record(by="dewi", verb="load_roster", on="x")
    assert Upload.objects.count() == 1


def test_a_file_that_brings_every_worker_down_is_given_up(arrived, check, make, good):
    upload = arrived(make(Group.INTERNAL, good(Group.INTERNAL)))
    Upload.objects.update(attempts=3, state="checking", lease_until=settings.NOW() - timedelta(1))
    upload = check()
    assert upload.state == "refused"
    assert [problem.code for problem in refusals(upload=upload)] == ["FRAME-189"]
    assert Piece.objects.count() == 0


def test_a_refused_file_says_why_and_may_come_again(arrived, check, make, good):
    data = make(Group.INTERNAL, good(Group.INTERNAL), "kab-y")
    arrived(data)
    upload = check()
    assert upload.state == "refused"
    (problem,) = refusals(upload=upload)
    assert (problem.code, problem.words["found"], problem.place.file) == ("FRAME-177", "kab-y", "a.xlsx")
    assert Piece.objects.count() == 0
    assert Audit.objects.latest("id").detail == {"codes": ["FRAME-177"]}
    assert arrived(data).pk != upload.pk


def test_a_csv_without_its_sheet_waits_for_words(arrived, check, good):
    data = csv_of(good(Group.INTERNAL), notes=False)
    upload = arrived(data, name="a.csv")
    assert upload.state == "waiting"
    assert check() is None
    notes = NOTES | {"jumlah_baris": "5"}
    upload = introduce(by="dewi", upload=upload, notes=notes)
    assert upload.state == "queued"
    roster = check().roster
    assert [fault.code for fault in roster.faults.all()] == ["FRAME-171"]
    assert introduce(by="dewi", upload=upload, notes=NOTES).state == "done"
    again = arrived(data, name="a.csv")  # the count was wrong: the same file, introduced better
    right = introduce(by="dewi", upload=again, notes=NOTES | {"jumlah_baris": "4"})
    assert check().roster.version == 2
    same = introduce(by="dewi", upload=arrived(data, name="a.csv"), notes=NOTES | {"jumlah_baris": "4"})
    assert same.pk == right.pk
    assert Roster.objects.count() == 2


def test_a_csv_that_begins_with_its_sheet_needs_no_words(arrived, check, good):
    assert arrived(csv_of(good(Group.INTERNAL)), name="a.csv").state == "queued"
    assert check().roster.rows == 4


def test_what_is_larger_than_the_gate_admits_is_stopped_while_it_comes():
    parcel = Parcel("a.xlsx")
    for _ in range(WORKBOOK_BYTES // PIECE):
        parcel.add(b"PK\x03\x04".ljust(PIECE, b"0"))
    with pytest.raises(Refused, match="FRAME-181"):
        parcel.add(b"0" * PIECE)
    parcel.drop()


def test_the_freeze_deletes_the_files_and_nothing_comes_in_after_it(arrived, check, make, good, round_):
    arrived(make(Group.INTERNAL, good(Group.INTERNAL)))
    check()
    waiting = arrived(make(Group.INTERNAL, good(Group.INTERNAL)[:2]))
    Roster.objects.update(state="accepted")
    freeze_frame(by="siti", round=round_, now=settings.NOW())
    assert Piece.objects.count() == 0
    assert check().pk == waiting.pk
    assert [problem.code for problem in refusals(upload=Upload.objects.get(pk=waiting.pk))] == ["FRAME-176"]
    with pytest.raises(Refused, match="FRAME-176"):
        arrived(make(Group.INTERNAL, good(Group.INTERNAL)[:1]))


def test_the_database_refuses_an_upload_half_done(arrived, make, good):
    upload = arrived(make(Group.INTERNAL, good(Group.INTERNAL)))
    wrong = [
        ("upload_done_is_a_version", {"state": "done"}),
        ("upload_refused_for_a_reason", {"state": "refused"}),
        ("upload_leased_while_checked", {"state": "checking"}),
    ]
    for name, values in wrong:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Upload.objects.update(**values)
    with pytest.raises(IntegrityError, match="piece_once"), transaction.atomic():
        Piece.objects.create(upload=upload, n=0, data=b"")
    values = {f.attname: getattr(upload, f.attname) for f in Upload._meta.concrete_fields if f.name != "id"}
    with pytest.raises(IntegrityError, match="upload_file_once"), transaction.atomic():
        Upload.objects.create(**values | {"key": "b" * 32})
