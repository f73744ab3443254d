"""A real browser before gate and box whose answers were changed on the way back."""

import pytest

from bench.security import replies

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BEFORE, AFTER = "phone: refuses to begin", "phone: stops, keeps the answers"


@pytest.mark.parametrize("name", replies.CHANGES)
def test_a_reply_that_was_changed_is_noticed_by_the_phone(browser, name):
    path, change = replies.CHANGES[name]
    assert replies.outcome(browser, path, change) == (BEFORE if path == "/g/hello" else AFTER)


@pytest.mark.parametrize("missing", ["crypto.subtle", "indexedDB"])
def test_a_browser_that_cannot_lock_answers_is_sent_away(browser, missing):
    """No page for browsers without it: a server that can offer a weak mode can offer it to everybody."""
    survey = replies.Survey()
    context = browser.new_context(locale="id-ID")
    page = context.new_page()
    holder, _, name = missing.rpartition(".")
    page.add_init_script(f"Object.defineProperty({holder or 'window'}, '{name}', {{ value: undefined }})")
    try:
        page.goto(survey.link)
        page.get_by_role("alert").or_(page.get_by_text("Chrome")).first.wait_for()
        assert {path for path, body in survey.requests if body} <= {"/g/hello"}
        assert page.get_by_role("button", name="Mulai").count() == 0
    finally:
        context.close()
        for server in (survey.gate, survey.box, survey.static):
            server.stop()
