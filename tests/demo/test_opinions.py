"""What the simulated people answer: along the way of the house's own questionnaires, around a known truth."""

from collections import Counter
from datetime import date
from functools import cache

import numpy as np
import pytest

from bening import methods
from bening.core.questionnaire import check, dump, load, relevant
from bening.demo.opinions import LISTED, World, opinions, scores, truth
from bening.demo.people import people
from bening.demo.places import country
from bening.demo.stages import GROUPS, METHOD, form
from bening.web.questionnaire.steps import read_path

SEED = 7


@cache
def forms():
    """The questionnaires as the phones of the demo get them."""
    return {group: load(dump(read_path(form(group), "2025"))) for group in GROUPS}


@cache
def world() -> World:
    """Everybody in three institutions, and what each would answer."""
    areas = country("small")
    return opinions(areas, people(areas, SEED, date(2025, 8, 4)), forms(), SEED)


def everybody():
    """Each person with the answers."""
    return zip(world().people, world().answers, strict=True)


def test_everybody_answers_what_is_asked_and_all_of_it_may_stand():
    for person, answers in everybody():
        form = forms()[person.group]
        assert check(form, answers, []) == ()
        closed = {question.id for question in form.questions if question.kind != "note"}
        assert answers.keys() == closed & set(relevant(form, answers))


def test_people_take_every_way_through():
    """Those it does not fit, those who paid and all others: every question is answered by somebody."""
    given = Counter((person.group, item) for person, answers in everybody() for item in answers)
    asked = {(group, q.id) for group in GROUPS for q in forms()[group].questions if q.kind != "note"}
    assert given.keys() == asked
    assert any(answers.get("works") == "moved" for _, answers in everybody())
    assert any(" " in answers.get("tasks", "") for _, answers in everybody())


def test_what_a_person_is_comes_from_the_list():
    kinds = {person.cells["jenis"] for person, answers in everybody() if answers.get("role") == "vendor"}
    assert kinds == {"penyedia"}
    assert "penyedia" in LISTED["role"]


@pytest.mark.parametrize("group", ["internal", "external"])
def test_answers_lie_around_the_level_of_their_institution(group):
    """What happened, what was seen and what is thought say the same of an institution, on average."""
    for area in country("small"):
        level = getattr(area, group)
        found = [
            score
            for person, answers in everybody()
            if (person.area, person.group) == (area.code, group)
            for score in scores(forms()[group], answers).values()
        ]
        assert abs(np.mean(found) - level) < 6


def test_the_truth_is_an_index_of_every_institution():
    made = truth(world(), forms(), methods.load(METHOD))
    assert made.keys() == {area.code for area in country("small")}
    assert all(0 < value < 100 for value in made.values())
