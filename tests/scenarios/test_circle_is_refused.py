"""A circle: the questionnaire stands in the file of the same name."""


def test_circle_is_refused(scenario):
    scenario.refused()
