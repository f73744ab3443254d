"""Was anybody steering: the questionnaire stands in the file of the same name."""


def test_steering_questions(scenario):
    scenario.walked()


def test_they_are_never_scored(scenario):
    assert {choice.score for question in scenario.form.questions for choice in question.choices} == {None}
