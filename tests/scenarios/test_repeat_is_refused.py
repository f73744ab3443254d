"""What the phone does not draw: the questionnaire stands in the file of the same name."""


def test_repeat_is_refused(scenario):
    scenario.refused()
