"""A whole number: the questionnaire stands in the file of the same name."""


def test_integer(scenario):
    scenario.walked()
