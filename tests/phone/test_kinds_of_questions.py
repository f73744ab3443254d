"""Several choices, a number with bounds, a choice filter, a calculation: on the phone and counted."""

import json

import pytest

from bening.core.questionnaire import check

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def words(text):
    """A text in both languages."""
    return {"id": text, "en": text}


def item(name, kind, label, **more):
    """A question."""
    meaning = {"indicator": name, "measure": "profile"} if kind not in ("note", "calculate") else {}
    return {"id": name, "kind": kind, "label": words(label), "required": False, **meaning, **more}


def offers(**labels):
    """Choices by code."""
    return [{"code": code, "label": words(label)} for code, label in labels.items()]


GIFTS = offers(money="Uang", food="Makanan", none="Tidak ada")
FLIGHT = {"code": "flight", "label": words("Tiket"), "relevant": "${met} = 'yes'"}
QUESTIONS = [
    item("met", "select_one", "Pernah datang?", choices=offers(yes="Ya", no="Tidak"), required=True,
         block="one"),
    item("gifts", "select_multiple", "Apa saja?", choices=[FLIGHT, *GIFTS], block="one", required=True,
         constraint="not(selected(., 'none') and count-selected(.) > 1)", message=words("Pilih sendirian.")),
    item("times", "integer", "Berapa kali?", constraint=". >= 1 and . <= 60",
         message=words("Tulis 1 sampai 60."), block="two", required=True),
    {"id": "often", "kind": "calculate", "label": words(""), "calculation": "if(${times} > 12, 'yes', 'no')"},
    item("why", "text", "Mengapa?", relevant="${often} = 'yes'", longest=100, block="two"),
]  # fmt: skip
FORM = {"name": "external", "version": 1, "group": "external", "title": words("Kecil"), "minutes": 1}
small = pytest.mark.parametrize(
    "survey", [{"form": json.dumps(FORM | {"questions": QUESTIONS}).encode()}], indirect=True
)


@small
def test_every_kind_of_question_is_answered_sent_and_counted(page, survey, walk):
    page.goto(survey.link)
    walk.begin()
    page.get_by_label("Ya", exact=True).check()
    page.get_by_label("Tidak ada").check()
    page.get_by_label("Tiket").check()
    walk.press("Lanjut")
    assert page.locator("#gifts-wrong").inner_text() == "Pilih sendirian."
    page.locator(".summary a").click()
    assert page.evaluate("document.activeElement.id") == "gifts-flight"
    page.get_by_label("Tidak ada").uncheck()
    page.get_by_label("Makanan").check()
    page.get_by_label("Uang").check()
    walk.press("Lanjut")
    number = page.get_by_label("Berapa kali?")
    number.fill("12x")
    walk.press("Lanjut")
    assert page.locator("#times-wrong").inner_text() == "Tulis angka saja."
    number.fill("61")
    walk.press("Lanjut")
    assert page.locator("#times-wrong").inner_text() == "Tulis 1 sampai 60."
    assert not page.get_by_label("Mengapa?").is_visible()
    number.fill("13")
    page.get_by_label("Mengapa?").fill("Karena lama.")
    walk.press("Lanjut")
    said = page.locator("dd:first-of-type").all_inner_texts()
    assert [text for text in said if text] == ["Ya", "Tiket, Uang, Makanan", "13", "Karena lama."]
    walk.send()
    ((_, record),) = survey.opened()
    assert record.answers == {"met": "yes", "gifts": "flight money food", "times": "13"}
    assert record.texts == (("why", "Karena lama."),)
    assert check(survey.instrument, record.answers, record.texts) == ()


@small
def test_a_choice_no_longer_offered_goes_with_its_tick(page, survey, walk):
    page.goto(survey.link)
    walk.begin()
    assert not page.get_by_label("Tiket").is_visible()
    page.get_by_label("Ya", exact=True).check()
    page.get_by_label("Tiket").check()
    page.get_by_label("Tidak", exact=True).check()
    assert not page.get_by_label("Tiket").is_visible()
    walk.press("Lanjut")
    assert page.locator("#gifts-wrong").count() == 1  # nothing that is offered is ticked
    page.get_by_label("Uang").check()
    walk.press("Lanjut")
    page.get_by_label("Berapa kali?").fill("3")
    walk.press("Lanjut")
    walk.send()
    ((_, record),) = survey.opened()
    assert record.answers == {"met": "no", "gifts": "money", "times": "3"}
