"""In a real browser: a meeting recorded, a head invited and acknowledged on a phone, coverage changed."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

from bening.web.outreach import steps
from bening.web.registry.models import Institution, Unit
from tests.web.outreach.conftest import HOME

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def site(live_server, monkeypatch, settings, staff, clock):  # the fixture's settings are put back after
    """The staff door on loopback; its own address is what stands in links and codes."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's driver runs a loop in this thread
    settings.ORIGIN_HALL = live_server.url
    return live_server.url


@pytest.fixture
def window(browser):
    opened = []

    def fresh(language="id-ID", **size):
        context = browser.new_context(locale=language, viewport={"width": 1280, "height": 900} | size)
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    yield fresh
    for context in opened:
        context.close()


def sound(page):
    """No accessibility violation, nothing wider than the screen, at most one filled button."""
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found] == [], page.url
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url
    assert page.locator(".button:visible, button.main:visible").count() <= 1


def everywhere(page):
    """Sound at both widths, in the dark too."""
    sound(page)
    page.set_viewport_size(PHONE)
    sound(page)
    page.emulate_media(color_scheme="dark")
    sound(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})


def enter(page, site, username):
    page.goto(f"{site}/masuk")
    page.click(f"form:has(input[value={username}]) button")
    page.wait_for_selector("h1")


def test_a_meeting_is_recorded_and_what_is_wrong_is_said_and_nothing_is_lost(site, window):
    page = window("en-GB")
    enter(page, site, "dewi")
    page.goto(f"{site}/sosialisasi/{HOME}/rapat/baru")
    everywhere(page)
    page.fill("[name=day]", "2025-07-18")
    page.fill("[name=place]", "Aula Rimau")
    page.fill("[name=chair]", "Sekretaris Daerah")
    page.fill("[name=agenda]", "Persiapan survei")
    page.fill("[name=decisions]", "Semua pegawai menjawab dengan nilai 10")
    page.select_option("[name=present-dinkes]", "head")
    page.select_option("[name=present-disdik]", "deputy")
    page.press("[name=decisions]", "Tab")
    page.click("main button.main")
    page.wait_for_selector(".faults")
    assert "OUTREACH-103" in page.inner_text(".faults")
    everywhere(page)
    assert page.input_value("[name=place]") == "Aula Rimau"
    assert page.input_value("[name=present-disdik]") == "deputy"
    page.fill("[name=decisions]", "Setiap kepala meneruskan surat edaran.")
    page.click("main button.main")
    page.wait_for_url(re.compile(r"/rapat/\d+$"))
    assert page.inner_text("h1") == "2 of 3 loci were there"
    everywhere(page)
    enter(page, site, "siti")
    page.goto(f"{site}/sosialisasi/{HOME}/rapat")
    assert "Aula Rimau" in page.inner_text("main")
    assert not page.query_selector("main a.button")


@pytest.mark.parametrize(("language", "lang"), [("id-ID", "id"), ("en-GB", "en")])
def test_a_head_acknowledges_on_a_phone_and_coverage_changes(site, window, invite, language, lang):
    steps.invite_office(
        by="dewi", round=invite("dinkes").head.round, institution=Institution.objects.get(code=HOME),
        post=str(Unit.objects.get(code="disdik").pk), now=settings.NOW(),
    )  # fmt: skip
    link = f"{site}/baca/{invite('sd-1').token}"
    phone = window(language, **PHONE)
    asked = []
    phone.on("request", lambda request: asked.append(request.headers.get("referer", "")))
    phone.goto(link)
    everywhere(phone)
    phone.set_viewport_size(PHONE)
    wrong = {"group": "external", "steer": "neither", "check": "tick"}
    for name, value in wrong.items():
        phone.check(f"[name={name}][value={value}]")
    phone.check("[name=pledge]")
    phone.keyboard.press("Enter")
    phone.wait_for_selector(".faults")
    assert phone.locator("p.error").count() == 2
    assert phone.is_checked("[name=steer][value=neither]")
    everywhere(phone)
    phone.set_viewport_size(PHONE)
    phone.check("[name=group][value=internal]")
    phone.focus("[name=check][value=tick]")
    phone.keyboard.press("ArrowDown")
    phone.keyboard.press("ArrowDown")  # by keyboard alone to the right answer
    phone.keyboard.press("Enter")
    phone.wait_for_selector("[name=guru]")
    everywhere(phone)
    phone.set_viewport_size(PHONE)
    phone.fill("[name=guru]", "30")
    phone.click("main button.main")
    phone.wait_for_selector("[name=take_back]")
    assert "30" in phone.inner_text("h1")
    assert phone.context.cookies() == []
    assert [where for where in asked if "baca" in where] == []
    with phone.expect_download() as loaded:
        phone.click("form[action*='/bahan/notice'] button")
    assert loaded.value.suggested_filename == f"notice-{lang}.pdf"

    desk = window(language)
    enter(desk, site, "dewi")
    desk.goto(f"{site}/sosialisasi/{HOME}/cakupan")
    everywhere(desk)
    title = desk.inner_text("h1")
    assert "60 %" in title
    assert re.search(r"1 (dari|of) 3", title)
    row = desk.inner_text("tr:has(th:text-is('Guru'))" if lang == "id" else "tr:has(th:text-is('Teachers'))")
    assert re.findall(r"\d+", row)[:3] == ["50", "30", "60"]


@pytest.mark.parametrize("language", ["id-ID", "en-GB"])
def test_everybody_of_a_unit_says_read_without_name_or_cookie(site, window, round_, home, language):
    token = steps.post_notice(by="dewi", round=round_, unit=Unit.objects.get(code="sd-1"), now=settings.NOW())
    phone = window(language, **PHONE)
    phone.goto(f"{site}/baca/{token}")
    everywhere(phone)
    phone.click("main button.main")
    phone.wait_for_selector(".faults")
    everywhere(phone)
    phone.check("[name=category][value=guru]")
    phone.click("main button.main")
    phone.wait_for_selector("main form", state="detached")
    everywhere(phone)
    assert phone.context.cookies() == []
    found = steps.coverage(steps.places(round=round_, institution=home))
    assert found.read_by_category == {"guru": 1}


STAFF_PAGES = (
    "", "/cakupan", "/rapat", "/rapat/daftar-hadir", "/pimpinan", "/pimpinan/jabatan/dinkes", "/bahan",
    "/pengumuman", "/kontak",
)  # fmt: skip


@pytest.mark.parametrize("language", ["id-ID", "en-GB"])
def test_every_page_is_sound(site, window, invite, language):
    invite("dinkes")
    page = window(language)
    enter(page, site, "dewi")
    for path in STAFF_PAGES:
        page.goto(f"{site}/sosialisasi/{HOME}{path}")
        everywhere(page)
    enter(page, site, "siti")
    page.goto(f"{site}/sosialisasi")
    everywhere(page)
    visitor = window(language)
    for path in ("/bahan", "/bahan/guru", "/bahan/kesehatan", "/baca/AAAAAAAAAAAAAAAAAAAAAA"):
        visitor.goto(f"{site}{path}")
        everywhere(visitor)
    assert visitor.context.cookies() == []
