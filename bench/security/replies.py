"""What gate and box answer is changed on its way back, before a real browser: the phone must notice.

A hello that was changed ends before the first question; a later reply ends the sending with the answers kept.
"""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench.security.cases import Case
from bening.demo.browser import FLAGS, installed
from tests.phone.conftest import Survey, Walk

Reply = dict[str, Any]
REFUSED, SENT, BEGIN = "[role=alert]", "Jawaban terkirim", "Mulai"
PATIENCE = (
    60_000  # milliseconds; who says nothing at all by then has not accepted the change either: an error
)


def other(text: str) -> str:
    """The same text with its middle letter changed."""
    at = len(text) // 2
    return text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]


def hex_other(text: str) -> str:
    """The same for hex."""
    return text[:-1] + ("0" if text[-1] != "0" else "1")


CHANGES: dict[str, tuple[str, Callable[[Reply], Reply]]] = {
    "entry": ("/g/hello", lambda reply: {"entry": reply["entry"].replace('"sampled":42', '"sampled":43')}),
    "entry's key": ("/g/hello", lambda reply: {"entry": other(reply["entry"])}),
    "index": ("/g/hello", lambda reply: {"index": reply["index"] ^ 1}),
    "path flipped": ("/g/hello", lambda reply: {"path": [hex_other(reply["path"][0]), *reply["path"][1:]]}),
    "path shortened": ("/g/hello", lambda reply: {"path": reply["path"][:-1]}),
    "path extended": ("/g/hello", lambda reply: {"path": [*reply["path"], "00" * 32]}),
    "blind signature": ("/g/issue", lambda reply: {"blind_sig": other(reply["blind_sig"])}),
    "blind signature cut": ("/g/issue", lambda reply: {"blind_sig": reply["blind_sig"][:-4]}),
    "hash": ("/b/ballot", lambda reply: {"h": hex_other(reply["h"])}),
    "receipt": ("/b/ballot", lambda reply: {"receipt": other(reply["receipt"])}),
}


def cases(browser: Browser) -> list[Case]:
    """Every change before a phone of its own."""
    return [
        Case(f"reply of {path}: {name} changed", outcome(browser, path, change))
        for name, (path, change) in CHANGES.items()
    ]


def outcome(browser: Browser, path: str, change: Callable[[Reply], Reply]) -> str:
    """Who notices: what the phone says, or nothing if the answers went out as if nothing had happened."""
    survey = Survey()
    honest = survey.answer

    def answer(asked: str, body: bytes) -> tuple[int, Reply]:
        status, reply = honest(asked, body)
        return status, reply | (change(reply) if asked == path and status < 400 else {})

    survey.answer = answer  # type: ignore[method-assign]
    context = browser.new_context(locale="id-ID")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    try:
        page.goto(survey.link)
        if path == "/g/hello":
            begin = page.get_by_role("button", name=BEGIN)
            page.get_by_text("Jangan menjawab").or_(begin).first.wait_for()
            return "" if begin.count() else "phone: refuses to begin"
        walk = Walk(page)
        walk.begin()
        walk.to_review()
        page.get_by_role("button", name="Kirim jawaban").click()
        page.locator(REFUSED).or_(page.get_by_role("heading", name=SENT)).first.wait_for()
        return "" if page.get_by_role("heading", name=SENT).count() else "phone: stops, keeps the answers"
    finally:
        context.close()
        for server in (survey.gate, survey.box, survey.static):
            server.stop()


def measured() -> list[Case]:
    """The same with a browser of its own; no case where none is installed."""
    executable = installed()
    if executable is None:
        return []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=executable, args=list(FLAGS))
        try:
            return cases(browser)
        finally:
            browser.close()
