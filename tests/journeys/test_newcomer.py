"""Cast: a newcomer who has just run `make demo`, in the shoes of a respondent."""

import re

import pytest

from tests.journeys.conftest import PHONE, sound

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("journeys")]


def open_message(page, country):
    """The conversation of the phone that the demo named, found through the list of the inbox."""
    page.goto(f"{country.door('emulator')}/")
    page.fill("#q", country.number[-6:])
    page.keyboard.press("Enter")
    page.click(f'a[href^="/phones/{country.number}"]')
    return page.inner_text(".bubbles")


def answer_all(page):
    """Tap through the questions, the second choice each time; the words of every screen."""
    seen = []
    for _ in range(40):
        page.wait_for_selector("main button.main, main .receipt")
        sound(page)
        if page.query_selector(".receipt"):
            return seen
        seen.append(page.inner_text("main"))
        names = page.eval_on_selector_all(
            "main input[type=radio]", "all => [...new Set(all.map(one => one.name))]"
        )
        for name in names:
            radio = page.locator(f'main input[name="{name}"]').nth(1)
            if radio.is_visible():
                radio.check()
        before = page.inner_html("main")
        page.click("main button.main")
        page.wait_for_function("before => document.querySelector('main').innerHTML !== before", arg=before)
    raise AssertionError("no receipt")


def test_from_the_message_to_the_receipt_and_back_to_change_an_answer(country, window):
    """No name or number stands on the survey's pages, and the survey's code does not stand in the chat."""
    inbox = window()
    message = open_message(inbox, country)
    assert "Lembaga Bening Nusantara" in message
    link = inbox.get_attribute('.bubbles a[href*="/i#"]', "href")
    phone = window(**PHONE)
    phone.goto(link)
    phone.wait_for_selector("main button.main")
    assert "DEMO" in phone.inner_text("#demo")
    screens = answer_all(phone)
    receipt = phone.inner_text(".receipt")
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", receipt)
    assert len(screens) > 3
    assert not any(country.number[-8:] in screen for screen in screens)
    inbox.reload()
    assert receipt not in inbox.inner_text("body")
    phone.goto("about:blank")
    phone.goto(link)
    phone.wait_for_selector(".receipt")  # the same phone still knows its code and may change its answers
    assert phone.inner_text(".receipt") == receipt
    stranger = window(**PHONE)
    stranger.goto(link)
    stranger.click("main button.main")
    stranger.wait_for_selector("main input[type=radio]")
    assert stranger.locator("main input:checked").count() == 0  # what was answered stands on one phone only
    assert stranger.query_selector(".receipt") is None


def test_a_message_is_checked_by_typing_its_code(country, window):
    """Whoever checks learns the phrase and the sender, never a name or whether anybody answered."""
    message = open_message(window(), country)
    code = re.search(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", message)[0]
    phrase = re.search(r"frasa: (\w+ \w+)", message)[1]
    page = window(**PHONE)
    page.goto(f"{country.door('check')}/cek")
    sound(page)
    neutral = set()
    for wrong in ("K7Q2-9XMA", "K7Q2-9XMB", code[::-1]):
        page.fill("#code", wrong)
        page.click("button.main")
        neutral.add(page.inner_text("main section:first-of-type"))
    assert len(neutral) == 1
    assert "Kode ini tidak dapat kami pastikan" in neutral.pop()
    sound(page)
    page.click("text=English")
    page.fill("#code", code.lower().replace("-", " "))
    page.keyboard.press("Enter")
    page.wait_for_selector(".words")
    assert "Genuine" in page.inner_text("h1")
    assert page.inner_text(".words") == phrase
    assert code not in page.url
    assert page.context.cookies() == []
    assert country.number[-6:] not in page.inner_text("body").replace(" ", "")
    sound(page)
