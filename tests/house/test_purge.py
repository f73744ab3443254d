"""The locked rooms forget whole: no table with a personal or participation field keeps a row."""

from datetime import timedelta

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from model_bakery import baker

from bening.core.kinds import Verdict
from bening.core.problems import Refused
from bening.web.fieldwork.gate import steps as gate
from bening.web.fieldwork.gate.models import Invite, Right
from bening.web.fieldwork.models import Manifest
from bening.web.fieldwork.steps.close import close_round
from bening.web.fieldwork.steps.purge import counts, purge_round, secret, ways
from bening.web.frame import steps as frame
from bening.web.outreach.models import Head
from bening.web.registry.models import Audit
from bening.web.registry.steps import broken_audit, record
from tests.house.test_house import LOCKED, tables
from tests.web.small import make_round

pytestmark = pytest.mark.django_db(databases=["default", "gate"], transaction=True)

# What a table's constraints want that chance would not give.
FIXED = {
    "frame_contact": {"verdict": Verdict.UNDECIDED},
    "frame_upload": {"state": "waiting"},
    "frame_piece": {"upload__state": "waiting"},
    "fieldwork_visitresult": {"n": 1},
    "sample_selection": {"stratum__population": 9, "stratum__sampled": 3},
    "sample_seed": {"draw__committed_by": "ratna", "draw__drawn_by": "", "draw__selection_digest": ""},
}
# Outreach is no locked room: its personal fields go by rules of their own.
OUTREACH = {
    "Head.email": "an office's address: blanked by `purge_addresses`, which the purge of a round calls",
    "RecipientWindow.recipient": "a keyed hash of its own, deleted by the janitor after a day",
    "Suppression.index": "kept: a keyed hash, and whoever said stop means the next round too",
    "WebhookRaw.body": "blanked by `mark_folded` as soon as it is understood",
}


def seed(round_):
    """A row in every such table of the round, and rights and invites at the gate."""
    for model in secret():
        way = min(ways(model, ()), key=len)
        baker.make(model, **{way: round_}, **FIXED.get(model._meta.db_table, {}))
    baker.make(Head, round=round_, tier="0", unit=None, email=b"address")
    Manifest.objects.create(round=round_, digest="d", bundle="b", keys={"a": f"kid-{round_.code}"})
    gate.admit(rights=[(f"right-{round_.code}-{n}", f"kid-{round_.code}") for n in range(2)])
    gate.open_doors(invites=[(f"{round_.code}{n}".encode(), f"right-{round_.code}-{n}") for n in range(2)])


@pytest.fixture
def seeded():
    """A closed round with something in every table."""
    row = make_round()
    seed(row)
    record(by="siti", verb="close_round", on=row.code)
    return row


def later(settings, days=31):
    return settings.NOW() + timedelta(days=days)


def test_the_proof_knows_every_table_that_the_privacy_classes_name():
    named = {
        model
        for model in tables(LOCKED)
        if any(getattr(model.Privacy, kind, ()) for kind in ("personal", "participation"))
    }
    assert set(secret()) == named
    assert len(named) >= 10


def test_seed_purge_nothing_is_left(seeded, settings):
    before = counts(seeded)
    assert {name for name, rows in before.items() if not rows} == set()
    proof = purge_round(by="siti", round=seeded, now=later(settings))
    assert counts(seeded) == dict.fromkeys(before, 0)
    assert proof == {name: [rows, 0] for name, rows in before.items()}
    assert not any(model.objects.exists() for model in (Right, Invite))
    assert not Head.objects.exclude(email=None).exists()
    kept = Audit.objects.get(verb="purge_round").detail
    assert kept["tables"] == proof
    assert len(kept["digest"]) == 64
    assert [row.verb for row in Audit.objects.filter(verb__startswith="purge_").order_by("id")] == [
        "purge_fieldwork",
        "purge_sample",
        "purge_addresses",
        "purge_frame",
        "purge_round",
    ]
    assert broken_audit() == []


def test_another_round_keeps_its_rows(seeded, settings):
    other = make_round("lain-2025")
    seed(other)
    before = counts(other)
    purge_round(by="siti", round=seeded, now=later(settings))
    assert counts(other) == before


def test_a_second_purge_changes_nothing(seeded, settings):
    purge_round(by="siti", round=seeded, now=later(settings))
    rows = Audit.objects.count()
    assert set(map(tuple, purge_round(by="budi", round=seeded, now=later(settings)).values())) == {(0, 0)}
    assert Audit.objects.count() == rows


@pytest.mark.parametrize("days", [None, 29])
def test_an_open_round_and_one_that_may_be_objected_to_are_left_alone(settings, days):
    row = make_round()
    seed(row)
    if days is not None:
        record(by="siti", verb="close_round", on=row.code)
    before = counts(row)
    with pytest.raises(Refused, match="FIELD-120"):
        purge_round(by="siti", round=row, now=later(settings, days or 400))
    assert counts(row) == before


def test_a_table_that_no_purge_empties_stops_the_whole(seeded, settings, monkeypatch):
    """Somebody adds a table and forgets its purge: nothing is deleted, nothing is claimed."""
    monkeypatch.setattr(frame, "purge", lambda **_: {})
    before = counts(seeded)
    with pytest.raises(Refused, match="FIELD-121") as refused:
        purge_round(by="siti", round=seeded, now=later(settings))
    assert "frame_contact" in str(refused.value)
    assert {n: r for n, r in counts(seeded).items() if not n.startswith("gate.")} == {
        n: r for n, r in before.items() if not n.startswith("gate.")
    }
    assert not Audit.objects.filter(verb__startswith="purge_").exists()


def test_a_table_that_leads_to_no_round_is_named(seeded, settings, monkeypatch):
    monkeypatch.setattr("bening.web.fieldwork.steps.purge.ways", lambda *_: iter(()))
    with pytest.raises(Refused, match="FIELD-122"):
        purge_round(by="siti", round=seeded, now=later(settings))


def test_old_row_versions_are_gone_from_the_files(seeded, settings):
    """A plain delete leaves the bytes in the heap until somebody rewrites it."""
    purge_round(by="siti", round=seeded, now=later(settings))
    with connection.cursor() as cursor:
        for model in secret():
            cursor.execute("SELECT pg_relation_size(%s)", [model._meta.db_table])
            assert cursor.fetchone() == (0,), model


def test_who_still_reads_the_old_versions_is_waited_for_and_then_named(seeded, settings, monkeypatch):
    """A backup that began before the deletion keeps the old rows in the files: nobody may call that done."""
    parts = connection.get_connection_params()
    wanted = {name: parts[name] for name in ("host", "port", "user", "dbname") if parts.get(name)}
    monkeypatch.setattr("bening.web.fieldwork.steps.purge.TRIES", 1)
    with psycopg.connect(**wanted, password=parts.get("password")) as reader:
        reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        reader.execute("SELECT count(*) FROM frame_contact")
        with pytest.raises(Refused, match="FIELD-124"):
            purge_round(by="siti", round=seeded, now=later(settings))
    purge_round(by="siti", round=seeded, now=later(settings))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size('frame_contact')")
        assert cursor.fetchone() == (0,)


def test_after_the_purge_the_counts_are_not_written_again(seeded, settings):
    purge_round(by="siti", round=seeded, now=later(settings))
    with pytest.raises(Refused, match="FIELD-123"):
        close_round(by="siti", round=seeded)


def test_the_command_only_counts_until_it_is_told_yes(seeded, settings, capsys):
    call_command("purge_round", seeded.code, "--by", "siti")
    said = capsys.readouterr().out
    assert "frame_contact" in said
    assert "Nothing was deleted" in said
    assert all(counts(seeded).values())
    now = later(settings)
    settings.NOW = lambda: now
    call_command("purge_round", seeded.code, "--by", "siti", "--yes")
    assert "fieldwork_delivery" in capsys.readouterr().out
    assert not any(counts(seeded).values())


def test_every_personal_field_of_outreach_has_a_rule_of_its_own():
    named = {
        f"{model.__name__}.{field}"
        for model in apps.get_app_config("outreach").get_models()
        for kind in ("personal", "participation")
        for field in getattr(model.Privacy, kind, ())
    }
    assert named == set(OUTREACH)
