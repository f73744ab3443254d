"""The public pages and the help desk in a real browser: readable, reachable, quiet, in both languages."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from bening.crypto import invites
from bening.web.config.settings import cek
from bening.web.fieldwork.models import CheckCode, Feedback
from bening.web.fieldwork.steps.feedback import take_in
from bening.web.registry.steps import grant

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(databases=["default", "gate"], transaction=True),
]
LOOKS = [("id", "light"), ("en", "dark")]


@pytest.fixture
def window(live_server, browser, monkeypatch):
    """A browser window in a language; nothing of it may be refused by the content policy."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver runs a loop in this thread
    opened = []

    def made(language, scheme, cookies=()):
        context = browser.new_context(locale=language, color_scheme=scheme, base_url=live_server.url)
        context.add_cookies([{**cookie, "url": live_server.url} for cookie in cookies])
        opened.append(context)
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        return page

    yield made
    for context in opened:
        context.close()


def sound(page, name):
    """No accessibility violation and nothing wider than a phone."""
    for width in (1280, 360, 320):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page).response["violations"]
        assert [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found] == [], name
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), (name, width)
    assert [text for text in page.said if "Content Security Policy" in text] == [], name


@pytest.fixture
def code(invited, settings):
    """The check code of somebody who was drawn."""
    row = CheckCode.objects.filter(round=invited).earliest("id")
    return invites.check_code(settings.SECRET("check"), row.contact_ref, invited.code, row.counter)


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_the_public_pages(invited, code, settings, window, language, scheme):
    settings.ROOT_URLCONF = "bening.web.config.urls_cek"
    settings.MIDDLEWARE = cek.MIDDLEWARE
    page = window(language, scheme)
    for path in ("/janji", "/cek", "/cek/lapor"):
        page.goto(f"{path}?bahasa={language}")
        sound(page, path)
    page.click("button.main")
    page.get_by_role("alert").wait_for()
    sound(page, "a report without a reason")
    page.get_by_role("alert").get_by_role("link").click()
    page.keyboard.press("Space")  # the link leads to the first choice, and the keyboard is enough
    page.fill("#id_code", code)
    page.click("button.main")
    page.wait_for_url("**/cek/lapor/diterima?*")
    sound(page, "a report that was taken")
    assert code not in page.url
    assert page.context.cookies() == []
    assert Feedback.objects.get().kind == "not_me"


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_the_help_desk(invited, code, settings, window, client, django_user_model, language, scheme):
    grant(by="siti", username="officer", name="Siti", role="officer")
    client.force_login(django_user_model.objects.get(username="officer"))
    take_in(round=invited, kind="fraud", source="web", words="Aneh.", day=settings.NOW().date())
    page = window(language, scheme, [{"name": "session", "value": client.cookies["session"].value}])
    page.goto("/bantuan")
    sound(page, "the desk")
    page.fill("[name=typed]", code)
    page.click("main button.main")
    sound(page, "somebody was found")
    page.check("[name=means][value=code]")
    page.click("main button.main")
    assert len(page.inner_text(".words")) == 22
    sound(page, "a code to read out")
    page.goto("/laporan-pesan")
    sound(page, "reports")
