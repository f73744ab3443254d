"""A handful of real phones: headless Chromium opens the link and taps through the questionnaire."""

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

from bening.demo.opinions import Answers

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)
PHONE = {"width": 360, "height": 740}
PATIENCE = 20_000    # milliseconds for a screen to appear
NAMES = ("chromium", "chromium-browser", "google-chrome")


def installed() -> str | None:
    """Path of an installed Chromium, or None."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def answer(
    links: Mapping[str, tuple[str, Answers]], executable: str, told: Callable[[int, int], None], shots: Path | None
) -> int:
    """Answer through each link (number -> link, answers) in a browser of its own; how many got a receipt."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=executable, args=list(FLAGS))
        for done, (number, (link, answers)) in enumerate(links.items(), 1):
            context = browser.new_context(viewport=PHONE, locale="id-ID", service_workers="block")
            interview(context, link, answers, shots / f"phone-{number[-3:]}" if shots else None)
            context.close()
            told(done, len(links))
        browser.close()
    return len(links)


def interview(context: BrowserContext, link: str, answers: Answers, shots: Path | None) -> None:
    """One person at one phone, from the link to the receipt."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(link)
    raise NotImplementedError
