"""Reading questionnaires: what may be frozen, and what is refused with which words."""

import json
from pathlib import Path

import pytest

from bening.core.canonical import dump as canonical
from bening.core.problems import CATALOGUE, Refused, say
from bening.core.questionnaire import check, dump, largest, load, next_question, relevant

FOLDER = Path(__file__).parents[2] / "instruments"
WORDS = {"id": "kata", "en": "word"}


def form(**changes):
    """A questionnaire of two items, the second with these changes."""
    first = {"id": "first", "kind": "select_one", "label": WORDS, "indicator": "i", "dimension": "duty",
             "family": "risk", "measure": "perception",
             "choices": [{"code": "yes", "label": WORDS, "score": 100},
                         {"code": "no", "label": WORDS, "score": 0}]}  # fmt: skip
    return {"name": "small", "version": 1, "group": "internal", "minutes": 1, "title": WORDS,
            "questions": [first, first | {"id": "second"} | changes]}  # fmt: skip


def refusal(raw):
    """The codes a questionnaire is refused with; every word of the sentences is filled in."""
    data = raw if isinstance(raw, bytes) else json.dumps(raw).encode()
    with pytest.raises(Refused) as refused:
        load(data)
    for problem in refused.value.problems:
        for language in ("id", "en"):
            assert "{" not in say(problem, language).replace("${", "")
    return [problem.code for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"indicator": None}, "QUEST-101"),
        ({"dimension": ""}, "QUEST-101"),
        ({"family": None}, "QUEST-101"),
        ({"measure": None}, "QUEST-101"),
        ({"id": "first"}, "QUEST-102"),
        ({"id": "2nd"}, "QUEST-102"),
        ({"id": "__proto__"}, "QUEST-102"),
        ({"relevant": "${first} ="}, "QUEST-103"),
        ({"relevant": "${second} = 'yes'"}, "QUEST-109"),
        ({"relevant": "${first} = 'maybe'"}, "QUEST-104"),
        ({"label": {"id": "kata", "en": " "}}, "QUEST-105"),
        ({"hint": {"id": "", "en": "word"}}, "QUEST-105"),
        ({"choices": [{"code": "yes", "label": WORDS}]}, "QUEST-106"),
        ({"choices": [{"code": "a", "label": WORDS}, {"code": "a", "label": WORDS}]}, "QUEST-106"),
        (
            {"choices": [{"code": "a", "label": WORDS, "score": 101}, {"code": "b", "label": WORDS}]},
            "QUEST-106",
        ),
        ({"kind": "text", "choices": []}, "QUEST-106"),
        ({"kind": "select_many"}, "QUEST-107"),
        ({"relevant": "${first} > 3"}, "QUEST-110"),
        ({"relevant": ["selected", ["$", "first"]]}, "QUEST-111"),
        ({"relevant": ["eval", "1"]}, "QUEST-112"),
        ({"constraint": ["=", ["$", "."], "yes"]}, "QUEST-118"),
        ({"constraint": ["=", ["$", "."], "never"], "message": WORDS}, "QUEST-104"),
        ({"message": WORDS}, "QUEST-118"),
        ({"kind": "integer", "choices": []}, "QUEST-117"),
        ({"kind": "calculate", "choices": []}, "QUEST-115"),
        ({"kind": "select_multiple"}, "QUEST-106"),
        ({"measure": "gossip"}, "QUEST-107"),
        ({"family": "luck"}, "QUEST-107"),
    ],
)
def test_an_item_that_cannot_be_frozen_is_named(changes, code):
    assert code in refusal(form(**changes))


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"[]", b"\xff", b'{"name": 1}', b"[" * 100_000, b'{"a": 1, "a": 2}', b'{"minutes": 1.5}', b"NaN",
        form(choices="many"), form(required=1), form(surprise=1),
        form(hint="word"), {**form(), "version": True},
        form(relevant=5.5), form(relevant=[]), form(relevant=[1]), form(relevant=["$", "a", "b"]),
        {**form(), "format": 3},
        form(label={"id": "\ud800", "en": "word"}), form(choices=[{"code": "a"}]),
    ],
)  # fmt: skip
def test_what_is_no_questionnaire_is_refused_whole(raw):
    assert refusal(raw) == ["QUEST-100"]


def test_all_faults_are_told_at_once():
    assert set(refusal(form(indicator=None, family="luck", label={"id": "", "en": ""}))) == {
        "QUEST-101", "QUEST-105", "QUEST-107",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["internal", "external", "expert"])
def test_the_demo_questionnaires_load_and_have_one_frozen_form(name):
    instrument = load((FOLDER / f"{name}.json").read_bytes())
    assert instrument.name == instrument.group == name
    assert load(dump(instrument)) == instrument
    assert dump(load(dump(instrument))) == dump(instrument)


@pytest.mark.parametrize(
    ("name", "dimensions"),
    [
        ("internal", {"transparency", "duty", "influence", "budget", "procurement", "hr", "outreach"}),
        ("external", {"service", "prevention", "staff"}),
        ("expert", {"procedure", "policy", "authority", "power", "special", "bribery", "public_interest"}),
    ],
)
def test_the_demo_questionnaires_cover_their_dimensions_and_the_steering_questions(name, dimensions):
    instrument = load((FOLDER / f"{name}.json").read_bytes())
    scored = [item for item in instrument.questions if any(c.score is not None for c in item.choices)]
    assert {item.dimension for item in scored} == dimensions
    assert {"told", "watched"} <= {item.id for item in instrument.questions if item.measure == "process"}
    for item in scored:
        codes = {choice.code: choice.score for choice in item.choices}
        assert codes["dk"] is None
        assert codes["na"] is None
        assert {0, 100} <= set(codes.values())


def test_experience_items_of_the_demo_do_not_say_korupsi_and_come_before_perception():
    for name in ("internal", "external"):
        by_block = {}
        for item in load((FOLDER / f"{name}.json").read_bytes()).questions:
            by_block.setdefault(item.block, []).append(item.measure)
            if item.measure.endswith(("_12m", "16_5_1")):
                assert "korup" not in item.label.id.lower()
                assert "corrupt" not in item.label.en.lower()
        assert by_block["contact" if name == "external" else "duty"][0] != "perception"


@pytest.mark.parametrize("name", ["internal", "external", "expert"])
@pytest.mark.parametrize("pick", [0, -1])
def test_a_walk_through_a_demo_questionnaire_leaves_nothing_wrong(name, pick):
    instrument = load((FOLDER / f"{name}.json").read_bytes())
    items, answers, at = {item.id: item for item in instrument.questions}, {}, ""
    while at := next_question(instrument, answers, at) or "":
        if items[at].choices:
            answers[at] = items[at].choices[pick].code
    assert check(instrument, answers, ()) == ()
    assert set(answers) == {item for item in relevant(instrument, answers) if items[item].choices}


@pytest.mark.parametrize("name", ["internal", "external", "expert"])
def test_no_answer_is_larger_than_the_largest(name):
    instrument = load((FOLDER / f"{name}.json").read_bytes())
    closed, text = largest(instrument, about=("kota-metro", "kabupaten-lampung-selatan"))
    worst = {
        item.id: max((c.code for c in item.choices), key=len) for item in instrument.questions if item.choices
    }
    part = {"a": worst, "c": "Z" * 16, "p": {"d": 4, "g": 9, "m": "tablet", "w": 12},
            "about": "kabupaten-lampung-selatan"}  # fmt: skip
    assert len(canonical(part)) + 2 <= closed <= 512
    longest = [[item.id, "é" * (item.longest // 2)] for item in instrument.questions if item.kind == "text"]
    assert check(instrument, {}, [tuple(pair) for pair in longest])[-1].code != "QUEST-124"
    assert len(canonical(longest)) + 2 <= text <= 1024


def test_every_code_of_this_room_has_words_in_both_languages():
    for code, entry in CATALOGUE.items():
        if code.startswith("QUEST-"):
            assert all((entry.sentence.id, entry.sentence.en, entry.remedy.id, entry.remedy.en))
