"""The auditor's page: the trail and whether its chain holds."""

import re
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from bening import web
from bening.web.desk.trail import SHOWN, VERBS
from bening.web.registry.models import Audit
from bening.web.registry.steps import GENESIS, record
from tests.web.desk.test_lists import texts


@contextmanager
def intruder():
    """Somebody who owns the database and takes its lock off."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE registry_audit DISABLE TRIGGER USER")
        yield
        cursor.execute("ALTER TABLE registry_audit ENABLE TRIGGER USER")


def test_the_chain_holds_and_the_newest_digest_can_be_written_down(page_of, round_):
    page = page_of("wayan")
    count = Audit.objects.exclude(digest=GENESIS).count()
    assert f"The chain holds: {count} entries, none changed" in page
    assert Audit.objects.latest("id").digest in page


def test_a_changed_entry_is_named(page_of, round_):
    row = Audit.objects.get(verb="list_units")
    with intruder():
        Audit.objects.filter(pk=row.pk).update(by="penyusup")
    page = page_of("wayan")
    assert f"The chain is broken at entry {row.pk}" in page
    assert "The chain holds" not in page


def test_a_removed_entry_is_noticed(page_of, round_):
    row = Audit.objects.get(verb="list_units")
    following = Audit.objects.filter(pk__gt=row.pk).earliest("id")
    with intruder():
        row.delete()
    assert f"The chain is broken at entry {following.pk}" in page_of("wayan")


def test_entries_are_sentences_newest_first(page_of, round_):
    record(by="ratna", verb="draw_sample", on=round_.code, detail={"commitment": "c" * 64, "strata": 12})
    page = texts(page_of("wayan"))
    assert "ratna drew the sample lampung-2025" in page
    assert "strata 12" in page
    assert page.index("drew the sample") < page.index("opened the round")
    assert "c" * 64 in page  # whole, among the digests to compare


def test_a_long_trail_is_cut_and_counted_whole(page_of, round_):
    for n in range(SHOWN):
        record(by="siti", verb="review", on=f"{round_.code}/{n}")
    page = page_of("wayan")
    assert f"The newest {SHOWN} entries" in page
    assert "opened the round" not in page


def test_every_verb_that_is_recorded_has_words():
    """A verb without words would stand on the page as code."""
    sources = "".join(path.read_text() for path in Path(web.__path__[0]).rglob("*.py"))
    assert set(re.findall(r'record\([^)]*verb="(\w+)"', sources)) <= set(VERBS)


def test_nobody_else_sees_the_trail(page_of, full):
    for username in ("siti", "dewi", "agus", "rina"):
        assert "The chain holds" not in page_of(username)
