"""An opened record holds what the format allows and nothing that could be a mark."""

import pytest

from bening.core.canonical import dump
from bening.core.problems import Refused
from bening.core.response.records import parse_record
from tests.core.response.rounds import entry

CLOSED = {"a": {"gift": "no"}, "c": "0123456789ABCDEF", "p": {"d": 1, "g": 0, "m": "phone", "w": 1}}
TEXTS = [["note", "panjang"], ["story", "é"]]


def read(closed=CLOSED, texts=TEXTS, one=None):
    """A record of a round of five weeks with ten items."""
    return parse_record(dump(closed), dump(texts), entry=one or entry(), weeks=5, items=10)


def test_a_right_record_is_read():
    record = read()
    assert (record.stratum, record.answers, record.code) == ("a/1", {"gift": "no"}, "0123456789ABCDEF")
    assert record.texts == (("note", "panjang"), ("story", "é"))


P = CLOSED["p"]


@pytest.mark.parametrize(
    "closed",
    [
        [], {**CLOSED, "x": 1}, {"a": {}, "c": CLOSED["c"]}, {**CLOSED, "about": "dinas-x"},
        {**CLOSED, "a": []}, {**CLOSED, "a": {"gift": 1}}, {**CLOSED, "a": {"gift": None}},
        {**CLOSED, "c": "0123456789ABCDEI"}, {**CLOSED, "c": "0123456789abcdef"}, {**CLOSED, "c": "0123"},
        {**CLOSED, "c": 1234567890123456},
        {**CLOSED, "p": {**P, "d": True}}, {**CLOSED, "p": {**P, "d": 0}}, {**CLOSED, "p": {**P, "d": 5}},
        {**CLOSED, "p": {**P, "g": -1}}, {**CLOSED, "p": {**P, "g": 11}}, {**CLOSED, "p": {**P, "g": "0"}},
        {**CLOSED, "p": {**P, "m": "web"}}, {**CLOSED, "p": {**P, "m": ["phone"]}},
        {**CLOSED, "p": {**P, "w": 0}}, {**CLOSED, "p": {**P, "w": 6}}, {**CLOSED, "p": {**P, "x": 1}},
        {**CLOSED, "p": {"d": 1, "g": 0, "m": "phone"}},
    ],
)  # fmt: skip
def test_a_record_outside_the_format_is_refused(closed):
    with pytest.raises(Refused, match="BALLOT-120"):
        read(closed)


@pytest.mark.parametrize(
    "texts",
    [
        {}, "x", [["story"]], [["story", ""]], [["story", 1]], [["story", "a", "b"]], ["ab"],
        [["b", "x"], ["a", "x"]], [["a", "x"], ["a", "y"]],
    ],
)  # fmt: skip
def test_texts_are_sorted_single_and_never_empty(texts):
    with pytest.raises(Refused, match="BALLOT-120"):
        read(texts=texts)


def test_an_expert_names_one_of_the_subjects_of_the_entry():
    experts = entry(about=["dinas-x", "dinas-y"])
    assert read({**CLOSED, "about": "dinas-y"}, one=experts).about == "dinas-y"
    for wrong in (CLOSED, {**CLOSED, "about": "dinas-z"}, {**CLOSED, "about": None}, {**CLOSED, "about": []}):
        with pytest.raises(Refused, match="BALLOT-120"):
            read(wrong, one=experts)


def test_another_spelling_of_the_same_record_is_refused():
    with pytest.raises(Refused, match="BALLOT-101"):
        parse_record(dump(CLOSED).replace(b":", b": ", 1), b"[]", entry=entry(), weeks=5, items=10)
