"""A handful of real phones: headless Chromium opens the link and taps through the questionnaire."""

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

from bening.demo.opinions import Answers

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE: ViewportSize = {"width": 360, "height": 740}
PATIENCE = 30_000  # milliseconds for a screen to appear
SCREENS = 60  # more than any questionnaire has
NAMES = ("chromium", "chromium-browser", "google-chrome")


def installed() -> str | None:
    """Path of an installed Chromium, or None."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def answer(
    links: Mapping[str, tuple[str, Answers]],
    executable: str,
    told: Callable[[int, int], None],
    *,
    profiles: Path,
) -> int:
    """Answer through each link (number -> link, answers); how many got a receipt.

    Every phone keeps its own profile, so that one that was cut off goes on with the key and the sealed
    answers it had already stored.
    """
    with sync_playwright() as driver:
        for done, (number, (link, answers)) in enumerate(links.items(), 1):
            context = driver.chromium.launch_persistent_context(
                profiles / number,
                executable_path=executable,
                args=list(FLAGS),
                viewport=PHONE,
                locale="id-ID",
                service_workers="block",
            )
            interview(context.new_page(), link, answers)
            context.close()
            told(done, len(links))
    return len(links)


def interview(page: Page, link: str, answers: Answers) -> str:
    """One person at one phone, from the link to the receipt code."""
    page.set_default_timeout(PATIENCE)
    page.goto(link)
    for _ in range(SCREENS):
        page.wait_for_selector("main button.main, main .receipt")  # the sending screen has neither
        if page.query_selector(".receipt"):
            return page.inner_text(".receipt")
        for name in asked(page):
            if name in answers:
                fill(page, name, answers[name])
        before = page.inner_html("main")
        page.click("main button.main")
        page.wait_for_function("before => document.querySelector('main').innerHTML !== before", arg=before)
    raise RuntimeError(f"no receipt after {SCREENS} screens")


def fill(page: Page, name: str, answer: str) -> None:
    """Tap every code of an answer, or write the number."""
    number = page.locator(f"main input#{name}-0[inputmode=numeric]")
    if number.count():
        number.fill(answer)
        return
    for code in answer.split():
        page.check(f'main input[name="{name}"][value="{code}"]')


def asked(page: Page) -> list[str]:
    """The questions on the screen."""
    names: list[str] = page.eval_on_selector_all(
        "main fieldset[id^=q-], main .question[id^=q-]", "fields => fields.map(field => field.id.slice(2))"
    )
    return names
