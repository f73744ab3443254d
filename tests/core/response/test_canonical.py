"""One value has one sequence of bytes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.canonical import GREATEST, b64u, dump, from_b64u, parse, read
from bening.core.problems import Refused

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-GREATEST, GREATEST) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_what_is_written_is_read_back(value):
    assert parse(dump(value)) == value


def test_keys_stand_in_the_order_of_code_points_not_of_utf_16_units():
    """U+FFFD sorts before U+1F600, although the latter's first UTF-16 unit is smaller."""
    assert dump({"\U0001f600": 1, "\ufffd": 2}) == '{"\ufffd":2,"\U0001f600":1}'.encode()


def test_only_what_must_be_escaped_is_escaped():
    assert dump(["é\u2028\x7f", '"\\\n\x01']) == '["é\u2028\x7f","\\"\\\\\\n\\u0001"]'.encode()


@pytest.mark.parametrize("value", [1.5, {1: "x"}, "\ud800", 2**53, {"x": {2}}, b"bytes"])
def test_what_has_no_form_is_refused(value):
    with pytest.raises(Refused, match="BALLOT-101"):
        dump(value)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":1}', b'{"b":1,"a":1}', b'{"a": 1}', b'{"a":1.0}', b'{"a":1e2}', b"NaN", b"-0",
        b'"\\u0041"', b'"\\ud800"', b"\xff", b"", b"[1] ", b"9007199254740992",
        b"[" * 4000 + b"]" * 4000, b"1" * 5000,
    ],
)  # fmt: skip
def test_another_spelling_is_refused(data):
    with pytest.raises(Refused, match="BALLOT-101"):
        parse(data)


def test_a_request_may_be_spelled_freely_but_not_repeat_a_key():
    assert read(b'{ "b":1, "a":2 }') == {"b": 1, "a": 2}
    with pytest.raises(Refused, match="BALLOT-101"):
        read(b'{"a":1,"a":2}')


@given(st.binary(max_size=40))
def test_base64url_is_read_back(data):
    assert from_b64u(b64u(data), length=len(data)) == data


@pytest.mark.parametrize("text", ["AAAA=", "AB", "A", "", "AA==", "A+", "ÄA", None, 3, "AAA"])
def test_base64url_has_one_spelling_and_one_length(text):
    """`AB` differs from `AA` in bits that say nothing: such a field could carry a mark."""
    with pytest.raises(Refused, match="BALLOT-102"):
        from_b64u(text, length=1)


def test_the_phones_json_agrees_on_plain_values():
    value = {"z": [1, "ü", None, True], "a": {"ä": -3}}
    assert json.loads(dump(value)) == value
