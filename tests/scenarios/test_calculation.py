"""A calculation: the questionnaire stands in the file of the same name."""


def test_calculation(scenario):
    scenario.walked()
