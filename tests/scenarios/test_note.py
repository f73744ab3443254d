"""A note: the questionnaire stands in the file of the same name."""


def test_note(scenario):
    scenario.walked()
