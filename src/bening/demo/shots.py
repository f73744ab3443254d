"""`bening shots`: the pictures of the README, taken from a demo that has come to its end."""

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, FloatRect, Page, ViewportSize, sync_playwright

from bening.demo import browser, phone_shots, phones
from bening.demo.house import Failed, House
from bening.demo.places import HOME
from bening.demo.run import SEED, STATE
from bening.demo.stages import REVISIT, Demo

DESK: ViewportSize = {"width": 1280, "height": 900}
TALL: ViewportSize = {"width": 1280, "height": 1340}
SMALLER = 0.72  # of the tall page, so that charts and heat map fit into one picture
TALK: FloatRect = {"x": 0, "y": 0, "width": 840, "height": 830}  # the inbox without its technical side
LARGEST = 150_000  # bytes a picture may have in the repository
# The answers on the picture; elsewhere the second choice is taken.
CHOSEN = {"right": "yes", "contact": "few", "asked": "no"}
SHOWN = "asked"  # the question on the picture


def main(words: list[str]) -> int:
    """Take every picture and say how large it came out."""
    options = read(words)
    state = json.loads((options.dir / STATE).read_text()) if (options.dir / STATE).exists() else {}
    executable = browser.installed()
    if not state.get("complete"):
        raise SystemExit(
            f"{options.dir} holds no finished demo: run `bening demo --dir {options.dir} --exit` first"
        )
    if executable is None:
        raise SystemExit("no Chromium was found: install one or name it in CHROMIUM")
    options.out.mkdir(parents=True, exist_ok=True)
    demo = Demo(House(options.dir.absolute(), options.port), state["scale"], SEED, silent)
    with awake(demo.house), sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=executable, args=list(browser.FLAGS))
        if options.phone:
            phone_shots.every(chromium, fresh(demo, "internal")[1], options.out)
        else:
            release(chromium, demo.folder / "release" / "en", options.out)
            desk(chromium, demo.house.origins["hall"], options.out)
            phone(chromium, demo, options.out)
        chromium.close()
    return told(sorted(options.out.glob("*.png")))


def read(words: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bening shots", description=__doc__)
    parser.add_argument("--dir", type=Path, default=Path("demo"), help="the folder of the demo")
    parser.add_argument("--port", type=int, default=8000, help="the first port of the demo, as it was run")
    parser.add_argument("--out", type=Path, default=Path("shots"), help="where the pictures go")
    parser.add_argument("--phone", action="store_true", help="every screen of the phone instead")
    return parser.parse_args(words)


def silent(done: int, total: int) -> None:
    """Nothing here takes long enough for a progress bar."""


def told(pictures: list[Path]) -> int:
    """Print the sizes; 1 if one is too large for the repository."""
    for picture in pictures:
        print(f"{picture}  {picture.stat().st_size / 1000:.0f} kB")
    return int(any(picture.stat().st_size > LARGEST for picture in pictures))


@contextmanager
def awake(house: House) -> Iterator[None]:
    """Use the demo that runs on these ports; where none does, run it for as long as the pictures take."""
    if house.answers(house.origins["hall"]):
        yield
        return
    try:
        house.start()
        house.move_clock((REVISIT - datetime.now(UTC)).total_seconds())
        yield
    finally:
        house.stop()


def page_of(chromium: Browser, size: ViewportSize, sharpness: float = 1) -> Page:
    """A fresh window in English and light colours."""
    context = chromium.new_context(
        viewport=size,
        device_scale_factor=sharpness,
        locale="en-GB",
        color_scheme="light",
    )
    page = context.new_page()
    page.set_default_timeout(browser.PATIENCE)
    return page


def release(chromium: Browser, folder: Path, out: Path) -> None:
    """Front page and one institution, from the folder itself."""
    page = page_of(chromium, DESK)
    page.goto((folder / "index.html").as_uri())
    page.screenshot(path=out / "release.png")
    page.context.close()
    page = page_of(chromium, TALL, sharpness=SMALLER)
    page.goto((folder / "institutions" / f"{HOME}.html").as_uri())
    page.screenshot(path=out / "institution.png")
    page.context.close()


def desk(chromium: Browser, hall: str, out: Path) -> None:
    """The inspectorate's desk after one click."""
    page = page_of(chromium, DESK)
    page.goto(f"{hall}/masuk")
    page.click("form:has(input[value=dewi]) button.door")
    page.wait_for_selector("table.board")
    page.screenshot(path=out / "inspectorate.png")
    page.context.close()


def phone(chromium: Browser, demo: Demo, out: Path) -> None:
    """The message in the simulated inbox, then welcome, a question and the receipt behind its link."""
    number, link = fresh(demo)
    page = page_of(chromium, DESK)
    page.goto(f"{demo.house.emulator}/phones/{number}?lang=en")
    page.screenshot(path=out / "inbox.png", clip=TALK)
    page.context.close()
    page = page_of(chromium, browser.PHONE, sharpness=2)
    page.goto(link)
    page.click("button.link[lang=en]")
    page.wait_for_selector("main button.main")
    page.screenshot(path=out / "phone-welcome.png")
    walk(page, out / "phone-question.png")
    page.screenshot(path=out / "phone-receipt.png")
    page.context.close()


def fresh(demo: Demo, group: str = "external") -> tuple[str, str]:
    """Number and link of somebody who did not want to answer; each run of the pictures uses one up."""
    known = dict(phones.by_number(demo.people, [{}] * len(demo.people)))
    simulated = phones.Phones(phones.Round({}, "", "", ""), known, demo.seed)
    used = demo.folder / "shots"
    used.mkdir(exist_ok=True)
    for number, link in sorted(phones.links(demo.house.emulator).items(), reverse=True):
        free = known[number][0].group == group and not simulated.willing(number)
        if free and not (used / number).exists():
            (used / number).touch()
            return number, link
    raise Failed("every phone has answered")


def walk(page: Page, picture: Path) -> None:
    """Answer everything up to the receipt, with a picture on the way."""
    for _ in range(browser.SCREENS):
        page.wait_for_selector("main button.main, main .receipt")
        if page.query_selector(".receipt"):
            return
        names = browser.asked(page)
        for name in names:
            choose(page, name)
        if SHOWN in names:
            page.screenshot(path=picture)
        before = page.inner_html("main")
        page.click("main button.main")
        page.wait_for_function("before => document.querySelector('main').innerHTML !== before", arg=before)
    raise Failed(f"no receipt after {browser.SCREENS} screens")


def choose(page: Page, name: str) -> None:
    """Tap an answer, unless the question only comes up after other answers."""
    offered = page.locator(f'main input[name="{name}"]')
    chosen = page.locator(f'main input[name="{name}"][value="{CHOSEN.get(name)}"]')
    box = chosen if name in CHOSEN else offered.nth(1)
    if box.is_visible():
        box.check()
