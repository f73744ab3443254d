"""Secrets, typed codes, check codes and phrases."""

import hashlib
import hmac
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.crypto import invites

KEY = b"k" * 32
ten = st.binary(min_size=10, max_size=10)
codes = st.text(invites.ALPHABET, min_size=7, max_size=7)


def test_every_message_has_a_fresh_secret():
    assert len({invites.new_secret() for _ in range(100)}) == 100
    assert len(invites.new_secret()) == 16
    assert len(invites.typed_secret()) == 10


def test_a_link_carries_22_characters_that_need_no_escape():
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", invites.link_text(b"\xff\xfe" * 8))


def test_the_gate_stores_a_keyed_hash_only():
    expected = hmac.new(KEY, b"bening/invite/v1\0" + b"s" * 16, hashlib.sha256).digest()
    assert invites.invite_hmac(KEY, b"s" * 16) == expected != invites.invite_hmac(b"j" * 32, b"s" * 16)


def test_the_state_of_a_right_is_no_hash_of_a_secret():
    expected = hmac.new(KEY, b"bening/right/v1\0" + bytes(15) + b"\1", hashlib.sha256).hexdigest()
    assert invites.right_state(KEY, "0" * 31 + "1") == expected


@given(ten)
def test_an_entry_code_is_read_back_however_it_is_typed(secret):
    code = invites.typed_code(secret)
    assert re.fullmatch(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{2}", code)
    assert invites.read_typed_code(code) == secret
    sloppy = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert invites.read_typed_code(sloppy) == secret


@given(ten, st.integers(0, 17), st.integers(1, 31))
def test_one_wrong_character_of_an_entry_code_is_noticed(secret, place, shift):
    word = invites.typed_code(secret).replace("-", "")
    wrong = invites.ALPHABET[(invites.ALPHABET.index(word[place]) + shift) % 32]
    assert invites.read_typed_code(word[:place] + wrong + word[place + 1 :]) is None


@pytest.mark.parametrize("text", ["", "ABCD", "U" * 18, "É" * 18, "0" * 19, "0" * 17 + "1"])
def test_what_cannot_be_an_entry_code_is_none(text):
    assert invites.read_typed_code(text) is None


def test_an_entry_code_is_its_number_times_1024_plus_the_remainder():
    x = 123_456_789_012_345_678
    number = 0
    for character in invites.typed_code(x.to_bytes(10, "big")).replace("-", ""):
        number = number * 32 + invites.ALPHABET.index(character)
    assert number == x * 1024 + x % 1021


@given(ten)
def test_a_receipt_code_holds_80_bits_in_16_characters(bits):
    code = invites.receipt_code(bits)
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{16}", code)
    assert sum(invites.ALPHABET.index(c) << 5 * at for at, c in enumerate(reversed(code))) == int.from_bytes(
        bits, "big"
    )


@pytest.mark.parametrize(("word", "check"), [("K7Q29XM", "A"), ("2222222", "A"), ("ABCDEFG", "1")])
def test_published_check_characters(word, check):
    assert invites.check_character(word) == check


@given(codes)
def test_every_single_error_and_every_swap_in_a_check_code_is_noticed(word):
    right = word + invites.check_character(word)
    for place in range(8):
        for character in set(invites.ALPHABET) - {right[place]}:
            assert invites.read_check_code(right[:place] + character + right[place + 1 :]) is None
        for other in range(place):
            swapped = list(right)
            swapped[place], swapped[other] = right[other], right[place]
            if right[place] != right[other]:
                assert invites.read_check_code("".join(swapped)) is None


def test_a_check_code_is_the_same_in_every_message_of_a_round():
    one = invites.check_code(KEY, "person", "spi-2026", 0)
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}", one)
    assert invites.check_code(KEY, "person", "spi-2026", 0) == one == invites.read_check_code(one.lower())
    others = [("other", "spi-2026", 0), ("person", "spi-2027", 0), ("person", "spi-2026", 1)]
    assert len({one, *(invites.check_code(KEY, *other) for other in others)}) == 4


def test_a_check_code_is_stored_as_a_keyed_hash():
    assert len(invites.check_hmac(KEY, "K7Q2-9XMA")) == 32
    assert invites.check_hmac(KEY, "K7Q2-9XMA") != invites.check_hmac(b"j" * 32, "K7Q2-9XMA")


def test_a_phrase_is_two_words_of_the_list():
    one, two = invites.phrase(KEY, "K7Q2-9XMA").split()
    assert {one, two} <= set(invites.WORDS)
    assert invites.phrase(KEY, "K7Q2-9XMA") == f"{one} {two}" != invites.phrase(b"j" * 32, "K7Q2-9XMA")


def test_every_word_of_the_list_can_come_up():
    seen = {word for at in range(9000) for word in invites.phrase(KEY, str(at)).split()}
    assert seen == set(invites.WORDS)


def test_the_list_holds_1024_short_words_all_different():
    assert len(set(invites.WORDS)) == len(invites.WORDS) == 1024
    assert all(re.fullmatch(r"[a-z]{4,7}", word) for word in invites.WORDS)
