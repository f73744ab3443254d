"""The page itself: small, at home only, and usable by everybody."""

import gzip
import re

import pytest

from bening import phone
from bening.core.fieldwork.join import declared

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
    assert first | later <= set(survey.files)
    needed = set()
    for name in first | later:
        if name.endswith(".js"):
            needed |= set(re.findall(rb'(?:from |import\()"\./([^"]+)"', survey.files[name]))
    assert {name.decode() for name in needed} <= first | later


@pytest.mark.browser
def test_the_browser_asks_the_named_origins_only_and_nothing_twice(page, survey, walk):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(survey.link)
    walk.begin()
    walk.to_review()
    walk.send()
    origins = {"/".join(url.split("/")[:3]) for url in asked}
    assert origins == {survey.static.origin, survey.gate.origin, survey.box.origin}
    received = [path for path, _ in survey.requests]
    assert len(received) == len(set(received))


@pytest.mark.browser
def test_eight_requests_and_the_first_question_can_be_answered(page, survey, walk, line):
    page.goto(survey.link)
    walk.begin()
    page.locator(".option input").first.wait_for()
    page.wait_for_load_state("networkidle")
    assert len(line) <= 8  # page, style, two modules, hello and its preflight, questionnaire; then the rest


@pytest.mark.browser
@pytest.mark.slow
def test_a_whole_interview_takes_at_most_45_kilobytes_of_the_line(page, survey, walk, line):
    page.goto(survey.link)
    walk.begin()
    walk.to_review(text="Antrean “cepat”.")
    walk.send()
    page.wait_for_load_state("networkidle")
    assert sum(one.received + one.sent for one in line) <= 45_000


@pytest.mark.browser
def test_modules_for_sending_come_after_the_first_question(page, survey, walk):
    page.goto(survey.link)
    page.get_by_role("button", name="Mulai").wait_for()
    assert not any(path.endswith("later.js") for path, _ in survey.requests)
    walk.begin()
    page.wait_for_function(
        "() => performance.getEntriesByName(document.querySelector('[href$=\"later.js\"]').href).length"
    )


@pytest.mark.browser
def test_a_changed_module_does_not_run(page, survey):
    survey.files["first.js"] += b"\n// one comment more\n"
    page.emulate_media(reduced_motion="reduce")  # no delay before the fallback words show
    page.goto(survey.link)
    page.get_by_text("Bila halaman ini tidak berlanjut").wait_for()
    assert page.get_by_role("button").count() == 0


def test_the_page_comes_with_the_words_that_the_script_takes_over():
    """Else the first screen would be drawn twice, and read as two."""
    heading, lead = re.findall(r"^<(?:h1|p class=\"lead\")>(.*)</", SOURCES["index.html"], re.MULTILINE)
    for key, said in {"loading": heading, "lead": lead}.items():
        assert re.search(rf'^  {key}: \[\s*"{re.escape(said)}",', SOURCES["texts.js"], re.MULTILINE), key


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


@pytest.mark.browser
def test_no_name_of_a_module_is_one_of_the_browsers_own(page, survey):
    """Joined, a name at the top of one module is seen by all: none of them may have meant the browser's."""
    names = sorted(
        {name for file in ("first.js", "later.js") for name in declared(survey.files[file].decode())}
    )
    assert len(names) > 100
    assert page.evaluate("names => names.filter((name) => name in window)", names) == []


def test_every_text_of_the_page_is_there_in_both_languages():
    for name in (name for name, text in SCRIPTS.items() if re.search(r"texts = \{|assign\(texts", text)):
        table = SOURCES[name][SOURCES[name].index("{") :]
        for key, inner in re.findall(r'^  "?([\w-]+)"?: \[(.*?)\],$', table, re.MULTILINE | re.DOTALL):
            texts = re.findall(r'"((?:[^"\\]|\\.)+)"', inner)
            assert len(texts) == 2, key
            assert sorted(re.findall(r"\{\w+\}", texts[0])) == sorted(re.findall(r"\{\w+\}", texts[1])), key


def test_every_text_a_module_asks_for_exists():
    known = set(re.findall(r'^  "?([\w-]+)"?: \[', "\n".join(SCRIPTS.values()), re.MULTILINE))
    asked = {key for text in SCRIPTS.values() for key in re.findall(r'(?:say|more)\("([\w-]+)"', text)}
    assert asked <= known
