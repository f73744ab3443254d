"""Once the survey is open it needs no signal until the answers go out; then it waits for one."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_without_a_signal_from_the_welcome_on_nothing_is_lost_and_the_review_comes_by_itself(
    page, survey, walk
):
    page.goto(survey.link)
    page.get_by_role("button", name="Mulai").wait_for()
    page.context.set_offline(True)
    walk.begin()
    while page.get_by_role("heading", name="Belum bisa dilanjutkan").count() == 0:
        step = page.locator("h1").inner_text()
        for group in page.locator("fieldset").all():
            if group.is_visible():
                group.locator(".option").first.click()
        walk.press("Lanjut")
        page.wait_for_function("old => document.querySelector('h1').innerText !== old", arg=step)
    page.get_by_role("alert").filter(has_text="Tersimpan di HP ini").wait_for()
    assert walk.settled()["drafts"]
    page.context.set_offline(False)
    page.get_by_role("heading", name="Periksa jawaban Anda").wait_for()
    walk.send()
    assert len(survey.opened()) == 1


def test_a_signal_that_goes_before_sending_only_delays_it(page, survey, walk):
    page.goto(survey.link)
    walk.begin()
    walk.to_review()
    page.context.set_offline(True)
    page.get_by_role("button", name="Kirim jawaban").click()
    page.locator("main").get_by_text("Tersimpan di HP ini").wait_for()
    page.context.set_offline(False)
    walk.arrived()
    assert len(survey.opened()) == 1


def test_a_link_opened_without_a_signal_opens_when_it_is_back(page, survey):
    page.route("**/g/hello", lambda route: route.abort())
    page.goto(survey.link)
    page.get_by_role("alert").filter(has_text="Tidak ada sinyal").wait_for()
    page.unroute("**/g/hello")
    page.evaluate("dispatchEvent(new Event('online'))")
    page.get_by_role("button", name="Mulai").wait_for()
