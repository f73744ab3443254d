"""A person taps the link, answers, sends, and changes her mind: real browser, real bytes."""

import re

import pytest

from bening.core.questionnaire import check

pytestmark = [pytest.mark.browser, pytest.mark.slow]
internal = pytest.mark.parametrize("survey", [{"group": "internal"}], indirect=True)


@internal
def test_an_interview_ends_with_a_receipt_and_one_ballot(page, survey, walk):
    page.goto(survey.link)
    walk.begin()
    walk.to_review(text="Antrean “cepat”.")
    walk.send()
    ((parts, record),) = survey.opened()
    assert walk.code() == record.code
    assert record.answers["gift"] == "never"
    assert "travel" not in record.answers or record.answers["role"] in ("budget", "both")
    assert record.texts == (("remark", "Antrean “cepat”."),)
    assert check(survey.instrument, record.answers, record.texts) == ()
    assert record.paradata["m"] == "phone"
    assert 1 <= parts.version <= 65535


def test_the_secret_leaves_the_address_bar_before_anything_else_happens(page, survey, walk):
    page.goto(survey.link)
    walk.begin()
    assert page.url == f"{survey.static.origin}/i"
    assert survey.link.split("#")[1] not in "".join(path for path, _ in survey.requests)


def test_every_request_has_one_size_and_nothing_is_sent_before_the_tap(page, survey, walk):
    page.goto(survey.link)
    walk.begin()
    walk.to_review()
    posts = [(path, len(body)) for path, body in survey.requests if body]
    assert posts == [("/g/hello", 512)]
    walk.send()
    posts = [(path, len(body)) for path, body in survey.requests if body]
    assert posts[1:] == [("/g/issue", 512), ("/b/ballot", 619 + 512 + 1024)]


def test_a_change_keeps_token_and_code_and_needs_no_second_right(page, survey, walk):
    page.goto(survey.link)
    walk.begin()
    walk.to_review(choice=0)  # no contact with the institution
    walk.send()
    first = walk.code()
    page.goto("about:blank")
    page.goto(survey.link)  # the receipt is there again, without any answer
    page.get_by_role("button", name="Ubah jawaban").click()
    walk.to_review(choice=1)
    walk.send()
    (old, _), (new, record) = survey.opened()
    assert walk.code() == first == record.code
    assert record.answers["contact"] == "once"
    assert record.answers["asked"] == "asked"
    assert new.token == old.token
    assert old.version < new.version <= old.version + 65535
    assert [path for path, _ in survey.requests].count("/g/issue") == 1


@internal
def test_answers_survive_a_change_of_language_and_the_way_back(page, survey, walk):
    page.goto(survey.link)
    walk.begin()
    page.get_by_label("Keduanya", exact=True).check()
    page.get_by_role("button", name="English").click()
    assert page.get_by_label("Both").is_checked()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("button", name="Next").click()
    page.get_by_role("heading", name="2 of 11").wait_for()
    page.go_back()
    page.get_by_role("heading", name="1 of 11").wait_for()
    assert page.get_by_label("Both").is_checked()
    page.get_by_role("button", name="Back").click()
    page.get_by_role("heading", name="You were chosen").wait_for()


@internal
def test_a_required_question_is_named_where_it_stands_and_at_the_top(page, survey, walk):
    page.goto(survey.link)
    walk.begin()
    page.get_by_role("button", name="Lanjut").click()
    summary = page.get_by_role("alert")
    assert summary.evaluate("element => element === document.activeElement")
    summary.get_by_role("link").click()
    assert page.get_by_label("Anggaran atau perjalanan dinas").evaluate("e => e === document.activeElement")
    described = page.locator("fieldset").get_attribute("aria-describedby")
    assert "Pilih salah satu" in page.locator(f"#{described.split()[-1]}").inner_text()


@internal
def test_an_answer_changed_on_the_review_takes_its_follow_ups_along(page, survey, walk):
    page.goto(survey.link)
    walk.begin()
    walk.to_review()  # choice 0 of the first question: budget
    page.get_by_role("button", name=re.compile("Ubah Dalam 12 bulan terakhir, pekerjaan")).click()
    page.get_by_label("Tidak keduanya").check()
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_role("heading", name="Periksa").wait_for()
    assert page.get_by_text("biaya perjalanan dinas").count() == 0
    walk.send()
    ((_, record),) = survey.opened()
    assert "travel" not in record.answers


@pytest.mark.parametrize("survey", [{"group": "external"}], indirect=True)
def test_a_follow_up_appears_on_the_same_screen_when_it_becomes_relevant(page, survey, walk):
    page.goto(survey.link)
    walk.begin()
    page.get_by_label("1 kali", exact=True).check()
    page.get_by_role("button", name="Lanjut").click()
    assert not page.get_by_role("group", name="Siapa yang memulai?").is_visible()
    page.get_by_label("Memberi", exact=True).check()
    assert page.get_by_role("group", name="Siapa yang memulai?").is_visible()


@pytest.mark.parametrize(
    "survey", [{"group": "expert", "about": ("kota-metro", "kab-tanggamus")}], indirect=True
)
def test_an_expert_says_first_which_institution_she_rates(page, survey, walk):
    page.goto(survey.link)
    walk.begin()
    assert page.locator("#subject").evaluate("element => element === document.activeElement")
    page.locator("#subject").select_option("kab-tanggamus")
    walk.begin()
    walk.to_review()
    walk.send()
    ((_, record),) = survey.opened()
    assert record.about == "kab-tanggamus"
