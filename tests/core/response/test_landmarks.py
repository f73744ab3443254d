"""What a phone needs of the log beside its own ballot: manifest, client and tally with their paths."""

import hashlib

from bening.core.canonical import parse
from bening.core.response import LogLeaf, landmarks
from tests.core.response.rounds import root


def leaf(kind, number):
    """One line."""
    return kind + hashlib.sha256(b"%d" % number).digest()


def test_every_leaf_that_is_no_ballot_is_listed_with_its_place_and_path():
    leaves = [
        leaf(LogLeaf.MANIFEST, 0),
        leaf(LogLeaf.CLIENT, 1),
        *(leaf(LogLeaf.BALLOT, number) for number in range(2, 9)),
        leaf(LogLeaf.TALLY, 9),
    ]
    asked = []

    def path(place):
        asked.append(place)
        return [root(leaves[:1])]

    table = parse(landmarks(leaves, path, note="signed"))
    assert table["checkpoint"] == "signed"
    assert [(row["index"], row["leaf"]) for row in table["leaves"]] == [
        (place, leaves[place].hex()) for place in (0, 1, 9)
    ]
    assert asked == [0, 1, 9]
    assert table["leaves"][0]["path"] == [root(leaves[:1]).hex()]


def test_a_log_of_ballots_alone_has_none():
    assert parse(landmarks([leaf(LogLeaf.BALLOT, 1)], lambda place: [], note=""))["leaves"] == []
