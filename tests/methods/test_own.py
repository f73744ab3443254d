"""Methods in one file of their own: three ways to say the roll-up, and the questions with their scores."""

import pytest

from bening.core.kinds import Group
from bening.core.problems import Refused
from bening.methods import FILES, load
from bening.methods.own import read, with_items

HEAD = """
[profile]
name = "uji"
official = false
label = {id = "Bobot uji", en = "Test weights"}
"""
REST = """
[groups]
internal = "1/4"
expert = "3/4"
[dimensions.internal]
hr = "1/3"
budget = "2/3"
[dimensions.expert]
policy = "1"
[rules]
missing = "reweight"
"""
ITEM = '[[items]]\nid = "{id}"\ngroup = "{group}"\ndimension = "{dimension}"\n'
CODED = 'scores = {"1" = 0, "2" = 100}\nunscored = ["9"]\n'


def item(name, group, dimension, more=CODED):
    return ITEM.format(id=name, group=group, dimension=dimension) + more


ALL = (
    item("q1", "internal", "hr")
    + item("q2", "internal", "budget")
    + item("q3", "expert", "policy", 'scale = "score"\n')
)


def test_a_roll_up_may_be_written_out():
    made = read((HEAD + REST + ALL).encode())
    assert made.groups == {Group.INTERNAL: 0.25, Group.EXPERT: 0.75}
    assert [(part.code, part.weight) for part in made.dimensions] == [
        ("hr", 1 / 3),
        ("budget", 2 / 3),
        ("policy", 1.0),
    ]
    assert (made.missing, made.label.en, made.official) == ("reweight", "Test weights", False)
    assert made.items[0].scores == (("1", 0.0), ("2", 100.0), ("9", None))
    assert made.items[2].scale == "score"


def test_a_roll_up_may_be_that_of_a_known_method():
    made = read(b'method = "spi-2025:equal-thirds"')
    known = load("spi-2025:equal-thirds")
    assert (made.id, made.dimensions, made.groups) == (known.id, known.dimensions, known.groups)
    assert made.digest != known.digest


def test_a_profile_may_name_its_edition():
    profile = FILES.joinpath("profiles", "equal-thirds.toml").read_text()
    made = read(f'edition = "spi-2024"\n{profile}'.encode())
    assert made.dimensions == load("spi-2024:equal-thirds").dimensions
    assert made.bounds == load("spi-2024:equal-thirds").bounds


def test_without_items_each_element_is_a_column_of_scores():
    made = read((HEAD + REST).encode())
    assert [(one.id, one.group, one.scale) for one in made.items] == [
        ("hr", "internal", "score"),
        ("budget", "internal", "score"),
        ("policy", "expert", "score"),
    ]
    assert with_items(load("spi-2025:equal-thirds")).items[0].id == "transparency"


def test_one_scale_may_hold_for_all_items():
    plain = [
        item(name, group, d, "")
        for name, group, d in (
            ("a", "internal", "hr"),
            ("b", "internal", "budget"),
            ("c", "expert", "policy"),
        )
    ]
    made = read(('scale = "score"\n' + HEAD + REST + "".join(plain)).encode())
    assert {one.scale for one in made.items} == {"score"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("groups = ", "METHOD-105"),
        ("\x00", "METHOD-105"),
        ('method = "spi-1999:best"', "METHOD-100"),
        ('edition = "spi-1999"', "METHOD-100"),
        ('edition = "spi-2024"', "METHOD-102"),
        (REST, "METHOD-102"),
        (HEAD.replace("false", "true") + REST, "METHOD-120"),
        (HEAD.replace(", en", ", english") + REST, "METHOD-102"),
        ('items = "none"' + HEAD + REST, "METHOD-102"),
        (HEAD.replace('name = "uji"', "") + REST, "METHOD-102"),
        (HEAD + REST.replace("1/4", "1/2"), "METHOD-110"),
        (HEAD + REST.replace('"1/4"', "0.25"), "METHOD-102"),
        (HEAD + REST.replace("expert", "visitor"), "METHOD-102"),
        (HEAD + REST.replace('[dimensions.expert]\npolicy = "1"', ""), "METHOD-102"),
        (
            HEAD + REST.replace('[dimensions.expert]\npolicy = "1"', '[dimensions]\nexpert = "equal"'),
            "METHOD-102",
        ),
        (HEAD + REST.replace("reweight", "guess"), "METHOD-102"),
        ('scale = "stars"\n' + HEAD + REST, "METHOD-102"),
        (HEAD + REST + item("q1", "internal", "hr"), "METHOD-104"),
        (HEAD + REST + item("q1", "internal", "policy"), "METHOD-102"),
        (HEAD + REST + item("", "internal", "hr"), "METHOD-102"),
        (HEAD + REST + item("q1", "internal", "hr", ""), "METHOD-102"),
        (HEAD + REST + item("q1", "internal", "hr", 'scores = {"1" = 101}\n'), "METHOD-102"),
        (HEAD + REST + item("q1", "internal", "hr", 'scores = {"-" = 1}\n'), "METHOD-102"),
        (HEAD + REST + item("q1", "internal", "hr", 'scores = {"1" = 1}\nunscored = ["1"]\n'), "METHOD-102"),
        (HEAD + REST + ALL + item("q1", "expert", "policy", 'scores = {"1" = 1}\n'), "METHOD-103"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(text, code):
    with pytest.raises(Refused, match=code):
        read(text.encode())


def test_one_question_may_be_asked_in_two_groups():
    made = read((HEAD + REST + ALL + item("q1", "expert", "policy")).encode())
    assert [one.group for one in made.items if one.id == "q1"] == ["internal", "expert"]
