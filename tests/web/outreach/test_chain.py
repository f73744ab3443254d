"""Heads are invited, acknowledge and pass it on; coverage follows; nobody learns or keeps more than that."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from bening.core.kinds import Reached, Tier
from bening.core.problems import Refused
from bening.web.outreach import steps
from bening.web.outreach.models import Head, Link, Reading, Relay
from bening.web.outreach.steps.chase import send_invitations
from bening.web.outreach.steps.links import digest_of
from bening.web.registry.models import Audit, Unit
from tests.web.outreach.conftest import HOME, MONDAY

pytestmark = pytest.mark.django_db
TODAY = date(2025, 7, 21)


def told(head, briefed, day=TODAY, means="meeting"):
    steps.acknowledge(head=head, now=MONDAY)
    return steps.pass_on(head=head, day=day, means=means, briefed=briefed, now=MONDAY)


def test_a_level_is_invited_as_a_whole_and_only_the_digest_of_a_link_is_kept(round_, home, clock):
    made = steps.invite_heads(by="dewi", round=round_, institution=home, tier=Tier.UNIT, now=MONDAY)
    assert {one.head.unit.code for one in made} == {"dinkes", "disdik"}
    assert {one.head.invited for one in made} == {TODAY}
    for one in made:
        assert len(one.token) == 22
        assert Link.objects.get(head=one.head).digest == digest_of(one.token)
        assert steps.find_link(one.token).head == one.head
    assert Audit.objects.filter(verb="invite_heads").get().detail == {"heads": 2}
    kept = [str(row) for model in (Link, Head, Audit) for row in model.objects.values_list()]
    assert [row for row in kept for one in made if one.token in row] == []


def test_a_new_link_leaves_the_sheet_on_the_wall_alive_and_keeps_the_first_day(invite):
    first, second = invite("sd-1"), invite("sd-1", MONDAY + timedelta(days=2))
    assert steps.find_link(first.token).head == steps.find_link(second.token).head
    assert Head.objects.get(pk=first.head.pk).invited == TODAY
    assert first.head.tier == Tier.SECTION


def test_links_open_nothing_once_the_round_is_over(invite, clock):
    one = invite("dinkes")
    clock(MONDAY + timedelta(days=60))
    assert steps.find_link(one.token) is None
    assert steps.find_link("AAAAAAAAAAAAAAAAAAAAAA") is None


def test_whoever_is_not_in_the_chain_is_not_invited(round_, home, post):
    with pytest.raises(Refused, match="OUTREACH-104"):
        steps.invite_office(by="dewi", round=round_, institution=home, post=post("pasar"), now=MONDAY)


def test_acknowledging_is_kept_as_a_day_and_once(invite):
    head = invite("dinkes").head
    steps.acknowledge(head=head, now=MONDAY)
    steps.acknowledge(head=head, now=MONDAY + timedelta(days=4))
    assert Head.objects.get(pk=head.pk).acknowledged == TODAY
    assert Audit.objects.filter(verb="acknowledge").count() == 1


def test_a_head_acknowledges_before_passing_on_and_says_to_how_many(invite):
    head = invite("disdik").head
    with pytest.raises(Refused, match="OUTREACH-105"):
        steps.pass_on(head=head, day=TODAY, means="meeting", briefed={"guru": 3}, now=MONDAY)
    steps.acknowledge(head=head, now=MONDAY)
    with pytest.raises(Refused, match="OUTREACH-107"):
        steps.pass_on(head=head, day=TODAY, means="meeting", briefed={"guru": 0, "siapa": 4}, now=MONDAY)
    one = told(head, {"guru": 20})
    assert told(head, {"guru": 20}) == one
    assert steps.take_back(head=head, relay=one.pk)
    assert not Relay.objects.exists()


def test_a_report_is_taken_back_by_its_own_head_alone(invite):
    one = told(invite("disdik").head, {"guru": 20})
    assert not steps.take_back(head=invite("dinkes").head, relay=one.pk)
    assert Relay.objects.get() == one


def test_coverage_follows_what_heads_say_teachers_visible(staff, places, invite):
    before = steps.coverage(places())
    assert before.whole == Reached(100, 0)
    assert before.below == 0
    assert before.teachers == Reached(50, 0)
    told(invite("sd-1").head, {"guru": 20})  # a school inside the education office
    told(invite("disdik").head, {"administrasi": 10, "guru": 5})
    after = steps.coverage(places())
    assert after.teachers == Reached(50, 25)
    assert after.whole == Reached(100, 35)
    assert after.below == 1
    assert after.levels[Tier.SECTION] == (1, 2)
    assert not after.beyond


def test_more_told_than_listed_counts_as_all_and_is_flagged(staff, places, invite):
    told(invite("dinkes").head, {"administrasi": 40})
    found = steps.coverage(places())
    assert found.places[str(invite("dinkes").head.unit_id)] == Reached(10, 10)
    assert found.beyond == {str(invite("dinkes").head.unit_id)}


def test_the_chain_is_whole_only_with_every_head_in_it(staff, places, invite, round_, home):
    for code in ("disdik", "sd-1"):
        steps.acknowledge(head=invite(code).head, now=MONDAY)
    assert steps.coverage(places()).chain == Reached(100, 0)
    leaders = steps.invite_heads(
        by="siti", round=round_, institution=home, tier=Tier.INSPECTORATE, now=MONDAY
    )
    steps.acknowledge(head=leaders[0].head, now=MONDAY)
    assert steps.coverage(places()).chain == Reached(100, 60)
    assert steps.coverage(places()).chains["guru"] == Reached(50, 50)


@pytest.fixture
def notice(round_, home, clock):
    unit = Unit.objects.get(institution=home, code="sd-1")
    return steps.find_link(steps.post_notice(by="dewi", round=round_, unit=unit, now=MONDAY))


def test_i_have_read_it_is_a_plain_counter_by_unit_category_and_day(notice, staff, places):
    for _ in range(3):
        assert steps.read_notice(link=notice, category="guru", now=MONDAY)
    row = Reading.objects.get()
    assert (row.unit.code, row.category, row.day, row.count) == ("sd-1", "guru", TODAY, 3)
    assert {field.name for field in Reading._meta.fields} == {
        "id",
        "round",
        "unit",
        "category",
        "day",
        "count",
    }
    assert steps.coverage(places()).read_by_category == {"guru": 3}
    assert steps.coverage(places()).whole.covered == 0  # it is no briefing
    assert not Audit.objects.filter(verb__contains="read").exists()


def test_the_counter_stops_at_as_many_a_day_as_are_listed(notice, staff):
    counted = [steps.read_notice(link=notice, category="guru", now=MONDAY) for _ in range(60)]
    assert sum(counted) == 50
    assert steps.read_notice(link=notice, category="guru", now=MONDAY + timedelta(days=1))
    assert sum(steps.read_notice(link=notice, category="teknis", now=MONDAY) for _ in range(30)) == 20


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("head_of_a_unit_or_of_all", {"tier": Tier.UNIT}),
        ("head_once", {"tier": Tier.LEADER}),
    ],
)
def test_the_database_refuses_a_head_that_cannot_be(round_, home, name, change):
    Head.objects.create(round=round_, institution=home, tier=Tier.LEADER)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Head.objects.create(round=round_, institution=home, **change)


def test_a_link_opens_exactly_one_page(round_):
    with pytest.raises(IntegrityError, match="link_opens_one_page"), transaction.atomic():
        Link.objects.create(round=round_, digest="x" * 64, made=TODAY)


def test_the_address_of_an_office_is_kept_encrypted(round_, home, post):
    head = steps.enter_address(by="dewi", round=round_, institution=home, post=post("dinkes"), email="a@b.id")
    again = steps.enter_address(
        by="dewi", round=round_, institution=home, post=post("dinkes"), email="a@b.id"
    )
    assert b"a@b.id" not in bytes(Head.objects.get(pk=head.pk).email)
    assert steps.address_of(Head.objects.get(pk=again.pk)) == "a@b.id"
    assert Audit.objects.filter(verb="enter_address").count() == 1
    assert "a@b.id" not in str(list(Audit.objects.values_list()))


def test_without_a_mail_server_nothing_is_sent_and_the_office_has_to_be_called(invite, settings):
    settings.EMAIL_URL = ""
    one = invite("dinkes")
    assert send_invitations(invited=[one]) == 0
    assert Head.objects.get(pk=one.head.pk).unsent


def test_another_institution_has_its_own_chain(round_, home, clock):
    steps.invite_heads(by="dewi", round=round_, institution=home, tier=Tier.UNIT, now=MONDAY)
    assert set(Head.objects.values_list("institution__code", flat=True)) == {HOME}


def test_after_the_round_addresses_and_links_go_and_the_record_stays(invite, round_, home, post, clock):
    steps.enter_address(by="dewi", round=round_, institution=home, post=post("dinkes"), email="a@b.id")
    one = invite("dinkes")
    steps.acknowledge(head=one.head, now=MONDAY)
    assert steps.purge_addresses(by="siti", round=round_) == {"addresses": 1, "links": 1}
    assert steps.purge_addresses(by="siti", round=round_) == {"addresses": 0, "links": 0}
    head = Head.objects.get(pk=one.head.pk)
    assert (head.email, head.acknowledged) == (None, TODAY)
    assert steps.find_link(one.token) is None
    assert Audit.objects.filter(verb="purge_addresses").count() == 1
