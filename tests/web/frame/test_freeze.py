"""The frozen frame: the newest accepted lists, compared with one another, and nothing after it."""

import pytest
from django.conf import settings

from bening.core.kinds import ContactKind, Group, Verdict
from bening.core.problems import Refused
from bening.web.frame.models import Contact, ContactPoint, Fault, Handover, Roster
from bening.web.frame.steps import (
    accept,
    eligible,
    freeze_frame,
    load_roster,
    missing_lists,
    points,
    purge,
    reach,
)
from bening.web.registry.models import Audit, Institution


def freeze(round_) -> str:
    """Freeze now."""
    return freeze_frame(by="siti", round=round_, now=settings.NOW())


@pytest.fixture
def accepted(load, good):
    """All three lists of the first institution, accepted; users handed over before staff."""
    for group in (Group.EXTERNAL, Group.EXPERT, Group.INTERNAL):
        accept(by="siti", roster=load(group, good(group)))


def test_the_newest_accepted_version_is_frozen(load, good, round_):
    first = load(Group.INTERNAL, good(Group.INTERNAL))
    second = load(Group.INTERNAL, good(Group.INTERNAL)[:3])
    third = load(Group.INTERNAL, good(Group.INTERNAL)[:2])
    for roster in (first, second):
        accept(by="siti", roster=roster)
    freeze(round_)
    states = dict(Roster.objects.values_list("version", "state"))
    assert states == {1: "accepted", 2: "frozen", 3: "submitted"}
    assert len(eligible(round=round_)) == 3
    assert third.contacts.count() == 2


def test_freezing_again_changes_nothing(accepted, round_):
    digest = freeze(round_)
    before = Audit.objects.count()
    assert freeze(round_) == digest
    assert Audit.objects.count() == before


def test_the_digest_is_that_of_the_eligible_people(accepted, round_):
    digest = freeze(round_)
    Contact.objects.filter(roster__group="internal", row=2).update(
        verdict="undecided", unknown=["tenure_unit"]
    )
    assert freeze(round_) != digest


def test_nothing_is_loaded_into_a_frozen_round(accepted, round_, make, good):
    freeze(round_)
    with pytest.raises(Refused, match="FRAME-176"):
        load_roster(
            by="dewi", round=round_, institution=Institution.objects.get(code="kab-y"), group=Group.INTERNAL,
            data=make(Group.INTERNAL, good(Group.INTERNAL), "kab-y"), name="a.xlsx", now=settings.NOW(),
        )  # fmt: skip


def test_users_handed_over_before_the_staff_list_are_decided_at_freezing(load, good, round_):
    users = good(Group.EXTERNAL)
    users[0]["telepon"] = good(Group.INTERNAL)[0]["telepon"]
    users[1]["tanggal_layanan"] = ""
    for group, rows in ((Group.EXTERNAL, users), (Group.INTERNAL, good(Group.INTERNAL))):
        accept(by="siti", roster=load(group, rows))
    freeze(round_)
    external = Contact.objects.filter(roster__group="external").order_by("row")
    assert [(c.verdict, c.failed, c.unknown) for c in external] == [
        (Verdict.INELIGIBLE, ["not_staff"], []),
        (Verdict.UNDECIDED, [], ["recent_contact"]),
        (Verdict.ELIGIBLE, [], []),
    ]


def test_without_a_staff_list_users_stay_undecided(load, good, round_):
    accept(by="siti", roster=load(Group.EXTERNAL, good(Group.EXTERNAL)))
    freeze(round_)
    assert eligible(round=round_) == []


def test_staff_of_two_institutions_are_marked(load, good, round_):
    for code in ("kab-x", "kab-y"):
        accept(by="siti", roster=load(Group.INTERNAL, good(Group.INTERNAL)[:1], code))
    freeze(round_)
    (fault,) = Fault.objects.filter(code="FRAME-152")
    assert fault.roster.institution.code == "kab-y"


def test_missing_lists_are_named(accepted, round_):
    found = [(p.code, p.words["institution"], p.words["group"]) for p in missing_lists(round=round_)]
    assert found == [("FRAME-173", "Kabupaten Y", group) for group in ("internal", "external", "expert")]


def test_the_draw_gets_references_and_places_and_no_name(accepted, round_):
    freeze(round_)
    rows = eligible(round=round_)
    assert [row.ref for row in rows] == sorted(row.ref for row in rows)
    assert {(r.institution.code, r.group, r.unit and r.unit.code, r.category) for r in rows} == {
        ("kab-x", Group.INTERNAL, "dinkes", "tenaga_kesehatan"),
        ("kab-x", Group.EXTERNAL, "dinkes", "pengguna"),
        ("kab-x", Group.EXPERT, None, "bpk"),
    }
    assert len(rows) == 8


def test_contact_points_are_opened_one_by_one(accepted, round_):
    freeze(round_)
    refs = [row.ref for row in eligible(round=round_) if row.group == Group.INTERNAL]
    phones, mails = (points(refs=refs, kind=kind) for kind in (ContactKind.PHONE, ContactKind.EMAIL))
    assert set(phones) == set(mails) == set(refs)
    assert sorted(reach(points=phones.values()).values())[0] == "+6281200000001"
    assert sorted(reach(points=list(mails.values())[:1]).values())[0].endswith("@contoh.id")
    assert reach(points=[]) == {}


def test_a_purge_leaves_versions_and_counts_only(accepted, round_):
    freeze(round_)
    counts = purge(by="siti", round=round_)
    people = {"points": 12, "contacts": 8, "faults": 0, "questions": 0, "handovers": 3}
    assert counts == people | {"pieces": 0, "uploads": 0}
    assert [table.objects.count() for table in (Contact, ContactPoint, Fault, Handover)] == [0, 0, 0, 0]
    assert set(Roster.objects.values_list("accepted", flat=True)) == {4, 3, 1}
    assert Audit.objects.latest("id").detail == counts
