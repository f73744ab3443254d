"""The page itself: small, at home only, and usable by everybody."""

import gzip
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from bening import phone

SOURCES = {
    file.name: file.read_text() for file in phone.FOLDER.iterdir() if file.suffix in (".js", ".css", ".html")
}
SCRIPTS = {name: text for name, text in SOURCES.items() if name.endswith(".js")}
PRIMITIVES = {"blind.js", "seal.js", "owner.js", "merkle.js", "notes.js", "store.js"}
FIRST = re.compile(
    rb'(?:src|rel="(?:stylesheet|modulepreload)" href)="(/c/[0-9a-f]{64}/[a-z.]+)" integrity="sha256-'
)
LATER = re.compile(rb'rel="later" href="/c/[0-9a-f]{64}/([a-z.]+)" integrity="sha256-')


def test_the_first_load_is_at_most_20_kilobytes(survey):
    files = [survey.files[path.decode().removeprefix(survey.folder)] for path in FIRST.findall(survey.page)]
    assert sum(len(gzip.compress(data, 9, mtime=0)) for data in [survey.page, *files]) <= 20_000


def test_the_page_names_every_module_once_with_its_integrity(survey):
    first = {path.decode().removeprefix(survey.folder) for path in FIRST.findall(survey.page)}
    later = {path.decode() for path in LATER.findall(survey.page)}
    assert first & later == set()
    assert first | later == set(survey.files) - {"q/external.json"}


@pytest.mark.browser
def test_the_browser_asks_the_named_origins_only_and_needs_few_requests(page, survey, walk):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(survey.link)
    page.get_by_role("button", name="Mulai").wait_for()
    assert len(asked) <= 14  # page, style, ten modules, questionnaire, hello
    walk.begin()
    walk.to_review()
    walk.send()
    origins = {"/".join(url.split("/")[:3]) for url in asked}
    assert origins == {survey.static.origin, survey.gate.origin, survey.box.origin}
    assert len(asked) == len(set(asked))


@pytest.mark.browser
def test_modules_for_sending_come_after_the_first_question(page, survey, walk):
    page.goto(survey.link)
    page.get_by_role("button", name="Mulai").wait_for()
    assert not any(path.endswith("send.js") for path, _ in survey.requests)
    walk.begin()
    page.wait_for_function(
        "() => performance.getEntriesByName(document.querySelector('[href$=\"send.js\"]').href).length"
    )


@pytest.mark.browser
def test_a_changed_module_does_not_run(page, survey):
    survey.files["main.js"] += b"\n// one comment more\n"
    page.emulate_media(reduced_motion="reduce")  # no delay before the fallback words show
    page.goto(survey.link)
    page.get_by_text("Bila halaman ini tetap kosong").wait_for()
    assert page.get_by_role("heading").count() == 0


def faults(page):
    """What axe finds, as short lines."""
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found.response["violations"]]


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(("theme", "language"), [("light", "id"), ("dark", "en")])
def test_axe_finds_nothing_on_any_screen(page, survey, theme, language):
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    found = {}
    page.goto(survey.static.origin)
    page.locator("h1").wait_for()
    page.locator(f"button[lang={language}]").click()
    page.locator("form button").click()
    found["code"] = faults(page)
    page.goto(survey.link)
    page.locator("main > button.main").wait_for()
    page.locator(f"button[lang={language}]").click()
    page.locator("summary").first.click()
    found["welcome"] = faults(page)
    page.locator("main > button.main").click()
    page.locator(".nav .main").click()
    found["fault"] = faults(page)
    while page.locator("dl").count() == 0:
        for group in page.locator("fieldset").all():
            if group.is_visible():
                group.locator(".option").nth(1).click()
        step = page.locator("h1").inner_text()
        found[step] = faults(page)
        page.locator(".nav .main").click()
        page.wait_for_function("old => document.querySelector('h1').innerText !== old", arg=step)
    found["review"] = faults(page)
    survey.refuse["/b/ballot"] = [(409, "older_version")]
    page.locator(".nav .main").click()
    page.get_by_role("alert").wait_for()
    found["stop"] = faults(page)
    page.reload()
    page.locator(".receipt").wait_for()
    found["receipt"] = faults(page)
    assert {screen: lines for screen, lines in found.items() if lines} == {}


@pytest.mark.browser
def test_everything_to_press_is_44_pixels_high_and_nothing_runs_over_the_edge_at_320(page, survey, walk):
    page.set_viewport_size({"width": 320, "height": 640})
    small = """() => [...document.querySelectorAll("button, summary, .option, select, textarea, input.code")]
      .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 44).map((e) => e.outerHTML)"""
    wide = "() => document.documentElement.scrollWidth > innerWidth"
    page.goto(survey.link)
    page.get_by_role("button", name="Mulai").wait_for()
    assert page.evaluate(small) == []
    assert not page.evaluate(wide)
    walk.begin()
    assert page.evaluate(small) == []
    assert not page.evaluate(wide)
    walk.to_review(text="x" * 200)
    assert page.evaluate(small) == []
    assert not page.evaluate(wide)


@pytest.mark.browser
@pytest.mark.slow
def test_a_keyboard_is_enough(page, survey, walk):
    page.goto(survey.link)
    page.get_by_role("button", name="Mulai").focus()
    page.keyboard.press("Enter")
    for _ in range(12):
        heading = page.locator("h1").inner_text()
        if page.get_by_role("button", name="Kirim jawaban").count():
            break
        for group in page.locator("fieldset").all():
            if group.is_visible():
                group.locator("input").first.focus()
                page.keyboard.press("Space")
        page.get_by_role("button", name="Lanjut").focus()
        page.keyboard.press("Enter")
        page.wait_for_function("old => document.querySelector('h1').innerText !== old", arg=heading)
        assert page.locator("h1").evaluate("element => element === document.activeElement")
    page.get_by_role("button", name="Kirim jawaban").focus()
    page.keyboard.press("Enter")
    walk.arrived()


def test_no_source_names_a_foreign_address_or_builds_markup_from_text():
    for name, text in SOURCES.items():
        assert not re.search(r"https?://(?!www\.w3\.org)", text), name
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text
        ), name
        assert not re.search(r"document\.cookie|localStorage", text), name
    assert not re.search(r"<script(?![^>]*src=)|<style|\son\w+=|style=", SOURCES["index.html"])


def test_primitives_are_called_in_their_own_modules_only():
    callers = {name for name, text in SCRIPTS.items() if "crypto.subtle" in text}
    assert callers <= PRIMITIVES


def test_modules_import_their_neighbours_only():
    imports = {path for text in SCRIPTS.values() for path in re.findall(r'(?:from |import\()"([^"]+)"', text)}
    assert imports <= {f"./{name}" for name in [*SCRIPTS, "round.js"]}


def test_every_text_of_the_page_is_there_in_both_languages():
    for name in ("texts.js", "finish.js"):
        table = SOURCES[name][SOURCES[name].index("{") :]
        for key, inner in re.findall(r'^  "?([\w-]+)"?: \[(.*?)\],$', table, re.MULTILINE | re.DOTALL):
            texts = re.findall(r'"((?:[^"\\]|\\.)+)"', inner)
            assert len(texts) == 2, key
            assert sorted(re.findall(r"\{\w+\}", texts[0])) == sorted(re.findall(r"\{\w+\}", texts[1])), key


def test_every_text_a_module_asks_for_exists():
    known = set(re.findall(r'^  "?([\w-]+)"?: \[', SOURCES["texts.js"] + SOURCES["finish.js"], re.MULTILINE))
    asked = {key for text in SCRIPTS.values() for key in re.findall(r'(?:say|more)\("([\w-]+)"', text)}
    assert asked <= known
