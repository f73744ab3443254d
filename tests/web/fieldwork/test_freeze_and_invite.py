"""A frozen round stays what it is; everybody drawn is queued once, and the gate learns the rights."""

import gzip
import json

import brotli
import pytest
from django.db import IntegrityError, transaction

from bening.core.problems import Refused
from bening.core.response import load
from bening.crypto import invites, merkle
from bening.web.fieldwork.gate.models import Right
from bening.web.fieldwork.models import Attempt, CheckCode, Delivery, Manifest, Wave
from bening.web.fieldwork.steps import invite as planning
from bening.web.fieldwork.steps.close import close_round
from bening.web.fieldwork.steps.freeze import freeze_round
from bening.web.fieldwork.steps.invite import invite
from bening.web.frame.models import ContactPoint
from bening.web.questionnaire.steps import freeze_instrument
from bening.web.registry.models import Audit
from bening.web.sample.models import Selection, Stratum
from tests.web.fieldwork.conftest import make_keys
from tests.web.small import FORMS

pytestmark = pytest.mark.django_db(databases=["default", "gate"])


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_manifest_on_disk_is_the_one_on_record(frozen, settings):
    folder = settings.CLIENT_DIR / "m"
    manifest = load(
        (folder / "manifest.json").read_bytes(), (folder / "manifest.jsonl").read_bytes(), merkle.root
    )
    row = Manifest.objects.get()
    assert {entry.stratum: entry.kid for entry in manifest.entries} == row.keys
    assert (settings.CLIENT_DIR / "c" / row.bundle / "round.js").exists()
    assert sum(entry.sampled for entry in manifest.entries) == Selection.objects.count()


def test_freezing_again_writes_the_same_bytes_and_nothing_else(frozen, settings):
    before = files(settings.CLIENT_DIR)
    freeze_round(by="budi", round=frozen)
    assert files(settings.CLIENT_DIR) == before
    assert Audit.objects.filter(verb="freeze_round").count() == 1


def test_a_frozen_round_refuses_another_questionnaire(frozen):
    newer = (FORMS / "internal.json").read_bytes().replace(b'"version": 1', b'"version": 2')
    with pytest.raises(Refused, match="QUEST-129"):
        freeze_instrument(by="ratna", round=frozen, data=newer.replace(b'"minutes": 6', b'"minutes": 7'))


def test_a_frozen_round_refuses_another_manifest_before_it_touches_a_file(frozen, settings):
    """Phones are using the files that are there."""
    before = files(settings.CLIENT_DIR)
    settings.ORIGIN_GATE = "https://elsewhere.example"
    with pytest.raises(Refused, match="FIELD-111"):
        freeze_round(by="siti", round=frozen)
    assert files(settings.CLIENT_DIR) == before


def test_everybody_drawn_is_queued_once_with_a_right_at_the_gate(invited):
    refs = sorted(Selection.objects.values_list("contact_ref", flat=True))
    assert sorted(Delivery.objects.values_list("contact_ref", flat=True)) == refs
    rights = dict(Right.objects.values_list("id", "kid"))
    assert sorted(rights) == sorted(Delivery.objects.values_list("right", flat=True))
    assert set(rights.values()) == set(Manifest.objects.get().keys.values())
    assert len(set(Delivery.objects.values_list("key", flat=True))) == len(refs)


def test_inviting_again_changes_nothing(invited, settings):
    tables = (Wave, Delivery, CheckCode, Right, Audit)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    assert invite(by="budi", round=invited, now=settings.NOW()) == Delivery.objects.count()
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before


def test_a_crash_between_the_two_databases_heals_when_the_step_runs_again(invited, settings):
    Right.objects.all().delete()
    invite(by="siti", round=invited, now=settings.NOW())
    assert Right.objects.count() == Delivery.objects.count()


def test_a_plan_that_falls_back_leaves_no_right_at_the_gate(frozen, settings):
    """Else the public counts would speak of people who were never invited."""
    Selection.objects.filter(pk=Selection.objects.first().pk).update(contact_ref="x" * 32)
    CheckCode.objects.create(round=frozen, contact_ref="x" * 32, hmac=b"taken")
    with pytest.raises(IntegrityError, match="check_code_once"), transaction.atomic():
        invite(by="siti", round=frozen, now=settings.NOW())
    assert not Right.objects.exists()
    assert not Wave.objects.exists()


def test_somebody_without_a_telephone_is_not_queued(frozen, settings):
    ref = Selection.objects.first().contact_ref
    ContactPoint.objects.filter(contact__ref=ref).delete()
    assert invite(by="siti", round=frozen, now=settings.NOW()) == Selection.objects.count() - 1
    assert not Delivery.objects.filter(contact_ref=ref).exists()


def test_each_check_code_is_found_by_its_hash_and_belongs_to_one_person(invited, settings):
    key = settings.SECRET("check")
    codes = {
        invites.check_code(key, row.contact_ref, "uji-2025", row.counter): row
        for row in CheckCode.objects.all()
    }
    assert len(codes) == Selection.objects.count()
    assert all(invites.check_hmac(key, code) == bytes(row.hmac) for code, row in codes.items())


def test_two_people_who_meet_on_one_code_get_two(frozen, settings):
    key = settings.SECRET("check")
    taken = invites.check_hmac(key, invites.check_code(key, "a" * 32, "uji-2025", 0))
    CheckCode.objects.create(round=frozen, contact_ref="b" * 32, hmac=taken)
    planning.check_codes(frozen, ["a" * 32])
    row = CheckCode.objects.get(contact_ref="a" * 32)
    assert (row.counter, bytes(row.hmac)) == (
        1,
        invites.check_hmac(key, invites.check_code(key, "a" * 32, "uji-2025", 1)),
    )


def test_the_database_refuses_what_no_step_would_write(invited):
    row, wave, code = Delivery.objects.first(), Wave.objects.get(), CheckCode.objects.first()
    Attempt.objects.create(delivery=row, n=1, started_at=row.due_at)
    copy = {
        "wave": wave,
        "channel": "whatsapp",
        "due_at": row.due_at,
        "not_after": row.not_after,
        "right": "r",
    }
    for name, write in {
        "wave_once": lambda: Wave.objects.create(
            round=invited, step="invite", channel="whatsapp", starts=wave.starts, ends=wave.ends
        ),
        "delivery_once": lambda: Delivery.objects.create(key="other", contact_ref=row.contact_ref, **copy),
        "fieldwork_delivery_key": lambda: Delivery.objects.create(key=row.key, contact_ref="other", **copy),
        "delivery_leased_until": lambda: Delivery.objects.filter(pk=row.pk).update(state="sending"),
        "attempt_once": lambda: Attempt.objects.create(delivery=row, n=1, started_at=row.due_at),
        "check_code_once": lambda: CheckCode.objects.create(
            round=invited, contact_ref=code.contact_ref, hmac=b"other"
        ),
        "fieldwork_checkcode_hmac": lambda: CheckCode.objects.create(
            round=invited, contact_ref="o", hmac=code.hmac
        ),
        "fieldwork_manifest_round_id": lambda: Manifest.objects.create(round=invited, keys={}),
    }.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            write()


def test_a_delivery_reported_twice_under_one_id_is_refused(invited):
    one, two = Delivery.objects.all()[:2]
    Delivery.objects.filter(pk=one.pk).update(provider_id="wamid.1")
    with pytest.raises(IntegrityError, match="provider_id"), transaction.atomic():
        Delivery.objects.filter(pk=two.pk).update(provider_id="wamid.1")


def test_closing_cancels_what_waits_and_writes_the_counts_of_the_gate(invited, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    spent, used, again = Right.objects.all()[:3]
    for right in (spent, used, again):
        Right.objects.filter(pk=right.pk).update(issued=b"x" * 32)
    Right.objects.filter(pk=again.pk).update(reissued=True)
    on_its_way = Delivery.objects.first()
    Delivery.objects.filter(pk=on_its_way.pk).update(state="sent")
    path = close_round(by="siti", round=invited)
    many = Selection.objects.count()
    label = next(iter(Manifest.objects.get().keys))
    assert json.loads(path.read_text()) == {
        "round": "uji-2025", "labels": {label: {"sampled": many, "issued": 4, "reissued": 1}}
    }  # fmt: skip  # three are used now, and one of them had been before
    states = Delivery.objects.values_list("state", "reason")
    assert sorted(set(states)) == [("cancelled", "window_closed"), ("sent", "")]
    again = path.read_bytes()
    assert close_round(by="budi", round=invited).read_bytes() == again
    assert Audit.objects.filter(verb="close_round").count() == 1


def test_a_round_is_not_frozen_before_its_keys_are_made(drawn, settings):
    """The signer's, the trustees', and one for every stratum of the draw."""
    with pytest.raises(Refused, match="FIELD-115"):
        freeze_round(by="siti", round=drawn)
    make_keys(drawn, settings)
    settings.TALLY_KEY.unlink()
    with pytest.raises(Refused, match="FIELD-115"):
        freeze_round(by="siti", round=drawn)
    make_keys(drawn, settings)
    (settings.SIGNER_DIR / "public.jsonl").write_bytes(b"")
    with pytest.raises(Refused, match="FIELD-116"):
        freeze_round(by="siti", round=drawn)
    assert not (settings.CLIENT_DIR / "index.html").exists()


def test_every_file_of_the_bundle_has_compressed_twins(frozen, settings):
    found = files(settings.CLIENT_DIR / "c" / Manifest.objects.get().bundle)
    unpack = {".gz": gzip.decompress, ".br": brotli.decompress}
    plain = {path: data for path, data in found.items() if path.suffix not in unpack}
    for suffix, opened in unpack.items():
        twins = {path: opened(data) for path, data in found.items() if path.suffix == suffix}
        assert {path.with_name(path.name.removesuffix(suffix)): data for path, data in twins.items()} == plain


def test_a_group_whose_hello_would_not_fit_is_refused_before_a_file_is_written(drawn, settings):
    """Every hello has one size, so what is longer has nowhere to go."""
    make_keys(drawn, settings)
    Stratum.objects.filter(round=drawn).update(merge=[f"{'long/' * 20}{at}" for at in range(40)])
    with pytest.raises(Refused, match="FIELD-117"):
        freeze_round(by="siti", round=drawn)
    assert not (settings.CLIENT_DIR / "index.html").exists()
