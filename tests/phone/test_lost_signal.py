"""Servers down, pages closed, taps repeated: nothing is lost and nothing is counted twice."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def bodies(survey, path):
    """What was posted to one address."""
    return [body for at, body in survey.requests if at == path]


def at_review(page, survey, walk):
    """A filled questionnaire, ready to send."""
    page.goto(survey.link)
    walk.begin()
    walk.to_review()


def test_a_gate_that_is_down_is_asked_again_with_the_same_bytes(page, survey, walk):
    at_review(page, survey, walk)
    survey.refuse["/g/issue"] = [(503, "try_later")]
    page.get_by_role("button", name="Kirim jawaban").click()
    page.locator("main").get_by_text("Tersimpan di HP ini").wait_for()
    walk.arrived()
    first, second = bodies(survey, "/g/issue")
    assert first == second
    assert len(survey.ballots) == 1


def test_a_page_closed_before_the_signature_goes_on_with_the_same_blinded_value(page, survey, walk):
    at_review(page, survey, walk)
    survey.refuse["/g/issue"] = [(503, "try_later")]
    page.get_by_role("button", name="Kirim jawaban").click()
    page.locator("main").get_by_text("Tersimpan di HP ini").wait_for()
    page.goto("about:blank")
    page.goto(survey.link)
    walk.arrived()
    assert len(set(bodies(survey, "/g/issue"))) == 1
    ((_, record),) = survey.opened()
    assert walk.code() == record.code


def test_a_page_closed_before_the_box_answered_posts_the_same_ballot(page, survey, walk):
    at_review(page, survey, walk)
    survey.lose_replies = 1  # the box stores, its answer never arrives
    page.get_by_role("button", name="Kirim jawaban").click()
    page.locator("main").get_by_text("Tersimpan di HP ini").wait_for()
    page.goto("about:blank")
    page.goto(survey.link)
    walk.arrived()
    first, second = bodies(survey, "/b/ballot")
    assert first[:-64] == second[:-64]
    assert first[-64:] != second[-64:]  # ECDSA is random, so only the hash can tell repeats
    assert len(survey.ballots) == 1
    assert len(bodies(survey, "/g/issue")) == 1


def test_two_taps_send_one_answer(page, survey, walk):
    at_review(page, survey, walk)
    page.get_by_role("button", name="Kirim jawaban").evaluate("button => { button.click(); button.click(); }")
    page.get_by_role("heading", name="Belum bisa dilanjutkan").or_(
        page.get_by_role("heading", name="Jawaban terkirim")
    ).first.wait_for()
    page.goto("about:blank")
    page.goto(survey.link)
    walk.arrived()
    assert len(set(bodies(survey, "/g/issue"))) == 1
    assert len({body[36:133] for body in bodies(survey, "/b/ballot")}) == 1


def test_a_reload_finds_the_answers_again(page, survey, walk):
    page.goto(survey.link)
    walk.begin()
    page.get_by_label("1 kali", exact=True).check()
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_label("Memberi", exact=True).check()
    walk.settled()
    page.reload()
    page.get_by_role("button", name="Lanjutkan jawaban Anda").click()
    assert page.get_by_label("Memberi", exact=True).is_checked()
    page.get_by_role("button", name="Kembali").click()
    page.get_by_role("heading", name="1 dari").wait_for()
    assert page.get_by_label("1 kali", exact=True).is_checked()


def test_a_link_opened_before_works_while_the_gate_is_away(page, survey, walk):
    page.goto(survey.link)
    walk.begin()
    walk.settled()
    page.goto("about:blank")
    survey.refuse["/g/hello"] = [(503, "try_later")]
    page.goto(survey.link)
    page.get_by_role("button", name="Lanjutkan jawaban Anda").wait_for()


def test_a_reminders_link_finds_the_same_right(page, survey, walk):
    at_review(page, survey, walk)
    walk.send()
    survey.secrets.append(bytes(16))
    page.goto("about:blank")
    page.goto(survey.link_with(bytes(16)))
    walk.arrived()
