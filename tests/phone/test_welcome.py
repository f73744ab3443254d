"""The first screen: who asks, why me, what is promised, and the ways out, none of which leaves a trace."""

import dataclasses
import re

import pytest

from bening.core.kinds import Claim

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REASONS = ("not_me", "not_employee", "refuse", "fraud", "coached")
STRONG = {  # what only the better claims may say
    "termasuk pengelola sistem": (Claim.ONE_OPERATOR, Claim.FULL),
    "tidak ada catatan siapa menjawab apa": (Claim.ONE_OPERATOR, Claim.FULL),
    "Atasan dan Inspektorat tidak melihat": (Claim.APART, Claim.ONE_OPERATOR, Claim.FULL),
}
LIMITS = {
    "tidak ada kerahasiaan yang dijanjikan": (Claim.NONE,),
    "satu pengelola di satu mesin": (Claim.APART, Claim.ONE_OPERATOR),
    "Belum dibuktikan": (Claim.APART,),
    "orang yang melihat layar Anda": (Claim.APART, Claim.ONE_OPERATOR, Claim.FULL),
}


def opened(page, survey):
    """The welcome screen of a link."""
    page.goto(survey.link)
    page.locator("main > button.main").wait_for()


def told(page, title):
    """The text behind a title."""
    details = page.locator("details", has=page.get_by_text(title))
    if details.get_attribute("open") is None:
        page.get_by_text(title).click()
    return details.inner_text()


def claiming(survey, mark, split):
    """The same round with another claim."""
    changed = survey.files["round.js"].replace(b'"claim":"2026.1/none"', f'"claim":"{mark}"'.encode())
    survey.files["round.js"] = changed.replace(b'"split":"demo"', f'"split":"{split}"'.encode())
    survey.rebuild()


@pytest.mark.parametrize("claim", list(Claim))
def test_the_phone_promises_what_the_manifest_claims_and_names_the_limits(page, survey, claim):
    claiming(survey, f"2026.1/{claim}", "demo" if claim is Claim.NONE else "one-machine")
    opened(page, survey)
    assert page.get_by_text("dikunci di HP ini").is_visible() == (claim is not Claim.NONE)
    text = told(page, "Bagaimana jawaban Anda dilindungi?")
    for phrase, claims in {**STRONG, **LIMITS}.items():
        assert (phrase in text) == (claim in claims), phrase
    link = page.get_by_role("link", name="Apa yang dijamin, apa yang tidak")
    assert link.get_attribute("href") == f"{survey.static.origin}/janji?bahasa=id"
    assert page.locator("#demo").is_visible() == (claim is Claim.NONE)


@pytest.mark.parametrize("mark", ["2026.1/more-than-full", "", "2026.1/full/x", "2026.1/constructor"])
def test_an_unknown_claim_promises_nothing(page, survey, mark):
    claiming(survey, mark, "demo")
    opened(page, survey)
    assert "tidak ada kerahasiaan" in told(page, "Bagaimana jawaban Anda dilindungi?")


@pytest.mark.parametrize(
    ("changes", "title", "why"),
    [
        ({}, "Anda terpilih secara acak.", "terpilih lewat undian"),
        ({"census": True, "sampled": 80}, "Anda diundang", "Semua orang dalam kelompok Anda"),
        ({"group": "visitor"}, "Anda diundang", "mendaftar sendiri"),
        ({"group": "expert"}, "Anda diundang", "mengenal instansi ini"),
    ],
)
def test_it_says_why_this_person_is_asked(page, survey, changes, title, why):
    survey.entries = [dataclasses.replace(entry, **changes) for entry in survey.entries]
    survey.freeze()
    opened(page, survey)
    assert page.get_by_role("heading", name=title).count() == 1
    assert why in told(page, "Siapa yang bertanya, dan mengapa saya?")


def test_a_visitors_group_has_a_size_up_to_which_it_may_grow(page, survey):
    survey.entries = [dataclasses.replace(entry, group="visitor") for entry in survey.entries]
    survey.freeze()
    opened(page, survey)
    line = page.locator("main > p.muted").inner_text()
    assert "hingga 42 orang" in line
    assert "kurang dari 10 jawaban" in line


def test_the_ways_out_lead_to_the_report_form_beside_this_page_and_name_no_secret(page, survey, walk):
    opened(page, survey)
    secret = survey.link.split("#")[1]
    for begin in (lambda: None, walk.begin):  # on the welcome and beside the questions
        begin()
        page.get_by_text("Ada masalah?").click()
        links = page.locator(".exits a")
        hrefs = [link.get_attribute("href") for link in links.all()]
        assert hrefs == [f"{survey.static.origin}/cek/lapor?alasan={code}&bahasa=id" for code in REASONS]
        for link in links.all():
            assert (link.get_attribute("target"), link.get_attribute("rel")) == ("_blank", "noreferrer")
            assert secret not in link.evaluate("link => link.outerHTML")
    before, received = walk.settled(), len(survey.requests)
    page.get_by_text("Ada masalah?").click()
    assert (walk.settled(), len(survey.requests)) == (before, received)  # opening it writes and sends nothing


def test_the_form_opens_in_its_own_tab_without_a_referrer_and_the_draft_stays(page, survey, walk):
    opened(page, survey)
    walk.begin()
    page.locator(".option input").first.check()
    kept = walk.settled()
    page.context.route("**/cek/lapor?*", lambda route: route.fulfill(body="<p>", content_type="text/html"))
    page.get_by_text("Ada masalah?").click()
    with page.context.expect_page() as opening:
        page.get_by_role("link", name="Saya kira ini penipuan").click()
    form = opening.value
    form.wait_for_load_state()
    assert form.evaluate("[opener, document.referrer, sessionStorage.length]") == [None, "", 0]
    form.close()
    assert page.locator(".option input").first.is_checked()
    assert walk.settled()["drafts"] == kept["drafts"]


def test_whoever_was_told_what_to_answer_first_reads_what_can_be_done(page, survey, walk):
    opened(page, survey)
    text = told(page, "Ada masalah?")
    assert "tautan Anda berlaku sampai 31 Oktober 2026" in text
    assert re.search(r"diganti di rumah, dengan HP ini\. Hanya yang terakhir dihitung", text)
    page.get_by_label("Orang lain juga memakai HP ini").check()
    walk.begin()  # there, nothing remains with which sent answers could be replaced
    assert "diganti di rumah" not in told(page, "Ada masalah?")
