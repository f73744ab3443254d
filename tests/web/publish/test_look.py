"""The pages in a real browser: no accessibility violation, nothing wider than the screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from bening.web.publish.steps.release import files_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGES = (
    "index",
    "method",
    "institutions/lampung",
    "institutions/lampung-selatan",
    "en/institutions/lampung-selatan",
    "institutions/mesuji",
)


@pytest.fixture(scope="module")
def folder(site, tmp_path_factory):
    """A release on disk in which one government is not shown."""
    withheld = next(page for page in site["institutions"] if page["code"] == "mesuji")
    other = {
        **withheld,
        "status": "security",
        "status_name": {"id": "Alasan keamanan", "en": "Security reasons"},
    }
    blank = {**other["index"], "shown": False, "value": None, "lower": None, "upper": None}
    shown = [{**other, "index": blank} if page is withheld else page for page in site["institutions"]]
    root = tmp_path_factory.mktemp("release")
    for path, content in files_of({**site, "institutions": shown}).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return root


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_violation(browser, folder, path, scheme):
    page = browser.new_page(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page.goto(f"file://{folder}/{path}.html")
    found = Axe().run(page).response["violations"]
    page.close()
    assert [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found] == []


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_page_is_wider_than_its_screen(browser, folder, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    wide = []
    for path in PAGES:
        page.goto(f"file://{folder}/{path}.html")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    page.close()
    assert wide == []


def test_axe_finds_no_violation_on_a_phone(browser, folder):
    page = browser.new_page(viewport={"width": 360, "height": 800})
    violations = []
    for path in PAGES:
        page.goto(f"file://{folder}/{path}.html")
        violations += [(path, each["id"]) for each in Axe().run(page).response["violations"]]
    page.close()
    assert violations == []
