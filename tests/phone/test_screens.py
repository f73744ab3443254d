"""Every screen a person can meet, in both languages and themes: axe finds nothing, nothing is too wide."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE = "() => document.documentElement.scrollWidth > innerWidth"
REFUSALS = [
    ("/g/hello", 404, "unknown"),
    ("/g/hello", 503, "try_later"),
    ("/g/issue", 409, "right_used"),
    ("/g/issue", 409, "wrong_key"),
    ("/g/issue", 410, "closed"),
    ("/b/ballot", 403, "bad_token"),
    ("/b/ballot", 409, "older_version"),
]
NAMES = {
    "id": {"code": "Masukkan kode masuk", "review": "Periksa jawaban Anda", "sent": "Jawaban terkirim"},
    "en": {"code": "Type your entry code", "review": "Check your answers", "sent": "Answers sent"},
}


class Screens:
    """Looks at each screen as it comes by."""

    def __init__(self, page, survey, language):
        self.page, self.survey, self.language = page, survey, language
        self.found = {}

    def look(self, screen):
        """What axe finds on it, as short lines, and whether it is wider than the phone."""
        said = Axe().run(self.page, options={"runOnly": RULES}).response["violations"]
        lines = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in said]
        self.found[screen] = lines + ["too wide"] * self.page.evaluate(WIDE)
        assert self.page.locator("html").get_attribute("lang") == self.language

    def speak(self):
        """Chooses the language."""
        self.page.locator(f"button[lang={self.language}]").click()

    def arrive(self, heading):
        """Waits for a screen."""
        self.page.get_by_role("heading", name=NAMES[self.language][heading]).wait_for()

    def welcome(self):
        """Opens the link."""
        self.page.goto("about:blank")
        self.page.goto(self.survey.link)
        self.page.locator("h1").wait_for()
        self.speak()

    def to_review(self, looking=False):
        """Answers everything; looks at each screen on the way, if asked to."""
        page = self.page
        page.locator("main > button.main").click()
        while page.locator("dl").count() == 0:
            for group in page.locator("fieldset").all():
                if group.is_visible():
                    group.locator(".option").nth(1).click()
            step = page.locator("h1").inner_text()
            if looking:
                self.look(step)
            page.locator(".nav .main").click()
            page.wait_for_function("old => document.querySelector('h1').innerText !== old", arg=step)
        self.arrive("review")


@pytest.fixture(params=[(t, lang) for t in ("light", "dark") for lang in ("id", "en")], ids="-".join)
def screens(request, page, survey):
    """A phone in one theme and language."""
    theme, language = request.param
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    return Screens(page, survey, language)


def test_axe_finds_nothing_on_any_screen(page, survey, screens):
    page.goto(survey.static.origin)
    page.locator("h1").wait_for()
    screens.speak()
    screens.look("code")
    page.locator("form input").fill("oops")
    page.locator("form button").click()
    page.get_by_role("alert").wait_for()
    screens.look("wrong code")
    screens.welcome()
    screens.look("welcome")
    for summary in page.locator("summary").all():
        summary.click()
    screens.look("welcome, everything open")
    page.locator("main > button.main").click()
    page.locator(".exits summary").click()
    screens.look("question, exits open")
    page.locator(".nav .main").click()
    page.locator(".summary").wait_for()
    screens.look("fault")
    page.go_back()
    screens.to_review(looking=True)
    screens.look("review")
    survey.refuse["/g/issue"] = [(503, "try_later")] * 9
    page.locator(".nav .main").click()
    page.locator(".lead").filter(has_text="HP" if screens.language == "id" else "phone").wait_for()
    screens.look("waiting")
    survey.refuse.clear()
    page.reload()
    page.locator(".receipt").wait_for()
    screens.speak()
    screens.look("receipt")
    assert {screen: lines for screen, lines in screens.found.items() if lines} == {}
    assert len(screens.found) >= 10


def test_axe_finds_nothing_on_any_refusal(page, survey, screens):
    for at, (path, status, code) in enumerate(REFUSALS):
        survey.state, survey.issued = f"{at:064x}", None  # a right of its own each time
        survey.refuse = {} if path == "/g/hello" else {path: [(status, code)] * 9}
        if path == "/g/hello":
            survey.refuse = {path: [(status, code)]}
        screens.welcome()
        if path != "/g/hello":
            screens.to_review()
            page.locator(".nav .main").click()
        page.get_by_role("alert").wait_for()
        screens.look(code)
    assert {screen: lines for screen, lines in screens.found.items() if lines} == {}
