"""The inbox in a real browser: fits, is accessible, and a tap does what it says."""

import pytest
from axe_playwright_python.sync_playwright import Axe


@pytest.fixture
def page(browser, request):
    # The checker is a script of ours; the pages themselves allow none.
    context = browser.new_context(viewport={"width": request.param, "height": 800}, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("page", [360, 1280], indirect=True)
def test_every_tab_fits_and_is_accessible(emulator, make, page):
    emulator.send(make.invitation(make.number(1)))
    emulator.call("POST", "/sms", {"to": make.number(1), "text": "Isi: http://127.0.0.1:1/i#x", "ref": "r"})
    emulator.call("POST", "/letter", b"%PDF-1.7\n")
    emulator.advance(3600)
    paths = (
        "/",
        f"/phones/{make.number(1)}",
        "/phones/628",
        "/sms",
        "/sms/1",
        "/mail",
        "/letter",
        "/letter/2",
    )
    for path in paths:
        page.goto(f"http://127.0.0.1:{emulator.port}{path}")
        assert Axe().run(page).response["violations"] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], path
        assert page.get_by_text("SIMULATOR", exact=True).first.is_visible()


@pytest.mark.parametrize("page", [360], indirect=True)
def test_a_hand_presses_writes_and_hands_in(emulator, hook, make, page, until):
    emulator.send(make.invitation(make.number(1)))
    emulator.advance(3600)
    page.goto(f"http://127.0.0.1:{emulator.port}/phones/{make.number(1)}?lang=en")
    page.get_by_role("button", name="Saya ragu").click()
    page.get_by_label("Write a reply").fill("Dari siapa?")
    page.get_by_role("button", name="Send", exact=True).click()
    until(lambda: [one["type"] for one in hook.inbound()] == ["button", "text"])
    page.get_by_role("button", name="Change number").click()
    page.get_by_role("link", name="Letters").click()
    paper = {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n"}
    page.get_by_label("PDF file").set_input_files(paper)
    page.get_by_role("button", name="Hand in").click()
    assert page.get_by_role("heading", level=1).inner_text() == "surat.pdf"
