"""Ballots of a client that does not keep to the questionnaire: sealed like any other, out at the tally.

Nobody but the tally can see it. Its report says how many there were and what was wrong with them: in the
whole country only, and of ten people or more.
"""

import hashlib
import json

import pytest

from bening.core.questionnaire import check, dump, largest, next_question
from bening.core.response import LogLeaf
from bening.core.response.layout import CLOSED_CLASSES, TEXT_CLASSES, size_class
from bening.crypto import merkle, notes, seal
from bening.methods import FILES
from bening.outside import tally
from bening.web.questionnaire.steps import read_path
from tests import strong_room
from tests.security.frozen import STRATA, entries, frozen
from tests.security.phone import Phone

LOG = notes.make()
FORM = read_path(FILES.joinpath("questionnaires", "external"), "2025")
PAD = tuple(size_class(n, c) for n, c in zip(largest(FORM), (CLOSED_CLASSES, TEXT_CLASSES), strict=True))
MET = {"right": "yes", "role": "user", "contact": "few", "asked": "no"}
PAID = MET | {"gave": "yes", "times": "3"}


def filled_in(answers):
    """These answers, and the first choice wherever they say nothing, along the way they open."""
    answers, item = dict(answers), ""
    while item := next_question(FORM, answers, item):
        question = next(each for each in FORM.questions if each.id == item)
        if question.choices:
            answers.setdefault(item, question.choices[0].code)
    return answers


HONEST = filled_in(PAID)
HOSTILE = {
    "required": {item: answer for item, answer in HONEST.items() if item != "friends_first"},
    "constraint": HONEST | {"times": "100"},
    "irrelevant": filled_in(MET | {"gave": "no"}) | {"agreed": "yes"},
}


def ballots(crowd, *, first):
    """A sealed ballot and its receipt code for each of these answers."""
    phones = [Phone(b"", first + at, PAD).admitted(STRATA[0]) for at in range(len(crowd))]
    return [(phone.ballot(answers), phone.code) for phone, answers in zip(phones, crowd, strict=True)]


def counted(folder, bodies):
    """The tally's files over these ballots, by the program that trustees run: records and report."""
    header, lines = frozen(
        log_key=notes.public(LOG),
        entries=entries(STRATA[:1], group="external", instrument="external"),
        instruments={"external": hashlib.sha256(dump(FORM)).hexdigest()},
        pad=PAD,
    )
    leaves = sorted(LogLeaf.BALLOT + hashlib.sha256(body[:-64]).digest() for body in bodies)
    note = notes.signed(notes.checkpoint("b", len(leaves), merkle.root(leaves)), "b", LOG)
    files = {
        "manifest.json": header,
        "manifest.jsonl": lines,
        "external.json": dump(FORM),
        "ballots.bin": b"".join(sorted(bodies)),
        "leaves.bin": b"".join(leaves),
        "checkpoints.txt": f"{note}\n".encode(),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    opener = seal.Opener(strong_room.TALLY)
    tally.run(folder, tally.read_manifest(folder), opener, questionnaires=folder, out=folder / "out")
    out = {path.name: path.read_text() for path in (folder / "out").iterdir()}
    return out | {"report": json.loads(out["report.json"])["totals"]}


@pytest.mark.parametrize(
    ("kind", "code"), [("required", "QUEST-120"), ("constraint", "QUEST-127"), ("irrelevant", "QUEST-121")]
)
def test_each_breach_is_the_one_it_is_called(kind, code):
    assert check(FORM, HONEST, []) == ()
    problems = [problem.code for problem in check(FORM, HOSTILE[kind], [])]
    assert problems == [code]


def test_skipped_broken_and_irrelevant_answers_are_left_out_and_counted_by_name(tmp_path):
    crowd = {"required": 10, "constraint": 11, "irrelevant": 12}
    honest = ballots([HONEST] * 12, first=1)
    hostile = ballots([HOSTILE[kind] for kind, people in crowd.items() for _ in range(people)], first=100)
    found = counted(tmp_path, [body for body, _ in honest + hostile])
    assert {name: n for name, n in found["report"].items() if n} == {
        "received": 45,
        "counted": 12,
        "invalid": 33,
        **{f"invalid_{kind}": people for kind, people in crowd.items()},
    }
    assert [json.loads(line)[1] for line in found["answers.jsonl"].splitlines()] == [HONEST] * 12
    assert sorted(found["codes.txt"].split()) == sorted(code for _, code in honest)


def test_what_a_handful_did_is_counted_but_not_named(tmp_path):
    """Nine people of a kind are too few to tell apart, also as the difference to a printed total."""
    hostile = [HOSTILE["required"]] * 10 + [HOSTILE["constraint"]] * 9
    found = counted(tmp_path, [body for body, _ in ballots([HONEST] * 12 + hostile, first=1)])
    assert found["report"]["invalid"] == 19
    assert not [name for name in found["report"] if name.startswith("invalid_")]
