"""The help desk opens the way again: once a person, two in a hundred, counted, and learns nothing."""

import io
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import connections

from bening.core.problems import Refused
from bening.crypto import invites
from bening.crypto.quota import limit
from bening.web.fieldwork.gate import steps as gate
from bening.web.fieldwork.gate.models import Invite, Right
from bening.web.fieldwork.models import CheckCode, Delivery, Plea
from bening.web.fieldwork.steps import desk
from bening.web.fieldwork.steps.close import close_round
from bening.web.fieldwork.steps.reissue import serve_pleas
from bening.web.frame.models import Contact, ContactPoint
from bening.web.outreach.models import Suppression
from bening.web.registry.models import Audit
from tests.web.small import phone

pytestmark = pytest.mark.django_db(databases=["default", "gate"])
FIRST, SECOND = b"\1" * 256, b"\2" * 256


def persons(round_):
    """Invited people: reference and right."""
    return list(
        Delivery.objects.filter(wave__round=round_).order_by("id").values_list("contact_ref", "right")
    )


def use(right, blinded=FIRST):
    """The phone of this right spends it."""
    return gate.issue(right=Right.objects.get(pk=right), blinded=blinded)


def door(right, secret=b"s" * 16):
    """A way in, as a message brings it."""
    hmac = invites.invite_hmac(gate.settings.SECRET("pepper"), secret)
    gate.open_doors(invites=[(hmac, right)])
    return secret


def plead(round_, ref, kind="again", means="message"):
    return desk.plead(
        by="siti", round=round_, ref=ref, kind=kind, means=means, now=gate.settings.NOW().date()
    )


def serve(round_, ref, **words):
    """Asked by the desk and done by the worker."""
    plea, typed = plead(round_, ref, **words)
    serve_pleas(now=gate.settings.NOW())
    plea.refresh_from_db()
    return plea, typed


def test_a_used_right_can_be_used_once_more_and_the_old_ways_are_closed(invited):
    ref, right = persons(invited)[0]
    old = door(right)
    assert use(right)
    assert not use(right, SECOND)
    plea, typed = serve(invited, ref, means="code")
    assert plea.state == "done"
    assert plea.secret is None
    assert gate.find(old) is None
    secret = invites.read_typed_code(typed)
    assert gate.find(secret).id == right
    assert use(right, SECOND)
    assert not use(right, b"\3" * 256)


def test_it_is_possible_once(invited):
    ref, right = persons(invited)[0]
    use(right)
    serve(invited, ref)
    with pytest.raises(Refused, match="FIELD-150"):
        plead(invited, ref)
    use(right, SECOND)
    assert gate.reissue(right_id=right) == "once"
    assert Right.objects.get(pk=right).issued is not None


def test_the_share_of_a_stratum_is_the_signers_and_no_more(invited):
    people = persons(invited)
    kid = Right.objects.get(pk=people[0][1]).kid
    entry = gate.shown().manifest.entries[gate.shown().index[kid]]
    assert gate.share(kid) == limit(entry.sampled) - entry.sampled == max(1, entry.sampled // 50)
    for _, right in people:
        use(right)
    done = [gate.reissue(right_id=right) for _, right in people]
    assert done.count("done") == gate.share(kid)
    assert set(done) == {"done", "full"}


def test_the_desk_gets_the_same_answer_whether_a_right_was_used_or_not(invited):
    (used, right), (unused, other) = persons(invited)[:2]
    use(right)
    said = [serve(invited, unused)[0], serve(invited, used)[0]]
    assert {(plea.state, plea.reason) for plea in said} == {("done", "")}
    assert not Right.objects.get(pk=other).reissued  # nothing was given back, so nothing is counted


def test_what_is_refused_says_why_and_says_it_of_everybody(invited):
    people = persons(invited)
    for _, right in people[:-1]:
        use(right)
    for _, right in people[: gate.share(Right.objects.get(pk=people[0][1]).kid)]:
        gate.reissue(right_id=right)
    for ref in (people[-2][0], people[-1][0]):  # one that was used, one that was not
        assert (serve(invited, ref)[0].state, Plea.objects.latest("id").reason) == ("refused", "FIELD-153")


@pytest.mark.django_db(databases=["default", "gate"], transaction=True)
def test_of_two_desks_at_once_one_gets_the_last_share(invited):
    people = persons(invited)
    for _, right in people:
        use(right)
    rights = [right for _, right in people]
    free = gate.share(Right.objects.get(pk=rights[0]).kid)

    def ask(right):
        try:
            return gate.reissue(right_id=right)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(ask, [*rights[:8], *rights[:8]]))
    assert said.count("done") == free == Right.objects.filter(reissued=True).count()


def test_what_was_killed_half_way_is_done_again(invited):
    """The gate had committed, the hall had not."""
    ref, right = persons(invited)[0]
    use(right)
    plea, typed = plead(invited, ref, means="code")
    secret = invites.read_typed_code(typed)
    assert gate.reissue(right_id=right, door=door_of(secret)) == "done"
    use(right, SECOND)  # the person was faster than the second run
    serve_pleas(now=gate.settings.NOW())
    plea.refresh_from_db()
    assert plea.state == "done"
    assert not use(right, FIRST)


def door_of(secret):
    return invites.invite_hmac(gate.settings.SECRET("pepper"), secret)


def test_a_new_message_waits_in_a_wave_of_its_own(invited):
    ref, right = persons(invited)[0]
    serve(invited, ref, kind="link")
    serve(invited, ref, kind="link")
    mine = Delivery.objects.filter(contact_ref=ref).order_by("id")
    assert list(mine.values_list("wave__step", "step", "state")) == [
        ("invite", "invite", "queued"),
        ("desk-1", "invite", "queued"),
        ("desk-2", "invite", "queued"),
    ]
    assert set(mine.values_list("right", flat=True)) == {right}


def test_three_helps_are_enough(invited):
    ref, _ = persons(invited)[0]
    for _ in range(3):
        serve(invited, ref, kind="link", means="code")
    with pytest.raises(Refused, match="FIELD-151"):
        plead(invited, ref, kind="link")


def test_a_right_that_is_void_opens_nothing_and_nobody_writes_again(invited):
    ref, right = persons(invited)[0]
    secret = door(right)
    serve(invited, ref, kind="void")
    assert gate.find(secret) is None
    assert not Invite.objects.filter(right=right).exists()
    assert not use(right)
    stopped = {bytes(row.index) for row in Suppression.objects.all()}
    assert stopped == {bytes(p.index) for p in ContactPoint.objects.filter(contact__ref=ref)}
    assert gate.reissue(right_id=right) == "unknown"


def test_the_counts_are_public_and_fit_the_signers_book(invited, settings, tmp_path):
    """What was signed twice counts twice, or an answer would be counted that nobody was issued."""
    settings.DATA_DIR = tmp_path
    ref, right = persons(invited)[0]
    use(right)
    serve(invited, ref)
    use(right, SECOND)
    counts = json.loads(close_round(by="siti", round=invited).read_text())["labels"]
    (row,) = counts.values()
    assert (row["issued"], row["reissued"]) == (2, 1)
    assert row["issued"] <= row["sampled"] + row["reissued"]


def test_the_trail_says_the_day_and_nobodys_name_or_right(invited):
    ref, right = persons(invited)[0]
    desk.find(by="siti", round=invited, typed="0812")
    serve(invited, ref)
    rows = Audit.objects.filter(verb__startswith="desk_")
    assert {row.verb for row in rows} == {"desk_look", "desk_ask", "desk_answer"}
    for row in rows:
        assert (row.at.hour, row.at.minute, row.at.second, row.at.microsecond) == (0, 0, 0, 0)
        assert not any(word in json.dumps([row.on, row.detail]) for word in (ref, right))


def test_somebody_is_found_by_check_code_and_by_number(invited, settings):
    row = CheckCode.objects.filter(round=invited).earliest("id")
    code = invites.check_code(settings.SECRET("check"), row.contact_ref, invited.code, row.counter)
    found = desk.find(by="siti", round=invited, typed=code)
    assert found.ref == row.contact_ref
    assert len(found.ending) == 2
    phone(Contact.objects.get(ref=found.ref), "+6281234567890").save()
    assert desk.find(by="siti", round=invited, typed="0812-3456-7890").ref == found.ref
    assert desk.find(by="siti", round=invited, typed="K7Q2-9XMA") is None
    uninvited = Contact.objects.exclude(ref__in=[ref for ref, _ in persons(invited)]).earliest("id")
    phone(uninvited, "+6281234567891").save()
    assert desk.find(by="siti", round=invited, typed="081234567891") is None


def test_the_command_goes_the_whole_way(invited, settings):
    row = CheckCode.objects.filter(round=invited).earliest("id")
    code = invites.check_code(settings.SECRET("check"), row.contact_ref, invited.code, row.counter)
    said = io.StringIO()
    call_command(
        "reissue",
        invited.code,
        "--code",
        code,
        "--by",
        "siti",
        "--kind",
        "link",
        "--means",
        "code",
        stdout=said,
    )
    typed = said.getvalue().split()[-1]
    assert gate.find(invites.read_typed_code(typed)).id == dict(persons(invited))[row.contact_ref]
    with pytest.raises(Refused, match="FIELD-152"):
        call_command("reissue", invited.code, "--code", "K7Q2-9XMA", "--by", "siti")
