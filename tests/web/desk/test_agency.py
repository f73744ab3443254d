"""The agency's page: where the round stands and what waits for a decision."""

from datetime import UTC, date, datetime

import pytest

from bening.core.kinds import Group
from bening.web.desk.agency import STAGES, endings, title
from bening.web.estimate.models import Run
from bening.web.publish.models import Approval, Release
from bening.web.quality.models import Status
from bening.web.registry.models import Institution, Participant
from bening.web.registry.steps import open_round, record
from tests.web.desk.test_lists import texts

AFTER = datetime(2025, 9, 3, tzinfo=UTC)


@pytest.fixture
def later(settings):
    """The closing day has passed."""
    settings.NOW = lambda: AFTER


def reach(round_, stage):
    """Everything up to and with this stage is on record."""
    verbs = [verb for verb, *_ in STAGES]
    for verb in verbs[: verbs.index(stage) + 1]:
        record(by="siti", verb=verb, on=round_.code)


def test_every_stage_has_its_own_sentence(round_):
    seen = [title(round_, endings(round_))]
    for verb, *_ in STAGES:
        record(by="siti", verb=verb, on=round_.code)
        seen.append(title(round_, endings(round_)))
    assert len(set(seen)) == len(STAGES) + 1


def test_another_round_s_record_moves_nothing(round_):
    words = dict.fromkeys(("name", "agency", "agency_short", "survey", "sender", "hotline"), "x")
    open_round(
        by="siti", code="lampung-2025-b", edition="2025", profile="equal-thirds", opens=date(2024, 8, 1),
        closes=date(2024, 8, 2), reference=date(2024, 8, 1), words=words,
    )  # fmt: skip
    record(by="siti", verb="release", on="lampung-2025-b")
    assert "release" not in endings(round_)


def test_lists_that_are_late_wait(page_of, full):
    page = texts(page_of("siti"))
    assert "The lists are coming in" in page
    assert "1 institution has not handed over all its lists." in page
    assert "Kabupaten Lampung Selatan 1,208 13 5 1 2 frozen" in page
    assert "Kota Metro – – – 0 0 missing: staff, users of services, experts" in page


def test_a_past_closing_day_waits_until_the_round_is_closed(page_of, round_, later):
    reach(round_, "freeze_round")
    assert "The closing day has passed: the round can be closed." in page_of("siti")
    reach(round_, "close_round")
    assert "Nothing waits for you" in page_of("siti")


def test_a_prepared_release_waits_for_two_signatures_on_this_very_body(page_of, round_):
    run = Run.objects.create(
        round=round_, method_id="m", method_label={}, digests={}, seed="s", created=AFTER
    )
    made = Release.objects.create(round=round_, run=run, body={}, digest="b" * 64, prepared=AFTER, by="ratna")
    Approval.objects.create(release=made, by="siti", at=AFTER, digest="b" * 64)
    Approval.objects.create(release=made, by="budi", at=AFTER, digest="a" * 64)  # of an earlier body
    assert "A release is prepared: 1 of 2 signatures." in page_of("siti")


def test_once_released_one_button_leads_to_the_result(page_of, round_, later):
    reach(round_, "release")
    page = page_of("siti")
    assert "The results are public since 3 September 2025" in page
    assert page.count("3 Sep 2025") == len(STAGES)  # each stage with its day
    assert page.count('class="button"') == 1


def test_a_result_that_is_not_shown_carries_its_reason(page_of, round_):
    Status.objects.create(
        round=round_, institution=Institution.objects.get(code="metro"), code="security", by="siti",
        second="budi", reason_id="Alasan.", reason_en="For a reason.",
    )  # fmt: skip
    page = texts(page_of("ratna"))
    assert "Kota Metro : Security reasons. For a reason." in page


def test_the_agency_sees_counts_and_no_person(client, page_of, full, hand_over):
    hand_over(Group.INTERNAL, {"rsud": (3, 0, 0)}, institution="metro")
    page = page_of("siti")
    assert "internalmetro1" not in page  # a reference
    assert "Dinas Kesehatan" not in page  # units are for their own institution


def test_what_to_do_next_follows_the_round(page_of, round_, full):
    """Each thing stands with the page where it is done, and goes when it is done."""
    assert 'href="/daftar"' in page_of("siti")
    assert "The seed is committed" not in texts(page_of("siti"))
    assert "plan the sample" not in texts(page_of("ratna"))
    record(by="siti", verb="freeze_frame", on=round_.code)
    assert "The lists are frozen: plan the sample and fix it." in texts(page_of("ratna"))
    record(by="ratna", verb="commit_seed", on=round_.code)
    assert 'href="/sampel/undian"' in page_of("siti")
    assert "plan the sample" not in texts(page_of("ratna"))
    record(by="siti", verb="draw_sample", on=round_.code)
    assert "/sampel/undian" not in page_of("siti")
    assert "draw the sample again" not in texts(page_of("wayan"))
    record(by="siti", verb="freeze_round", on=round_.code)
    assert 'href="/sampel/ulang"' in page_of("wayan")


def test_an_inspectorate_sees_what_its_own_institution_owes(page_of, round_, full):
    """Kota Metro has handed over nothing; the regency everything."""
    assert "3 lists are not handed over yet." in texts(page_of("mira"))
    assert "not handed over" not in texts(page_of("dewi"))


def test_before_the_first_round_the_officer_alone_is_shown_how_to_begin(page_of, round_):
    Participant.objects.all().delete()
    assert "Enter the institutions of this round." in texts(page_of("siti"))
