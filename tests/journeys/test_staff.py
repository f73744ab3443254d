"""Cast: everybody with an account in the demo; and somebody at the same door where there is no demo."""

import subprocess
import sys
import time
import urllib.request

import pytest

from tests.journeys.conftest import free_ports, sound

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("journeys")]

# What each page alone says, in both languages.
SIGNS = {
    "siti": ("orang memenuhi syarat dalam daftar", "eligible people on the lists"),
    "wayan": ("Rantai utuh", "The chain holds"),
    "dewi": ("6 lokus sudah lengkap", "6 loci are complete"),
    "agus": ("Kabupaten Lampung Selatan: ", "Kabupaten Lampung Selatan: "),
    "rina": ("Isi daftar untuk unit Anda", "What the lists hold for your unit"),
}


def enter(page, country, username):
    page.goto(f"{country.door('hall')}/masuk")
    page.click(f"form:has(input[value={username}]) button")
    page.wait_for_selector("h1")
    return page.inner_text("main")


@pytest.mark.parametrize("language", ["id-ID", "en-GB"])
@pytest.mark.parametrize("username", SIGNS)
def test_one_click_leads_to_the_own_page_and_to_no_other(country, window, username, language):
    """Nobody sees the page of another role: not its sentence, not its table."""
    place = 0 if language == "id-ID" else 1
    page = window(language)
    words = enter(page, country, username)
    assert SIGNS[username][place] in words
    assert [other for other, signs in SIGNS.items() if other != username and signs[place] in words] == []
    sound(page)
    assert page.locator(".button, button.main").count() <= 1
    page.set_viewport_size({"width": 360, "height": 740})
    sound(page)
    page.emulate_media(color_scheme="dark")
    sound(page)
    page.set_viewport_size({"width": 320, "height": 740})
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_the_leader_s_one_button_leads_to_the_public_page(country, window):
    page = window("en-GB")
    enter(page, country, "agus")
    title = page.inner_text("h1")
    page.click("a.button")
    assert page.url.startswith(country.door("release"))
    assert page.inner_text("h1") == title


def test_the_door_works_by_keyboard_and_language_stays(country, window):
    page = window()
    page.goto(f"{country.door('hall')}/masuk")
    sound(page)
    for _ in range(30):
        page.keyboard.press("Tab")
        if "Dewi" in page.evaluate("document.activeElement.innerText"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("table.board")
    page.click("text=English")
    assert "loci are complete" in page.inner_text("h1")
    page.click(".account summary")
    page.click("text=Sign out")
    assert "Choose whose desk" in page.inner_text("h1")
    page.goto(f"{country.door('hall')}/")
    assert page.url.endswith("/masuk")


@pytest.fixture
def no_demo(country):
    """The same tables behind a staff door that is no demo."""
    port = free_ports(1)
    origin = f"http://localhost:{port}"
    program = (
        "from bening.web.config.prepare import prepare; prepare()\n"
        "from bening.web.config.serve import main; main(['--door', 'hall'])"
    )
    environment = country.environment | {"DEPLOYMENT": "one-machine", "ORIGIN_HALL": origin}
    door = subprocess.Popen([sys.executable, "-c", program], env=environment)
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{origin}/masuk").close()
            break
        except OSError:
            time.sleep(0.1)
    yield origin
    door.terminate()
    door.wait(30)


def test_outside_a_demo_nobody_comes_in_with_a_click(no_demo, window):
    """Neither a name nor a button is shown, and the click itself is refused."""
    page = window()
    page.goto(f"{no_demo}/masuk")
    assert "Masuk ke Bening" in page.inner_text("h1")
    assert page.locator(".door").count() == 0
    assert "Dewi" not in page.inner_text("body")
    sound(page)
    refused = page.context.request.post(f"{no_demo}/masuk", form={"username": "dewi"})
    assert refused.status == 403
    page.goto(f"{no_demo}/")
    assert page.url.endswith("/akun/masuk")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_wrong_address_is_a_page_of_the_house(country, window, scheme):
    page = window(width=360)
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{country.door('hall')}/tidak-ada")
    assert "Tidak ada apa-apa" in page.inner_text("h1")
    sound(page)
