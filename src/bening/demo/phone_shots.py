"""`bening shots --phone`: each screen of the respondent's phone in both languages, refusals included."""

import json
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Route

from bening.demo import browser

LANGUAGES = ("id", "en")
SCREENS = browser.SCREENS
NEXT = ".nav .main"
REFUSAL = "main > .lead[role=alert]"
MAIN = "main button.main, main .receipt"
# A browser that misses something: how it is made, and the refusal it meets.
POOR = {
    "no-crypto": "Object.defineProperty(window, 'indexedDB', { value: undefined });",
    "not-secure": "Object.defineProperty(window, 'isSecureContext', { value: false });",
}
# What gate and box answer to a phone that is ready to send, in this order.
REFUSED = (
    ("right-used", "/g/issue", 409, "right_used"),
    ("closed", "/g/issue", 410, "closed"),
    ("older-version", "/b/ballot", 409, "older_version"),
    ("our-fault", "/b/ballot", 403, "bad_token"),
)
# The answers that lead into the questionnaire; elsewhere the second choice is taken.
CHOSEN = {"works": "yes", "tasks": "serve"}
# Taps answers until another question appears; a question that brings none is left as it was answered.
FOLLOW_UP = """() => {
  const seen = () => document.querySelectorAll("fieldset:not([hidden])").length;
  for (const field of document.querySelectorAll("fieldset:not([hidden])")) {
    const answered = field.querySelector("input[type=radio]:checked");
    const boxes = [...field.querySelectorAll(".option:not([hidden]) input[type=radio]")];
    for (const box of boxes) {
      const before = seen();
      box.click();
      if (seen() > before) return true;
    }
    answered?.click();
  }
  return false;
}"""


def every(chromium: Browser, link: str, out: Path) -> None:
    """Play one interview through; the right behind the link is used up."""
    out.mkdir(parents=True, exist_ok=True)
    for name, script in POOR.items():
        context = window(chromium)
        context.add_init_script(script)
        stopped(context, link, out / name)
    stopped(window(chromium, hello=(404, "unknown")), link, out / "unknown")
    context = window(chromium)
    context.route("**/g/hello", lambda route: route.abort())
    stopped(context, link, out / "offline")
    context = window(chromium)
    context.route("**/g/hello", misplaced)
    stopped(context, link, out / "key-refused")
    context = window(chromium)
    page = context.new_page()
    before(page, link, out)
    page = refusals(context, page, link, out)
    page.wait_for_selector(".receipt")
    both(page, out / "receipt")
    context.close()


def window(chromium: Browser, hello: tuple[int, str] | None = None) -> BrowserContext:
    """A phone of its own; `hello`: how the gate refuses it."""
    context = chromium.new_context(
        viewport=browser.PHONE, locale="id-ID", color_scheme="light", reduced_motion="reduce"
    )
    context.set_default_timeout(browser.PATIENCE)
    if hello:
        refusing(context, "/g/hello", *hello)
    return context


def both(page: Page, stem: Path, opened: str = "") -> None:
    """The screen as it stands, in both languages; `opened`: what is tapped on it before.

    Of a refusal only its own words, because everything around them is on the other pictures.
    """
    for language in LANGUAGES:
        page.click(f"footer button[lang={language}]")
        page.wait_for_selector(f"html[lang={language}]")
        if opened:
            page.click(opened)
            page.evaluate("scrollTo(0, document.body.scrollHeight)")
        path = stem.with_name(f"{stem.name}-{language}.png")
        if page.query_selector(REFUSAL):
            page.locator("main").screenshot(path=path)
        else:
            page.screenshot(path=path)
    page.click(f"footer button[lang={LANGUAGES[0]}]")


def stopped(context: BrowserContext, link: str, stem: Path) -> None:
    """A link that leads to a refusal."""
    page = context.new_page()
    page.goto(link)
    page.wait_for_selector(REFUSAL)
    both(page, stem)
    context.close()


def refusing(context: BrowserContext, path: str, status: int, code: str) -> None:
    """From now on one call is answered with this refusal."""

    def answer(route: Route) -> None:
        origin = route.request.headers["origin"]
        headers = {"access-control-allow-origin": origin, "content-type": "application/json"}
        route.fulfill(status=status, headers=headers, body=json.dumps({"error": code}))

    context.route(f"**{path}", answer)


def misplaced(route: Route) -> None:
    """The gate's reply with the entry at another place than in the manifest."""
    reply = route.fetch()
    altered(route, reply.headers, {**reply.json(), "index": reply.json()["index"] + 1})


def forged(route: Route) -> None:
    """The box's reply with the receipt of somebody else."""
    reply = route.fetch()
    altered(route, reply.headers, {**reply.json(), "receipt": "A" * 86})


def altered(route: Route, headers: Mapping[str, str], fields: Mapping[str, object]) -> None:
    """A reply with other fields."""
    kept = {name: value for name, value in headers.items() if name != "content-length"}
    route.fulfill(status=200, headers=kept, body=json.dumps(fields))


def before(page: Page, link: str, out: Path) -> None:
    """From the entry code to the review, with a picture of each kind of screen."""
    page.goto(link.split("/i")[0])
    page.wait_for_selector("input.code")
    both(page, out / "code")
    page.goto(link)
    page.wait_for_selector(MAIN)
    both(page, out / "welcome")
    page.click("main > button.main")
    page.wait_for_selector(".nav")
    both(page, out / "question")
    page.click(NEXT)
    page.wait_for_selector(".summary")
    both(page, out / "fault")
    both(page, out / "exits", opened=".exits summary")
    taken = False
    for _ in range(SCREENS):
        if page.query_selector("main dl"):
            both(page, out / "review")
            return
        answered(page)
        if not taken and page.evaluate(FOLLOW_UP):
            taken = True
            both(page, out / "follow-up")
            answered(page)
        step = page.inner_html("main")
        page.click(NEXT)
        page.wait_for_function("step => document.querySelector('main').innerHTML !== step", arg=step)
    raise RuntimeError(f"no review after {SCREENS} screens")


def answered(page: Page) -> None:
    """Whatever is still open on this screen."""
    for at in range(SCREENS):
        fields = page.locator("main fieldset:not([hidden]), main .question:not([hidden])")
        if at >= fields.count():
            return
        field = fields.nth(at)
        if field.locator("input[inputmode=numeric]").count():
            field.locator("input").fill("1")
        elif field.locator("input").count() and not field.locator("input:checked").count():
            options = field.locator(".option:not([hidden])")
            chosen = options.locator(f"[value={CHOSEN.get(str(field.get_attribute('id'))[2:], '-')!r}]")
            (chosen if chosen.count() else options.nth(min(1, options.count() - 1))).click()


def refusals(context: BrowserContext, page: Page, link: str, out: Path) -> Page:
    """From the review to just before the receipt, through everything that may be in the way."""
    refusing(context, "/g/issue", 409, "wrong_key")
    page.click(NEXT)
    page.wait_for_selector(REFUSAL)
    both(page, out / "wrong-key")
    context.unroute("**/g/issue")
    page.click("main > button.main")  # the draft is still there: the welcome, then the review
    page.wait_for_selector(".lines")
    page.click("main > button.main")
    page.wait_for_selector("main dl")
    context.route("**/g/issue", lambda route: route.abort())
    page.click(NEXT)
    page.wait_for_selector("#status:not(:empty)", state="attached")
    both(page, out / "waiting")
    other = context.new_page()
    other.goto(link)
    other.wait_for_selector(REFUSAL)
    both(other, out / "other-tab")
    other.close()
    context.unroute("**/g/issue")
    page.close()
    page = context.new_page()
    for name, path, status, code in REFUSED:
        refusing(context, path, status, code)
        reopened(page, link)
        both(page, out / name)
        context.unroute(f"**{path}")
    context.route("**/b/ballot", forged)
    reopened(page, link)
    both(page, out / "bad-receipt")
    context.unroute("**/b/ballot")
    page.goto("about:blank")
    page.goto(link)
    return page


def reopened(page: Page, link: str) -> None:
    """The link again, up to the refusal it meets."""
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_selector(REFUSAL)
