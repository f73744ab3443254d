"""A written answer: the questionnaire stands in the file of the same name."""


def test_text(scenario):
    scenario.walked()
