"""The tally secret as words for trustees: SLIP-39, any k of n shares, 33 words each, no passphrase.

A mistyped word is caught by the share's checksum. What combines cleanly may still be another secret, so the
recovered one counts only if it belongs to the tally key of the manifest. No message repeats a word.
"""

from collections.abc import Iterable, Sequence

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.share import Share

from bening.core.problems import refuse
from bening.crypto import seal


def split(secret: bytes, *, threshold: int, count: int) -> list[str]:
    """`count` lists of words, any `threshold` of which give the secret back."""
    [group] = generate_mnemonics(group_threshold=1, groups=[(threshold, count)], master_secret=secret)
    return list(group)


def recover(shares: Sequence[str], *, key: bytes) -> bytes:
    """The secret behind the tally key `key` (65 bytes) out of the words of enough trustees.

    Refuses a share with a wrong word (BALLOT-160, which share), shares that are too few or of different
    splittings (BALLOT-161), and shares of another key (BALLOT-162).
    """
    found = list(dict.fromkeys(_tidy(shares)))  # a share given twice is one share
    needed = 0
    for place, words in enumerate(found, 1):
        try:
            needed = Share.from_mnemonic(words).member_threshold
        except MnemonicError:
            raise refuse("BALLOT-160", share=place) from None  # the cause would carry words
    try:
        secret = bytes(combine_mnemonics(found[:needed]))  # the library wants no share more
    except MnemonicError:
        raise refuse("BALLOT-161", given=len(found)) from None
    if seal.public(secret) != key:
        raise refuse("BALLOT-162")
    return secret


def _tidy(shares: Iterable[str]) -> Iterable[str]:
    """Lower case and single spaces, as people write words down."""
    return (" ".join(share.lower().split()) for share in shares)
