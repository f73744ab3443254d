"""What stays on the phone: an encrypted draft, then only what a change needs; on a shared phone nothing."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_draft_is_unreadable_and_its_key_cannot_leave(page, survey, walk):
    page.goto(survey.link)
    walk.begin()
    walk.to_review(text="rahasia besar")
    kept = walk.settled()
    (draft,) = kept["drafts"]
    assert draft["key"] == "key:false"
    assert "rahasia" not in str(kept)
    assert "contact" not in str(kept)
    assert kept["rights"] == []


def test_after_sending_neither_answers_nor_sealed_parts_remain(page, survey, walk):
    page.goto(survey.link)
    walk.begin()
    walk.to_review(text="rahasia besar")
    walk.send()
    kept = walk.kept()
    assert kept["drafts"] == []
    (right,) = kept["rights"]
    names = "stage pair code kid token version signature h receipt proven"
    assert set(right) == set(names.split())
    assert right["pair"]["privateKey"] == "key:false"
    assert "rahasia" not in str(kept)


def test_a_shared_phone_keeps_no_draft_and_forgets_everything_after_sending(page, survey, walk):
    page.goto(survey.link)
    page.get_by_label("Orang lain juga memakai HP ini").check()
    walk.begin()
    walk.to_review()
    assert walk.settled()["drafts"] == []
    walk.send()
    assert page.get_by_role("button", name="Ubah jawaban").count() == 0
    assert walk.kept() == {"rights": [], "drafts": [], "links": []}
    page.reload()
    page.get_by_label("Masukkan kode masuk").wait_for()


def test_ticking_shared_phone_later_deletes_the_draft(page, survey, walk):
    page.goto(survey.link)
    walk.begin()
    page.get_by_label("1 kali", exact=True).check()
    page.get_by_role("button", name="Kembali").click()
    page.get_by_label("Orang lain juga memakai HP ini").check()
    walk.begin()
    assert walk.settled()["drafts"] == []


def test_two_people_on_one_phone_have_two_rights(page, survey, walk):
    page.goto(survey.link)
    walk.begin()
    walk.to_review()
    walk.send()
    first = walk.code()
    survey.secrets, survey.state, survey.issued = [bytes(16)], "cd" * 32, None
    page.goto("about:blank")
    page.goto(survey.link_with(bytes(16)))
    walk.begin()
    walk.to_review()
    walk.send()
    assert walk.code() != first
    (one, _), (two, _) = survey.opened()
    assert one.token != two.token
