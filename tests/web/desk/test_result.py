"""The leader's page: the released result and what follows from it."""

from datetime import UTC, datetime

import pytest

from bening.web.action.models import Recommendation
from bening.web.estimate.models import Run
from bening.web.publish.models import Release
from bening.web.registry.models import Institution
from bening.web.ui.templatetags.numbers import number
from tests.web.desk.test_lists import texts

NOW = datetime(2025, 9, 3, tzinfo=UTC)


@pytest.fixture
def publish(round_, site):
    """A release of the round, public or only prepared."""

    def made(*, released, **changes):
        run = Run.objects.create(
            round=round_, method_id="m", method_label={}, digests={}, seed="s", created=NOW
        )
        pages = [
            page | changes if page["code"] == "lampung-selatan" else page for page in site["institutions"]
        ]
        return Release.objects.create(
            round=round_, run=run, body={**site, "institutions": pages}, digest="b" * 64, prepared=NOW,
            by="ratna", released=NOW if released else None, sums="c" * 64 if released else "",
        )  # fmt: skip

    return made


def own(site):
    return next(page for page in site["institutions"] if page["code"] == "lampung-selatan")


def test_a_prepared_result_is_not_shown(page_of, publish, site):
    publish(released=False)
    page = page_of("agus")
    assert "The result has not been released yet" in page
    assert number(own(site)["index"]["value"]) not in page


def test_a_newer_draft_does_not_hide_the_released_result(page_of, publish):
    publish(released=True)
    publish(released=False, name="Rancangan Rahasia")
    page = page_of("agus")
    assert "Most likely between" in page
    assert "Rancangan Rahasia" not in page


def test_the_released_result_stands_with_its_interval_and_one_button(page_of, publish, site, settings):
    publish(released=True)
    page, cell = page_of("agus"), own(site)["index"]
    assert f"Kabupaten Lampung Selatan: {cell['value']}" in texts(page)
    assert f"Most likely between {cell['lower']} and {cell['upper']}." in page
    assert page.count('class="button"') == 1
    assert f"{settings.ORIGIN_RELEASE}/en/institutions/lampung-selatan.html" in page
    assert f'"{settings.ORIGIN_RELEASE}/institutions/lampung-selatan.html"' in page_of("agus", "id")


def test_recommendations_follow_in_the_page_s_language(page_of, publish, round_):
    publish(released=True)
    assert "Recommendations have not been issued yet" in page_of("agus")
    places = {code: Institution.objects.get(code=code) for code in ("lampung-selatan", "metro")}
    for code, text in (("lampung-selatan", "Do this."), ("metro", "Do that.")):
        Recommendation.objects.create(
            round=round_, institution=places[code], dimension="procurement", text_id="Lakukan ini.",
            text_en=text, issued_by="ratna",
        )  # fmt: skip
    page = page_of("agus")
    assert "Do this." in page
    assert "Do that." not in page
    assert "Lakukan ini." in page_of("agus", "id")


def test_a_result_that_is_not_shown_has_no_number_and_a_reason(page_of, publish, site):
    index = own(site)["index"]
    blank = {**index, "shown": False, "value": None, "lower": None, "upper": None}
    publish(
        released=True, index=blank, status="security", class_code="",
        status_name={"id": "Alasan keamanan", "en": "Security reasons"}, reason={"id": "", "en": ""},
    )  # fmt: skip
    page = page_of("agus")
    assert "Kabupaten Lampung Selatan: security reasons" in page
    assert number(index["value"]) not in page


def test_nobody_else_sees_the_leader_s_page(page_of, publish, full):
    publish(released=True)
    for username in ("dewi", "rina", "siti", "wayan"):
        assert "What these numbers can and cannot say" not in page_of(username)
