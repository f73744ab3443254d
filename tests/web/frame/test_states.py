"""From hand to hand: no state is skipped, no question is lost."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from bening.core.kinds import Group
from bening.core.problems import Refused
from bening.web.frame.models import Question, Roster
from bening.web.frame.steps import (
    Asked,
    accept,
    answer,
    changes,
    load_roster,
    questions,
    return_roster,
    submit,
    told,
)
from bening.web.registry.models import Audit, Institution

DUE = date(2999, 1, 1)
WHO = Asked("Rahasia Dewi", "Mengapa Rahasia Budi tidak ada?", DUE, row=3, column="A nama")


def give_back(roster, *asked):
    """Return a list with questions."""
    return return_roster(by="siti", roster=roster, questions=asked, now=settings.NOW())


def test_a_list_goes_back_with_questions_and_comes_again(load, good):
    rows = good(Group.INTERNAL)
    rows[1]["telepon"] = "12345"
    first = give_back(load(Group.INTERNAL, rows), WHO)
    second = load(Group.INTERNAL, good(Group.INTERNAL))
    assert (first.state, second.state, second.version) == ("returned", "submitted", 2)
    assert [q.pk for q in questions(roster=second)] == [q.pk for q in questions(roster=first)]
    with pytest.raises(Refused, match="FRAME-187"):
        accept(by="siti", roster=second)
    (question,) = questions(roster=second)
    answer(by="dewi", question=question, words="Sudah pindah.", now=settings.NOW())
    assert told(Question.objects.get()) == (WHO.to, WHO.words, "Sudah pindah.")
    assert accept(by="siti", roster=second).state == "accepted"
    verbs = list(Audit.objects.order_by("id").values_list("verb", flat=True))[-5:]
    assert verbs == [
        "return_roster",
        "ask_about_roster",
        "load_roster",
        "answer_about_roster",
        "accept_roster",
    ]


@pytest.mark.parametrize(
    "asked",
    [(), (WHO._replace(to=" "),), (WHO, WHO._replace(words="")), (WHO._replace(due=date(2000, 1, 1)),)],
)
def test_a_question_without_person_words_or_time_returns_nothing(load, good, asked):
    roster = load(Group.INTERNAL, good(Group.INTERNAL))
    with pytest.raises(Refused, match="FRAME-186"):
        give_back(roster, *asked)
    assert Roster.objects.get().state == "submitted"
    assert Question.objects.count() == 0


def test_an_answer_stays_as_it_was_given(load, good):
    (question,) = questions(roster=give_back(load(Group.INTERNAL, good(Group.INTERNAL)), WHO))
    with pytest.raises(Refused, match="FRAME-186"):
        answer(by="dewi", question=question, words=" ", now=settings.NOW())
    for _ in range(2):
        answer(by="dewi", question=question, words="Ya.", now=settings.NOW())
    before = Audit.objects.count()
    answer(by="dewi", question=question, words="Ya.", now=settings.NOW() + timedelta(1))
    assert Audit.objects.count() == before
    with pytest.raises(Refused, match="FRAME-179"):
        answer(by="dewi", question=question, words="Tidak.", now=settings.NOW())
    assert told(Question.objects.get()).answer == "Ya."


def test_no_state_is_skipped(load, good):
    roster = load(Group.INTERNAL, good(Group.INTERNAL))
    accept(by="siti", roster=roster)
    for move in (lambda: give_back(roster, WHO), lambda: submit(by="dewi", roster=roster)):
        with pytest.raises(Refused, match="FRAME-179"):
            move()
    Roster.objects.update(state="frozen")
    with pytest.raises(Refused, match="FRAME-179"):
        accept(by="siti", roster=roster)


def test_a_draft_is_looked_at_before_it_is_handed_over(round_, make, good):
    roster = load_roster(
        by="dewi", round=round_, institution=Institution.objects.get(code="kab-x"), group=Group.INTERNAL,
        data=make(Group.INTERNAL, good(Group.INTERNAL)), name="a.xlsx", now=settings.NOW(), draft=True,
    )  # fmt: skip
    with pytest.raises(Refused, match="FRAME-179"):
        accept(by="siti", roster=roster)
    assert submit(by="dewi", roster=roster).state == "submitted"
    assert submit(by="dewi", roster=roster).state == "submitted"
    assert accept(by="siti", roster=roster).state == "accepted"


def test_words_of_a_question_stand_closed_in_the_table(load, good):
    give_back(load(Group.INTERNAL, good(Group.INTERNAL)), WHO)
    row = Question.objects.values_list().get()
    assert b"Rahasia" not in b"".join(
        bytes(v) if isinstance(v, memoryview | bytes) else str(v).encode() for v in row
    )


def test_the_database_refuses_half_an_answer(load, good):
    give_back(load(Group.INTERNAL, good(Group.INTERNAL)), WHO)
    for half in ({"answer": b"x"}, {"answered": settings.NOW()}, {"answered_by": "dewi"}):
        with pytest.raises(IntegrityError, match="question_answered_whole"), transaction.atomic():
            Question.objects.update(**half)


def test_what_changed_between_two_versions_is_told_by_row(load, good):
    rows = good(Group.INTERNAL)
    first = load(Group.INTERNAL, rows)
    rows[0] |= {"telepon": "081299990001"}
    rows[1] |= {"nama": "Pegawai bb", "mulai_unit": ""}
    del rows[2]
    second = load(Group.INTERNAL, rows[::-1])
    found = changes(old=first, new=second)
    assert (found.added, found.removed, found.same) == ((), (4,), 1)
    assert found.changed == {4: ("kontak",), 3: ("kelayakan", "nama")}


def test_users_without_a_number_are_paired_by_name_and_unit(load, good):
    rows = good(Group.EXTERNAL)
    first = load(Group.EXTERNAL, rows)
    second = load(Group.EXTERNAL, [rows[2], rows[0] | {"telepon": "081288880002"}])
    found = changes(old=first, new=second)
    assert (found.added, found.removed, found.changed) == ((), (3,), {3: ("kontak",)})
