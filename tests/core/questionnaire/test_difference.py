"""What became of one version in the next, told per thing that can change."""

from dataclasses import replace

from bening.core.questionnaire import Difference, differences
from tests.core.questionnaire.sheets import CHOICES, compiled, row

OLD = compiled(row(), row(name="often"), row(name="why"), row(name="last", relevant="${met} = 'yes'"))


def found(*rows, **changes):
    """(kind, item, field) of each difference."""
    return [(each.kind, each.item, each.field) for each in differences(OLD, compiled(*rows, **changes))]


def test_the_same_form_does_not_differ():
    assert differences(OLD, OLD) == ()


def test_added_removed_and_moved():
    new = compiled(row(name="often"), row(), row(name="new"), row(name="last", relevant="${met} = 'yes'"))
    kinds = [(each.kind, each.item) for each in differences(OLD, new)]
    assert kinds == [("removed", "why"), ("moved", "met"), ("added", "new")]


def test_a_wording_per_language():
    rows = (
        row(label_en="Ever?!"),
        row(name="often"),
        row(name="why"),
        row(name="last", relevant="${met} = 'yes'"),
    )
    (one,) = differences(OLD, compiled(*rows))
    assert one == Difference("wording", "met", "label::en", "Ever?", "Ever?!")


def test_routing_scores_meaning_and_choices():
    rows = [row(score="reverse"), row(name="often", required="no"), row(name="why", measure="witnessed_12m"),
            row(name="last", relevant="${met} = 'no'")]  # fmt: skip
    assert found(*rows) == [
        ("scores", "met", "score"), ("routing", "often", "required"), ("meaning", "why", "measure"),
        ("routing", "last", "relevant"),
    ]  # fmt: skip
    last = differences(OLD, compiled(*rows))[-1]
    assert (last.before, last.after) == ("${met} = 'yes'", "${met} = 'no'")


def test_a_choice_more_and_a_choice_said_otherwise():
    rows = row(), row(name="often"), row(name="why"), row(name="last", relevant="${met} = 'yes'")
    more = [
        CHOICES[0],
        ("yesno", "no", "Bukan", "No", "100"),
        ("yesno", "dk", "Tidak tahu", "Do not know", ""),
    ]
    kinds = found(*rows, choices=more)
    assert ("choices", "met", "choices") in kinds
    assert ("wording", "met", "choices.no::id") in kinds


def test_a_title_and_a_screen():
    new = replace(
        OLD,
        title=replace(OLD.title, en="Other"),
        questions=(replace(OLD.questions[0], block="x"), *OLD.questions[1:]),
    )
    assert [(each.kind, each.item) for each in differences(OLD, new)] == [
        ("wording", "title"),
        ("screen", "met"),
    ]
