"""A group is a screen: the questionnaire stands in the file of the same name."""


def test_group_is_a_screen(scenario):
    scenario.walked()


def test_the_group_is_one_screen(scenario):
    assert [question.block for question in scenario.form.questions] == ["", "travel", "travel", "travel"]
