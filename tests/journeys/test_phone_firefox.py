"""Cast: respondents whose phone has Firefox, before the real gate, box and tally."""

import re

import pytest

from tests.journeys import marionette
from tests.journeys.respondent import NEXT, RECEIPT, REMARK, TIMES, code, tallied

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.xdist_group("journeys"),
    pytest.mark.skipif(marionette.PROGRAM is None, reason="no Firefox is installed"),
]
# The first question on show without an answer: what to tap, or where to write which words.
OPEN = """const [times, remark] = arguments;
  const all = "main fieldset, main textarea, main input[inputmode=numeric]";
  for (const one of document.querySelectorAll(all)) {
    if (!one.checkVisibility() || one.value || one.querySelector(":checked")) continue;
    if (one.tagName === "FIELDSET") return [one.querySelector("label:not([hidden])"), ""];
    return [one, one.tagName === "INPUT" ? times : remark];
  }
  return null;"""
MAIN = "return document.querySelector('main').innerHTML"
# Which questions are on show, and what is ticked: what a way back has to find again.
STATE = """const ids = (css) => [...document.querySelectorAll(css)].map((one) => one.id);
  return [ids("main fieldset, main .question"), ids("main :checked")];"""
# Whether a draft lies in the page's database and two looks in a row see the same one.
SETTLED = """const opened = (request) =>
    new Promise((done) => { request.onsuccess = () => done(request.result); });
  const database = await opened(indexedDB.open("bening"));
  const look = async () => {
    const drafts = await opened(database.transaction("drafts").objectStore("drafts").getAll());
    return drafts.map((one) => one.iv.join()).join();
  };
  const before = await look();
  await new Promise((done) => setTimeout(done, 200));
  const now = await look();
  database.close();
  return now !== "" && now === before;"""


@pytest.fixture
def phone(tmp_path):
    """A Firefox that has never been here."""
    with marionette.firefox(tmp_path) as started:
        yield started


def fill(phone):
    """Answer what the screen asks."""
    while found := phone.script(OPEN, TIMES, REMARK):
        place, words = found
        name = "WebDriver:ElementSendKeys" if words else "WebDriver:ElementClick"
        phone.ask(name, id=place[marionette.ELEMENT], **({"text": words} if words else {}))


def onward(phone):
    """Press the filled button; something else stands there."""
    before = phone.script(MAIN)
    phone.click(NEXT)
    marionette.until(lambda: phone.script(MAIN) != before, "the next screen")


def walk(phone, until=RECEIPT):
    """On from wherever this is to the screen that holds this."""
    for _ in range(60):
        phone.element(f"{NEXT}, {RECEIPT}")
        if phone.find(until):
            return phone.text(until)
        fill(phone)
        onward(phone)
    raise AssertionError(f"no {until}")


def test_people_of_every_group_reach_the_receipt_and_the_tally_opens_their_ballots(
    country, fresh, phone, tmp_path
):
    """What Firefox blinds, signs and seals is what the house expects; three people on one phone."""
    receipts = []
    for group in ("internal", "external", "expert"):
        phone.go("about:blank")
        phone.go(fresh(group))
        receipts.append(walk(phone))
        assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", receipts[-1].strip())
    assert {code(receipt) for receipt in receipts} <= tallied(country, tmp_path)


def test_a_reload_in_the_middle_finds_the_answers_again(country, fresh, phone):
    phone.go(fresh("external"))
    phone.element(NEXT)
    onward(phone)
    fill(phone)
    onward(phone)
    fill(phone)
    marionette.until(lambda: phone.script(SETTLED), "the draft on the disk")
    given = phone.script(STATE)
    phone.reload()
    phone.element(NEXT)
    onward(phone)  # "Continue your answers"
    assert phone.script(STATE) == given
    assert phone.script("return location.hash") == ""


def test_the_back_button_goes_through_the_answers_and_not_behind_the_receipt(country, fresh, phone):
    phone.go(fresh("external"))
    phone.element(NEXT)
    onward(phone)
    seen = []
    for _ in range(3):
        fill(phone)
        seen.append(phone.script(STATE))
        onward(phone)
    for state in reversed(seen):
        phone.back()
        marionette.until(lambda state=state: phone.script(STATE) == state, f"{state} again")
    phone.back()
    phone.element("main > button.main")  # the welcome
    walk(phone)
    phone.back()
    assert phone.find("main fieldset") == []
    phone.element(RECEIPT)


def test_the_language_changes_in_the_middle_and_the_answers_stay(country, fresh, phone):
    phone.go(fresh("external"))
    phone.element(NEXT)
    onward(phone)
    fill(phone)
    given, words = phone.script(STATE), phone.text("main legend")
    phone.click("footer button", "English")
    assert phone.script("return document.documentElement.lang") == "en"
    assert phone.text("main legend") != words
    assert phone.script(STATE) == given
    phone.click("footer button", "Bahasa Indonesia")
    assert phone.text("main legend") == words
    assert phone.script(STATE) == given
