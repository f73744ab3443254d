"""The pages in a real browser: uploaded, read, walked through on the phone's screens, frozen, compared."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.web.questionnaire.conftest import cell, form

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def window(round_, live_server, browser, monkeypatch):
    """A window of somebody who signed in."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver runs a loop in this thread
    opened = []

    def signed_in(username, *, language="en-GB", scheme="light"):
        context = browser.new_context(locale=language, color_scheme=scheme, base_url=live_server.url)
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.goto("/masuk")
        page.locator(f"form:has([name=username][value={username}]) button").first.click()
        return page

    yield signed_in
    for context in opened:
        context.close()


def sound(page, name):
    """No accessibility violation, nothing wider than a phone, nothing refused by the content policy."""
    for width in (1280, 360, 320):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page).response["violations"]
        assert [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found] == [], name
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), (name, width)
    assert [text for text in page.said if "Content Security Policy" in text] == [], name


def give(page, data, name="ahli.xlsx"):
    """Upload a workbook."""
    page.goto("/kuesioner")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files("#file", {"name": name, "mimeType": kind, "buffer": data})
    page.locator("main button.main").click()


@pytest.mark.parametrize(("language", "scheme"), [("en-GB", "light"), ("id-ID", "dark")])
def test_from_the_workbook_to_the_frozen_version(window, language, scheme):
    page = window("siti", language=language, scheme=scheme)
    page.goto("/kuesioner")
    sound(page, "empty")

    def spoil(pages):
        cell(pages, "survey", 3, "label::English (en)", "")
        cell(pages, "survey", 4, "relevant", "${nobody} = 'x'")

    give(page, form(change=spoil), "salah.xlsx")
    assert page.locator("table.board tbody tr").count() == 2
    sound(page, "problems")
    give(page, form())
    sound(page, "draft")
    page.get_by_role(
        "button", name="Freeze this version" if language == "en-GB" else "Kunci versi ini"
    ).click()
    sound(page, "frozen")

    def second(pages):
        cell(pages, "settings", 2, "version", "2")
        cell(pages, "survey", 3, "label::English (en)", "Other words")

    give(page, form(change=second))
    page.locator("a[href*='/beda/']").click()
    assert page.locator("table.board tbody tr").count() == 1
    sound(page, "difference")
    page.goto("/kuesioner")
    sound(page, "board")


def test_the_preview_walks_like_the_phone_and_sends_nothing(window):
    page = window("siti", language="id-ID")
    give(page, form())
    asked = []
    page.on("request", lambda request: asked.append((request.method, request.url)))
    page.get_by_role("link", name="Lihat seperti di HP").click()
    page.get_by_role("button", name="Mulai pratinjau").wait_for()
    sound(page, "preview")
    page.get_by_role("button", name="Mulai pratinjau").click()
    for _ in range(40):
        if page.locator("dl").count():
            break
        for field in page.locator("fieldset:not([hidden])").all():
            field.locator("label:not([hidden]) input").first.check()
        page.get_by_role("button", name="Lanjut").click()
    sound(page, "review")
    page.get_by_role("button", name="Kirim jawaban").click()
    page.get_by_role("heading", name="Pratinjau selesai").wait_for()
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="End of the preview").wait_for()
    assert {method for method, _ in asked} == {"GET"}
    assert [url for _, url in asked if "/pratinjau/" not in url and "/static/" not in url] == []


def test_a_required_question_keeps_the_preview_on_its_screen(window):
    page = window("siti", language="en-GB")
    give(page, form())
    page.goto("/kuesioner/expert/1/pratinjau/")
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Begin the preview").click()
    for _ in range(10):
        page.get_by_role("button", name="Next").click()
    assert page.locator(".summary").is_visible()
