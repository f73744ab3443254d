"""The audit trail is appended to, never changed, and one chain however many write at once."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from bening.web.registry.models import Audit
from bening.web.registry.steps import GENESIS, broken_audit, record


@pytest.mark.django_db
def test_each_row_carries_the_digest_of_the_one_before_it():
    rows = [record(by="siti", verb="try", on=str(n), detail={"n": n, "words": ["ä", None]}) for n in range(3)]
    assert [row.previous for row in rows] == [GENESIS, rows[0].digest, rows[1].digest]
    assert broken_audit() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change", [{"by": "budi"}, {"detail": {"n": 9}}, {"on": "9"}, {"verb": "x"}, {"previous": "f" * 64}]
)
def test_a_changed_row_is_found_even_when_the_database_was_told_to_look_away(change):
    rows = [record(by="siti", verb="try", on=str(n), detail={"n": n}) for n in range(3)]
    around_the_guard(lambda: Audit.objects.filter(pk=rows[1].pk).update(**change))
    assert rows[1].pk in broken_audit()


@pytest.mark.django_db
def test_a_row_taken_out_of_the_middle_is_missed_by_its_follower():
    rows = [record(by="siti", verb="try", on=str(n)) for n in range(3)]
    around_the_guard(lambda: Audit.objects.filter(pk=rows[1].pk).delete())
    assert broken_audit() == [rows[2].pk]


def around_the_guard(change):
    """What only the owner of the database can do."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE registry_audit DISABLE TRIGGER USER")
        change()
        cursor.execute("ALTER TABLE registry_audit ENABLE TRIGGER USER")


@pytest.mark.django_db
def test_the_database_refuses_to_change_or_remove_a_row():
    row = record(by="siti", verb="try", on="x")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Audit.objects.filter(pk=row.pk).update(by="budi")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Audit.objects.filter(pk=row.pk).delete()


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_make_one_chain():
    """Also when the very first row is being written: the fixed row they queue at is made only once."""
    start = threading.Barrier(6)

    def write(name):
        start.wait()
        for n in range(5):
            with transaction.atomic():
                record(by=name, verb="try", on=str(n))
        connection.close()

    threads = [threading.Thread(target=write, args=(f"w{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    previous = list(Audit.objects.exclude(digest=GENESIS).values_list("previous", flat=True))
    assert len(previous) == len(set(previous)) == 30
    assert broken_audit() == []


@pytest.mark.django_db
def test_a_step_that_fails_leaves_no_row():
    def step():
        with transaction.atomic():
            record(by="siti", verb="try", on="x")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        step()
    assert not Audit.objects.filter(verb="try").exists()
