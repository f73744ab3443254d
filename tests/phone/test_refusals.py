"""What the phone does not accept, and what it says when it is not accepted."""

import dataclasses

import pytest

from bening.core import canonical

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def posted(survey):
    """The addresses anything was posted to."""
    return {path for path, body in survey.requests if body}


def another(survey, **changes):
    """A gate that names an entry which is not in the manifest."""
    survey.entries = [dataclasses.replace(entry, **changes) for entry in survey.entries]


def swap_modulus(survey):
    another(survey, n=canonical.b64u(b"\xff" * 256))


def shrink(survey):
    another(survey, sampled=3)


def move(survey):
    """Right leaf, wrong place."""
    survey.shift = 1


def other_questions(survey):
    """A questionnaire that is not the frozen one."""
    survey.files["q/external.json"] = survey.files["q/external.json"].replace(b"Seberapa", b"Betapa")


def other_suite(survey):
    """A round that was prepared for another cipher suite."""
    survey.files["round.js"] = survey.files["round.js"].replace(b'"rsa":2048', b'"rsa":1024')
    survey.rebuild()


def small_group(survey):
    """A manifest whose own rule the entry breaks."""
    survey.files["round.js"] = survey.files["round.js"].replace(b'"sampled":30', b'"sampled":99')
    survey.rebuild()


@pytest.mark.parametrize("attack", [swap_modulus, shrink, move, other_questions, other_suite, small_group])
def test_a_page_that_was_not_prepared_properly_asks_nothing_and_sends_nothing(page, survey, attack):
    attack(survey)
    page.goto(survey.link)
    page.get_by_text("Jangan menjawab").wait_for()
    assert posted(survey) == {"/g/hello"}
    assert page.get_by_role("button", name="Mulai").count() == 0


@pytest.mark.parametrize(
    ("path", "status", "code", "sentence"),
    [
        ("/g/issue", 409, "right_used", "sudah dipakai"),
        ("/g/issue", 409, "wrong_key", "Kelompok Anda berubah"),
        ("/g/issue", 410, "closed", "tidak terkirim"),
        ("/b/ballot", 410, "closed", "tidak terkirim"),
        ("/b/ballot", 403, "bad_token", "bukan pada Anda"),
        ("/b/ballot", 404, "unknown_key", "bukan pada Anda"),
        ("/b/ballot", 409, "older_version", "lebih baru"),
        ("/g/hello", 404, "unknown", "tidak dikenal"),
        ("/g/hello", 503, "try_later", "Tersimpan"),
        ("/g/hello", 500, "something_new", "Tersimpan"),
    ],
)
def test_each_refusal_is_said_in_plain_words_and_keeps_the_draft(
    page, survey, walk, path, status, code, sentence
):
    survey.refuse[path] = [(status, code)]
    page.goto(survey.link)
    if path != "/g/hello":
        walk.begin()
        walk.to_review()
        page.get_by_role("button", name="Kirim jawaban").click()
    page.get_by_role("alert").filter(has_text=sentence).wait_for()
    if path != "/g/hello":
        assert walk.stored("drafts") == 1
        assert len(survey.ballots) == 0


def test_a_closed_survey_forgets_everything_on_ok(page, survey, walk):
    page.goto(survey.link)
    walk.begin()
    walk.to_review()
    survey.refuse["/g/issue"] = [(410, "closed")]
    page.get_by_role("button", name="Kirim jawaban").click()
    page.get_by_role("button", name="Selesai").click()
    page.get_by_role("heading", name="Selesai").wait_for()
    assert [walk.stored(name) for name in ("drafts", "rights", "links")] == [0, 0, 0]


def test_after_a_change_of_group_the_answers_are_still_there_and_go_to_the_new_one(page, survey, walk):
    page.goto(survey.link)
    walk.begin()
    walk.to_review()
    survey.refuse["/g/issue"] = [(409, "wrong_key")]
    page.get_by_role("button", name="Kirim jawaban").click()
    page.get_by_role("button", name="Coba lagi").click()
    page.get_by_role("button", name="Lanjutkan jawaban Anda").click()
    walk.send()
    assert len(survey.ballots) == 1


def test_a_wrong_typed_code_is_noticed_before_the_gate_hears_of_it(page, survey):
    page.goto(survey.static.origin)
    page.get_by_label("Masukkan kode masuk").fill("008J-4CT4-ANK7-F24S-95")
    page.get_by_role("button", name="Buka survei").click()
    page.get_by_role("alert").wait_for()
    assert page.get_by_label("Masukkan kode masuk").input_value() == "008J-4CT4-ANK7-F24S-95"
    assert posted(survey) == set()


def test_a_typed_code_opens_the_survey(page, survey, walk):
    survey.secrets.append(bytes.fromhex("00112233445566778899"))
    page.goto(survey.static.origin)
    page.get_by_label("Masukkan kode masuk").fill("oo8j 4ct4 ank7 f24s 94")
    page.get_by_role("button", name="Buka survei").click()
    walk.begin()
