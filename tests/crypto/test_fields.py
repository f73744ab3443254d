"""Contact fields open with their key and in their place only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.problems import Refused
from bening.crypto import fields

KEY, OTHER = b"k" * 32, b"j" * 32


@given(st.text())
def test_a_field_is_read_back_and_never_written_twice_alike(text):
    one = fields.encrypt(KEY, text, field="frame.name")
    assert fields.decrypt(KEY, memoryview(one), field="frame.name") == text
    assert fields.encrypt(KEY, text, field="frame.name") != one


def test_the_text_does_not_stand_in_the_field():
    assert b"Siti" not in fields.encrypt(KEY, "Siti Aminah", field="frame.name")


@pytest.mark.parametrize(
    ("key", "field", "change"),
    [(OTHER, "frame.name", 0), (KEY, "frame.phone", 0), (KEY, "frame.name", 1)],
)
def test_another_key_another_field_or_a_changed_byte_is_refused(key, field, change):
    data = bytearray(fields.encrypt(KEY, "x", field="frame.name"))
    data[-1] ^= change
    with pytest.raises(Refused, match="BALLOT-140"):
        fields.decrypt(key, bytes(data), field=field)


@pytest.mark.parametrize("data", [b"", b"short", bytes(28)])
def test_foreign_bytes_are_refused(data):
    with pytest.raises(Refused, match="BALLOT-140"):
        fields.decrypt(KEY, data, field="frame.name")


def test_equal_texts_have_equal_indices_in_one_field_and_under_one_key_only():
    index = fields.blind_index(KEY, "+628110000", field="frame.phone")
    assert index == fields.blind_index(KEY, "+628110000", field="frame.phone")
    others = [
        (OTHER, "+628110000", "frame.phone"),
        (KEY, "+628110001", "frame.phone"),
        (KEY, "+628110000", "frame.nip"),
    ]
    assert index not in [fields.blind_index(key, text, field=field) for key, text, field in others]
