"""Somebody with a phone: what every journey through the questionnaire does alike."""

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page

from bening.demo import browser
from tests.journeys.conftest import Country
from tests.journeys.people import command

NEXT, QUESTION, REVIEW, RECEIPT = "main button.main", "main fieldset input", "main dl", "main .receipt"
TIMES = "3"  # how often anything that is asked for in digits
REMARK = "Antrean “cepat” di loket dua."


def open_link(page: Page, link: str) -> None:
    """Come with a message's link; the welcome stands."""
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_selector(f"{NEXT}, {RECEIPT}")


def screens(page: Page) -> Iterator[str]:
    """Stop at each screen, answered with every first choice, then go on; the receipt is the last stop.

    Yields what the screen is: "welcome", "questions", "review", "receipt".
    """
    for _ in range(browser.SCREENS):
        page.wait_for_selector(f"{NEXT}, {RECEIPT}")  # the sending screen has neither
        fill(page)
        yield kind(page)
        if page.query_selector(RECEIPT):
            return
        onward(page)
    raise AssertionError(f"no receipt after {browser.SCREENS} screens")


def to_review(page: Page) -> None:
    """Answer everything."""
    for what in screens(page):
        if what == "review":
            return


def kind(page: Page) -> str:
    """What screen this is."""
    shown = {"receipt": RECEIPT, "review": REVIEW, "questions": ".step"}
    return next((what for what, css in shown.items() if page.query_selector(css)), "welcome")


def fill(page: Page) -> None:
    """Take the first choice of every question on the screen, and of those that come up by it."""
    for name in browser.asked(page):
        field = page.locator(f"#q-{name}")
        if not field.is_visible():
            continue
        if field.locator("input[inputmode=numeric]").count():
            field.locator("input").fill(TIMES)
        elif field.locator("textarea").count():
            field.locator("textarea").fill(REMARK)
        elif not field.locator("input:checked").count():
            field.locator("label.option:visible input").first.check()


def onward(page: Page) -> None:
    """Press the one filled button and wait until something else stands there."""
    before = page.inner_html("main")
    page.click(NEXT)
    page.wait_for_function("before => document.querySelector('main').innerHTML !== before", arg=before)


def code(receipt: str) -> str:
    """A receipt code as the tally writes it."""
    return receipt.strip().replace("-", "")


def tallied(country: Country, folder: Path) -> set[str]:
    """The receipt codes that the trustees' tally of everything in the box makes public."""
    bundle = next(path for path in (country.folder / "client" / "c").iterdir() if path.is_dir())
    command(country, "box", "export", str(folder / "export"))
    places = {
        "--export": folder / "export",
        "--manifest": country.folder / "client" / "m",
        "--questionnaires": bundle / "q",
        "--words": country.folder / "trustees",
        "--out": folder / "tally",
    }
    command(country, "tally", *(str(word) for pair in places.items() for word in pair))
    return set((folder / "tally" / "codes.txt").read_text().split())
