"""Cast: respondents with Chromium, before the real gate, box and tally: who they are and what befalls them.

What the page does by itself is played in tests/phone; docs/methods/phone-protocol.md lists where what is.
"""

import re

import pytest

from tests.journeys.conftest import PHONE, sound
from tests.journeys.respondent import (
    NEXT,
    RECEIPT,
    REMARK,
    TIMES,
    code,
    fill,
    kind,
    onward,
    open_link,
    screens,
    tallied,
    to_review,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("journeys")]
# Which questions are on show, and what is ticked: what a way back has to find again.
STATE = """() => {
  const ids = (css) => [...document.querySelectorAll(css)].map((one) => one.id);
  return JSON.stringify([ids("main fieldset, main .question"), ids("main :checked")]);
}"""
TABS = 120  # more than any screen has
# Where the focus is: what it is on, whether its question is open, whether the ring around it is seen.
FOCUS = """() => {
  const one = document.activeElement;
  const ring = (element) => element && getComputedStyle(element).outlineStyle !== "none";
  const group = one.closest("fieldset");
  return { type: one.type ?? "", tag: one.tagName, main: one.matches("main button.main"), lang: one.lang,
    open: Boolean(group) && !group.querySelector(":checked"),
    empty: one.matches("textarea, [inputmode=numeric]") && !one.value,
    seen: ring(one) || ring(one.closest(".option")), body: one === document.body };
}"""
# What can be pressed or filled, of which any part lies outside the width of the screen.
OUTSIDE = """() => [...document.querySelectorAll("a, button, summary, .option, input, select, textarea")]
  .filter((one) => one.checkVisibility())
  .filter((one) => {
    one.scrollIntoView();
    const { left, right, top, bottom } = one.getBoundingClientRect();
    return left < 0 || right > innerWidth || bottom < 0 || top > innerHeight;
  }).map((one) => one.outerHTML)"""
NAMED = ("button", "link", "radio", "checkbox", "textbox", "combobox", "heading")


@pytest.fixture
def phone(window):
    """A phone that has never been here."""
    return window(**PHONE)


def test_people_of_every_group_reach_the_receipt_and_the_tally_opens_their_ballots(
    country, fresh, window, tmp_path
):
    receipts = []
    for group in ("internal", "external", "expert"):
        page = window(**PHONE)
        open_link(page, fresh(group))
        assert [what for what in screens(page) if what != "questions"] == ["welcome", "review", "receipt"]
        receipts.append(page.inner_text(RECEIPT))
        assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", receipts[-1].strip())
        sound(page)
    assert {code(receipt) for receipt in receipts} <= tallied(country, tmp_path)


def test_in_airplane_mode_one_answers_on_and_the_answers_leave_when_the_signal_is_back(
    country, fresh, phone, tmp_path
):
    open_link(phone, fresh("external"))
    onward(phone)
    phone.wait_for_load_state("networkidle")  # what sending needs comes behind the first question
    fill(phone)
    phone.context.set_offline(True)
    to_review(phone)
    phone.click(NEXT)
    phone.locator("#status").get_by_text("Tersimpan di HP ini").wait_for()
    assert phone.locator(RECEIPT).count() == 0
    phone.context.set_offline(False)
    phone.wait_for_selector(RECEIPT)
    receipt = phone.inner_text(RECEIPT)
    assert code(receipt) in tallied(country, tmp_path)


def test_the_back_button_goes_through_every_screen_and_not_behind_the_receipt(country, fresh, phone):
    open_link(phone, fresh("internal"))
    seen = []
    for what in screens(phone):
        seen.append(phone.evaluate(STATE))
        if what == "review":
            break
    for state in reversed(seen[:-1]):
        phone.go_back()
        stands(phone, state)
    for state in seen[1:]:
        phone.go_forward()
        stands(phone, state)
    phone.click(NEXT)
    phone.wait_for_selector(RECEIPT)
    receipt = phone.inner_text(RECEIPT)
    for _ in range(2):
        phone.go_back()
        assert phone.inner_text(RECEIPT) == receipt
        assert phone.locator("main fieldset").count() == 0


def stands(page, state):
    """The screen with these questions and answers is back."""
    page.wait_for_function(f"state => ({STATE})() === state", arg=state)


def test_twice_as_large_everything_is_within_reach_and_nothing_runs_over_the_edge(country, fresh, window):
    """Zoomed to 200 % a phone of 360 × 740 lays its pages out on half of that."""
    page = window(width=PHONE["width"] // 2, height=PHONE["height"] // 2)
    for group in ("internal", "external", "expert"):
        open_link(page, fresh(group))
        for _ in screens(page):
            for summary in page.locator("summary").all():
                summary.click()
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.inner_text(
                "h1"
            )
            assert page.evaluate(OUTSIDE) == []


def test_a_keyboard_alone_leads_from_the_link_to_the_receipt(country, fresh, phone):
    """Tab, arrows, space and Enter; wherever the focus is, one sees it."""
    open_link(phone, fresh("internal"))
    assert until_focus(phone, lambda on: on["lang"] == "en")
    phone.keyboard.press("Enter")
    assert phone.locator("html").get_attribute("lang") == "en"
    while phone.locator(RECEIPT).count() == 0:
        answer_by_keyboard(phone)
        before = phone.inner_html("main")
        phone.keyboard.press("Enter")
        phone.wait_for_function("before => document.querySelector('main').innerHTML !== before", arg=before)
        phone.wait_for_selector(f"{NEXT}, {RECEIPT}")
        assert phone.evaluate("document.activeElement.tagName") == "H1"  # a reader begins at the top


def until_focus(page, wanted):
    """Press Tab until the focus is where it should be; every stop on the way shows its ring."""
    for _ in range(TABS):
        page.keyboard.press("Tab")
        on = page.evaluate(FOCUS)
        assert on["seen"] or on["body"], page.evaluate("document.activeElement.outerHTML")
        if wanted(on):
            return on
    raise AssertionError(f"out of reach on {page.inner_text('h1')}")


def answer_by_keyboard(page):
    """Answer what stands open on the way down to the filled button, and stop there."""
    while not (on := until_focus(page, lambda on: on["open"] or on["empty"] or on["main"]))["main"]:
        if on["open"]:
            page.keyboard.press("Space")
        else:
            page.keyboard.type(REMARK if on["tag"] == "TEXTAREA" else TIMES)
        if on["type"] == "radio":  # down to the second and back to the first
            page.keyboard.press("ArrowDown")
            page.keyboard.press("ArrowUp")


def test_a_screen_reader_hears_a_name_for_everything_and_what_happens(country, fresh, phone):
    """The tree that readers get: on every screen, with the folded parts open; and what is said by itself."""
    tree = phone.context.new_cdp_session(phone)
    open_link(phone, fresh("external"))
    for _ in screens(phone):
        for summary in phone.locator("summary").all():
            summary.click()
        nodes = [
            node for node in tree.send("Accessibility.getFullAXTree")["nodes"] if not node.get("ignored")
        ]
        named = [(node["role"]["value"], node.get("name", {}).get("value", "").strip()) for node in nodes]
        assert [role for role, name in named if role in NAMED and not name] == [], phone.inner_text("h1")
        roles = [role for role, _ in named]
        assert roles.count("main") == 1
        assert roles.count("status") == 1  # there before it has something to say
        headings = [node for node in nodes if node["role"]["value"] == "heading"]
        levels = [
            p["value"]["value"] for node in headings for p in node["properties"] if p["name"] == "level"
        ]
        assert levels.count(1) == 1
        groups = [name for role, name in named if role == "group" and name]  # folded parts have none
        assert len(groups) == phone.locator("main fieldset:visible").count()
        assert len(set(groups)) == len(groups)
    assert phone.inner_text("#status") == phone.inner_text("h1")  # "Answers sent" is said aloud
    assert kind(phone) == "receipt"


def test_a_phone_twenty_times_slower_sends_all_the_same(country, fresh, phone):
    open_link(phone, fresh("external"))
    to_review(phone)
    phone.context.new_cdp_session(phone).send("Emulation.setCPUThrottlingRate", {"rate": 20})
    phone.click(NEXT)
    phone.wait_for_selector(RECEIPT)
