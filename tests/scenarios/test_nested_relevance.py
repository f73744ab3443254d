"""Groups in groups: the questionnaire stands in the file of the same name."""


def test_nested_relevance(scenario):
    scenario.walked()


def test_the_outermost_group_is_the_screen(scenario):
    assert {question.block for question in scenario.form.questions} == {"outer"}
